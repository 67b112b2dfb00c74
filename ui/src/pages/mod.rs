//! The screens. Each is a folder: `mod.rs` wires, `state.rs` holds the signals and the named changes, the rest draws.

pub(crate) mod audit;
pub(crate) mod clients;
pub(crate) mod conversations;
pub(crate) mod desk;
pub(crate) mod dialogs;
#[cfg(feature = "mock")]
pub(crate) mod gallery;
pub(crate) mod gate;
pub(crate) mod imports;
pub(crate) mod inbox;
pub(crate) mod local;
pub(crate) mod notices;
pub(crate) mod orders;
pub(crate) mod outbox;
pub(crate) mod palette;
pub(crate) mod paper;
pub(crate) mod report;
pub(crate) mod rows;
pub(crate) mod settings;
pub(crate) mod staff;
pub(crate) mod talk;
pub(crate) mod views;
