//! What the acts of Jejak audit do, and which of them it offers at this moment.

use bridge::AuditExport;
use dioxus::prelude::*;

use super::state::{Asked, AuditState};
use crate::{
    acting::Offer,
    actions::Act,
    components::{export::write_out, list::move_of},
    pages::rows::Pane,
    shell::{Layer, focus_drawn},
};

impl AuditState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(mut self, act: Act) -> bool {
        if let Some(rows) = move_of(act, super::LIST, self.shell) {
            self.step(rows);
            return true;
        }
        match act {
            Act::Enter => {
                self.pane.set(Pane::Detail);
                focus_drawn(super::DETAIL);
            }
            Act::Back if *self.asked.peek() != Asked::Nothing => {
                self.stop();
                self.shell.tell(&self.shell.words().text("audit-stopped"));
            }
            Act::Back => {
                self.pane.set(Pane::List);
                self.focus.set(self.trail.peek().count() > 0);
            }
            Act::Filter => self.shell.open(Layer::AuditFilter),
            Act::LetIn => self.read(),
            Act::CheckChain => self.check(true),
            Act::Export => write_out(self.export, AuditExport { filter: self.filter.peek().clone() }),
            Act::Print => self.shell.open(Layer::Print),
            Act::Copy => self.copy(),
            _ => return false,
        }
        true
    }
    /// Copies the id of the command at the cursor.
    fn copy(self) {
        let Some(row) = self.trail.peek().get(*self.cursor.peek()) else { return };
        self.shell.copy(row.entry.command.to_string(), "copied-code", "copy-failed");
    }
    /// How an act stands now, for the palette.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        match act {
            Act::Filter => Some(Offer { word: "audit-filter-title".to_owned(), ..Offer::plain(act) }),
            Act::LetIn | Act::Export | Act::Print => Some(Offer::plain(act)),
            Act::CheckChain => self.reads_all().then(|| Offer::plain(act)),
            Act::Copy => (self.trail.read().count() > 0).then(|| Offer { about_record: true, ..Offer::plain(act) }),
            _ => None,
        }
    }
}
