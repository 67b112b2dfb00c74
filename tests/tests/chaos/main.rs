//! The short form of `cargo xtask chaos` (docs/chaos.md): the same program, for some seconds.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod storms;
