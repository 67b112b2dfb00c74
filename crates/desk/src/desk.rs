//! The handle on the program behind the window.

use bridge::{CrashReport, DeskError, ErrorCode, Event, Preferences, RecoveredReply};
use domain::{
    time::{UtcMillis, Zone},
    words::{Lang, Words},
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use tokio::sync::{RwLock, RwLockReadGuard, broadcast};

use crate::{
    diagnostics,
    files::Dropped,
    folder::Folder,
    import::Chosen,
    parts::{OpenError, Parts},
    ports::random,
    preferences,
    queries::Picked,
    session,
    session::{Phase, Tries},
    work::{Clicks, Pace, Presence, Stuck, Told, Work},
};

/// How many events may wait for a listener. One that falls further behind reads everything again.
const EVENTS: usize = 1_024;
/// How long quitting tries to send what waits.
const LAST_TRY: Duration = Duration::from_secs(3);

/// The program behind the window. Cheap to clone; all clones are one. It must be opened within a tokio runtime.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

/// What a desk consists of.
pub(crate) struct Inner {
    pub(crate) parts: Parts,
    pub(crate) folder: Folder,
    preferences: Mutex<Preferences>,
    words: [OnceLock<Words>; 2],
    /// Who sits here. Whoever reads the files holds it for reading; files are closed by whoever holds it alone.
    pub(crate) phase: RwLock<Phase>,
    /// One change of the session at a time.
    pub(crate) gate: Arc<tokio::sync::Mutex<()>>,
    pub(crate) events: broadcast::Sender<Event>,
    /// The status bar as the window was told of it last. Held while another one is made, so that the newest is told last.
    pub(crate) told: tokio::sync::Mutex<Told>,
    /// The notifications that were shown since the program started, by their keys.
    pub(crate) shown: Mutex<BTreeSet<String>>,
    /// What waits to be told of, and when something was.
    pub(crate) pace: Mutex<Pace>,
    /// Since when commands wait.
    pub(crate) stuck: Mutex<Stuck>,
    /// The files that were let fall on the window last.
    pub(crate) dropped: Mutex<Dropped>,
    /// The files that were chosen for a message and not sent yet.
    pub(crate) picked: Mutex<Picked>,
    /// The file that was chosen to be imported.
    pub(crate) import: Mutex<Option<Chosen>>,
    /// What somebody clicked on.
    pub(crate) clicks: Arc<Clicks>,
    tries: Mutex<Tries>,
    /// One picture is drawn at a time: a large one takes much memory while it is.
    pub(crate) easel: tokio::sync::Mutex<()>,
    /// When somebody was last at the window.
    pub(crate) presence: Mutex<Presence>,
    /// What was found when the files were opened, until somebody has seen it.
    pub(crate) recovered: Mutex<RecoveredReply>,
    /// What is kept of the last program that broke off, until somebody has seen it.
    crash: Mutex<Option<CrashReport>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk { .. }")
    }
}

