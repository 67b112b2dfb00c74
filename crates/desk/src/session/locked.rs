//! A locked desk: its outbox is open and sends what waits, its mirror is closed and the key of it is not here.

use bridge::{DeskError, ErrorCode, SessionInfo, SyncStatus};
use domain::time::{UtcMillis, Zone};
use mirror::{Drawer, Key};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};
use sync::{Engine, Files, Handle, News, TokenKeeper, Tokens, Transport};
use tokio::{sync::mpsc::UnboundedReceiver, task::JoinHandle};

use super::{Left, Phase, enter::blocking};
use crate::{
    account::{Account, Entry, Secret},
    desk::Desk,
    error::{file_error, key_error, told},
    keys::KeyError,
    work::{Relay, listen, upkeep},
};

/// A locked desk, and one that was started and not unlocked yet.
pub(crate) struct Locked {
    pub(super) entry: Entry,
    pub(super) secret: Secret,
    pub(crate) account: Arc<Account>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) shown: Shown,
    /// What sends. Nothing where the outbox could not be opened: a desk is locked all the same.
    post: Option<Post>,
    /// What was told of since it was locked.
    woken: AtomicU32,
}

/// What the window shows of a locked desk.
#[derive(Clone)]
pub(super) struct Shown {
    /// Whose desk it is.
    pub(super) session: SessionInfo,
    /// Since when it is locked.
    pub(super) since: UtcMillis,
}

