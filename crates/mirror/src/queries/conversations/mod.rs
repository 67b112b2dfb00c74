//! Conversations about orders: the list, what is said in one, and the texts for answering quickly.
//!
//! The list has the order of a table of its own, `talk`, because what is unread stands in no record alone: a conversation knows how many
//! messages it has, a person's mark how many of them they have read, and an order whether it was deleted. How many stand in each place says
//! the tally, so that nothing is counted, and no message is read but those that are shown.

mod ask;
mod list;
mod replies;
mod sent;
mod talk;

pub use ask::{
    AttachedLine, ConversationAsk, ConversationCounts, ConversationLine, ConversationPage, ConversationPart, MessageLine, StrandedMessage,
    TalkAsk, TalkPage,
};
pub use replies::ReplyLine;
