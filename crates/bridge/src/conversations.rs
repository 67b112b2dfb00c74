//! Obrolan: the conversations about orders, and what is said in one.

use domain::{
    id::{CommandId, MessageId, OrderId, QuickReplyId},
    records::{Conversation, Message, OrderStatus, Placeholder},
    status::CommandState,
};
use serde::{Deserialize, Serialize};

use crate::{attachments::FileView, inbox::VerdictState};

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationPart {
    /// All of them.
    #[default]
    All,
    /// Those in which there is something this person has not read.
    Unread,
    /// Those whose client waits for an answer.
    Waiting,
}

/// Which conversations a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConversationFilter {
    /// Which part.
    pub part: ConversationPart,
    /// Only those whose order's number, client's name or last message has this in it; blank means all.
    pub text: String,
}

/// A part of the list of conversations: unread ones first, and of these the earliest promise of an answer first; the others by
/// their last message, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversations {
    /// Which.
    pub filter: ConversationFilter,
    /// The first row that is wanted. Not read when `around` names a row that the list has.
    pub offset: u32,
    /// How many, at most 200.
    pub limit: u32,
    /// The order of a row that must be among the answer, in its middle where it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<OrderId>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversationRow {
    /// The head of the conversation as it is shown: with what this desk has said and the server has not yet taken.
    pub conversation: Conversation,
    /// How many messages this person has not read.
    pub unread: u32,
    /// Where its order stands, if the desk holds it.
    pub status: Option<OrderStatus>,
    /// Whether the last message is ours alone (a dashed edge).
    pub ours: bool,
    /// The most urgent state of a command about it; nothing when all is acknowledged.
    pub mark: Option<CommandState>,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversationsReply {
    /// The rows from `offset` on.
    pub rows: Vec<ConversationRow>,
    /// Where the first of them stands in the list.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many conversations there are, whatever the filter.
    pub all: u32,
    /// In how many of all there is something unread.
    pub unread: u32,
    /// In how many of all the client waits for an answer.
    pub waiting: u32,
}

/// What is said about one order: the newest messages, or those before one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The order.
    pub order_id: OrderId,
    /// Only messages with a number below this one; nothing means the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// How many, at most 200.
    pub limit: u32,
}

/// One message as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageView {
    /// The message. One that is not yet sent has the number it would have.
    pub message: Message,
    /// How its files stand here, each in the place it has there.
    #[serde(default)]
    pub files: Vec<FileView>,
    /// Whether this person wrote it.
    pub mine: bool,
    /// The state of the command that says it; nothing when the server has taken it.
    pub state: Option<CommandState>,
    /// That command.
    pub command: Option<CommandId>,
}

/// What is said about one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TalkReply {
    /// The head of the conversation; nothing before its first message.
    pub conversation: Option<Conversation>,
    /// The messages, oldest first.
    pub messages: Vec<MessageView>,
    /// Messages of this desk that did not pass: refused, held up, or waiting for a decision. They have no place.
    pub stranded: Vec<Stranded>,
    /// Whether there are older ones, here or at the server: a desk that is not complete holds the newest first.
    pub more: bool,
    /// The number up to which this person has read.
    pub read: i64,
    /// How many they have not read.
    pub unread: u32,
    /// Whether this person can say something, and why not.
    pub verdict: VerdictState,
}

/// A message that waits for a decision of its author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stranded {
    /// The message it would have been.
    pub id: MessageId,
    /// What it says.
    pub text: String,
    /// What the files are called that it carries.
    #[serde(default)]
    pub files: Vec<String>,
    /// Where its command stands.
    pub state: CommandState,
    /// That command.
    pub command: CommandId,
    /// Why the server refused it; the key of a text.
    pub code: Option<String>,
}

/// The quick replies, by their titles; with the gaps filled in for an order, where one is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickReplies {
    /// For which order the gaps are filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_id: Option<OrderId>,
}

/// A quick reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickReplyView {
    /// Its id.
    pub id: QuickReplyId,
    /// What it is called.
    pub title: String,
    /// Its text as it was typed, with its gaps.
    pub text: String,
    /// The text with its gaps filled in, for the order that was named.
    pub filled: Option<String>,
    /// What could not be filled in.
    pub open: Vec<Placeholder>,
    /// Whether what is shown is ours alone.
    pub ours: bool,
}
