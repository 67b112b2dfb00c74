//! Requests for a free consultation (R-010…R-014, M-01), and what every triaged item carries: claim, snooze, history.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ClientId, ConsultationId, UserId},
    name::PersonName,
    record::{column_types, record},
    role::Person,
    text::{Message, Reason, RequestNote, Topic},
    time::{Day, UtcMillis, Zone},
    wire_enum::wire_enum,
};

wire_enum! {
    /// Where a request stands (M-01, its first part).
    pub enum ConsultationStatus {
        /// Nobody has answered yet.
        Waiting = "waiting",
        /// An admin accepted.
        Accepted = "accepted",
        /// An admin rejected, with a reason.
        Rejected = "rejected",
        /// The client, or an admin, called it off.
        Cancelled = "cancelled" | "canceled",
    }
}

wire_enum! {
    /// How a request reached us.
    pub enum Source {
        /// The client asked through the public interface.
        App = "app",
        /// By telephone.
        Phone = "phone",
        /// By WhatsApp.
        Whatsapp = "whatsapp",
        /// By e-mail.
        Email = "email",
        /// The client came by.
        WalkIn = "walk_in",
        /// Some other way.
        Other = "other",
    }
}

/// A person works on an item for a while; others leave it alone meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// Who.
    pub by: Person,
    /// Until when, unless they act again.
    pub until: UtcMillis,
}

impl Claim {
    /// Whether it counts at that moment: one that has run out does not.
    #[must_use]
    pub fn counts_at(&self, now: UtcMillis) -> bool {
        self.until > now
    }
}

/// An item that nobody wants to see for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Snooze {
    /// Who put it off.
    pub by: Person,
    /// Until when.
    pub until: UtcMillis,
}

impl Snooze {
    /// Whether it counts at that moment: one that is over does not.
    #[must_use]
    pub fn counts_at(&self, now: UtcMillis) -> bool {
        self.until > now
    }
}

/// One line of a record's own short history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// When, by the server's clock.
    pub at: UtcMillis,
    /// Who.
    pub by: Person,
    /// The name of the command, such as `consultation.accept`.
    pub act: String,
    /// Why, where a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the record stands since, by its wire name, where the act itself does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What the staff does for itself: a client reads nothing of it, and it is the first to go where there is no room for all.
const IN_HOUSE: [&str; 14] = [
    "item.assign",
    "item.claim",
    "item.release",
    "item.snooze",
    "item.wake",
    "order.assign",
    "order.claim",
    "order.release",
    "order.set_note",
    "order.snooze",
    "order.wake",
    "design.purge",
    "design.set_current",
    "design.upload",
];

impl HistoryEntry {
    /// Whether it is what the staff did for itself.
    #[must_use]
    pub fn is_in_house(&self) -> bool {
        IN_HOUSE.contains(&self.act.as_str())
    }
}

/// The last twenty lines of a record's history, oldest first. The whole of it is the audit.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct History(pub Vec<HistoryEntry>);

impl History {
    /// The most lines that are kept.
    pub const MOST: usize = 20;

    /// Adds a line, and lets the oldest one go when there are too many: of what the staff did for itself, while there is any of it. What a
    /// client decided long ago, and nobody has done since, is what their order waits for ([`crate::waiting`]).
    pub fn push(&mut self, entry: HistoryEntry) {
        while self.0.len() >= Self::MOST {
            self.0.remove(self.0.iter().position(HistoryEntry::is_in_house).unwrap_or(0));
        }
        self.0.push(entry);
    }
}

column_types! {
    Text: ConsultationStatus, Source;
    Json: Claim, Snooze, Person, History;
}

record! {
    /// A request for a free consultation. It carries what everybody who may see it needs to know of the client
    /// (architecture.md: «What somebody may know of another record is carried by their own»).
    pub struct Consultation(Consultation) {
        /// Its id.
        pub id: ConsultationId,
        /// What people call it: `KG-YYYYMMDD-XXXXXX`, the day in WIB.
        pub number: String,
        /// Whose request it is.
        pub client_id: ClientId,
        /// The client's account, if they have one: it hears of every change.
        pub client_user: Option<UserId>,
        /// What the client is called.
        pub client_name: PersonName,
        /// The zone the client lives in.
        pub client_zone: Zone,
        /// How it reached us.
        pub source: Source,
        /// The day the client wants.
        pub requested_date: Day,
        /// What it is about.
        pub topic: Option<Topic>,
        /// What the client added.
        pub note: Option<RequestNote>,
        /// Where it stands.
        pub status: ConsultationStatus,
        /// A word of the admin to the client, with the acceptance.
        pub message: Option<Message>,
        /// Why it was rejected or cancelled; the client reads it.
        pub reason: Option<Reason>,
        /// Until when an answer is promised, in working time.
        pub due_at: UtcMillis,
        /// When it was answered or called off.
        pub decided_at: Option<UtcMillis>,
        /// Who answered it or called it off.
        pub decided_by: Option<Person>,
        /// Who works on it.
        pub claim: Option<Claim>,
        /// Until when nobody wants to see it.
        pub snooze: Option<Snooze>,
        /// To whom it was given.
        pub assignee: Option<Person>,
        /// When it was asked.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
        /// What happened to it.
        pub history: History,
    }
}

impl Consultation {
    /// The claim that counts at `now`: one that has run out does not.
    #[must_use]
    pub fn claimed_at(&self, now: UtcMillis) -> Option<&Claim> {
        self.claim.as_ref().filter(|it| it.counts_at(now))
    }
    /// The snooze that counts at `now`.
    #[must_use]
    pub fn snoozed_at(&self, now: UtcMillis) -> Option<&Snooze> {
        self.snooze.as_ref().filter(|it| it.counts_at(now))
    }
}
