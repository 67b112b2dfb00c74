//! Clients and orders from a file: what its columns hold, what each row would become, and in which parts it goes to the server.
//!
//! The file that was chosen stays in memory until another one is, or until the desk is locked or left. From then on what it brings is
//! in the outbox, all of it: nothing here has to survive a crash.

mod columns;
mod rows;
mod template;
mod tried;

pub(crate) use template::template;

use bridge::{ImportChecked, ImportColumn, ImportField, ImportFile, ImportPlan, ImportTaken};
use domain::{
    commands::import::{MOST_ROWS, Row},
    decision::Refusal,
    file::FileName,
    records::RefusedRow,
    words::Words,
};
use sheet::{Refused, Table};
use std::sync::Arc;

use crate::export;
use columns::Remembered;
use rows::{Fault, Reading};
use tried::{Judged, Tried};

/// The most bytes of the rows of one part, as they are sent: several parts go in one request.
const PART_BYTES: usize = 200_000;
/// How many first cells of a column are shown.
const EXAMPLES: usize = 3;

/// The file that was taken last.
pub(crate) struct Chosen {
    name: String,
    /// For another sheet of it.
    bytes: Vec<u8>,
    table: Arc<Table>,
}

/// What rows are tried with.
pub(crate) struct Trial {
    pub(crate) table: Arc<Table>,
    pub(crate) plan: ImportPlan,
    pub(crate) facts: mirror::queries::ImportFacts,
    pub(crate) actor: domain::role::Actor,
    pub(crate) now: domain::time::UtcMillis,
    pub(crate) today: domain::time::Day,
    pub(crate) would_be: domain::id::CommandId,
}

/// What became of it.
pub(crate) struct Outcome {
    tried: Tried,
    table: Arc<Table>,
}

impl Chosen {
    /// Reads a file, or another sheet of one.
    ///
    /// # Errors
    /// Why it is no table that can be imported.
    pub(crate) fn read(name: &str, bytes: Vec<u8>, sheet: Option<&str>) -> Result<Self, Refused> {
        let table = Arc::new(sheet::read(&bytes, sheet)?);
        let name = FileName::new(name).map(|name| name.to_string()).unwrap_or_default();
        Ok(Self { name, bytes, table })
    }
    /// What it is called, and all of it, to be read again.
    pub(crate) fn file(&self) -> (String, Vec<u8>) {
        (self.name.clone(), self.bytes.clone())
    }
    pub(crate) fn table(&self) -> Arc<Table> {
        Arc::clone(&self.table)
    }
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
    /// The file as the window shows it; `kept` is what is remembered of others.
    pub(crate) fn shown(&self, kept: Option<&str>) -> ImportTaken {
        let mark = columns::fingerprint(&self.table.headers);
        let said = remembered(kept).into_iter().find(|it| it.headers == mark && it.columns.len() == self.table.headers.len());
        let remembered = said.is_some();
        let fields = said.map_or_else(|| columns::guessed(&self.table.headers), |it| it.columns);
        let examples = |place: usize| {
            let cells = self.table.lines.iter().filter_map(|line| line.cells.get(place)).filter(|cell| !cell.is_empty());
            cells.take(EXAMPLES).map(|cell| cell.chars().take(80).collect()).collect()
        };
        let column = |(place, (header, field)): (usize, (&String, Option<ImportField>))| ImportColumn {
            header: header.chars().take(120).collect(),
            examples: examples(place),
            field,
        };
        ImportTaken::Read(ImportFile {
            name: self.name.clone(),
            sheets: self.table.sheets.clone(),
            sheet: self.table.sheet.clone(),
            columns: self.table.headers.iter().zip(fields).enumerate().map(column).collect(),
            rows: u32::try_from(self.table.lines.len()).unwrap_or(u32::MAX),
            remembered,
        })
    }
    /// What is remembered from now on: what a person said of these headers.
    pub(crate) fn remember(&self, kept: Option<&str>, plan: &ImportPlan) -> String {
        let new = Remembered { headers: columns::fingerprint(&self.table.headers), columns: plan.columns.clone() };
        serde_json::to_string(&columns::remember(remembered(kept), new)).unwrap_or_default()
    }
}

/// What a newer program wrote and this one cannot read counts as nothing: it is a convenience.
fn remembered(kept: Option<&str>) -> Vec<Remembered> {
    kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

impl Trial {
    /// Tries every row. It takes a while: not on a thread that others wait for.
    ///
    /// # Errors
    /// Why nothing of it could be imported by this person.
    pub(crate) fn run(self) -> Result<Outcome, Refusal> {
        let reading = Reading { columns: &self.plan.columns, separate: &self.plan.separate, today: self.today };
        let judged = Judged { actor: &self.actor, now: self.now, would_be: self.would_be, settings: self.facts.settings };
        let tried = tried::tried(&self.table, &reading, &judged, self.facts.clients)?;
        Ok(Outcome { tried, table: self.table })
    }
}

impl Outcome {
    /// What a person is told.
    pub(crate) fn checked(self) -> ImportChecked {
        self.tried.checked
    }
    /// The rows that pass, in parts that are commands of their own.
    pub(crate) fn parts(self) -> Vec<Vec<Row>> {
        let mut all: Vec<Vec<Row>> = Vec::new();
        let mut size = 0;
        for row in self.tried.good {
            let bytes = serde_json::to_string(&row).map_or(0, |text| text.len());
            size += bytes;
            match all.last_mut().filter(|part| part.len() < MOST_ROWS && size <= PART_BYTES) {
                Some(part) => part.push(row),
                None => {
                    size = bytes;
                    all.push(vec![row]);
                }
            }
        }
        all
    }
    /// The rows that do not, as they stand in the file, each with its number and what is wrong with it.
    pub(crate) fn problems(&self, words: &Words) -> export::Table {
        let mut headers = vec![words.text("import-row"), words.text("import-reason")];
        headers.extend(self.table.headers.iter().cloned());
        let mut out = export::Table::new(&headers);
        for (place, faults) in &self.tried.bad {
            let Some(line) = self.table.lines.get(*place) else { continue };
            let reasons: Vec<String> = faults.iter().map(|(field, refusal)| reason(words, *field, refusal)).collect();
            let mut cells = vec![line.row.to_string(), reasons.join("; ")];
            cells.extend(line.cells.iter().cloned());
            cells.resize(headers.len().max(cells.len()), String::new());
            out.push(&cells);
        }
        out
    }
}

/// What is wrong with a row that was not taken. Where the reason names no field of the file, it is the client's.
pub(crate) fn fault_of(row: &RefusedRow) -> Fault {
    let named = row.details.field.as_deref().and_then(|name| ImportField::ALL.into_iter().find(|field| field.wire() == name));
    (named.unwrap_or(ImportField::Name), Refusal::with(row.code.clone(), "import", row.details.clone()))
}

/// `Telepon: Bentuknya tidak dikenali.`
pub(crate) fn reason(words: &Words, field: ImportField, refusal: &Refusal) -> String {
    let invalid = refusal.details.invalid.as_ref().map(|why| format!("invalid-{}", why.replace('_', "-"))).filter(|key| words.has(key));
    let bound = refusal.details.bound.unwrap_or(0).to_string();
    let why = invalid.map_or_else(|| words.text(&refusal.code.word()), |key| words.with(&key, &[("bound", bound.as_str().into())]));
    format!("{}: {why}", words.text(&field_word(field)))
}

/// The key of what a field is called.
pub(crate) fn field_word(field: ImportField) -> String {
    format!("import-field-{}", field.wire().replace('_', "-"))
}
