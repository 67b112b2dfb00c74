//! The columns that lists are made from. They are taken from the decoded record, so that no query restates what a field means.
//!
//! How to add a kind: its arms in [`Columns::of`] and [`found_by`], and `VERSION` of the mirror one higher, so that older files are built again.

use domain::{
    id::{RecordId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::AnyRecord,
    records::{Claim, Client, Order},
    role::Person,
    search::{digits, fold, fold_all},
    time::UtcMillis,
    waiting::waits_for,
};

/// The moment until which what was given to somebody is in their hands.
pub(crate) const GIVEN: i64 = i64::MAX;

/// What lists need to know of a record. Nothing where the kind has no such thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Whether it waits for somebody ([`AnyRecord::is_open`]).
    pub(crate) open: bool,
    /// Where it stands, by its wire name; of an order more than that ([`OrderPlace`]).
    pub(crate) state: Option<String>,
    /// The record it belongs to: a consultation's or an order's client, a note's or notification's subject, a client's account.
    pub(crate) about: Option<RecordId>,
    /// Until when something is promised.
    pub(crate) due: Option<i64>,
    /// By which moment lists order it: when it was answered, else when it came.
    pub(crate) at: Option<i64>,
    /// The place of a message in its conversation; the number of a design version; how many messages a conversation has; how many of them a mark covers.
    pub(crate) number: Option<i64>,
    /// Until when nobody wants to see it.
    pub(crate) snooze: Option<i64>,
    /// Until when it is in this person's hands; for ever when it was given to them.
    pub(crate) mine: Option<i64>,
    /// Until when it is promised to whom waits, and since when they do; nothing where it does not wait for this person
    /// ([`waits_for`]).
    pub(crate) rank: Option<i64>,
    pub(crate) since: Option<i64>,
    /// Whether it was this person who made it: nobody has to look at what they wrote themselves.
    pub(crate) made_by_me: bool,
}

impl Columns {
    /// The columns of a record, for the mirror of this person.
    pub(crate) fn of(record: &AnyRecord, me: UserId) -> Self {
        let waits = waits_for(record, me);
        Self { rank: waits.map(|it| it.due.ms()), since: waits.map(|it| it.since.ms()), ..Self::of_kind(record, me) }
    }
    fn of_kind(record: &AnyRecord, me: UserId) -> Self {
        let open = record.is_open();
        match record {
            AnyRecord::Consultation(it) => Self {
                open,
                state: Some(it.status.wire().to_owned()),
                about: Some(it.client_id.into()),
                due: Some(it.due_at.ms()),
                at: Some(it.decided_at.unwrap_or(it.created_at).ms()),
                snooze: it.snooze.as_ref().map(|s| s.until.ms()),
                mine: in_hands(it.assignee.as_ref(), it.claim.as_ref(), me),
                made_by_me: it.history.0.first().is_some_and(|h| h.by.id == me),
                ..Self::default()
            },
            AnyRecord::Client(it) => Self {
                open,
                state: Some(ClientPlace::of(it).write().to_owned()),
                about: it.user_id.map(RecordId::from),
                at: ms(it.created_at),
                ..Self::default()
            },
            AnyRecord::Note(it) => Self { open, about: Some(it.record.id), at: ms(it.created_at), ..Self::default() },
            AnyRecord::Notification(it) => Self { open, about: Some(it.record.id), at: ms(it.created_at), ..Self::default() },
            AnyRecord::Order(it) => Self {
                open,
                state: Some(OrderPlace::of(it).write()),
                about: Some(it.client_id.into()),
                due: Some(it.due_at.ms()),
                at: ms(it.created_at),
                snooze: it.snooze.as_ref().map(|s| s.until.ms()),
                mine: in_hands(it.assignee.as_ref(), it.claim.as_ref(), me),
                made_by_me: it.history.0.first().is_some_and(|h| h.by.id == me),
                ..Self::default()
            },
            AnyRecord::Conversation(it) => Self {
                open,
                about: Some(it.client_id.into()),
                due: it.due_at.map(UtcMillis::ms),
                at: ms(it.last_at),
                number: Some(it.messages),
                ..Self::default()
            },
            AnyRecord::Message(it) => {
                Self { open, about: Some(it.order_id.into()), at: ms(it.created_at), number: Some(it.number), ..Self::default() }
            }
            AnyRecord::Design(it) => {
                Self { open, about: Some(it.order_id.into()), at: ms(it.created_at), number: Some(it.version), ..Self::default() }
            }
            // Which import it is a part of.
            AnyRecord::ImportPart(it) => Self {
                open,
                about: Some(RecordId::from_uuid(it.import_id.uuid())),
                at: ms(it.created_at),
                number: Some(it.part),
                ..Self::default()
            },
            AnyRecord::ReadMark(it) => Self { open, about: Some(it.conversation_id.into()), number: Some(it.covered()), ..Self::default() },
            AnyRecord::User(_) | AnyRecord::Setting(_) | AnyRecord::Counter(_) | AnyRecord::File(_) | AnyRecord::QuickReply(_) => {
                Self { open, ..Self::default() }
            }
        }
    }
}

