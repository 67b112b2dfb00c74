//! Reading.

use async_trait::async_trait;
use domain::{
    audience::audience,
    audit::Hash,
    facts::{Held, Lookup},
    id::{CommandId, DeviceId, OrderId, RecordId, UserId},
    name::Email,
    record::{AnyRecord, Kind, RecordRef},
    records::{Notification, User},
    role::{Principal, Role},
    time::UtcMillis,
};
use std::{cmp::Reverse, collections::BTreeSet};
use uuid::Uuid;

use super::{View, state::State, state::key_of};
use crate::{
    Account, AuditFilter, AuditPage, AuditRow, Body, Check, Device, FeedRow, Head, IdempotencyKey, Job, KnownCommand, LinkRow, Pair,
    Published, Remembered, Reset, Result, SecondFactor, Snapshot, StoreError, Stored, Upload,
};

fn nil() -> RecordId {
    RecordId::from_uuid(Uuid::nil())
}

fn max() -> RecordId {
    RecordId::from_uuid(Uuid::max())
}

impl State {
    fn each_once<'a>(&'a self, refs: &'a [RecordRef]) -> impl Iterator<Item = &'a Stored> {
        let mut seen = BTreeSet::new();
        refs.iter().filter(move |r| seen.insert(**r)).filter_map(|r| self.records.get(r))
    }
    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Stored> {
        let (first, last) = (RecordRef::new(kind, nil()), RecordRef::new(kind, max()));
        self.records.range(first..=last).map(|(_, stored)| stored)
    }
    fn account_of(&self, user: &User) -> Account {
        let client = self.of_kind(Kind::Client).find_map(|stored| match stored.held.record.as_ref() {
            AnyRecord::Client(client) if client.user_id == Some(user.id) => Some(client.id),
            _ => None,
        });
        Account { user: user.clone(), client, password_hash: self.passwords.get(&user.id).cloned() }
    }
    fn accounts(&self, wanted: impl Fn(&User) -> bool) -> Vec<Account> {
        let users = self.of_kind(Kind::User).filter_map(|stored| match stored.held.record.as_ref() {
            AnyRecord::User(user) if wanted(user) => Some(self.account_of(user)),
            _ => None,
        });
        users.collect()
    }
    fn row(&self, n: i64) -> Option<AuditRow> {
        self.audit.get(&n).map(|it| AuditRow { n, link: it.link, entry: it.entry.clone(), values: it.values.clone() })
    }
    fn commands(&self, wanted: impl Fn(&KnownCommand) -> bool) -> Vec<KnownCommand> {
        let mut found: Vec<KnownCommand> = self.outcomes.values().filter(|c| wanted(c)).cloned().collect();
        found.sort_by_key(|c| c.seq);
        found
    }
}

fn most<T>(mut all: Vec<T>, limit: u32) -> Vec<T> {
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    all
}

/// Whose a record is that clients have lists of, and its place in the list: when it was made, and its id.
fn own(record: &AnyRecord) -> Option<(Option<UserId>, (UtcMillis, RecordId))> {
    let (whose, made) = match record {
        AnyRecord::Consultation(it) => (it.client_user, it.created_at),
        AnyRecord::Order(it) => (it.client_user, it.created_at),
        _ => return None,
    };
    Some((whose, (made, record.id())))
}

fn notification(stored: &Stored) -> Option<&Notification> {
    match stored.held.record.as_ref() {
        AnyRecord::Notification(it) => Some(it),
        _ => None,
    }
}

