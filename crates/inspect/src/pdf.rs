//! PDF: its beginning and its end. It is never drawn, so nothing in between is looked at (R-078 asks for an icon).

use crate::Check;

/// Behind the last object stands the end's mark, within so many bytes.
const END_WITHIN: usize = 1_024;

pub(crate) fn walk(bytes: &[u8]) -> Result<(), Check> {
    if !bytes.get(5).is_some_and(u8::is_ascii_digit) {
        return Err(Check::Damaged);
    }
    let from = bytes.len().saturating_sub(END_WITHIN);
    let end = memchr::memmem::rfind(&bytes[from..], b"%%EOF").ok_or(Check::Truncated)?;
    let behind = &bytes[from + end + 5..];
    if behind.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) { Ok(()) } else { Err(Check::TrailingData) }
}
