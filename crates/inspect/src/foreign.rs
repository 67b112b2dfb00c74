//! Files that are two things at once. Readers of ZIP begin at the end, readers of RAR and 7z look for their sign behind whatever
//! stands there, and readers of PDF within the first kilobyte: so an image can be an archive as well (facts 4.9).

use memchr::memmem::find;

use crate::{
    Check,
    bytes::Numbers as _,
    zip::{CENTRAL, END, TAIL},
};

/// The signs of archives that are found anywhere in a file; long enough not to be met by chance.
const ANYWHERE: [&[u8]; 2] = [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"];
/// Up to where readers of PDF look for its beginning.
const PDF_WITHIN: usize = 1_024 + 5;

/// An image is nothing else besides.
pub(crate) fn none_in_image(bytes: &[u8]) -> Result<(), Check> {
    let head = &bytes[..bytes.len().min(PDF_WITHIN)];
    if find(head, b"%PDF-").is_some() {
        return Err(Check::TwoKinds);
    }
    none_in_document(bytes)
}

/// A document is no archive besides.
pub(crate) fn none_in_document(bytes: &[u8]) -> Result<(), Check> {
    if holds_archive(bytes) {
        return Err(Check::TwoKinds);
    }
    no_zip_behind(bytes)
}

/// Whether an archive that is found anywhere stands in these bytes.
pub(crate) fn holds_archive(bytes: &[u8]) -> bool {
    ANYWHERE.iter().any(|sign| find(bytes, sign).is_some())
}

/// Nothing that readers of ZIP would take for the end of an archive stands near the end. Readers differ in what they forgive, so the
/// comment of the record counts for nothing: it is one when a directory is where it says, from either side.
pub(crate) fn no_zip_behind(bytes: &[u8]) -> Result<(), Check> {
    let tail = bytes.len().saturating_sub(TAIL);
    let mut ends = memchr::memmem::find_iter(&bytes[tail..], END).map(|at| tail + at);
    if ends.any(|end| is_plausible(bytes, end)) { Err(Check::TwoKinds) } else { Ok(()) }
}

fn is_plausible(bytes: &[u8], end: usize) -> bool {
    let directory_at = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(CENTRAL));
    let (size, offset) = (bytes.place(end + 12), bytes.place(end + 16));
    let before = size.and_then(|size| end.checked_sub(size)).is_some_and(directory_at);
    // A record for archives beyond 4 GiB stands right before the end.
    let large = end.checked_sub(20).is_some_and(|at| bytes[at..].starts_with(b"PK\x06\x07"));
    before || offset.is_some_and(directory_at) || large
}
