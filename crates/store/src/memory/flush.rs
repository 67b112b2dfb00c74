//! Writing. A batch is applied to a copy of the state, so that one that fails leaves nothing behind.

use async_trait::async_trait;
use domain::{
    id::UserId,
    record::{AnyRecord, Kind, RecordRef},
    records::ConsultationStatus,
    time::UtcMillis,
};
use std::sync::Arc;

use super::{
    Point, View, Writing,
    state::{Audited, JobRow, State, key_of},
};
use crate::{
    AccountWrite, AuditWrite, Batch, Job, JobWrite, Link, RecordWrite, Reset, Result, StoreError, Stored, UploadWrite, WriteTx, keep,
};

#[async_trait]
impl WriteTx for View<Writing> {
    async fn flush(&mut self, batch: &Batch) -> Result<()> {
        let mut state = self.state.clone();
        let done = self.extra.database.faults.check(Point::Flush, state.head.seq).await.and_then(|()| state.apply(batch));
        match done {
            Ok(()) => self.state = state,
            Err(_) => self.extra.spoiled = true,
        }
        done
    }
    async fn claim_jobs(&mut self, now: UtcMillis, lease_until: UtcMillis, limit: u32) -> Result<Vec<Job>> {
        let free = |row: &&JobRow| {
            row.done_at.is_none() && row.dead_at.is_none() && row.job.run_at <= now && row.lease_until.is_none_or(|until| until <= now)
        };
        let mut due: Vec<JobRow> = self.state.jobs.values().filter(free).cloned().collect();
        due.sort_by_key(|row| (row.job.run_at, row.job.id));
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        for row in &mut due {
            row.lease_until = Some(lease_until);
            row.job.tries += 1;
            self.state.jobs.insert_mut(row.job.id, row.clone());
        }
        Ok(due.into_iter().map(|row| row.job).collect())
    }
    async fn purge(&mut self, now: UtcMillis) -> Result<u64> {
        Ok(self.state.purge(now))
    }
    async fn commit(self: Box<Self>) -> Result<()> {
        let Self { state, extra } = *self;
        extra.commit(state).await
    }
}

fn constraint<T>(name: &str) -> Result<T> {
    Err(StoreError::Constraint(name.to_owned()))
}

/// What must be unique among the records of a kind, beside their ids: the second lock behind the rules.
fn unique(record: &AnyRecord) -> Vec<(&'static str, String)> {
    match record {
        AnyRecord::User(it) => vec![("user_email", it.email.to_string())],
        AnyRecord::Client(it) => it.user_id.iter().map(|user| ("client_user", user.to_string())).collect(),
        AnyRecord::Consultation(it) => {
            let waiting = (it.status == ConsultationStatus::Waiting).then(|| ("consultation_waiting", it.client_id.to_string()));
            waiting.into_iter().chain([("consultation_number", it.number.clone())]).collect()
        }
        AnyRecord::Order(it) => vec![("order_number", it.number.clone())],
        AnyRecord::Counter(it) => vec![("counter_name", it.name.clone())],
        AnyRecord::Message(it) => vec![("message_place", format!("{}/{}", it.order_id, it.number))],
        AnyRecord::Design(it) => vec![("design_version", format!("{}/{}", it.order_id, it.version))],
        AnyRecord::Note(_)
        | AnyRecord::Notification(_)
        | AnyRecord::Setting(_)
        | AnyRecord::File(_)
        | AnyRecord::Conversation(_)
        | AnyRecord::ReadMark(_)
        | AnyRecord::QuickReply(_)
        | AnyRecord::ImportPart(_) => Vec::new(),
    }
}