/// The outbox at work.
struct Post {
    drawer: Drawer,
    engine: Handle,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// What a desk is locked with.
pub(super) struct Locking {
    pub(super) entry: Entry,
    pub(super) secret: Secret,
    pub(super) account: Arc<Account>,
    pub(super) shown: Shown,
    /// Whether a person had stopped asking and sending.
    pub(super) paused: bool,
}

impl Locked {
    /// What sends, while it runs.
    pub(crate) fn engine(&self) -> Option<Handle> {
        self.post.as_ref().map(|post| post.engine.clone())
    }
    /// The outbox.
    pub(crate) fn drawer(&self) -> Option<Drawer> {
        self.post.as_ref().map(|post| post.drawer.clone())
    }
    /// What goes on beside it; whoever closes the outbox ends it first.
    pub(super) fn take_tasks(&self) -> Vec<JoinHandle<()>> {
        let tasks = self.post.as_ref().map(|post| std::mem::take(&mut *post.tasks.lock().unwrap_or_else(PoisonError::into_inner)));
        tasks.unwrap_or_default()
    }
    /// The organisation's zone.
    pub(crate) const fn org_zone(&self) -> Zone {
        self.shown.session.zone
    }
    /// So much more was told of.
    pub(crate) fn wake(&self, n: u32) {
        self.woken.fetch_add(n, Ordering::Relaxed);
    }
    /// How it stands: what waits as it is now, the lists as they were when it was locked, and what was told of since.
    pub(crate) async fn status(&self, idle: SyncStatus) -> SyncStatus {
        let (who, woken) = (self.account.who(), self.woken.load(Ordering::Relaxed));
        let (waiting, late, unread) = who.at_lock.map_or((0, 0, 0), |then| (then.waiting, then.late, then.unread));
        let (as_of, queued, unread) = (who.as_of, who.unsent, unread.saturating_add(woken));
        let mut status = SyncStatus { as_of, queued, waiting, late, unread, ..idle };
        let Some(post) = &self.post else { return status };
        let line = post.engine.line().borrow().clone();
        (status.connection, status.now, status.offline_since) = (line.connection, post.engine.now(), line.offline_since);
        status.stuck = line.stuck.map(str::to_owned);
        status.uploading = post.engine.moving().map(|moving| bridge::percent(moving.sent, moving.size));
        if let Ok(tallies) = post.drawer.tallies().await {
            (status.queued, status.refused, status.conflicts) = (tallies.queued, tallies.refused, tallies.conflicts);
        }
        status
    }
    /// Commands that wait to be sent.
    pub(super) async fn unsent(&self) -> u32 {
        match &self.post {
            Some(post) => post.drawer.tallies().await.map_or_else(|_| self.account.who().unsent, |tallies| tallies.queued),
            None => self.account.who().unsent,
        }
    }
    /// Closes the outbox. The engine has stopped, and nobody reads any more.
    pub(super) async fn close(self) -> Left {
        let unsent = self.unsent().await;
        let Self { entry, secret, account, transport, post, .. } = self;
        if let Some(Post { drawer, engine, .. }) = post {
            let offset_ms = engine.line().borrow().offset_ms;
            account.change(|who| (who.offset_ms, who.unsent) = (offset_ms, unsent));
            if let Err(error) = drawer.close().await {
                tracing::error!(%error, "the outbox cannot be closed");
            }
        }
        Left { entry, secret, account, transport, unsent }
    }
}

impl Desk {
    /// Locks: the outbox is opened alone, and goes on sending. No mirror is open.
    ///
    /// # Errors
    /// Why the outbox cannot be opened; the desk is locked all the same.
    pub(super) async fn lock_up(&self, locking: Locking) -> Result<(), DeskError> {
        let Locking { entry, secret, account, shown, paused } = locking;
        let transport = self.inner.transport(&account.who().server)?;
        let opened = self.open_post(&entry, &secret, &account, &transport, paused).await;
        let (post, news, failed) = match opened {
            Ok((post, news)) => (Some(post), Some(news), None),
            Err(error) => (None, None, Some(error)),
        };
        let locked = Locked { entry, secret, account, transport, shown, post, woken: AtomicU32::new(0) };
        self.inner.go(Phase::Locked(Box::new(locked))).await;
        if let Some(news) = news
            && let Phase::Locked(locked) = &*self.inner.phase.read().await
            && let Some(post) = &locked.post
        {
            post.tasks.lock().unwrap_or_else(PoisonError::into_inner).extend([listen(&self.inner, news), upkeep(&self.inner)]);
        }
        failed.map_or(Ok(()), Err)
    }
    async fn open_post(
        &self,
        entry: &Entry,
        secret: &Secret,
        account: &Arc<Account>,
        transport: &Arc<dyn Transport>,
        paused: bool,
    ) -> Result<(Post, UnboundedReceiver<News>), DeskError> {
        let (folder, by) = (entry.clone(), secret.clone());
        let key = blocking(move || folder.keys().ok_or(KeyError::Unreadable)?.outbox(&by)).await?.map_err(|e| key_error(&e))?;
        let pair = account.pair().ok_or_else(|| DeskError::new(ErrorCode::NoSession))?;
        let (who, clock) = (account.who(), Arc::clone(&self.inner.parts.clock));
        let now = clock.utc().plus(who.offset_ms);
        let (drawer, opened) = Drawer::open(entry.path(), &Key::new(*key), now, None).await.map_err(file_error)?;
        self.inner.found(opened);
        let (relay, news) = Relay::new();
        let keeper: Arc<dyn TokenKeeper> = Arc::<Account>::clone(account);
        let engine = Engine::start(sync::Parts {
            files: Files::Outbox(drawer.clone()),
            transport: Arc::clone(transport),
            clock,
            tokens: Tokens::resumed(pair, now, keeper),
            watcher: Arc::new(relay),
            offset_ms: who.offset_ms,
            as_of: who.as_of,
            paused,
        });
        Ok((Post { drawer, engine, tasks: Mutex::default() }, news))
    }
    /// What opens the mirror, while the desk is locked; `bad_call` while it is not.
    pub(super) async fn behind_lock(&self) -> Result<(Entry, Secret, Arc<Account>, Shown), DeskError> {
        match &*self.inner.phase.read().await {
            Phase::Locked(it) => Ok((it.entry.clone(), it.secret.clone(), Arc::clone(&it.account), it.shown.clone())),
            _ => Err(told(ErrorCode::BadCall, "nothing to open")),
        }
    }
}
