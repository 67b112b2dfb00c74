//! What tests are made with: a whole server without a socket, time that a test moves, and people who ask.

#![expect(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "these are tools of tests: without its world a test stops")]

mod app;
mod clock;
mod peer;
mod upload;

pub use app::{PASSWORD, TestApp, TestAppBuilder};
pub use clock::TestClock;
pub use peer::{Answer, Events, Page, Peer, SseEvent, command};
