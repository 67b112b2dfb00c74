//! Tools of the desk's tests: records, a server that is nothing but the rulebook and a feed (`Model`), and with the feature
//! `net` the network between it and an engine, on time that a test owns; and the laws that what tests do to a server may not break. Only
//! dev-dependencies and tools of tests name this crate.

#![expect(clippy::unwrap_used, clippy::panic, reason = "these are tools of tests: without its world a test stops")]

#[cfg(feature = "net")]
mod clock;
#[cfg(feature = "net")]
mod factor;
pub mod laws;
mod model;
#[cfg(feature = "net")]
mod net;
mod pages;
pub mod records;
#[cfg(feature = "net")]
mod stream;
#[cfg(feature = "net")]
mod uploads;
#[cfg(feature = "net")]
mod way;

#[cfg(feature = "net")]
pub use clock::Manual;
#[cfg(feature = "net")]
pub use factor::{CODE, SECRET};
pub use model::Model;
#[cfg(feature = "net")]
pub use net::{Mishap, Net, Op, problem};
#[cfg(feature = "net")]
pub use way::Way;
