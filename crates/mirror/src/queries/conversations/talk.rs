//! What is said about one order.

use domain::{
    command::Given as Act,
    id::{ConversationId, MessageId},
    record::{Kind, RecordRef},
    records::{Attachment, Conversation, Message, Voice},
    time::UtcMillis,
};
use sqlx::{QueryBuilder, sqlite::Sqlite};

use super::ask::{AttachedLine, MessageLine, TalkAsk, TalkPage};
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    outbox::Entry,
    queries::part::of,
};

impl Cabinet {
    /// The newest messages about an order, or those before one, and what the rulebook says of these acts. An order of which nothing is here
    /// has none.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn talk(&self, ask: &TalkAsk, acts: &[Act], now: UtcMillis) -> Result<TalkPage> {
        let mut inner = self.lock(now).await?;
        let page = inner.talk(ask).await?;
        Ok(TalkPage { verdicts: inner.probe(acts).await?, ..page })
    }
}

/// The newest of these messages first, by the index of their places.
pub(super) fn messages(ask: &TalkAsk) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record INDEXED BY record_message WHERE kind = 11 AND about = ");
    query.push_bind(ask.order_id.uuid().as_bytes().to_vec()).push(" AND number < ").push_bind(ask.before.unwrap_or(i64::MAX));
    query.push(" ORDER BY number DESC LIMIT ").push_bind(ask.limit);
    query
}

impl Inner {
    async fn talk(&mut self, ask: &TalkAsk) -> Result<TalkPage> {
        let id = ConversationId::of(ask.order_id);
        let head = self.mirror.lookup(RecordRef::new(Kind::Conversation, id)).await?;
        let conversation: Option<Conversation> = head.as_ref().map(of).transpose()?;
        let (read, unread) = match &conversation {
            Some(it) => {
                let marks = self.own_marks([id].into_iter()).await?;
                (it.read_by(marks.get(&id), &Voice::Staff), it.unread(marks.get(&id), &Voice::Staff))
            }
            None => (0, 0),
        };
        let mut messages = self.messages(ask).await?;
        let last = conversation.as_ref().map_or(0, |it| it.messages);
        let oldest = messages.first().map_or_else(|| ask.before.unwrap_or(last.saturating_add(1)), |it| it.number);
        if ask.before.is_none() {
            messages.extend(self.unlaid(ask.order_id, last).await?);
        }
        let messages = self.message_lines(ask, messages).await?;
        let stranded = self.stranded(ask.order_id);
        Ok(TalkPage { conversation, messages, stranded, more: oldest > 1, read, unread, verdicts: Vec::new() })
    }
    /// The newest messages, or those before one, the oldest first.
    async fn messages(&mut self, ask: &TalkAsk) -> Result<Vec<Message>> {
        let stored = self.mirror.fetch(Kind::Message, messages(ask)).await?;
        stored.iter().rev().map(of).collect()
    }
    async fn message_lines(&mut self, ask: &TalkAsk, messages: Vec<Message>) -> Result<Vec<MessageLine>> {
        let sent: Vec<(Entry, MessageId)> =
            self.sent_to(ask.order_id).into_iter().filter(|(entry, _)| entry.is_open()).map(|(e, send)| (e.clone(), send.id)).collect();
        let me = self.actor().id();
        let mut lines = Vec::with_capacity(messages.len());
        for message in messages {
            let entry = sent.iter().find(|(_, id)| *id == message.id).map(|(entry, _)| entry);
            let files = self.attached(&message, entry).await?;
            let (mine, command) = (message.author.id == me, entry.map(|entry| (entry.id, entry.state)));
            lines.push(MessageLine { message, files, mine, command });
        }
        Ok(lines)
    }
    /// How the files of a message stand; `entry` is the command that says it, while it is not finished.
    async fn attached(&mut self, message: &Message, entry: Option<&Entry>) -> Result<Vec<AttachedLine>> {
        if message.attachments.0.is_empty() {
            return Ok(Vec::new());
        }
        let kept = self.mirror.kept_of(message.id).await?;
        let line = |(place, it): (usize, &Attachment)| AttachedLine {
            bytes: entry.and_then(|entry| self.sent_bytes(&it.sha256, entry)),
            here: kept.contains(&place) || self.is_staged(&it.sha256),
        };
        Ok(message.attachments.0.iter().enumerate().map(line).collect())
    }
}
