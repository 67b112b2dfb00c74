//! What entries are called, and what their names say they are.

use std::borrow::Cow;

use super::{LOCAL, directory::Central};
use crate::{Check, bytes::Numbers as _};

/// Archives by their ending.
const ARCHIVES: &[&str] = &[
    "zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "lz", "lzma", "lz4", "z", "cab", "arj", "lzh", "ace", "iso",
    "jar", "apk", "dmg", "zipx",
];
/// Documents that are archives inside: what designers send.
const DOCUMENTS: &[&str] = &[
    "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg", "sketch", "xd", "fig", "idml", "epub", "key", "pages", "numbers", "ora", "kra",
    "3mf", "cdr", "afdesign",
];
/// Where Info-ZIP keeps a name in Unicode.
const UNICODE_PATH: u16 = 0x7075;

/// A name as text; what is not UTF-8 is of an older encoding, and shown as well as it can be.
pub(super) fn text(name: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(name)
}

/// An entry is unpacked below the folder it is unpacked into, under every name it has; it points nowhere; and it is no archive.
pub(super) fn check(entry: &Central<'_>) -> Result<(), Check> {
    let names = std::iter::once(entry.name).chain(unicode_paths(entry.extra)?);
    for name in names {
        let name = text(name);
        if !stays_within(&name) {
            return Err(Check::ZipPath);
        }
        if ending(&name).is_some_and(|ending| ARCHIVES.contains(&ending.as_str())) {
            return Err(Check::ZipNested);
        }
    }
    // On Unix the kind of a file stands in the highest four bits: 8 is a file, 4 a folder, and all others are links and devices.
    match entry.mode >> 12 {
        0 | 4 | 8 => Ok(()),
        _ => Err(Check::ZipLink),
    }
}

fn stays_within(name: &str) -> bool {
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    let mut parts = name.split(['/', '\\']);
    let first = parts.next().unwrap_or_default();
    // A folder ends with a slash, so the last part may be empty.
    !first.is_empty() && !drive && first != ".." && parts.all(|part| part != "..") && !name.chars().any(char::is_control)
}

/// The ending of a file's name, without spaces and dots behind it, which Windows drops.
fn ending(name: &str) -> Option<String> {
    let base = name.trim_end_matches(['.', ' ']).rsplit(['/', '\\']).next()?;
    base.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())
}

/// The names in the extra fields of a line: kind, length, then for a name its version and a checksum before it.
fn unicode_paths(extra: &[u8]) -> Result<Vec<&[u8]>, Check> {
    let (mut rest, mut found) = (extra, Vec::new());
    while let Some((kind, length)) = rest.le16(0).zip(rest.le16(2)) {
        let end = 4 + usize::from(length);
        let field = rest.get(4..end).ok_or(Check::ZipDirectory)?;
        if kind == UNICODE_PATH {
            found.push(field.get(5..).ok_or(Check::ZipDirectory)?);
        }
        rest = &rest[end..];
    }
    Ok(found)
}

/// An archive that lies unpacked in this one under a name that does not say so.
pub(super) fn no_archive_within(entry: &Central<'_>, data: &[u8]) -> Result<(), Check> {
    let document = || ending(&text(entry.name)).is_some_and(|ending| DOCUMENTS.contains(&ending.as_str()));
    let nested = entry.method == 0 && !entry.encrypted && data.starts_with(LOCAL) && !document();
    if nested { Err(Check::ZipNested) } else { Ok(()) }
}
