//! What is read.

use domain::{
    audit::{Hash, Salt},
    facts::Held,
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{ClientId, CommandId, DeviceId, UserId},
    record::RecordRef,
    records::User,
    role::Principal,
    time::UtcMillis,
};
use serde_json::Value;
use uuid::Uuid;

/// Where a database stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The history it belongs to: a restored backup begins another.
    pub epoch: Uuid,
    /// The last number that was given out; a commit ended there.
    pub seq: i64,
    /// The hash of the chain at it.
    pub chain: Hash,
    /// The links of the chain.
    pub links: i64,
    /// The version of the audience function by which the feed was filed.
    pub audience_version: i64,
}

/// A record as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The record and its revision.
    pub held: Held,
    /// The number of its last write.
    pub seq: i64,
}

/// A record as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Which.
    pub record: RecordRef,
    /// Its revision.
    pub rev: i64,
    /// The number of its last write.
    pub seq: i64,
    /// What it says.
    pub json: String,
}

/// A row of somebody's feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Its number.
    pub seq: i64,
    /// The record.
    pub record: RecordRef,
    /// Its revision when it was filed.
    pub rev: i64,
    /// Whether it left.
    pub gone: bool,
}

/// A row that was filed, for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// In whose feed.
    pub principal: Principal,
    /// The row.
    pub row: FeedRow,
}

/// Count and sum over somebody's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// How many records.
    pub count: i64,
    /// The sum modulo 2^64 of [`domain::wire::check_term`].
    pub sum: u64,
}

/// A command the server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCommand {
    /// Its id.
    pub id: CommandId,
    /// Whose it is.
    pub user: UserId,
    /// What it asked ([`domain::wire::Envelope::fingerprint`]).
    pub fingerprint: Hash,
    /// The number of its outcome.
    pub seq: i64,
    /// Whether it was applied; refused otherwise.
    pub applied: bool,
    /// When.
    pub at: UtcMillis,
    /// The outcome as it was first answered, as JSON.
    pub outcome: String,
}

/// What part of the audit is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Only what was done with this record.
    pub record: Option<RecordRef>,
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only acts of this name; an empty one is none.
    pub act: Option<String>,
    /// Only what was done at this moment or later.
    pub from: Option<UtcMillis>,
    /// Only what was done before this moment.
    pub until: Option<UtcMillis>,
    /// Only what is older than this entry.
    pub before: Option<i64>,
    /// How many at most.
    pub limit: u32,
}

/// One entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the audit.
    pub n: i64,
    /// The link of the chain that holds it.
    pub link: i64,
    /// The entry, with the hashes of its values.
    pub entry: domain::audit::Entry,
    /// Its salt-and-value texts, in the order of the entry's values; nothing where the value was erased.
    pub values: Vec<Option<(Salt, String)>>,
}

/// A part of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AuditPage {
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A link of the chain with everything it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// Its place in the chain, from 1.
    pub n: i64,
    /// The last number of its commit.
    pub last: i64,
    /// Its salt.
    pub salt: Salt,
    /// Its hash as it was stored.
    pub hash: Hash,
    /// Its entries, in order.
    pub entries: Vec<AuditRow>,
}

/// An account with what only the server knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The person.
    pub user: User,
    /// Their client, if they are one.
    pub client: Option<ClientId>,
    /// Their password as Argon2id (PHC string).
    pub password_hash: Option<String>,
}

/// A device on which somebody logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose.
    pub user: UserId,
    /// What people call it.
    pub name: String,
    /// Its system.
    pub platform: String,
    /// When somebody logged in on it.
    pub created_at: UtcMillis,
    /// When it was last heard of.
    pub last_seen_at: UtcMillis,
    /// When it was ended.
    pub ended_at: Option<UtcMillis>,
}

/// A pair of tokens. Refreshing makes a child; presenting a child's refresh token voids its siblings and its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its id.
    pub id: Uuid,
    /// The pair it was made from.
    pub parent: Option<Uuid>,
    /// Whose.
    pub user: UserId,
    /// On which device; a client's has none.
    pub device: Option<DeviceId>,
    /// The SHA-256 of its access token.
    pub access_hash: Hash,
    /// Until when that counts.
    pub access_until: UtcMillis,
    /// The SHA-256 of its refresh token; a client's has none.
    pub refresh_hash: Option<Hash>,
    /// When it was made.
    pub created_at: UtcMillis,
    /// Whether it counts no longer.
    pub void: bool,
}

/// A token from a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// Its SHA-256.
    pub hash: Hash,
    /// Whose password it sets.
    pub user: UserId,
    /// Until when.
    pub until: UtcMillis,
    /// When it was used.
    pub used_at: Option<UtcMillis>,
}

/// The second factor of somebody of the staff (RFC 6238).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub user: UserId,
    /// The secret, sealed by the server with a key that is not here.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub made_at: UtcMillis,
    /// When its owner proved that they have it; it counts from then on.
    pub confirmed_at: Option<UtcMillis>,
    /// The time step of the last code that was taken, since 1970 in steps of 30 s; 0 for none.
    pub last_step: i64,
}

/// What an idempotency key counts for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey {
    /// Whose.
    pub user: UserId,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The key.
    pub key: String,
}

/// Slow or outside work.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its id, and its idempotency key towards the outside.
    pub id: Uuid,
    /// What kind of work (`mail.password_reset`).
    pub kind: String,
    /// What is needed to do it.
    pub payload: Value,
    /// When it shall be done.
    pub run_at: UtcMillis,
    /// How often it was tried.
    pub tries: i64,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// A piece of an upload that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// Where it begins in the file.
    pub at: u64,
    /// How many bytes it has; at least one.
    pub length: u64,
    /// By what it is kept.
    pub id: Uuid,
}

/// A file on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// What its bytes are said to be known by.
    pub sha256: Sha256,
    /// How many they will be.
    pub size: i64,
    /// What it is called.
    pub name: FileName,
    /// What it is said to be.
    pub media_type: MediaType,
    /// What it is for.
    pub policy: FilePolicy,
    /// What whoever sends it said of it, as they said it.
    pub metadata: String,
    /// How many bytes have arrived.
    pub received: i64,
    /// The pieces they arrived in, one behind the other.
    pub parts: Vec<Part>,
    /// When it was begun.
    pub created_at: UtcMillis,
    /// Until when it can be gone on with.
    pub until: UtcMillis,
    /// When it had become a file.
    pub finished_at: Option<UtcMillis>,
}
