//! From a login, or a session of an earlier start, to the open desk.

use bridge::{DeskError, ErrorCode, SessionState};
use domain::{role::Person, text::Label};
use mirror::{Cabinet, Key, Keys};
use std::sync::Arc;
use sync::{Engine, Files, Pair, Tokens, Transport};

use super::{LoggedIn, Phase};
use crate::{
    account::{Account, Entry, Secret, Unsealed, Who},
    desk::Desk,
    error::{file_error, io_error, key_error, told},
    folder::Last,
    keys::{FileKeys, KeyError, SecretSource},
    work::{Begun, Relay, Work},
};

/// What the files of a session are opened with.
pub(super) struct Begin {
    pub(super) entry: Entry,
    pub(super) secret: Secret,
    pub(super) keys: FileKeys,
    pub(super) account: Arc<Account>,
    pub(super) transport: Arc<dyn Transport>,
    /// Whether a person had stopped asking and sending.
    pub(super) paused: bool,
}

impl Desk {
    /// Opens the files of somebody who has just logged in, with the secret that wraps them.
    pub(super) async fn enter(&self, entry: Entry, secret: Secret, login: LoggedIn) -> Result<SessionState, DeskError> {
        let Unsealed { keys, file, new_mirror } = self.unseal(&entry, &secret, &login).await?;
        if new_mirror {
            entry.remove_mirror();
        }
        entry.write_keys(&file).map_err(|e| io_error(&e))?;
        let LoggedIn { server, transport, session, remember, .. } = login;
        let who = Who {
            server: server.clone(),
            email: session.user.email.to_string(),
            person: Person { id: session.user.id, name: session.user.name.clone() },
            roles: session.user.roles.clone(),
            device: session.device_id,
            device_name: Label::new(&self.inner.parts.options.device_name).ok(),
            refresh: None,
            access: None,
            unsent: 0,
            offset_ms: session.server_time.since(self.inner.parts.clock.utc()),
            as_of: None,
            at_lock: None,
            held: Vec::new(),
            deadlines: Vec::new(),
            paused_until: None,
        };
        let (ids, pair) = (Arc::clone(&self.inner.parts.ids), Pair::of(&session));
        let account = Account::create(entry.path(), &keys.outbox, ids, who, pair, remember).map_err(|e| io_error(&e))?;
        self.inner.forget_found();
        let last = Last { folder: entry.name.clone(), source: entry.source, address: server.address };
        self.inner.folder.set_last(last).map_err(|e| io_error(&e))?;
        let account = Arc::new(account);
        self.open_work(Begin { entry, secret, keys, account, transport, paused: false }).await
    }
    /// The keys for a login. Files whose keys are gone, or that a new secret of the keyring does not open, are set aside.
    async fn unseal(&self, entry: &Entry, secret: &Secret, login: &LoggedIn) -> Result<Unsealed, DeskError> {
        for again in [true, false] {
            let (ids, folder, secret) = (Arc::clone(&self.inner.parts.ids), entry.clone(), secret.clone());
            let (typed, remember) = (login.typed.clone(), login.remember);
            match blocking(move || folder.unseal(&secret, &typed, remember, &*ids)).await? {
                Ok(unsealed) => return Ok(unsealed),
                Err(error) if again && (error == KeyError::Unreadable || entry.source == SecretSource::Keyring) => {
                    entry.set_aside(self.inner.parts.clock.utc().ms()).map_err(|e| io_error(&e))?;
                }
                Err(error) => return Err(key_error(&error)),
            }
        }
        Err(key_error(&KeyError::Unreadable))
    }
    /// Opens the two files and starts the engine. The tokens are taken here: an engine that ran until now may have renewed them.
    pub(super) async fn open_work(&self, begin: Begin) -> Result<SessionState, DeskError> {
        let Begin { entry, secret, keys, account, transport, paused } = begin;
        let pair = account.pair().ok_or_else(|| DeskError::new(ErrorCode::NoSession))?;
        let (who, clock) = (account.who(), Arc::clone(&self.inner.parts.clock));
        let opening = Keys { outbox: Key::new(*keys.outbox), mirror: Key::new(*keys.mirror) };
        let now = clock.utc().plus(who.offset_ms);
        let (cabinet, opened) = Cabinet::open(entry.path(), opening, who.actor(), now, None).await.map_err(file_error)?;
        let (relay, news) = Relay::new();
        let engine = Engine::start(sync::Parts {
            files: Files::Both(cabinet.clone()),
            transport: Arc::clone(&transport),
            clock,
            tokens: Tokens::resumed(pair, now, Arc::<Account>::clone(&account)),
            watcher: Arc::new(relay),
            offset_ms: who.offset_ms,
            as_of: who.as_of,
            paused,
        });
        self.inner.found(opened);
        let begun = Begun { cabinet, engine, entry, secret, keys, account, transport };
        let work = Work::begin(begun, &*self.inner.parts.ids).await;
        let state = self.inner.go(Phase::Open(Box::new(work))).await;
        self.attend(news).await;
        Ok(state)
    }
}

/// Runs what is slow by nature beside the async threads.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, DeskError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| told(ErrorCode::Internal, "a thread ended"))
}
