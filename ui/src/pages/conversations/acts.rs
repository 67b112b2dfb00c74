//! What the acts of Obrolan do, and which it offers at this moment.

use dioxus::prelude::*;
use domain::{
    id::ConversationId,
    record::{Kind, RecordRef},
};

use super::state::ConversationsState;
use crate::{
    acting::Offer,
    actions::Act,
    pages::{
        rows::{Contact, Load, Pane, channel_of, copy_number},
        talk::LOG,
    },
    shell::{Layer, focus_drawn},
};

impl ConversationsState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(self, act: Act) -> bool {
        if act != Act::Enter && self.run_in_list(act) {
            return true;
        }
        match act {
            Act::Enter => self.enter_log(),
            Act::Back => self.back(|| false),
            Act::Reply => self.answer(),
            Act::QuickReply => {
                self.answer();
                self.talk.pick();
            }
            Act::Attach => {
                self.answer();
                self.talk.attach();
            }
            Act::Print => self.shell.open(Layer::Print),
            Act::Copy => self.copy(),
            Act::Whatsapp | Act::Mail => self.write_to_client(act),
            _ => return false,
        }
        true
    }
    /// Into the messages, which arrows scroll: the box is for whoever means to write.
    fn enter_log(mut self) {
        if self.opened.peek().record.is_some() {
            self.pane.set(Pane::Detail);
            focus_drawn(LOG);
        }
    }
    /// Into the box.
    fn answer(mut self) {
        let record = self.opened.peek().record;
        if let Some(record) = record {
            self.pane.set(Pane::Detail);
            // Where there is one pane it is not on screen yet, and the wish for the focus would be lost in the opening.
            self.talk.open(ConversationId::from(record.id).order());
            self.talk.answer();
        }
    }
    /// Copies the number of the order.
    pub(super) fn copy(self) {
        if let Some(row) = self.row() {
            copy_number(self.shell, row.conversation.order_number);
        }
    }
    /// Begins to write to the client outside of Meja. Whether they can be reached so the rulebook says when it is done.
    fn write_to_client(self, act: Act) {
        if let (Some(channel), Some(row)) = (channel_of(act), self.row()) {
            let it = row.conversation;
            let about = Some((RecordRef::new(Kind::Conversation, it.id), it.order_number));
            Contact { client: it.client_id, name: it.client_name.to_string(), about }.begin(self.shell, channel);
        }
    }
    /// How an act stands now; nothing where there is nothing to do it to.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        let there = match act {
            Act::LetIn => return (self.list.read().newer > 0).then(|| Offer::plain(act)),
            Act::Search | Act::Print => return (self.list.read().load == Load::Here).then(|| Offer::plain(act)),
            Act::Reply | Act::QuickReply | Act::Attach | Act::Copy | Act::Whatsapp | Act::Mail => self.row().is_some(),
            _ => false,
        };
        let why_not = if matches!(act, Act::Reply | Act::QuickReply | Act::Attach) { self.talk.why_not() } else { None };
        there.then(|| Offer { about_record: true, why_not, ..Offer::plain(act) })
    }
}
