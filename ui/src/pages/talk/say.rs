//! Saying something: what is typed, sent, fetched back, and the texts for answering quickly.

use bridge::{DeskError, MessageView, QuickReplies, Undo};
use dioxus::prelude::*;
use domain::{
    commands::message,
    id::OrderId,
    record::{Kind, RecordRef},
    status::CommandState,
    text::{ChatText, Invalid},
};

use super::{
    LOG, TalkState,
    state::{draft, last_number},
};
use crate::{
    browser,
    components::talk::TEXT,
    gateway::{ask, new_id},
    pages::rows::why_refused,
    shell::{select_drawn, task},
    words::invalid,
};

impl TalkState {
    /// Why nothing can be said, in words.
    pub(crate) fn why_not(self) -> Option<String> {
        self.talk.read().as_ref().and_then(|talk| why_refused(self.shell, &talk.verdict))
    }
    /// Takes in what is typed, and keeps it should the conversation be left.
    pub(crate) fn write(mut self, text: String) {
        let Some(order) = *self.order.peek() else { return };
        self.drafts.keep(draft(order), &text);
        self.text.set(text);
        self.typed.set(true);
        self.wrong.set(None);
        if !self.open_gaps.peek().is_empty() && !self.text.peek().contains('…') {
            self.open_gaps.set(Vec::new());
        }
    }
    /// What was typed before this window was opened comes into the box, unless somebody has typed since.
    pub(crate) fn restore(mut self, order: OrderId) {
        let kept = self.drafts.watch(draft(order));
        if self.is_of(order) && !kept.is_empty() && !*self.typed.peek() && self.text.peek().is_empty() {
            self.text.set(kept);
        }
    }
    /// Gives the box the focus, as soon as it is there.
    pub(crate) fn answer(mut self) {
        self.wants_focus.set(true);
    }
    /// Leaves the box: the messages have the focus.
    pub(crate) fn leave_box(self) {
        browser::focus(LOG);
    }
    /// Says what is typed. The box is free at once; what the desk does not take comes back into it.
    pub(crate) fn send(mut self) {
        let Some(order) = *self.order.peek() else { return };
        let typed = self.text.peek().clone();
        if let Some(why) = self.talk.peek().as_ref().and_then(|talk| why_refused(self.shell, &talk.verdict)) {
            return self.shell.say(&why);
        }
        let allowed = if self.chips(order).is_empty() { ChatText::new } else { ChatText::beside_files };
        let text = match allowed(&typed) {
            Ok(text) => text.to_string(),
            Err(Invalid::Required) => return,
            Err(why) => return self.wrong.set(Some(invalid(&self.shell.words(), why))),
        };
        self.write(String::new());
        let chips = self.take_chips(order);
        let read = self.talk.peek().as_ref().map(|talk| if *self.at_end.peek() { last_number(talk) } else { talk.read });
        task(async move {
            let sent =
                if chips.is_empty() { self.submit(order, text, read).await } else { self.submit_with(order, text, read, &chips).await };
            if let Err(error) = sent {
                let why = self.shell.trouble(&error);
                self.shell.say(&why);
                self.give_back(order, &typed);
                self.put_chips(order, chips);
                if *self.order.peek() == Some(order) {
                    self.wrong.set(Some(why));
                }
            }
        });
    }
    async fn submit(self, order_id: OrderId, text: String, read: Option<i64>) -> Result<(), DeskError> {
        let said = message::Send { id: new_id().await?, order_id, text, attachments: Vec::new(), read };
        self.giving.give_quietly(said.into(), vec![RecordRef::new(Kind::Order, order_id)]).await.map(drop)
    }
    /// A text that was not sent, or was taken back, is a draft again; in the box, where it is free.
    pub(crate) fn give_back(self, order: OrderId, text: &str) {
        if *self.order.peek() != Some(order) {
            if self.drafts.of(draft(order)).is_empty() {
                self.drafts.keep(draft(order), text);
            }
        } else if self.text.peek().trim().is_empty() {
            self.write(text.to_owned());
        }
    }
    /// Fetches what this person said last back into the box, if it has not left.
    pub(crate) fn fetch_last(self) {
        let (Some(order), Some(talk)) = (*self.order.peek(), self.talk.peek().clone()) else { return };
        let waits = |state| matches!(state, Some(CommandState::Queued | CommandState::Held));
        // What carries files is taken back where it stands: the box would lose them.
        let bare = |view: &&MessageView| view.mine && waits(view.state) && view.message.attachments.0.is_empty();
        let Some(id) = talk.messages.iter().rev().find(bare).and_then(|view| view.command) else {
            return self.shell.say(&self.shell.words().text("talk-nothing-queued"));
        };
        task(async move {
            let words = self.shell.words();
            match ask(Undo { id: Some(id) }).await {
                Ok(undone) => {
                    let text = undone.args.get("text").and_then(|text| text.as_str()).unwrap_or_default();
                    self.give_back(order, text);
                    self.shell.say(&words.text("talk-fetched"));
                }
                Err(_) => self.shell.say(&words.text("undo-too-late")),
            }
        });
    }

    /// Opens the list of quick replies, their gaps filled in for this order.
    pub(crate) fn pick(mut self) {
        let Some(order) = *self.order.peek() else { return };
        if self.why_not().is_some() {
            return self.answer();
        }
        self.picking.set(Some(None));
        task(async move {
            let answer = ask(QuickReplies { order_id: Some(order) }).await;
            if *self.order.peek() == Some(order) && self.picking.peek().is_some() {
                self.picking.set(Some(Some(answer)));
            }
        });
    }
    /// Puts a quick reply into the box, behind what is typed; what stayed open in it is chosen, so that typing fills it.
    pub(crate) fn choose(mut self, n: usize) {
        let chosen = match &*self.picking.peek() {
            Some(Some(Ok(replies))) => replies.get(n).cloned(),
            _ => None,
        };
        let Some(reply) = chosen else { return };
        let before = self.text.peek().trim_end().to_owned();
        let filled = reply.filled.unwrap_or(reply.text);
        let text = if before.is_empty() { filled } else { format!("{before} {filled}") };
        self.write(text.clone());
        self.open_gaps.set(reply.open);
        self.picking.set(None);
        let end = text.encode_utf16().count();
        let gap = text.find('…').filter(|_| !self.open_gaps.peek().is_empty()).map(|at| text[..at].encode_utf16().count());
        select_drawn(TEXT, gap.unwrap_or(end), gap.map_or(end, |at| at + 1));
    }
    /// Closes the list; `back` when the focus belongs in the box again.
    pub(crate) fn end_pick(mut self, back: bool) {
        self.picking.set(None);
        if back {
            browser::focus(TEXT);
        }
    }
    /// A slash was meant, and no quick reply.
    pub(crate) fn write_slash(self) {
        self.end_pick(false);
        let text = format!("{}/", self.text.peek());
        let end = text.encode_utf16().count();
        self.write(text);
        select_drawn(TEXT, end, end);
    }
}
