//! A desk without a window, in a process of its own: the two encrypted files, the engine over HTTP, and a session that outlives
//! the process.

use async_trait::async_trait;
use desk::{Ids as _, SystemClock, SystemIds};
use domain::{
    id::CommandId,
    role::{Actor, Person},
    time::UtcMillis,
    wire::{DeviceName, Login, SessionUser},
};
use mirror::{Cabinet, Key, Keys};
use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use sync::{Clock, Engine, Fault, Files, Handle, Http, News, Pair, Parts, TokenKeeper, Tokens, Transport, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{Done, log::Log, said};

/// With which password everybody of the staff logs in.
pub(crate) const PASSWORD: &str = "kacau-balau-2026";

/// How long a person waits before they try to open their desk again.
const AGAIN: Duration = Duration::from_millis(200);

/// A desk at work.
pub(crate) struct Seat {
    pub(crate) cabinet: Cabinet,
    pub(crate) clock: Arc<SystemClock>,
    pub(crate) engine: Handle,
    pub(crate) log: Arc<Log>,
    /// When the login was answered, or the desk was opened without one.
    pub(crate) begun: tokio::time::Instant,
}

/// Keeps no token: for desks that nobody starts again.
pub(crate) struct Forgetful;
#[async_trait]
impl TokenKeeper for Forgetful {
    async fn keep(&self, _: &Pair) {}
}

/// The tokens in a file, replaced as a whole.
struct InFile(PathBuf);
#[async_trait]
impl TokenKeeper for InFile {
    async fn keep(&self, pair: &Pair) {
        // Tokens that could not be kept are as such that never came: the parent is presented again.
        let _ = replace(&self.0, &serde_json::to_vec(pair).unwrap_or_default());
    }
}

struct Teller(UnboundedSender<News>);
impl Watcher for Teller {
    fn told(&self, news: News) {
        drop(self.0.send(news));
    }
}

/// The keys of one desk's files.
pub(crate) fn keys(n: u8) -> Keys {
    Keys { outbox: Key::new([n + 1; 32]), mirror: Key::new([n + 101; 32]) }
}

/// Where a desk writes what it was promised.
pub(crate) fn log_of(folder: &Path) -> PathBuf {
    folder.join("promises.log")
}

/// Who sits at the desk of this folder, once somebody has logged in.
pub(crate) fn user_of(folder: &Path) -> Done<SessionUser> {
    let text = std::fs::read(folder.join("user.json")).map_err(|e| format!("nobody logged in at {}: {e}", folder.display()))?;
    serde_json::from_slice(&text).map_err(said)
}

/// The person of a desk, as its files are opened for them.
pub(crate) fn actor_of(user: &SessionUser) -> Actor {
    Actor::person(Person { id: user.id, name: user.name.clone() }, user.roles.clone(), None, None)
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

/// A new id.
pub(crate) fn fresh() -> CommandId {
    CommandId::from_uuid(SystemIds.uuid(SystemClock::default().utc()))
}

impl Seat {
    /// Opens the desk of this folder; logs in first if nobody has. What the engine tells comes out of the second value.
    pub(crate) async fn open(folder: &Path, n: u8, server: &str, email: &str) -> Done<(Self, UnboundedReceiver<News>)> {
        Self::over(Http::new(server).map_err(said)?, folder, n, email).await
    }
    /// The same over a long way.
    pub(crate) async fn open_afar(folder: &Path, server: &str, email: &str) -> Done<(Self, UnboundedReceiver<News>)> {
        Self::over(Http::from_afar(server).map_err(said)?, folder, 0, email).await
    }
    async fn over(http: Http, folder: &Path, n: u8, email: &str) -> Done<(Self, UnboundedReceiver<News>)> {
        std::fs::create_dir_all(folder).map_err(said)?;
        let transport = Arc::new(http);
        let token = folder.join("tokens.json");
        if user_of(folder).is_err() {
            log_in(&transport, folder, &token, email).await?;
        }
        let begun = tokio::time::Instant::now();
        let (user, kept) = (user_of(folder)?, std::fs::read(&token).map_err(said)?);
        let kept = serde_json::from_slice(&kept).map_err(said)?;
        let clock = Arc::new(SystemClock::default());
        let files = folder.join("files");
        // Whoever starts while the disk is full tries again, as a person does.
        let (cabinet, opened) = loop {
            match Cabinet::open(&files, keys(n), actor_of(&user), clock.utc(), None).await {
                Err(mirror::Error::Disk) => tokio::time::sleep(AGAIN).await,
                opened => break opened.map_err(said)?,
            }
        };
        if opened.mirror_damaged || opened.salvage.is_some() {
            return Err("a file is damaged".to_owned());
        }
        let (teller, heard) = unbounded_channel();
        let engine = Engine::start(Parts {
            files: Files::Both(cabinet.clone()),
            transport,
            clock: Arc::clone(&clock) as _,
            tokens: Tokens::resumed(kept, clock.utc(), Arc::new(InFile(token))),
            watcher: Arc::new(Teller(teller)),
            offset_ms: 0,
            as_of: None,
            paused: false,
        });
        let log = Arc::new(Log::open(&log_of(folder))?);
        Ok((Self { cabinet, clock, engine, log, begun }, heard))
    }
    pub(crate) fn now(&self) -> UtcMillis {
        self.clock.utc()
    }
}

/// Logs in, however often it takes: the server may be down just now. The token is kept before it is known who sits here.
async fn log_in(transport: &Http, folder: &Path, token: &Path, email: &str) -> Done<()> {
    let device = Some(DeviceName { name: "Kacau".to_owned(), platform: "linux".to_owned() });
    let login = Login { email: email.to_owned(), password: PASSWORD.to_owned(), device, code: None };
    loop {
        match transport.login(&login).await {
            Ok(session) => {
                replace(token, &serde_json::to_vec(&Pair::of(&session)).map_err(said)?).map_err(said)?;
                let user = serde_json::to_vec(&session.user).map_err(said)?;
                return replace(&folder.join("user.json"), &user).map_err(said);
            }
            Err(Fault::Problem { status: 400..=428, code, .. }) => return Err(format!("logging in: {code}")),
            Err(_) => tokio::time::sleep(Duration::from_millis(300)).await,
        }
    }
}