#[async_trait]
impl<W: Send> Snapshot for View<W> {
    async fn head(&mut self) -> Result<Head> {
        Ok(self.state.head.clone())
    }
    async fn link_hash(&mut self, number: i64) -> Result<Option<Hash>> {
        if number == 0 {
            return Ok(Some([0; 32]));
        }
        Ok(self.state.ends.get(&number).and_then(|n| self.state.links.get(n)).map(|link| link.hash))
    }
    async fn commit_end(&mut self, number: i64) -> Result<i64> {
        Ok(self.state.commit_end(number))
    }
    async fn commit_before(&mut self, number: i64) -> Result<i64> {
        Ok(self.state.commit_before(number))
    }
    async fn records(&mut self, refs: &[RecordRef]) -> Result<Vec<Stored>> {
        Ok(self.state.each_once(refs).cloned().collect())
    }
    async fn bodies(&mut self, refs: &[RecordRef]) -> Result<Vec<Body>> {
        let body = |stored: &Stored| {
            let record = stored.held.record.reference();
            let json = stored.held.record.to_json().map_err(|e| StoreError::Driver(e.to_string()))?;
            Ok(Body { record, rev: stored.held.rev, seq: stored.seq, json })
        };
        self.state.each_once(refs).map(body).collect()
    }
    async fn records_of(&mut self, kind: Kind, after: Option<RecordId>, limit: u32) -> Result<Vec<Stored>> {
        let later = self.state.of_kind(kind).filter(|stored| after.is_none_or(|after| stored.held.record.id() > after));
        Ok(later.take(usize::try_from(limit).unwrap_or(usize::MAX)).cloned().collect())
    }
    async fn holders(&mut self, refs: &[RecordRef]) -> Result<Vec<(RecordRef, Principal)>> {
        let rows = self.state.feed.values().filter(|row| !row.gone && refs.contains(&row.record));
        Ok(rows.map(|row| (row.record, row.principal.clone())).collect())
    }
    async fn lookup(&mut self, lookup: &Lookup) -> Result<Vec<Held>> {
        let found = self.state.of_kind(lookup.kind()).filter(|stored| lookup.matches(&stored.held.record));
        Ok(found.map(|stored| stored.held.clone()).collect())
    }
    async fn feed_up(&mut self, principals: &[Principal], after: i64, upto: i64, limit: u32) -> Result<Vec<FeedRow>> {
        Ok(self.state.feed_up(principals, after, upto, limit))
    }
    async fn feed_down(&mut self, principals: &[Principal], before: i64, limit: u32) -> Result<Vec<FeedRow>> {
        Ok(self.state.feed_down(principals, before, limit))
    }
    async fn feed_open(&mut self, principals: &[Principal], after: i64, limit: u32) -> Result<Vec<FeedRow>> {
        Ok(self.state.feed_open(principals, after, limit))
    }
    async fn feed_beside(&mut self, principals: &[Principal], records: &[RecordRef]) -> Result<Vec<FeedRow>> {
        Ok(self.state.feed_beside(principals, records))
    }
    async fn feed_check(&mut self, principals: &[Principal]) -> Result<Check> {
        Ok(self.state.feed_check(principals))
    }
    async fn published(&mut self, after: i64, upto: i64) -> Result<Vec<Published>> {
        Ok(self.state.published(after, upto))
    }
    async fn outcomes(&mut self, user: UserId, after: i64, upto: i64) -> Result<Vec<KnownCommand>> {
        Ok(self.state.commands(|c| c.user == user && after < c.seq && c.seq <= upto))
    }
    async fn all_outcomes(&mut self, after: i64, upto: i64) -> Result<Vec<KnownCommand>> {
        Ok(self.state.commands(|c| after < c.seq && c.seq <= upto))
    }
    async fn known(&mut self, ids: &[CommandId]) -> Result<Vec<KnownCommand>> {
        let mut seen = BTreeSet::new();
        Ok(ids.iter().filter(|id| seen.insert(**id)).filter_map(|id| self.state.outcomes.get(id)).cloned().collect())
    }
    async fn written_by(&mut self, record: RecordRef, from: i64, to: i64) -> Result<Vec<(i64, CommandId)>> {
        let written = self.state.audit.values().flat_map(|it| it.entry.values.iter().map(|value| (value, it.entry.command)));
        let mut revs: Vec<(i64, CommandId)> =
            written.filter(|((r, rev, _), _)| *r == record && from <= *rev && *rev <= to).map(|((_, rev, _), by)| (*rev, by)).collect();
        revs.sort_unstable();
        Ok(revs)
    }
    async fn audit(&mut self, filter: &AuditFilter) -> Result<AuditPage> {
        let before = filter.before.unwrap_or(i64::MAX);
        let concerns = |entry: &domain::audit::Entry| {
            filter.actor.is_none_or(|actor| entry.actor == actor)
                && filter.act.as_ref().is_none_or(|act| act.is_empty() || entry.act == *act)
                && filter.from.is_none_or(|from| entry.at >= from)
                && filter.until.is_none_or(|until| entry.at < until)
                && filter.record.is_none_or(|record| entry.values.iter().any(|(r, _, _)| *r == record))
        };
        let newest = self.state.audit.iter().rev().filter(|(n, it)| **n < before && concerns(&it.entry));
        let mut rows: Vec<AuditRow> = newest.filter_map(|(n, _)| self.state.row(*n)).collect();
        let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok(AuditPage { rows, more })
    }
    async fn chain(&mut self, after: i64, limit: u32) -> Result<Vec<LinkRow>> {
        let links = self.state.links.iter().filter(|(n, _)| **n > after).take(usize::try_from(limit).unwrap_or(usize::MAX));
        let row = |(n, link): (&i64, &crate::Link)| LinkRow {
            n: *n,
            last: link.last,
            salt: link.salt,
            hash: link.hash,
            entries: self.state.audit.iter().filter(|(_, it)| it.link == *n).filter_map(|(n, _)| self.state.row(*n)).collect(),
        };
        Ok(links.map(row).collect())
    }
    async fn account_by_email(&mut self, email: &Email) -> Result<Option<Account>> {
        Ok(self.state.accounts(|user| user.email == *email).pop())
    }
    async fn account(&mut self, user: UserId) -> Result<Option<Account>> {
        Ok(self.state.accounts(|it| it.id == user).pop())
    }
    async fn staff(&mut self) -> Result<Vec<Account>> {
        let mut staff = self.state.accounts(|user| user.roles.iter().any(Role::is_staff));
        staff.sort_by(|a, b| a.user.email.cmp(&b.user.email));
        Ok(staff)
    }
    async fn pair_by_access(&mut self, hash: &Hash) -> Result<Option<Pair>> {
        Ok(self.state.pairs.values().find(|pair| pair.access_hash == *hash).cloned())
    }
    async fn pair_by_refresh(&mut self, hash: &Hash) -> Result<Option<Pair>> {
        Ok(self.state.pairs.values().find(|pair| pair.refresh_hash.as_ref() == Some(hash)).cloned())
    }
    async fn pairs_of(&mut self, parent: Uuid) -> Result<Vec<Pair>> {
        let mut pairs: Vec<Pair> = self.state.pairs.values().filter(|pair| pair.parent == Some(parent)).cloned().collect();
        pairs.sort_by_key(|pair| (pair.created_at, pair.id));
        Ok(pairs)
    }
    async fn device(&mut self, id: DeviceId) -> Result<Option<Device>> {
        Ok(self.state.devices.get(&id).cloned())
    }
    async fn devices(&mut self, user: UserId) -> Result<Vec<Device>> {
        let mine = self.state.devices.values().filter(|device| device.user == user && device.ended_at.is_none());
        let mut devices: Vec<Device> = mine.cloned().collect();
        devices.sort_by_key(|device| Reverse((device.created_at, device.id)));
        Ok(devices)
    }
    async fn reset(&mut self, hash: &Hash) -> Result<Option<Reset>> {
        Ok(self.state.resets.get(hash).cloned())
    }
    async fn second_factor(&mut self, user: UserId) -> Result<Option<SecondFactor>> {
        Ok(self.state.factors.get(&user).cloned())
    }
    async fn recovery_codes(&mut self, user: UserId) -> Result<Vec<Hash>> {
        let unused = self.state.recovery_codes.iter().filter(|((of, _), used_at)| *of == user && used_at.is_none());
        Ok(unused.map(|((_, hash), _)| *hash).collect())
    }
    async fn remembered(&mut self, key: &IdempotencyKey) -> Result<Option<Remembered>> {
        Ok(self.state.remembered.get(&key_of(key)).cloned())
    }
    async fn own(&mut self, kind: Kind, user: UserId, before: Option<RecordId>, limit: u32) -> Result<Vec<Stored>> {
        let bound = match before {
            None => None,
            Some(id) => match self.state.records.get(&RecordRef::new(kind, id)).and_then(|stored| own(&stored.held.record)) {
                Some((_, place)) => Some(place),
                None => return Ok(Vec::new()),
            },
        };
        let mine = self.state.of_kind(kind).filter(|stored| audience(&stored.held.record, None).contains(&Principal::User(user)));
        let placed = mine.filter_map(|stored| match own(&stored.held.record) {
            Some((Some(whose), place)) if whose == user && bound.is_none_or(|bound| place < bound) => Some((place, stored)),
            _ => None,
        });
        let mut found: Vec<_> = placed.collect();
        found.sort_by_key(|(place, _)| Reverse(*place));
        Ok(most(found.into_iter().map(|(_, stored)| stored.clone()).collect(), limit))
    }
    async fn notifications_of(&mut self, user: UserId, limit: u32) -> Result<(Vec<Stored>, i64)> {
        let all = self.state.of_kind(Kind::Notification).filter_map(|s| notification(s).filter(|it| it.user_id == user).map(|it| (it, s)));
        let mut found: Vec<_> = all.collect();
        found.sort_by_key(|(it, _)| Reverse((it.created_at, it.id)));
        let unread = found.iter().filter(|(it, _)| it.read_at.is_none()).count();
        let newest = most(found.into_iter().map(|(_, stored)| stored.clone()).collect(), limit);
        Ok((newest, i64::try_from(unread).unwrap_or(i64::MAX)))
    }
    async fn messages_of(&mut self, order: OrderId, before: Option<i64>, limit: u32) -> Result<Vec<Stored>> {
        let placed = self.state.of_kind(Kind::Message).filter_map(|stored| match &*stored.held.record {
            AnyRecord::Message(it) if it.order_id == order && before.is_none_or(|before| it.number < before) => Some((it.number, stored)),
            _ => None,
        });
        let mut found: Vec<_> = placed.collect();
        found.sort_by_key(|(number, _)| Reverse(*number));
        Ok(most(found.into_iter().map(|(_, stored)| stored.clone()).collect(), limit))
    }
    async fn dead_jobs(&mut self, limit: u32) -> Result<Vec<Job>> {
        let mut dead: Vec<_> = self.state.jobs.values().filter_map(|row| row.dead_at.map(|at| (at, &row.job))).collect();
        dead.sort_by_key(|(at, job)| Reverse((*at, job.id)));
        Ok(most(dead.into_iter().map(|(_, job)| job.clone()).collect(), limit))
    }
    async fn upload(&mut self, id: Uuid) -> Result<Option<Upload>> {
        Ok(self.state.uploads.get(&id).cloned())
    }
    async fn uploads_under_way(&mut self, user: UserId, now: UtcMillis) -> Result<i64> {
        Ok(i64::try_from(self.state.under_way(user, now).count()).unwrap_or(i64::MAX))
    }
    async fn idle_upload(&mut self, user: UserId, now: UtcMillis, begun: UtcMillis) -> Result<Option<Uuid>> {
        let idle = self.state.under_way(user, now).filter(|it| it.received == 0 && it.created_at <= begun);
        Ok(idle.min_by_key(|it| (it.created_at, it.id)).map(|it| it.id))
    }
    async fn expired_uploads(&mut self, now: UtcMillis, limit: u32) -> Result<Vec<Upload>> {
        let mut expired: Vec<Upload> = self.state.uploads.values().filter(|it| it.until <= now).cloned().collect();
        expired.sort_by_key(|it| (it.until, it.id));
        Ok(most(expired, limit))
    }
    async fn counts(&mut self) -> Result<Vec<(Kind, i64)>> {
        let count = |kind: &Kind| (*kind, i64::try_from(self.state.of_kind(*kind).count()).unwrap_or(i64::MAX));
        Ok(Kind::ALL.iter().map(count).collect())
    }
}
