//! Who asks: from an access token to a person with their roles, as they are now.

use domain::{
    audit::Hash,
    id::{ClientId, DeviceId, UserId},
    records::{User, UserStatus},
    role::{Actor, Principal, Role, principals},
    time::{HOUR, MINUTE, UtcMillis},
    wire::SessionUser,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{Account, Pair, Store, StoreError};
use uuid::Uuid;

use super::token::{Purpose, hash_of};
use crate::{shell::Shell, writer::Bells};

/// How long the access token of a desk counts, in milliseconds (protocol.md, Auth).
pub const ACCESS: i64 = 15 * MINUTE;
/// How long the token of a client counts, in milliseconds (protocol.md, Client side).
pub const CLIENT: i64 = 12 * HOUR;

/// A person who is logged in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The pair of tokens.
    pub pair: Uuid,
    /// The person.
    pub user: User,
    /// The device they sit at; a client has none.
    pub device: Option<DeviceId>,
    /// The client they are, if they are one.
    pub client: Option<ClientId>,
    /// Until when the access token counts.
    pub until: UtcMillis,
    /// Everything whose feed they get.
    pub principals: Vec<Principal>,
}

impl Session {
    /// The session of an account on a device.
    #[must_use]
    pub fn new(pair: Uuid, account: Account, device: Option<DeviceId>, until: UtcMillis) -> Self {
        let principals = principals(account.user.id, &account.user.roles);
        Self { pair, user: account.user, device, client: account.client, until, principals }
    }
    /// The account.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.user.id
    }
    /// Whoever gives commands in it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::person(self.user.person(), self.user.roles.clone(), self.device, self.client)
    }
    /// Whether this is somebody of the staff.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.user.roles.iter().any(Role::is_staff)
    }
}

/// The person, as they read of themselves.
#[must_use]
pub fn session_user(user: &User) -> SessionUser {
    SessionUser {
        id: user.id,
        name: user.name.clone(),
        email: user.email.clone(),
        role: user.roles.first().cloned().unwrap_or(Role::Client),
        roles: user.roles.clone(),
    }
}

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum NoSession {
    /// There is no such token: log in again, destroy nothing.
    #[error("unknown token")]
    Unknown,
    /// It has expired: refresh.
    #[error("expired token")]
    Expired,
    /// Its device was ended, and that is recorded.
    #[error("ended device")]
    DeviceEnded,
    /// Its account is disabled.
    #[error("disabled account")]
    Disabled,
    /// The database cannot say.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How long a session is believed without looking, because another process may have ended it.
const BELIEVED: Duration = Duration::from_secs(1);
/// How many sessions are remembered at most.
const MOST: usize = 10_000;
/// How often it is written down that a device was heard of, in milliseconds.
const SEEN: i64 = 5 * MINUTE;

struct Believed {
    session: Arc<Session>,
    at: Duration,
    changes: u64,
}

/// Looks up who asks, and believes the answer for a moment.
pub struct Sessions {
    store: Arc<dyn Store>,
    shell: Shell,
    bells: Arc<Bells>,
    believed: Mutex<HashMap<Hash, Believed>>,
    heard: Mutex<HashMap<DeviceId, UtcMillis>>,
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions { .. }")
    }
}

impl Sessions {
    /// Sessions of this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, shell: Shell, bells: Arc<Bells>) -> Self {
        Self { store, shell, bells, believed: Mutex::default(), heard: Mutex::default() }
    }
    /// The session of an access token.
    ///
    /// # Errors
    /// [`NoSession`].
    pub async fn of(&self, token: &str) -> Result<Arc<Session>, NoSession> {
        let hash = hash_of(Purpose::Access, token).ok_or(NoSession::Unknown)?;
        if let Some(session) = self.believed(&hash) {
            return Ok(session);
        }
        self.look_up(&hash).await
    }
    /// The same, without believing what was answered before: for streams, which live longer than that.
    ///
    /// # Errors
    /// [`NoSession`].
    pub async fn again(&self, token: &str) -> Result<Arc<Session>, NoSession> {
        self.look_up(&hash_of(Purpose::Access, token).ok_or(NoSession::Unknown)?).await
    }
    /// Whether it should be written down now that this device was heard of.
    #[must_use]
    pub fn is_news_of(&self, device: DeviceId) -> bool {
        let now = self.shell.now();
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.get(&device).is_some_and(|at| now.since(*at) < SEEN) {
            return false;
        }
        if heard.len() >= MOST {
            heard.retain(|_, at| now.since(*at) < SEEN);
        }
        heard.insert(device, now);
        true
    }

    fn believed(&self, hash: &Hash) -> Option<Arc<Session>> {
        let all = self.believed.lock().unwrap_or_else(PoisonError::into_inner);
        let it = all.get(hash)?;
        let fresh = it.changes == self.bells.account_changes() && self.shell.monotonic().saturating_sub(it.at) < BELIEVED;
        (fresh && it.session.until > self.shell.now()).then(|| Arc::clone(&it.session))
    }

    async fn look_up(&self, hash: &Hash) -> Result<Arc<Session>, NoSession> {
        // Read before the database is: a change that comes in between makes what was read too old, not too new.
        let (changes, at) = (self.bells.account_changes(), self.shell.monotonic());
        let session = Arc::new(self.read(hash).await?);
        let mut all = self.believed.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(*hash, Believed { session: Arc::clone(&session), at, changes });
        Ok(session)
    }

    async fn read(&self, hash: &Hash) -> Result<Session, NoSession> {
        let mut snapshot = self.store.read().await?;
        let pair = snapshot.pair_by_access(hash).await?.ok_or(NoSession::Unknown)?;
        let device = match pair.device {
            Some(id) => Some(snapshot.device(id).await?.ok_or(NoSession::Unknown)?),
            None => None,
        };
        if device.as_ref().is_some_and(|device| device.ended_at.is_some()) {
            return Err(NoSession::DeviceEnded);
        }
        self.counts(&pair)?;
        let account = snapshot.account(pair.user).await?.ok_or(NoSession::Unknown)?;
        if account.user.status != UserStatus::Active {
            return Err(NoSession::Disabled);
        }
        Ok(Session::new(pair.id, account, pair.device, pair.access_until))
    }

    /// A void pair of a desk has a younger one, which a refresh finds; a void one of a client was logged out.
    fn counts(&self, pair: &Pair) -> Result<(), NoSession> {
        match (pair.void, pair.device) {
            (true, None) => Err(NoSession::Unknown),
            (true, Some(_)) => Err(NoSession::Expired),
            (false, _) if pair.access_until <= self.shell.now() => Err(NoSession::Expired),
            (false, _) => Ok(()),
        }
    }
}
