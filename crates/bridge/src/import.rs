//! Clients and orders from a file (issue 5, «Import»): chosen, looked at, tried, brought in, and taken back.
//!
//! No query takes a path: as with designs, the shell asks the system, or the window has a handle of what was let fall on it.

use domain::{
    decision::Details,
    id::{ClientId, ImportId},
    record::RecordRef,
    role::Person,
    time::UtcMillis,
};
use serde::{Deserialize, Serialize};

use crate::orders::SheetFormat;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// What the client is called.
    Name,
    /// Their telephone number.
    Phone,
    /// Their address.
    Email,
    /// The zone they live in.
    Zone,
    /// What is to be designed.
    DesignType,
    /// What it shall be. A row with this has an order.
    Description,
    /// What else is needed.
    Needs,
    /// By which day.
    Deadline,
    /// What the client means to spend.
    Budget,
    /// How it reached us.
    Source,
    /// The order's number where it comes from.
    OldNumber,
}

impl ImportField {
    /// Every one, in the order of the template.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::Zone,
        Self::DesignType,
        Self::Description,
        Self::Needs,
        Self::Deadline,
        Self::Budget,
        Self::Source,
        Self::OldNumber,
    ];
    /// What makes a row have an order: how it came, or when it is due, alone says nothing of one.
    pub const ORDERED: [Self; 5] = [Self::DesignType, Self::Description, Self::Needs, Self::Budget, Self::OldNumber];
    /// Its name on the wire, which is that of the command's argument.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Zone => "zone",
            Self::DesignType => "design_type",
            Self::Description => "description",
            Self::Needs => "needs",
            Self::Deadline => "deadline",
            Self::Budget => "budget",
            Self::Source => "source",
            Self::OldNumber => "old_number",
        }
    }
}

/// Asks for a file with the system's own dialog. Nothing where the person chose none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickImport {}

/// Takes the file that was let fall on the window ([`crate::Event::Dropped`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropImport {
    /// The handle of that event.
    pub handle: u64,
}

/// Another sheet of the file that was taken last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSheet {
    /// What it is called.
    pub sheet: String,
}

/// A file that was read, or why it was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportTaken {
    /// It was read.
    Read(ImportFile),
    /// It was not.
    Refused {
        /// What it is called.
        name: String,
        /// Why: `empty`, `no_rows`, `too_large`, `too_many_rows`, `too_many_columns`, `not_a_table`, `no_such_sheet`, `unreadable`.
        why: String,
    },
}

impl ImportTaken {
    /// The most bytes of a file that is read.
    pub const BYTES: u64 = 32 << 20;
    /// The most rows below the headers.
    pub const ROWS: u32 = 100_000;
    /// The most columns.
    pub const COLUMNS: u32 = 100;
}

/// A file that was read. It stays with the desk until another one is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// What it is called.
    pub name: String,
    /// Its sheets, where it has such.
    pub sheets: Vec<String>,
    /// Which of them this is.
    pub sheet: Option<String>,
    /// Its columns.
    pub columns: Vec<ImportColumn>,
    /// How many rows it has below the headers.
    pub rows: u32,
    /// Whether what the columns hold was said by a person, when a file with these headers was imported before.
    pub remembered: bool,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    /// What stands above it.
    pub header: String,
    /// What stands in its first rows.
    pub examples: Vec<String>,
    /// What it holds, as far as that is known.
    pub field: Option<ImportField>,
}

/// How the file that was taken last is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// What each column holds, from the first one on; nothing for one that is passed over.
    pub columns: Vec<Option<ImportField>>,
    /// The rows that are clients of their own, although somebody with their number or address is known.
    pub separate: Vec<u32>,
}

/// Tries every row by the rules, without doing anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCheck {
    /// How the file is read.
    pub plan: ImportPlan,
}

/// What stands in the way of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// The row, as a spreadsheet counts.
    pub row: u32,
    /// What of it.
    pub field: Option<ImportField>,
    /// What stands above that column, where there is one.
    pub header: Option<String>,
    /// What stands there.
    pub value: String,
    /// The refusal's code.
    pub code: String,
    /// What else the rule says.
    pub details: Box<Details>,
}

/// Whom a row is about, where it is not somebody new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportTwin {
    /// A client who is known.
    Client {
        /// Who.
        id: ClientId,
        /// What they are called.
        name: String,
    },
    /// The client of an earlier row.
    Row(u32),
}

