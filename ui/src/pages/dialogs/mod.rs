//! Dialogs, and parts of them, that more than one screen opens: a reason, a colleague, a client.

mod assign;
mod client;
mod client_form;
mod export;
mod reason;

pub(crate) use assign::{AssignDialog, Colleagues};
pub(crate) use client::{ClientFields, ClientPart};
pub(crate) use client_form::{ClientField, ClientForm, SOURCES, entered};
pub(crate) use export::ExportDialog;
pub(crate) use reason::{ReasonDialog, Reasons};
