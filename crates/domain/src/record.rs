//! What a record is. A record is declared once: its struct is the wire form, the server's row, the mirror's body and what
//! the screen gets (architecture.md, sentence 3). `record!` also lists the columns, from which the server's codec and the
//! test of the migrations work.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use std::{fmt, str::FromStr};

use crate::{
    id::{
        BadId, ClientId, ConsultationId, ConversationId, CounterId, DesignId, DeviceId, FileId, ImportId, ImportPartId, MessageId, NoteId,
        NotificationId, OrderId, QuickReplyId, ReadMarkId, RecordId, SettingId, UserId,
    },
    money::Rupiah,
    name::{Email, PersonName},
    phone::Phone,
    records::{
        Client, Consultation, Conversation, Counter, Design, File, ImportPart, Message, Note, Notification, Order, QuickReply, ReadMark,
        Setting, User,
    },
    role::Role,
    text::{self, Brief, ChatText, Label, NoteText, Reason, ReplyTitle, RequestNote, Topic},
    time::{Day, UtcMillis, Zone},
};

/// How a field stands in the server's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A UUID: 16 bytes in SQLite, `uuid` in PostgreSQL.
    Id,
    /// A moment: UTC milliseconds.
    Time,
    /// A whole number.
    Integer,
    /// A yes or no: 0 or 1 in SQLite.
    Bool,
    /// Text, days and wire names of enums among it.
    Text,
    /// A structure, as JSON text.
    Json,
}

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in Rust, JSON and SQL alike.
    pub name: &'static str,
    /// How it stands in the table.
    pub ty: ColumnType,
    /// Whether it may be missing: left out of the JSON, `NULL` in the table.
    pub null: bool,
}

/// A type that a record's field may have.
pub trait ColumnValue {
    /// How it stands in the server's table.
    const TYPE: ColumnType;
    /// Whether it may be missing.
    const NULL: bool = false;
    /// Whether it is missing.
    fn is_null(&self) -> bool {
        false
    }
}

impl<T: ColumnValue> ColumnValue for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const NULL: bool = true;
    fn is_null(&self) -> bool {
        self.is_none()
    }
}

macro_rules! column_types {
    ($($column:ident: $($ty:ty),*;)*) => { $($(impl $crate::record::ColumnValue for $ty { const TYPE: $crate::record::ColumnType = $crate::record::ColumnType::$column; })*)* };
}
pub(crate) use column_types;
column_types! {
    Id: UserId, ClientId, ConsultationId, NoteId, NotificationId, SettingId, OrderId, CounterId, FileId, DeviceId, RecordId, ConversationId, MessageId, ReadMarkId, QuickReplyId, DesignId, ImportId, ImportPartId;
    Time: UtcMillis;
    Integer: Rupiah, i64;
    Bool: bool;
    Text: String, Day, Zone, PersonName, Email, Phone, Topic, RequestNote, Reason, text::Message, NoteText, Brief, Label, ChatText, ReplyTitle;
    Json: Vec<Role>, RecordRef, serde_json::Value;
}

/// What every record can say about itself.
pub trait Record: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// Its kind.
    const KIND: Kind;
    /// Its fields, in the order of the struct.
    const COLUMNS: &'static [Column];
    /// Its id.
    fn record_id(&self) -> RecordId;
    /// Itself as a record of any kind.
    fn any(self) -> AnyRecord;
    /// The record of this kind in `any`.
    fn of(any: &AnyRecord) -> Option<&Self>;
}

