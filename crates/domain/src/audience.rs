//! Who may know of a record. One function for lists, direct reads, files and the feed (R-002, R-017; lessons,
//! «Visibility holes»): nobody restates it.

use crate::{
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, Order},
    role::{Actor, Principal, Role},
};

/// The version of [`audience`]. It stands in the number row: raising it makes the server refile every record once, and a
/// writer with an older one stops. Raise it with every change of what [`audience`] answers for existing records.
pub const AUDIENCE_VERSION: i64 = 1;

/// The one record that also decides a record's audience: a change of its audience refiles its children in the same
/// transaction.
#[must_use]
pub fn scope_of(record: &AnyRecord) -> Option<RecordRef> {
    match record {
        AnyRecord::Note(it) => Some(it.record),
        AnyRecord::Conversation(it) => Some(RecordRef::new(Kind::Order, it.id.order())),
        AnyRecord::Message(it) => Some(RecordRef::new(Kind::Order, it.order_id)),
        AnyRecord::Design(it) => Some(RecordRef::new(Kind::Order, it.order_id)),
        _ => None,
    }
}

/// The principals whose feeds hold this record. `scope` is the record that [`scope_of`] names; without it only what the
/// record says by itself counts, and that is the least.
#[must_use]
pub fn audience(record: &AnyRecord, scope: Option<&AnyRecord>) -> Vec<Principal> {
    let mut all = match record {
        AnyRecord::User(user) => {
            let mut all = vec![Principal::User(user.id)];
            if user.roles.iter().any(Role::is_staff) {
                all.extend(roles(&[Role::Admin, Role::Cs]));
            }
            all
        }
        // What an import made and was taken back with it is nobody's any more.
        AnyRecord::Client(client) if client.removed_at.is_some() => Vec::new(),
        AnyRecord::Client(client) => {
            let mut all = roles(&[Role::Admin, Role::Cs]);
            all.extend(client.user_id.map(Principal::User));
            all
        }
        AnyRecord::Consultation(it) => {
            let mut all = consultation_staff(it);
            all.extend(it.client_user.map(Principal::User));
            all
        }
        AnyRecord::Order(it) => order_all(it),
        // A counter tells how much business there is, and no desk needs it.
        AnyRecord::Counter(_) => Vec::new(),
        // That somebody has put a file on the server is nobody's news: what it is for is told by the record it is tied to.
        AnyRecord::File(_) => Vec::new(),
        AnyRecord::Note(note) if note.private => vec![Principal::User(note.author_id())],
        AnyRecord::Note(note) => {
            let mut all = scope.map(staff_audience).unwrap_or_default();
            all.push(Principal::User(note.author_id()));
            all
        }
        // What is said about an order is for whoever sees the order.
        AnyRecord::Conversation(_) | AnyRecord::Message(_) => scope.map(inherited).unwrap_or_default(),
        // What was made is for whoever sees the order, and for its client from the moment they are shown it (M-07).
        AnyRecord::Design(it) if it.is_shown_to_client() => scope.map(inherited).unwrap_or_default(),
        AnyRecord::Design(_) => scope.map(staff_audience).unwrap_or_default(),
        AnyRecord::ReadMark(it) => vec![Principal::User(it.user_id)],
        AnyRecord::Notification(it) => vec![Principal::User(it.user_id)],
        // Whoever may enter clients and orders sees what was imported, and by whom.
        AnyRecord::ImportPart(_) => roles(&[Role::Admin, Role::Cs]),
        AnyRecord::Setting(_) | AnyRecord::QuickReply(_) => roles(&[Role::Admin, Role::Cs, Role::Expert]),
    };
    all.sort();
    all.dedup();
    all
}

/// Whether this person may know of the record.
#[must_use]
pub fn may_see(actor: &Actor, record: &AnyRecord, scope: Option<&AnyRecord>) -> bool {
    actor.is_system() || {
        let mine = actor.principals();
        audience(record, scope).iter().any(|p| mine.contains(p))
    }
}

/// Whether this person reads the audit of everybody (R-017: admins all, everybody their own acts). What an act did to a record
/// they may not see is left out all the same.
#[must_use]
pub fn reads_all_acts(actor: &Actor) -> bool {
    actor.is_system() || actor.is(&Role::Admin)
}

/// All that a child's audience can take from its scope. When it changes, the children of the record are filed anew.
#[must_use]
pub fn inherited(scope: &AnyRecord) -> Vec<Principal> {
    match scope {
        AnyRecord::Order(it) => order_all(it),
        other => staff_audience(other),
    }
}

/// The staff that may see a record: what notes about it are for. A client never reads them.
#[must_use]
pub fn staff_audience(record: &AnyRecord) -> Vec<Principal> {
    match record {
        AnyRecord::Consultation(it) => consultation_staff(it),
        AnyRecord::Client(it) if it.removed_at.is_some() => Vec::new(),
        AnyRecord::Client(_) => roles(&[Role::Admin, Role::Cs]),
        AnyRecord::Order(it) => order_staff(it),
        _ => Vec::new(),
    }
}

/// Admins and CS see every consultation; an expert only what was given to them.
fn consultation_staff(it: &Consultation) -> Vec<Principal> {
    let mut all = roles(&[Role::Admin, Role::Cs]);
    all.extend(it.assignee.iter().map(|p| Principal::User(p.id)));
    all
}

/// Its staff, and its client as long as it was not deleted.
fn order_all(it: &Order) -> Vec<Principal> {
    let mut all = order_staff(it);
    all.extend(it.client_user.filter(|_| it.deleted.is_none()).map(Principal::User));
    all
}

/// Admins and CS see every order (R-017, C-14); one that was deleted is the admins' alone, who can bring it back (C-37).
fn order_staff(it: &Order) -> Vec<Principal> {
    if it.deleted.is_some() { roles(&[Role::Admin]) } else { roles(&[Role::Admin, Role::Cs]) }
}

fn roles(all: &[Role]) -> Vec<Principal> {
    all.iter().cloned().map(Principal::Role).collect()
}
