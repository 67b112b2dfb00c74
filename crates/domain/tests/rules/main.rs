//! The rulebook, judged from outside: every state × command × role by table, and laws by property.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where its world is not as it must be")]

mod clients;
mod conversations;
mod designs;
mod edges;
mod files;
mod imports;
mod laws;
mod merging;
mod orders;
mod sight;
mod staff;
mod table;
mod talk;
mod waiting;
mod world;
