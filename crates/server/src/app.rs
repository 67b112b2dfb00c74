//! The server put together: store, writer, publisher, sessions. It knows nothing of sockets, so that tests and simulations run
//! the same.

use domain::wire::AuditProof;
use ipnet::IpNet;
use std::{
    collections::HashSet,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};
use store::{IdempotencyKey, Store};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    accounts::{Cost, Failures, KeyFile, Passwords, Seal, Sessions},
    feed::{Page, PublisherTask, Ring, StoreHandle, Watcher},
    files::{Shelf, Turns},
    origin::Origins,
    public_url::PublicUrl,
    shell::Shell,
    writer::{Bells, Writer},
};

/// What can be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// What hashing a password costs.
    pub password_cost: Cost,
    /// How many passwords are hashed at once.
    pub password_workers: usize,
    /// The proxies whose headers count.
    pub trusted_proxies: Vec<IpNet>,
    /// Where files lie.
    pub files: Shelf,
    /// Whether files are looked at on a thread where it keeps nobody waiting. A simulation has one thread, and looks at them there.
    pub looks_aside: bool,
    /// Where people reach the server: stands in mails.
    pub public_url: Option<PublicUrl>,
    /// Where the key lies that seals second factors; without one nobody can turn one on.
    pub seal_key: Option<KeyFile>,
}

impl Default for Options {
    fn default() -> Self {
        let password_workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            password_cost: Cost::REAL,
            password_workers,
            trusted_proxies: Vec::new(),
            files: Shelf::in_memory(),
            looks_aside: true,
            public_url: None,
            seal_key: None,
        }
    }
}

impl Options {
    /// Whether a proxy stands before the server.
    #[must_use]
    pub const fn behind_proxy(&self) -> bool {
        !self.trusted_proxies.is_empty()
    }
}

/// Everything handlers need.
pub struct Parts {
    /// The records.
    pub store: Arc<dyn Store>,
    /// Time, chance, words.
    pub shell: Shell,
    /// The one writer.
    pub writer: Writer,
    /// What the writer tells.
    pub bells: Arc<Bells>,
    /// Who asks.
    pub sessions: Arc<Sessions>,
    /// Passwords.
    pub passwords: Passwords,
    /// What opens second factors.
    pub seal: Arc<Seal>,
    /// Failures that count.
    pub failures: Failures,
    /// From where it is asked, as the log says it.
    pub origins: Origins,
    /// The bytes of files.
    pub shelf: Shelf,
    /// Who is at which upload.
    pub turns: Turns,
    /// Recent changes.
    pub ring: Arc<Ring>,
    /// Pages that are written.
    pub pages: Page,
    /// The last proof of the audit; held while another one is made.
    pub proof: tokio::sync::Mutex<Option<AuditProof>>,
    /// What was chosen.
    pub options: Options,
    drain: watch::Sender<bool>,
    running: Mutex<HashSet<IdempotencyKey>>,
}

/// The server, to be handed around.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App { .. }")
    }
}

/// The work that runs beside the handlers.
#[derive(Debug)]
pub struct Tasks {
    /// Ends when the last [`App`] is gone and everything is written; or when the database belongs to a newer program.
    pub writer: JoinHandle<store::Result<()>>,
    /// Follows the head.
    pub publisher: JoinHandle<()>,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Argon2 cannot work with the chosen cost.
    #[error("passwords cannot be hashed: {0}")]
    Passwords(String),
}

impl App {
    /// Puts the server together and starts its work.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(store: Arc<dyn Store>, shell: Shell, options: Options) -> Result<(Self, Tasks), StartError> {
        let bells = Arc::new(Bells::default());
        let (ring, publisher) = PublisherTask::new(Arc::clone(&store), Arc::clone(&bells)).await?;
        let (writer, writer_task) = Writer::new(Arc::clone(&store), shell.clone(), Arc::clone(&bells));
        let passwords = Passwords::new(options.password_cost, options.password_workers, shell.clone());
        let parts = Parts {
            sessions: Arc::new(Sessions::new(Arc::clone(&store), shell.clone(), Arc::clone(&bells))),
            passwords: passwords.map_err(|error| StartError::Passwords(error.to_string()))?,
            failures: Failures::new(shell.clone()),
            seal: Arc::new(Seal::new(options.seal_key.clone(), shell.clone())),
            origins: Origins::new(&shell),
            pages: Page::default(),
            drain: watch::Sender::new(false),
            running: Mutex::default(),
            proof: tokio::sync::Mutex::default(),
            shelf: options.files.clone(),
            turns: Turns::default(),
            store,
            shell,
            writer,
            bells,
            ring,
            options,
        };
        let tasks = Tasks { writer: tokio::spawn(writer_task.run()), publisher: tokio::spawn(publisher.run()) };
        Ok((Self(Arc::new(parts)), tasks))
    }
    /// What live streams need.
    #[must_use]
    pub fn watcher(&self) -> Watcher {
        Watcher {
            shell: self.shell.clone(),
            ring: Arc::clone(&self.ring),
            sessions: Arc::clone(&self.sessions),
            bells: Arc::clone(&self.bells),
            drain: self.drain.subscribe(),
            store: StoreHandle(Arc::clone(&self.store)),
        }
    }
    /// Tells streams and waiting requests to come back later.
    pub fn drain(&self) {
        self.drain.send_replace(true);
    }
    /// Rings when the server begins to drain.
    #[must_use]
    pub fn draining(&self) -> watch::Receiver<bool> {
        self.drain.subscribe()
    }
    /// Takes an idempotency key for as long as the guard lives; nothing if a request under it is still running.
    #[must_use]
    pub fn take_key(&self, key: &IdempotencyKey) -> Option<KeyInUse> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(key.clone()).then(|| KeyInUse { app: self.clone(), key: key.clone() })
    }
}

/// An idempotency key whose request is running.
#[derive(Debug)]
pub struct KeyInUse {
    app: App,
    key: IdempotencyKey,
}

impl Drop for KeyInUse {
    fn drop(&mut self) {
        self.app.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
