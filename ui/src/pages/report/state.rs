//! Laporan: the period, the figures, whether they are a table, and which point is spoken of.

use std::rc::Rc;

use bridge::{Report, ReportExport, ReportReply};
use dioxus::prelude::*;
use domain::{
    record::{Kind, RecordRef},
    report::Period,
};

use crate::{
    acting::Offer,
    actions::Act,
    browser,
    components::export::{Export, write_out},
    gateway::ask,
    pages::rows::Load,
    shell::{Layer, Place, Shell, task},
};

/// How long it rests between two countings, in milliseconds: while much arrives, a report that counted without a pause would take the
/// files from what arrives.
const PAUSE: i32 = 1_000;

/// Laporan.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ReportState {
    pub(crate) shell: Shell,
    /// The period.
    pub(crate) period: Signal<Period>,
    /// Whether figures are here.
    pub(crate) load: Signal<Load>,
    /// The figures that were counted last, of this period or of the one before it.
    pub(crate) reply: Signal<Option<Rc<ReportReply>>>,
    /// Whether the charts are shown as a table.
    pub(crate) as_table: Signal<bool>,
    /// A file that is written out.
    pub(crate) export: Signal<Export>,
    busy: Signal<bool>,
    again: Signal<bool>,
}

impl ReportState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            period: Signal::default(),
            load: Signal::default(),
            reply: Signal::default(),
            as_table: Signal::new(false),
            export: Signal::default(),
            busy: Signal::new(false),
            again: Signal::new(false),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.load.set(Load::Coming);
        self.reply.set(None);
        self.export.set(Export::None);
    }
    /// These records changed; all of them may have when there are none. Nobody counts while nobody looks.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let concerns = records.is_empty() || records.iter().any(|record| record.kind == Kind::Consultation);
        if concerns && *self.shell.place.peek() == Place::Report {
            self.read();
        }
    }
    /// Counts: one question at a time, and once more if something changed meanwhile.
    pub(crate) fn read(mut self) {
        if *self.busy.peek() {
            return self.again.set(true);
        }
        self.busy.set(true);
        task(async move {
            loop {
                self.again.set(false);
                let (period, who) = (*self.period.peek(), self.shell.me());
                let reply = ask(Report { period }).await;
                if self.shell.me() != who {
                    // Somebody else sits here by now: these figures are none of theirs.
                    break;
                }
                match reply {
                    Ok(reply) => {
                        self.reply.set(Some(Rc::new(reply)));
                        self.load.set(Load::Here);
                    }
                    Err(error) => self.load.set(Load::Failed(error)),
                }
                if *self.period.peek() != period {
                    continue;
                }
                if !*self.again.peek() {
                    break;
                }
                browser::sleep(PAUSE).await;
            }
            self.busy.set(false);
        });
    }
    /// Counts another period.
    pub(crate) fn choose(mut self, period: Period) {
        if *self.period.peek() != period {
            self.period.set(period);
            self.read();
        }
    }
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(mut self, act: Act) -> bool {
        match act {
            Act::Table => self.as_table.toggle(),
            Act::Export => write_out(self.export, ReportExport { period: *self.period.peek() }),
            Act::Print if self.reply.peek().is_some() => self.shell.open(Layer::Print),
            _ => return false,
        }
        true
    }
    /// How an act stands now, for the palette.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        match act {
            Act::Table => {
                let word = if (self.as_table)() { "report-show-charts" } else { "report-show-table" };
                Some(Offer { word: word.to_owned(), ..Offer::plain(act) })
            }
            Act::Export => Some(Offer::plain(act)),
            Act::Print => self.reply.read().is_some().then(|| Offer::plain(act)),
            _ => None,
        }
    }
}
