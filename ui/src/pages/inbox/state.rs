//! Antrean: the list of requests, and what it has beside it: what is chosen, what came of acts on many, when something was last
//! decided.

use std::ops::{Deref, DerefMut};

use bridge::{DeskError, Detail, DetailReply, Inbox, InboxCounts, InboxFilter, InboxGroup, InboxRow, InboxView, Verdict};
use dioxus::prelude::*;
use domain::{
    id::ConsultationId,
    record::{Kind, RecordRef},
};

use super::{bulk::Outcome, chosen::Chosen};
use crate::{
    components::list::Layout,
    drafts::{Draft, Drafts},
    gateway::ask,
    pages::rows::{Answer, ListState, Listing, Load, Loaded, Question, Recorded},
    shell::Shell,
};

impl Recorded for InboxRow {
    fn record(&self) -> RecordRef {
        reference(self.consultation.id)
    }
    fn is_unseen(&self) -> bool {
        self.unseen
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

/// The list of requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Requests {
    /// What is chosen for an act on many.
    chosen: Signal<Chosen>,
}

impl Listing for Requests {
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
    fn was_read(mut self, rows: &Loaded<InboxRow>, total: u32) {
        if !self.chosen.peek().is_empty() {
            self.chosen.write().refresh(rows, total);
        }
    }
    fn will_change(mut self) {
        if !self.chosen.peek().is_empty() {
            self.chosen.set(Chosen::default());
        }
    }
}

/// Antrean: a list, and what it has beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct InboxState {
    rows: ListState<Requests>,
    /// What is chosen for an act on many.
    pub(crate) chosen: Signal<Chosen>,
    /// What came of the last one, where not all of it went.
    pub(crate) outcome: Signal<Option<Outcome>>,
    /// Whether one is being done.
    pub(crate) giving_many: Signal<bool>,
    /// Texts that were typed and not sent.
    pub(crate) drafts: Drafts,
    pub(super) last_verdict: Signal<Option<(f64, Option<RecordRef>)>>,
}

impl Deref for InboxState {
    type Target = ListState<Requests>;
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
    pub(crate) fn new(shell: Shell, drafts: Drafts) -> Self {
        let chosen = Signal::default();
        Self {
            rows: ListState::new(shell, Requests { chosen }),
            chosen,
            outcome: Signal::new(None),
            giving_many: Signal::new(false),
            drafts,
            last_verdict: Signal::new(None),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.rows.leave();
        self.chosen.set(Chosen::default());
        self.outcome.set(None);
        self.giving_many.set(false);
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
