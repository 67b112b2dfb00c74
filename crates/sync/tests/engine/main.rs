//! The engine against a server made of the rulebook and a feed, on time that the tests own.
//! The tests of `desk` use `clock`, `model`, `net`, `records` and `stream` as well.

#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "helpers of tests")]

mod clock;
mod desk;
mod feed;
mod line;
mod model;
mod net;
mod outbox;
mod records;
mod resets;
mod session;
mod simulation;
mod stream;
