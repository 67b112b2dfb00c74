//! Files that are right, made in memory, and their parts, from which others can be made that are not; and those others.

#![expect(clippy::expect_used, reason = "these are tools of tests: without its file a test stops")]

mod archive;
mod hostile;
mod image;

pub use archive::{Member, rar4, rar5, zip, zip_with};
pub use hostile::{Hostile, hostile, largest};
pub use image::{JPEG, PNG_END, chunk, deflated, jpeg, jpeg_of, pixels, png, png_of};

/// A document with so many bytes.
///
/// # Panics
/// When they are fewer than a document has.
#[must_use]
pub fn pdf(size: usize) -> Vec<u8> {
    let (head, end) = (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\n"[..], &b"\nstartxref\n0\n%%EOF\n"[..]);
    let room = size.checked_sub(head.len() + end.len()).expect("room for a beginning and an end");
    [head, &vec![b' '; room], end].concat()
}
