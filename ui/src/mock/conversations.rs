//! Obrolan of the desk inside the window: the list of conversations, what is said in one, and the texts for answering quickly.

use bridge::{
    ConversationFilter, ConversationPart, ConversationRow, Conversations, ConversationsReply, DeskError, ErrorCode, FileView, MessageView,
    QuickReplies, QuickReplyView, Stranded, Talk, TalkReply,
};
use domain::{
    command::Command,
    commands::message,
    id::{ConversationId, MessageId, OrderId, ReadMarkId},
    record::{Kind, Record as _, RecordRef},
    records::{Client, Conversation, Filling, Message, Order, QuickReply, ReadMark, Voice},
    role::{Actor, Person, Role},
    search::{Wanted, fold},
    time::Zone,
    words::Words,
};

use super::{
    commands::{Entry, most_urgent},
    desk::{Desk, Layer, cut, number},
    detail::verdict_of,
};

pub(super) fn has(it: &Conversation, wanted: &Wanted) -> bool {
    wanted.is_in_texts(&[it.client_name.as_str(), &it.order_number, it.last_text.as_str()])
}

impl Desk {
    /// Whoever sees an order sees what is said about it.
    pub(super) fn sees_conversation(&self, it: &Conversation) -> bool {
        self.record::<Order>(Layer::Shown, it.id.order()).is_some_and(|order| order.deleted.is_none() && self.sees_order(order))
    }
    fn own_mark(&self, id: ConversationId) -> Option<&ReadMark> {
        self.record(Layer::Shown, ReadMarkId::of(self.me().id, id))
    }
    pub(super) fn unread_of(&self, it: &Conversation) -> i64 {
        it.unread(self.own_mark(it.id), &Voice::Staff)
    }
    fn stands_in_part(&self, it: &Conversation, part: ConversationPart) -> bool {
        match part {
            ConversationPart::All => true,
            ConversationPart::Unread => self.unread_of(it) > 0,
            ConversationPart::Waiting => it.waiting_since.is_some(),
        }
    }

    /// A part of the list: unread ones first, and of these the earliest promise first; the others newest first.
    pub(super) fn conversations(&mut self, query: &Conversations) -> Result<ConversationsReply, DeskError> {
        self.trouble()?;
        let ConversationFilter { part, text } = &query.filter;
        let wanted = Wanted::new(text);
        let seen: Vec<&Conversation> = self.all(Layer::Shown).filter(|it| self.sees_conversation(it)).collect();
        let count = |part| number(seen.iter().filter(|it| self.stands_in_part(it, part)).count());
        let (all, unread, waiting) = (number(seen.len()), count(ConversationPart::Unread), count(ConversationPart::Waiting));
        let mut rows: Vec<&Conversation> = seen.into_iter().filter(|it| self.stands_in_part(it, *part) && has(it, &wanted)).collect();
        rows.sort_by_key(|it| {
            let due = it.due_at.map_or(i64::MAX, |due| due.ms());
            let (read, due) = if self.unread_of(it) > 0 { (false, due) } else { (true, 0) };
            (read, due, std::cmp::Reverse(it.last_at), it.id)
        });
        let at = query.around.and_then(|order| rows.iter().position(|it| it.id.order() == order));
        let (offset, limit) = cut(rows.len(), at, query.offset, query.limit);
        Ok(ConversationsReply {
            rows: rows.iter().skip(offset).take(limit).map(|it| self.conversation_row(it)).collect(),
            offset: number(offset),
            at: at.map(number),
            total: number(rows.len()),
            all,
            unread,
            waiting,
        })
    }
    fn conversation_row(&self, it: &Conversation) -> ConversationRow {
        let server: Option<&Conversation> = self.record(Layer::Server, it.id);
        let about = self.said_about(it.id.order());
        ConversationRow {
            unread: u32::try_from(self.unread_of(it)).unwrap_or(0),
            status: self.record::<Order>(Layer::Shown, it.id.order()).map(|order| order.status.clone()),
            ours: server.is_none_or(|server| server.messages != it.messages),
            mark: most_urgent(about).map(|c| c.state),
            conversation: it.clone(),
        }
    }
    /// The commands that say something about an order.
    fn said_about(&self, order: OrderId) -> impl Iterator<Item = &Entry> {
        self.commands.iter().filter(move |c| matches!(&c.given.command, Command::MessageSend(said) if said.order_id == order))
    }

