//! What clients and the staff say about orders, who has read it, and the texts for answering quickly.

use domain::{
    command::Command,
    commands::{message, quick_reply},
    id::{MessageId, OrderId, QuickReplyId},
    records::Voice,
    role::{Actor, Role},
    time::{HOUR, MINUTE, SECOND, UtcMillis},
};

use super::{
    pieces::{SKETCH, VERSIONS},
    story::{Event, LATELY, Story},
    talk_words::{REPLIES, TALKS},
};

/// What happens in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TalkEvent {
    /// The client puts a sketch on the server, and begins the talk of this number with it; the sketch has a number too.
    Bring(u32, OrderId, usize, usize),
    /// They begin the talk.
    Begin(u32, OrderId, usize, usize),
    /// Somebody says the line of this place in the talk of this number; the first number is the client's.
    Say(u32, OrderId, usize, usize),
    /// The client has read what was said so far.
    Read(u32, OrderId),
    /// So has somebody of the staff, by their place.
    ReadBy(usize, OrderId),
    /// A text for answering quickly is kept.
    Keep(usize),
}

/// Nobody's message has a higher number: whoever reads up to here has read all.
const ALL: i64 = i64::MAX;

impl Story {
    /// The texts for answering quickly, kept in the house's first days.
    pub(super) fn plan_replies(&mut self, begin: UtcMillis) {
        for n in 0..REPLIES.len() {
            self.plan(begin.plus(HOUR + i64::try_from(n).unwrap_or(0) * MINUTE), Event::Talk(TalkEvent::Keep(n)));
        }
    }

    /// Of every three orders of somebody with an account two are talked about.
    pub(super) fn plan_talk(&mut self, at: UtcMillis, n: u32, it: OrderId) {
        if self.client(n).is_none() || self.one_in(3) {
            return;
        }
        let talk = usize::try_from(self.within(i64::try_from(TALKS.len()).unwrap_or(1))).unwrap_or(0);
        let begun = at.plus(10 * MINUTE + self.within(20 * HOUR));
        let by_client = TALKS.get(talk).and_then(|lines| lines.first()).is_some_and(|(voice, _)| *voice == Voice::Client);
        let event = if by_client && self.one_in(4) {
            let sketch = usize::try_from(self.within(i64::try_from(VERSIONS).unwrap_or(1))).unwrap_or(0);
            TalkEvent::Bring(n, it, talk, sketch)
        } else {
            TalkEvent::Say(n, it, talk, 0)
        };
        self.plan(begun, Event::Talk(event));
    }

    pub(super) fn talk(&mut self, at: UtcMillis, event: TalkEvent) -> Option<(Actor, Command)> {
        match event {
            TalkEvent::Bring(n, it, talk, sketch) => self.bring(at, n, it, (talk, sketch)),
            TalkEvent::Begin(n, it, talk, sketch) => {
                let piece = self.pieces.get(SKETCH, sketch).ok()?;
                let brought = message::Attach { sha256: piece.sha256, name: piece.name.clone(), size: None, media_type: None };
                self.say(at, n, it, (talk, 0), vec![brought])
            }
            TalkEvent::Say(n, it, talk, line) => self.say(at, n, it, (talk, line), Vec::new()),
            TalkEvent::Read(n, order_id) => Some((self.client(n)?, message::MarkRead { order_id, upto: ALL }.into())),
            TalkEvent::ReadBy(n, order_id) => Some((self.office(n)?, message::MarkRead { order_id, upto: ALL }.into())),
            TalkEvent::Keep(n) => {
                let (title, text) = REPLIES.get(n)?;
                let id: QuickReplyId = self.id(at);
                Some((self.of_role(&Role::Cs)?, quick_reply::Save { id, title: (*title).to_owned(), text: (*text).to_owned() }.into()))
            }
        }
    }

    /// A sketch comes to the server, by its client's own hand.
    fn bring(&mut self, at: UtcMillis, n: u32, it: OrderId, (talk, sketch): (usize, usize)) -> Option<(Actor, Command)> {
        let person = self.client(n)?.person;
        let piece = self.pieces.get(SKETCH, sketch).ok()?;
        self.plan(at.plus(2 * SECOND), Event::Talk(TalkEvent::Begin(n, it, talk, sketch)));
        Some(self.file_comes(person, piece))
    }

    /// A line, and what follows it: the next one; or, when the talk is over, that all have read it.
    fn say(
        &mut self,
        at: UtcMillis,
        n: u32,
        it: OrderId,
        (talk, line): (usize, usize),
        attachments: Vec<message::Attach>,
    ) -> Option<(Actor, Command)> {
        let lines = TALKS.get(talk)?;
        let (voice, text) = lines.get(line)?;
        let answers = |voice: &Voice| *voice == Voice::Staff;
        let next = match lines.get(line + 1) {
            Some((next, _)) if answers(next) => Some(self.office_hours(at.plus(5 * MINUTE + self.within(3 * HOUR)))),
            Some(_) => Some(at.plus(MINUTE + self.within(5 * HOUR))),
            None => None,
        };
        match next {
            Some(when) => self.plan(when, Event::Talk(TalkEvent::Say(n, it, talk, line + 1))),
            None => self.plan_reading(at, it),
        }
        if answers(voice) && !self.one_in(6) {
            self.plan(at.plus(MINUTE + self.within(6 * HOUR)), Event::Talk(TalkEvent::Read(n, it)));
        }
        let actor = if answers(voice) { self.of_role(&Role::Cs)? } else { self.client(n)? };
        let id: MessageId = self.id(at);
        Some((actor, message::Send { id, order_id: it, text: (*text).to_owned(), attachments, read: Some(ALL) }.into()))
    }

    /// Everybody who works on orders looks in afterwards; of what was said lately most have not yet.
    fn plan_reading(&mut self, at: UtcMillis, it: OrderId) {
        for n in 0..self.offices() {
            if at < self.now.plus(-LATELY) || self.one_in(3) {
                self.plan(self.office_hours(at.plus(MINUTE + self.within(4 * HOUR))), Event::Talk(TalkEvent::ReadBy(n, it)));
            }
        }
    }
}
