//! The engine against a server made of the rulebook and a feed, on time that the tests own.

#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "helpers of tests")]

mod desk;
mod feed;
mod keeping;
mod line;
mod locked;
mod outbox;
mod resets;
mod session;
mod simulation;
mod uploads;