    /// What is said about one order.
    pub(super) fn talk(&mut self, query: &Talk) -> Result<TalkReply, DeskError> {
        self.trouble()?;
        let order = query.order_id;
        let known = self.record::<Order>(Layer::Shown, order).is_some_and(|it| self.sees_order(it));
        if !known {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        let tried = message::Send {
            id: MessageId::from(self.next_id()),
            order_id: order,
            text: "…".to_owned(),
            attachments: Vec::new(),
            read: None,
        };
        let verdict = verdict_of(self.ask(tried.into()));
        let id = ConversationId::of(order);
        let head: Option<&Conversation> = self.record(Layer::Shown, id);
        let before = query.before.unwrap_or(i64::MAX);
        let mut all: Vec<&Message> = self.all(Layer::Shown).filter(|it: &&Message| it.order_id == order && it.number < before).collect();
        all.sort_by_key(|it| it.number);
        let left = all.len().saturating_sub(usize::try_from(query.limit.min(200)).unwrap_or(0));
        Ok(TalkReply {
            conversation: head.cloned(),
            messages: all.into_iter().skip(left).map(|it| self.message_view(it)).collect(),
            stranded: self.said_about(order).filter(|c| c.state.needs_decision()).filter_map(stranded).collect(),
            more: left > 0,
            read: head.map_or(0, |head| head.read_by(self.own_mark(id), &Voice::Staff)),
            unread: head.map_or(0, |head| u32::try_from(self.unread_of(head)).unwrap_or(0)),
            verdict,
        })
    }
    fn message_view(&self, it: &Message) -> MessageView {
        let fresh = self.record::<Message>(Layer::Server, it.id).is_none();
        let says = |c: &&Entry| matches!(&c.given.command, Command::MessageSend(said) if said.id == it.id);
        let command = self.commands.iter().find(says).filter(|_| fresh);
        MessageView {
            files: it.attachments.0.iter().map(|_| FileView { transfer: None, here: self.online }).collect(),
            mine: it.author.id == self.me().id,
            state: command.map(|c| c.state),
            command: command.map(|c| c.id),
            message: it.clone(),
        }
    }

    /// The quick replies, their gaps filled in for an order.
    pub(super) fn quick_replies(&mut self, query: &QuickReplies) -> Result<Vec<QuickReplyView>, DeskError> {
        self.trouble()?;
        let filling = query.order_id.map(|order| self.filling(order));
        let words = Words::new(self.situation.preferences.lang);
        let mut all: Vec<&QuickReply> = self.all(Layer::Shown).filter(|it: &&QuickReply| it.removed_at.is_none()).collect();
        all.sort_by_key(|it| (fold(it.title.as_str()), it.id));
        let view = |it: &QuickReply| {
            let filled = filling.as_ref().map(|filling| it.text.fill(filling, &words));
            QuickReplyView {
                id: it.id,
                title: it.title.to_string(),
                text: it.text.as_str().to_owned(),
                filled: filled.as_ref().map(|filled| filled.text.clone()),
                open: filled.map(|filled| filled.open).unwrap_or_default(),
                ours: self.record::<QuickReply>(Layer::Server, it.id) != Some(it),
            }
        };
        Ok(all.into_iter().map(view).collect())
    }
    fn filling(&self, order: OrderId) -> Filling {
        let order: Option<&Order> = self.record(Layer::Shown, order);
        Filling {
            client: order.map(|it| it.client_name.to_string()),
            order: order.map(|it| it.number.clone()),
            deadline: order.and_then(|it| it.deadline),
            budget: order.and_then(|it| it.budget),
            status: order.map(|it| it.status.face()),
            me: Some(self.me().name.to_string()),
            today: Some(self.now.day(order.map_or(Zone::Wib, |it| it.client_zone))),
        }
    }

    /// Whoever sits here says something.
    pub(super) fn say(&mut self, order_id: OrderId, text: &str) {
        let id = MessageId::from(self.next_id());
        self.send(message::Send { id, order_id, text: text.to_owned(), attachments: Vec::new(), read: None }.into());
    }
    /// The client of an order says something, from their own side.
    pub(super) fn client_says(&mut self, order: OrderId, text: &str) {
        let Some(it) = self.record::<Order>(Layer::Server, order).cloned() else { return };
        let (Some(user), client) = (it.client_user, it.client_id) else { return };
        let actor = Actor::person(Person { id: user, name: it.client_name }, vec![Role::Client], None, Some(client));
        let said = message::Send {
            id: MessageId::from(self.next_id()),
            order_id: order,
            text: text.to_owned(),
            attachments: Vec::new(),
            read: None,
        };
        let written = self.elsewhere_by(&actor, said.into());
        self.lay();
        self.changed(written);
    }
    /// A message that the server does not take: its client's data were erased while it was under way.
    pub(super) fn strand_message(&mut self) {
        let order = super::sample_conversations::lively();
        let Some(it) = self.record::<Order>(Layer::Server, order).cloned() else { return };
        let client = RecordRef::new(Kind::Client, it.client_id);
        let (online, kept) = (std::mem::replace(&mut self.online, true), self.server.get(&client).cloned());
        self.say(order, "Revisi kedua sudah kami kirim ke surel Anda.");
        if let Some(known) = self.record::<Client>(Layer::Server, it.client_id).cloned() {
            let erased = Client { erased_at: Some(self.now), ..known };
            self.server.insert(client, domain::facts::Held { rev: 2, record: std::sync::Arc::new(erased.any()) });
        }
        self.now = self.now.plus(1_000);
        self.run_commands();
        kept.into_iter().for_each(|held| _ = self.server.insert(client, held));
        self.now = super::sample::BEGIN;
        self.online = online;
        self.lay();
    }
}

/// A message that waits for a decision of its author.
fn stranded(entry: &Entry) -> Option<Stranded> {
    let Command::MessageSend(said) = &entry.given.command else { return None };
    let code = entry.refusal.as_ref().map(|refusal| refusal.code.wire().to_owned());
    let files = said.attachments.iter().map(|it| it.name.clone()).collect();
    Some(Stranded { id: said.id, text: said.text.clone(), files, state: entry.state, command: entry.id, code })
}
