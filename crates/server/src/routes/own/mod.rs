//! What clients read of their own: a list, newest first, and one by its id. The same for every kind of record that clients have.

pub(super) mod list;
pub(super) mod lookup;

use domain::{
    record::{AnyRecord, Kind, Record as _},
    records::{Client, Consultation, Conversation, Design, Message, Order},
    wire::{ApiClient, ApiConsultation, ApiConversation, ApiDesign, ApiMessage, ApiOrder, ApiOrderDetail},
    words::Words,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A record as its client reads it.
pub(super) trait Shown: Serialize + JsonSchema + Sized + Send + 'static {
    /// The kind of record it shows.
    const KIND: Kind;
    /// What there is to read of a record; nothing of one of another kind.
    fn of(record: &AnyRecord) -> Option<Self>;
}

macro_rules! shown {
    ($($shown:ty: $kind:ident;)*) => {$(
        impl Shown for $shown {
            const KIND: Kind = Kind::$kind;
            fn of(record: &AnyRecord) -> Option<Self> {
                $kind::of(record).map(Self::from)
            }
        }
    )*};
}
shown! {
    ApiConsultation: Consultation;
    ApiOrder: Order;
    ApiOrderDetail: Order;
    ApiMessage: Message;
    ApiConversation: Conversation;
    ApiDesign: Design;
    ApiClient: Client;
}

/// The same as JSON, for the answer to an act.
pub(super) fn shown<T: Shown>(record: &AnyRecord, _words: &Words) -> Option<String> {
    serde_json::to_string(&T::of(record)?).ok()
}
