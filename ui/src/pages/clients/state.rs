//! Klien: the list of clients, the one that is open, and which part of what happened with them is shown.

use std::ops::{Deref, DerefMut};

use bridge::{ClientDetail, ClientDetailReply, ClientFilter, ClientList, ClientRow, ClientSort, DeskError, TalePart, Verdict};
use dioxus::prelude::*;
use domain::{
    id::ClientId,
    record::{Kind, RecordRef},
    records::Client,
};

use crate::{
    components::list::Layout,
    drafts::Drafts,
    gateway::ask,
    pages::rows::{Answer, ListState, Listing, Question, Recorded, keep_still},
    shell::{Place, Shell},
};

/// A client, named.
pub(crate) fn reference(id: ClientId) -> RecordRef {
    RecordRef::new(Kind::Client, id)
}

impl Recorded for ClientRow {
    fn record(&self) -> RecordRef {
        reference(self.client.id)
    }
    /// Nobody has to look at a client: what they ask for stands in lists of its own.
    fn is_unseen(&self) -> bool {
        false
    }
    fn rank(&self) -> (i64, i64) {
        (-self.client.created_at.ms(), 0)
    }
}

/// The list of clients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AllClients;

impl Listing for AllClients {
    type Row = ClientRow;
    type Filter = ClientFilter;
    type Summary = ();
    type Detail = ClientDetailReply;

    const LIST: &'static str = super::LIST;
    const DETAIL: &'static str = super::DETAIL;
    /// Whoever is found by a text that no longer finds them is still the one that is looked at.
    const STAYS_OPEN: bool = true;

    async fn read(question: Question<ClientFilter>) -> Result<Answer<Self>, DeskError> {
        let Question { filter, offset, limit, around, .. } = question;
        let around = around.map(|record| ClientId::from(record.id));
        let reply = ask(ClientList { filter, offset, limit, around }).await?;
        Ok(Answer {
            rows: reply.rows,
            offset: reply.offset,
            at: reply.at,
            total: reply.total,
            newer: 0,
            // The list has no version of its own: whatever changes, it is read anew.
            version: 0,
            summary: (),
        })
    }
    async fn detail(record: RecordRef) -> Result<ClientDetailReply, DeskError> {
        ask(ClientDetail { record, merge: None }).await
    }
    /// Whoever was merged is looked at in the one who stays.
    fn stands_in(detail: &ClientDetailReply) -> Option<RecordRef> {
        Some(reference(detail.client.id))
    }
    fn verdicts(detail: &ClientDetailReply) -> &[Verdict] {
        &detail.verdicts
    }
    fn layout((): &(), total: u32) -> Layout {
        Layout::flat(total)
    }
    fn text(filter: &ClientFilter) -> &str {
        &filter.text
    }
    fn set_text(filter: &mut ClientFilter, text: String) {
        filter.text = text;
    }
    fn beside(here: &[RecordRef], answer: Answer<Self>) -> Answer<Self> {
        keep_still(here, answer)
    }
}

/// Klien: a list, and what it has beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ClientsState {
    rows: ListState<AllClients>,
    /// Texts that were typed and not sent.
    pub(crate) drafts: Drafts,
    /// Which part of what happened is shown.
    pub(crate) part: Signal<TalePart>,
    /// How often something of clients has changed: what happened is read anew then.
    pub(crate) news: Signal<u64>,
}

impl Deref for ClientsState {
    type Target = ListState<AllClients>;
    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}
impl DerefMut for ClientsState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rows
    }
}

impl ClientsState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell, drafts: Drafts) -> Self {
        Self { rows: ListState::new(shell, AllClients), drafts, part: Signal::default(), news: Signal::default() }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.rows.leave();
        self.part.set(TalePart::default());
    }
    /// The desk says that something changed. Whoever is not at this screen reads it when they come.
    pub(crate) fn hear_clients(mut self, records: &[RecordRef], version: u64) {
        let about = |r: &RecordRef| {
            matches!(r.kind, Kind::Client | Kind::Consultation | Kind::Order | Kind::Conversation | Kind::Design | Kind::Note)
        };
        if *self.shell.place.peek() != Place::Clients || !(records.is_empty() || records.iter().any(about)) {
            return;
        }
        // Whatever of theirs it was, the detail tells of it: it is read once, as where everything may have changed.
        self.hear(&[], version);
        self.news.with_mut(|news| *news += 1);
    }
    /// Lists them in another order.
    pub(crate) fn sort(self, sort: ClientSort) {
        self.show_other(|shown| shown.sort = sort);
    }
    /// The open client as they are shown.
    pub(crate) fn client(self) -> Option<Client> {
        let opened = self.opened.read();
        opened.reply.as_ref().map(|reply| reply.client.clone()).or_else(|| opened.row.as_ref().map(|row| row.client.clone()))
    }
}
