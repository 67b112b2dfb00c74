//! What tests of this and other crates build on: sample records and commits, the conformance suite, and a PostgreSQL that is
//! thrown away. Only with the feature `testing`.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "all of this is test code; only part of it is compiled as such")]

pub mod conformance;
pub mod dump;
#[cfg(test)]
mod engines;
pub mod every;
pub mod postgres;
pub mod sample;
