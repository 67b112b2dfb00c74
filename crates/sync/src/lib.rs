//! # The engine that keeps a mirror and a server together
//!
//! A [`Transport`] carries requests; an [`Engine`] owns when to ask and when to send: first everything open, then the live feed
//! above it and the walk down from it, the outbox, holds, tokens, and what to do when any of it fails. The invariants it keeps
//! are quoted in `docs/sync.md`. This crate must never contain SQL, and no rule: the mirror keeps, the rulebook judges.
//!
//! How to add an exchange: a method of [`Transport`], one small function in `http`, one answer of the scripted server in
//! `tests`. How to survive one more fault: a value of [`Fault`], what `engine/recover.rs` does about it, and a named test.

mod backoff;
mod clock;
mod engine;
mod fault;
mod http;
mod line;
mod sse;
mod tokens;
mod transport;

pub use clock::Clock;
pub use engine::{Asking, Ended, Engine, Files, Handle, Keeping, Moving, News, Parts, Watcher};
pub use fault::{Distrust, Fault};
pub use http::{BadAddress, Http, offset_refused};
pub use line::{LineState, STUCK};
pub use sse::Sse;
pub use tokens::{Pair, TokenKeeper, Tokens};
pub use transport::{Announce, Ask, AuditAsk, Begun, Event, Events, FactorAsk, FactorTold, FileAsk, Found, Pages, Transport};
