//! One transaction in the making: what was read, what was decided, what will be written.

use domain::{
    audience::AUDIENCE_VERSION,
    audit::Entry,
    facts::{Facts, Held, Key, Lookup},
    id::{CommandId, UserId},
    record::{AnyRecord, RecordRef},
    records::User,
    time::UtcMillis,
    wire::Outcome,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use store::{
    AccountWrite, AuditWrite, Batch, FeedWrite, Head, IdempotencyKey, JobWrite, KnownCommand, Link, OutcomeWrite, RecordWrite, Remembered,
    Snapshot, Store, StoreError, UploadWrite, WriteTx,
};

use super::{AccountNews, Brought, operation::Wants};
use crate::{origin::Origin, shell::Shell};

/// A record as this transaction will leave it.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) rev: i64,
    pub(super) seq: i64,
    pub(super) record: Arc<AnyRecord>,
    /// From where it was last written.
    pub(super) origin: Option<Origin>,
    /// As it stands in the table.
    pub(super) before: Option<Held>,
}

/// One transaction in the making.
pub struct Work {
    tx: Box<dyn WriteTx>,
    pub(super) shell: Shell,
    pub(super) now: UtcMillis,
    /// From where the operation came that runs.
    pub(super) origin: Option<Origin>,
    pub(super) facts: Facts,
    known: HashMap<CommandId, Option<KnownCommand>>,
    head: Head,
    next: i64,
    pub(super) order: Vec<RecordRef>,
    pub(super) written: HashMap<RecordRef, Written>,
    pub(super) wrote: HashMap<(RecordRef, i64), CommandId>,
    pub(super) batch: Batch,
    /// Each record that stands in feeds anew.
    pub(super) filed: HashMap<RecordRef, Arc<AnyRecord>>,
    remembered: HashMap<IdempotencyKey, Remembered>,
    news: Vec<AccountNews>,
}

/// What was committed.
#[derive(Clone, Debug)]
pub(super) struct Committed {
    /// The head after it, if it gave out numbers.
    pub(super) head: Option<i64>,
    pub(super) brought: Option<Brought>,
    pub(super) records: usize,
    pub(super) moves: Vec<super::moves::Move>,
    pub(super) jobs: bool,
    pub(super) news: Vec<AccountNews>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work").field("head", &self.head).field("next", &self.next).finish_non_exhaustive()
    }
}

