//! The conversation that is open: what of it is here, how far it was read, and what is being typed. It is read anew when something
//! about it changes; what was read is told once, and only while somebody sees it.

use std::rc::Rc;

use bridge::{DesignView, DeskError, QuickReplyView, SentFile, Talk, TalkReply};
use dioxus::prelude::*;
use domain::{
    commands::message,
    id::{OrderId, RecordId},
    record::{Kind, RecordRef},
    records::Placeholder,
};

use super::files::{Chip, LookedAt, forget};
use crate::{
    browser,
    components::{export::Export, talk::Older},
    drafts::{Draft, Drafts},
    gateway::ask,
    giving::Giving,
    pages::rows::Load,
    rounds::Rounds,
    shell::{Shell, task},
};

/// How many messages are read at once.
const PAGE: u32 = 50;
/// How long a conversation must lie open before it counts as read, in milliseconds.
const LOOKED: i32 = 700;

/// The list of texts for answering quickly, as it is being read.
pub(crate) type Picking = Option<Result<Vec<QuickReplyView>, DeskError>>;

/// The conversation that is open.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct TalkState {
    pub(super) shell: Shell,
    pub(super) drafts: Drafts,
    pub(super) giving: Giving,
    pub(super) order: Signal<Option<OrderId>>,
    /// Whether it is here.
    pub(crate) load: Signal<Load>,
    /// What is said, as far as it is here.
    pub(crate) talk: Signal<Option<Rc<TalkReply>>>,
    /// Older messages.
    pub(crate) older: Signal<Older>,
    /// What had been read when the person came.
    pub(crate) unread_after: Signal<Option<i64>>,
    /// What is typed.
    pub(crate) text: Signal<String>,
    /// What is wrong with it.
    pub(crate) wrong: Signal<Option<String>>,
    /// The gaps that a quick reply left open in it.
    pub(crate) open_gaps: Signal<Vec<Placeholder>>,
    /// The list of quick replies, while it is open.
    pub(crate) picking: Signal<Option<Picking>>,
    /// Whether the box shall have the focus as soon as it is there.
    pub(crate) wants_focus: Signal<bool>,
    /// What goes with what is written, order by order.
    pub(super) files: Signal<Vec<(OrderId, Chip)>>,
    /// Whether files are being looked at.
    pub(crate) checking: Signal<bool>,
    /// Why others were not taken.
    pub(crate) turned_away: Signal<Vec<String>>,
    /// The versions that can go with it, while they are offered.
    pub(crate) versions: Signal<Option<Vec<DesignView>>>,
    /// The file that is looked at.
    pub(crate) looked_at: Signal<Option<LookedAt>>,
    /// The file that is being saved.
    pub(crate) export: Signal<Export>,
    /// How many files are held above the window.
    pub(crate) held: Signal<u32>,
    /// On how many places it is on screen: none, or one; while one takes the place of another, two.
    shown: Signal<u32>,
    pub(super) at_end: Signal<bool>,
    /// Up to which message this window has told that it was read.
    told: Signal<i64>,
    pub(super) typed: Signal<bool>,
    looking: Signal<bool>,
    rounds: Rounds,
}

