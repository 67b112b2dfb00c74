//! Typed ids. Every id is a UUIDv7 made where the thing was made, so that sending twice is sending once
//! (architecture.md, sentence 6). The domain never makes a random one: it parses what came, or derives one.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use uuid::Uuid;

use crate::time::UtcMillis;

/// A text that is not an id in the wire's form: a UUIDv7 in lower case with hyphens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a UUIDv7 in lower case")]
pub struct BadId;

/// Parses an id in the wire's only form, 36 characters, lower case, version 7.
///
/// # Errors
/// [`BadId`] for any other text.
pub fn parse_uuid(text: &str) -> Result<Uuid, BadId> {
    let lower = text.len() == 36 && !text.bytes().any(|b| b.is_ascii_uppercase());
    let uuid = Uuid::try_parse(text).map_err(|_| BadId)?;
    if lower && uuid.get_version_num() == 7 { Ok(uuid) } else { Err(BadId) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes over a UUID that is known to be a version 7 (made by the shell's id source, or read from a store).
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }
            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!(stringify!($name), "({})"), self.0) }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> { parse_uuid(text).map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.0.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" })
            }
        }
    )*};
}

ids! {
    /// A person who can log in.
    UserId;
    /// A client of the business, with or without an account.
    ClientId;
    /// A request for a free consultation.
    ConsultationId;
    /// A note of the staff about a record.
    NoteId;
    /// A line in somebody's list of notifications.
    NotificationId;
    /// One dated value of a setting.
    SettingId;
    /// A design order.
    OrderId;
    /// A counter.
    CounterId;
    /// A file of a person.
    FileId;
    /// The conversation about an order; it has the order's own number.
    ConversationId;
    /// A message in a conversation.
    MessageId;
    /// How far a person has read a conversation.
    ReadMarkId;
    /// A text for answering quickly.
    QuickReplyId;
    /// A version of a design.
    DesignId;
    /// An import: all its parts have it. It is no record.
    ImportId;
    /// A part of an import.
    ImportPartId;
    /// A device on which a person is logged in.
    DeviceId;
    /// One act, made where the person pressed; also its idempotency key.
    CommandId;
    /// The id of a record of any kind.
    RecordId;
}

macro_rules! record_ids {
    ($($name:ident)*) => {$(
        impl From<$name> for RecordId { fn from(id: $name) -> Self { Self(id.0) } }
        impl From<RecordId> for $name { fn from(id: RecordId) -> Self { Self(id.0) } }
    )*};
}
record_ids!(UserId ClientId ConsultationId NoteId NotificationId SettingId OrderId CounterId FileId ConversationId MessageId ReadMarkId QuickReplyId DesignId ImportPartId);

/// The id of what there is only once: made from the parts of its name, so that it is the same one wherever it is asked for.
fn named(parts: &[&[u8]]) -> Uuid {
    let hash = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize();
    let mut b = [0_u8; 16];
    b.copy_from_slice(&hash[..16]);
    b[6] = (b[6] & 0x0f) | 0x70;
    b[8] = (b[8] & 0x3f) | 0x80;
    Uuid::from_bytes(b)
}

/// The `n`-th id of what is made by something of this id: the moment in it stays.
fn derived(of: Uuid, n: u32) -> RecordId {
    let hash = Sha256::new().chain_update(of.as_bytes()).chain_update(n.to_be_bytes()).finalize();
    let mut b = *of.as_bytes();
    b[6..].copy_from_slice(&hash[..10]);
    b[6] = (b[6] & 0x0f) | 0x70;
    b[8] = (b[8] & 0x3f) | 0x80;
    RecordId(Uuid::from_bytes(b))
}

impl CounterId {
    /// The id of the counter of this name: the same one wherever it is asked for.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(named(&[b"counter/", name.as_bytes()]))
    }
}

impl ConversationId {
    /// The conversation about this order: each has one.
    #[must_use]
    pub const fn of(order: OrderId) -> Self {
        Self(order.0)
    }
    /// The order it is about.
    #[must_use]
    pub const fn order(self) -> OrderId {
        OrderId(self.0)
    }
}

