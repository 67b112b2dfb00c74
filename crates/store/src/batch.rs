//! What is written: everything of one commit, together.

use domain::{
    audit::{Entry, Hash, Salt},
    decision::Erasure,
    id::{DeviceId, UserId},
    record::{AnyRecord, RecordRef},
    role::Principal,
    time::UtcMillis,
};
use std::sync::Arc;
use uuid::Uuid;

use crate::model::{Device, IdempotencyKey, Job, KnownCommand, Pair, Part, Reset, SecondFactor, Upload};

/// Everything of one commit.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Records, each once, in its last state.
    pub records: Vec<RecordWrite>,
    /// Rows of feeds, each principal and record once.
    pub feed: Vec<FeedWrite>,
    /// Outcomes of commands.
    pub outcomes: Vec<OutcomeWrite>,
    /// Entries of the audit, in order.
    pub audit: Vec<AuditWrite>,
    /// What is erased: after everything else, so that nothing that was written in the same commit stays.
    pub erase: Vec<Erasure>,
    /// What concerns accounts, devices and tokens, in order.
    pub accounts: Vec<AccountWrite>,
    /// First answers under idempotency keys.
    pub remember: Vec<(IdempotencyKey, Remembered)>,
    /// What concerns jobs.
    pub jobs: Vec<JobWrite>,
    /// What concerns files on their way, in order.
    pub uploads: Vec<UploadWrite>,
    /// The link that ends the commit; without one no number was given out.
    pub link: Option<Link>,
    /// The version of the audience function, when everything was refiled.
    pub audience_version: Option<i64>,
}

/// A record in its last state.
#[derive(Clone, Debug)]
pub struct RecordWrite {
    /// The revision that stands in the table; `None` for a new record.
    pub base: Option<i64>,
    /// The revision it gets.
    pub rev: i64,
    /// Its number.
    pub seq: i64,
    /// What it says.
    pub record: Arc<AnyRecord>,
}

/// A row of a feed: written anew, or over the one that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedWrite {
    /// In whose feed.
    pub principal: Principal,
    /// The record.
    pub record: RecordRef,
    /// The number.
    pub seq: i64,
    /// The record's revision.
    pub rev: i64,
    /// Whether the record is open.
    pub open: bool,
    /// Whether it left this feed.
    pub gone: bool,
}

/// An outcome, and what must be known of its command to answer it once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeWrite(pub KnownCommand);

/// An entry of the audit with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditWrite {
    /// The entry.
    pub entry: Entry,
    /// Its values, in the order of the entry's.
    pub values: Vec<ValueWrite>,
}

/// A value beside the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueWrite {
    /// Its own salt.
    pub salt: Salt,
    /// Its text ([`domain::audit::Diff::text`]).
    pub text: String,
}

/// The link that ends a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place in the chain: one more than the last.
    pub n: i64,
    /// The last number of the commit: the new head.
    pub last: i64,
    /// Its salt.
    pub salt: Salt,
    /// Its hash.
    pub hash: Hash,
    /// When.
    pub at: UtcMillis,
}

/// What concerns accounts, devices and tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountWrite {
    /// A password, as Argon2id (PHC string).
    Password {
        /// Whose.
        user: UserId,
        /// Its hash.
        hash: String,
    },
    /// A device that somebody logged in on.
    Device(Device),
    /// A device was heard of.
    Seen {
        /// Which.
        device: DeviceId,
        /// When.
        at: UtcMillis,
    },
    /// A device is ended: its tokens count no longer.
    EndDevice {
        /// Which.
        device: DeviceId,
        /// When.
        at: UtcMillis,
    },
    /// All devices and sessions of a person are ended, but for the one in which they ask for it.
    EndAll {
        /// Whose.
        user: UserId,
        /// The device that goes on.
        except: Option<DeviceId>,
        /// The pair of a session without a device that goes on.
        except_pair: Option<Uuid>,
        /// When.
        at: UtcMillis,
    },
    /// A new pair of tokens.
    Pair(Pair),
    /// These pairs count no longer.
    Void(Vec<Uuid>),
    /// A token for a mail.
    Reset(Reset),
    /// None of a person's counts any more: one was used, or their password is another one.
    UseResets {
        /// Whose.
        user: UserId,
        /// When.
        at: UtcMillis,
    },
    /// A second factor, in the place of the one that its owner has.
    SecondFactor(SecondFactor),
    /// These become a person's recovery codes; the ones before count no longer.
    RecoveryCodes {
        /// Whose.
        user: UserId,
        /// Their hashes.
        hashes: Vec<Hash>,
    },
    /// A recovery code was used.
    UseRecoveryCode {
        /// Whose.
        user: UserId,
        /// Its hash.
        hash: Hash,
        /// When.
        at: UtcMillis,
    },
    /// A person has no second factor any more, and no recovery codes.
    DropFactor {
        /// Whose.
        user: UserId,
    },
}

/// The first answer under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The SHA-256 of the body that was sent.
    pub fingerprint: Hash,
    /// The HTTP status.
    pub status: u16,
    /// The body of the answer.
    pub body: String,
    /// When.
    pub at: UtcMillis,
}

/// What concerns jobs.
#[derive(Clone, Debug, PartialEq)]
pub enum JobWrite {
    /// A new one; one with the same id is left as it is.
    Add(Job),
    /// Done.
    Done {
        /// Which.
        id: Uuid,
        /// When.
        at: UtcMillis,
    },
    /// To be tried again.
    Retry {
        /// Which.
        id: Uuid,
        /// When.
        run_at: UtcMillis,
        /// What went wrong.
        error: String,
    },
    /// Given up: a person looks at it.
    Dead {
        /// Which.
        id: Uuid,
        /// When.
        at: UtcMillis,
        /// What went wrong.
        error: String,
    },
}

/// What concerns files on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadWrite {
    /// A new one.
    Add(Upload),
    /// More of one has arrived. The write is an error where another one was faster.
    Move {
        /// Which.
        id: Uuid,
        /// How many bytes had arrived when it was decided.
        from: i64,
        /// How many have now.
        to: i64,
        /// All pieces.
        parts: Vec<Part>,
    },
    /// It has become a file.
    Finish {
        /// Which.
        id: Uuid,
        /// When.
        at: UtcMillis,
    },
    /// It is forgotten.
    Drop(Uuid),
}