impl TalkState {
    /// None is open.
    pub(crate) fn new(shell: Shell, drafts: Drafts, giving: Giving) -> Self {
        Self {
            shell,
            drafts,
            giving,
            order: Signal::new(None),
            load: Signal::default(),
            talk: Signal::new(None),
            older: Signal::default(),
            unread_after: Signal::new(None),
            text: Signal::new(String::new()),
            wrong: Signal::new(None),
            open_gaps: Signal::default(),
            picking: Signal::new(None),
            wants_focus: Signal::new(false),
            files: Signal::default(),
            checking: Signal::new(false),
            turned_away: Signal::default(),
            versions: Signal::new(None),
            looked_at: Signal::new(None),
            export: Signal::default(),
            held: Signal::new(0),
            shown: Signal::new(0),
            at_end: Signal::new(false),
            told: Signal::new(0),
            typed: Signal::new(false),
            looking: Signal::new(false),
            rounds: Rounds::new(),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.begin(None);
        let picked = |(_, chip): &(OrderId, Chip)| if let SentFile::Picked(file) = chip.file { Some(file) } else { None };
        let files: Vec<u64> = self.files.peek().iter().filter_map(picked).collect();
        self.files.set(Vec::new());
        if !files.is_empty() {
            forget(files);
        }
    }
    fn begin(mut self, order: Option<OrderId>) {
        self.order.set(order);
        self.load.set(Load::Coming);
        self.talk.set(None);
        self.older.set(Older::Unasked);
        self.unread_after.set(None);
        self.text.set(order.map(|order| self.drafts.of(draft(order))).unwrap_or_default());
        self.wrong.set(None);
        self.open_gaps.set(Vec::new());
        self.picking.set(None);
        self.wants_focus.set(false);
        self.at_end.set(false);
        self.told.set(0);
        self.typed.set(false);
        self.turned_away.set(Vec::new());
        self.versions.set(None);
        self.looked_at.set(None);
        self.export.set(Export::None);
    }
    /// Opens the conversation about an order. One that is open already is only read anew.
    pub(crate) fn open(self, order: OrderId) {
        if *self.order.peek() != Some(order) {
            self.begin(Some(order));
        }
        self.read();
    }
    /// Whether it is this one that is open.
    pub(crate) fn is_of(self, order: OrderId) -> bool {
        *self.order.read() == Some(order)
    }
    /// The same, for an effect that shall not follow it.
    pub(crate) fn is_open(self, order: OrderId) -> bool {
        *self.order.peek() == Some(order)
    }
    /// What this person has not read in the conversation about an order, if it is the one that is open.
    pub(crate) fn unread(self, order: OrderId) -> u32 {
        if self.is_of(order) { self.talk.read().as_ref().map_or(0, |talk| talk.unread) } else { 0 }
    }

    /// Whether it is on screen.
    pub(super) fn is_shown(self) -> bool {
        *self.shown.peek() > 0
    }

    // ---- reading

    /// Something changed at the desk.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let Some(order) = *self.order.peek() else { return };
        let about = |r: &RecordRef| r.id == RecordId::from(order) || matches!(r.kind, Kind::Message | Kind::ReadMark);
        if records.is_empty() || records.iter().any(about) {
            self.read();
        }
    }
    /// Reads the newest of it. One question at a time; what changes meanwhile is asked for after it, once.
    pub(crate) fn read(self) {
        self.rounds.run(async move || self.read_once().await);
    }
    async fn read_once(mut self) {
        let Some(order_id) = *self.order.peek() else { return };
        let answer = ask(Talk { order_id, before: None, limit: PAGE }).await;
        if *self.order.peek() != Some(order_id) {
            return self.rounds.again();
        }
        match answer {
            Ok(reply) => self.take(reply),
            Err(error) => self.load.set(Load::Failed(error)),
        }
    }
    fn take(mut self, mut reply: TalkReply) {
        let before = self.talk.peek().clone();
        if let Some(before) = &before {
            keep_older(&before.clone(), &mut reply);
        }
        // The line keeps its place while the conversation is open: it is not what is unread now, but what was.
        if self.unread_after.peek().is_none() && reply.unread > 0 {
            self.unread_after.set(Some(reply.read));
        }
        self.talk.set(Some(Rc::new(reply)));
        self.load.set(Load::Here);
        self.count_as_read();
    }
    /// Reads older messages than those that are here.
    pub(crate) fn read_older(mut self) {
        let (Some(order_id), Some(talk)) = (*self.order.peek(), self.talk.peek().clone()) else { return };
        let Some(first) = talk.messages.first().map(|view| view.message.number) else { return };
        if !talk.more || *self.older.peek() == Older::Coming {
            return;
        }
        self.older.set(Older::Coming);
        task(async move {
            let answer = ask(Talk { order_id, before: Some(first), limit: PAGE }).await;
            if *self.order.peek() != Some(order_id) {
                return;
            }
            let Ok(mut older) = answer else { return self.older.set(Older::Failed) };
            self.older.set(if older.messages.is_empty() && older.more { Older::Elsewhere } else { Older::Unasked });
            let now = self.talk.peek().clone();
            if let Some(mut now) = now.map(|now| (*now).clone()) {
                older.messages.append(&mut now.messages);
                (now.messages, now.more) = (older.messages, older.more);
                self.talk.set(Some(Rc::new(now)));
            }
        });
    }

    // ---- what was seen

