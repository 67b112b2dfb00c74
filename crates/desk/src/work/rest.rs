//! Rest that a person takes now: from syncing, and from notifications. When it ends, `domain::quiet` says; that it ends, time does.

use bridge::{DeskError, ErrorCode, Event, Pause};
use domain::{
    quiet::{QuietHours, Rest},
    time::{UtcMillis, Zone},
};

use super::held::seat;
use crate::desk::Inner;

impl Inner {
    /// Stops asking and sending, or goes on. A pause that has an end outlives a lock and a restart.
    ///
    /// # Errors
    /// `no_session`.
    pub(crate) async fn pause(&self, query: &Pause) -> Result<(), DeskError> {
        let none = || DeskError::new(ErrorCode::NoSession);
        let engine = self.engine().await.ok_or_else(none)?;
        {
            let phase = self.phase.read().await;
            let (account, now, zone) = seat(&phase).ok_or_else(none)?;
            let until = query.rest.filter(|_| query.paused).map(|rest| rest.until(now, self.zone(zone)));
            account.change(|who| who.paused_until = until);
        }
        engine.pause(query.paused);
        self.tell_status().await;
        Ok(())
    }
    /// Goes on when the time that was set for it has come.
    pub(super) async fn end_pause(&self) {
        let over = {
            let phase = self.phase.read().await;
            seat(&phase).is_some_and(|(account, now, _)| account.who().paused_until.is_some_and(|until| until <= now))
        };
        if over {
            tracing::info!("the time of a pause is over");
            drop(self.pause(&Pause { paused: false, rest: None }).await);
        }
    }
    /// Holds notifications back from now on for as long as this, or not any more.
    ///
    /// # Errors
    /// `no_session`, `disk`.
    pub(crate) async fn be_quiet(&self, rest: Option<Rest>) -> Result<(), DeskError> {
        let (now, zone) = {
            let phase = self.phase.read().await;
            let (_, now, zone) = seat(&phase).ok_or_else(|| DeskError::new(ErrorCode::NoSession))?;
            (now, self.zone(zone))
        };
        let mut preferences = self.preferences();
        change(&mut preferences.quiet, rest, now, zone);
        self.set_preferences(preferences.clone())?;
        self.tell(Event::Preferences { preferences });
        self.tell_held().await;
        self.tell_status().await;
        Ok(())
    }
}

fn change(quiet: &mut QuietHours, rest: Option<Rest>, now: UtcMillis, zone: Zone) {
    match rest {
        Some(rest) => quiet.rest(rest, now, zone),
        None => quiet.wake(now, zone),
    }
}
