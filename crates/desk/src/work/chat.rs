//! What clients say: what is told of it, and for how long it wants to be read and answered.

use domain::{
    id::OrderId,
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{ConsultationStatus, Conversation, Message, ReadMark},
    role::Actor,
    time::UtcMillis,
    words::{Words, isolate},
};
use mirror::{Cabinet, queries::TalkAsk};
use std::sync::Arc;
use sync::Files;

use super::{
    Work,
    tidings::{Tidings, awaits},
    toasts::Listener,
};
use crate::link::has_screen;

/// A message of a client, and what is known of its conversation.
pub(super) struct Word {
    pub(super) message: Message,
    /// Nothing where it is not known: behind the lock.
    pub(super) conversation: Option<Conversation>,
    /// How many this person has not read, this one with them.
    pub(super) unread: i64,
}

/// What just came: records that are new, and, behind the lock, those that changed.
pub(super) struct Came<'a> {
    pub(super) fresh: &'a [Arc<AnyRecord>],
    pub(super) moved: &'a [Arc<AnyRecord>],
}

impl Came<'_> {
    /// What may be worth telling: what is new, and versions, which are decided on when they are there.
    pub(super) fn told_of(&self) -> impl Iterator<Item = &AnyRecord> {
        let decided = self.moved.iter().filter(|it| matches!(***it, AnyRecord::Design(_)));
        self.fresh.iter().chain(decided).map(|it| &**it)
    }
    fn conversation(&self, order: OrderId) -> Option<Conversation> {
        let mut heads = self.fresh.iter().chain(self.moved).filter_map(|it| Conversation::of(it));
        heads.rfind(|it| it.id.order() == order).cloned()
    }
}

/// How a conversation stands for this person: its head, and how much of it they have not read.
async fn standing(cabinet: &Cabinet, order_id: OrderId, now: UtcMillis) -> mirror::Result<Option<(Conversation, i64)>> {
    let ask = TalkAsk { order_id, before: None, limit: 0 };
    let page = cabinet.talk(&ask, &[], now).await?;
    Ok(page.conversation.map(|head| (head, page.unread)))
}

/// Under which record a change of this one may have been told of: how far somebody has read tells of the conversation.
pub(super) async fn told_under(work: &Work, name: RecordRef) -> Option<RecordRef> {
    if name.kind != Kind::ReadMark {
        return Some(name).filter(|name| has_screen(name.kind));
    }
    let found = work.cabinet.record(name, work.now()).await.ok().flatten();
    found.and_then(|(record, _)| ReadMark::of(&record).map(|mark| RecordRef::new(Kind::Conversation, mark.conversation_id)))
}

/// Whether this record must still be taken up, read or answered; so too where that cannot be read.
pub(super) async fn still_waits(work: &Work, name: RecordRef, me: &Actor) -> bool {
    let (cabinet, now) = (&work.cabinet, work.now());
    let found = if name.kind == Kind::Conversation {
        standing(cabinet, OrderId::from(name.id), now).await.map(|found| found.is_some_and(|(head, unread)| is_unanswered(&head, unread)))
    } else {
        cabinet.record(name, now).await.map(|found| found.is_some_and(|(record, _)| waits(&record, me)))
    };
    found.unwrap_or(true)
}

impl Word {
    /// What the client is called.
    pub(super) fn client(&self) -> String {
        let name = self.conversation.as_ref().map_or(&self.message.author.name, |it| &it.client_name);
        isolate(name.as_str())
    }
    /// What they say, or how much.
    pub(super) fn body(&self, words: &Words) -> String {
        let said = self.message.text.beginning();
        match self.message.attachments.count() {
            _ if self.unread > 1 => words.count("toast-message-several-body", self.unread),
            Some(files) if said.is_empty() => words.count("toast-message-files-body", files),
            _ => isolate(&said),
        }
    }
}

impl Listener {
    /// The same with what is known of its conversation; nothing where that has been read, or answered.
    pub(super) async fn known(&self, it: Tidings, came: &Came<'_>) -> Option<Tidings> {
        let Tidings::Message(mut word) = it else { return Some(it) };
        let Files::Both(cabinet) = &self.files else {
            word.conversation = came.conversation(word.message.order_id);
            return Some(Tidings::Message(word));
        };
        let (head, unread) = standing(cabinet, word.message.order_id, self.now).await.ok()??;
        (word.unread, word.conversation) = (unread, Some(head.clone()));
        is_unanswered(&head, unread).then_some(Tidings::Message(word))
    }
}

/// Whether this person, or anybody, must still take it up.
fn waits(record: &AnyRecord, me: &Actor) -> bool {
    match record {
        AnyRecord::Consultation(it) => it.status == ConsultationStatus::Waiting,
        AnyRecord::Order(it) => awaits(it) || (it.is_open() && it.assignee.as_ref().is_some_and(|person| person.id == me.id())),
        _ => false,
    }
}

/// Whether somebody must still answer a client whose words this person has not all read.
const fn is_unanswered(it: &Conversation, unread: i64) -> bool {
    it.waiting_since.is_some() && unread > 0
}