impl Desk {
    /// Takes the data folder and begins to open the session of the last time; [`Self::start`] waits for that.
    ///
    /// # Errors
    /// [`OpenError::InUse`] when another program has the folder.
    pub async fn open(parts: Parts) -> Result<Self, OpenError> {
        let install: String = random::<16>(&*parts.ids).iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = Folder::open(&parts.options.data, &install)?;
        let preferences = Mutex::new(preferences::read(folder.path()));
        let events = broadcast::Sender::new(EVENTS);
        let crash = Mutex::new(diagnostics::found(folder.path()));
        let presence = Mutex::new(Presence::now(&*parts.clock));
        let desk = Self {
            inner: Arc::new(Inner {
                parts,
                folder,
                preferences,
                words: [const { OnceLock::new() }; 2],
                phase: RwLock::new(Phase::Out(session::Out::default())),
                gate: Arc::default(),
                clicks: Arc::new(Clicks::new(events.clone())),
                events,
                told: tokio::sync::Mutex::default(),
                shown: Mutex::default(),
                pace: Mutex::default(),
                stuck: Mutex::default(),
                dropped: Mutex::default(),
                picked: Mutex::default(),
                import: Mutex::default(),
                tries: Mutex::default(),
                easel: tokio::sync::Mutex::default(),
                presence,
                recovered: Mutex::default(),
                crash,
            }),
        };
        // Taken here, so that a query that comes at once waits for the outcome.
        let gate = Arc::clone(&desk.inner.gate).lock_owned().await;
        let opening = desk.clone();
        tokio::spawn(async move {
            opening.resume().await;
            drop(gate);
        });
        Ok(desk)
    }
    /// What the desk says without being asked. A listener that lags behind reads everything again.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }
    /// How everything stands, as events: for a listener that comes late, or fell behind.
    pub async fn everything(&self) -> Vec<Event> {
        let phase = self.inner.phase.read().await;
        let session = phase.is_settled().then(|| Event::Session { session: phase.state() });
        drop(phase);
        let preferences = Event::Preferences { preferences: self.inner.preferences() };
        let status = self.inner.status_now().await.ok().map(|status| Event::Status { status });
        // Empty lists: all of them may have changed.
        let lists = [Event::Changed { records: Vec::new(), version: 0 }, Event::Outbox { commands: Vec::new() }];
        [Some(preferences), session, status].into_iter().flatten().chain(lists).collect()
    }
    /// The language that was chosen.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.inner.preferences().lang
    }
    /// The words of the language that was chosen, read once: tray and title take them at every change of the line.
    #[must_use]
    pub fn words(&self) -> &Words {
        self.inner.words()
    }
    /// The window was hidden: held commands go.
    pub async fn hidden(&self) {
        if let Ok(work) = self.inner.work().await {
            work.engine.release_holds().await;
        }
    }
    /// The program ends: held commands go, what waits is tried for a moment, everything is closed.
    pub async fn quit(&self) {
        let _gate = self.inner.gate.lock().await;
        if let Some(engine) = self.inner.engine().await
            && !engine.flush(LAST_TRY).await
        {
            tracing::info!("something waits to be sent at the next start");
        }
        self.close_work(Phase::Closed).await;
        *self.inner.phase.write().await = Phase::Closed;
        self.inner.folder.release();
    }
    /// Somebody clicked on a notification: the window is told what to show; a locked one when it is unlocked.
    pub fn toast_clicked(&self, key: &str) {
        self.inner.clicks.click(key);
    }
}

impl Inner {
    pub(crate) fn tell(&self, event: Event) {
        // Nobody listens while there is no window.
        let _ = self.events.send(event);
    }
    pub(crate) fn preferences(&self) -> Preferences {
        self.preferences.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    pub(crate) fn set_preferences(&self, preferences: Preferences) -> Result<(), DeskError> {
        preferences::write(self.folder.path(), &preferences)?;
        *self.preferences.lock().unwrap_or_else(PoisonError::into_inner) = preferences;
        Ok(())
    }
    /// The zone in which the person reads times and has their days: the one they chose, else the organisation's.
    pub(crate) fn zone(&self, organisation: Zone) -> Zone {
        self.preferences().zone.unwrap_or(organisation)
    }
    /// The words of the language that was chosen.
    pub(crate) fn words(&self) -> &Words {
        let lang = self.preferences().lang;
        let place = match lang {
            Lang::Id => &self.words[0],
            Lang::En => &self.words[1],
        };
        place.get_or_init(|| Words::new(lang))
    }
    /// What is kept of the last program that broke off.
    pub(crate) fn crash(&self) -> Option<CrashReport> {
        self.crash.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Somebody has seen it.
    pub(crate) fn forget_crash(&self) {
        self.crash.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
    /// How often a password or passphrase was wrong.
    pub(crate) fn tries(&self) -> MutexGuard<'_, Tries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// The account that is at work.
    ///
    /// # Errors
    /// `no_session` when nobody is.
    pub(crate) async fn work(&self) -> Result<RwLockReadGuard<'_, Work>, DeskError> {
        let phase = self.phase.read().await;
        RwLockReadGuard::try_map(phase, |phase| if let Phase::Open(work) = phase { Some(&**work) } else { None })
            .map_err(|_| DeskError::new(ErrorCode::NoSession))
    }
    /// The server's clock as estimated; this computer's own while nobody is at work.
    pub(crate) async fn now(&self) -> UtcMillis {
        match self.work().await {
            Ok(work) => work.now(),
            Err(_) => self.parts.clock.utc(),
        }
    }
}
