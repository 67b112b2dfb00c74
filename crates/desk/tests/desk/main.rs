//! The desk without its window, against a server that is nothing but the rulebook and a feed, with a clock, a keyring and a
//! network in the hands of the test. Clock, network and server are those of the engine's own tests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![expect(dead_code, reason = "the engine's own tests use more of the network and its server")]

#[path = "../../../sync/tests/engine/clock.rs"]
mod clock;
#[path = "../../../sync/tests/engine/model.rs"]
mod model;
#[path = "../../../sync/tests/engine/net.rs"]
mod net;
#[path = "../../../sync/tests/engine/records.rs"]
mod records;
#[path = "../../../sync/tests/engine/stream.rs"]
mod stream;

mod acts;
mod damage;
mod ends;
mod keyring;
mod lists;
mod outbox;
mod secrecy;
mod sessions;
mod toasts;
mod world;