impl ReadMarkId {
    /// The mark of this person in this conversation: each has one.
    #[must_use]
    pub fn of(user: UserId, conversation: ConversationId) -> Self {
        Self(named(&[b"read/", user.0.as_bytes(), conversation.0.as_bytes()]))
    }
}

impl NotificationId {
    /// The one line that tells this person of new messages in this conversation.
    #[must_use]
    pub fn of_conversation(user: UserId, conversation: ConversationId) -> Self {
        Self(named(&[b"messages/", user.0.as_bytes(), conversation.0.as_bytes()]))
    }
}

impl ImportPartId {
    /// The `n`-th id that this part gives to something it makes: the same one wherever it is asked for, so that a part that is sent
    /// twice makes nothing twice.
    #[must_use]
    pub fn derived(self, n: u32) -> RecordId {
        derived(self.0, n)
    }
}

impl FileId {
    /// The id of the file with these bytes that this person has put on the server: the same one however often they do it.
    #[must_use]
    pub fn named(by: UserId, sha256: &crate::file::Sha256) -> Self {
        Self(named(&[b"file/", by.uuid().as_bytes(), sha256.bytes()]))
    }
}

impl CommandId {
    /// The moment the id was made, by the clock of whoever made it; for display and for `too_old`, never for a rule.
    #[must_use]
    pub fn made_at(self) -> UtcMillis {
        let b = self.0.as_bytes();
        let ms = b[..6].iter().fold(0_i64, |ms, byte| (ms << 8) | i64::from(*byte));
        UtcMillis::from_ms(ms)
    }

    /// The `n`-th id that this command's rule gives to something it makes (a notification, a setting's version).
    /// Desk and server derive the same one, so that a prediction and its confirmation are one record.
    #[must_use]
    pub fn derived(self, n: u32) -> RecordId {
        derived(self.0, n)
    }

    /// The receipt that staff can quote to a client at once: eight characters without look-alikes, `7QF-2MX-K4`
    /// (lessons, idea 5).
    #[must_use]
    pub fn receipt(self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let b = self.0.as_bytes();
        let bits = b[11..].iter().fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
        let mut text = String::with_capacity(10);
        for place in 0..8_u32 {
            if place == 3 || place == 6 {
                text.push('-');
            }
            let letter = (bits >> (35 - 5 * place)) & 31;
            text.push(char::from(LETTERS[usize::try_from(letter).unwrap_or(0)]));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const V7: &str = "019abf6b-9d3c-7c11-8a52-0123456789ab";

    #[test]
    fn only_the_wire_form_is_an_id() {
        assert_eq!(V7.parse::<UserId>().map(|id| id.to_string()), Ok(V7.to_owned()));
        for bad in ["", "019abf6b9d3c7c118a520123456789ab", &V7.to_uppercase(), "019abf6b-9d3c-4c11-8a52-0123456789ab", "x"] {
            assert_eq!(bad.parse::<UserId>(), Err(BadId), "{bad} must not pass as an id");
        }
    }

    #[test]
    fn derived_ids_are_stable_distinct_and_keep_the_time() {
        let id: CommandId = V7.parse().unwrap();
        assert_eq!(id.derived(0), id.derived(0));
        assert_ne!(id.derived(0), id.derived(1));
        assert_eq!(id.derived(0).uuid().get_version_num(), 7);
        assert_eq!(&id.derived(5).to_string()[..13], &V7[..13], "the time of the command stays readable");
        assert_eq!(id.made_at().ms(), 0x019a_bf6b_9d3c);
    }

    #[test]
    fn a_receipt_can_be_read_out_on_the_telephone() {
        let id: CommandId = V7.parse().unwrap();
        let receipt = id.receipt();
        assert_eq!(receipt.len(), 10);
        assert!(receipt.chars().all(|c| c == '-' || (c.is_ascii_alphanumeric() && !"ILOU".contains(c))), "{receipt}");
    }
}
