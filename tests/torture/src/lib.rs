//! # A simulated world
//!
//! The real server and real desks, and clients of the public interface, in one process on simulated time and a simulated
//! network, from one seed; everything goes wrong that can; and afterwards the invariants of `docs/sync.md` are looked at. How it
//! is used, what it found, and the faults planted to prove that it would find them: `docs/torture.md`.
//!
//! How to add a mishap: a value of `plan::What`, and what it does in `steps`. How to add a law: in `feedlaw` what can be said of
//! one answer of the server, in `endlaw` what holds when everybody rests. A command that is added to the rulebook joins by itself.

#![expect(clippy::unwrap_used, reason = "a tool of tests: without its world it stops")]

mod args;
mod client;
mod courier;
mod desk;
mod dice;
mod disk;
mod endlaw;
mod faults;
mod feedlaw;
mod filelaw;
mod goods;
mod heal;
mod house;
mod jobs;
mod letters;
mod listener;
mod momentlaw;
mod net;
mod plan;
mod quiet;
mod restlaw;
mod run;
mod seedling;
mod sending;
mod steps;
mod time;
mod trace;
mod tus;
mod wire;
mod world;

pub use args::unknown;
pub use faults::FAULTS;
pub use plan::Plan;
pub use run::{Ground, Report, shrink};