/// The records that must exist beside it.
fn references(record: &AnyRecord) -> Vec<RecordRef> {
    match record {
        AnyRecord::Client(it) => it.user_id.iter().map(|user| RecordRef::new(Kind::User, *user)).collect(),
        AnyRecord::Consultation(it) => vec![RecordRef::new(Kind::Client, it.client_id)],
        AnyRecord::Order(it) => vec![RecordRef::new(Kind::Client, it.client_id)],
        AnyRecord::Conversation(it) => vec![RecordRef::new(Kind::Client, it.client_id)],
        AnyRecord::Message(it) => vec![RecordRef::new(Kind::Order, it.order_id)],
        AnyRecord::Design(it) => vec![RecordRef::new(Kind::Order, it.order_id)],
        AnyRecord::ReadMark(it) => {
            vec![RecordRef::new(Kind::User, it.user_id), RecordRef::new(Kind::Conversation, it.conversation_id)]
        }
        AnyRecord::Notification(it) => vec![RecordRef::new(Kind::User, it.user_id)],
        AnyRecord::User(_)
        | AnyRecord::Note(_)
        | AnyRecord::Setting(_)
        | AnyRecord::Counter(_)
        | AnyRecord::File(_)
        | AnyRecord::QuickReply(_)
        | AnyRecord::ImportPart(_) => Vec::new(),
    }
}

impl State {
    fn apply(&mut self, batch: &Batch) -> Result<()> {
        self.write_records(&batch.records)?;
        for row in &batch.feed {
            self.feed.insert_mut((row.record, row.principal.clone()), row.clone());
        }
        for outcome in &batch.outcomes {
            if self.outcomes.contains_key(&outcome.0.id) {
                return constraint("command_id");
            }
            self.outcomes.insert_mut(outcome.0.id, outcome.0.clone());
        }
        batch.audit.iter().try_for_each(|write| self.audit(write))?;
        batch.accounts.iter().try_for_each(|write| self.account(write))?;
        for (key, answer) in &batch.remember {
            if self.remembered.contains_key(&key_of(key)) {
                return constraint("remembered_key");
            }
            self.remembered.insert_mut(key_of(key), answer.clone());
        }
        batch.jobs.iter().for_each(|write| self.job(write));
        batch.uploads.iter().try_for_each(|write| self.upload(write))?;
        batch.erase.iter().try_for_each(|it| self.erase(it))?;
        if let Some(version) = batch.audience_version {
            self.head.audience_version = version;
        }
        batch.link.iter().try_for_each(|link| self.link(link))
    }

    fn write_records(&mut self, writes: &[RecordWrite]) -> Result<()> {
        for write in writes {
            let record = write.record.reference();
            match (write.base, self.records.get(&record)) {
                (None, Some(_)) => return constraint("record_id"),
                (Some(base), there) if there.map(|it| it.held.rev) != Some(base) => {
                    return Err(StoreError::Overtaken { record: record.to_string(), rev: base });
                }
                (_, Some(there)) => {
                    for key in unique(&there.held.record) {
                        self.unique.remove_mut(&key);
                    }
                }
                _ => {}
            }
        }
        for write in writes {
            let record = write.record.reference();
            for key in unique(&write.record) {
                if self.unique.contains_key(&key) {
                    return constraint(key.0);
                }
                self.unique.insert_mut(key, record);
            }
            let held = domain::facts::Held { rev: write.rev, record: Arc::clone(&write.record) };
            self.records.insert_mut(record, Stored { held, seq: write.seq });
        }
        let missing = writes.iter().flat_map(|write| references(&write.record)).find(|r| !self.records.contains_key(r));
        missing.map_or(Ok(()), |r| constraint(&format!("reference to {}", r.kind)))
    }

    fn audit(&mut self, write: &AuditWrite) -> Result<()> {
        if write.entry.values.len() != write.values.len() {
            return constraint("audit_values");
        }
        let n = self.audit.last().map_or(1, |(n, _)| n + 1);
        let values = write.values.iter().map(|value| Some((value.salt, value.text.clone()))).collect();
        self.audit.insert_mut(n, Audited { link: self.head.links + 1, entry: write.entry.clone(), values });
        Ok(())
    }

    fn link(&mut self, link: &Link) -> Result<()> {
        // The second lock behind the first: with it no world could tell whether the first one holds.
        let is_locked = !domain::planted::planted("number_before_lock");
        if is_locked && link.n != self.head.links + 1 {
            return Err(StoreError::Overtaken { record: "number".into(), rev: link.n - 1 });
        }
        if is_locked && link.last <= self.head.seq {
            return constraint("link_last");
        }
        (self.head.links, self.head.seq, self.head.chain) = (link.n, link.last, link.hash);
        self.ends.insert_mut(link.last, link.n);
        self.links.insert_mut(link.n, link.clone());
        Ok(())
    }