/// Declares a record: the struct, its wire form and its columns. What is missing is left out of the JSON.
macro_rules! record {
    ($(#[$doc:meta])* pub struct $name:ident($kind:ident) { $($(#[$fdoc:meta])* pub $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name {
            $($(#[$fdoc])* #[serde(skip_serializing_if = "crate::record::ColumnValue::is_null")] pub $field: $ty,)*
        }
        impl crate::record::Record for $name {
            const KIND: crate::record::Kind = crate::record::Kind::$kind;
            const COLUMNS: &'static [crate::record::Column] = &[$(crate::record::Column {
                name: stringify!($field),
                ty: <$ty as crate::record::ColumnValue>::TYPE,
                null: <$ty as crate::record::ColumnValue>::NULL,
            },)*];
            fn record_id(&self) -> crate::id::RecordId { self.id.into() }
            fn any(self) -> crate::record::AnyRecord { crate::record::AnyRecord::$kind(self) }
            fn of(any: &crate::record::AnyRecord) -> Option<&Self> {
                match any { crate::record::AnyRecord::$kind(it) => Some(it), _ => None }
            }
        }
    };
}
pub(crate) use record;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal $wire:literal,)*) => {
        /// The kinds of records.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];
            /// The name on the wire, which is also the table's.
            #[must_use]
            pub const fn wire(self) -> &'static str { match self { $(Self::$kind => $wire,)* } }
            /// The small number that stands for the kind in the feed's table. Never reused.
            #[must_use]
            pub const fn code(self) -> i16 { match self { $(Self::$kind => $code,)* } }
            /// The kind of a small number.
            #[must_use]
            pub const fn of_code(code: i64) -> Option<Self> { match code { $($code => Some(Self::$kind),)* _ => None } }
            /// The columns of its records.
            #[must_use]
            pub const fn columns(self) -> &'static [Column] { match self { $(Self::$kind => $kind::COLUMNS,)* } }
        }
        impl FromStr for Kind {
            type Err = UnknownKind;
            fn from_str(text: &str) -> Result<Self, UnknownKind> {
                match text { $($wire => Ok(Self::$kind),)* _ => Err(UnknownKind) }
            }
        }

        /// A record of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum AnyRecord { $($(#[$doc])* $kind($kind),)* }

        impl AnyRecord {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> Kind { match self { $(Self::$kind(_) => Kind::$kind,)* } }
            /// Its id.
            #[must_use]
            pub fn id(&self) -> RecordId { match self { $(Self::$kind(it) => it.record_id(),)* } }
            /// Its body on the wire.
            ///
            /// # Errors
            /// Never for a record of this program; the error of the JSON library otherwise.
            pub fn to_json(&self) -> serde_json::Result<String> { match self { $(Self::$kind(it) => serde_json::to_string(it),)* } }
            /// Its body as a JSON object.
            ///
            /// # Errors
            /// As [`Self::to_json`].
            pub fn to_value(&self) -> serde_json::Result<serde_json::Value> { match self { $(Self::$kind(it) => serde_json::to_value(it),)* } }
            /// Reads a body that came over the wire or from a file. Fields it does not know are passed over.
            ///
            /// # Errors
            /// When a field is missing or of another type.
            pub fn from_json(kind: Kind, body: &str) -> serde_json::Result<Self> { match kind { $(Kind::$kind => serde_json::from_str(body).map(Self::$kind),)* } }
            /// Reads a body from any form that serde reads: the row of a table, for one.
            ///
            /// # Errors
            /// Those of the form, when a field is missing or of another type.
            pub fn deserialize<'de, D: Deserializer<'de>>(kind: Kind, body: D) -> Result<Self, D::Error> { match kind { $(Kind::$kind => $kind::deserialize(body).map(Self::$kind),)* } }
            /// Reads a body from a JSON object.
            ///
            /// # Errors
            /// As [`Self::from_json`].
            pub fn from_value(kind: Kind, body: serde_json::Value) -> serde_json::Result<Self> { Self::deserialize(kind, body) }
        }
    };
}

kinds! {
    /// A person who can log in.
    User = 1 "user",
    /// A client of the business.
    Client = 2 "client",
    /// A request for a free consultation.
    Consultation = 3 "consultation",
    /// A note of the staff.
    Note = 4 "note",
    /// A line in somebody's list of notifications.
    Notification = 5 "notification",
    /// One dated value of a setting.
    Setting = 6 "setting",
    /// A design order.
    Order = 7 "order",
    /// A counter, which no desk holds.
    Counter = 8 "counter",
    /// A file that a person has put on the server, which no desk holds.
    File = 9 "file",
    /// The conversation about an order.
    Conversation = 10 "conversation",
    /// A message in a conversation.
    Message = 11 "message",
    /// How far a person has read a conversation.
    ReadMark = 12 "read_mark",
    /// A text for answering quickly.
    QuickReply = 13 "quick_reply",
    /// A version of what was made for an order.
    Design = 14 "design",
    /// A part of an import.
    ImportPart = 18 "import_part",
}

/// A kind of record that this program does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of record")]
pub struct UnknownKind;