/// Until when it is in this person's hands: for ever where it was given to them ([`GIVEN`]), else as long as their claim lasts.
fn in_hands(assignee: Option<&Person>, claim: Option<&Claim>, me: UserId) -> Option<i64> {
    let given = assignee.filter(|person| person.id == me).map(|_| GIVEN);
    given.or_else(|| claim.filter(|claim| claim.by.id == me).map(|claim| claim.until.ms()))
}

/// What a record can be found by, folded; nothing where the kind is not looked for.
pub(crate) fn found_by(record: &AnyRecord) -> Option<String> {
    match record {
        AnyRecord::Consultation(it) => {
            let topic = it.topic.as_ref().map_or("", |t| t.as_str());
            let note = it.note.as_ref().map_or("", |n| n.as_str());
            Some(fold_all(&[it.client_name.as_str(), &it.number, topic, note]))
        }
        // Who was merged is found by whoever has everything of theirs.
        AnyRecord::Client(it) if it.merged_into.is_some() => None,
        AnyRecord::Client(it) => {
            let mut words = contacts(&it.name, it.phone.as_ref(), it.email.as_ref()).to_vec();
            words.extend(it.formers.0.iter().flat_map(|it| contacts(&it.name, it.phone.as_ref(), it.email.as_ref())));
            Some(fold_all(&words.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        AnyRecord::Order(it) => {
            let needs = it.needs.as_ref().map_or("", |n| n.as_str());
            Some(fold_all(&[it.client_name.as_str(), &it.number, it.description.as_str(), needs]))
        }
        // Of what is said only the last word is found: half a million messages would fill the memory that is searched.
        AnyRecord::Conversation(it) => Some(fold_all(&[it.client_name.as_str(), &it.order_number, it.last_text.as_str()])),
        AnyRecord::Note(it) => Some(fold(it.text.as_str())),
        _ => None,
    }
}

/// What a client is found by: their name, the digits of their number, their address.
fn contacts(name: &PersonName, phone: Option<&Phone>, email: Option<&Email>) -> [String; 3] {
    [name.to_string(), phone.map_or_else(String::new, |it| digits(it.as_str())), email.map_or_else(String::new, ToString::to_string)]
}

/// Where a client stands in the list of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientPlace {
    /// By their name.
    Here,
    /// Behind all names: they have none any more.
    Erased,
    /// Nowhere: another has everything of theirs.
    Merged,
}

impl ClientPlace {
    const fn of(it: &Client) -> Self {
        match (it.merged_into, it.erased_at) {
            (Some(_), _) => Self::Merged,
            (None, Some(_)) => Self::Erased,
            (None, None) => Self::Here,
        }
    }
    /// As the column has it.
    pub(crate) const fn write(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Erased => "erased",
            Self::Merged => "merged",
        }
    }
}

/// Where an order stands in its lists: whether it was deleted, its state, and what is to be designed. All three are one column, so
/// that the tally knows how many there are of each, lists choose by it, and no other kind of record pays for a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OrderPlace<'a> {
    pub(crate) deleted: bool,
    /// By its wire name.
    pub(crate) status: &'a str,
    /// By its wire name.
    pub(crate) design_type: &'a str,
}

const DELETED: &str = "deleted/";

impl<'a> OrderPlace<'a> {
    fn of(it: &'a Order) -> Self {
        Self { deleted: it.deleted.is_some(), status: it.status.wire(), design_type: it.design_type.wire() }
    }
    /// `pending/logo`, `deleted/pending/logo`.
    fn write(self) -> String {
        format!("{}{}/{}", if self.deleted { DELETED } else { "" }, self.status, self.design_type)
    }
    /// The same, read.
    pub(crate) fn read(state: &'a str) -> Self {
        let rest = state.strip_prefix(DELETED);
        let (status, design_type) = rest.unwrap_or(state).split_once('/').unwrap_or((state, ""));
        Self { deleted: rest.is_some(), status, design_type }
    }
}

const fn ms(at: UtcMillis) -> Option<i64> {
    Some(at.ms())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::records::{DesignType, OrderStatus};

    #[test]
    fn the_place_of_an_order_is_read_as_it_was_written() {
        for deleted in [false, true] {
            for (status, kind) in OrderStatus::KNOWN.iter().flat_map(|s| DesignType::KNOWN.iter().map(move |k| (s, k))) {
                let place = OrderPlace { deleted, status: status.wire(), design_type: kind.wire() };
                assert_eq!(OrderPlace::read(&place.write()), place);
            }
        }
        assert_eq!(OrderPlace::read("").status, "");
    }
}