    fn known_user(&self, user: UserId) -> Result<()> {
        if self.records.contains_key(&RecordRef::new(Kind::User, user)) { Ok(()) } else { constraint("reference to user") }
    }

    fn account(&mut self, write: &AccountWrite) -> Result<()> {
        match write {
            AccountWrite::Password { user, hash } => {
                self.known_user(*user)?;
                self.passwords.insert_mut(*user, hash.clone());
            }
            AccountWrite::Device(device) => {
                self.known_user(device.user)?;
                if self.devices.contains_key(&device.id) {
                    return constraint("device_id");
                }
                self.devices.insert_mut(device.id, device.clone());
            }
            AccountWrite::Seen { device, at } => self.devices(|it| it.id == *device, |it| it.last_seen_at = *at),
            AccountWrite::EndDevice { device, at } => self.devices(|it| it.id == *device, |it| it.ended_at = it.ended_at.or(Some(*at))),
            AccountWrite::EndAll { user, except, except_pair, at } => {
                self.devices(|it| it.user == *user && Some(it.id) != *except, |it| it.ended_at = it.ended_at.or(Some(*at)));
                self.pairs(|it| it.user == *user && it.device.is_none() && Some(it.id) != *except_pair, |it| it.void = true);
            }
            AccountWrite::Pair(pair) => self.pair(pair)?,
            AccountWrite::Void(ids) => self.pairs(|it| ids.contains(&it.id), |it| it.void = true),
            AccountWrite::Reset(reset) => {
                self.known_user(reset.user)?;
                if self.resets.contains_key(&reset.hash) {
                    return constraint("reset_hash");
                }
                self.resets.insert_mut(reset.hash, reset.clone());
            }
            AccountWrite::UseResets { user, at } => {
                let theirs: Vec<_> = self.resets.values().filter(|reset| reset.user == *user && reset.used_at.is_none()).cloned().collect();
                for reset in theirs {
                    self.resets.insert_mut(reset.hash, Reset { used_at: Some(*at), ..reset });
                }
            }
            AccountWrite::SecondFactor(factor) => {
                self.known_user(factor.user)?;
                self.factors.insert_mut(factor.user, factor.clone());
            }
            AccountWrite::RecoveryCodes { user, hashes } => self.replace_codes(*user, hashes)?,
            AccountWrite::UseRecoveryCode { user, hash, at } => {
                if let Some(used_at) = self.recovery_codes.get(&(*user, *hash)).copied() {
                    self.recovery_codes.insert_mut((*user, *hash), used_at.or(Some(*at)));
                }
            }
            AccountWrite::DropFactor { user } => self.drop_factor(*user),
        }
        Ok(())
    }

    fn drop_codes(&mut self, user: UserId) {
        self.recovery_codes = self.recovery_codes.iter().filter(|(key, _)| key.0 != user).map(|(k, v)| (*k, *v)).collect();
    }

    pub(super) fn drop_factor(&mut self, user: UserId) {
        self.factors.remove_mut(&user);
        self.drop_codes(user);
    }

    fn replace_codes(&mut self, user: UserId, hashes: &[domain::audit::Hash]) -> Result<()> {
        self.drop_codes(user);
        for hash in hashes {
            self.known_user(user)?;
            if self.recovery_codes.contains_key(&(user, *hash)) {
                return constraint("recovery_code");
            }
            self.recovery_codes.insert_mut((user, *hash), None);
        }
        Ok(())
    }

    fn pair(&mut self, pair: &crate::Pair) -> Result<()> {
        self.known_user(pair.user)?;
        if pair.device.is_some_and(|device| !self.devices.contains_key(&device)) {
            return constraint("reference to device");
        }
        let same = |it: &crate::Pair| {
            it.id == pair.id || it.access_hash == pair.access_hash || (it.refresh_hash.is_some() && it.refresh_hash == pair.refresh_hash)
        };
        if self.pairs.values().any(same) {
            return constraint("pair");
        }
        self.pairs.insert_mut(pair.id, pair.clone());
        Ok(())
    }

    fn devices(&mut self, which: impl Fn(&crate::Device) -> bool, change: impl Fn(&mut crate::Device)) {
        change_where(&mut self.devices, which, change);
    }

