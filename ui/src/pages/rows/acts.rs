//! What every such list does by key, and how an act on the open record is given. Whether it may be done the rulebook has said with
//! the detail; the desk judges again.

use bridge::{DeskError, OpenContact, Submit, VerdictState};
use dioxus::prelude::*;
use domain::{
    command::Command,
    commands::client::{self, Channel},
    id::ClientId,
    phone::Phone,
    record::{Kind, RecordRef},
    records::Client,
    words::isolate,
};

use super::{listing::Listing, state::ListState};
use crate::{
    actions::Act,
    components::list::move_of,
    gateway::ask,
    giving::Giving,
    shell::{Layer, Shell, task},
    words,
};

impl<L: Listing> ListState<L> {
    /// What the rulebook says of a command on the open record; nothing before it has said, or when this role may never.
    pub(crate) fn verdict(self, command: &str) -> Option<VerdictState> {
        let opened = self.opened.read();
        let found = L::verdicts(opened.reply.as_ref()?).iter().find(|v| v.act == command);
        found.map(|v| v.verdict.clone())
    }
    /// Why a command cannot be given now, in words.
    pub(crate) fn why_not(self, command: &str) -> Option<String> {
        self.verdict(command).and_then(|verdict| why_refused(self.shell, &verdict))
    }
    /// Does an act that every list has; whether it is one.
    pub(crate) fn run_in_list(self, act: Act) -> bool {
        if let Some(rows) = move_of(act, L::LIST, self.shell) {
            self.step(rows);
            return true;
        }
        match act {
            Act::Enter => self.enter(),
            Act::Search => self.begin_search(),
            Act::LetIn => self.let_in(true),
            _ => return false,
        }
        true
    }
    /// Opens the dialog of an act, unless it cannot be done now: then it says why.
    pub(crate) fn ask_about(self, command: &str, layer: fn(RecordRef) -> Layer) {
        let Some(record) = self.opened.peek().record else { return };
        if !self.shell.may(command) {
            return;
        }
        match self.why_not(command) {
            Some(why) => self.shell.tell(&why),
            None => self.shell.open(layer(record)),
        }
    }
    /// Gives a command about the open record, unless it cannot be done now: then it says why. Whether it was given.
    pub(crate) fn give(self, giving: Giving, command: Command, done: String) -> bool {
        let name = command.spec().name;
        let Some(record) = self.opened.peek().record.filter(|_| self.shell.may(name)) else { return false };
        if let Some(why) = self.why_not(name) {
            self.shell.tell(&why);
            return false;
        }
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
}

/// Why the rulebook refuses, in words; nothing where it does not.
pub(crate) fn why_refused(shell: Shell, verdict: &VerdictState) -> Option<String> {
    match verdict {
        VerdictState::Refused { code, details, .. } => {
            Some(words::refusal(&shell.words(), code, details, shell.clock.minute(), shell.zone()))
        }
        VerdictState::Allowed | VerdictState::ServerDecides => None,
    }
}

/// What was done, for the undo bar: «Made Ayu Lestari diterima».
pub(crate) fn done(shell: Shell, command: &str, name: &str) -> String {
    let key = format!("done-{}", command.replace(['.', '_'], "-"));
    shell.words().with(&key, &[("name", isolate(name).into())])
}

/// Copies the number that people call a record by.
pub(crate) fn copy_number(shell: Shell, number: String) {
    shell.copy(number, "copied-number", "copy-failed");
}

/// Somebody who is written to outside of Meja, and about what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contact {
    /// Whom.
    pub(crate) client: ClientId,
    /// What they are called.
    pub(crate) name: String,
    /// About which record of theirs, and the number people call it by; nothing where it is about none.
    pub(crate) about: Option<(RecordRef, String)>,
}

impl Contact {
    /// The text to begin with. The client reads it.
    fn draft(&self, shell: Shell) -> String {
        let (key, number) = match &self.about {
            Some((record, number)) if record.kind == Kind::Consultation => ("contact-text-request", number.as_str()),
            Some((_, number)) => ("contact-text-order", number.as_str()),
            None => ("contact-text", ""),
        };
        shell.words().with(key, &[("name", self.name.as_str().into()), ("number", number.into())])
    }
    /// Notes that it was begun, and then opens what is written with, with a text begun (C-08). Where the rulebook refuses, nothing opens.
    pub(crate) fn begin(self, shell: Shell, channel: Channel) {
        let text = self.draft(shell);
        task(async move {
            let (id, about) = (self.client, self.about.map(|(record, _)| record));
            let seen = vec![RecordRef::new(Kind::Client, id)];
            let noted: Command = client::Contact { id, channel: channel.clone(), about }.into();
            let begun = async {
                ask(Submit { act: noted.spec().name.to_owned(), args: noted.args(), seen }).await?;
                ask(OpenContact { client: id, channel, text }).await
            };
            if let Err(error) = begun.await {
                let mut shell = shell;
                shell.say(&shell.trouble(&error));
                shell.refused.set(Some(error));
            }
        });
    }
}

/// The way of an act that writes to a client outside of Meja; nothing for any other act.
pub(crate) const fn channel_of(act: Act) -> Option<Channel> {
    match act {
        Act::Whatsapp => Some(Channel::Whatsapp),
        Act::Mail => Some(Channel::Email),
        _ => None,
    }
}

/// Whether an act that writes to a client outside of Meja can reach this one.
pub(crate) fn reaches(act: Act, client: Option<&Client>) -> bool {
    client.is_some_and(|client| match act {
        Act::Whatsapp => client.phone.as_ref().is_some_and(Phone::is_mobile),
        Act::Mail => client.email.is_some(),
        _ => false,
    })
}
