//! An account at work: its two files, the engine between them and the server, and what goes on beside the window's questions.

mod chat;
mod clicks;
mod held;
mod idle;
mod listen;
mod near;
mod pace;
mod recovered;
mod rest;
mod status;
mod tidings;
mod toasts;
mod transfers;
mod upkeep;

pub(crate) use clicks::Clicks;
pub(crate) use idle::Presence;
pub(crate) use listen::{Relay, listen};
pub(crate) use near::Stuck;
pub(crate) use pace::Pace;
pub(crate) use status::Told;
pub(crate) use upkeep::upkeep;

use bridge::{DeskError, SessionInfo};
use domain::{
    id::{CommandId, NoteId, RecordId},
    records::Settings,
    role::Actor,
    time::{UtcMillis, Zone},
};
use mirror::Cabinet;
use std::sync::{Arc, Mutex, PoisonError};
use sync::{Asking, Handle, News, Transport};
use tokio::{sync::mpsc::UnboundedReceiver, task::JoinHandle};

use crate::{
    account::{Account, Entry, Secret},
    desk::{Desk, Inner},
    error::file_error,
    keys::FileKeys,
    ports::Ids,
    session::{Left, Phase},
};

/// What a session begins with.
pub(crate) struct Begun {
    pub(crate) cabinet: Cabinet,
    pub(crate) engine: Handle,
    pub(crate) entry: Entry,
    pub(crate) secret: Secret,
    pub(crate) keys: FileKeys,
    pub(crate) account: Arc<Account>,
    pub(crate) transport: Arc<dyn Transport>,
}

/// What the keys of the open files are wrapped anew with, when the account has another password.
#[derive(Clone)]
pub(crate) struct Wrapping {
    pub(crate) entry: Entry,
    pub(crate) secret: Secret,
    pub(crate) keys: FileKeys,
    pub(crate) account: Arc<Account>,
}

/// An account at work.
pub(crate) struct Work {
    pub(crate) cabinet: Cabinet,
    pub(crate) engine: Handle,
    pub(crate) account: Arc<Account>,
    /// Ids of a command and a note that are never given: with them the rulebook is asked what it would say.
    pub(crate) would_be: (CommandId, NoteId),
    entry: Entry,
    secret: Secret,
    /// The files are open by them. They leave memory with the work: a locked desk has none.
    keys: FileKeys,
    transport: Arc<dyn Transport>,
    settings: Mutex<Settings>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Work {
    /// Begins.
    pub(crate) async fn begin(begun: Begun, ids: &dyn Ids) -> Self {
        let Begun { cabinet, engine, entry, secret, keys, account, transport } = begun;
        let now = engine.now();
        let would_be = (CommandId::from_uuid(ids.uuid(now)), NoteId::from_uuid(ids.uuid(now)));
        if let Err(error) = cabinet.expect(&[RecordId::from(would_be.1)], now).await {
            tracing::error!(%error, "the files cannot be read");
        }
        let settings = Mutex::new(cabinet.settings(now).await.unwrap_or_default());
        let tasks = Mutex::default();
        Self { cabinet, engine, account, would_be, entry, secret, keys, transport, settings, tasks }
    }
    /// The server's clock as estimated here.
    pub(crate) fn now(&self) -> UtcMillis {
        self.engine.now()
    }
    /// The way to ask the server beside the engine's own work. It holds no files: whoever waits for an answer stops nobody who closes
    /// them.
    pub(crate) fn asking(&self) -> Asking {
        self.engine.asking(Arc::clone(&self.transport))
    }
    /// The organisation's settings.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// As of when what is shown is true.
    pub(crate) fn as_of(&self) -> Option<UtcMillis> {
        self.engine.line().borrow().as_of
    }
    /// Who gives commands here.
    pub(crate) fn actor(&self) -> Actor {
        self.account.who().actor()
    }
    /// The folder of the account.
    pub(crate) const fn entry(&self) -> &Entry {
        &self.entry
    }
    /// What its keys are wrapped anew with.
    pub(crate) fn wrapping(&self) -> Wrapping {
        let (entry, secret, keys) = (self.entry.clone(), self.secret.clone(), self.keys.clone());
        Wrapping { entry, secret, keys, account: Arc::clone(&self.account) }
    }
    /// The organisation's zone; [`Inner::zone`] is the one in which the person reads.
    pub(crate) fn org_zone(&self) -> Zone {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).zone
    }
    /// Who sits here, as the window shows it.
    pub(crate) fn info(&self) -> SessionInfo {
        self.account.who().info(&self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// Reads the organisation's settings again. Whether the window shows something of them otherwise now.
    async fn read_settings(&self) -> Result<bool, DeskError> {
        let settings = self.cabinet.settings(self.now()).await.map_err(file_error)?;
        let before = self.info();
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(before != self.info())
    }
    /// What goes on beside the window's questions; whoever closes the files ends it first.
    pub(crate) fn take_tasks(&self) -> Vec<JoinHandle<()>> {
        std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// Closes the files. The engine has stopped, and nobody reads any more.
    pub(crate) async fn close(self) -> Left {
        let unsent = match self.cabinet.tallies(self.now()).await {
            Ok(tallies) => tallies.queued,
            Err(error) => {
                tracing::error!(%error, "what waits cannot be counted");
                self.account.who().unsent
            }
        };
        self.note_line(Some(unsent));
        let Self { cabinet, account, entry, secret, transport, .. } = self;
        if let Err(error) = cabinet.close().await {
            tracing::error!(%error, "the files cannot be closed");
        }
        Left { entry, secret, account, transport, unsent }
    }
    /// Keeps what the next start shows before it has reached the server.
    fn note_line(&self, unsent: Option<u32>) {
        let line = self.engine.line().borrow().clone();
        self.account.change(|who| {
            who.offset_ms = line.offset_ms;
            who.as_of = line.as_of.or(who.as_of);
            who.unsent = unsent.unwrap_or(who.unsent);
        });
    }
}

impl Desk {
    /// Begins to listen to the engine, and to look after the files. Somebody is at work.
    pub(crate) async fn attend(&self, news: UnboundedReceiver<News>) {
        let tasks = [listen(&self.inner, news), upkeep(&self.inner)];
        if let Ok(work) = self.inner.work().await {
            work.tasks.lock().unwrap_or_else(PoisonError::into_inner).extend(tasks);
        }
    }
}

impl Inner {
    /// Tells the window who sits here, when that looks otherwise now.
    async fn tell_session(&self) {
        let phase = self.phase.read().await;
        if matches!(*phase, Phase::Open(_)) {
            self.tell(bridge::Event::Session { session: phase.state() });
        }
    }
}