    fn pairs(&mut self, which: impl Fn(&crate::Pair) -> bool, change: impl Fn(&mut crate::Pair)) {
        change_where(&mut self.pairs, which, change);
    }

    fn job(&mut self, write: &JobWrite) {
        let mut change = |id: &uuid::Uuid, change: &dyn Fn(&mut JobRow)| {
            if let Some(mut row) = self.jobs.get(id).cloned() {
                change(&mut row);
                self.jobs.insert_mut(*id, row);
            }
        };
        match write {
            JobWrite::Add(job) => {
                if !self.jobs.contains_key(&job.id) {
                    let row = JobRow { job: job.clone(), lease_until: None, done_at: None, dead_at: None };
                    self.jobs.insert_mut(job.id, row);
                }
            }
            JobWrite::Done { id, at } => change(id, &|row| {
                row.done_at = Some(*at);
                (row.job.payload, row.job.last_error) = (serde_json::json!({}), None);
            }),
            JobWrite::Retry { id, run_at, error } => change(id, &|row| {
                row.lease_until = None;
                (row.job.run_at, row.job.last_error) = (*run_at, Some(error.clone()));
            }),
            JobWrite::Dead { id, at, error } => change(id, &|row| {
                (row.dead_at, row.job.last_error) = (Some(*at), Some(error.clone()));
            }),
        }
    }

    fn upload(&mut self, write: &UploadWrite) -> Result<()> {
        match write {
            UploadWrite::Add(upload) => {
                self.known_user(upload.user)?;
                if self.uploads.contains_key(&upload.id) {
                    return constraint("upload_id");
                }
                self.uploads.insert_mut(upload.id, upload.clone());
            }
            UploadWrite::Move { id, from, to, parts } => {
                let there = self.uploads.get(id).filter(|it| it.received == *from && it.finished_at.is_none()).cloned();
                let Some(there) = there else { return Err(StoreError::Overtaken { record: format!("upload/{id}"), rev: *from }) };
                if !(0..=there.size).contains(to) {
                    return constraint("upload_received");
                }
                self.uploads.insert_mut(*id, crate::Upload { received: *to, parts: parts.clone(), ..there });
            }
            UploadWrite::Finish { id, at } => {
                change_where(&mut self.uploads, |it| it.id == *id, |it| it.finished_at = it.finished_at.or(Some(*at)));
            }
            UploadWrite::Drop(id) => drop(self.uploads.remove_mut(id)),
        }
        Ok(())
    }

    fn purge(&mut self, now: UtcMillis) -> u64 {
        let old = |at: UtcMillis, kept: i64| at < now.plus(-kept);
        drop_where(&mut self.outcomes, |it| !it.applied && old(it.at, keep::REFUSAL))
            + drop_where(&mut self.remembered, |it| old(it.at, keep::ANSWER))
            + drop_where(&mut self.pairs, |it| {
                (it.refresh_hash.is_none() && it.access_until < now) || (it.void && old(it.created_at, keep::VOID_PAIR))
            })
            + drop_where(&mut self.resets, |it| it.until < now)
            + drop_where(&mut self.jobs, |it| it.done_at.is_some_and(|at| old(at, keep::DONE_JOB)))
    }
}

/// Drops what matches, and says how much that was.
pub(super) fn drop_where<K: Ord + Clone, V>(map: &mut super::state::Map<K, V>, which: impl Fn(&V) -> bool) -> u64 {
    let gone: Vec<K> = map.iter().filter(|(_, value)| which(value)).map(|(key, _)| key.clone()).collect();
    for key in &gone {
        map.remove_mut(key);
    }
    u64::try_from(gone.len()).unwrap_or(u64::MAX)
}

fn change_where<K: Ord + Clone, V: Clone>(map: &mut super::state::Map<K, V>, which: impl Fn(&V) -> bool, change: impl Fn(&mut V)) {
    let found: Vec<(K, V)> = map.iter().filter(|(_, value)| which(value)).map(|(key, value)| (key.clone(), value.clone())).collect();
    for (key, mut value) in found {
        change(&mut value);
        map.insert_mut(key, value);
    }
}
