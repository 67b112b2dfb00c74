//! An independent client, written from docs/protocol.md alone: it shares no type and no constant with the server. Each test
//! starts a server process of its own and speaks to it as a stranger would. Beside it stands what whoever runs the server does
//! on its command line. Only `security` knows the rulebook's registry, so that no command is left out.
//!
//! `MEJA_TEST_DATABASE` holds `postgres` to run the same against PostgreSQL (`cargo xtask test` does both), and
//! `MEJA_TEST_FILES` holds `s3` to have the files in a bucket.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where the answer is not the page's")]

mod accounts;
mod api;
mod attachments;
mod auth;
mod authenticator;
mod bucket;
mod client;
mod commands;
mod conversations;
mod designs;
mod feed;
mod frame;
mod imports;
mod logs;
mod mailed_link;
mod merging;
mod orders;
mod restore;
mod safekeeping;
mod second_factor;
mod security;
mod settings;
mod uploads;
