//! Orders of the desk inside the window: the list, one of them whole, and what the rulebook says of each step.

use bridge::{
    DeskError, ErrorCode, Exported, OrderCounts, OrderDetail, OrderDetailReply, OrderFilter, OrderRow, Orders, OrdersExport, OrdersReply,
    Step, Verdict,
};
use domain::{
    command::Command,
    commands::{note, order},
    decision::{Code, Decision},
    id::{NoteId, OrderId, RecordId},
    record::{Kind, RecordRef},
    records::{Client, Order, OrderStatus, ProductStatus},
    role::Role,
    search::Wanted,
    time::HOUR,
};

use super::{
    desk::{Desk, Layer, cut, exported, number},
    detail::{pending, verdict_of},
};

fn reference(id: OrderId) -> RecordRef {
    RecordRef::new(Kind::Order, id)
}

fn has(it: &Order, wanted: &Wanted) -> bool {
    let needs = it.needs.as_ref().map(|needs| needs.as_str()).unwrap_or_default();
    wanted.is_in_texts(&[it.client_name.as_str(), &it.number, it.description.as_str(), needs])
}

impl Desk {
    /// A part of the list, newest first.
    pub(super) fn orders(&mut self, query: &Orders) -> Result<OrdersReply, DeskError> {
        self.trouble()?;
        let shown = query.shown.unwrap_or(self.version);
        let wanted = Wanted::new(&query.filter.text);
        let mut all: Vec<&Order> =
            self.all::<Order>(Layer::Shown).filter(|it| self.stands_in_orders(it, &query.filter) && has(it, &wanted)).collect();
        all.sort_by_key(|it| std::cmp::Reverse((it.created_at, it.id)));
        let whole = all.len();
        all.retain(|it| self.came.get(&RecordId::from(it.id)).is_none_or(|came| *came <= shown));
        let at = query.around.and_then(|r| all.iter().position(|it| reference(it.id) == r));
        let (offset, limit) = cut(all.len(), at, query.offset, query.limit);
        Ok(OrdersReply {
            rows: all.iter().skip(offset).take(limit).map(|it| self.order_row(it)).collect(),
            offset: number(offset),
            at: at.map(number),
            total: number(all.len()),
            counts: self.order_counts(),
            newer: number(whole - all.len()),
            version: self.version,
        })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn orders_export(&mut self, query: &OrdersExport) -> Result<Exported, DeskError> {
        let ask = Orders { filter: query.filter.clone(), offset: 0, limit: 0, around: None, shown: None };
        let listed = self.orders(&ask)?.total;
        Ok(exported("pesanan", query.format, if query.only.is_empty() { listed } else { number(query.only.len()) }))
    }
    /// Only admins know of what was deleted, and experts of no order at all.
    pub(super) fn sees_order(&self, it: &Order) -> bool {
        let is = |role| self.situation.roles.contains(&role);
        is(Role::Admin) || (is(Role::Cs) && it.deleted.is_none())
    }
    fn stands_in_orders(&self, it: &Order, filter: &OrderFilter) -> bool {
        self.sees_order(it)
            && it.deleted.is_some() == filter.deleted
            && filter.status.as_ref().is_none_or(|status| *status == it.status)
            && filter.design_type.as_ref().is_none_or(|kind| *kind == it.design_type)
            && (!filter.mine || it.assignee.as_ref().is_some_and(|person| person.id == self.me().id))
    }
    fn order_row(&self, it: &Order) -> OrderRow {
        let server: Option<&Order> = self.record(Layer::Server, it.id);
        let r = reference(it.id);
        let urgent = self.urgent(r);
        OrderRow {
            ours: is_ours(it, server),
            claim_ours: server.is_none_or(|said| said.claim != it.claim),
            mark: urgent.map(|c| c.state),
            command: urgent.map(|c| c.id),
            unseen: !self.seen.contains(&RecordId::from(it.id)) && it.is_open(),
            kept: self.keeps_files(it.id),
            order: it.clone(),
        }
    }
    fn order_counts(&self) -> OrderCounts {
        let mut counts = OrderCounts::default();
        for it in self.all::<Order>(Layer::Shown).filter(|it| self.sees_order(it)) {
            let place = match (&it.deleted, &it.status) {
                (Some(_), _) => &mut counts.deleted,
                (None, OrderStatus::Approved) => &mut counts.approved,
                (None, OrderStatus::InProgress) => &mut counts.in_progress,
                (None, OrderStatus::Review) => &mut counts.review,
                (None, OrderStatus::Completed) => &mut counts.completed,
                (None, OrderStatus::Cancelled) => &mut counts.cancelled,
                (None, OrderStatus::Pending | OrderStatus::Unknown(_)) => &mut counts.pending,
            };
            *place += 1;
        }
        counts
    }

    /// Everything about one order.
    pub(super) fn order_detail(&mut self, query: &OrderDetail) -> Result<OrderDetailReply, DeskError> {
        self.trouble()?;
        let r = query.record;
        let missing = || DeskError::new(ErrorCode::NotFound);
        let shown: Order = self.record::<Order>(Layer::Shown, r.id).filter(|it| self.sees_order(it)).cloned().ok_or_else(missing)?;
        let server: Option<Order> = self.record(Layer::Server, r.id).cloned();
        let client: Option<Client> = self.record(Layer::Shown, shown.client_id).cloned();
        let theirs = self.all::<Order>(Layer::Shown).filter(|it| it.client_id == shown.client_id && it.deleted.is_none()).count();
        let id = shown.id;
        Ok(OrderDetailReply {
            rev: self.held(Layer::Server, r).map_or(0, |held| held.rev),
            ours: is_ours(&shown, server.as_ref()),
            server: server.filter(|s| *s != shown).map(Box::new),
            client,
            client_orders: u32::try_from(theirs).unwrap_or(u32::MAX),
            notes: self.notes_of(r),
            verdicts: self.order_verdicts(r),
            steps: self.steps(OrderStatus::KNOWN.iter().filter(|to| **to != shown.status), OrderStatus::wire, |to, reason| {
                order::SetStatus { id, to: to.clone(), reason }.into()
            }),
            product_steps: self.steps(
                ProductStatus::KNOWN.iter().filter(|to| **to != shown.product_status),
                ProductStatus::wire,
                |to, reason| order::SetProductStatus { id, to: to.clone(), reason }.into(),
            ),
            pending: self.commands.iter().filter(|c| c.touched.contains(&r) && !c.is_finished()).map(pending).collect(),
            kept: self.kept_files(id),
            order: shown,
        })
    }
    /// Every act on an order that this person's roles may ever do, tried with arguments that are right.
    fn order_verdicts(&mut self, r: RecordRef) -> Vec<Verdict> {
        let id = OrderId::from(r.id);
        let reason = "Alasan".to_owned();
        let note_id = NoteId::from(self.next_id());
        let acts: [Command; 10] = [
            order::Edit { id, design_type: None, description: None, needs: None, deadline: None, budget: None }.into(),
            order::Assign { id, to: None }.into(),
            order::SetNote { id, note: None }.into(),
            order::ClaimOrder { id }.into(),
            order::ReleaseOrder { id }.into(),
            order::SnoozeOrder { id, until: self.now.plus(HOUR) }.into(),
            order::WakeOrder { id }.into(),
            order::Delete { id, reason: reason.clone() }.into(),
            order::Restore { id }.into(),
            note::Add { id: note_id, record: r, text: reason, private: false }.into(),
        ];
        self.verdicts_of(acts)
    }
    /// What the rulebook says of each state: tried without a reason, and with one where it wants one.
    fn steps<'a, S: 'a>(
        &mut self,
        states: impl Iterator<Item = &'a S>,
        wire: fn(&S) -> &str,
        make: impl Fn(&S, Option<String>) -> Command,
    ) -> Vec<Step> {
        let step = |to: &S| {
            let plain = self.ask(make(to, None));
            let needs_reason = matches!(&plain, Decision::Refuse(refusal) if refusal.code == Code::ReasonRequired);
            let decision = if needs_reason { self.ask(make(to, Some("Alasan".to_owned()))) } else { plain };
            Step { to: wire(to).to_owned(), verdict: verdict_of(decision), needs_reason }
        };
        states.map(step).collect()
    }
}

/// Whether the state an order is shown in is this desk's alone.
fn is_ours(shown: &Order, server: Option<&Order>) -> bool {
    server.is_none_or(|server| server.status != shown.status || server.deleted.is_some() != shown.deleted.is_some())
}
