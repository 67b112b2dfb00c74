//! One account on this computer: a folder with its two files, their wrapped keys, and a sealed file that says whose it is.

mod entry;
mod sealed;

pub(crate) use entry::{Entry, Secret, Typed, Unsealed};
pub(crate) use sealed::{Account, AtLock, Held, Who};
