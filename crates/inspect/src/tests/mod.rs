//! Files of every kind: right ones, hostile ones, and those near to right ones.

mod good;
mod hostile;
mod near;

use domain::file::FilePolicy;

use crate::{Check, Facts, inspect};

/// The most memory that looking at a file takes, in bytes.
const MEMORY: u64 = 64 << 20;
/// The most bytes of a design.
const MOST: usize = 10_485_760;

/// Looks at a design, and holds the inspector to its memory.
fn looked_at(name: &str, declared: Option<&str>, bytes: &[u8]) -> Result<Facts, Check> {
    let (most, done) = ::hostile::most_allocated(|| inspect(&FilePolicy::Design, name, declared, bytes));
    assert!(most <= MEMORY, "{name} of {} bytes took {most} bytes of memory", bytes.len());
    done.map_err(|refused| refused.check)
}
