//! The desk's files against a small server made of the rulebook alone.

#![expect(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "helpers of tests")]

mod abandoned;
mod acts;
mod clients;
mod converge;
mod conversations;
mod crash;
mod damage;
mod drawer;
mod feed;
mod files;
mod hostile;
mod keeping;
mod kept;
mod lists;
mod merging;
mod mixed;
mod oracle;
mod orders;
mod report;
mod search;
mod staged;
mod standing;
mod world;
