//! The desk without its window, against a server that is nothing but the rulebook and a feed, with a clock, a keyring and a
//! network in the hands of the test.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod acts;
mod attachments;
mod audit;
mod clients;
mod conversations;
mod crash;
mod damage;
mod designs;
mod ends;
mod factor;
mod hostile;
mod hour;
mod idle;
mod imports;
mod kept;
mod keyring;
mod links;
mod lists;
mod local;
mod locked;
mod orders;
mod organisation;
mod outbox;
mod own;
mod pace;
mod pause;
mod pictures;
mod quiet;
mod report;
mod secrecy;
mod sessions;
mod staff;
mod toasts;
mod views;
mod world;
