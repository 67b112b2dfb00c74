//! What this desk has said and the server has not told of yet, and how far this person has read.

use domain::{
    command::{Act as _, Command},
    commands::message::{Attach, Send},
    file::FileName,
    id::{ConversationId, MessageId, OrderId, ReadMarkId},
    record::{Kind, RecordRef},
    records::{Attachment, Attachments, Message, ReadMark, Voice},
    status::CommandState,
    text::ChatText,
};
use std::collections::{HashMap, HashSet};

use super::ask::StrandedMessage;
use crate::{
    cabinet::{Inner, urgency},
    error::Result,
    outbox::Entry,
    queries::part::of,
};

impl Inner {
    /// The commands that say something about this order, with what they say, in the order in which they were given.
    pub(super) fn sent_to(&self, order: OrderId) -> Vec<(&Entry, Send)> {
        let said = |entry: &Entry| match entry.given().ok()?.command {
            Command::MessageSend(send) if send.order_id == order => Some(send),
            _ => None,
        };
        let all = self.outbox.live().iter().filter(|entry| entry.name == Send::NAME);
        all.filter_map(|entry| Some((entry, said(entry)?))).collect()
    }
    /// The most urgent state of what was said about each order and is not finished.
    pub(super) fn states_of_sent(&self) -> HashMap<OrderId, CommandState> {
        let mut states = HashMap::new();
        for entry in self.outbox.live().iter().filter(|entry| entry.name == Send::NAME && entry.is_open()) {
            let Some(order) = entry.subject.map(|name| OrderId::from(name.id)) else { continue };
            let state = states.entry(order).or_insert(entry.state);
            if urgency(entry.state) > urgency(*state) {
                *state = entry.state;
            }
        }
        states
    }
    /// What was said about this order and did not pass.
    pub(super) fn stranded(&self, order: OrderId) -> Vec<StrandedMessage> {
        let all = self.sent_to(order).into_iter().filter(|(entry, _)| entry.state.needs_decision());
        let code = |entry: &Entry| entry.outcome.as_ref().and_then(|outcome| outcome.code.as_ref()).map(|code| code.wire().to_owned());
        let stranded = |(entry, send): (&Entry, Send)| StrandedMessage {
            id: send.id,
            text: send.text,
            files: send.attachments.into_iter().map(|it| it.name).collect(),
            command: entry.id,
            state: entry.state,
            code: code(entry),
        };
        all.map(stranded).collect()
    }
    /// What was said about this order, is on its way, and could not be laid over what is here: the conversation has not come yet, or the
    /// rulebook of this desk would refuse it. It stands behind message `last`.
    pub(super) async fn unlaid(&mut self, order: OrderId, last: i64) -> Result<Vec<Message>> {
        let laid: HashSet<_> = self.to_lay().into_iter().collect();
        let on_its_way: Vec<(_, Send)> = self
            .sent_to(order)
            .into_iter()
            .filter(|(entry, _)| laid.contains(&entry.id))
            .map(|(entry, send)| (entry.made_at, send))
            .collect();
        let names: Vec<RecordRef> = on_its_way.iter().map(|(_, send)| message(send.id)).collect();
        let here: HashSet<RecordRef> = self.mirror.records(&names).await?.into_iter().map(|it| it.name).collect();
        let missing = on_its_way.into_iter().filter(|(_, send)| !here.contains(&message(send.id)));
        let from = if self.actor().is_office() { Voice::Staff } else { Voice::Client };
        let mut all = Vec::new();
        for (number, (created_at, send)) in (last + 1..).zip(missing) {
            let Ok(text) = ChatText::beside_files(&send.text) else { continue };
            let (author, attachments) = (self.actor().person.clone(), self.unlaid_files(&send));
            all.push(Message { id: send.id, order_id: order, number, from: from.clone(), author, text, attachments, created_at });
        }
        Ok(all)
    }
    /// The files of a message that is laid over nothing, as far as they can be told here.
    fn unlaid_files(&self, send: &Send) -> Attachments {
        let file = |it: &Attach| {
            let (size, media_type) = (i64::try_from(it.size?).ok()?, it.media_type.clone()?);
            Some(Attachment { sha256: it.sha256, size, media_type, name: FileName::new(&it.name).ok()? })
        };
        Attachments(send.attachments.iter().filter_map(file).collect())
    }
    /// This person's marks in these conversations.
    pub(super) async fn own_marks(
        &mut self,
        conversations: impl Iterator<Item = ConversationId>,
    ) -> Result<HashMap<ConversationId, ReadMark>> {
        let me = self.actor().id();
        let names: Vec<RecordRef> = conversations.map(|id| RecordRef::new(Kind::ReadMark, ReadMarkId::of(me, id))).collect();
        let stored = self.mirror.records(&names).await?;
        stored.iter().map(|it| of::<ReadMark>(it).map(|mark| (mark.conversation_id, mark))).collect()
    }
}

/// The name of a message.
pub(super) fn message(id: MessageId) -> RecordRef {
    RecordRef::new(Kind::Message, id)
}
