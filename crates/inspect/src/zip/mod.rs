//! ZIP: its directory is read with limits and compared with what stands before each entry, so that it cannot lie about where things
//! are; nothing is unpacked (facts 4.9; APPNOTE 6.3.10). Every byte of the archive belongs to exactly one thing.

mod directory;
mod layout;
mod names;

use std::collections::BTreeSet;

use domain::file::{MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED};

use crate::{Check, Entry, bytes::Numbers as _, foreign};
use directory::Central;

/// By what an entry begins.
pub(crate) const LOCAL: &[u8; 4] = b"PK\x03\x04";
/// By what a line of the directory begins.
pub(crate) const CENTRAL: &[u8] = b"PK\x01\x02";
/// By what the record at the end begins.
pub(crate) const END: &[u8; 4] = b"PK\x05\x06";
/// How long that record is without its comment.
const END_LENGTH: usize = 22;
/// Within how many bytes from the end it stands: its comment has at most 65,535.
pub(crate) const TAIL: usize = END_LENGTH + 65_535;
/// Entries that are not larger than this may be packed as well as they can: an empty picture packs well and does no harm.
const SMALL: u64 = 1 << 20;

/// Where the directory is, and how many lines it has.
struct End {
    at: usize,
    entries: usize,
    size: usize,
    offset: usize,
}

pub(crate) fn walk(bytes: &[u8]) -> Result<Vec<Entry>, Check> {
    let end = end(bytes)?;
    let central = directory::read(bytes, &end)?;
    let mut names = BTreeSet::new();
    for entry in &central {
        names::check(entry)?;
        if !names.insert(entry.name) {
            return Err(Check::ZipDirectory);
        }
    }
    sizes(bytes, &central)?;
    layout::check(bytes, &central, end.offset)?;
    // What lies unpacked in it is seen: an archive under another name.
    if foreign::holds_archive(bytes) {
        return Err(Check::ZipNested);
    }
    Ok(central.iter().map(|entry| Entry { name: names::text(entry.name).into_owned(), size: entry.unpacked }).collect())
}

/// The record at the end. The last one counts, as for every reader, and its comment reaches to the end of the file.
fn end(bytes: &[u8]) -> Result<End, Check> {
    let tail = bytes.len().saturating_sub(TAIL);
    let at = tail + memchr::memmem::rfind(&bytes[tail..], END).ok_or(Check::Truncated)?;
    let number = |place: usize| bytes.le16(at + place).map(usize::from).ok_or(Check::Truncated);
    let length = |place: usize| bytes.place(at + place).ok_or(Check::Truncated);
    let behind = at + END_LENGTH + number(20)?;
    if behind != bytes.len() {
        return Err(if behind < bytes.len() { Check::TrailingData } else { Check::Truncated });
    }
    let (disk, directory_disk, here, entries) = (number(4)?, number(6)?, number(8)?, number(10)?);
    let end = End { at, entries, size: length(12)?, offset: length(16)? };
    if disk != 0 || directory_disk != 0 || here != entries {
        return Err(Check::ZipSpanned);
    }
    match entries {
        0 => Err(Check::ZipEmpty),
        entries if entries > MOST_ENTRIES => Err(Check::ZipTooManyEntries),
        _ if end.offset.checked_add(end.size) != Some(end.at) => Err(Check::ZipDirectory),
        _ => Ok(end),
    }
}

/// What the archive says it holds: not too much of it, and not too much for so few bytes.
fn sizes(bytes: &[u8], central: &[Central<'_>]) -> Result<(), Check> {
    let unpacked = central.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.unpacked));
    if unpacked > MOST_UNPACKED {
        return Err(Check::ZipTooLarge);
    }
    let honest = |unpacked: u64, packed: usize| unpacked <= SMALL || unpacked <= MOST_RATIO.saturating_mul(packed as u64);
    let all = honest(unpacked, bytes.len()) && central.iter().all(|entry| honest(entry.unpacked, entry.packed));
    if all { Ok(()) } else { Err(Check::ZipRatio) }
}
