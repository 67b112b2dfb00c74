//! # Hostile input
//!
//! What an attacker, a broken disk or a newer program would send, made from what is right: bytes that were cut, turned and
//! doubled, and JSON in which single values are others. Random bytes alone never come past the first brace. For tests alone:
//! it must never be built into a program, and it knows no word of the product.
//!
//! How to add one more: a text in [`TEXTS`] or a value in [`strange`]; every decoder is met with it from then on.

mod bytes;
mod json;

pub use bytes::{bytes_near, text_near};
pub use json::{near, strange};

/// Texts that break out of markup, of addresses, of lines, of their direction, of their place in a table.
pub const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "\r\nX-Evil: 1\r\n\r\n",
    "<img src=x onerror=\"document.title='pwned'\">",
    "</span><script>document.title='pwned'</script>",
    "&lt;b&gt; <b>bold</b>",
    "\u{202e}gnilrih\u{202c}",
    "\u{2069}\u{202e}out of its isolate",
    "\u{feff}\u{200b}\u{200d}",
    "ab\u{e9}\u{1F468}\u{200D}\u{1F469}",
    "{ $name } {{7*7}} ${7*7} %s %n",
    "'; DROP TABLE record; --",
    "../../../../etc/passwd",
    "javascript:alert(1)",
    "-1",
    "9223372036854775808",
    "1e999",
    "2026-02-30",
    "9999-12-31T23:59:59.999Z",
    "-9999-01-01T00:00:00Z",
    "019abf6b-9d3c-7c11-8a52-0123456789ab",
    "00000000-0000-0000-0000-000000000000",
];

/// The most bytes that were allocated at one moment on this thread while something was done, beyond what was there before; and
/// what came of it.
pub fn most_allocated<T>(act: impl FnOnce() -> T) -> (u64, T) {
    let mut done = None;
    let info = allocation_counter::measure(|| done = Some(act()));
    #[expect(clippy::expect_used, reason = "the act was just done")]
    let done = done.expect("it was done");
    (info.bytes_max, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_counted_and_not_the_sum() {
        let (most, sum) = most_allocated(|| (0..100).map(|_| "x".repeat(1_000).len()).sum::<usize>());
        assert_eq!(sum, 100_000);
        assert!((1_000..3_000).contains(&most), "{most}");
    }
}
