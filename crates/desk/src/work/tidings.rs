//! What is worth a notification, and its words.

use bridge::{Notify, Ways};
use domain::{
    id::ConversationId,
    quiet,
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, ConsultationStatus, Design, DesignStatus, History, Notification, NotificationKind, Order, OrderStatus, Voice},
    role::Actor,
    status::CommandState,
    time::{MINUTE, UtcMillis, Zone},
    words::{Words, isolate},
};
use mirror::Entry;

use super::{
    chat::Word,
    pace::Waiting,
    toasts::{CALLED_OFF, OUTBOX, is_decision, key_of},
};
use crate::account::Held;

/// What kind of thing is told; those of a kind are counted together, and what is nearest to harm is named first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A request will soon be late.
    Near,
    /// Somebody asks, and waits.
    Request,
    /// Somebody ordered a design.
    Order,
    /// A client has decided on a version.
    Reviewed,
    /// A client says something, and waits.
    Message,
    /// Somebody handed work over to this person.
    Assigned,
    /// A client called off what was this person's.
    CalledOff,
    /// A command of this person was refused, or came too late.
    Decision,
    /// Commands are not sent for long.
    Stuck,
}

impl What {
    /// How the person wants to be told of it.
    pub(super) const fn ways(self, notify: Notify) -> Ways {
        match self {
            Self::Near => notify.near,
            Self::Request => notify.request,
            Self::Order | Self::Reviewed => notify.order,
            Self::Message => notify.message,
            Self::Assigned | Self::CalledOff => notify.assigned,
            Self::Decision => notify.decision,
            Self::Stuck => notify.stuck,
        }
    }
    /// Whether it is told of at once and by itself, whatever was told of just before: nothing goes on without this person.
    pub(super) const fn is_at_once(self) -> bool {
        matches!(self, Self::Decision | Self::Stuck)
    }
    /// Whether it is held back in quiet hours; what would be late after them is not.
    pub(super) fn can_wait(self, due: Option<UtcMillis>, now: UtcMillis) -> bool {
        match self {
            Self::Request | Self::Order | Self::Message => due.is_none_or(|due| !quiet::is_urgent(due, now)),
            Self::Assigned | Self::CalledOff | Self::Reviewed => true,
            Self::Near | Self::Decision | Self::Stuck => false,
        }
    }
    /// The words for more than a few of them.
    pub(super) const fn several(self) -> &'static str {
        match self {
            Self::Near => "toast-near-several-title",
            Self::Request => "toast-new-requests-title",
            Self::Order => "toast-new-orders-title",
            Self::Reviewed => "toast-reviewed-several-title",
            Self::Message => "toast-new-messages-title",
            Self::Assigned => "toast-assigned-several-title",
            Self::CalledOff => "toast-called-off-several-title",
            Self::Decision => "toast-decisions-title",
            Self::Stuck => "toast-stuck-title",
        }
    }
    /// The words for one at a locked desk.
    pub(super) const fn locked(self) -> &'static str {
        match self {
            Self::Near => "toast-locked-near",
            Self::Request => "toast-locked-request",
            Self::Order | Self::Reviewed => "toast-locked-order",
            Self::Message => "toast-locked-message",
            Self::Assigned => "toast-locked-assigned",
            Self::CalledOff => "toast-locked-called-off",
            Self::Decision => "toast-locked-decision",
            Self::Stuck => "toast-stuck-title",
        }
    }
    /// The words for several at a locked desk.
    pub(super) const fn locked_several(self) -> &'static str {
        match self {
            Self::Near => "toast-locked-near-several",
            Self::Request => "toast-locked-requests",
            Self::Order | Self::Reviewed => "toast-locked-orders",
            Self::Message => "toast-locked-messages",
            Self::Assigned => "toast-locked-assigned-several",
            Self::CalledOff => "toast-locked-called-off-several",
            Self::Decision => "toast-locked-decisions",
            Self::Stuck => "toast-stuck-title",
        }
    }
}

/// Something worth a notification.
pub(super) enum Tidings {
    Near(Box<Consultation>),
    /// The same behind the lock, where nobody knows whose it is.
    NearUnnamed(Held, UtcMillis),
    Request(Box<Consultation>),
    Order(Box<Order>),
    Reviewed(Box<Design>),
    Message(Box<Word>),
    Assigned(Box<Notification>),
    CalledOff(Box<Notification>),
    Decision(Box<Entry>),
    /// So many commands are not sent, since then.
    Stuck(u32, UtcMillis),
}

/// What is said of one thing that is told of by itself, and the name by which it is said among several.
pub(super) struct Said {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) name: String,
}

