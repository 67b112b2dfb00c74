//! CSV as people have it: with commas, semicolons (where the comma is the decimal mark, as in Indonesia) or tabs, in UTF-8, UTF-16
//! with its mark, or what Windows wrote before.

use csv::{ByteRecord, ReaderBuilder, Trim};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

use crate::{Filling, Refused, Table, limits};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// How many rows are looked at to find out what stands between cells.
const LOOKED_AT: usize = 20;
/// What a spreadsheet calculates; whoever writes tables with care puts a mark before it, which is no part of the text.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r'];

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Refused> {
    let text = decoded(bytes);
    // What no text begins with: a program, or bytes of another kind.
    if text.bytes().take(8).any(|b| b == 0) {
        return Err(Refused::NotATable);
    }
    let mut filling = Filling::default();
    let mut reader = reader(&text, delimiter(&text));
    let mut record = ByteRecord::new();
    let mut counting = Counting { text: text.as_bytes(), upto: 0, lines: 0, within: 0 };
    while reader.read_byte_record(&mut record).map_err(|_| Refused::NotATable)? {
        if record.len() > limits::COLUMNS && record.iter().skip(limits::COLUMNS).any(|cell| !cell.is_empty()) {
            return Err(Refused::TooManyColumns);
        }
        let row = counting.row(&record);
        let cells = record.iter().take(limits::COLUMNS).map(|cell| unmarked(&String::from_utf8_lossy(cell))).collect();
        filling.push(row, cells)?;
    }
    filling.done()
}

/// Rows as a spreadsheet counts them: lines, empty ones among them, without those within cells.
struct Counting<'a> {
    text: &'a [u8],
    /// Up to where lines were counted.
    upto: usize,
    lines: usize,
    /// How many of them were within cells.
    within: usize,
}

impl Counting<'_> {
    /// The number of the next record.
    fn row(&mut self, record: &ByteRecord) -> u32 {
        // The reader says where it began to look: line ends that are still before the record are passed over.
        let begun = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(self.upto).max(self.upto);
        let rest = self.text.get(begun..).unwrap_or_default();
        let start = begun + rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        self.lines += ends(self.text.get(self.upto..start).unwrap_or_default());
        self.upto = start;
        let row = self.lines.saturating_sub(self.within).saturating_add(1);
        self.within += record.iter().map(ends).sum::<usize>();
        u32::try_from(row).unwrap_or(u32::MAX)
    }
}

fn ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b == b'\n').count()
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).trim(Trim::None).from_reader(text.as_bytes())
}

/// What stands between cells: what makes the most rows as wide as the first one, and of those what makes them widest.
fn delimiter(text: &str) -> u8 {
    // Excel writes it down where it is asked to.
    if let Some(said) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()).filter(|b| DELIMITERS.contains(b)) {
        return said;
    }
    let fit = |delimiter: u8| {
        let widths: Vec<usize> = reader(text, delimiter).into_byte_records().take(LOOKED_AT).flatten().map(|row| row.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let alike = widths.iter().filter(|width| **width == first).count();
        if first < 2 { (0, 0) } else { (alike * 100 / widths.len().max(1), first) }
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| fit(*delimiter));
    best.unwrap_or(b',')
}

/// A cell without the mark that keeps a spreadsheet from calculating it.
fn unmarked(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
