//! What is asked of clients, and what the answers have.

use domain::{
    id::{ClientId, CommandId},
    record::RecordRef,
    records::{Client, Consultation, Conversation, Design, Order},
    status::CommandState,
    time::UtcMillis,
};

use crate::queries::{detail::NoteLine, part::Wish};

/// In which order clients are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ClientOrder {
    /// By name; who was erased has none, and comes last.
    #[default]
    Name,
    /// Whoever asked, ordered, or wrote or was written to last, first.
    Last,
}

/// Which part of the list of clients.
#[derive(Clone, Debug, Default)]
pub struct ClientAsk {
    /// Its order.
    pub order: ClientOrder,
    /// Only those that are found by this.
    pub text: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
    /// A client that must be among them.
    pub around: Option<ClientId>,
}

impl ClientAsk {
    pub(super) fn wish(&self) -> Wish {
        let around = self.around.map(|id| RecordRef::new(domain::record::Kind::Client, id));
        Wish { offset: self.offset, limit: self.limit, around }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct ClientLine {
    /// The client as they are shown.
    pub client: Client,
    /// When they last asked, ordered, or wrote or were written to; when they came, where nothing of that is here.
    pub last: UtcMillis,
    /// How many of their requests wait.
    pub requests: u32,
    /// How many of their orders are neither done nor called off.
    pub orders: u32,
    /// Whether something of theirs is ours alone.
    pub ours: bool,
    /// The most urgent open command about them.
    pub mark: Option<(CommandState, CommandId)>,
}

/// A part of the list.
#[derive(Clone, Debug, Default)]
pub struct ClientPage {
    /// The rows.
    pub rows: Vec<ClientLine>,
    /// Where the first one stands.
    pub offset: u32,
    /// Where the client of `around` stands, if the list has them.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many clients are here, whatever is looked for.
    pub all: u32,
}

/// What is told of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TaleOf {
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

/// Which part of what is told of a client, newest first.
#[derive(Clone, Copy, Debug)]
pub struct TaleAsk {
    /// Whose.
    pub client: ClientId,
    /// Of what.
    pub of: TaleOf,
    /// How many of the newest are left out.
    pub offset: u32,
    /// How many.
    pub limit: u32,
}

/// Something that happened with a client.
#[derive(Clone, Debug, PartialEq)]
pub enum Tale {
    /// They asked for a consultation.
    Request(Box<Consultation>),
    /// They ordered.
    Order(Box<Order>),
    /// Something was said about an order; the last of it.
    Talk(Box<Conversation>),
    /// A version was made for them.
    File(Box<Design>),
    /// Somebody wrote a note.
    Note(Box<NoteLine>),
}

/// A part of what is told.
#[derive(Clone, Debug, Default)]
pub struct TalePage {
    /// Newest first, each with its moment.
    pub lines: Vec<(UtcMillis, Tale)>,
    /// How many there are of what was asked for.
    pub total: u32,
    /// How many there are of each: requests, orders, conversations, versions, notes.
    pub counts: [u32; 5],
}
