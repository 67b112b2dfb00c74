//! A file comes to hand: chosen, let fall, another sheet of it; and what its columns are taken as.

use std::rc::Rc;

use bridge::{DeskError, DropImport, ImportField, ImportFile, ImportPlan, ImportSheet, ImportTaken, PickImport};
use dioxus::prelude::*;
use domain::words::{Words, isolate};

use super::{
    columns,
    file::SHEETS,
    past::focus_shown,
    state::{At, ImportsState, Taken},
};
use crate::{
    components::export::Export,
    gateway::ask,
    shell::{focus_drawn, task},
};

impl ImportsState {
    /// Asks for a file.
    pub(crate) fn pick(self) {
        self.take(None, async move { ask(PickImport {}).await });
    }
    /// Takes another sheet of the file at hand.
    pub(super) fn choose_sheet(self, sheet: String) {
        self.take(Some(SHEETS), async move { ask(ImportSheet { sheet }).await.map(Some) });
    }
    /// Files are held above the window (without a handle), were taken away again (none), or were let fall.
    pub(crate) fn hear_dropped(mut self, handle: Option<u64>, files: u32) {
        if !self.may() || *self.reading.peek() {
            return;
        }
        let held = handle.is_none() && files > 0;
        if held && !*self.held.peek() {
            self.shell.say(&self.shell.words().text("import-drop-over"));
        }
        self.held.set(held);
        if let Some(handle) = handle {
            self.take(None, async move { ask(DropImport { handle }).await.map(Some) });
        }
    }
    /// Has something read; `back` has the focus where it is not.
    fn take(mut self, back: Option<&'static str>, work: impl Future<Output = Result<Option<ImportTaken>, DeskError>> + 'static) {
        if *self.reading.peek() || *self.beginning.peek() {
            return;
        }
        self.reading.set(true);
        self.trouble.set(None);
        let who = self.shell.me();
        task(async move {
            let outcome = work.await;
            self.reading.set(false);
            if self.shell.me() != who {
                return;
            }
            match outcome {
                Ok(None) => {}
                Ok(Some(ImportTaken::Read(file))) => self.have(file),
                Ok(Some(ImportTaken::Refused { name, why })) => {
                    self.not_read(name, why);
                    if let Some(back) = back {
                        *self.sheets_refused.write() += 1;
                        focus_drawn(back);
                    }
                }
                Err(error) => self.stand(At::File, error),
            }
        });
    }
    fn have(mut self, file: ImportFile) {
        let words = self.shell.words();
        self.let_go();
        self.begun.set(None);
        self.export.set(Export::None);
        self.shell.say(&read(&words, &file));
        let columns = file.columns.iter().map(|column| column.field).collect();
        self.taken.set(Some(Taken { file: Rc::new(file), columns }));
        focus_shown(columns::HEAD);
    }
    /// What was at hand before stays so: the desk still has it.
    fn not_read(mut self, name: String, why: String) {
        let words = self.shell.words();
        self.shell.say(&format!("{} {}", not_read(&words, &name), why_not_read(&words, &why)));
        self.refused.set(Some((name, why)));
    }
    /// Lets go of the file.
    pub(super) fn drop_file(mut self) {
        self.let_go();
        self.begun.set(None);
        focus_drawn(super::file::PICK);
    }
    /// Says what a column holds. No two hold the same: the one that held it before is passed over, and that is said.
    pub(super) fn map(mut self, column: usize, field: Option<ImportField>) {
        let Some(Taken { file, columns }) = self.taken.peek().clone() else { return };
        let before = columns.iter().position(|it| it.is_some() && *it == field).filter(|other| *other != column);
        let columns = mapped(columns, column, field);
        self.taken.set(Some(Taken { file: file.clone(), columns }));
        self.forget_trial();
        self.apart.write().clear();
        if let (Some(before), Some(field)) = (before, field) {
            let words = self.shell.words();
            let from = columns::header(&words, &file, before);
            let what = words.text(&columns::field_word(field));
            self.shell.say(&words.with("import-moved", &[("field", what.into()), ("column", isolate(&from).into())]));
        }
    }
    /// How the file is read.
    pub(super) fn plan(self) -> Option<ImportPlan> {
        let columns = self.taken.read().as_ref()?.columns.clone();
        Some(ImportPlan { columns, separate: self.apart.read().iter().copied().collect() })
    }
}

/// The columns after one of them was said to hold this.
fn mapped(mut columns: Vec<Option<ImportField>>, column: usize, field: Option<ImportField>) -> Vec<Option<ImportField>> {
    for (n, it) in columns.iter_mut().enumerate() {
        if n == column {
            *it = field;
        } else if field.is_some() && *it == field {
            *it = None;
        }
    }
    columns
}

/// That a file is at hand: its name, its rows and its columns.
fn read(words: &Words, file: &ImportFile) -> String {
    let columns = words.count("import-columns-n", crate::words::many(file.columns.len()));
    let rows = words.count("import-rows-n", i64::from(file.rows));
    words.with("import-read", &[("name", isolate(&file.name).into()), ("rows", rows.into()), ("columns", columns.into())])
}

/// That a file was not read.
pub(super) fn not_read(words: &Words, name: &str) -> String {
    words.with("import-not-read", &[("name", isolate(name).into())])
}

/// Why it was not, and what helps; what a newer desk says has the words for what is not known.
pub(super) fn why_not_read(words: &Words, why: &str) -> String {
    let key = format!("import-why-{}", why.replace('_', "-"));
    let key = if words.has(&key) { key } else { "import-why-unreadable".to_owned() };
    let rows = words.whole(i64::from(ImportTaken::ROWS));
    let columns = words.whole(i64::from(ImportTaken::COLUMNS));
    words.with(&key, &[("rows", rows.into()), ("columns", columns.into()), ("mb", most_megabytes().into())])
}

/// How large a file may be, in megabytes as computers show them.
pub(super) fn most_megabytes() -> String {
    (ImportTaken::BYTES >> 20).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn no_two_columns_hold_the_same() {
        use ImportField::{Name, Phone};
        let columns = vec![Some(Name), None, Some(Phone)];
        assert_eq!(mapped(columns.clone(), 1, Some(Name)), [None, Some(Name), Some(Phone)]);
        assert_eq!(mapped(columns.clone(), 0, None), [None, None, Some(Phone)]);
        assert_eq!(mapped(columns, 9, Some(Phone)), [Some(Name), None, None], "a column that there is not changes nothing of its own");
    }

    #[test]
    fn every_reason_that_a_desk_gives_has_words_of_its_own() {
        for lang in [Lang::Id, Lang::En] {
            let words = Words::new(lang);
            for why in ["empty", "no_rows", "too_large", "too_many_rows", "too_many_columns", "not_a_table", "no_such_sheet", "unreadable"]
            {
                assert!(words.has(&format!("import-why-{}", why.replace('_', "-"))), "{why}");
            }
            assert!(!why_not_read(&words, "moon_phase").is_empty());
        }
    }
}
