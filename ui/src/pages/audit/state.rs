//! Jejak audit: what is loaded, where the cursor is, what is looked for, and whether the chain holds.

use bridge::{Audit, AuditCheck, AuditFilter, DeskError, ErrorCode, StaffReply};
use dioxus::prelude::*;
use domain::{
    audience::reads_all_acts,
    id::UserId,
    name::PersonName,
    role::{Actor, Person},
    wire::AuditProof,
};

use super::trail::Trail;
use crate::{
    browser,
    components::export::Export,
    gateway::ask,
    pages::rows::Pane,
    shell::{Place, Shell, task},
};

/// Whether a question is under way, and whether it is for older acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing is.
    #[default]
    Nothing,
    /// The newest acts.
    Newest,
    /// Older ones.
    Older,
}

/// What is known of the chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Chain {
    /// Nothing yet.
    #[default]
    Unknown,
    /// It is being proved.
    Checking,
    /// What the proof came to.
    Proved(AuditProof),
    /// It could not be proved.
    Failed(DeskError),
}

/// Jejak audit.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct AuditState {
    pub(crate) shell: Shell,
    /// The acts that are loaded.
    pub(crate) trail: Signal<Trail>,
    /// What is looked for.
    pub(crate) filter: Signal<AuditFilter>,
    /// What is under way.
    pub(crate) asked: Signal<Asked>,
    /// Whether older acts were not answered: they are asked for again by hand.
    pub(crate) stuck: Signal<bool>,
    /// The row at the cursor.
    pub(crate) cursor: Signal<u32>,
    /// Which pane is seen.
    pub(crate) pane: Signal<Pane>,
    /// Whether the row at the cursor shall have the focus as soon as it can.
    pub(crate) focus: Signal<bool>,
    /// What is known of the chain.
    pub(crate) chain: Signal<Chain>,
    /// A file that is written out.
    pub(crate) export: Signal<Export>,
    /// The colleagues, for their names.
    pub(crate) staff: Signal<StaffReply>,
    /// The question that counts: the answers to earlier ones are passed over.
    turn: Signal<u32>,
}

