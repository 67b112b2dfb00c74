//! Antrean, in which requests, orders and conversations wait beside each other, and the detail of a request: what is read, and what can
//! be done.

use domain::{
    decision::Details,
    id::{CommandId, ConsultationId, RecordId, UserId},
    record::RecordRef,
    records::{Client, Consultation, Note, Notification},
    role::Role,
    status::CommandState,
    time::UtcMillis,
    waiting::{Item, Waits},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::SheetFormat;

/// The lists of Antrean: what waits, of all kinds or of one, and the requests that were answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxView {
    /// Waiting, and not put off.
    #[default]
    Waiting,
    /// Of these, the requests.
    Requests,
    /// The orders.
    Orders,
    /// The conversations.
    Conversations,
    /// Waiting, and in my hands or given to me, put off or not.
    Mine,
    /// Waiting, and put off.
    Snoozed,
    /// Answered or called off: the three that follow.
    Answered,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Called off.
    Cancelled,
}

impl InboxView {
    /// Every list, in the order in which the window offers them.
    pub const ALL: [Self; 10] = [
        Self::Waiting,
        Self::Requests,
        Self::Orders,
        Self::Conversations,
        Self::Mine,
        Self::Snoozed,
        Self::Answered,
        Self::Accepted,
        Self::Rejected,
        Self::Cancelled,
    ];
}

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InboxFilter {
    /// The list.
    pub view: InboxView,
    /// Only those whose client's name, telephone number, own number or text has this in it; blank means all.
    pub text: String,
}

/// A part of a list: earliest deadline first, ties longest waiting, whatever the kind ([`domain::waiting`]); answered ones newest first.
///
/// Nothing moves under the cursor (ui.md, principle 10), so a list is read as the person last let it in: what came later is
/// counted and left out, and a row that this person's own act would take away keeps its place while that act is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// Which.
    pub filter: InboxFilter,
    /// The first row that is wanted. Not read when `around` names a row that the list has.
    pub offset: u32,
    /// How many, at most 200.
    pub limit: u32,
    /// A row that must be among the answer, in its middle where it can be: the answer says where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<RecordRef>,
    /// The version of the list that the person last let in: rows that came into it later are left out and counted.
    /// Nothing means that everything is let in now. A version too old to know means the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<u64>,
}

/// Writes the list as it is sifted to a file in the folder for downloads; the answer is [`crate::Exported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxExport {
    /// Which.
    pub filter: InboxFilter,
    /// Of these only those that somebody chose; all where nothing is.
    #[serde(default)]
    pub only: Vec<RecordRef>,
    /// As what.
    pub format: SheetFormat,
}

/// The groups of Antrean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxGroup {
    /// «Lewat tenggat».
    Late,
    /// «Hari ini».
    Today,
    /// «Berikutnya».
    Next,
    /// Answered or called off.
    Done,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboxRow {
    /// The record as it is shown: with what this desk has done and the server has not yet said.
    pub item: Item,
    /// Why it ranks where it does; nothing where it does not wait any more.
    pub waits: Option<Waits>,
    /// Its group, by the server's clock and the organisation's zone.
    pub group: InboxGroup,
    /// Whether its shown state is ours alone (a dashed edge).
    pub ours: bool,
    /// The most urgent state of a command about it; nothing when all is acknowledged.
    pub mark: Option<CommandState>,
    /// That command.
    pub command: Option<CommandId>,
    /// Whether the claim that is shown, or its absence, is ours alone (a dashed ring).
    pub claim_ours: bool,
    /// Whether this person has not looked at it yet; of a conversation, whether something in it is unread.
    pub unseen: bool,
}

/// How many there are of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InboxCounts {
    /// Waiting and not put off.
    pub waiting: u32,
    /// Of these, past their deadline.
    pub late: u32,
    /// Of these, due today.
    pub today: u32,
    /// Of these, the requests that were not looked at yet.
    pub unseen: u32,
    /// Of those that wait, the requests.
    pub requests: u32,
    /// The orders.
    pub orders: u32,
    /// The conversations.
    pub conversations: u32,
    /// In my hands or given to me.
    pub mine: u32,
    /// Put off.
    pub snoozed: u32,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboxReply {
    /// The rows from `offset` on.
    pub rows: Vec<InboxRow>,
    /// Where the first of them stands in the list.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has, without those that are left out.
    pub total: u32,
    /// How many of them stand in each group, in the order of the groups.
    pub groups: Vec<(InboxGroup, u32)>,
    /// How many there are of each, whatever the filter.
    pub counts: InboxCounts,
    /// How many rows are left out because they came after the version that was let in.
    pub newer: u32,
    /// The newest version of the list: events name a newer one when it changed.
    pub version: u64,
}

/// Everything about one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Which.
    pub record: RecordRef,
}

