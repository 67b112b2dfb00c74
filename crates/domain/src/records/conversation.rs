//! The conversation about an order, between its client and the staff: what stands at its head, what was said, and how
//! far each person has read.

use serde::{Deserialize, Serialize};

use crate::{
    file::{FileName, MediaType, Sha256},
    id::{ClientId, ConversationId, MessageId, OrderId, ReadMarkId, UserId},
    name::PersonName,
    record::{ColumnType, ColumnValue, column_types, record},
    role::Person,
    text::ChatText,
    time::{UtcMillis, Zone},
    wire_enum::wire_enum,
};

wire_enum! {
    /// On which side of a conversation somebody speaks.
    pub enum Voice {
        /// The client.
        Client = "client",
        /// The staff.
        Staff = "staff",
    }
}
column_types! { Text: Voice; }

/// A file that a message carries. Its bytes are read by whoever reads the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size: i64,
    /// What the bytes are.
    pub media_type: MediaType,
    /// What it is called there.
    pub name: FileName,
}

/// The files that a message carries, in the order in which they were chosen. A message without any says nothing of them, as those did
/// that were written before there were any.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Attachments(pub Vec<Attachment>);

impl Attachments {
    /// The most files of one message.
    pub const MOST: usize = 5;

    /// The file with these bytes among them.
    #[must_use]
    pub fn with(&self, sha256: &Sha256) -> Option<&Attachment> {
        self.0.iter().find(|it| it.sha256 == *sha256)
    }
    /// How many there are; nothing where there are none.
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        i64::try_from(self.0.len()).ok().filter(|count| *count > 0)
    }
}

impl ColumnValue for Attachments {
    const TYPE: ColumnType = ColumnType::Json;
    const NULL: bool = true;
    fn is_null(&self) -> bool {
        self.0.is_empty()
    }
}

record! {
    /// The head of a conversation: whose it is, what was said last, and whether the client waits. It is written together with every
    /// message, so that a list of conversations never has to count. It begins with its first message.
    pub struct Conversation(Conversation) {
        /// Its id, which is the order's ([`ConversationId::of`]).
        pub id: ConversationId,
        /// What people call the order.
        pub order_number: String,
        /// Whose order it is.
        pub client_id: ClientId,
        /// What the client is called.
        pub client_name: PersonName,
        /// The zone the client lives in.
        pub client_zone: Zone,
        /// How many messages it has; the last one's number.
        pub messages: i64,
        /// What the last message says; nothing where files alone were sent.
        pub last_text: ChatText,
        /// How many files the last message carries, where it carries any.
        pub last_files: Option<i64>,
        /// When it was written.
        pub last_at: UtcMillis,
        /// On which side it was.
        pub last_from: Voice,
        /// Who wrote it.
        pub last_by: Person,
        /// Since when the client waits for an answer: their first message that nobody of the staff has answered.
        pub waiting_since: Option<UtcMillis>,
        /// Until when it is promised that somebody answers, in working time; while the client waits.
        pub due_at: Option<UtcMillis>,
        /// The number of the staff's last message; 0 where they have said nothing.
        pub answered: i64,
        /// The number up to which the client has read.
        pub client_read: i64,
        /// When the first message was written.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

record! {
    /// A message. Nobody changes one; its number is its place, given by the server in the commit that holds it.
    pub struct Message(Message) {
        /// Its id.
        pub id: MessageId,
        /// The order it is about; also its scope.
        pub order_id: OrderId,
        /// Its place in the conversation, from 1, without gap.
        pub number: i64,
        /// On which side it was written.
        pub from: Voice,
        /// Who wrote it; a client is not told.
        pub author: Person,
        /// What it says; nothing where files alone were sent.
        pub text: ChatText,
        /// The files it carries.
        #[serde(default)]
        pub attachments: Attachments,
        /// When the server took it.
        pub created_at: UtcMillis,
    }
}

record! {
    /// How far a person has read a conversation. Only they hold it.
    pub struct ReadMark(ReadMark) {
        /// Its id ([`ReadMarkId::of`]).
        pub id: ReadMarkId,
        /// Who has read.
        pub user_id: UserId,
        /// What.
        pub conversation_id: ConversationId,
        /// The number of the last message they have read, with all before it.
        pub upto: i64,
        /// How many messages of their own stand above it: written while there was something they had not read.
        pub own: i64,
        /// When it last moved.
        pub updated_at: UtcMillis,
    }
}

impl Conversation {
    /// How many messages somebody of this side with this mark has not read: those of others above it.
    ///
    /// Somebody of the staff without a mark has never looked in: what colleagues have answered is not theirs to catch up on, so that
    /// nobody who joins the house finds years of talk unread.
    #[must_use]
    pub fn unread(&self, mark: Option<&ReadMark>, side: &Voice) -> i64 {
        let covered = mark.map_or_else(|| self.read_by(None, side), ReadMark::covered);
        self.messages.saturating_sub(covered).max(0)
    }
    /// The number up to which they have read.
    #[must_use]
    pub fn read_by(&self, mark: Option<&ReadMark>, side: &Voice) -> i64 {
        match (mark, side) {
            (Some(mark), _) => mark.upto,
            (None, Voice::Staff) => self.answered,
            (None, _) => 0,
        }
    }
}

impl ReadMark {
    /// How many messages whoever it belongs to need not read: those up to it, and their own above it.
    #[must_use]
    pub const fn covered(&self) -> i64 {
        self.upto.saturating_add(self.own)
    }
}
