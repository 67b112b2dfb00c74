//! # The program behind the window, without a window
//!
//! Mirror, sync, notifier, keyring and preferences behind small traits. It must never contain tauri: whatever needs a window
//! or a tray is in the shell, and asks here.
//!
//! How to add one more: what the outside world does for the desk is a small trait with one real implementation and one for
//! tests; what the window asks is a method that answers a query of `bridge`.

pub mod keys;
pub mod notify;
pub mod vault;
