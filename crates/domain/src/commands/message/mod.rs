//! The conversation about an order: said, and read.

mod attach;

pub use attach::Attach;

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    commands::order::alive,
    decision::{Changes, Code, Refusal, Stop, Write},
    facts::Key,
    file::Sha256,
    id::{ConversationId, MessageId, NotificationId, OrderId, ReadMarkId},
    record::{Kind, RecordRef},
    records::{Attachments, Client, Conversation, Message, Notification, NotificationKind, Order, ReadMark, Voice},
    role::Role,
    rule::{Cx, Read, at_hand, create, field, key, writes},
    text::ChatText,
};

/// Who takes part in a conversation.
const SPEAKERS: &[Role] = &[Role::Client, Role::Admin, Role::Cs];

fn conversation(order: OrderId) -> RecordRef {
    RecordRef::new(Kind::Conversation, ConversationId::of(order))
}

/// The actor's own mark in a conversation.
fn own_mark(cx: &Cx<'_>, conversation_id: ConversationId) -> Result<Read<ReadMark>, Stop> {
    let user_id = cx.actor.id();
    let id = ReadMarkId::of(user_id, conversation_id);
    let made = || Read::new(ReadMark { id, user_id, conversation_id, upto: 0, own: 0, updated_at: cx.now });
    Ok(cx.lookup(id)?.unwrap_or_else(made))
}

/// `message.send`: somebody says something about an order. The server gives it its number, which is its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Send {
    /// The id of the new message.
    pub id: MessageId,
    /// The order it is about.
    pub order_id: OrderId,
    /// What it says, 1 to 4000 characters; nothing is enough where files are attached.
    #[serde(default)]
    pub text: String,
    /// The files it carries, at most five.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attach>,
    /// The number of the last message that its author had before them: what came after it stays unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<i64>,
}

impl Act for Send {
    const NAME: &'static str = "message.send";
    const RULE: &'static str = "R-005, R-079";
    const ROLES: &'static [Role] = SPEAKERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Order, self.order_id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Order, self.order_id), Key::Record(conversation(self.order_id)), key(Kind::Message, self.id)]
    }
    fn awaits(&self) -> Vec<Sha256> {
        self.attachments.iter().map(|it| it.sha256).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let said = if self.attachments.is_empty() { ChatText::new } else { ChatText::beside_files };
        let text = field("text", said(&self.text))?;
        let order = alive(cx, self.order_id)?.record;
        let from = if cx.is_by_office() { Voice::Staff } else { Voice::Client };
        if cx.read_any::<Client>(order.client_id)?.record.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        // Without an account there is nobody who could read it; telephone and mail are left.
        if from == Voice::Staff && order.client_user.is_none() {
            return Err(Refusal::new(Code::NoAccount, "R-079").into());
        }
        cx.must_be_free(RecordRef::new(Kind::Message, self.id))?;
        let id = ConversationId::of(order.id);
        let attachments = attach::attached(cx, &order, &self.attachments)?;
        let mut head = cx.lookup(id)?.unwrap_or_else(|| Read::new(begun(cx, &order, &text)));
        let mut mark = at_hand(own_mark(cx, id))?;
        say(cx, &mut head.record, (&text, &attachments), &from)?;
        let number = head.record.messages;
        if let Some(mark) = mark.as_mut().map(|it| &mut it.record) {
            advance(mark, number, self.read.unwrap_or(0));
            mark.updated_at = cx.now;
            if from == Voice::Client {
                head.record.client_read = mark.upto;
            }
        }
        let told = if from == Voice::Staff { tell_client(cx, &order, &text)? } else { None };
        let author = cx.actor.person.clone();
        let message = Message { id: self.id, order_id: order.id, number, from, author, text, attachments, created_at: cx.now };
        Ok(writes([create(message), head.write()].into_iter().chain(mark.map(Read::write)).chain(told).collect()))
    }
}

/// The head of a conversation before its first message.
fn begun(cx: &Cx<'_>, order: &Order, text: &ChatText) -> Conversation {
    Conversation {
        id: ConversationId::of(order.id),
        order_number: order.number.clone(),
        client_id: order.client_id,
        client_name: order.client_name.clone(),
        client_zone: order.client_zone,
        messages: 0,
        last_text: text.clone(),
        last_files: None,
        last_at: cx.now,
        last_from: Voice::Staff,
        last_by: cx.actor.person.clone(),
        waiting_since: None,
        due_at: None,
        answered: 0,
        client_read: 0,
        created_at: cx.now,
        updated_at: cx.now,
    }
}

