//! The pair of tokens of a session.

use async_trait::async_trait;
use domain::wire::Session;
use std::sync::Arc;
use tokio::sync::Mutex;

use crate::{clock::Clock, fault::Fault, transport::Transport};

/// An access token is renewed so long before it expires, in milliseconds: longer than a request is under way.
const EARLY: i64 = 45_000;

/// Keeps the newest refresh token where the next start finds it; or forgets it, where a person wants that.
#[async_trait]
pub trait TokenKeeper: Send + Sync + 'static {
    /// Keeps a new refresh token. The old one is presented no more once this returns.
    async fn keep(&self, refresh_token: &str);
}

/// The pair of tokens of a session; cheap to clone, all clones are one.
#[derive(Clone)]
pub struct Tokens {
    state: Arc<Mutex<State>>,
    keeper: Arc<dyn TokenKeeper>,
}

struct State {
    refresh: String,
    access: Option<Access>,
}

struct Access {
    token: String,
    lives: i64,
    /// By the monotonic clock; set when it is first asked for.
    until: Option<i64>,
}

impl Access {
    fn of(session: &Session) -> Self {
        Self { token: session.access_token.clone(), lives: session.expires_in.saturating_mul(1_000), until: None }
    }
    /// Whether it holds for another request.
    fn holds(&mut self, mono: i64) -> bool {
        let until = *self.until.get_or_insert(mono.saturating_add(self.lives));
        // A token that lives only shortly is still used for half of its life.
        until.saturating_sub(mono) > EARLY.min(self.lives / 2)
    }
}

impl Tokens {
    /// The tokens of a login answer. The caller has kept its refresh token already.
    #[must_use]
    pub fn logged_in(session: &Session, keeper: Arc<dyn TokenKeeper>) -> Self {
        Self::with(session.refresh_token.clone(), Some(Access::of(session)), keeper)
    }
    /// Tokens of an earlier start: a kept refresh token, nothing else.
    #[must_use]
    pub fn resumed(refresh_token: String, keeper: Arc<dyn TokenKeeper>) -> Self {
        Self::with(refresh_token, None, keeper)
    }
    fn with(refresh: String, access: Option<Access>, keeper: Arc<dyn TokenKeeper>) -> Self {
        Self { state: Arc::new(Mutex::new(State { refresh, access })), keeper }
    }
    /// An access token that holds, and the session it came with if it was just renewed. Whoever comes while another one
    /// renews waits for that (single flight): a refresh token is presented by one request at a time.
    pub(crate) async fn access(&self, transport: &dyn Transport, clock: &dyn Clock) -> Result<(String, Option<Session>), Fault> {
        let mut state = self.state.lock().await;
        if let Some(access) = &mut state.access
            && access.holds(clock.mono())
        {
            return Ok((access.token.clone(), None));
        }
        let session = transport.refresh(&state.refresh).await?;
        // Kept first: a program that ends here presents the old one again and gets a sibling, which is no theft.
        if !domain::planted::planted("token_unkept") {
            self.keeper.keep(&session.refresh_token).await;
        }
        state.refresh.clone_from(&session.refresh_token);
        let mut access = Access::of(&session);
        access.until = Some(clock.mono().saturating_add(access.lives));
        let token = access.token.clone();
        state.access = Some(access);
        Ok((token, Some(session)))
    }
    /// Forgets the access token: the next request renews the session, and hears what it says of the person.
    pub(crate) async fn renew(&self) {
        self.state.lock().await.access = None;
    }
    /// Notes that the server takes this access token no longer.
    pub(crate) async fn expired(&self, token: &str) {
        let mut state = self.state.lock().await;
        if state.access.as_ref().is_some_and(|a| a.token == token) {
            state.access = None;
        }
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_of_any_length_is_borne() {
        for (lives, holds) in [(i64::MIN, false), (-1, false), (0, false), (1_000, true), (900_000, true), (i64::MAX, true)] {
            let mut access = Access { token: "t".into(), lives, until: None };
            access.holds(1_000);
            assert_eq!(access.holds(1_400), holds, "{lives} ms");
        }
    }
}
