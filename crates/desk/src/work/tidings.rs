//! What is worth a notification, and its words.

use bridge::Notify;
use domain::{
    quiet,
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, ConsultationStatus, Notification, NotificationKind},
    role::{Actor, Role},
    status::CommandState,
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};
use mirror::Entry;

use super::toasts::{is_decision, key_of};
use crate::account::Held;

/// What kind of thing is told; those of a kind are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Somebody asks, and waits.
    Request,
    /// Somebody handed work over to this person.
    Assigned,
    /// A command of this person was refused, or came too late.
    Decision,
}

impl What {
    /// Whether the person wants to be told of it.
    pub(super) const fn is_wanted(self, notify: Notify) -> bool {
        match self {
            Self::Request => notify.request,
            Self::Assigned => notify.assigned,
            Self::Decision => notify.decision,
        }
    }
    /// The words for more than a few of them.
    pub(super) const fn several(self) -> &'static str {
        match self {
            Self::Request => "toast-new-requests-title",
            Self::Assigned => "toast-assigned-several-title",
            Self::Decision => "toast-decisions-title",
        }
    }
    /// The words for one at a locked desk.
    pub(super) const fn locked(self) -> &'static str {
        match self {
            Self::Request => "toast-locked-request",
            Self::Assigned => "toast-locked-assigned",
            Self::Decision => "toast-locked-decision",
        }
    }
    /// The words for several at a locked desk.
    pub(super) const fn locked_several(self) -> &'static str {
        match self {
            Self::Request => "toast-locked-requests",
            Self::Assigned => "toast-locked-assigned-several",
            Self::Decision => "toast-locked-decisions",
        }
    }
}

/// Something worth a notification.
pub(super) enum Tidings {
    Request(Box<Consultation>),
    Assigned(Box<Notification>),
    Decision(Box<Entry>),
}

impl Tidings {
    /// What a record that just came tells this person: never what they did themselves.
    pub(super) fn of(record: &AnyRecord, me: &Actor) -> Option<Self> {
        match record {
            AnyRecord::Consultation(it) => {
                let answers = me.roles.iter().any(|role| matches!(role, Role::Admin | Role::Cs));
                let asked_by_other = it.history.0.first().is_none_or(|made| made.by.id != me.id());
                let is_news = answers && it.status == ConsultationStatus::Waiting && asked_by_other;
                is_news.then(|| Self::Request(Box::new(it.clone())))
            }
            AnyRecord::Notification(it) => {
                let mine = it.user_id == me.id() && it.by.as_ref().is_none_or(|by| by.id != me.id());
                let is_news = mine && it.kind == NotificationKind::ItemAssigned && it.read_at.is_none();
                is_news.then(|| Self::Assigned(Box::new(it.clone())))
            }
            _ => None,
        }
    }
    /// What a command that just ended tells whoever gave it.
    pub(super) fn decision(entry: Entry) -> Option<Self> {
        is_decision(entry.state).then(|| Self::Decision(Box::new(entry)))
    }
    pub(super) const fn what(&self) -> What {
        match self {
            Self::Request(_) => What::Request,
            Self::Assigned(_) => What::Assigned,
            Self::Decision(_) => What::Decision,
        }
    }
    /// Under what it is remembered that it was told.
    pub(super) fn mark(&self) -> String {
        match self {
            Self::Request(_) => self.key(),
            Self::Assigned(it) => RecordRef::new(Kind::Notification, it.id).to_string(),
            Self::Decision(it) => format!("decision/{}", it.id),
        }
    }
    /// The key of its notification: what a click shows.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Request(it) => RecordRef::new(Kind::Consultation, it.id).to_string(),
            Self::Assigned(it) => it.record.to_string(),
            Self::Decision(it) => key_of(it.id),
        }
    }
    /// What is kept of it where it is held back at this moment in quiet hours; nothing of what is told of at once: what waits for
    /// a decision, and what would be late after them.
    pub(super) fn to_hold(&self, now: UtcMillis) -> Option<Held> {
        match self {
            Self::Request(it) if quiet::is_urgent(it.due_at, now) => None,
            Self::Request(it) => Some(Held { key: self.key(), due: Some(it.due_at) }),
            Self::Assigned(_) => Some(Held { key: self.key(), due: None }),
            Self::Decision(_) => None,
        }
    }
    /// Title and text.
    pub(super) fn text(&self, words: &Words, now: UtcMillis, zone: Zone) -> (String, String) {
        match self {
            Self::Request(it) => (words.text("toast-new-request-title"), request(words, it, now, zone)),
            Self::Assigned(it) => (words.text("toast-assigned-title"), assigned(words, it)),
            Self::Decision(it) if it.state == CommandState::Conflict => {
                (words.text("toast-conflict-title"), words.with("toast-conflict-body", &act(words, it)))
            }
            Self::Decision(it) => (words.text("toast-refused-title"), refused(words, it)),
        }
    }
}

/// `Rani Kusumawardani, Kam, 26 Nov. Tenggat 11:54 WIB.`
fn request(words: &Words, it: &Consultation, now: UtcMillis, zone: Zone) -> String {
    let time = words.time(it.due_at, zone);
    let due = if it.due_at.day(zone) == now.day(zone) { time } else { format!("{}, {time}", words.date_short(it.due_at.day(zone))) };
    let date = words.date_short(it.requested_date);
    words.with("toast-new-request-body", &[("name", isolate(it.client_name.as_str()).into()), ("date", date.into()), ("due", due.into())])
}

/// `Sari Admin meneruskan Rani Kusumawardani kepada Anda.`
fn assigned(words: &Words, it: &Notification) -> String {
    let by = it.by.as_ref().map(|by| isolate(by.name.as_str())).unwrap_or_default();
    let name = it.detail.as_deref().map(isolate).unwrap_or_default();
    words.with("toast-assigned-body", &[("by", by.into()), ("name", name.into())])
}

/// What was to be done, and for whom; the receipt where it is about nobody.
fn act<'a>(words: &Words, it: &Entry) -> [domain::words::Arg<'a>; 2] {
    let key = format!("act-{}", it.name.replace(['.', '_'], "-"));
    // A command of a newer program has its name and no words.
    let act = if words.has(&key) { words.text(&key) } else { it.name.clone() };
    let name = if it.title.is_empty() { it.id.receipt() } else { isolate(&it.title) };
    [("act", act.into()), ("name", name.into())]
}

/// `Terima untuk Rani Kusumawardani: Permintaan ini sudah tidak menunggu.`
fn refused(words: &Words, it: &Entry) -> String {
    let code = it.outcome.as_ref().and_then(|outcome| outcome.code.as_ref());
    let reason = words.text(&code.map_or_else(|| "refusal-unknown".to_owned(), domain::decision::Code::word));
    let [what, whom] = act(words, it);
    words.with("toast-refused-body", &[what, whom, ("reason", reason.into())])
}
