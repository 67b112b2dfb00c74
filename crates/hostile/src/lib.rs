//! # Hostile input
//!
//! What an attacker, a broken disk or a newer program would send, made from what is right: bytes that were cut, turned and
//! doubled, and JSON in which single values are others. Random bytes alone never come past the first brace. For tests alone:
//! it must never be built into a program, and it knows no word of the product.
//!
//! How to add one more: a text in [`TEXTS`] or a value in [`strange`]; every decoder is met with it from then on.

mod bytes;
mod json;
mod texts;

pub use bytes::{bytes_near, text_near};
pub use json::{near, strange};
pub use texts::TEXTS;

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
