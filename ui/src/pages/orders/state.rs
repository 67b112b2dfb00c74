//! Pesanan desain: the list of orders, and what it has beside it: which part of the open one is shown, which menu is open, how many
//! are to be worked on.

use std::ops::{Deref, DerefMut};

use bridge::{DeskError, OrderCounts, OrderDetail, OrderDetailReply, OrderFilter, OrderRow, Orders, Verdict};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::order,
    id::OrderId,
    record::{Kind, RecordRef},
};

use super::designs::DesignsState;
use crate::{
    components::list::Layout,
    drafts::{Draft, Drafts},
    gateway::ask,
    pages::{
        rows::{Answer, ListState, Listing, Load, Pane, Question, Recorded},
        talk::TalkState,
    },
    shell::{Shell, put, task},
};

impl Recorded for OrderRow {
    fn record(&self) -> RecordRef {
        reference(self.order.id)
    }
    fn is_unseen(&self) -> bool {
        self.unseen
    }
    fn rank(&self) -> (i64, i64) {
        (-self.order.created_at.ms(), 0)
    }
}

/// The list of orders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AllOrders;

impl Listing for AllOrders {
    type Row = OrderRow;
    type Filter = OrderFilter;
    type Summary = OrderCounts;
    type Detail = OrderDetailReply;

    const LIST: &'static str = super::LIST;
    const DETAIL: &'static str = super::DETAIL;

    async fn read(question: Question<OrderFilter>) -> Result<Answer<Self>, DeskError> {
        let Question { filter, offset, limit, around, shown } = question;
        let reply = ask(Orders { filter, offset, limit, around, shown }).await?;
        Ok(Answer {
            rows: reply.rows,
            offset: reply.offset,
            at: reply.at,
            total: reply.total,
            newer: reply.newer,
            version: reply.version,
            summary: reply.counts,
        })
    }
    async fn detail(record: RecordRef) -> Result<OrderDetailReply, DeskError> {
        ask(OrderDetail { record }).await
    }
    fn verdicts(detail: &OrderDetailReply) -> &[Verdict] {
        &detail.verdicts
    }
    fn layout(_counts: &OrderCounts, total: u32) -> Layout {
        Layout::flat(total)
    }
    fn text(filter: &OrderFilter) -> &str {
        &filter.text
    }
    fn set_text(filter: &mut OrderFilter, text: String) {
        filter.text = text;
    }
}

/// A part of the open order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// The design versions.
    Design,
    /// What is said about it.
    Talk,
    /// What was ordered, and what the staff keeps with it.
    #[default]
    Facts,
    /// What happened to it.
    Trail,
}

impl Tab {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::Design, Self::Talk, Self::Facts, Self::Trail];
    /// The id of its tab.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Design => "order-tab-design",
            Self::Talk => "order-tab-talk",
            Self::Facts => "order-tab-facts",
            Self::Trail => "order-tab-trail",
        }
    }
}

/// A menu of the open order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderMenu {
    /// Where it can be moved.
    Status,
    /// Where its product can.
    Product,
    /// What else can be done.
    More,
}

/// Pesanan desain: a list, and what it has beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct OrdersState {
    rows: ListState<AllOrders>,
    /// Texts that were typed and not sent.
    pub(crate) drafts: Drafts,
    /// What is said about the open one.
    pub(crate) talk: TalkState,
    /// Its design versions.
    pub(crate) designs: DesignsState,
    /// Whether files are held, or were let fall, where no order is open.
    pub(crate) nowhere: Signal<bool>,
    /// Whether the open one is opened from Antrean, beside its list.
    pub(crate) beside: Signal<bool>,
    /// Which part of the open one is shown.
    pub(crate) tab: Signal<Tab>,
    /// Which of its menus is open.
    pub(crate) menu: Signal<Option<OrderMenu>>,
    /// Why the files of an order were not kept, in words.
    pub(super) keep_refused: Signal<Option<(OrderId, String)>>,
    /// How often something was heard of kept files.
    pub(crate) kept_heard: Signal<u64>,
    /// How many there are of each, also while the list was never opened: the sidebar says how many are to be worked on.
    pub(crate) counts: Signal<OrderCounts>,
}

impl Deref for OrdersState {
    type Target = ListState<AllOrders>;
    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}
impl DerefMut for OrdersState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rows
    }
}

impl OrdersState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell, drafts: Drafts, talk: TalkState, designs: DesignsState) -> Self {
        Self {
            rows: ListState::new(shell, AllOrders),
            drafts,
            talk,
            designs,
            nowhere: Signal::new(false),
            tab: Signal::default(),
            menu: Signal::new(None),
            keep_refused: Signal::new(None),
            kept_heard: Signal::new(0),
            counts: Signal::default(),
            beside: Signal::new(false),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.rows.leave();
        self.designs.leave();
        self.nowhere.set(false);
        self.beside.set(false);
        self.tab.set(Tab::default());
        self.menu.set(None);
        self.keep_refused.set(None);
        self.counts.set(OrderCounts::default());
    }
    /// The desk says that something changed.
    pub(crate) fn hear_orders(self, records: &[RecordRef], version: u64) {
        self.hear(records, version);
        self.designs.hear(records);
        if records.is_empty() || records.iter().any(|record| record.kind == Kind::Order) {
            self.count();
        }
    }
    /// Counts them, for whoever has this screen.
    pub(crate) fn count(self) {
        if !self.shell.may(order::SetStatus::NAME) {
            return;
        }
        let turn = self.turn();
        task(async move {
            let query = Orders { filter: OrderFilter::default(), offset: 0, limit: 0, around: None, shown: None };
            // Without an answer the sidebar says what it said before.
            if let Ok(reply) = ask(query).await
                && turn == self.turn()
            {
                put(self.counts, reply.counts);
            }
        });
    }
    /// How many are neither done nor called off.
    pub(crate) fn open_count(self) -> u32 {
        let counts = self.counts.read();
        counts.total().saturating_sub(counts.completed + counts.cancelled)
    }
    /// Shows a list as somebody chose it, or saved it with its search.
    pub(crate) fn sift(mut self, filter: OrderFilter) {
        self.pane.set(Pane::List);
        self.searching.set(!filter.text.is_empty());
        self.show_other(|shown| *shown = filter);
    }
    /// An act on an order was taken back: the order is open again, and what was typed is a draft.
    pub(crate) fn put_back(self, record: RecordRef, act: &str, reason: &str, cancels: bool) {
        match act {
            order::SetStatus::NAME if cancels => self.drafts.keep(Draft::Cancel(record.id), reason),
            order::SetStatus::NAME | order::SetProductStatus::NAME => self.drafts.keep(Draft::Step(record.id), reason),
            order::Delete::NAME => self.drafts.keep(Draft::Delete(record.id), reason),
            _ => {}
        }
        if self.list.peek().load == Load::Here {
            self.open(record);
        }
    }
}

/// An order, named.
pub(crate) fn reference(id: OrderId) -> RecordRef {
    RecordRef::new(Kind::Order, id)
}
