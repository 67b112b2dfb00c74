//! Clicks on notifications, and links from outside: what they show, and that one on a locked desk is remembered until it is unlocked.

use bridge::{Event, LinkProblem};
use domain::{
    id::ConversationId,
    record::{AnyRecord, Kind, RecordRef},
    status::Connection,
};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;

use super::{
    Work,
    toasts::{CALLED_OFF, CONVERSATIONS, INBOX, ORDERS, OUTBOX},
};
use crate::{
    desk::{Desk, Inner},
    link,
    session::Phase,
};

/// What a click on the notification of this key shows; nothing for a key that is none of ours.
fn shows(key: &str) -> Option<Event> {
    let place = |place: &str| Some(Event::Go { place: place.to_owned() });
    match key.split('/').next() {
        Some(INBOX) => place(INBOX),
        Some(ORDERS) => place(ORDERS),
        Some(CONVERSATIONS) => place(CONVERSATIONS),
        Some(OUTBOX) => place(OUTBOX),
        _ => {
            let record = key.strip_prefix(CALLED_OFF).and_then(|rest| rest.strip_prefix('/')).unwrap_or(key);
            record.parse().ok().map(|record| Event::Open { record })
        }
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
    /// Whether this is somebody's desk, locked or not.
    taken: bool,
    /// Whether the window listens: a program can be started by a link.
    window: bool,
    /// What was clicked and could not be shown yet.
    waits: Option<Waiting>,
}

/// What is to be shown.
#[derive(Clone, PartialEq)]
struct Waiting {
    event: Event,
    /// Whether a link from outside named it, and not a notification of ours.
    linked: bool,
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
            state.waits = Some(Waiting { event, linked: false });
            // What opens the desk comes before the person.
            Event::Go { place: INBOX.to_owned() }
        };
        // Nobody listens while there is no window.
        let _ = self.events.send(told);
    }
    /// A link came from outside. It waits for the window, and a record for whoever unlocks or logs in.
    fn link(&self, event: Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waits = Some(Waiting { event, linked: true });
        if !state.open {
            // What opens the desk comes before the person.
            let _ = self.events.send(Event::Go { place: INBOX.to_owned() });
        }
    }
    /// The window listens from now on.
    pub(crate) fn window_listens(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).window = true;
    }
    /// The session went over to this phase. What was clicked waits for whoever unlocks, and for nobody else.
    pub(crate) fn follow(&self, phase: &Phase) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.open = matches!(phase, Phase::Open(_));
        let left = matches!(phase, Phase::Out(_) | Phase::Revoked(_));
        // What came before anybody sat here is for whoever logs in.
        if left && state.taken {
            state.waits = None;
        }
        state.taken = !left && (state.taken || matches!(phase, Phase::Open(_) | Phase::Locked(_)));
    }
    fn waits(&self) -> Option<Waiting> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waits.clone().filter(|waits| state.window || !waits.linked)
    }
    /// Takes out what is shown now. Whether it still waited: whoever looks at the same time shows it once.
    fn take(&self, shown: &Waiting) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waits.take_if(|waits| waits == shown).is_some()
    }
}

impl Desk {
    /// A link from outside is to be opened: `meja://record/<kind>/<id>`. It can open, never act; what it opens is told as an event once
    /// somebody is at work here, and why it opens nothing is told too.
    pub async fn open_link(&self, link: &str) {
        let event = link::read(link).map_or_else(|why| Event::BadLink { why }, |record| Event::Open { record });
        self.inner.clicks.link(event);
        self.inner.show_clicked().await;
    }
    /// Shows what waits, without anybody waiting for it.
    pub(crate) fn show_clicked_soon(&self) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.show_clicked().await });
    }
}

impl Inner {
    /// Shows what was clicked while the desk was locked: a record as soon as it is here. One that is not there at the head of
    /// the feed is gone; then the list is shown, or what is wrong with the link is said.
    pub(crate) async fn show_clicked(&self) {
        let Some(waiting) = self.clicks.waits() else { return };
        let Waiting { event, linked } = waiting.clone();
        let event = match (event, self.work().await) {
            (event @ Event::BadLink { .. }, _) => event,
            (_, Err(_)) => return,
            (Event::Open { record }, Ok(work)) => match Self::opens(&work, record).await {
                Some(record) => Event::Open { record },
                None if work.is_missing(linked) => missing(linked),
                None => return,
            },
            (event, Ok(_)) => event,
        };
        if self.clicks.take(&waiting) {
            self.tell(event);
        }
    }
    /// The record whose screen shows this one, if it is here: a note is read where it was written, a message in its conversation.
    async fn opens(work: &Work, record: RecordRef) -> Option<RecordRef> {
        let (found, _) = work.cabinet.record(record, work.now()).await.ok().flatten()?;
        match found {
            AnyRecord::Note(note) => Some(note.record).filter(|about| link::has_screen(about.kind)),
            AnyRecord::Message(it) => Some(RecordRef::new(Kind::Conversation, ConversationId::of(it.order_id))),
            _ => Some(record),
        }
    }
}

impl Work {
    /// Whether what is not here does not come by itself soon. Nobody who followed a link waits for a line that is down.
    fn is_missing(&self, linked: bool) -> bool {
        match self.engine.line().borrow().connection {
            Connection::Online => true,
            Connection::CatchingUp | Connection::Reconnecting => false,
            _ => linked,
        }
    }
}

fn missing(linked: bool) -> Event {
    if linked { Event::BadLink { why: LinkProblem::NotHere } } else { Event::Go { place: INBOX.to_owned() } }
}
