//! The end of a session: logging out, a session that the server no longer knows, a device that was ended.

use bridge::{DeskError, Lock, Logout, LogoutReply, SessionState};
use std::{sync::Arc, time::Duration};
use sync::Transport;

use super::{
    Out, Phase,
    locked::{Locking, Shown},
};
use crate::{
    account::{Account, AtLock, Entry, Secret},
    desk::Desk,
    keys::KeyFile,
};

/// How long logging out tries to send what waits, and to tell the server.
pub(super) const LAST_TRY: Duration = Duration::from_secs(3);

/// What is left of a session whose files are closed.
pub(crate) struct Left {
    pub(crate) entry: Entry,
    pub(crate) secret: Secret,
    pub(crate) account: Arc<Account>,
    pub(crate) transport: Arc<dyn Transport>,
    /// Commands that wait to be sent.
    pub(crate) unsent: u32,
}

impl Desk {
    /// Logs out, also from behind the lock. Held commands go first; what is still unsent then is told, and nothing is done unless
    /// it is to be done anyway: it stays in its file and is sent after the next login.
    ///
    /// # Errors
    /// `no_session` when nobody is logged in.
    pub async fn logout(&self, query: Logout) -> Result<LogoutReply, DeskError> {
        let _gate = self.inner.gate.lock().await;
        if matches!(*self.inner.phase.read().await, Phase::Passphrase(_)) {
            // Nothing is ended: the files stay closed, and their passphrase opens them at the next login.
            self.inner.go(Phase::Out(self.somebody_else())).await;
            return Ok(LogoutReply { unsent: 0, done: true });
        }
        if let Some(engine) = self.inner.engine().await {
            engine.flush(LAST_TRY).await;
        }
        let unsent = self.inner.unsent().await?;
        if unsent > 0 && !query.anyway {
            return Ok(LogoutReply { unsent, done: false });
        }
        let Some(left) = self.close_work(Phase::Closed).await else { return Ok(LogoutReply { unsent, done: true }) };
        left.tell_server().await;
        left.entry.rewrap(KeyFile::ask_again);
        left.account.end(left.unsent);
        self.inner.go(Phase::Out(Out::of(&left.account))).await;
        Ok(LogoutReply { unsent: left.unsent, done: true })
    }
    /// Locks the desk, and says who sits here then.
    ///
    /// # Errors
    /// None.
    pub async fn lock_now(&self, _: Lock) -> Result<SessionState, DeskError> {
        self.lock().await;
        Ok(self.inner.phase.read().await.state())
    }
    /// Locks the desk: held commands go, both files are closed and their keys dropped, and the outbox alone is opened again, to
    /// send what waits. From then on neither the keyring nor a restart opens the mirror, only the account's password.
    /// Notifications that name somebody are taken back. Nothing happens when nobody is at work.
    ///
    /// Invariant: a hold ends by sending. “Hiding, locking, quitting, crashing and restarting send what was held.”
    pub async fn lock(&self) {
        let _gate = self.inner.gate.lock().await;
        let (session, since, paused) = {
            let Ok(work) = self.inner.work().await else { return };
            // First of all: a program that is ended half-way opens locked.
            work.entry().rewrap(KeyFile::ask_again);
            work.engine.release_holds().await;
            let (since, status) = (work.now(), work.status(self.inner.zone(work.org_zone()), self.inner.preferences().notify).await.ok());
            let (waiting, late, unread) = status.map_or((0, 0, 0), |s| (s.waiting, s.late, s.unread));
            let deadlines = work.deadlines().await;
            work.account.change(|who| (who.at_lock, who.deadlines) = (Some(AtLock { since, waiting, late, unread }), deadlines));
            (work.info(), since, work.engine.is_paused())
        };
        let Some(left) = self.close_work(Phase::Closed).await else { return };
        self.inner.withdraw_all();
        let Left { entry, secret, account, .. } = left;
        let shown = Shown { session, since };
        if let Err(error) = self.lock_up(Locking { entry, secret, account, shown, paused }).await {
            tracing::error!(?error, "the desk is locked, and its outbox cannot be opened");
        }
    }
    /// The server no longer knows this session: somebody logs in again. Nothing is destroyed.
    pub(crate) async fn session_lost(&self) {
        let _gate = self.inner.gate.lock().await;
        let Some(left) = self.close_work(Phase::Closed).await else { return };
        left.account.end(left.unsent);
        self.inner.go(Phase::Out(Out::of(&left.account))).await;
    }
    /// Somebody ended this device: the key of the mirror goes first, then the mirror; the outbox stays.
    pub(crate) async fn device_ended(&self) {
        let _gate = self.inner.gate.lock().await;
        self.inner.keep_none().await;
        let Some(left) = self.close_work(Phase::Closed).await else { return };
        left.entry.rewrap(KeyFile::destroy_mirror);
        left.entry.remove_mirror();
        left.account.end(left.unsent);
        self.inner.go(Phase::Revoked(Out::of(&left.account))).await;
    }
    /// A file was found to be damaged: opening both again sets it aside, and saves what can be read.
    pub(crate) async fn reopen(&self) {
        let _gate = self.inner.gate.lock().await;
        if self.close_work(Phase::Closed).await.is_some() {
            self.resume().await;
        }
    }
    /// Ends the work on the files that are open, both or the outbox alone, and closes them. The gate is held; nobody is told yet.
    pub(crate) async fn close_work(&self, next: Phase) -> Option<Left> {
        let (engine, tasks) = match &*self.inner.phase.read().await {
            Phase::Open(work) => (Some(work.engine.clone()), work.take_tasks()),
            Phase::Locked(locked) => (locked.engine(), locked.take_tasks()),
            _ => return None,
        };
        if let Some(engine) = engine {
            engine.stop().await;
        }
        for task in tasks {
            task.abort();
            // That it was aborted is what it answers.
            let _ = task.await;
        }
        self.inner.forget_import();
        // Whoever still reads is waited for.
        let phase = std::mem::replace(&mut *self.inner.phase.write().await, next);
        self.inner.forget_picked();
        match phase {
            Phase::Open(work) => Some(work.close().await),
            Phase::Locked(locked) => Some(locked.close().await),
            _ => None,
        }
    }
}

impl Left {
    /// The server ends the device. Without a line it never hears of it; the token is forgotten here all the same.
    pub(super) async fn tell_server(&self) {
        let Some(pair) = self.account.pair() else { return };
        let told = async {
            // The last access token, as long as it holds: that is one question, and no young pair is presented.
            if let Some((access, _)) = &pair.access {
                match self.transport.logout(access).await {
                    Err(fault) if fault.is_expired() => {}
                    told => return told,
                }
            }
            let session = self.transport.refresh(&pair.refresh).await?;
            self.transport.logout(&session.access_token).await
        };
        match tokio::time::timeout(LAST_TRY, told).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::info!(%fault, "the server was not told of the logout"),
            Err(_) => tracing::info!("the server was not told of the logout in time"),
        }
    }
}
