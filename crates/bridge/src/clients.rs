//! Klien: the list of clients, and everything about one (issue 5, section 4).

use domain::{
    commands::client::Channel,
    id::{ClientId, CommandId},
    record::RecordRef,
    records::{Client, Consultation, Conversation, Design, Order},
    status::CommandState,
    time::UtcMillis,
};
use serde::{Deserialize, Serialize};

use crate::inbox::{NoteView, PendingAct, Verdict};

/// In which order clients are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientSort {
    /// By name; who was erased has none, and comes last.
    #[default]
    Name,
    /// Whoever asked, ordered, or wrote or was written to last, first.
    Last,
}

/// Which clients a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientFilter {
    /// Its order.
    pub sort: ClientSort,
    /// Only those whose name, telephone number or address has this in it; blank means all.
    pub text: String,
}

/// A part of the list of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientList {
    /// Which.
    pub filter: ClientFilter,
    /// The first row that is wanted. Not read when `around` names a client that the list has.
    pub offset: u32,
    /// How many, at most 200.
    pub limit: u32,
    /// A client who must be among the answer, in its middle where they can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<ClientId>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientRow {
    /// The client as they are shown.
    pub client: Client,
    /// When they last asked, ordered, or wrote or were written to; when they came, where nothing of that is here.
    pub last: UtcMillis,
    /// How many of their requests wait.
    pub requests: u32,
    /// How many of their orders are neither done nor called off.
    pub orders: u32,
    /// Whether something of what is shown is ours alone.
    pub ours: bool,
    /// The most urgent state of a command about them; nothing when all is acknowledged.
    pub mark: Option<CommandState>,
    /// That command.
    pub command: Option<CommandId>,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientListReply {
    /// The rows from `offset` on.
    pub rows: Vec<ClientRow>,
    /// Where the first of them stands in the list.
    pub offset: u32,
    /// Where the client of `around` stands, if the list has them.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many clients this desk holds, whatever is looked for.
    pub all: u32,
}

/// Everything about one client. Of one who was merged it is the one who stays: the answer's client has another id then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientDetail {
    /// Which.
    pub record: RecordRef,
    /// Somebody who is perhaps the same person: whether they can be merged into this client is said as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge: Option<ClientId>,
}

/// How much there is of a client. Deleted orders, and what belongs to them, are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClientCounts {
    /// Requests.
    pub requests: u32,
    /// Of these, waiting.
    pub open_requests: u32,
    /// Orders.
    pub orders: u32,
    /// Of these, neither done nor called off.
    pub open_orders: u32,
    /// Conversations.
    pub talks: u32,
    /// Design versions.
    pub files: u32,
    /// Notes about them, their requests and their orders.
    pub notes: u32,
}

/// Everything about one client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientDetailReply {
    /// The client as they are shown.
    pub client: Client,
    /// Their revision as the server last said it; 0 when the server has not seen them.
    pub rev: i64,
    /// Whether something of what is shown is ours alone.
    pub ours: bool,
    /// What the server last said, where that differs.
    pub server: Option<Box<Client>>,
    /// How much there is of them.
    pub counts: ClientCounts,
    /// Others with the same telephone number or the same address, by name; at most 20.
    pub alike: Vec<Client>,
    /// Notes about the client themselves, oldest first.
    pub notes: Vec<NoteView>,
    /// What can be done.
    pub verdicts: Vec<Verdict>,
    /// What was done and is not finished.
    pub pending: Vec<PendingAct>,
}

/// What is told of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TalePart {
    /// Everything.
    #[default]
    All,
    /// Their requests.
    Requests,
    /// Their orders.
    Orders,
    /// What is said about these.
    Talks,
    /// What was made for them.
    Files,
    /// Notes about them, their requests and their orders.
    Notes,
}

/// What happened with a client, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientTale {
    /// Whose.
    pub client: ClientId,
    /// Of what.
    pub part: TalePart,
    /// How many of the newest are left out.
    pub offset: u32,
    /// How many, at most 200.
    pub limit: u32,
}

/// Something that happened with a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Told {
    /// They asked for a consultation.
    Request {
        /// The request.
        request: Box<Consultation>,
    },
    /// They ordered.
    Order {
        /// The order.
        order: Box<Order>,
    },
    /// Something was said about an order; the last of it.
    Talk {
        /// The conversation.
        talk: Box<Conversation>,
    },
    /// A version was made for them.
    File {
        /// The version.
        design: Box<Design>,
    },
    /// Somebody wrote a note.
    Note {
        /// The note.
        note: Box<NoteView>,
    },
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaleLine {
    /// When.
    pub at: UtcMillis,
    /// What.
    pub told: Told,
}

/// What happened with a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientTaleReply {
    /// Newest first.
    pub lines: Vec<TaleLine>,
    /// How many there are of what was asked for.
    pub total: u32,
}

/// Opens WhatsApp, or what writes mails here, outside the window, with a text begun for this client. Nothing is sent and no state
/// changes (C-08); the desk makes the address from what the client's record says, so that the window can open nothing else. That it was
/// done is a command of its own: `client.contact`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenContact {
    /// To whom.
    pub client: ClientId,
    /// In which way.
    pub channel: Channel,
    /// The text to begin with, at most 2000 bytes; it holds no secrets.
    pub text: String,
}

/// Writes everything of a client that is theirs to read to a file, in the folder for downloads. It asks the server: without a
/// line it is `unreachable`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientExport {
    /// Whose.
    pub client: ClientId,
}

/// Has the server erase everything that tells who a client is. It cannot be taken back, and waits in no outbox: without a line it
/// is `unreachable`, and nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientErase {
    /// Whose.
    pub client: ClientId,
    /// What the client is called, as it was typed.
    pub name: String,
}
