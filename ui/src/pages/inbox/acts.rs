//! What the acts of Antrean do. Whether one may be done the rulebook has said with the detail; the desk judges again.

use bridge::{DeskError, Verdict, VerdictState};
use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::{consultation, item},
    id::ConsultationId,
    record::RecordRef,
    records::Consultation,
    words::isolate,
};

use super::state::{InboxState, Pane, reference};
use crate::{
    actions::Act,
    browser,
    components::list::move_of,
    gateway::ask,
    giving::Giving,
    shell::{Layer, focus_drawn, task},
    words,
};

/// A second verdict so soon after the first, on the next row, is the same stroke of the finger (milliseconds).
const STROKE: f64 = 250.0;

impl InboxState {
    /// The open request as it is shown.
    pub(crate) fn request(self) -> Option<Consultation> {
        let opened = self.opened.read();
        opened.reply.as_ref().map(|r| r.consultation.clone()).or_else(|| opened.row.as_ref().map(|r| r.consultation.clone()))
    }
    /// What the rulebook says of a command on the open request; nothing before it has said, or when this role may never.
    pub(crate) fn verdict(self, command: &str) -> Option<VerdictState> {
        let opened = self.opened.read();
        let found = |v: &&Verdict| v.act == command;
        opened.reply.as_ref()?.verdicts.iter().find(found).map(|v| v.verdict.clone())
    }
    /// Why a command cannot be given now, in words.
    pub(crate) fn why_not(self, command: &str) -> Option<String> {
        match self.verdict(command)? {
            VerdictState::Refused { code, details, .. } => {
                let shell = self.shell;
                Some(words::refusal(&shell.words(), &code, &details, shell.clock.minute(), shell.zone()))
            }
            VerdictState::Allowed | VerdictState::ServerDecides => None,
        }
    }
    /// The command behind «Pegang» or «Lepas»: whichever the open request stands at.
    pub(crate) fn claim_command(self) -> &'static str {
        let me = self.shell.user().map(|user| user.user);
        let mine = self.request().is_some_and(|it| it.claimed_at(self.shell.clock.now()).is_some_and(|c| Some(c.by.id) == me));
        if mine { item::Release::NAME } else { item::ClaimItem::NAME }
    }

    /// Does an act of this screen: to everything that is chosen, where something is and the act can be done so; whether it
    /// is an act of this screen.
    pub(crate) fn run(self, act: Act, giving: Giving) -> bool {
        if act.is_for_many() && !self.chosen.peek().is_empty() {
            return self.is_same_stroke() || self.run_chosen(act, giving);
        }
        self.run_one(act, giving)
    }
    /// Does an act of this screen, to the open request if it is about one; whether it is an act of this screen.
    pub(crate) fn run_one(mut self, act: Act, giving: Giving) -> bool {
        if act.is_verdict() && (self.is_same_stroke() || *self.giving_many.peek()) {
            return true;
        }
        if let Some(rows) = move_of(act, super::LIST, self.shell) {
            self.step(rows);
            return true;
        }
        match act {
            Act::Select => self.choose(self.cursor.peek().at),
            Act::ExtendDown => self.extend_by(1),
            Act::ExtendUp => self.extend_by(-1),
            Act::SelectAll => self.choose_all(),
            Act::Enter => self.enter(),
            Act::Back => return self.back(),
            Act::Search => {
                self.clear_chosen();
                self.pane.set(Pane::List);
                self.searching.set(true);
            }
            Act::Filter => {
                self.clear_chosen();
                return browser::press("inbox-filter");
            }
            Act::LetIn => self.let_in(true),
            Act::NewRequest => self.shell.open(Layer::NewRequest),
            Act::Note => return browser::focus("note-text"),
            Act::Copy => self.copy_number(),
            Act::Whatsapp => self.whatsapp(),
            Act::Accept => self.decide(giving, consultation::Accept::NAME, |id| consultation::Accept { id, message: None }.into()),
            Act::Claim if self.claim_command() == item::Release::NAME => {
                self.stay(giving, item::Release::NAME, |id| item::Release { record: reference(id) }.into());
            }
            Act::Claim => self.stay(giving, item::ClaimItem::NAME, |id| item::ClaimItem { record: reference(id) }.into()),
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
    /// Into the detail: where there is one pane it takes the place of the list.
    fn enter(mut self) {
        if self.opened.peek().record.is_none() {
            return;
        }
        self.pane.set(Pane::Detail);
        focus_drawn(super::DETAIL);
    }
    /// Out of it again, onto the same row; out of what is chosen; out of a search.
    fn back(mut self) -> bool {
        if *self.pane.peek() == Pane::Detail && *self.shell.narrow.peek() {
            self.pane.set(Pane::List);
        } else if !browser::focus_is_within("pane-detail") && !self.clear_chosen() && *self.searching.peek() {
            // Escape leaves one thing at a time: the detail, what is chosen, the search.
            self.end_search();
        }
        self.take_focus();
        true
    }
    fn copy_number(self) {
        let Some(it) = self.request() else { return };
        let shell = self.shell;
        task(async move {
            let key = if browser::copy(&it.number).await { "copied-number" } else { "copy-failed" };
            shell.say(&shell.words().with(key, &[("number", isolate(&it.number).into())]));
        });
    }
    /// Opens WhatsApp with a text begun, where the client has a mobile number.
    fn whatsapp(self) {
        let Some(client) = self.mobile_client() else { return };
        let shell = self.shell;
        let text = shell.words().with("whatsapp-text", &[("name", client.name.as_str().into())]);
        task(async move {
            if let Err(error) = ask(bridge::OpenWhatsapp { client: client.id, text }).await {
                shell.say(&shell.trouble(&error));
            }
        });
    }
    /// The client of the open request, if WhatsApp can reach them.
    pub(crate) fn mobile_client(self) -> Option<domain::records::Client> {
        let opened = self.opened.read();
        let client = opened.reply.as_ref()?.client.clone()?;
        client.phone.as_ref().is_some_and(domain::phone::Phone::is_mobile).then_some(client)
    }

    // ---- verdicts

    /// Opens the dialog of an act, unless it cannot be done now: then it says why.
    fn ask_about(self, command: &str, layer: fn(RecordRef) -> Layer) {
        let Some(record) = self.opened.peek().record else { return };
        if !self.shell.may(command) {
            return;
        }
        match self.why_not(command) {
            Some(why) => self.shell.say(&why),
            None => self.shell.open(layer(record)),
        }
    }
    /// Decides about the open request at once, and goes on to the next row.
    fn decide(self, giving: Giving, command: &'static str, make: impl FnOnce(ConsultationId) -> Command) {
        if self.submit(giving, command, make) {
            self.go_on();
        }
    }
    /// Does something with the open request and stays there.
    fn stay(self, giving: Giving, command: &'static str, make: impl FnOnce(ConsultationId) -> Command) {
        self.submit(giving, command, make);
    }
    fn submit(mut self, giving: Giving, command: &'static str, make: impl FnOnce(ConsultationId) -> Command) -> bool {
        let Some(it) = self.request().filter(|_| self.shell.may(command)) else { return false };
        if let Some(why) = self.why_not(command) {
            self.shell.say(&why);
            return false;
        }
        let record = reference(it.id);
        self.last_verdict.set(Some((browser::monotonic_ms(), Some(record))));
        let done = self.done(command, &it);
        let command = make(it.id);
        task(async move {
            if let Err(error) = giving.give(command, vec![record], done).await {
                self.refused(&error);
            }
        });
        true
    }
    /// The desk did not take it: that is said, and shown above the list until the next act.
    pub(crate) fn refused(self, error: &DeskError) {
        let mut shell = self.shell;
        shell.say(&shell.trouble(error));
        shell.refused.set(Some(error.clone()));
        self.read_detail();
    }
    /// What was done, for the undo bar: «Made Ayu Lestari diterima».
    pub(crate) fn done(self, command: &str, it: &Consultation) -> String {
        let key = format!("done-{}", command.replace(['.', '_'], "-"));
        self.shell.words().with(&key, &[("name", isolate(it.client_name.as_str()).into())])
    }
    /// After a verdict the cursor moves to the next row; from the last one, to the one before.
    pub(crate) fn go_on(mut self) {
        self.shell.refused.set(None);
        self.outcome.set(None);
        let (at, total) = (self.cursor.peek().at, self.list.peek().total());
        if at + 1 < total {
            self.step(1);
        } else if at > 0 {
            self.step(-1);
        }
    }
}
