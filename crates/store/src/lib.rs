//! # The server's records
//!
//! Row codec, facts, change sets, feed, jobs, for SQLite, for PostgreSQL and in memory. One conformance suite runs every method
//! on all three; the engine in memory is the oracle. It must never contain HTTP or policy: what may happen is decided in
//! `domain`, when it happens in `server`.
//!
//! How to add a record: its struct in `domain`, its table in `migrations/`; the codec does the rest and a test compares them.
//! How to add a query: a method of [`Snapshot`], its three engines, and a case in the conformance suite.

mod batch;
mod erased;
mod error;
pub mod memory;
mod model;
pub mod postgres;
mod sql;
pub mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(any(test, feature = "testing"))]
pub use testing::conformance;

pub use batch::{
    AccountWrite, AuditWrite, Batch, FeedWrite, JobWrite, Link, OutcomeWrite, RecordWrite, Remembered, UploadWrite, ValueWrite,
};
pub use error::{Result, StoreError};
pub use model::{
    Account, AuditFilter, AuditPage, AuditRow, Body, Check, Device, FeedRow, Head, IdempotencyKey, Job, KnownCommand, LinkRow, Pair, Part,
    Published, Reset, SecondFactor, Stored, Upload,
};

use async_trait::async_trait;
use domain::{
    audit::Hash,
    facts::{Held, Lookup},
    id::{CommandId, DeviceId, OrderId, RecordId, UserId},
    name::Email,
    record::{Kind, RecordRef},
    role::Principal,
    time::UtcMillis,
};

/// How many connections read beside the one that writes, at least. Whoever keeps some of them for long leaves one to the others.
pub const LEAST_READERS: u32 = 6;

/// How long what is over is remembered, in milliseconds.
pub mod keep {
    use domain::time::DAY;

    /// A refused command; an id that is older and unknown is `too_old` (protocol.md, Commands).
    pub const REFUSAL: i64 = 90 * DAY;
    /// The first answer under an idempotency key (protocol.md, Client side).
    pub const ANSWER: i64 = DAY;
    /// A void pair of tokens, so that presenting it still tells of a theft; afterwards it is an unknown token. Pairs that can
    /// only be presented until a moment (a client's) go with that moment, and so do tokens from a mail.
    pub const VOID_PAIR: i64 = 90 * DAY;
    /// A job that was done. One that gave up stays until a person has looked at it.
    pub const DONE_JOB: i64 = 7 * DAY;
}

/// One database.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Opens a snapshot: everything read through it is of one moment.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn read(&self) -> Result<Box<dyn Snapshot>>;
    /// Begins to write. There is one writer at a time, over all processes and instances: the number row is locked first
    /// (`BEGIN IMMEDIATE` on SQLite), so that no number ever appears after a higher one. Dropping it rolls back.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Unavailable`] when the lock cannot be had in time.
    async fn write(&self) -> Result<Box<dyn WriteTx>>;
    /// Waits until the head may have moved because of another process or instance (LISTEN, `data_version`, a second's
    /// look). May return although nothing moved.
    async fn moved(&self);
    /// Whether it can be read and written, for `/readyz`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn ready(&self) -> Result<()>;
    /// Writes a copy of one moment to a file, while work goes on. Only engines that are one file can.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn backup(&self, to: &std::path::Path) -> Result<()>;
    /// Begins another history: what a restored copy must do before anybody reads it, so that no cursor of the lost one fits.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn begin_epoch(&self, epoch: uuid::Uuid) -> Result<()>;
    /// Closes all connections after what runs is finished; whoever asks afterwards hears [`StoreError::Unavailable`].
    async fn close(&self);
}

/// A view of one moment.
#[async_trait]
pub trait Snapshot: Send {
    /// Epoch, last number, and the chain at it.
    async fn head(&mut self) -> Result<Head>;
    /// The chain's hash where a commit ended at exactly this number (0 is the beginning); nothing where none did.
    async fn link_hash(&mut self, number: i64) -> Result<Option<Hash>>;
    /// The number at which the commit that gave out `number` ended; `number` itself where none gave it out.
    async fn commit_end(&mut self, number: i64) -> Result<i64>;
    /// The last number before `number` at which a commit ended: where a page downwards goes on that ended with `number`.
    async fn commit_before(&mut self, number: i64) -> Result<i64>;

