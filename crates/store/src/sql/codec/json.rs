//! From a row to JSON without a struct between: the fast way of a record into the feed. Byte for byte what serde makes of
//! the struct: columns in its order, what is missing left out.

use domain::{
    record::{ColumnType, Kind},
    time::UtcMillis,
};
use serde::de::IgnoredAny;
use std::fmt::Write as _;
use uuid::Uuid;

use super::FIRST;
use crate::{
    Body, Result,
    sql::{
        engine::{Bad, CellResult, Cells},
        reader::inconsistent,
    },
};

/// How long a body is likely to be, in bytes.
const USUAL: usize = 1_024;

/// Reads a row of [`super::columns`].
pub(crate) fn body<R: Cells>(row: &R, kind: Kind) -> Result<Body> {
    let bad = |at: usize, why: Bad| inconsistent(row, kind.wire(), at, FIRST, why);
    let missing = || Bad::Borrowed("missing");
    let number = |at: usize| row.int(at).and_then(|n| n.ok_or_else(missing)).map_err(|why| bad(at, why));
    let (rev, seq) = (number(0)?, number(1)?);
    let id = row.id(FIRST).and_then(|id| id.ok_or_else(missing)).map_err(|why| bad(FIRST, why))?;
    let mut json = String::with_capacity(USUAL);
    for (at, column) in kind.columns().iter().enumerate() {
        let before = json.len();
        json.push_str(if before == 0 { "{\"" } else { ",\"" });
        json.push_str(column.name);
        json.push_str("\":");
        if !cell(row, FIRST + at, column.ty, &mut json).map_err(|why| bad(FIRST + at, why))? {
            if !column.null {
                return Err(bad(FIRST + at, missing()));
            }
            json.truncate(before);
        }
    }
    json.push('}');
    Ok(Body { record: domain::record::RecordRef::new(kind, domain::id::RecordId::from_uuid(id)), rev, seq, json })
}

/// Writes a cell, and says whether there is one.
fn cell<R: Cells>(row: &R, at: usize, ty: ColumnType, json: &mut String) -> CellResult<bool> {
    match ty {
        ColumnType::Id => {
            let Some(id) = row.id(at)? else { return Ok(false) };
            json.push('"');
            json.push_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
            json.push('"');
        }
        ColumnType::Time => {
            let Some(ms) = row.int(at)? else { return Ok(false) };
            let time = UtcMillis::from_ms(ms);
            if time.ms() != ms {
                return Err(Bad::Borrowed("outside the calendar"));
            }
            // Writing to a String cannot fail.
            let _ = write!(json, "\"{time}\"");
        }
        ColumnType::Integer => {
            let Some(n) = row.int(at)? else { return Ok(false) };
            let _ = write!(json, "{n}");
        }
        ColumnType::Bool => {
            let Some(flag) = row.flag(at)? else { return Ok(false) };
            json.push_str(if flag { "true" } else { "false" });
        }
        ColumnType::Text => {
            let Some(text) = row.text(at)? else { return Ok(false) };
            quote(text, json)?;
        }
        ColumnType::Json => {
            let Some(text) = row.text(at)? else { return Ok(false) };
            serde_json::from_str::<IgnoredAny>(text).map_err(|e| Bad::Owned(e.to_string()))?;
            json.push_str(text);
        }
    }
    Ok(true)
}

/// Text that needs no escape, which is nearly all of it, is copied; the rest is left to serde.
fn quote(text: &str, json: &mut String) -> CellResult<()> {
    if text.bytes().any(|b| b < 0x20 || b == b'"' || b == b'\\') {
        json.push_str(&serde_json::to_string(text).map_err(|e| Bad::Owned(e.to_string()))?);
    } else {
        json.push('"');
        json.push_str(text);
        json.push('"');
    }
    Ok(())
}