impl Kind {
    /// The key of its words.
    #[must_use]
    pub fn word(self) -> String {
        format!("kind-{}", self.wire().replace('_', "-"))
    }
    /// Whether nobody's feed ever holds a record of this kind, so that its absence at a desk says nothing.
    #[must_use]
    pub const fn stays_on_the_server(self) -> bool {
        matches!(self, Self::Counter | Self::File)
    }
}
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wire())
    }
}
impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.wire())
    }
}
impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Kind {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Kind".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

/// A record named by kind and id: `{"kind","id"}` on the wire, `kind/id` in addresses and in the daily check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecordRef {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
}

impl RecordRef {
    /// Names a record.
    #[must_use]
    pub fn new(kind: Kind, id: impl Into<RecordId>) -> Self {
        Self { kind, id: id.into() }
    }
}
impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}
impl FromStr for RecordRef {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let (kind, id) = text.split_once('/').ok_or(BadId)?;
        Ok(Self { kind: kind.parse().map_err(|_| BadId)?, id: id.parse()? })
    }
}

impl AnyRecord {
    /// The record, named.
    #[must_use]
    pub fn reference(&self) -> RecordRef {
        RecordRef { kind: self.kind(), id: self.id() }
    }
    /// Whether it waits for somebody, and therefore comes first in a first sync (protocol.md, `feed/work`):
    /// a waiting consultation, an order that is neither done nor called off, a conversation whose client waits for an answer, an unread notification; and the
    /// few records every desk needs at once: staff, settings, quick replies.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::Consultation(it) => it.status == crate::records::ConsultationStatus::Waiting,
            Self::Notification(it) => it.read_at.is_none(),
            Self::User(it) => it.roles.iter().any(Role::is_staff),
            Self::Order(it) => it.is_open(),
            Self::Conversation(it) => it.waiting_since.is_some(),
            Self::Setting(_) | Self::QuickReply(_) => true,
            Self::Client(_)
            | Self::Note(_)
            | Self::Counter(_)
            | Self::File(_)
            | Self::Message(_)
            | Self::ReadMark(_)
            | Self::Design(_)
            | Self::ImportPart(_) => false,
        }
    }
    /// Where it stands, for kinds whose records go from one state to another.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Consultation(it) => Some(it.status.wire()),
            Self::User(it) => Some(it.status.wire()),
            Self::Order(it) => Some(it.status.wire()),
            Self::Design(it) => Some(it.status.wire()),
            _ => None,
        }
    }
    /// The number people call it by, for kinds that have one.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Consultation(it) => Some(&it.number),
            Self::Order(it) => Some(&it.number),
            _ => None,
        }
    }
    /// The records it names, which come with it in a first sync so that no name on screen stays empty.
    #[must_use]
    pub fn names(&self) -> Vec<RecordRef> {
        match self {
            Self::Consultation(it) => vec![RecordRef::new(Kind::Client, it.client_id)],
            Self::Order(it) => vec![RecordRef::new(Kind::Client, it.client_id)],
            Self::Note(it) => vec![it.record],
            Self::Notification(it) => vec![it.record],
            Self::Conversation(it) => vec![RecordRef::new(Kind::Order, it.id.order())],
            Self::Message(it) => vec![RecordRef::new(Kind::Order, it.order_id)],
            Self::Design(it) => vec![RecordRef::new(Kind::Order, it.order_id)],
            Self::ReadMark(it) => vec![RecordRef::new(Kind::Conversation, it.conversation_id)],
            Self::User(_)
            | Self::Client(_)
            | Self::Setting(_)
            | Self::Counter(_)
            | Self::File(_)
            | Self::QuickReply(_)
            | Self::ImportPart(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::value::{Error, MapDeserializer};

    #[test]
    fn a_record_is_read_from_any_form_and_what_is_missing_is_nothing() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let at = "2026-11-26T07:00:00.000Z";
        let fields = [("id", id), ("name", "Rani Kusuma"), ("zone", "Asia/Makassar"), ("created_at", at), ("updated_at", at)];
        let read = |fields: &[(&'static str, &'static str)]| {
            AnyRecord::deserialize(Kind::Client, MapDeserializer::<_, Error>::new(fields.iter().copied()))
        };
        let AnyRecord::Client(client) = read(&fields).unwrap() else { panic!("another kind") };
        assert_eq!((client.id.to_string().as_str(), client.name.as_str(), client.phone), (id, "Rani Kusuma", None));
        assert!(read(&fields[1..]).is_err_and(|e| e.to_string().contains("id")), "what must be there is missed by name");
    }
}
