//! Obrolan: the list of conversations, and how many there are of each.

use std::ops::{Deref, DerefMut};

use bridge::{ConversationFilter, ConversationPart, ConversationRow, Conversations, DeskError, ErrorCode, Verdict};
use dioxus::prelude::*;
use domain::{
    id::ConversationId,
    record::{Kind, RecordRef},
};

use crate::{
    actions::Act,
    components::list::Layout,
    drafts::Drafts,
    gateway::ask,
    pages::{
        rows::{Answer, ListState, Listing, Question, Recorded, keep_still},
        talk::TalkState,
    },
    shell::{Shell, put, task},
};

impl Recorded for ConversationRow {
    fn record(&self) -> RecordRef {
        RecordRef::new(Kind::Conversation, self.conversation.id)
    }
    /// What is unread is told message by message, and not by looking at the row.
    fn is_unseen(&self) -> bool {
        false
    }
    fn rank(&self) -> (i64, i64) {
        (-self.conversation.last_at.ms(), 0)
    }
}

/// How many conversations there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// All of them.
    pub(crate) all: u32,
    /// Those with something unread.
    pub(crate) unread: u32,
    /// Those whose client waits.
    pub(crate) waiting: u32,
}

/// The list of conversations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AllConversations;

impl Listing for AllConversations {
    type Row = ConversationRow;
    type Filter = ConversationFilter;
    type Summary = Counts;
    type Detail = ConversationRow;

    const LIST: &'static str = super::LIST;
    const DETAIL: &'static str = super::DETAIL;
    /// Reading one takes it out of the unread ones: if the next took its place it would be read too, and so all of them.
    const STAYS_OPEN: bool = true;

    async fn read(question: Question<ConversationFilter>) -> Result<Answer<Self>, DeskError> {
        let Question { filter, offset, limit, around, .. } = question;
        let around = around.map(|record| ConversationId::from(record.id).order());
        let reply = ask(Conversations { filter, offset, limit, around }).await?;
        Ok(Answer {
            rows: reply.rows,
            offset: reply.offset,
            at: reply.at,
            total: reply.total,
            newer: 0,
            // The list has no version of its own: whatever changes, it is read anew.
            version: 0,
            summary: Counts { all: reply.all, unread: reply.unread, waiting: reply.waiting },
        })
    }
    async fn detail(record: RecordRef) -> Result<ConversationRow, DeskError> {
        let around = Some(ConversationId::from(record.id).order());
        let reply = ask(Conversations { filter: ConversationFilter::default(), offset: 0, limit: 1, around }).await?;
        reply.rows.into_iter().find(|row| row.record() == record).ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
    fn verdicts(_row: &ConversationRow) -> &[Verdict] {
        &[]
    }
    fn layout(_counts: &Counts, total: u32) -> Layout {
        Layout::flat(total)
    }
    fn text(filter: &ConversationFilter) -> &str {
        &filter.text
    }
    fn set_text(filter: &mut ConversationFilter, text: String) {
        filter.text = text;
    }
    fn beside(here: &[RecordRef], answer: Answer<Self>) -> Answer<Self> {
        keep_still(here, answer)
    }
}

/// Obrolan: a list, and what it has beside it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ConversationsState {
    rows: ListState<AllConversations>,
    /// Texts that were typed and not sent.
    pub(crate) drafts: Drafts,
    /// The conversation that is open.
    pub(crate) talk: TalkState,
    /// How many there are of each, also while the list was never opened: the sidebar says how many are unread.
    pub(crate) counts: Signal<Counts>,
}

impl Deref for ConversationsState {
    type Target = ListState<AllConversations>;
    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}
impl DerefMut for ConversationsState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.rows
    }
}

impl ConversationsState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell, drafts: Drafts, talk: TalkState) -> Self {
        Self { rows: ListState::new(shell, AllConversations), drafts, talk, counts: Signal::default() }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.rows.leave();
        self.counts.set(Counts::default());
    }
    /// The desk says that something changed.
    pub(crate) fn hear_conversations(self, records: &[RecordRef], version: u64) {
        self.hear(records, version);
        let about = |r: &RecordRef| matches!(r.kind, Kind::Conversation | Kind::ReadMark | Kind::Message | Kind::Order);
        if records.is_empty() || records.iter().any(about) {
            self.count();
        }
    }
    /// Counts them, for whoever has this screen.
    pub(crate) fn count(self) {
        if !Act::GoConversations.spec().is_for(self.shell) {
            return;
        }
        let turn = self.turn();
        task(async move {
            let query = Conversations { filter: ConversationFilter::default(), offset: 0, limit: 0, around: None };
            // Without an answer the sidebar says what it said before.
            if let Ok(reply) = ask(query).await
                && turn == self.turn()
            {
                put(self.counts, Counts { all: reply.all, unread: reply.unread, waiting: reply.waiting });
            }
        });
    }
    /// Shows another part of the list.
    pub(crate) fn show_part(self, part: ConversationPart) {
        self.show_other(|shown| shown.part = part);
    }
    /// The open conversation as the list shows it.
    pub(crate) fn row(self) -> Option<ConversationRow> {
        let opened = self.opened.read();
        opened.reply.as_deref().or(opened.row.as_deref()).cloned()
    }
}
