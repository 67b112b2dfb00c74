//! Native notifications: a new waiting request raises one with name and date. The list in the window is the truth.
//!
//! Invariant: once is enough. “A toast is marked as shown before it is shown.” So a request is told of at most once on a desk,
//! whatever is restarted, connected again or reset; and only of what came above the first head, never of what was merely not
//! read before.

use bridge::Event;
use domain::{
    id::UserId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, ConsultationStatus},
    role::Role,
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};
use std::sync::{Arc, PoisonError};

use super::Work;
use crate::{
    desk::Inner,
    notify::{OnClick, Toast},
};

/// More new requests at once are told of in one notification.
const APART: usize = 3;
/// The key of a notification about several: a click shows the list.
const SEVERAL: &str = "inbox";

/// What a click on the notification of this key shows; nothing for a key that is none of ours.
pub(crate) fn clicked(key: &str) -> Option<Event> {
    if key == SEVERAL {
        return Some(Event::Go { place: SEVERAL.to_owned() });
    }
    key.parse().ok().map(|record| Event::Open { record })
}

impl Inner {
    /// Tells of requests that just came.
    pub(super) async fn toast(&self, fresh: &[Arc<AnyRecord>]) {
        let Ok(work) = self.work().await else { return };
        let who = work.account.who();
        if !who.roles.iter().any(|role| matches!(role, Role::Admin | Role::Cs)) {
            return;
        }
        let mut new = Vec::new();
        for record in fresh {
            if let AnyRecord::Consultation(it) = &**record
                && is_news(it, who.person.id)
                && work.is_first_time(it).await
            {
                new.push(it);
            }
        }
        let (words, sound) = (self.words(), self.preferences().sound);
        if new.len() > APART {
            let n = words.whole(i64::try_from(new.len()).unwrap_or(i64::MAX));
            let title = words.with("toast-new-requests-title", &[("n", n.into())]);
            return self.show(Toast { key: SEVERAL.to_owned(), title, body: String::new(), sound });
        }
        for it in new {
            let body = text(words, it, work.now(), work.zone());
            let title = words.text("toast-new-request-title");
            self.show(Toast { key: key_of(it), title, body, sound });
        }
    }
    fn show(&self, toast: Toast) {
        let events = self.events.clone();
        let on_click: OnClick = Arc::new(move |key: &str| {
            if let Some(event) = clicked(key) {
                // Nobody listens while there is no window.
                let _ = events.send(event);
            }
        });
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(toast.key.clone());
        self.parts.notifier.show(toast, on_click);
    }
    /// Takes back what somebody has settled meanwhile.
    pub(super) async fn withdraw_toasts(&self, changed: &[RecordRef]) {
        if self.shown.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return;
        }
        let Ok(work) = self.work().await else { return };
        for name in changed.iter().filter(|name| name.kind == Kind::Consultation) {
            if self.is_on_screen(&name.to_string())
                && let Ok(Some((AnyRecord::Consultation(it), _))) = work.cabinet.record(*name, work.now()).await
                && it.status != ConsultationStatus::Waiting
            {
                self.withdraw(*name);
            }
        }
    }
    /// Takes back the notification about this record, if one was shown since the program started.
    pub(crate) fn withdraw(&self, name: RecordRef) {
        let key = name.to_string();
        if self.shown.lock().unwrap_or_else(PoisonError::into_inner).remove(&key) {
            self.parts.notifier.withdraw(&key);
        }
    }
    fn is_on_screen(&self, key: &str) -> bool {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).contains(key)
    }
}

impl Work {
    /// Marks a request as told of. Whether it had not been.
    async fn is_first_time(&self, it: &Consultation) -> bool {
        self.cabinet.mark_told(&key_of(it), self.now()).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a notification is not shown, because it cannot be marked as shown");
            false
        })
    }
}

fn key_of(it: &Consultation) -> String {
    RecordRef::new(Kind::Consultation, it.id).to_string()
}

/// Whether somebody else asks, and waits.
fn is_news(it: &Consultation, me: UserId) -> bool {
    it.status == ConsultationStatus::Waiting && it.history.0.first().is_none_or(|made| made.by.id != me)
}

/// `Rani Kusumawardani, Kam, 26 Nov. Tenggat 11:54 WIB.`
fn text(words: &Words, it: &Consultation, now: UtcMillis, zone: Zone) -> String {
    let time = words.time(it.due_at, zone);
    let due = if it.due_at.day(zone) == now.day(zone) { time } else { format!("{}, {time}", words.date_short(it.due_at.day(zone))) };
    let date = words.date_short(it.requested_date);
    words.with("toast-new-request-body", &[("name", isolate(it.client_name.as_str()).into()), ("date", date.into()), ("due", due.into())])
}
