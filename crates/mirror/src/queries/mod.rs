//! The lists and screens that are read from the files, an area each. They read list columns and bodies; what a record means
//! is `domain`'s affair, how it looks the window's.

mod clients;
mod conversations;
mod designs;
mod detail;
mod found;
mod imports;
mod inbox;
mod notes;
mod notifications;
mod orders;
mod outbox;
mod part;
mod report;
mod staff;
mod standing;
mod titles;

pub use clients::{ClientAsk, ClientHit, ClientLine, ClientOrder, ClientPage, ClientWhole, Tale, TaleAsk, TaleOf, TalePage};
pub use conversations::{
    AttachedLine, ConversationAsk, ConversationCounts, ConversationLine, ConversationPage, ConversationPart, MessageLine, ReplyLine,
    StrandedMessage, TalkAsk, TalkPage,
};
pub use designs::{Bytes, DesignLine, DesignPage};
pub use detail::{Detail, NoteLine};
pub use imports::{ImportCommand, ImportFacts, ImportPage};
pub(crate) use inbox::Counted;
pub use inbox::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View};
pub use notes::NoteHit;
pub use notifications::NotificationPage;
pub use orders::{OrderAsk, OrderCounts, OrderLine, OrderPage, OrderWhole};
pub use outbox::{OutboxLists, Tallies};
pub use report::{CountedFrom, CountedPage};
pub use staff::{Colleague, SettingLine};
pub use standing::{KindHere, Standing};

pub(crate) use part::of;

pub use crate::cabinet::Pending;

use domain::id::RecordId;
use std::cmp::{Ordering, Reverse};

use crate::mirror::Found;

/// The order of what was answered, and of notes.
fn newest_first(a: &Found, b: &Found) -> Ordering {
    let key = |it: &Found| -> Reverse<(i64, RecordId)> { Reverse((it.at, it.id)) };
    key(a).cmp(&key(b))
}

/// The first so many of very many, in order: only they are kept and put in order.
fn first_by<T>(all: impl Iterator<Item = T>, many: usize, order: impl Fn(&T, &T) -> Ordering + Copy) -> Vec<T> {
    let mut kept = Vec::new();
    for it in all {
        kept.push(it);
        if kept.len() > 2 * many + 64 {
            kept.select_nth_unstable_by(many, order);
            kept.truncate(many);
        }
    }
    kept.sort_unstable_by(order);
    kept.truncate(many);
    kept
}
