//! # Jobs
//!
//! Slow and outside work, written in the same transaction as its cause, claimed with a lease, tried again with growing pauses,
//! and laid aside where a person sees it. A job may run twice; whatever it does outside must bear that.
//!
//! How to add one: a file here with its kind and its work, a line in `runner.rs`, and whoever causes it writes a
//! [`store::JobWrite::Add`].

mod claim;
mod mail;
mod mail_token;
mod purge;
mod runner;
mod sweep;

pub use mail::{FolderMail, Letter, Mail, MailError, MemoryMail, SmtpMail};
pub use mail_token::{PASSWORD_RESET, TOKEN};
pub use purge::{Purge, forget_regularly};
pub use runner::Runner;
pub use sweep::{Swept, sweep, sweep_regularly};

use std::time::Duration;
use tokio::sync::watch;

/// Waits for an hour; whether it has passed before the server drains.
async fn an_hour_passes(drain: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(Duration::from_secs(3_600)) => true,
        _ = drain.changed() => false,
    }
}

/// Why a job was not done. Every failure says retry or give up.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later.
    #[error("{0}")]
    Retry(String),
    /// It never will.
    #[error("{0}")]
    GiveUp(String),
}

impl From<store::StoreError> for JobError {
    fn from(error: store::StoreError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<crate::writer::WriteError> for JobError {
    fn from(error: crate::writer::WriteError) -> Self {
        Self::Retry(error.to_string())
    }
}