/// A note, and whether the server has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// The note.
    pub note: Note,
    /// Whether it is ours alone yet.
    pub ours: bool,
}

/// What the rulebook says of an act on this record, now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum VerdictState {
    /// It can be done.
    Allowed,
    /// The desk lacks facts: the server decides.
    ServerDecides,
    /// It cannot: the rule, who may, and when it will be possible.
    Refused {
        /// The rulebook's code.
        code: String,
        /// The requirement behind it.
        rule: String,
        /// Who, when, where it stands.
        details: Box<Details>,
    },
}

/// An act and what the rulebook says of it. Acts that this role may never do are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// `area.verb`.
    pub act: String,
    /// Whether it can be done.
    pub verdict: VerdictState,
}

/// A command about this record that is not finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingAct {
    /// Its id.
    pub id: CommandId,
    /// `area.verb`.
    pub act: String,
    /// Where it stands.
    pub state: CommandState,
    /// When it was made.
    pub made_at: UtcMillis,
    /// For a held one: when it will be sent.
    pub held_until: Option<UtcMillis>,
}

/// Everything about one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetailReply {
    /// The request as it is shown.
    pub consultation: Consultation,
    /// Its revision as the server last said it; 0 when the server has not seen it.
    pub rev: i64,
    /// Whether its shown state is ours alone.
    pub ours: bool,
    /// What the server last said, where that differs.
    pub server: Option<Box<Consultation>>,
    /// The client, where this person may see them.
    pub client: Option<Client>,
    /// How many requests of this client the desk holds, this one included.
    pub client_requests: u32,
    /// Notes, oldest first.
    pub notes: Vec<NoteView>,
    /// What can be done.
    pub verdicts: Vec<Verdict>,
    /// What was done and is not finished.
    pub pending: Vec<PendingAct>,
}

/// Clients by a part of their name, telephone number or address, for entering a request; at most 20.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clients {
    /// What was typed.
    pub text: String,
}

/// A client that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientHit {
    /// The client.
    pub client: Client,
    /// Their waiting request, if they have one: another cannot be entered.
    pub waiting: Option<WaitingRequest>,
}

/// A request that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingRequest {
    /// Which.
    pub id: ConsultationId,
    /// Its number.
    pub number: String,
}

/// Notes about requests by what they say, newest first; at most 20.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// What was typed.
    pub text: String,
}

/// A note that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteHit {
    /// The note.
    pub note: Note,
    /// The request it is about.
    pub consultation: Consultation,
}

/// Colleagues to whom work can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {}

/// They.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffReply {
    /// Account, name and roles, by name.
    pub people: Vec<(UserId, String, Vec<Role>)>,
}

/// The person's own list of notifications, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notifications {
    /// How many, at most 200.
    pub limit: u32,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotificationsReply {
    /// Newest first.
    pub items: Vec<Notification>,
    /// How many were not read.
    pub unread: u32,
}

/// This person has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkSeen {
    /// At what.
    pub record: RecordRef,
}

/// The texts this person began and did not send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {}

/// A text that was begun; kept in the outbox until it is empty, also when the program ends. The answer to [`Drafts`] is a list of
/// them, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepDraft {
    /// What it is for, in words of the window: at most 100 bytes.
    pub key: String,
    /// The text, at most 20,000 bytes; an empty one is forgotten.
    pub text: String,
}

/// Ids for things the window is about to make: ids are made in the desk, never in the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIds {
    /// How many, at most 16.
    pub count: u8,
}

/// The ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIdsReply {
    /// As many as were asked for.
    pub ids: Vec<RecordId>,
}

/// Gives a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submit {
    /// `area.verb`.
    pub act: String,
    /// Its arguments.
    pub args: Value,
    /// What the person had before them: records whose revision the desk notes with the command.
    pub seen: Vec<RecordRef>,
}

/// What the desk thinks will come of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Prediction {
    /// It is shown as done.
    Applied,
    /// The desk lacks facts: the server decides.
    ServerDecides,
}

/// A command that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// Its id.
    pub id: CommandId,
    /// Its receipt, to be quoted to a client at once: `7QF-2MX-K4`.
    pub receipt: String,
    /// What the desk thinks will come of it.
    pub prediction: Prediction,
    /// Milliseconds in which it can be undone; nothing when it is sent at once.
    pub held_ms: Option<u32>,
}

/// Takes a held or queued command back: this one, or the newest that can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Which.
    pub id: Option<CommandId>,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The command.
    pub id: CommandId,
    /// `area.verb`.
    pub act: String,
    /// The record it was about.
    pub record: Option<RecordRef>,
    /// What the person had typed, so that it can be put back before them, or given again.
    pub args: Value,
    /// What they had before them when they gave it.
    pub seen: Vec<RecordRef>,
}