/// Moves the mark of whoever writes message `number`, having had all up to `read` before them: to their own message where nothing
/// of others lies between, else no further than they have read. What somebody else wrote meanwhile never counts as read.
fn advance(mark: &mut ReadMark, number: i64, read: i64) {
    let last = number - 1;
    if mark.covered() >= last || read >= last {
        (mark.upto, mark.own) = (number, 0);
    } else if read > mark.upto {
        (mark.upto, mark.own) = (read, 1);
    } else {
        mark.own = mark.own.saturating_add(1);
    }
}

/// Notes a new message at the head: the client waits from their first word on that nobody has answered.
fn say(cx: &Cx<'_>, head: &mut Conversation, (text, attachments): (&ChatText, &Attachments), from: &Voice) -> Result<(), Stop> {
    head.messages = head.messages.saturating_add(1);
    (head.last_text, head.last_at, head.last_from) = (text.clone(), cx.now, from.clone());
    head.last_files = attachments.count();
    (head.last_by, head.updated_at) = (cx.actor.person.clone(), cx.now);
    if *from != Voice::Client {
        (head.waiting_since, head.due_at, head.answered) = (None, None, head.messages);
    } else if head.waiting_since.is_none() {
        let settings = cx.settings()?;
        head.waiting_since = Some(cx.now);
        head.due_at = Some(settings.calendar().add_working(cx.now, settings.answer_minutes));
    }
    Ok(())
}

/// One line in the client's list for all that they have not read. A desk does not hold it, and need not.
fn tell_client(cx: &Cx<'_>, order: &Order, text: &ChatText) -> Result<Option<Write>, Stop> {
    let Some(user_id) = order.client_user else { return Ok(None) };
    let id = NotificationId::of_conversation(user_id, ConversationId::of(order.id));
    let record = RecordRef::new(Kind::Order, order.id);
    let kind = NotificationKind::MessageReceived;
    let made = || Read::new(Notification { id, user_id, kind, record, by: None, detail: None, created_at: cx.now, read_at: None });
    let Some(known) = at_hand(cx.lookup(id))? else { return Ok(None) };
    let mut line = known.unwrap_or_else(made);
    line.record.detail = Some(text.beginning()).filter(|said| !said.is_empty());
    (line.record.created_at, line.record.read_at) = (cx.now, None);
    Ok(Some(line.write()))
}

/// `conversation.read`: a person has read a conversation up to a message. Saying so again changes nothing, and a mark never goes
/// back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkRead {
    /// The order it is about.
    pub order_id: OrderId,
    /// The number of the last message they have read.
    pub upto: i64,
}

impl Act for MarkRead {
    const NAME: &'static str = "conversation.read";
    const RULE: &'static str = "R-079";
    const ROLES: &'static [Role] = SPEAKERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(conversation(self.order_id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut head = cx.read::<Conversation>(ConversationId::of(self.order_id))?;
        let mut mark = own_mark(cx, head.record.id)?;
        let upto = self.upto.min(head.record.messages);
        let mut all = Vec::new();
        if upto == head.record.messages {
            all.extend(settle_line(cx, head.record.id)?);
        }
        if upto > mark.record.upto {
            // How many of their own lie above is not known without looking; none is the safe guess: it hides nothing unread.
            let it = &mut mark.record;
            (it.upto, it.own, it.updated_at) = (upto, 0, cx.now);
            all.push(mark.write());
            if !cx.is_by_office() {
                (head.record.client_read, head.record.updated_at) = (upto, cx.now);
                all.push(head.write());
            }
        }
        Ok(writes(all))
    }
}

/// The line that told the actor of these messages, now read.
fn settle_line(cx: &Cx<'_>, conversation: ConversationId) -> Result<Option<Write>, Stop> {
    let id = NotificationId::of_conversation(cx.actor.id(), conversation);
    let unread = at_hand(cx.lookup::<Notification>(id))?.flatten().filter(|line| line.record.read_at.is_none());
    Ok(unread.map(|mut line| {
        line.record.read_at = Some(cx.now);
        line.write()
    }))
}
