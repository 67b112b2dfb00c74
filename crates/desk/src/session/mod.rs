//! Who sits here: logging in, opening what an earlier session left, closing, and being ended.

mod afresh;
mod close;
mod enter;
mod locked;
mod login;
mod password;
mod resume;
mod tries;
mod unlock;
mod wipe;

use bridge::{DeskError, ErrorCode, Event, ServerInfo, SessionState, VaultState};
use sync::Handle;

use crate::{
    account::{Account, Entry},
    desk::Inner,
    error::file_error,
    work::Work,
};
pub(crate) use close::Left;
pub(crate) use locked::Locked;
pub(crate) use login::LoggedIn;
pub(crate) use tries::Tries;

/// Where the session stands.
pub(crate) enum Phase {
    /// Nobody is logged in.
    Out(Out),
    /// A passphrase is needed.
    Passphrase(Passphrase),
    /// The mirror is closed, and the account's password opens it; the outbox is at work.
    Locked(Box<Locked>),
    /// Somebody is at work.
    Open(Box<Work>),
    /// Somebody ended this device.
    Revoked(Out),
    /// The files of the last session cannot be opened, and a login would not help.
    Failed(DeskError),
    /// Between two phases, and after the end.
    Closed,
}

/// Nobody is logged in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Out {
    /// The server used last.
    pub(crate) server: Option<ServerInfo>,
    /// The address used last.
    pub(crate) email: Option<String>,
    /// Commands of that account that wait in their file.
    pub(crate) unsent: u32,
}

impl Out {
    /// After the session of this account, or before its next one.
    fn of(account: &Account) -> Self {
        let who = account.who();
        Self { server: Some(who.server), email: Some(who.email), unsent: who.unsent }
    }
}

/// A passphrase is needed.
pub(crate) struct Passphrase {
    vault: VaultState,
    /// Whether it is chosen now.
    choose: bool,
    entry: Entry,
    /// The login that waits for it; without one, an earlier session does.
    login: Option<Box<LoggedIn>>,
}

impl Phase {
    /// Whether it is one that somebody may be told: it is followed by another only when something happens.
    pub(crate) const fn is_settled(&self) -> bool {
        !matches!(self, Self::Failed(_) | Self::Closed)
    }
    /// The same for the window.
    pub(crate) fn state(&self) -> SessionState {
        match self {
            Self::Out(Out { server, email, unsent }) => {
                SessionState::LoggedOut { server: server.clone(), email: email.clone(), unsent: *unsent }
            }
            Self::Passphrase(it) => {
                let email = it.login.as_ref().map(|login| login.session.user.email.to_string());
                SessionState::NeedsPassphrase { vault: it.vault, choose: it.choose, email }
            }
            Self::Locked(it) => SessionState::Locked { session: it.shown.session.clone(), since: it.shown.since },
            Self::Open(work) => SessionState::Open { session: work.info() },
            Self::Revoked(Out { server, email, unsent }) => {
                SessionState::Revoked { server: server.clone(), email: email.clone().unwrap_or_default(), unsent: *unsent }
            }
            Self::Failed(_) | Self::Closed => SessionState::LoggedOut { server: None, email: None, unsent: 0 },
        }
    }
}

impl Inner {
    /// Goes over to another phase and tells the window. The files of the one before are closed already.
    pub(crate) async fn go(&self, phase: Phase) -> SessionState {
        let state = phase.state();
        self.clicks.follow(&phase);
        match &phase {
            Phase::Open(_) => {}
            Phase::Locked(_) => self.pace().forget_names(),
            _ => self.pace().clear(),
        }
        // Whoever opens a desk is at it.
        self.somebody_is_here();
        *self.phase.write().await = phase;
        self.tell(Event::Session { session: state.clone() });
        self.show_clicked().await;
        self.tell_status().await;
        state
    }
    /// What sends, at an open desk or at a locked one.
    pub(crate) async fn engine(&self) -> Option<Handle> {
        match &*self.phase.read().await {
            Phase::Open(work) => Some(work.engine.clone()),
            Phase::Locked(locked) => locked.engine(),
            _ => None,
        }
    }
    /// Commands of the session that wait to be sent.
    ///
    /// # Errors
    /// `no_session` when nobody is logged in.
    async fn unsent(&self) -> Result<u32, DeskError> {
        match &*self.phase.read().await {
            Phase::Open(work) => Ok(work.cabinet.tallies(work.now()).await.map_err(file_error)?.queued),
            Phase::Locked(locked) => Ok(locked.unsent().await),
            _ => Err(DeskError::new(ErrorCode::NoSession)),
        }
    }
}