    /// It comes on screen, or leaves it.
    pub(crate) fn show(mut self, shown: bool) {
        self.shown.with_mut(|n| *n = if shown { *n + 1 } else { n.saturating_sub(1) });
    }
    /// Its end came into sight, or left it.
    pub(crate) fn see_end(mut self, at_end: bool) {
        if *self.at_end.peek() != at_end {
            self.at_end.set(at_end);
        }
        self.count_as_read();
    }
    /// Up to which message it is being read and nobody has told it: while its end is seen, by somebody who works in this window.
    fn untold(self) -> Option<(OrderId, i64)> {
        let (order, talk) = ((*self.order.peek())?, self.talk.peek().clone()?);
        let seen = *self.shown.peek() > 0 && *self.at_end.peek() && browser::window_has_focus();
        let upto = last_number(&talk);
        (talk.unread > 0 && seen && upto > *self.told.peek()).then_some((order, upto))
    }
    /// Tells that it was read, once for each message. Whoever only passes by has not read it.
    pub(crate) fn count_as_read(mut self) {
        let Some((order, _)) = self.untold() else { return };
        if *self.looking.peek() {
            return;
        }
        self.looking.set(true);
        task(async move {
            browser::sleep(LOOKED).await;
            self.looking.set(false);
            let Some((order_id, upto)) = self.untold() else { return };
            if order_id != order {
                return self.count_as_read();
            }
            self.told.set(upto);
            // What the desk does not take now stays unread, and is told when the conversation is opened again.
            let _ = self.giving.give_quietly(message::MarkRead { order_id, upto }.into(), Vec::new()).await;
        });
    }
}

pub(super) fn draft(order: OrderId) -> Draft {
    Draft::Message(RecordId::from(order))
}

/// The number of the last message that the server has: one that waits here has none yet.
pub(super) fn last_number(talk: &TalkReply) -> i64 {
    talk.messages.iter().rev().find(|view| view.state.is_none()).map_or(0, |view| view.message.number)
}

/// Messages that are here stay here when the newest are read anew, as long as nothing is missing between.
fn keep_older(before: &TalkReply, reply: &mut TalkReply) {
    let Some(first) = reply.messages.first().map(|view| view.message.number) else { return };
    let older: Vec<_> = before.messages.iter().filter(|view| view.state.is_none() && view.message.number < first).cloned().collect();
    if older.last().is_some_and(|last| last.message.number + 1 == first) {
        reply.more = before.more;
        reply.messages.splice(0..0, older);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::{MessageView, VerdictState};
    use domain::status::CommandState;
    use serde_json::json;

    fn said(number: i64, state: Option<CommandState>) -> MessageView {
        let id = format!("019abf6b-9d3c-7000-8000-{number:012}");
        let message = json!({
            "id": id, "order_id": id, "number": number, "from": "staff", "author": { "id": id, "name": "Rani" }, "text": "Halo",
            "created_at": "2026-11-23T16:00:00Z",
        });
        MessageView { message: serde_json::from_value(message).unwrap(), files: Vec::new(), mine: true, state, command: None }
    }
    fn reply(numbers: std::ops::Range<i64>, more: bool) -> TalkReply {
        TalkReply {
            conversation: None,
            messages: numbers.map(|n| said(n, None)).collect(),
            stranded: Vec::new(),
            more,
            read: 0,
            unread: 0,
            verdict: VerdictState::Allowed,
        }
    }
    fn kept(before: &TalkReply, mut now: TalkReply) -> (Vec<i64>, bool) {
        keep_older(before, &mut now);
        (now.messages.iter().map(|view| view.message.number).collect(), now.more)
    }

    #[test]
    fn what_was_read_further_up_stays() {
        assert_eq!(kept(&reply(1..6, false), reply(4..8, true)), (vec![1, 2, 3, 4, 5, 6, 7], false));
        assert_eq!(kept(&reply(1..4, false), reply(4..8, true)), (vec![1, 2, 3, 4, 5, 6, 7], false), "they meet");
        assert_eq!(kept(&reply(1..3, false), reply(4..8, true)), (vec![4, 5, 6, 7], true), "one is missing between");
    }

    #[test]
    fn a_message_that_waits_here_has_no_number_yet() {
        let mut talk = reply(1..4, false);
        talk.messages.push(said(4, Some(CommandState::Queued)));
        assert_eq!(last_number(&talk), 3);
        assert_eq!(last_number(&reply(1..1, false)), 0);
    }
}