impl Tidings {
    /// What a record that just came tells this person: never what they did themselves.
    pub(super) fn of(record: &AnyRecord, me: &Actor) -> Option<Self> {
        match record {
            AnyRecord::Consultation(it) => {
                let is_news = answers(me) && it.status == ConsultationStatus::Waiting && is_by_other(&it.history, me);
                is_news.then(|| Self::Request(Box::new(it.clone())))
            }
            AnyRecord::Order(it) => {
                let is_news = answers(me) && awaits(it) && is_by_other(&it.history, me);
                is_news.then(|| Self::Order(Box::new(it.clone())))
            }
            AnyRecord::Design(it) => {
                // What becomes of a version long afterwards is no answer of its client.
                let is_news =
                    answers(me) && it.purged.is_none() && matches!(it.status, DesignStatus::Approved | DesignStatus::RevisionRequested);
                is_news.then(|| Self::Reviewed(Box::new(it.clone())))
            }
            AnyRecord::Message(it) => {
                let is_news = answers(me) && it.from == Voice::Client && it.author.id != me.id();
                let word = || Word { message: it.clone(), conversation: None, unread: 1 };
                is_news.then(|| Self::Message(Box::new(word())))
            }
            AnyRecord::Notification(it) => {
                let mine = it.user_id == me.id() && it.by.as_ref().is_none_or(|by| by.id != me.id());
                let told = || Box::new(it.clone());
                match it.kind {
                    _ if !mine || it.read_at.is_some() => None,
                    NotificationKind::ItemAssigned => Some(Self::Assigned(told())),
                    NotificationKind::ConsultationCancelled => Some(Self::CalledOff(told())),
                    _ => None,
                }
            }
            _ => None,
        }
    }
    /// Whether it is for this person to keep the deadline of a request: it waits, and is in nobody else's hands.
    pub(super) fn is_due_from(it: &Consultation, me: &Actor, now: UtcMillis) -> bool {
        let holder = it.assignee.as_ref().or_else(|| it.claim.as_ref().filter(|claim| claim.until > now).map(|claim| &claim.by));
        answers(me) && it.status == ConsultationStatus::Waiting && holder.is_none_or(|person| person.id == me.id())
    }
    /// What tells this person that a request will soon be late.
    pub(super) fn near(it: &Consultation, me: &Actor, now: UtcMillis) -> Option<Self> {
        (Self::is_due_from(it, me, now) && is_near(it.due_at, now)).then(|| Self::Near(Box::new(it.clone())))
    }
    /// The same behind the lock.
    pub(super) fn near_unnamed(it: Held, now: UtcMillis) -> Option<Self> {
        it.due.filter(|due| is_near(*due, now)).map(|due| Self::NearUnnamed(it, due))
    }
    /// What a command that just ended tells whoever gave it.
    pub(super) fn decision(entry: Entry) -> Option<Self> {
        is_decision(entry.state).then(|| Self::Decision(Box::new(entry)))
    }
    pub(super) const fn what(&self) -> What {
        match self {
            Self::Near(_) | Self::NearUnnamed(..) => What::Near,
            Self::Request(_) => What::Request,
            Self::Order(_) => What::Order,
            Self::Reviewed(_) => What::Reviewed,
            Self::Message(_) => What::Message,
            Self::Assigned(_) => What::Assigned,
            Self::CalledOff(_) => What::CalledOff,
            Self::Decision(_) => What::Decision,
            Self::Stuck(..) => What::Stuck,
        }
    }
    /// Under what it is remembered that it was told.
    pub(super) fn mark(&self) -> String {
        match self {
            Self::Near(_) | Self::NearUnnamed(..) => format!("near/{}", self.key()),
            Self::Request(_) | Self::Order(_) => self.key(),
            Self::Reviewed(it) => format!("{}/{}", RecordRef::new(Kind::Design, it.id), it.status.wire()),
            Self::Message(it) => RecordRef::new(Kind::Message, it.message.id).to_string(),
            Self::Assigned(it) | Self::CalledOff(it) => RecordRef::new(Kind::Notification, it.id).to_string(),
            Self::Decision(it) => format!("decision/{}", it.id),
            Self::Stuck(_, since) => format!("stuck/{}", since.ms()),
        }
    }
    /// The key of its notification: what a click shows.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Near(it) | Self::Request(it) => RecordRef::new(Kind::Consultation, it.id).to_string(),
            Self::Order(it) => RecordRef::new(Kind::Order, it.id).to_string(),
            Self::Reviewed(it) => RecordRef::new(Kind::Order, it.order_id).to_string(),
            Self::Message(it) => RecordRef::new(Kind::Conversation, ConversationId::of(it.message.order_id)).to_string(),
            Self::NearUnnamed(it, _) => it.key.clone(),
            Self::Assigned(it) => it.record.to_string(),
            Self::CalledOff(it) => format!("{CALLED_OFF}/{}", it.record),
            Self::Decision(it) => key_of(it.id),
            Self::Stuck(..) => OUTBOX.to_owned(),
        }
    }
    /// Its place among what waits for its turn; without names where none may be said.
    pub(super) fn waiting(&self, names: bool, words: &Words, now: UtcMillis, zone: Zone) -> Waiting {
        let due = match self {
            Self::Near(it) | Self::Request(it) => Some(it.due_at),
            Self::Order(it) => Some(it.due_at),
            Self::Message(it) => it.conversation.as_ref().and_then(|it| it.due_at),
            Self::NearUnnamed(_, due) => Some(*due),
            _ => None,
        };
        let said = names.then(|| {
            let (title, body) = self.text(words, now, zone);
            Said { title, body, name: self.name() }
        });
        Waiting { what: self.what(), key: self.key(), due, said }
    }
    fn name(&self) -> String {
        match self {
            Self::Near(it) | Self::Request(it) => isolate(it.client_name.as_str()),
            Self::Order(it) => isolate(it.client_name.as_str()),
            Self::Reviewed(it) => isolate(&it.order_number),
            Self::Message(it) => it.client(),
            Self::Assigned(it) | Self::CalledOff(it) => whose(it),
            Self::NearUnnamed(..) | Self::Decision(_) | Self::Stuck(..) => String::new(),
        }
    }
    /// Title and text.
    pub(super) fn text(&self, words: &Words, now: UtcMillis, zone: Zone) -> (String, String) {
        match self {
            Self::Near(it) => near(words, it, now, zone),
            Self::NearUnnamed(..) => (words.text(What::Near.locked()), String::new()),
            Self::Request(it) => (words.text("toast-new-request-title"), request(words, it, now, zone)),
            Self::Order(it) => (words.text("toast-new-order-title"), order(words, it)),
            Self::Reviewed(it) => (words.text(reviewed(it)), version(words, it)),
            Self::Message(it) => (it.client(), it.body(words)),
            Self::Assigned(it) => (words.text("toast-assigned-title"), assigned(words, it)),
            Self::CalledOff(it) => {
                (words.text("toast-called-off-title"), words.with("toast-called-off-body", &[("name", whose(it).into())]))
            }
            Self::Decision(it) if it.state == CommandState::Conflict => {
                (words.text("toast-conflict-title"), words.with("toast-conflict-body", &act(words, it)))
            }
            Self::Decision(it) => (words.text("toast-refused-title"), refused(words, it)),
            Self::Stuck(unsent, _) => (words.text("toast-stuck-title"), words.count("toast-stuck-body", i64::from(*unsent))),
        }
    }
}

