//! Imports: clients and orders from a file, some rows at a time, and all of it taken back again (issue 5, «Import»; ).

mod known;
mod rows;
mod undo;

pub use rows::{Row, RowClient, RowOrder, Rows};
pub use undo::Undo;

use crate::{
    id::ImportPartId,
    record::{Kind, RecordRef},
    role::Role,
};

/// The most rows of one part: what they write is one commit, for which everybody else waits.
pub const MOST_ROWS: usize = 100;
/// The most parts of one import.
pub const MOST_PARTS: u32 = 10_000;

/// Who brings clients and orders in: whoever may enter them one by one.
const IMPORTERS: &[Role] = &[Role::Admin, Role::Cs];

fn named(id: ImportPartId) -> RecordRef {
    RecordRef::new(Kind::ImportPart, id)
}
