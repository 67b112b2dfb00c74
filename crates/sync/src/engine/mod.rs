//! The engine: when to ask, when to send, and what to do when either fails.
//!
//! A locked desk has an engine over its outbox alone: it sends, and hears the feed as a wake-up (`files`). Locking and unlocking
//! end one engine and start the other; what was on its way is in the outbox, and is sent again under its id.
//!
//! One task runs all of it, so that news come in order: `holds` and `pulse` for as long as the engine lives, and while the line
//! is wanted `sender`, `uploads` and `keeper` beside one history of the feed: first `begin`, then `live` upwards and `walk` downwards. Only the reading of
//! pages has a task of its own, which decodes the next part while this one is written.

mod asking;
mod begin;
mod core;
mod exchange;
mod files;
#[cfg(test)]
mod fire;
mod gather;
mod handle;
mod holds;
mod keeper;
mod link;
mod live;
mod pages;
mod pulse;
mod reader;
mod recover;
mod run;
mod sender;
mod transfer;
mod uploads;
mod walk;

pub use asking::Asking;
pub use files::Files;
pub use handle::Handle;
pub use keeper::Keeping;
pub use transfer::Moving;

use domain::{file::Sha256, id::OrderId, role::Role, time::UtcMillis};
use mirror::Applied;
use std::sync::Arc;

use crate::{clock::Clock, tokens::Tokens, transport::Transport};

/// What an engine works with.
pub struct Parts {
    /// The two files, or the outbox alone. The engine is their second owner until it has stopped.
    pub files: Files,
    /// The way to the server.
    pub transport: Arc<dyn Transport>,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
    /// The session.
    pub tokens: Tokens,
    /// Who is told.
    pub watcher: Arc<dyn Watcher>,
    /// What is added to this computer's clock to have the server's, as an earlier run found it.
    pub offset_ms: i64,
    /// The last acknowledged sync of an earlier run, by the server's clock.
    pub as_of: Option<UtcMillis>,
    /// Whether a person had stopped asking and sending.
    pub paused: bool,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parts { .. }")
    }
}

/// Is told what happened, in order, from the engine's own task: it must not block.
pub trait Watcher: Send + Sync + 'static {
    /// Something happened.
    fn told(&self, news: News);
}

/// What happened.
#[derive(Clone, Debug)]
pub enum News {
    /// Something in the files changed: records, commands, or both. Of a locked desk: what is new on the server.
    Applied(Applied),
    /// The state of the line changed: [`Handle::line`] has it.
    Line,
    /// The bytes of this file moved, or stopped moving: [`Handle::moving`] has how. At most four times a second while they move.
    Transfer(Sha256),
    /// Something of the files of this kept order came, or is being fetched, or is no longer: [`Handle::keeping`] has what.
    Kept(OrderId),
    /// This person's roles are others than the cabinet was opened with. The cabinet knows already.
    Roles(Vec<Role>),
    /// The session is over (`token_unknown`, or the account was closed): log in again and give the new tokens to
    /// [`Handle::replace_tokens`]. Nothing is destroyed.
    SessionLost,
    /// The engine has ended by itself.
    Ended(Ended),
}

/// Why an engine ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Somebody ended this device (`device_ended`, `token_reused`): the key of the mirror is to be destroyed. The outbox stays,
    /// and nothing is sent any more.
    DeviceEnded,
    /// One of the files cannot be read to its end: opening them again sets it aside and begins anew.
    Damaged,
}

/// Starts engines.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// Starts one. It must be called within a tokio runtime. No network at all is no error.
    #[must_use]
    pub fn start(parts: Parts) -> Handle {
        run::start(parts)
    }
}
