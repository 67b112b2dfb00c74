//! What is asked of conversations, and what the answers have.

use domain::{
    id::{CommandId, MessageId, OrderId},
    record::{Kind, RecordRef},
    records::{Conversation, Message, OrderStatus},
    status::CommandState,
};

use crate::{
    cabinet::Verdict,
    queries::{designs::Bytes, part::Wish},
};

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ConversationPart {
    /// All of them.
    #[default]
    All,
    /// Those in which there is something that this person has not read.
    Unread,
    /// Those whose client waits for an answer.
    Waiting,
}

/// Which part of which list.
#[derive(Clone, Debug, Default)]
pub struct ConversationAsk {
    /// Which conversations.
    pub part: ConversationPart,
    /// Only those that are found by this: by their order's number, their client's name or their last message.
    pub text: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
    /// The order of a row that must be among them.
    pub around: Option<OrderId>,
}

impl ConversationAsk {
    pub(super) fn wish(&self) -> Wish {
        let around = self.around.map(|order| RecordRef::new(Kind::Order, order));
        Wish { offset: self.offset, limit: self.limit, around }
    }
}

/// How many there are, whatever the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ConversationCounts {
    /// All of them.
    pub all: u32,
    /// In how many there is something that this person has not read.
    pub unread: u32,
    /// In how many the client waits for an answer.
    pub waiting: u32,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationLine {
    /// The conversation as it is shown.
    pub conversation: Conversation,
    /// How many messages this person has not read.
    pub unread: i64,
    /// Where its order stands, if it is here.
    pub status: Option<OrderStatus>,
    /// Whether its last message is ours alone.
    pub ours: bool,
    /// The most urgent state of what was said here and is not finished.
    pub mark: Option<CommandState>,
}

/// A part of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConversationPage {
    /// The rows.
    pub rows: Vec<ConversationLine>,
    /// Where the first one stands.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many there are of each.
    pub counts: ConversationCounts,
}

/// Which messages.
#[derive(Clone, Copy, Debug)]
pub struct TalkAsk {
    /// Of this order.
    pub order_id: OrderId,
    /// Only those with a number below this one; the newest where there is none.
    pub before: Option<i64>,
    /// How many.
    pub limit: u32,
}

/// A file of a message, beside what the message says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedLine {
    /// Its bytes, while this desk sends them.
    pub bytes: Option<Bytes>,
    /// Whether it can be seen, or saved, without a line: its bytes wait to be sent, or it is kept.
    pub here: bool,
}

/// A message, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageLine {
    /// The message. One that the server has not taken has the number it would have.
    pub message: Message,
    /// How its files stand, each in the place it has there.
    pub files: Vec<AttachedLine>,
    /// Whether this person wrote it.
    pub mine: bool,
    /// The command that says it and where that stands; nothing when the server has taken it.
    pub command: Option<(CommandId, CommandState)>,
}

/// A message that has no place in the conversation until its author decides.
#[derive(Clone, Debug, PartialEq)]
pub struct StrandedMessage {
    /// The message it would have been.
    pub id: MessageId,
    /// What it says.
    pub text: String,
    /// What the files are called that it carries.
    pub files: Vec<String>,
    /// The command that says it.
    pub command: CommandId,
    /// Where that stands.
    pub state: CommandState,
    /// Why the server refused it.
    pub code: Option<String>,
}

/// What is said about one order.
#[derive(Clone, Debug, PartialEq)]
pub struct TalkPage {
    /// The head of the conversation; nothing before its first message.
    pub conversation: Option<Conversation>,
    /// The messages, oldest first.
    pub messages: Vec<MessageLine>,
    /// Those that did not pass, in the order in which they were written.
    pub stranded: Vec<StrandedMessage>,
    /// Whether there are older ones, here or at the server.
    pub more: bool,
    /// The number up to which this person has read.
    pub read: i64,
    /// How many they have not read.
    pub unread: i64,
    /// What the rulebook says of each of the acts that were asked about, in their order.
    pub verdicts: Vec<Verdict>,
}