    /// Records by name, each once, in the order asked for; those that do not exist are left out.
    async fn records(&mut self, refs: &[RecordRef]) -> Result<Vec<Stored>>;
    /// The same as JSON, in the same order, without making structs of them: the fast way into the feed. Byte for byte what the
    /// struct's own serialisation gives.
    async fn bodies(&mut self, refs: &[RecordRef]) -> Result<Vec<Body>>;
    /// The records of a kind in the order of ids, from the one after `after`, at most `limit`: for walking over everything.
    async fn records_of(&mut self, kind: Kind, after: Option<RecordId>, limit: u32) -> Result<Vec<Stored>>;
    /// In whose feeds these records stand as puts, by record and principal.
    async fn holders(&mut self, refs: &[RecordRef]) -> Result<Vec<(RecordRef, Principal)>>;
    /// Everything a lookup finds, in the order of ids.
    async fn lookup(&mut self, lookup: &Lookup) -> Result<Vec<Held>>;

    /// The feed of these principals with `after < number <= upto`, ascending: a row for each record, at its newest number. A
    /// record is a put at the highest number at which one of the principals holds it; only where none does is it a gone, at
    /// the highest number of a loss. Every page has `limit` rows (at least one) and the rest of the commit in which the
    /// last of them stands; a shorter one is the end.
    async fn feed_up(&mut self, principals: &[Principal], after: i64, upto: i64, limit: u32) -> Result<Vec<FeedRow>>;
    /// The puts of these principals with `number <= before`, descending, in pages like those of [`Self::feed_up`]. A record that
    /// one of them holds at a higher number is left out.
    async fn feed_down(&mut self, principals: &[Principal], before: i64, limit: u32) -> Result<Vec<FeedRow>>;
    /// The open puts of these principals with `after < number`, ascending, `limit` of them (at least one); fewer are the end. What a part
    /// costs does not grow with what is open behind it.
    async fn feed_open(&mut self, principals: &[Principal], after: i64, limit: u32) -> Result<Vec<FeedRow>>;
    /// What belongs to these records where they are open: the records they name and the notes about them, as far as these
    /// principals hold them, without these records themselves; ascending.
    async fn feed_beside(&mut self, principals: &[Principal], records: &[RecordRef]) -> Result<Vec<FeedRow>>;
    /// Count and sum over all puts of these principals (protocol.md, `check=1`).
    async fn feed_check(&mut self, principals: &[Principal]) -> Result<Check>;
    /// Everything that was filed with `after < number <= upto`, for all principals, ascending (by principal within a
    /// number): what live streams are made from.
    async fn published(&mut self, after: i64, upto: i64) -> Result<Vec<Published>>;
    /// The stored outcomes of this person with `after < number <= upto`, ascending.
    async fn outcomes(&mut self, user: UserId, after: i64, upto: i64) -> Result<Vec<KnownCommand>>;
    /// The stored outcomes of everybody with `after < number <= upto`, ascending, for live streams.
    async fn all_outcomes(&mut self, after: i64, upto: i64) -> Result<Vec<KnownCommand>>;
    /// Those of these commands that were applied, or refused within memory, each once, in the order asked for.
    async fn known(&mut self, ids: &[CommandId]) -> Result<Vec<KnownCommand>>;
    /// Which command wrote each of these revisions of a record (`from <= rev <= to`), ascending.
    async fn written_by(&mut self, record: RecordRef, from: i64, to: i64) -> Result<Vec<(i64, CommandId)>>;

    /// The audit, newest first, at most `limit` entries.
    async fn audit(&mut self, filter: &AuditFilter) -> Result<AuditPage>;
    /// Links with `n > after`, ascending, with their entries and values: what `audit verify` walks over.
    async fn chain(&mut self, after: i64, limit: u32) -> Result<Vec<LinkRow>>;

