//! # The program behind the window, without a window
//!
//! Mirror, sync, notifier, keyring and preferences behind small traits. It must never contain tauri: whatever needs a window
//! or a tray is in the shell, and asks here. A [`Desk`] answers each query of `bridge` by the method of its name, and tells
//! what happens without being asked by [`Desk::events`].
//!
//! How to add one more: what the outside world does for the desk is a small trait with one real implementation and one for
//! tests; what the window asks is a method in `queries/<area>.rs` that answers a query of `bridge`.

mod account;
mod address;
mod desk;
mod diagnostics;
mod error;
mod export;
mod files;
mod folder;
mod import;
pub mod keys;
mod link;
pub mod notify;
mod parts;
mod ports;
mod preferences;
mod queries;
mod session;
mod shell;
pub mod vault;
mod work;

pub use desk::Desk;
pub use diagnostics::Crashes;
pub use parts::{Connect, OpenError, Options, Parts};
pub use ports::{Chooser, Ids, Opener};
pub use shell::{SystemClock, SystemIds, over_http};
