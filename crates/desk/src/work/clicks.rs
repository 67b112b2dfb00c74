//! Clicks on notifications: what they show, and that one on a locked desk is remembered until it is unlocked.

use bridge::Event;
use domain::status::Connection;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;

use super::toasts::{INBOX, OUTBOX};
use crate::{desk::Inner, session::Phase};

/// What a click on the notification of this key shows; nothing for a key that is none of ours.
fn shows(key: &str) -> Option<Event> {
    let place = |place: &str| Some(Event::Go { place: place.to_owned() });
    match key.split('/').next() {
        Some(INBOX) => place(INBOX),
        Some(OUTBOX) => place(OUTBOX),
        _ => key.parse().ok().map(|record| Event::Open { record }),
    }
}

/// Takes clicks, from whatever thread waits for them.
pub(crate) struct Clicks {
    events: broadcast::Sender<Event>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Whether somebody is at work.
    open: bool,
    /// What was clicked and could not be shown yet.
    waits: Option<Event>,
}

impl Clicks {
    /// Nobody is at work yet.
    pub(crate) fn new(events: broadcast::Sender<Event>) -> Self {
        Self { events, state: Mutex::default() }
    }
    /// Somebody clicked.
    pub(crate) fn click(&self, key: &str) {
        let Some(event) = shows(key) else { return };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let told = if state.open {
            event
        } else {
            state.waits = Some(event);
            // What opens the desk comes before the person.
            Event::Go { place: INBOX.to_owned() }
        };
        // Nobody listens while there is no window.
        let _ = self.events.send(told);
    }
    /// The session went over to this phase. What was clicked waits for whoever unlocks, and for nobody else.
    pub(crate) fn follow(&self, phase: &Phase) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.open = matches!(phase, Phase::Open(_));
        if matches!(phase, Phase::Out(_) | Phase::Revoked(_)) {
            state.waits = None;
        }
    }
    fn waits(&self) -> Option<Event> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waits.clone()
    }
    fn take(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waits = None;
    }
}

impl Inner {
    /// Shows what was clicked while the desk was locked: a record as soon as it is here. One that is not there at the head of
    /// the feed is gone, and then the list is shown.
    pub(crate) async fn show_clicked(&self) {
        let Some(event) = self.clicks.waits() else { return };
        let Ok(work) = self.work().await else { return };
        let event = match event {
            Event::Open { record } => match work.cabinet.record(record, work.now()).await {
                Ok(Some(_)) => event,
                _ if work.engine.line().borrow().connection == Connection::Online => Event::Go { place: INBOX.to_owned() },
                _ => return,
            },
            event => event,
        };
        self.clicks.take();
        self.tell(event);
    }
}
