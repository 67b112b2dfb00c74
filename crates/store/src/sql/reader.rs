//! Reading a row cell by cell, in the order of its columns. A cell that does not decode is an error that names table,
//! column and id: it is never passed over, and it never panics.

use domain::time::UtcMillis;
use std::fmt::Write as _;
use uuid::Uuid;

use super::engine::{Bad, Cells};
use crate::{Result, StoreError};

/// A row that is being read.
pub(crate) struct Reader<'r, R> {
    row: &'r R,
    table: &'static str,
    at: usize,
}

macro_rules! cells {
    ($($(#[$doc:meta])* $one:ident, $opt:ident: $get:ident -> $ty:ty;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $one(&mut self) -> Result<$ty> {
            let at = self.at;
            self.$opt()?.ok_or_else(|| self.inconsistent(at, "missing".into()))
        }
        $(#[$doc])*
        pub(crate) fn $opt(&mut self) -> Result<Option<$ty>> {
            let at = self.at;
            self.at += 1;
            self.row.$get(at).map_err(|why| self.inconsistent(at, why))
        }
    )*};
}

impl<'r, R: Cells> Reader<'r, R> {
    pub(crate) const fn new(row: &'r R, table: &'static str) -> Self {
        Self { row, table, at: 0 }
    }
    cells! {
        /// A whole number.
        int, opt_int: int -> i64;
        /// Yes or no.
        flag, opt_flag: flag -> bool;
        /// Text.
        text, opt_text: text -> &'r str;
        /// A UUID.
        id, opt_id: id -> Uuid;
    }
    /// A moment.
    pub(crate) fn time(&mut self) -> Result<UtcMillis> {
        self.int().map(UtcMillis::from_ms)
    }
    /// A moment, where there is one.
    pub(crate) fn opt_time(&mut self) -> Result<Option<UtcMillis>> {
        Ok(self.opt_int()?.map(UtcMillis::from_ms))
    }
    /// A hash or a salt.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let at = self.at;
        self.opt_array()?.ok_or_else(|| self.inconsistent(at, "missing".into()))
    }
    /// A hash or a salt, where there is one.
    pub(crate) fn opt_array<const N: usize>(&mut self) -> Result<Option<[u8; N]>> {
        let at = self.at;
        let wrong = |_| self.inconsistent(at, format!("not {N} bytes").into());
        let found = self.row.bytes(at).map_err(|why| self.inconsistent(at, why))?.map(<[u8; N]>::try_from).transpose().map_err(wrong)?;
        self.at += 1;
        Ok(found)
    }
    /// Bytes of any length.
    pub(crate) fn bytes(&mut self) -> Result<&'r [u8]> {
        let at = self.at;
        self.at += 1;
        let found = self.row.bytes(at).map_err(|why| self.inconsistent(at, why))?;
        found.ok_or_else(|| self.inconsistent(at, "missing".into()))
    }
    /// A value that is written as text, or as a number, and parsed.
    pub(crate) fn parsed<T>(&self, value: Option<T>, why: &'static str) -> Result<T> {
        value.ok_or_else(|| self.inconsistent(self.at.saturating_sub(1), why.into()))
    }
    fn inconsistent(&self, at: usize, why: Bad) -> StoreError {
        inconsistent(self.row, self.table, at, 0, why)
    }
}

/// The error that names the cell; `id` is the place of what identifies the row.
pub(crate) fn inconsistent<R: Cells>(row: &R, table: &str, at: usize, id: usize, why: Bad) -> StoreError {
    StoreError::Inconsistent { table: table.to_owned(), column: row.name(at).to_owned(), id: identity(row, id), why: why.into_owned() }
}

fn identity<R: Cells>(row: &R, at: usize) -> String {
    if let Ok(Some(id)) = row.id(at) {
        return id.to_string();
    }
    if let Ok(Some(n)) = row.int(at) {
        return n.to_string();
    }
    let mut hex = String::new();
    for byte in row.bytes(at).ok().flatten().unwrap_or_default() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
