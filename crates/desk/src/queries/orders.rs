//! Pesanan desain: the list, and one order whole.

use bridge::{
    DeskError, ErrorCode, NoteView, OrderCounts, OrderDetail, OrderDetailReply, OrderFilter, OrderRow, Orders, OrdersReply, Step,
    VerdictState,
};
use domain::{
    command::{Command, Given},
    commands::{note, order},
    decision::Code,
    id::OrderId,
    record::{Kind, RecordRef},
    records::{OrderStatus, ProductStatus},
    time::HOUR,
};
use mirror::queries::{OrderAsk, OrderCounts as Counted, OrderLine};

use super::{MOST, possible, said_of, verdict};
use crate::{desk::Desk, error::file_error, work::Work};

/// A reason that every rule takes: with it the rulebook is asked what it would say.
const REASON: &str = "Alasan";

impl Desk {
    /// A part of the list of orders.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn orders(&self, query: Orders) -> Result<OrdersReply, DeskError> {
        let work = self.inner.work().await?;
        let ask = OrderAsk {
            offset: query.offset,
            limit: query.limit.min(MOST),
            around: query.around.filter(|name| name.kind == Kind::Order),
            shown: query.shown,
            ..ask(query.filter)
        };
        let page = work.cabinet.orders(&ask, work.now()).await.map_err(file_error)?;
        Ok(OrdersReply {
            rows: page.rows.into_iter().map(row).collect(),
            offset: page.offset,
            at: page.at,
            total: page.total,
            counts: counts(page.counts),
            newer: page.newer,
            version: page.version,
        })
    }
    /// Everything about one order.
    ///
    /// # Errors
    /// `no_session`, `not_found`, or when the files cannot be read.
    pub async fn order_detail(&self, query: OrderDetail) -> Result<OrderDetailReply, DeskError> {
        let work = self.inner.work().await?;
        let (acts, ways, product_ways) = (acts(&work, query.record), ways(&work, query.record), product_ways(&work, query.record));
        let asked = acts.iter().chain(ways.iter().chain(&product_ways).flat_map(|way| &way.asked)).cloned().collect::<Vec<_>>();
        let found = work.cabinet.order(query.record, &asked, work.now()).await.map_err(file_error)?;
        let it = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let mut said = it.verdicts.into_iter().map(verdict);
        let verdicts = said_of(&acts, said.by_ref());
        let steps = steps_of(ways, it.order.status.wire(), said.by_ref());
        let product_steps = steps_of(product_ways, it.order.product_status.wire(), said);
        Ok(OrderDetailReply {
            rev: it.rev,
            ours: it.ours,
            server: it.server.filter(|said| **said != it.order),
            client: it.client,
            client_orders: it.client_orders,
            notes: it.notes.into_iter().map(|line| NoteView { note: line.note, ours: line.ours }).collect(),
            verdicts,
            steps,
            product_steps,
            pending: it.pending.iter().map(|act| self.inner.pending_act(act, work.now())).collect(),
            kept: it.kept.map(|files| work.kept_view(OrderId::from(query.record.id), files)),
            order: it.order,
        })
    }
}

/// The list that is shown so.
pub(super) fn ask(filter: OrderFilter) -> OrderAsk {
    let OrderFilter { status, design_type, mine, deleted, text } = filter;
    OrderAsk { status, design_type, mine, deleted, text, ..OrderAsk::default() }
}

fn row(line: OrderLine) -> OrderRow {
    OrderRow {
        order: line.order,
        ours: line.ours,
        claim_ours: line.claim_ours,
        mark: line.mark.map(|(state, _)| state),
        command: line.mark.map(|(_, id)| id),
        unseen: line.unseen,
        kept: line.kept,
    }
}

const fn counts(of: Counted) -> OrderCounts {
    OrderCounts {
        pending: of.pending,
        approved: of.approved,
        in_progress: of.in_progress,
        review: of.review,
        completed: of.completed,
        cancelled: of.cancelled,
        deleted: of.deleted,
    }
}

/// Every act on an order, but for its steps, that this person's roles may ever do, with arguments that are right.
fn acts(work: &Work, record: RecordRef) -> Vec<Given> {
    let id = OrderId::from(record.id);
    let acts: [Command; 10] = [
        order::Edit { id, design_type: None, description: None, needs: None, deadline: None, budget: None }.into(),
        order::SetNote { id, note: None }.into(),
        order::Assign { id, to: None }.into(),
        order::ClaimOrder { id }.into(),
        order::ReleaseOrder { id }.into(),
        order::SnoozeOrder { id, until: work.now().plus(HOUR) }.into(),
        order::WakeOrder { id }.into(),
        order::Delete { id, reason: REASON.to_owned() }.into(),
        order::Restore { id }.into(),
        note::Add { id: work.would_be.1, record, text: REASON.to_owned(), private: false }.into(),
    ];
    possible(work, acts)
}

/// A state that an order, or its product, can be moved to, and the acts that would: without a reason, and with one.
struct Way {
    to: String,
    asked: Vec<Given>,
}

fn ways(work: &Work, record: RecordRef) -> Vec<Way> {
    let id = OrderId::from(record.id);
    let act = |to: &OrderStatus, reason| order::SetStatus { id, to: to.clone(), reason }.into();
    OrderStatus::KNOWN.iter().map(|to| way(work, to.wire(), |reason| act(to, reason))).collect()
}

fn product_ways(work: &Work, record: RecordRef) -> Vec<Way> {
    let id = OrderId::from(record.id);
    let act = |to: &ProductStatus, reason| order::SetProductStatus { id, to: to.clone(), reason }.into();
    ProductStatus::KNOWN.iter().map(|to| way(work, to.wire(), |reason| act(to, reason))).collect()
}

fn way(work: &Work, to: &str, act: impl Fn(Option<String>) -> Command) -> Way {
    Way { to: to.to_owned(), asked: possible(work, [act(None), act(Some(REASON.to_owned()))]) }
}

/// What the rulebook says of each of these ways but the one to where it stands, from its answers to what was asked, in their order.
/// None where this person's roles may never move it.
fn steps_of(ways: Vec<Way>, stands: &str, mut said: impl Iterator<Item = VerdictState>) -> Vec<Step> {
    let mut all = Vec::with_capacity(ways.len());
    for Way { to, asked } in ways.into_iter().filter(|way| !way.asked.is_empty()) {
        debug_assert_eq!(asked.len(), 2, "one command, with a reason and without");
        let (Some(plain), Some(reasoned)) = (said.next(), said.next()) else { break };
        let needs_reason = matches!(&plain, VerdictState::Refused { code, .. } if code == Code::ReasonRequired.wire());
        if to != stands {
            all.push(Step { to, verdict: if needs_reason { reasoned } else { plain }, needs_reason });
        }
    }
    all
}
