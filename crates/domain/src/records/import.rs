//! Imports: what came in from a file, part by part (issue 5, «Import»).

use serde::{Deserialize, Serialize};

use crate::{
    decision::{Code, Details, Refusal},
    id::{ClientId, ImportId, ImportPartId, OrderId},
    record::{RecordRef, column_types, record},
    role::Person,
    text::Label,
    time::{HOUR, UtcMillis},
};

/// What a part of an import made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ImportMade {
    /// The clients.
    pub clients: Vec<ClientId>,
    /// The orders.
    pub orders: Vec<OrderId>,
}

/// A row that was not taken, and why. What stood in it is with whoever has the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusedRow {
    /// Its number in the file.
    pub row: u32,
    /// Why.
    pub code: Code,
    /// Which of its fields, and what else there is to say.
    #[serde(default)]
    pub details: Details,
}

impl RefusedRow {
    /// The row of this number, refused so.
    #[must_use]
    pub fn of(row: u32, refusal: Refusal) -> Self {
        Self { row, code: refusal.code, details: *refusal.details }
    }
}

/// The rows of a part that were not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RefusedRows(pub Vec<RefusedRow>);

/// That a part was taken back, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportUndone {
    /// By whom.
    pub by: Person,
    /// When.
    pub at: UtcMillis,
    /// How many clients went.
    pub clients: u32,
    /// How many orders went.
    pub orders: u32,
    /// What stayed, because somebody had touched it since.
    #[serde(default)]
    pub left: Vec<RecordRef>,
}

column_types! { Json: ImportMade, RefusedRows, ImportUndone; }

record! {
    /// A part of an import: some rows of a file, and what became of each. An import is as many of them as it takes, so that each is
    /// one command and one commit (docs/adr/0016-an-import-is-many-commands.md).
    pub struct ImportPart(ImportPart) {
        /// Its id.
        pub id: ImportPartId,
        /// The import: all its parts have it.
        pub import_id: ImportId,
        /// Which part it is, from 1.
        pub part: i64,
        /// How many parts there were to be.
        pub parts: i64,
        /// What the file is called.
        pub file: Label,
        /// Who did it.
        pub by: Person,
        /// How many rows it had.
        pub rows: i64,
        /// How many of them were about a client who was known.
        pub matched: i64,
        /// What it made.
        pub made: ImportMade,
        /// The rows that were not taken.
        pub refused: RefusedRows,
        /// That it was taken back.
        pub undone: Option<ImportUndone>,
        /// When it came.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

impl ImportPart {
    /// How long it can be taken back, in milliseconds.
    pub const UNDO_FOR: i64 = 24 * HOUR;

    /// Until when it can be taken back.
    #[must_use]
    pub const fn undo_until(&self) -> UtcMillis {
        self.created_at.plus(Self::UNDO_FOR)
    }
}
