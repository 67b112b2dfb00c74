//! Facts for the rulebook, as far as a mirror can know them.
//!
//! A record that is here is known. That there is none is known only when everything this person may see has come, or when the
//! record is one that this desk is about to make; of kinds that no desk ever holds it is never known, nor of notifications: rules ask for
//! those of others, which this person never sees. A lookup is known when its person sees everything it could find and all of that is
//! here; a lookup over open records already when those are.

use domain::{
    facts::{Held, Lookup},
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    role::Role,
};
use sqlx::{QueryBuilder, Sqlite};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{Mirror, Stored, rows::blob};
use crate::error::Result;

/// What is asked for again and again while commands are judged, read once from a state of the mirror that does not change
/// meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Loader {
    records: HashMap<RecordRef, Option<Read>>,
    lookups: HashMap<Lookup, Vec<Held>>,
    /// Records that this desk makes: that they are not here means that they are not.
    pub(crate) made_here: HashSet<RecordRef>,
}

/// A record that was read.
#[derive(Debug)]
struct Read {
    stored: Stored,
    /// Nothing where its body cannot be read: that is nothing a rule can judge by, as if it had not come.
    held: Option<Held>,
}

impl Loader {
    /// Reads many records at once.
    pub(crate) async fn prefetch(&mut self, mirror: &mut Mirror, names: &[RecordRef]) -> Result<()> {
        let missing: Vec<RecordRef> = names.iter().filter(|n| !self.records.contains_key(n)).copied().collect();
        for stored in mirror.records(&missing).await? {
            let held = stored.held().ok();
            self.records.insert(stored.name, Some(Read { stored, held }));
        }
        for name in missing {
            self.records.entry(name).or_insert(None);
        }
        Ok(())
    }
    /// A record: `None` when this cannot be known here, `Some(None)` when there is none.
    pub(crate) async fn record(&mut self, mirror: &mut Mirror, name: RecordRef) -> Result<Option<Option<Held>>> {
        if !self.records.contains_key(&name) {
            self.prefetch(mirror, &[name]).await?;
        }
        let held = self.read(name).and_then(|read| read.held.clone());
        let all_here = mirror.position.complete() && !name.kind.stays_on_the_server() && name.kind != Kind::Notification;
        let known = held.is_some() || all_here || self.made_here.contains(&name);
        Ok(known.then_some(held))
    }
    fn read(&self, name: RecordRef) -> Option<&Read> {
        self.records.get(&name)?.as_ref()
    }
    /// How a record stands that was read before.
    pub(crate) fn stored(&self, name: RecordRef) -> Option<&Stored> {
        self.read(name).map(|read| &read.stored)
    }
    /// A record that was read before.
    pub(crate) fn known(&self, name: RecordRef) -> Option<Arc<AnyRecord>> {
        let read = self.read(name).and_then(|read| read.held.as_ref()).map(|held| held.record.clone());
        read.or_else(|| self.lookups.values().flatten().find(|h| h.record.reference() == name).map(|h| h.record.clone()))
    }
    /// Everything a lookup finds, or `None` when this cannot be known here.
    pub(crate) async fn lookup(&mut self, mirror: &mut Mirror, roles: &[Role], lookup: &Lookup) -> Result<Option<Vec<Held>>> {
        let all_here = if lookup.open_only() { mirror.position.has_work() } else { mirror.position.complete() };
        if !all_here || !lookup.answerable_by(roles) {
            return Ok(None);
        }
        if !self.lookups.contains_key(lookup) {
            let found = mirror.find(lookup).await?;
            let Some(found) = found else { return Ok(None) };
            self.lookups.insert(lookup.clone(), found);
        }
        Ok(self.lookups.get(lookup).cloned())
    }
}

impl Mirror {
    /// Everything a lookup finds among what is shown; `None` for one this mirror has no columns for. The columns only narrow
    /// the search: whether a record is meant is the lookup's own predicate's affair.
    pub(crate) async fn find(&mut self, lookup: &Lookup) -> Result<Option<Vec<Held>>> {
        let Some(query) = statement(lookup) else { return Ok(None) };
        let stored = self.fetch(lookup.kind(), query).await?;
        let held = stored.iter().filter_map(|s| s.held().ok());
        Ok(Some(held.filter(|h| lookup.matches(&h.record)).collect()))
    }
}

/// The statement that finds at least what a lookup means. Partial indexes want the kind (3 is a consultation, 6 a setting, 7 an order, 14 a design) as a
/// constant, so it is not bound.
fn statement(lookup: &Lookup) -> Option<QueryBuilder<Sqlite>> {
    let of = |sql: &'static str, about: RecordId| {
        let mut query = QueryBuilder::new(sql);
        query.push_bind(blob(about));
        Some(query)
    };
    match lookup {
        Lookup::WaitingOf(client) => {
            of("SELECT id, rev, seq, ours, body FROM record WHERE kind = 3 AND open = 1 AND about = ", (*client).into())
        }
        Lookup::ConsultationsOf(client) => of("SELECT id, rev, seq, ours, body FROM record WHERE kind = 3 AND about = ", (*client).into()),
        Lookup::OrdersOf(client) => of("SELECT id, rev, seq, ours, body FROM record WHERE kind = 7 AND about = ", (*client).into()),
        Lookup::DesignsOf(order) => of("SELECT id, rev, seq, ours, body FROM record WHERE kind = 14 AND about = ", (*order).into()),
        Lookup::Settings => Some(QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 6 AND open = 1")),
        // A number is made from its record's id: two of them meet once in two thousand million. The rule takes the likely one
        // where nobody can know, and an index over all numbers would cost every first sync its share.
        Lookup::ConsultationNumber(_) => None,
        // Nobody at a desk sees everything that these could find, or needs to.
        Lookup::MessagesOf(_)
        | Lookup::MessagesWith(_)
        | Lookup::DesignsWith(_)
        | Lookup::DesignsPurged(_)
        | Lookup::NotesOf(_)
        | Lookup::NotificationsOf(_)
        | Lookup::NotificationsAbout(_)
        | Lookup::UserByEmail(_)
        | Lookup::ClientOfUser(_)
        | Lookup::FilesWith(_)
        | Lookup::FilesBy(_)
        | Lookup::ImportsOf(_)
        | Lookup::ClientsBy(_)
        | Lookup::OrdersOfAny(_)
        | Lookup::ConsultationsOfAny(_)
        | Lookup::NotesOfAny(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::record::Kind;

    #[test]
    fn the_constants_in_the_statements_are_the_kinds() {
        let kinds = [Kind::Client, Kind::Consultation, Kind::Note, Kind::Setting, Kind::Order, Kind::Design];
        assert_eq!(kinds.map(Kind::code), [2, 3, 4, 6, 7, 14]);
    }
}
