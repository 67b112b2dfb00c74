//! From a row to a struct, by serde: the row is a map of columns, and a missing value is a missing field, as it is in JSON.

use domain::{
    facts::Held,
    record::{AnyRecord, Column, ColumnType, Kind},
    time::UtcMillis,
};
use serde::{
    de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use std::{fmt, sync::Arc};
use uuid::Uuid;

use super::FIRST;
use crate::{
    Result, Stored,
    sql::{
        engine::{Bad, Cells},
        reader::inconsistent,
    },
};

/// Reads a row of [`super::columns`].
pub(crate) fn stored<R: Cells>(row: &R, kind: Kind) -> Result<Stored> {
    let bad = |at: usize, why: Bad| inconsistent(row, kind.wire(), at, FIRST, why);
    let number = |at: usize| row.int(at).and_then(|n| n.ok_or(Bad::Borrowed("missing"))).map_err(|why| bad(at, why));
    let (rev, seq) = (number(0)?, number(1)?);
    let record = AnyRecord::deserialize(kind, RowOf { row, columns: kind.columns() })
        .map_err(|NotARecord { at, why }| bad(FIRST + at.unwrap_or(0), why.into()))?;
    Ok(Stored { held: Held { rev, record: Arc::new(record) }, seq })
}

type Read<T> = std::result::Result<T, NotARecord>;

/// What a cell is not, and which.
#[derive(Debug)]
struct NotARecord {
    at: Option<usize>,
    why: String,
}

impl fmt::Display for NotARecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}
impl std::error::Error for NotARecord {}
impl Error for NotARecord {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self { at: None, why: why.to_string() }
    }
}

struct RowOf<'r, R> {
    row: &'r R,
    columns: &'static [Column],
}

impl<'de, R: Cells> Deserializer<'de> for RowOf<'de, R> {
    type Error = NotARecord;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_map(Fields { of: self, at: 0 })
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Fields<'r, R> {
    of: RowOf<'r, R>,
    at: usize,
}

impl<R: Cells> Fields<'_, R> {
    fn is_missing(&self, column: &Column) -> Read<bool> {
        let (row, at) = (self.of.row, FIRST + self.at);
        let found = match column.ty {
            ColumnType::Id => row.bytes(at).map(|cell| cell.is_none()),
            ColumnType::Time | ColumnType::Integer => row.int(at).map(|cell| cell.is_none()),
            ColumnType::Bool => row.flag(at).map(|cell| cell.is_none()),
            ColumnType::Text | ColumnType::Json => row.text(at).map(|cell| cell.is_none()),
        };
        found.map_err(|why| NotARecord { at: Some(self.at), why: why.into_owned() })
    }
}

impl<'de, R: Cells> MapAccess<'de> for Fields<'de, R> {
    type Error = NotARecord;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        while let Some(column) = self.of.columns.get(self.at) {
            if !self.is_missing(column)? {
                return seed.deserialize(StrDeserializer::new(column.name)).map(Some);
            }
            self.at += 1;
        }
        Ok(None)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        let at = self.at;
        self.at += 1;
        let ty = self.of.columns.get(at).map_or(ColumnType::Text, |column| column.ty);
        let cell = CellOf { row: self.of.row, at: FIRST + at, ty };
        cell.read(seed).map_err(|error| NotARecord { at: Some(at), ..error })
    }
}

struct CellOf<'r, R> {
    row: &'r R,
    at: usize,
    ty: ColumnType,
}

impl<'de, R: Cells> CellOf<'de, R> {
    fn read<V: DeserializeSeed<'de>>(self, seed: V) -> Read<V::Value> {
        if self.ty != ColumnType::Json {
            return seed.deserialize(self);
        }
        let text = self.row.text(self.at).map_err(NotARecord::custom)?.unwrap_or("null");
        let mut json = serde_json::Deserializer::from_str(text);
        let value = seed.deserialize(&mut json).map_err(NotARecord::custom)?;
        json.end().map_err(NotARecord::custom)?;
        Ok(value)
    }
}

impl<'de, R: Cells> Deserializer<'de> for CellOf<'de, R> {
    type Error = NotARecord;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let missing = || NotARecord::custom("missing");
        match self.ty {
            ColumnType::Id => {
                let id = self.row.id(self.at).map_err(NotARecord::custom)?.ok_or_else(missing)?;
                visitor.visit_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
            }
            ColumnType::Time => {
                let ms = self.row.int(self.at).map_err(NotARecord::custom)?.ok_or_else(missing)?;
                let time = UtcMillis::from_ms(ms);
                if time.ms() == ms { visitor.visit_string(time.to_string()) } else { Err(NotARecord::custom("outside the calendar")) }
            }
            ColumnType::Integer => visitor.visit_i64(self.row.int(self.at).map_err(NotARecord::custom)?.ok_or_else(missing)?),
            ColumnType::Bool => visitor.visit_bool(self.row.flag(self.at).map_err(NotARecord::custom)?.ok_or_else(missing)?),
            ColumnType::Text | ColumnType::Json => {
                visitor.visit_borrowed_str(self.row.text(self.at).map_err(NotARecord::custom)?.ok_or_else(missing)?)
            }
        }
    }
    /// A missing value is no field at all, so one that is here is there.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_some(self)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
