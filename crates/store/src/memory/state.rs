//! Everything there is, as persistent maps: cloning the whole costs as much as cloning a handful of pointers.

use domain::{
    audience::AUDIENCE_VERSION,
    audit::{Entry, Hash, Salt},
    id::{CommandId, DeviceId, UserId},
    record::RecordRef,
    role::Principal,
    time::UtcMillis,
};
use rpds::RedBlackTreeMapSync;
use uuid::Uuid;

use crate::{Device, FeedWrite, Head, IdempotencyKey, Job, KnownCommand, Link, Pair, Remembered, Reset, SecondFactor, Stored, Upload};

pub(super) type Map<K, V> = RedBlackTreeMapSync<K, V>;

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) head: Head,
    /// By place in the chain. The beginning is not a link.
    pub(super) links: Map<i64, Link>,
    /// Where commits ended, with the place of the link.
    pub(super) ends: Map<i64, i64>,
    pub(super) records: Map<RecordRef, Stored>,
    /// What must be unique, with the record that has it.
    pub(super) unique: Map<(&'static str, String), RecordRef>,
    pub(super) feed: Map<(RecordRef, Principal), FeedWrite>,
    pub(super) outcomes: Map<CommandId, KnownCommand>,
    /// By place in the audit, from 1.
    pub(super) audit: Map<i64, Audited>,
    pub(super) passwords: Map<UserId, String>,
    pub(super) devices: Map<DeviceId, Device>,
    pub(super) pairs: Map<Uuid, Pair>,
    pub(super) resets: Map<Hash, Reset>,
    pub(super) factors: Map<UserId, SecondFactor>,
    /// By owner and hash, with the moment at which it was used.
    pub(super) recovery_codes: Map<(UserId, Hash), Option<UtcMillis>>,
    pub(super) remembered: Map<KeyOf, Remembered>,
    pub(super) jobs: Map<Uuid, JobRow>,
    pub(super) uploads: Map<Uuid, Upload>,
}

/// An entry of the audit, with the link it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Audited {
    pub(super) link: i64,
    pub(super) entry: Entry,
    pub(super) values: Vec<Option<(Salt, String)>>,
}

/// A job, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct JobRow {
    pub(super) job: Job,
    pub(super) lease_until: Option<UtcMillis>,
    pub(super) done_at: Option<UtcMillis>,
    pub(super) dead_at: Option<UtcMillis>,
}

/// An idempotency key in an order.
pub(super) type KeyOf = (UserId, String, String, String);

pub(super) fn key_of(key: &IdempotencyKey) -> KeyOf {
    (key.user, key.method.clone(), key.path.clone(), key.key.clone())
}

impl State {
    pub(super) fn new(epoch: Uuid) -> Self {
        Self {
            head: Head { epoch, seq: 0, chain: [0; 32], links: 0, audience_version: AUDIENCE_VERSION },
            links: Map::new_sync(),
            ends: Map::new_sync(),
            records: Map::new_sync(),
            unique: Map::new_sync(),
            feed: Map::new_sync(),
            outcomes: Map::new_sync(),
            audit: Map::new_sync(),
            passwords: Map::new_sync(),
            devices: Map::new_sync(),
            pairs: Map::new_sync(),
            resets: Map::new_sync(),
            factors: Map::new_sync(),
            recovery_codes: Map::new_sync(),
            remembered: Map::new_sync(),
            jobs: Map::new_sync(),
            uploads: Map::new_sync(),
        }
    }
    /// What a person has on its way and has not expired.
    pub(super) fn under_way(&self, user: UserId, now: UtcMillis) -> impl Iterator<Item = &Upload> {
        self.uploads.values().filter(move |it| it.user == user && it.finished_at.is_none() && it.until > now)
    }
}
