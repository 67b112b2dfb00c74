//! The directory of an archive.

use super::{CENTRAL, End};
use crate::{Check, bytes::Numbers as _};

/// How long a line is without name, extra fields and comment.
const LENGTH: usize = 46;

/// A line of the directory: an entry, as it is said to be.
pub(super) struct Central<'b> {
    pub(super) name: &'b [u8],
    /// Other names that some readers go by instead.
    pub(super) extra: &'b [u8],
    pub(super) method: u16,
    pub(super) encrypted: bool,
    pub(super) sum: u32,
    pub(super) packed: usize,
    pub(super) unpacked: u64,
    /// What kind of file it is on Unix; 0 where nothing is said.
    pub(super) mode: u16,
    /// Where it begins.
    pub(super) offset: usize,
}

/// Reads the whole directory; there are as many lines as it says, and nothing besides.
pub(super) fn read<'b>(bytes: &'b [u8], end: &End) -> Result<Vec<Central<'b>>, Check> {
    let (mut rest, mut all) = (&bytes[end.offset..end.at], Vec::with_capacity(end.entries));
    while !rest.is_empty() {
        if all.len() == end.entries {
            return Err(Check::ZipDirectory);
        }
        let (entry, length) = line(rest).ok_or(Check::ZipDirectory)?;
        all.push(entry?);
        rest = &rest[length..];
    }
    if all.len() == end.entries { Ok(all) } else { Err(Check::ZipDirectory) }
}

/// One line and its length; nothing where none stands.
fn line(bytes: &[u8]) -> Option<(Result<Central<'_>, Check>, usize)> {
    if !bytes.starts_with(CENTRAL) {
        return None;
    }
    let number = |at: usize| bytes.le16(at).map(usize::from);
    let (name, extra, comment) = (number(28)?, number(30)?, number(32)?);
    let (extra_at, comment_at) = (LENGTH + name, LENGTH + name + extra);
    let length = comment_at + comment;
    bytes.get(..length)?;
    if number(34)? != 0 {
        return Some((Err(Check::ZipSpanned), length));
    }
    let flags = bytes.le16(8)?;
    let entry = Central {
        name: &bytes[LENGTH..extra_at],
        extra: &bytes[extra_at..comment_at],
        method: bytes.le16(10)?,
        encrypted: flags & 1 != 0,
        sum: bytes.le32(16)?,
        packed: bytes.place(20)?,
        unpacked: u64::from(bytes.le32(24)?),
        mode: bytes.le16(40)?,
        offset: bytes.place(42)?,
    };
    // A directory that is encrypted itself says nothing.
    let hidden = flags & (1 << 13) != 0;
    // What is only kept has one size.
    let lies = entry.method == 0 && !entry.encrypted && entry.packed as u64 != entry.unpacked;
    Some((if hidden || lies { Err(Check::ZipDirectory) } else { Ok(entry) }, length))
}
