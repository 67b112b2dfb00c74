//! What the acts of Impor do, and which it offers at this moment.

use bridge::{ImportTemplate, SheetFormat};
use dioxus::prelude::*;

use super::state::ImportsState;
use crate::{acting::Offer, actions::Act, components::export::write_out};

impl ImportsState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(self, act: Act) -> bool {
        if !self.may() {
            return false;
        }
        match act {
            Act::ImportPick => self.pick(),
            Act::ImportCheck => self.check(),
            Act::ImportBegin => self.begin(),
            Act::ImportTemplate => self.write_template(SheetFormat::Xlsx),
            Act::Export => self.export_problems(),
            _ => return false,
        }
        true
    }
    /// Has a table with the headers, an example and notes written.
    pub(super) fn write_template(self, form: SheetFormat) {
        write_out(self.export, ImportTemplate { form });
    }
    fn export_problems(self) {
        if self.bad_rows() > 0 {
            self.write_problems();
        } else {
            self.shell.say(&self.shell.words().text("import-no-problems"));
        }
    }
    /// How an act stands now, for the palette.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        if !self.may() {
            return None;
        }
        match act {
            Act::ImportPick | Act::ImportTemplate => Some(Offer::plain(act)),
            Act::ImportCheck => self.taken.read().as_ref().map(|_| Offer { why_not: self.why_not_tried(), ..Offer::plain(act) }),
            Act::ImportBegin => self.taken.read().as_ref().map(|_| Offer { why_not: self.why_not_begun(), ..Offer::plain(act) }),
            Act::Export => (self.bad_rows() > 0).then(|| Offer { word: "import-write-problems".to_owned(), ..Offer::plain(act) }),
            _ => None,
        }
    }
}
