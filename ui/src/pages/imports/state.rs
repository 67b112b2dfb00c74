//! Impor: what is held while the screen is open and while it is not, and the imports of the last days.

use std::{collections::BTreeSet, rc::Rc};

use bridge::{DeskError, ImportChecked, ImportField, ImportFile, ImportView, Imports};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::import,
    id::ImportId,
    record::{Kind, RecordRef},
};

use super::{
    past,
    stage::{Stage, ended},
};
use crate::{
    browser,
    components::export::Export,
    gateway::ask,
    pages::rows::Load,
    rounds::Rounds,
    shell::{Place, Shell},
};

/// How long it rests between two readings of the list, in milliseconds: while parts arrive, every one of them is told.
const PAUSE: i32 = 250;

/// A step of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The file.
    File,
    /// The trial of its rows.
    Trial,
    /// The beginning.
    Begin,
    /// The imports that were begun.
    Past,
}

/// The file that is at hand, and what each of its columns is taken as.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Taken {
    pub(super) file: Rc<ImportFile>,
    pub(super) columns: Vec<Option<ImportField>>,
}

/// A row that is, or could be, a client of its own although somebody has its number or address.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Twin {
    pub(super) row: u32,
    /// What the row calls them.
    pub(super) name: String,
    /// By what they were found.
    pub(super) by: ImportField,
    /// Who they are.
    pub(super) who: Who,
}

/// Whom a row is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    /// A client of this name.
    Client(String),
    /// The client of an earlier row.
    Row(u32),
}

/// What a trial said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tried {
    pub(super) said: ImportChecked,
    /// The rows about somebody who is known, and those that were made clients of their own.
    pub(super) twins: Vec<Twin>,
}

/// Which of the two lists of a trial is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Part {
    #[default]
    Problems,
    Twins,
}

/// What was begun last, until another file is at hand: the rows that were left out can still be had.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Begun {
    pub(super) left_out: u32,
    pub(super) plan: bridge::ImportPlan,
}

/// Impor.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ImportsState {
    pub(crate) shell: Shell,
    /// The file at hand.
    pub(super) taken: Signal<Option<Taken>>,
    /// Whether a file is being chosen or read.
    pub(super) reading: Signal<bool>,
    /// The file that was not read, and why.
    pub(super) refused: Signal<Option<(String, String)>>,
    /// How often a sheet was not read: the list of sheets is made anew then, and shows the one that is at hand.
    pub(super) sheets_refused: Signal<u32>,
    /// The rows that are clients of their own.
    pub(super) apart: Signal<BTreeSet<u32>>,
    /// Whether rows are being tried.
    pub(super) trying: Signal<bool>,
    /// What was said of them last.
    pub(super) tried: Signal<Option<Rc<Tried>>>,
    /// Which list of it is shown.
    pub(super) part: Signal<Part>,
    /// Whether an import is being put into the outbox.
    pub(super) beginning: Signal<bool>,
    /// What was begun last.
    pub(super) begun: Signal<Option<Begun>>,
    /// What the desk could not do, and where.
    pub(super) trouble: Signal<Option<(At, DeskError)>>,
    /// A file that is written out.
    pub(crate) export: Signal<Export>,
    /// Whether files are held above the window.
    pub(super) held: Signal<bool>,
    /// Whether the list is here.
    pub(super) load: Signal<Load>,
    /// The imports of the last days.
    pub(super) list: Signal<Rc<Vec<ImportView>>>,
    /// The import that has the focus as soon as the list says how it stands.
    wanted: Signal<Option<ImportId>>,
    rounds: Rounds,
}

impl ImportsState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            taken: Signal::default(),
            reading: Signal::new(false),
            refused: Signal::default(),
            sheets_refused: Signal::new(0),
            apart: Signal::default(),
            trying: Signal::new(false),
            tried: Signal::default(),
            part: Signal::default(),
            beginning: Signal::new(false),
            begun: Signal::default(),
            trouble: Signal::default(),
            export: Signal::default(),
            held: Signal::new(false),
            load: Signal::default(),
            list: Signal::default(),
            wanted: Signal::default(),
            rounds: Rounds::new(),
        }
    }
    /// Whether the screen is for whoever sits here.
    pub(crate) fn may(self) -> bool {
        self.shell.may(import::Rows::NAME)
    }
    /// Forgets everything of whoever sat here; the desk has forgotten the file too.
    pub(crate) fn leave(mut self) {
        self.let_go();
        self.begun.set(None);
        self.export.set(Export::None);
        self.held.set(false);
        self.load.set(Load::Coming);
        self.list.set(Rc::default());
    }
    /// Nothing is at hand any more.
    pub(super) fn let_go(mut self) {
        self.taken.set(None);
        self.refused.set(None);
        self.forget_trial();
        self.apart.write().clear();
    }
    /// What was said of the rows holds no more: the file, or how it is read, is another one.
    pub(super) fn forget_trial(mut self) {
        self.tried.set(None);
        self.trouble.set(None);
        self.part.set(Part::Problems);
    }
    /// These records changed; all of them may have when there are none. Nobody reads while nobody looks.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let concerns = records.is_empty() || records.iter().any(|record| record.kind == Kind::ImportPart);
        if concerns && *self.shell.place.peek() == Place::Import {
            self.read();
        }
    }
    /// The screen is opened. What was held above it when it was left is not any more.
    pub(crate) fn enter(mut self) {
        if *self.held.peek() {
            self.held.set(false);
        }
        self.read();
    }
    /// Reads the list: one question at a time, and once more if something changed meanwhile.
    pub(super) fn read(mut self) {
        self.rounds.run(async move || {
            if !self.may() {
                return;
            }
            let who = self.shell.me();
            let reply = ask(Imports {}).await;
            if self.shell.me() != who {
                // Somebody else sits here by now.
                return;
            }
            match reply {
                Ok(list) => self.take_list(list),
                Err(error) => self.load.set(Load::Failed(error)),
            }
            if self.rounds.is_asked_again() {
                browser::sleep(PAUSE).await;
            } else if let Some(id) = self.wanted.take() {
                past::focus_on(self, id);
            }
        });
    }
    /// Reads the list, and gives this import the focus then.
    pub(super) fn read_for(mut self, id: ImportId) {
        self.wanted.set(Some(id));
        self.read();
    }
    fn take_list(mut self, list: Vec<ImportView>) {
        let before = self.list.peek().clone();
        let words = self.shell.words();
        let was = |id| before.iter().find(|view| view.import == id).map(Stage::of);
        // What ended while somebody looks is said; what had ended before is read where it stands.
        let said: Vec<String> = list.iter().filter_map(|view| ended(&words, was(view.import)?, view)).collect();
        if *before != list {
            self.list.set(Rc::new(list));
        }
        self.load.set(Load::Here);
        if !said.is_empty() {
            self.shell.say(&said.join(" "));
        }
    }
    /// An import of the list.
    pub(super) fn import(self, id: ImportId) -> Option<ImportView> {
        self.list.read().iter().find(|view| view.import == id).cloned()
    }
    /// Somebody is told what the desk could not do, here.
    pub(super) fn stand(mut self, at: At, error: DeskError) {
        self.shell.say(&self.shell.trouble(&error));
        self.trouble.set(Some((at, error)));
    }
}
