//! What the desk says, passed on: to the window as it is, to the tray in short.

use bridge::{EVENT, Event, SessionInfo, SessionState, SyncStatus};
use desk::Desk;
use domain::time::Zone;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{tray::Tray, window};

/// Who sits at the desk, as far as the tray says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    /// Nobody is logged in.
    Empty,
    /// The window is locked.
    Locked,
    /// Somebody is at work.
    Taken,
}

/// How things stand, for the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    /// Who sits here.
    pub(crate) seat: Seat,
    /// The line and the counts.
    pub(crate) status: Option<SyncStatus>,
    /// The organisation's zone.
    pub(crate) zone: Zone,
}

impl Stand {
    /// Before the desk has said anything.
    pub(crate) const fn new() -> Self {
        Self { seat: Seat::Empty, status: None, zone: Zone::Wib }
    }
    /// What waits to be sent and would not be, if the program ended now.
    pub(crate) fn unsent(&self) -> u32 {
        if self.seat == Seat::Empty { 0 } else { self.status.as_ref().map_or(0, |status| status.queued) }
    }
    /// Takes in what the desk says.
    fn hear(&mut self, event: &Event) {
        match event {
            Event::Status { status } => self.status = Some(status.clone()),
            Event::Session { session } => match session {
                SessionState::Open { session } => self.sits(Seat::Taken, session),
                SessionState::Locked { session, .. } => self.sits(Seat::Locked, session),
                _ => self.seat = Seat::Empty,
            },
            Event::Changed { .. }
            | Event::Transfer { .. }
            | Event::Kept { .. }
            | Event::FileMoved { .. }
            | Event::Dropped { .. }
            | Event::Outbox { .. }
            | Event::Open { .. }
            | Event::Go { .. }
            | Event::BadLink { .. }
            | Event::AskQuit { .. }
            | Event::Preferences { .. } => {}
        }
    }
    fn sits(&mut self, seat: Seat, session: &SessionInfo) {
        (self.seat, self.zone) = (seat, session.zone);
    }
}

/// Tells the window.
pub(crate) fn say(app: &AppHandle, event: &Event) {
    if let Err(error) = app.emit_to(window::LABEL, EVENT, event) {
        tracing::warn!(%error, "the window did not hear");
    }
}

/// Passes on what the desk says, as long as it says something.
pub(crate) async fn pass_on(app: AppHandle, desk: Desk, mut events: Receiver<Event>) {
    let mut stand = Stand::new();
    // What was said before somebody listened.
    for event in desk.everything().await {
        stand.hear(&event);
    }
    tell(&app, &desk, &stand);
    loop {
        let heard = match events.recv().await {
            Ok(event) => vec![event],
            // More was said than is kept: both hear how everything stands.
            Err(RecvError::Lagged(missed)) => {
                tracing::debug!(missed, "events were missed");
                desk.everything().await
            }
            Err(RecvError::Closed) => return,
        };
        let before = stand.clone();
        heard.iter().for_each(|event| stand.hear(event));
        if before != stand || heard.iter().any(|event| matches!(event, Event::Preferences { .. })) {
            tell(&app, &desk, &stand);
        }
        for event in &heard {
            if matches!(event, Event::Open { .. } | Event::Go { .. } | Event::BadLink { .. }) {
                window::show(&app);
            }
            say(&app, event);
        }
    }
}

fn tell(app: &AppHandle, desk: &Desk, stand: &Stand) {
    if let Some(tray) = app.try_state::<Tray>() {
        tray.tell(app, stand, desk.words());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsent_holds_up_the_end_only_while_it_could_still_be_sent() {
        let status = SyncStatus { queued: 3, ..crate::tray::status(domain::status::Connection::Offline, 0, 0) };
        let mut stand = Stand { seat: Seat::Taken, status: Some(status), zone: Zone::Wib };
        assert_eq!(stand.unsent(), 3);
        stand.hear(&Event::Session { session: SessionState::LoggedOut { server: None, email: None, unsent: 3 } });
        assert_eq!(stand.unsent(), 0, "after a logout it waits for the next login, whether the program runs or not");
    }
}
