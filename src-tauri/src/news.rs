//! What the desk says, passed on: to the window as it is, to the tray in short.

use bridge::{EVENT, Event, SessionState, SyncStatus};
use desk::Desk;
use domain::time::Zone;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{tray::Tray, window};

/// How things stand, for the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    /// The line and the counts; nothing while nobody is logged in.
    pub(crate) status: Option<SyncStatus>,
    /// The organisation's zone.
    pub(crate) zone: Zone,
}

/// Tells the window.
pub(crate) fn say(app: &AppHandle, event: &Event) {
    if let Err(error) = app.emit_to(window::LABEL, EVENT, event) {
        tracing::warn!(%error, "the window did not hear");
    }
}

/// Passes on what the desk says, as long as it says something.
pub(crate) async fn pass_on(app: AppHandle, desk: Desk, mut events: Receiver<Event>) {
    let mut stand = Stand { status: desk.status(bridge::Status {}).await.ok(), zone: Zone::Wib };
    tell(&app, &desk, &stand);
    loop {
        match events.recv().await {
            Ok(event) => {
                let before = stand.clone();
                hear(&app, &desk, &event, &mut stand).await;
                if before != stand || matches!(event, Event::Preferences { .. }) {
                    tell(&app, &desk, &stand);
                }
                say(&app, &event);
            }
            // The window reads everything again: an empty list of records means that all of them may have changed.
            Err(RecvError::Lagged(_)) => say(&app, &Event::Changed { records: Vec::new(), version: 0 }),
            Err(RecvError::Closed) => return,
        }
    }
}

/// What an event means for window and tray.
async fn hear(app: &AppHandle, desk: &Desk, event: &Event, stand: &mut Stand) {
    match event {
        Event::Status { status } => stand.status = Some(status.clone()),
        // A locked desk goes on sending, and its tray goes on counting.
        Event::Session { session: SessionState::Open { session } | SessionState::Locked { session, .. } } => {
            *stand = Stand { status: desk.status(bridge::Status {}).await.ok(), zone: session.zone };
        }
        Event::Session { .. } => stand.status = None,
        Event::Open { .. } | Event::Go { .. } => window::show(app),
        Event::Changed { .. } | Event::Outbox { .. } | Event::Preferences { .. } => {}
    }
}

fn tell(app: &AppHandle, desk: &Desk, stand: &Stand) {
    if let Some(tray) = app.try_state::<Tray>() {
        tray.tell(stand, desk.words());
    }
}
