//! From a struct to the cells of its row. The wire form is the row: every field is taken from the record's own JSON, so that
//! what is structured stands in its column byte for byte as it goes over the wire.

use domain::{
    record::{AnyRecord, ColumnType},
    time::UtcMillis,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use uuid::Uuid;

use crate::{Result, StoreError, sql::engine::Arg};

/// Appends the cells of a record in the order of its columns, the id where `with_id` says so.
pub(crate) fn encode(record: &AnyRecord, with_id: bool, cells: &mut Vec<Arg>) -> Result<()> {
    let json = record.to_json().map_err(|e| not_a_row(record, "", &e))?;
    let fields: HashMap<&str, &RawValue> = serde_json::from_str(&json).map_err(|e| not_a_row(record, "", &e))?;
    for column in record.kind().columns().iter().filter(|column| with_id || column.name != "id") {
        let raw = fields.get(column.name).map(|raw| raw.get());
        cells.push(cell(column.ty, raw).map_err(|e| not_a_row(record, column.name, &e))?);
    }
    Ok(())
}

fn cell(ty: ColumnType, raw: Option<&str>) -> serde_json::Result<Arg> {
    fn read<'a, T: Deserialize<'a>>(raw: Option<&'a str>) -> serde_json::Result<Option<T>> {
        raw.map(serde_json::from_str).transpose()
    }
    Ok(match ty {
        ColumnType::Id => Arg::Id(read::<Uuid>(raw)?),
        ColumnType::Time => Arg::Int(read::<UtcMillis>(raw)?.map(UtcMillis::ms)),
        ColumnType::Integer => Arg::Int(read(raw)?),
        ColumnType::Bool => Arg::Flag(read(raw)?),
        ColumnType::Text => Arg::Text(read(raw)?),
        ColumnType::Json => Arg::Text(raw.map(str::to_owned)),
    })
}

fn not_a_row(record: &AnyRecord, column: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Inconsistent {
        table: record.kind().wire().to_owned(),
        column: column.to_owned(),
        id: record.id().to_string(),
        why: error.to_string(),
    }
}
