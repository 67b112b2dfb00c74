//! The pair of tokens of a session.

use async_trait::async_trait;
use domain::{time::UtcMillis, wire::Session};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Mutex;

use crate::{clock::Clock, fault::Fault, transport::Transport};

/// An access token is renewed so long before it expires, in milliseconds: longer than a request is under way.
const EARLY: i64 = 45_000;

/// The tokens of a session as they are kept for the next start.
///
/// Invariant: a young pair is not presented. “A refresh token that was presented may be on its way for a while after its desk has
/// given up waiting. It is answered like the one that was presented after it, until the child of that one is presented: then it is a
/// thief's.” So whoever starts goes on with the access token, as long as that holds, and presents the child when the late one has
/// long come or never will.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// For the next pair.
    pub refresh: String,
    /// For requests, and until when, by the server's clock.
    pub access: Option<(String, UtcMillis)>,
}

impl Pair {
    /// The tokens of this answer.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let until = session.server_time.plus(session.expires_in.saturating_mul(1_000));
        Self { refresh: session.refresh_token.clone(), access: Some((session.access_token.clone(), until)) }
    }
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pair { .. }")
    }
}

/// Keeps the newest tokens where the next start finds them; or forgets them, where a person wants that.
#[async_trait]
pub trait TokenKeeper: Send + Sync + 'static {
    /// Keeps new tokens. The old refresh token is presented no more once this returns.
    async fn keep(&self, pair: &Pair);
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
    /// The tokens of a login answer. The caller has kept them already.
    #[must_use]
    pub fn logged_in(session: &Session, keeper: Arc<dyn TokenKeeper>) -> Self {
        Self::resumed(Pair::of(session), session.server_time, keeper)
    }
    /// Tokens of an earlier start, or of another engine of this one. `now` is the server's clock as estimated: where that is wrong,
    /// the server says that the access token has expired.
    #[must_use]
    pub fn resumed(pair: Pair, now: UtcMillis, keeper: Arc<dyn TokenKeeper>) -> Self {
        let access = pair.access.map(|(token, until)| Access { token, lives: until.since(now), until: None });
        Self { state: Arc::new(Mutex::new(State { refresh: pair.refresh, access })), keeper }
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
            self.keeper.keep(&Pair::of(&session)).await;
        }
        state.refresh.clone_from(&session.refresh_token);
        let mut access = Access::of(&session);
        access.until = Some(clock.mono().saturating_add(access.lives));
        let token = access.token.clone();
        state.access = Some(access);
        Ok((token, Some(session)))
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