/// Whether this person answers whoever asks or orders.
fn answers(me: &Actor) -> bool {
    me.is_office()
}

/// Whether somebody else made it.
fn is_by_other(history: &History, me: &Actor) -> bool {
    history.0.first().is_none_or(|made| made.by.id != me.id())
}

/// Whether nobody has taken an order up yet.
pub(super) fn awaits(it: &Order) -> bool {
    it.is_open() && it.status == OrderStatus::Pending
}

/// Whether something is late soon, and not yet.
fn is_near(due: UtcMillis, now: UtcMillis) -> bool {
    due > now && quiet::is_urgent(due, now)
}

/// `Tenggat 30 menit lagi`, `Konsultasi Rani Kusumawardani, 11:54 WIB.`
fn near(words: &Words, it: &Consultation, now: UtcMillis, zone: Zone) -> (String, String) {
    let minutes = it.due_at.since(now).div_euclid(MINUTE) + i64::from(it.due_at.since(now).rem_euclid(MINUTE) > 0);
    let (name, due) = (isolate(it.client_name.as_str()), words.time(it.due_at, zone));
    (words.count("toast-near-title", minutes), words.with("toast-near-body", &[("name", name.into()), ("due", due.into())]))
}

/// `Rani Kusumawardani, Kam, 26 Nov. Tenggat 11:54 WIB.`
fn request(words: &Words, it: &Consultation, now: UtcMillis, zone: Zone) -> String {
    let time = words.time(it.due_at, zone);
    let due = if it.due_at.day(zone) == now.day(zone) { time } else { format!("{}, {time}", words.date_short(it.due_at.day(zone))) };
    let date = words.date_short(it.requested_date);
    words.with("toast-new-request-body", &[("name", isolate(it.client_name.as_str()).into()), ("date", date.into()), ("due", due.into())])
}

/// `ORD-202611-0042, Rani Kusumawardani.`
fn order(words: &Words, it: &Order) -> String {
    words.with("toast-new-order-body", &[("number", isolate(&it.number).into()), ("name", isolate(it.client_name.as_str()).into())])
}

/// What a client has decided.
const fn reviewed(it: &Design) -> &'static str {
    if matches!(it.status, DesignStatus::Approved) { "toast-approved-title" } else { "toast-revision-title" }
}

/// `ORD-202611-0042, V2.`
fn version(words: &Words, it: &Design) -> String {
    words.with("toast-reviewed-body", &[("number", isolate(&it.order_number).into()), ("version", it.version.to_string().into())])
}

/// `Sari Admin meneruskan Rani Kusumawardani kepada Anda.`
fn assigned(words: &Words, it: &Notification) -> String {
    let by = it.by.as_ref().map(|by| isolate(by.name.as_str())).unwrap_or_default();
    words.with("toast-assigned-body", &[("by", by.into()), ("name", whose(it).into())])
}

/// The client whose it is.
fn whose(it: &Notification) -> String {
    it.detail.as_deref().map(isolate).unwrap_or_default()
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