    /// The account of this address.
    async fn account_by_email(&mut self, email: &Email) -> Result<Option<Account>>;
    /// The account of this person.
    async fn account(&mut self, user: UserId) -> Result<Option<Account>>;
    /// All accounts of the staff, by address.
    async fn staff(&mut self) -> Result<Vec<Account>>;
    /// The pair of tokens to which this access token belongs (by its SHA-256).
    async fn pair_by_access(&mut self, hash: &Hash) -> Result<Option<Pair>>;
    /// The pair of tokens to which this refresh token belongs (by its SHA-256).
    async fn pair_by_refresh(&mut self, hash: &Hash) -> Result<Option<Pair>>;
    /// The pairs that were made from this one, oldest first.
    async fn pairs_of(&mut self, parent: uuid::Uuid) -> Result<Vec<Pair>>;
    /// A device.
    async fn device(&mut self, id: DeviceId) -> Result<Option<Device>>;
    /// The devices of a person that were not ended, newest first.
    async fn devices(&mut self, user: UserId) -> Result<Vec<Device>>;
    /// A token from a mail (by its SHA-256).
    async fn reset(&mut self, hash: &Hash) -> Result<Option<Reset>>;
    /// The second factor of a person, confirmed or not.
    async fn second_factor(&mut self, user: UserId) -> Result<Option<SecondFactor>>;
    /// The hashes of a person's recovery codes that were not used, in their own order.
    async fn recovery_codes(&mut self, user: UserId) -> Result<Vec<Hash>>;
    /// The first answer under an idempotency key.
    async fn remembered(&mut self, key: &IdempotencyKey) -> Result<Option<Remembered>>;
    /// A client's own consultations or orders, newest first: the ones before `before` (by creation and id), at most `limit`. What
    /// was deleted is not theirs to see. Before a record that does not exist, and of another kind, there are none.
    async fn own(&mut self, kind: Kind, user: UserId, before: Option<RecordId>, limit: u32) -> Result<Vec<Stored>>;
    /// A person's notifications, newest first, at most `limit`, and how many were not read.
    async fn notifications_of(&mut self, user: UserId, limit: u32) -> Result<(Vec<Stored>, i64)>;
    /// What was said about an order, newest first: the messages of a place below `before`, at most `limit`.
    async fn messages_of(&mut self, order: OrderId, before: Option<i64>, limit: u32) -> Result<Vec<Stored>>;
    /// Jobs that gave up, newest first: a person looks at them.
    async fn dead_jobs(&mut self, limit: u32) -> Result<Vec<Job>>;
    /// A file on its way, expired or not.
    async fn upload(&mut self, id: uuid::Uuid) -> Result<Option<Upload>>;
    /// How many files of a person are on their way and have not expired.
    async fn uploads_under_way(&mut self, user: UserId, now: UtcMillis) -> Result<i64>;
    /// The oldest of them that was begun at this moment or before and of which no byte has come.
    async fn idle_upload(&mut self, user: UserId, now: UtcMillis, begun: UtcMillis) -> Result<Option<uuid::Uuid>>;
    /// Files on their way, and finished ones, that have expired; the first to expire first, at most `limit`.
    async fn expired_uploads(&mut self, now: UtcMillis, limit: u32) -> Result<Vec<Upload>>;
    /// How many records there are of each kind, for metrics.
    async fn counts(&mut self) -> Result<Vec<(Kind, i64)>>;
}

/// A transaction of the one writer. It reads what it has flushed.
#[async_trait]
pub trait WriteTx: Snapshot {
    /// Writes a batch: one statement a table, or a few. A write that does not find the revision it was decided on is an error,
    /// and so is a link that does not follow the last one. After an error the transaction cannot be committed.
    async fn flush(&mut self, batch: &Batch) -> Result<()>;
    /// Takes up to `limit` jobs whose time has come and whose lease is free, the longest due first, and leases them until
    /// `lease_until`. Their tries are counted before they are tried.
    async fn claim_jobs(&mut self, now: UtcMillis, lease_until: UtcMillis, limit: u32) -> Result<Vec<Job>>;
    /// Forgets what need not be remembered any longer ([`keep`]): refusals, idempotency keys, tokens that count no longer, jobs
    /// that were done. Returns how many rows went.
    async fn purge(&mut self, now: UtcMillis) -> Result<u64>;
    /// Makes everything durable.
    async fn commit(self: Box<Self>) -> Result<()>;
}
