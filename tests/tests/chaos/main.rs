//! The short form of `cargo xtask chaos` (docs/chaos.md): the same program, for some seconds.

mod storms;
