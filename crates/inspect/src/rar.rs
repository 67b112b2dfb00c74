//! RAR: its first header alone, with its checksum. The rest cannot be read without unpacking it.

use crate::{Check, bytes::Numbers as _};

/// By what RAR up to 4 begins.
pub(crate) const RAR4: &[u8] = b"Rar!\x1a\x07\x00";
/// By what RAR from 5 begins.
pub(crate) const RAR5: &[u8] = b"Rar!\x1a\x07\x01\x00";

pub(crate) fn walk(bytes: &[u8]) -> Result<(), Check> {
    if bytes.starts_with(RAR5) { five(&bytes[RAR5.len()..]) } else { four(&bytes[RAR4.len()..]) }
}

/// Checksum (16 bits), type 0x73, flags, size of the header.
fn four(header: &[u8]) -> Result<(), Check> {
    let (sum, size) = header.le16(0).zip(header.le16(5)).ok_or(Check::Truncated)?;
    if header[2] != 0x73 || size < 13 {
        return Err(Check::Damaged);
    }
    let covered = header.get(2..usize::from(size)).ok_or(Check::Truncated)?;
    let [.., high, low] = crc32fast::hash(covered).to_be_bytes();
    if sum == u16::from_be_bytes([high, low]) { Ok(()) } else { Err(Check::Damaged) }
}

/// Checksum (32 bits), size of what follows, type: 1 for an archive, 4 for one whose names are encrypted.
fn five(header: &[u8]) -> Result<(), Check> {
    let sum = header.le32(0).ok_or(Check::Truncated)?;
    let covered = &header[4..];
    let (size, length) = number(covered)?;
    let end = usize::try_from(size).ok().and_then(|size| size.checked_add(length)).ok_or(Check::Damaged)?;
    let covered = covered.get(..end).ok_or(Check::Truncated)?;
    let (kind, _) = number(&covered[length..])?;
    if matches!(kind, 1 | 4) && crc32fast::hash(covered) == sum { Ok(()) } else { Err(Check::Damaged) }
}

/// A number in groups of seven bits, the lowest first, and how many bytes it took.
fn number(bytes: &[u8]) -> Result<(u64, usize), Check> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((value, at + 1));
        }
    }
    Err(if bytes.len() < 9 { Check::Truncated } else { Check::Damaged })
}