/// A row about somebody who is known, or of an earlier row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDouble {
    /// The row.
    pub row: u32,
    /// What the row calls them.
    pub name: String,
    /// By what they were found: [`ImportField::Phone`] or [`ImportField::Email`].
    pub by: ImportField,
    /// Who they are.
    pub twin: ImportTwin,
}

/// What would become of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportChecked {
    /// How many rows there are.
    pub rows: u32,
    /// How many of them would be taken.
    pub good: u32,
    /// How many clients would be made.
    pub clients: u32,
    /// How many orders would be made.
    pub orders: u32,
    /// What stands in the way, by row; at most [`Self::LISTED`].
    pub problems: Vec<ImportProblem>,
    /// How many there are in all.
    pub problems_total: u32,
    /// The rows about somebody who is known, by row; at most [`Self::LISTED`].
    pub doubles: Vec<ImportDouble>,
    /// How many there are in all.
    pub doubles_total: u32,
    /// Whether all clients are here to compare with; otherwise the server finds more of them.
    pub complete: bool,
}

impl ImportChecked {
    /// The most lines of each list.
    pub const LISTED: usize = 500;
}

/// Writes the rows that would not be taken to a file, as they stand, each with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblems {
    /// How the file is read.
    pub plan: ImportPlan,
}

/// Brings the rows in that pass. They are in the outbox when this is answered, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportBegin {
    /// How the file is read.
    pub plan: ImportPlan,
}

/// An import that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportBegun {
    /// Which.
    pub import: ImportId,
    /// In how many parts it goes.
    pub parts: u32,
}

/// The imports of the last days, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {}

/// An import, added up over its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Which.
    pub import: ImportId,
    /// What the file is called.
    pub file: String,
    /// Who did it, once the server has said so.
    pub by: Option<Person>,
    /// When it began.
    pub at: UtcMillis,
    /// How many parts it was to have.
    pub parts: u32,
    /// How many of them the server has answered.
    pub answered: u32,
    /// How many wait on this desk.
    pub waiting: u32,
    /// How many rows those bring.
    pub waiting_rows: u32,
    /// How many the server did not take as a whole: they are in Antrean kirim.
    pub refused_parts: u32,
    /// How many rows the server has seen.
    pub rows: u32,
    /// How many clients it made.
    pub clients: u32,
    /// How many orders it made.
    pub orders: u32,
    /// How many rows were about somebody who was known.
    pub matched: u32,
    /// How many rows were not taken.
    pub refused_rows: u32,
    /// Until when all of it can be taken back, by whoever asks; nothing where they may not, or no more.
    pub undo_until: Option<UtcMillis>,
    /// How many parts were taken back.
    pub undone: u32,
    /// How many parts wait to be taken back.
    pub undoing: u32,
    /// What had to stay when it was taken back; at most [`Self::LEFT`].
    pub left: Vec<ImportLeft>,
    /// How much that is in all.
    pub left_total: u32,
}

/// Something that stayed when its import was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLeft {
    /// Which.
    pub record: RecordRef,
    /// What it is called; empty where it is not here.
    pub name: String,
}

impl ImportView {
    /// The most records that are named.
    pub const LEFT: usize = 200;
    /// One of which nothing is known yet but that it began.
    #[must_use]
    pub const fn begun(import: ImportId, file: String, at: UtcMillis) -> Self {
        Self {
            import,
            file,
            by: None,
            at,
            parts: 0,
            answered: 0,
            waiting: 0,
            waiting_rows: 0,
            refused_parts: 0,
            rows: 0,
            clients: 0,
            orders: 0,
            matched: 0,
            refused_rows: 0,
            undo_until: None,
            undone: 0,
            undoing: 0,
            left: Vec::new(),
            left_total: 0,
        }
    }
}

/// Calls off what has not been sent of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelImport {
    /// Which.
    pub import: ImportId,
}

/// Takes back what an import made, as far as nobody has touched it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoImport {
    /// Which.
    pub import: ImportId,
}

/// Writes the rows that the server did not take to a file, each with the reason: those that this desk brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRefused {
    /// Which.
    pub import: ImportId,
}

/// Writes a table with the headers, an example and notes to the folder of downloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTemplate {
    /// As what.
    pub form: SheetFormat,
}
