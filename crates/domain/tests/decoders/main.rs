//! Every decoder of the rulebook that meets the outside, under fire: no input makes it panic or take more memory than the
//! input explains, and what it takes it writes again as it was (issue 3).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod records;
mod samples;
mod texts;
mod wire;

use hostile::most_allocated;

/// How much memory an input may cost for each of its bytes: a JSON value of two bytes (`1,`) takes 32 in a tree whose lists grow
/// by doubling, and its place in an error is written down beside it.
const PER_BYTE: u64 = 200;
/// What anything may cost.
const ANYWAY: u64 = 64 * 1024;

/// Decodes something, within bounds.
fn bounded<T>(bytes: usize, decode: impl FnOnce() -> T) -> T {
    let (most, done) = most_allocated(decode);
    let allowed = ANYWAY + PER_BYTE * u64::try_from(bytes).unwrap();
    assert!(most <= allowed, "{bytes} bytes cost {most}, more than {allowed}");
    done
}
