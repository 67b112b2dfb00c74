//! Where the entries of an archive stand: one behind the other from the first byte to the directory, each as the directory says.

use super::{LOCAL, directory::Central, names};
use crate::{Check, bytes::Numbers as _};

/// How long an entry's header is without name and extra fields.
const LENGTH: usize = 30;
/// What stands behind an entry whose size was not known when it was begun: with or without its sign, for small and large files.
const DESCRIPTORS: [(usize, usize); 4] = [(12, 0), (16, 4), (20, 0), (24, 4)];

/// Where an entry's bytes are, and whether a descriptor stands behind them.
struct Place {
    begin: usize,
    data: usize,
    end: usize,
    described: bool,
}

/// Compares every entry with its line, and them with each other.
pub(super) fn check(bytes: &[u8], central: &[Central<'_>], directory: usize) -> Result<(), Check> {
    let mut sorted: Vec<&Central<'_>> = central.iter().collect();
    sorted.sort_by_key(|entry| entry.offset);
    if sorted.first().is_some_and(|entry| entry.offset != 0) {
        return Err(Check::ZipNotAtStart);
    }
    for (n, entry) in sorted.iter().enumerate() {
        let next = sorted.get(n + 1).map_or(directory, |next| next.offset);
        let place = local(bytes, entry)?;
        if place.end > next || place.begin == next {
            return Err(Check::ZipOverlap);
        }
        between(bytes, entry, &place, next)?;
        names::no_archive_within(entry, &bytes[place.data..place.end])?;
    }
    Ok(())
}

/// The header before an entry; it must say what the directory says.
fn local(bytes: &[u8], entry: &Central<'_>) -> Result<Place, Check> {
    let header = bytes.get(entry.offset..).filter(|header| header.starts_with(LOCAL)).ok_or(Check::ZipDirectory)?;
    let read = || {
        let (name, extra) = (usize::from(header.le16(26)?), usize::from(header.le16(28)?));
        let numbers = (header.le32(14)?, header.place(18)?, u64::from(header.le32(22)?));
        Some((header.le16(6)?, header.le16(8)?, numbers, header.get(LENGTH..LENGTH + name)?, LENGTH + name + extra))
    };
    let (flags, method, numbers, name, length) = read().ok_or(Check::ZipDirectory)?;
    let described = flags & (1 << 3) != 0;
    let (sum, packed, unpacked) = numbers;
    let unknown_yet = described && (sum == 0 && packed == 0 && unpacked == 0);
    let same = unknown_yet || numbers == (entry.sum, entry.packed, entry.unpacked);
    if !same || method != entry.method || name != entry.name || (flags & 1 != 0) != entry.encrypted {
        return Err(Check::ZipDirectory);
    }
    let data = entry.offset.checked_add(length).ok_or(Check::ZipDirectory)?;
    let end = data.checked_add(entry.packed).ok_or(Check::ZipDirectory)?;
    Ok(Place { begin: entry.offset, data, end, described })
}

/// Between an entry and what follows stands its descriptor, if it has one, and nothing else.
fn between(bytes: &[u8], entry: &Central<'_>, place: &Place, next: usize) -> Result<(), Check> {
    let gap = next - place.end;
    if !place.described {
        return if gap == 0 { Ok(()) } else { Err(Check::ZipDirectory) };
    }
    let Some((length, sign)) = DESCRIPTORS.iter().find(|(length, _)| *length == gap) else { return Err(Check::ZipDirectory) };
    let found = &bytes[place.end..next];
    let signed = *sign == 0 || found.starts_with(b"PK\x07\x08");
    let wide = if length - sign == 20 { 8 } else { 4 };
    let number = |at: usize| if wide == 8 { found.array(at).map(u64::from_le_bytes) } else { found.le32(at).map(u64::from) };
    let says = (found.le32(*sign), number(sign + 4), number(sign + 4 + wide));
    let holds = says == (Some(entry.sum), Some(entry.packed as u64), Some(entry.unpacked));
    if signed && holds { Ok(()) } else { Err(Check::ZipDirectory) }
}
