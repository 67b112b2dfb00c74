//! # The desk's two files
//!
//! `outbox.db` is precious: what this desk has done and the server has not yet answered, and everything a person typed.
//! `mirror.db` is disposable: the server's records as they are shown. Both are SQLCipher files with raw keys of their own, one
//! connection and one owner each. A [`Cabinet`] is the pair of one account; it keeps their order and what is laid on top. A
//! [`Drawer`] is the outbox alone: while the mirror is locked what waits is sent, and nothing can be asked that a mirror answers.
//! This crate must never contain a network: when to ask and when to send is `sync`'s affair.
//!
//! How to add a list: a query in `queries/<area>.rs` over the list columns, with a test that runs it. How to add a kind: its
//! columns in `columns.rs`. How to change the outbox: a new file in `migrations/`, never an edited one.

mod cabinet;
mod chunk;
mod columns;
mod drawer;
mod error;
mod file;
mod key;
#[cfg(feature = "measure")]
pub mod measure;
mod mirror;
mod outbox;
pub mod queries;
#[cfg(feature = "testing")]
pub mod trouble;

pub use cabinet::{
    Applied, Cabinet, Given, KEPT_MOST, KEPT_ORDERS, KeepAnswer, KeptFiles, KeptOrder, KeptOrders, Keys, Known, Opened, SentAgain, Stand,
    Steps, Submission, Taken, TakenBack, Verdict, Wanted,
};
pub use chunk::{Arrival, Chunk, Loss, Place};
pub use drawer::Drawer;
pub use error::{Error, Result};
pub use key::Key;
pub use mirror::{Kept, Owner, Tally};
/// The versions of the tables of mirror and outbox that this program writes.
pub const VERSIONS: (i64, i64) = (mirror::VERSION, outbox::VERSION);

pub use outbox::{Attachment, Batch, Entry, Salvage, Saw, Settled, Staged};
