//! Antrean: the list of what waits, and what it has beside it: the orders and conversations that are opened from it, when something
//! was last decided.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    rc::Rc,
};

use bridge::{DeskError, Detail, DetailReply, Inbox, InboxCounts, InboxFilter, InboxGroup, InboxRow, InboxView, OrderRow, Verdict};
use dioxus::prelude::*;
use domain::{
    id::ConsultationId,
    record::{Kind, RecordRef},
    records::{Consultation, Order},
    waiting::Item,
};

use crate::{
    browser,
    components::list::Layout,
    drafts::{Draft, Drafts},
    gateway::ask,
    pages::{
        conversations::{self, ConversationsState},
        orders::{self, OrdersState},
        rows::{Answer, ListState, Listing, Load, Question, Recorded},
    },
    shell::Shell,
};

impl Recorded for InboxRow {
    fn record(&self) -> RecordRef {
        self.item.record()
    }
    /// What is unread in a conversation is told message by message, and not by looking at the row.
    fn is_unseen(&self) -> bool {
        self.unseen && self.item.conversation().is_none()
    }
    fn rank(&self) -> (i64, i64) {
        match (&self.waits, &self.item) {
            (Some(waits), _) => (waits.due.ms(), waits.since.ms()),
            (None, Item::Consultation(it)) => (it.due_at.ms(), it.created_at.ms()),
            (None, _) => (0, 0),
        }
    }
}

/// What Antrean says beside its rows.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Summary {
    /// How many rows each group has.
    pub(crate) groups: Vec<(InboxGroup, u32)>,
    /// How many there are of each kind.
    pub(crate) counts: InboxCounts,
}

/// The list of what waits.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Waiting {
    /// Where an order of the list is opened.
    orders: OrdersState,
    /// Where a conversation is.
    conversations: ConversationsState,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting")
    }
}

impl Listing for Waiting {
    type Row = InboxRow;
    type Filter = InboxFilter;
    type Summary = Summary;
    type Detail = DetailReply;

    const LIST: &'static str = super::LIST;
    const DETAIL: &'static str = super::DETAIL;

    async fn read(question: Question<InboxFilter>) -> Result<Answer<Self>, DeskError> {
        let Question { filter, offset, limit, around, shown } = question;
        let reply = ask(Inbox { filter, offset, limit, around, shown }).await?;
        Ok(Answer {
            total: reply.groups.iter().map(|(_, n)| n).sum(),
            summary: Summary { groups: reply.groups, counts: reply.counts },
            rows: reply.rows,
            offset: reply.offset,
            at: reply.at,
            newer: reply.newer,
            version: reply.version,
        })
    }
    async fn detail(record: RecordRef) -> Result<DetailReply, DeskError> {
        ask(Detail { record }).await
    }
    fn verdicts(detail: &DetailReply) -> &[Verdict] {
        &detail.verdicts
    }
    fn layout(summary: &Summary, _total: u32) -> Layout {
        Layout::new(summary.groups.iter().map(|(_, n)| *n))
    }
    fn text(filter: &InboxFilter) -> &str {
        &filter.text
    }
    fn set_text(filter: &mut InboxFilter, text: String) {
        filter.text = text;
    }
    fn reads(record: RecordRef) -> bool {
        record.kind == Kind::Consultation
    }
    /// An order and a conversation are opened where they always are: their details are the same ones, beside another list.
    fn was_opened(self, record: RecordRef, row: Option<&InboxRow>) {
        let mut beside = self.orders.beside;
        beside.set(record.kind == Kind::Order);
        match record.kind {
            Kind::Order => self.orders.lay_open(record, row.and_then(order_row).map(Rc::new)),
            Kind::Conversation => self.conversations.lay_open(record, None),
            _ => {}
        }
    }
    fn is_in_detail() -> bool {
        [super::DETAIL, orders::DETAIL, conversations::DETAIL].into_iter().any(browser::focus_is_within)
    }
}

/// The row of an order as the list of orders has it.
fn order_row(row: &InboxRow) -> Option<OrderRow> {
    let order = row.item.order()?.clone();
    Some(OrderRow {
        order,
        ours: row.ours,
        claim_ours: row.claim_ours,
        mark: row.mark,
        command: row.command,
        unseen: row.unseen,
        kept: false,
    })
}

/// Antrean: a list, and what it has beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct InboxState {
    rows: ListState<Waiting>,
    /// Where an order of the list is opened.
    pub(crate) orders: OrdersState,
    /// Where a conversation is.
    pub(crate) conversations: ConversationsState,
    /// Texts that were typed and not sent.
    pub(crate) drafts: Drafts,
    pub(super) last_verdict: Signal<Option<(f64, Option<RecordRef>)>>,
}

impl Deref for InboxState {
    type Target = ListState<Waiting>;
    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}
impl DerefMut for InboxState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rows
    }
}

impl InboxState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell, drafts: Drafts, orders: OrdersState, conversations: ConversationsState) -> Self {
        let rows = ListState::new(shell, Waiting { orders, conversations });
        Self { rows, orders, conversations, drafts, last_verdict: Signal::new(None) }
    }
    /// Of which kind the record is that the next act is about: those that are chosen, requests before others; else the open one.
    pub(crate) fn kind(self) -> Option<Kind> {
        let chosen = self.chosen.read();
        let kinds = || chosen.all().into_iter().map(|row| row.item.record().kind);
        kinds().min().or_else(|| self.opened.read().record.map(|record| record.kind))
    }
    /// The orders and conversations of other screens may have been changed there: what is open here is open there again.
    pub(super) fn lay_open_again(self) {
        let opened = self.opened.peek();
        if let Some(record) = opened.record {
            self.of.was_opened(record, opened.row.as_deref());
        }
    }
    /// The requests that are chosen, in the order of the list.
    pub(super) fn chosen_requests(self) -> Vec<Consultation> {
        self.chosen.peek().all().iter().filter_map(|row| row.item.consultation().cloned()).collect()
    }
    /// The orders that are chosen.
    pub(crate) fn chosen_orders(self) -> Vec<Order> {
        self.chosen.peek().all().iter().filter_map(|row| row.item.order().cloned()).collect()
    }
    /// Chooses a list.
    pub(crate) fn show(self, view: InboxView) {
        self.show_other(|filter| filter.view = view);
    }
    /// Shows a list with its search, as somebody saved it.
    pub(crate) fn sift(mut self, filter: InboxFilter) {
        self.pane.set(crate::pages::rows::Pane::List);
        self.searching.set(!filter.text.is_empty());
        self.show_other(|shown| *shown = filter);
    }
    /// An act on a request was taken back: the request is open again, and what was typed is a draft.
    pub(crate) fn put_back(self, record: RecordRef, act: &str, reason: &str) {
        match act {
            "consultation.reject" => self.drafts.keep(Draft::Reject(record.id), reason),
            "consultation.cancel" => self.drafts.keep(Draft::Cancel(record.id), reason),
            _ => {}
        }
        if self.list.peek().load == Load::Here {
            self.open(record);
        }
    }
}

/// A request, named.
pub(crate) fn reference(id: ConsultationId) -> RecordRef {
    RecordRef::new(Kind::Consultation, id)
}