impl AuditState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            trail: Signal::default(),
            filter: Signal::default(),
            asked: Signal::default(),
            stuck: Signal::new(false),
            cursor: Signal::new(0),
            pane: Signal::default(),
            focus: Signal::new(false),
            chain: Signal::default(),
            export: Signal::default(),
            staff: Signal::new(StaffReply { people: Vec::new() }),
            turn: Signal::new(0),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.stop();
        self.trail.set(Trail::default());
        self.filter.set(AuditFilter::default());
        self.cursor.set(0);
        self.pane.set(Pane::List);
        self.chain.set(Chain::Unknown);
        self.export.set(Export::None);
        self.staff.set(StaffReply { people: Vec::new() });
    }
    /// Whether this person reads everybody's acts, and may have the chain proved.
    pub(crate) fn reads_all(self) -> bool {
        let Some(user) = self.shell.user() else { return false };
        let person = Person { id: user.user, name: PersonName::of_program("-") };
        reads_all_acts(&Actor::person(person, user.roles, None, None))
    }
    /// The screen opens: it asks for what has come since.
    pub(crate) fn open(mut self) {
        self.read();
        if !self.reads_all() {
            return;
        }
        if matches!(&*self.chain.peek(), Chain::Unknown | Chain::Failed(_)) {
            self.check(false);
        }
        let who = self.shell.me();
        task(async move {
            let reply = ask(bridge::Staff {}).await;
            // Whoever sits here by then has colleagues of their own.
            if let Ok(reply) = reply
                && self.shell.me() == who
            {
                self.staff.set(reply);
            }
        });
    }
    /// The line stands again: what was not answered is asked again.
    pub(crate) fn reconnected(self) {
        let cut = |error: &DeskError| error.code == ErrorCode::Unreachable;
        if self.trail.peek().fault.as_ref().is_some_and(cut) {
            self.read();
        }
        let unproved = matches!(&*self.chain.peek(), Chain::Failed(error) if cut(error));
        if unproved && self.reads_all() {
            self.check(false);
        }
    }
    /// What a person is called who is looked for: a colleague, or whoever acted and is no colleague any more.
    pub(crate) fn name_of(self, id: UserId) -> Option<String> {
        let colleague = self.staff.read().people.iter().find(|(known, ..)| *known == id).map(|(_, name, _)| name.clone());
        colleague.or_else(|| self.trail.read().rows.iter().find(|row| row.entry.actor.id == id)?.actor.clone())
    }
    fn begin(mut self, what: Asked) -> u32 {
        let turn = self.turn.peek().wrapping_add(1);
        self.turn.set(turn);
        self.asked.set(what);
        turn
    }
    /// Whoever asks no longer wants the answer.
    pub(crate) fn stop(self) {
        self.begin(Asked::Nothing);
    }
    /// Asks for the newest acts that are looked for.
    pub(crate) fn read(mut self) {
        let turn = self.begin(Asked::Newest);
        self.stuck.set(false);
        let filter = self.filter.peek().clone();
        task(async move {
            let reply = ask(Audit { filter: filter.clone(), after: None }).await;
            if *self.turn.peek() != turn {
                return;
            }
            match reply {
                Ok(reply) => self.trail.set(Trail::begin(reply)),
                Err(error) => {
                    let zone = self.shell.zone();
                    self.trail.write().keep(&filter, zone, error);
                }
            }
            self.asked.set(Asked::Nothing);
            let last = self.trail.peek().count().saturating_sub(1);
            let at = *self.cursor.peek();
            self.cursor.set(at.min(last));
            // Whoever has gone elsewhere while the server answered is not called back.
            let elsewhere = ["pane-side", "pane-detail", "pane-status"].into_iter().any(browser::focus_is_within);
            if !elsewhere && self.shell.layer.peek().is_none() && *self.shell.place.peek() == Place::Audit && self.trail.peek().count() > 0
            {
                self.focus.set(true);
            }
        });
    }
    /// Asks for older acts, if there are any and nothing else is asked.
    pub(crate) fn older(mut self) {
        let next = self.trail.peek().next.clone();
        if next.is_none() || *self.asked.peek() != Asked::Nothing {
            return;
        }
        let turn = self.begin(Asked::Older);
        self.stuck.set(false);
        let filter = self.filter.peek().clone();
        task(async move {
            let reply = ask(Audit { filter, after: next }).await;
            if *self.turn.peek() != turn {
                return;
            }
            match reply {
                Ok(reply) => self.trail.write().extend(reply),
                Err(_) => self.stuck.set(true),
            }
            self.asked.set(Asked::Nothing);
        });
    }
    /// Looks for something else.
    pub(crate) fn look_for(mut self, filter: AuditFilter) {
        if *self.filter.peek() != filter {
            self.filter.set(filter);
            self.cursor.set(0);
            self.pane.set(Pane::List);
            self.read();
        }
    }
    /// Has the chain proved; what it comes to is said where a person asked for it.
    pub(crate) fn check(mut self, aloud: bool) {
        if !self.reads_all() || *self.chain.peek() == Chain::Checking {
            return;
        }
        self.chain.set(Chain::Checking);
        task(async move {
            let chain = match ask(AuditCheck {}).await {
                Ok(proof) => Chain::Proved(proof),
                Err(error) => Chain::Failed(error),
            };
            // Whoever has left meanwhile hears nothing of it.
            if *self.chain.peek() == Chain::Checking {
                self.chain.set(chain);
                if aloud {
                    self.say_chain();
                }
            }
        });
    }
    /// Says what the proof came to. A broken chain says it itself, by its banner.
    fn say_chain(self) {
        let words = self.shell.words();
        match &*self.chain.peek() {
            Chain::Proved(proof) if proof.holds => {
                self.shell.say(&words.with("audit-whole-said", &[("n", words.whole(proof.until).into())]));
            }
            Chain::Failed(error) => self.shell.say(&self.shell.trouble(error)),
            _ => {}
        }
    }
    /// Moves the cursor to a row.
    pub(crate) fn move_to(mut self, at: u32) {
        if *self.cursor.peek() != at {
            self.cursor.set(at);
        }
    }
    /// Moves by so many rows, and gives the row the focus.
    pub(super) fn step(mut self, by: i64) {
        let rows = i64::from(self.trail.peek().count());
        if rows > 0 {
            let to = (i64::from(*self.cursor.peek()) + by).clamp(0, rows - 1);
            self.move_to(u32::try_from(to).unwrap_or(0));
            self.focus.set(true);
        }
    }
}
