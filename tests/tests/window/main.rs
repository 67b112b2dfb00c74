//! The real window: a real server process, keyring daemon, notification daemon and tray watcher, and WebKit led by its driver.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where its world is missing")]

#[path = "../protocol/authenticator.rs"]
mod authenticator;
#[path = "../protocol/client.rs"]
#[expect(dead_code, reason = "the client of the protocol's tests can do more than these need")]
mod client;

#[path = "../browser/hands.rs"]
mod hands;
#[path = "../browser/steps.rs"]
mod steps;

mod conflict;
mod designs;
mod factor;
mod journey;
mod keyring;
mod lock;
mod main_job;
mod offline;
mod orders;
mod secrets;
mod shell;
mod talk;
mod tls;
mod world;