impl Work {
    /// Begins a transaction.
    pub(super) async fn begin(store: &dyn Store, shell: &Shell) -> store::Result<Self> {
        let early = if domain::planted::planted("number_before_lock") { Some(store.read().await?.head().await?) } else { None };
        let mut tx = store.write().await?;
        let head = match early {
            Some(head) => head,
            None => tx.head().await?,
        };
        if head.audience_version > AUDIENCE_VERSION {
            let why = format!("its feed was filed by audience version {}, this program knows {AUDIENCE_VERSION}", head.audience_version);
            return Err(StoreError::TooNew(why));
        }
        Ok(Self {
            tx,
            shell: shell.clone(),
            now: shell.now(),
            origin: None,
            facts: Facts::default(),
            known: HashMap::new(),
            next: head.seq,
            head,
            order: Vec::new(),
            written: HashMap::new(),
            wrote: HashMap::new(),
            batch: Batch::default(),
            filed: HashMap::new(),
            remembered: HashMap::new(),
            news: Vec::new(),
        })
    }
    /// The moment everything is judged by.
    #[must_use]
    pub const fn now(&self) -> UtcMillis {
        self.now
    }
    /// Time, chance and words.
    #[must_use]
    pub const fn shell(&self) -> &Shell {
        &self.shell
    }
    /// What stands in the database, with what this transaction has flushed.
    pub fn stored(&mut self) -> &mut dyn Snapshot {
        &mut *self.tx
    }
    /// The transaction itself, for what only it can do (claiming jobs, forgetting).
    pub fn tx(&mut self) -> &mut dyn WriteTx {
        &mut *self.tx
    }
    pub(super) const fn head(&self) -> &Head {
        &self.head
    }
    /// The next number.
    pub(super) const fn number(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// Loads everything that is surely needed.
    pub(super) async fn prefetch(&mut self, wants: Wants) -> store::Result<()> {
        self.need(wants.keys).await?;
        self.look_up_commands(&wants.commands).await
    }
    /// Loads the facts that nobody has looked at yet.
    pub(super) async fn need(&mut self, keys: Vec<Key>) -> store::Result<()> {
        let mut asked = HashSet::new();
        let (mut refs, mut lookups): (Vec<RecordRef>, Vec<Lookup>) = (Vec::new(), Vec::new());
        for key in keys {
            if self.facts.has(&key) || !asked.insert(key.clone()) {
                continue;
            }
            match key {
                Key::Record(r) => refs.push(r),
                Key::Lookup(lookup) => lookups.push(lookup),
            }
        }
        if !refs.is_empty() {
            let mut found: HashMap<RecordRef, Held> =
                self.tx.records(&refs).await?.into_iter().map(|stored| (stored.held.record.reference(), stored.held)).collect();
            for r in refs {
                self.facts.learn(r, found.remove(&r));
            }
        }
        for lookup in lookups {
            let found = self.tx.lookup(&lookup).await?;
            self.facts.learn_lookup(lookup, found);
        }
        Ok(())
    }
    /// A record of the facts, loaded if nobody has looked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record(&mut self, r: RecordRef) -> store::Result<Option<Held>> {
        self.need(vec![Key::Record(r)]).await?;
        Ok(self.facts.held(r).cloned())
    }
    /// Somebody's account record, as this transaction leaves it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn user(&mut self, id: UserId) -> store::Result<Option<User>> {
        let held = self.record(RecordRef::new(domain::record::Kind::User, id)).await?;
        Ok(held.and_then(|held| match &*held.record {
            AnyRecord::User(user) => Some(user.clone()),
            _ => None,
        }))
    }

    async fn look_up_commands(&mut self, ids: &[CommandId]) -> store::Result<()> {
        let new: Vec<CommandId> = ids.iter().copied().filter(|id| !self.known.contains_key(id)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let found = self.tx.known(&new).await?;
        self.known.extend(new.into_iter().map(|id| (id, None)));
        self.known.extend(found.into_iter().map(|known| (known.id, Some(known))));
        Ok(())
    }
    /// What is known of a command.
    pub(super) async fn known(&mut self, id: CommandId) -> store::Result<Option<&KnownCommand>> {
        self.look_up_commands(&[id]).await?;
        Ok(self.known.get(&id).and_then(Option::as_ref))
    }
    /// Stores an outcome.
    pub(super) fn store_outcome(&mut self, known: KnownCommand) {
        self.batch.outcomes.push(OutcomeWrite(known.clone()));
        self.known.insert(known.id, Some(known));
    }

    /// Takes in the next state of a record, and gives its number.
    pub(super) fn write_record(&mut self, command: CommandId, write: &domain::decision::Write) -> i64 {
        let r = write.record.reference();
        let seq = self.number();
        let (rev, record, origin) = (write.rev(), Arc::clone(&write.record), self.origin);
        self.wrote.insert((r, rev), command);
        if let Some(written) = self.written.get_mut(&r) {
            (written.rev, written.seq, written.record, written.origin) = (rev, seq, record, origin);
        } else {
            let before = self.facts.held(r).cloned();
            self.order.push(r);
            self.written.insert(r, Written { rev, seq, record, origin, before });
        }
        seq
    }

    /// Writes at once what concerns accounts, so that what is asked later in this transaction reads it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_accounts(&mut self, accounts: Vec<AccountWrite>) -> store::Result<()> {
        self.tx.flush(&Batch { accounts, ..Batch::default() }).await
    }
    /// Writes at once what concerns files on their way, so that what is asked later in this transaction reads it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_uploads(&mut self, uploads: Vec<UploadWrite>) -> store::Result<()> {
        self.tx.flush(&Batch { uploads, ..Batch::default() }).await
    }
    /// Writes what concerns an account together with its record, which this transaction makes.
    pub fn write_with_records(&mut self, account: AccountWrite) {
        self.batch.accounts.push(account);
    }
    /// Adds, ends or puts off a job.
    pub fn write_job(&mut self, job: JobWrite) {
        self.batch.jobs.push(job);
    }
    /// The first answer under an idempotency key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remembered(&mut self, key: &IdempotencyKey) -> store::Result<Option<Remembered>> {
        match self.remembered.get(key) {
            Some(answer) => Ok(Some(answer.clone())),
            None => self.tx.remembered(key).await,
        }
    }
    /// Remembers the first answer under an idempotency key.
    pub fn remember(&mut self, key: IdempotencyKey, answer: Remembered) {
        self.batch.remember.push((key.clone(), answer.clone()));
        self.remembered.insert(key, answer);
    }
    /// Tells whoever remembers sessions, after the commit.
    pub fn tell(&mut self, news: AccountNews) {
        self.news.push(news);
    }
    /// Whether this outcome, as it was stored, can be read again.
    pub(super) fn read_outcome(known: &KnownCommand) -> store::Result<Outcome> {
        serde_json::from_str(&known.outcome).map_err(|error| StoreError::Inconsistent {
            table: "outcome".into(),
            column: "outcome".into(),
            id: known.id.to_string(),
            why: error.to_string(),
        })
    }

    /// Writes everything in one batch with its link, and makes it durable. Invariant: chained.
    pub(super) async fn commit(mut self) -> store::Result<Committed> {
        self.file().await?;
        self.batch.records = self.records();
        if self.next > self.head.seq {
            self.batch.link = Some(self.link());
        }
        let mut committed = Committed {
            head: self.batch.link.as_ref().map(|link| link.last),
            brought: None,
            records: self.batch.records.len(),
            moves: self.moves(),
            jobs: self.batch.jobs.iter().any(|job| matches!(job, JobWrite::Add(_))),
            news: std::mem::take(&mut self.news),
        };
        let Self { mut tx, batch, filed, head, .. } = self;
        tx.flush(&batch).await?;
        tx.commit().await?;
        let Batch { feed, outcomes, link, .. } = batch;
        committed.brought = link.map(|link| Brought { before: head, link, feed, records: filed, outcomes });
        Ok(committed)
    }
    fn records(&self) -> Vec<RecordWrite> {
        let written = self.order.iter().filter_map(|r| self.written.get(r));
        written
            .map(|it| RecordWrite {
                base: it.before.as_ref().map(|held| held.rev),
                rev: it.rev,
                seq: it.seq,
                record: Arc::clone(&it.record),
            })
            .collect()
    }
    fn link(&self) -> Link {
        let salt = self.shell.salt();
        let entries: Vec<_> = self.batch.audit.iter().map(|AuditWrite { entry, .. }| Entry::hash(entry)).collect();
        let hash = domain::audit::link_hash(
            if domain::planted::planted("chain_broken") { &[0; 32] } else { &self.head.chain },
            self.next,
            &salt,
            &entries,
        );
        Link { n: self.head.links + 1, last: self.next, salt, hash, at: self.now }
    }
    /// Adds rows to feeds.
    pub(super) fn write_feed(&mut self, rows: impl IntoIterator<Item = FeedWrite>) {
        self.batch.feed.extend(rows);
    }
}
