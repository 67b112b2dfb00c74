//! A desk without window and keyring: the two encrypted files, and the engine over HTTP.

use async_trait::async_trait;
use desk::SystemClock;
use domain::{
    role::{Actor, Person},
    time::UtcMillis,
    wire::{DeviceName, Login, Session},
};
use mirror::{Cabinet, Key, Keys};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use sync::{Clock, Engine, Files, Handle, Http, News, Pair, Parts, TokenKeeper, Tokens, Transport, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::world::PASSWORD;

/// What goes wrong ends the measurement.
pub(crate) type Done<T> = Result<T, String>;

/// A desk.
pub(crate) struct Desk {
    pub(crate) cabinet: Cabinet,
    pub(crate) clock: Arc<SystemClock>,
    session: Session,
    transport: Arc<Http>,
    engine: Option<Handle>,
}

/// News with the moment at which they came.
pub(crate) type Heard = UnboundedReceiver<(Instant, News)>;

struct Forgetful;
#[async_trait]
impl TokenKeeper for Forgetful {
    async fn keep(&self, _: &Pair) {}
}

struct Teller(UnboundedSender<(Instant, News)>);
impl Watcher for Teller {
    fn told(&self, news: News) {
        drop(self.0.send((now(), news)));
    }
}

/// The system's own time: here it is what is measured.
#[expect(clippy::disallowed_methods, reason = "a measurement")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The keys of files that nobody else will read.
pub(crate) fn keys() -> Keys {
    Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) }
}

/// Any error, in words.
pub(crate) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A session with a server, and the way to it.
pub(crate) async fn session(server: &str, email: &str) -> Done<(Arc<Http>, Session)> {
    let transport = Arc::new(Http::new(server).map_err(|_| "a bad address".to_owned())?);
    let device = Some(DeviceName { name: "Ukur".to_owned(), platform: "linux".to_owned() });
    let login = Login { email: email.to_owned(), password: PASSWORD.to_owned(), device, code: None };
    let session = transport.login(&login).await.map_err(|e| format!("logging in: {e:?}"))?;
    Ok((transport, session))
}

impl Desk {
    /// Logs in and opens the files in this folder. The second value is the moment of the login's answer.
    pub(crate) async fn log_in(folder: &Path, server: &str, email: &str) -> Done<(Self, Instant)> {
        let (transport, session) = session(server, email).await?;
        let answered = now();
        let clock = Arc::new(SystemClock::default());
        let person = Person { id: session.user.id, name: session.user.name.clone() };
        let actor = Actor::person(person, session.user.roles.clone(), None, None);
        let (cabinet, _) = Cabinet::open(folder, keys(), actor, clock.utc(), None).await.map_err(said)?;
        Ok((Self { cabinet, clock, session, transport, engine: None }, answered))
    }
    /// Starts the engine.
    pub(crate) fn connect(&mut self) -> Heard {
        let (teller, heard) = unbounded_channel();
        let parts = Parts {
            files: Files::Both(self.cabinet.clone()),
            transport: Arc::clone(&self.transport) as _,
            clock: Arc::clone(&self.clock) as _,
            tokens: Tokens::logged_in(&self.session, Arc::new(Forgetful)),
            watcher: Arc::new(Teller(teller)),
            offset_ms: 0,
            as_of: None,
            paused: false,
        };
        self.engine = Some(Engine::start(parts));
        heard
    }
    /// The engine, once it was started.
    pub(crate) fn engine(&self) -> Done<&Handle> {
        self.engine.as_ref().ok_or_else(|| "the engine was not started".to_owned())
    }
    pub(crate) fn utc(&self) -> UtcMillis {
        self.clock.utc()
    }
    /// Waits until the walk has reached the beginning.
    pub(crate) async fn until_whole(&self, heard: &mut Heard) -> Done<()> {
        while !self.cabinet.stand().await.map_err(said)?.walked {
            next(heard).await?;
        }
        Ok(())
    }
    /// Has the mirror compared with the server's count and sum, for which it is read up to the head; what a desk does once a day is done then.
    pub(crate) async fn until_compared(&self, heard: &mut Heard) -> Done<()> {
        let before = self.cabinet.stand().await.map_err(said)?.checked_at;
        self.engine()?.compare_now();
        while self.cabinet.stand().await.map_err(said)?.checked_at == before {
            next(heard).await?;
        }
        Ok(())
    }
    /// Ends the engine and closes the files, durably.
    pub(crate) async fn close(self) -> Done<()> {
        if let Some(engine) = &self.engine {
            engine.stop().await;
        }
        self.cabinet.close().await.map_err(said)
    }
}

/// The next news; a minute of silence ends the measurement.
pub(crate) async fn next(heard: &mut Heard) -> Done<(Instant, News)> {
    let news = tokio::time::timeout(Duration::from_secs(60), heard.recv()).await.map_err(|_| "a minute of silence".to_owned())?;
    news.ok_or_else(|| "the engine has ended".to_owned())
}
