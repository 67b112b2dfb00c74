//! What the acts of Antrean do. Whether one may be done the rulebook has said with the detail; the desk judges again.

use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::{consultation, item},
    id::ConsultationId,
    record::Kind,
    records::Consultation,
};

use super::state::{InboxState, reference};
use crate::{
    actions::Act,
    browser,
    giving::Giving,
    pages::rows::{Contact, channel_of, copy_number, done, reaches},
    shell::Layer,
};

/// A second verdict so soon after the first, on the next row, is the same stroke of the finger (milliseconds).
const STROKE: f64 = 250.0;

impl InboxState {
    /// The open request as it is shown.
    pub(crate) fn request(self) -> Option<Consultation> {
        let opened = self.opened.read();
        let row = || opened.row.as_ref().and_then(|row| row.item.consultation().cloned());
        opened.reply.as_ref().map(|reply| reply.consultation.clone()).or_else(row)
    }
    /// The command behind «Pegang» or «Lepas»: whichever the open request stands at.
    pub(crate) fn claim_command(self) -> &'static str {
        let me = self.shell.me();
        let mine = self.request().is_some_and(|it| it.claimed_at(self.shell.clock.now()).is_some_and(|c| Some(c.by.id) == me));
        if mine { item::Release::NAME } else { item::ClaimItem::NAME }
    }

    /// Whether the open request is put off.
    pub(crate) fn is_put_off(self) -> bool {
        self.request().is_some_and(|it| it.snoozed_at(self.shell.clock.now()).is_some())
    }

    /// Does an act of this screen: to everything that is chosen, where something is and the act can be done so; whether it
    /// is an act of this screen.
    pub(crate) fn run(self, act: Act, giving: Giving) -> bool {
        if act.is_for_many() && !self.chosen.peek().is_empty() {
            return self.is_same_stroke() || self.run_chosen(act, giving);
        }
        self.run_beside(act, giving) || self.run_one(act, giving)
    }
    /// Does an act on the order or the conversation that is open, as its own screen does it; whether it is one.
    fn run_beside(self, act: Act, giving: Giving) -> bool {
        let Some(record) = self.opened.peek().record else { return false };
        if !(act == Act::Enter || act == Act::Copy || act.is_about(record.kind)) {
            return false;
        }
        self.lay_open_again();
        let pane = *self.pane.peek();
        let (done, pane) = match record.kind {
            Kind::Order => {
                let mut orders = self.orders;
                orders.pane.set(pane);
                (orders.run_one(act, giving), *orders.pane.peek())
            }
            Kind::Conversation => {
                let mut conversations = self.conversations;
                conversations.pane.set(pane);
                (conversations.run(act), *conversations.pane.peek())
            }
            _ => return false,
        };
        let mut own = self.pane;
        own.set(pane);
        done
    }
    /// Does an act of this screen, to the open request if it is about one; whether it is an act of this screen.
    pub(crate) fn run_one(self, act: Act, giving: Giving) -> bool {
        if act.is_verdict() && (self.is_same_stroke() || *self.giving_many.peek()) {
            return true;
        }
        if self.run_in_list(act) || self.run_choosing(act) {
            return true;
        }
        match act {
            Act::Back => self.back(|| self.clear_chosen()),
            Act::Filter => {
                self.clear_chosen();
                return browser::press("inbox-filter");
            }
            Act::NewRequest => self.shell.open(Layer::NewRequest),
            Act::Note => return browser::focus("note-text"),
            Act::Export => self.shell.open(Layer::Export),
            Act::Print => self.shell.open(Layer::Print),
            Act::Copy => self.copy(),
            Act::Whatsapp | Act::Mail => self.write_to_client(act),
            Act::Accept => self.decide(giving, |id| consultation::Accept { id, message: None }.into()),
            Act::Claim if self.claim_command() == item::Release::NAME => {
                self.submit(giving, |id| item::Release { record: reference(id) }.into());
            }
            Act::Claim => _ = self.submit(giving, |id| item::ClaimItem { record: reference(id) }.into()),
            Act::Wake => _ = self.submit(giving, |id| item::Wake { record: reference(id) }.into()),
            Act::Reject => self.ask_about(consultation::Reject::NAME, Layer::Reject),
            Act::Cancel => self.ask_about(consultation::Cancel::NAME, Layer::Cancel),
            Act::Snooze => self.ask_about(item::SnoozeItem::NAME, Layer::Snooze),
            Act::Assign => self.ask_about(item::Assign::NAME, Layer::Assign),
            _ => return false,
        }
        true
    }
    /// Whether a verdict was given a moment ago, on another row.
    fn is_same_stroke(self) -> bool {
        let last = *self.last_verdict.peek();
        let open = self.opened.peek().record;
        last.is_some_and(|(at, record)| browser::monotonic_ms() - at < STROKE && (record.is_none() || record != open))
    }
    fn copy(self) {
        if let Some(it) = self.request() {
            copy_number(self.shell, it.number);
        }
    }
    /// Begins to write to the client outside of Meja, where they can be reached so.
    fn write_to_client(self, act: Act) {
        if let (Some(channel), Some(it)) = (channel_of(act), self.request().filter(|_| self.reaches(act))) {
            let about = Some((reference(it.id), it.number));
            Contact { client: it.client_id, name: it.client_name.to_string(), about }.begin(self.shell, channel);
        }
    }
    /// Whether the client of the open request can be reached by this act.
    pub(crate) fn reaches(self, act: Act) -> bool {
        self.opened.read().reply.as_ref().is_some_and(|reply| reaches(act, reply.client.as_ref()))
    }

    // ---- verdicts

    /// Decides about the open request at once, and goes on to the next row.
    fn decide(self, giving: Giving, make: impl FnOnce(ConsultationId) -> Command) {
        if self.submit(giving, make) {
            self.go_on();
        }
    }
    fn submit(mut self, giving: Giving, make: impl FnOnce(ConsultationId) -> Command) -> bool {
        let Some(it) = self.request() else { return false };
        let command = make(it.id);
        let done = done(self.shell, command.spec().name, it.client_name.as_str());
        let given = self.give(giving, command, done);
        if given {
            self.last_verdict.set(Some((browser::monotonic_ms(), Some(reference(it.id)))));
        }
        given
    }
    /// After a verdict the cursor moves to the next row; from the last one, to the one before.
    pub(crate) fn go_on(mut self) {
        let mut shell = self.shell;
        shell.refused.set(None);
        self.outcome.set(None);
        let (at, total) = (self.cursor.peek().at, self.list.peek().total());
        if at + 1 < total {
            self.step(1);
        } else if at > 0 {
            self.step(-1);
        }
    }
}
