//! The contract, one line a method; each area does it in its own module.

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
use uuid::Uuid;

use super::{
    engine::Engine,
    view::{Side, View, Writing},
};
use crate::{
    Account, AuditFilter, AuditPage, Batch, Body, Check, Device, FeedRow, Head, IdempotencyKey, Job, KnownCommand, LinkRow, Pair,
    Published, Remembered, Reset, Result, SecondFactor, Snapshot, StoreError, Stored, Upload, WriteTx,
};

macro_rules! forward {
    ($(fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {
        #[async_trait]
        impl<E: Engine, W: Side> Snapshot for View<E, W> {
            async fn head(&mut self) -> Result<Head> {
                Ok(self.head.clone())
            }
            $(async fn $name(&mut self, $($arg: $ty),*) -> Result<$ret> { View::$name(self, $($arg),*).await })*
        }
    };
}
forward! {
    fn link_hash(number: i64) -> Option<Hash>;
    fn commit_end(number: i64) -> i64;
    fn commit_before(number: i64) -> i64;
    fn records(refs: &[RecordRef]) -> Vec<Stored>;
    fn bodies(refs: &[RecordRef]) -> Vec<Body>;
    fn records_of(kind: Kind, after: Option<RecordId>, limit: u32) -> Vec<Stored>;
    fn holders(refs: &[RecordRef]) -> Vec<(RecordRef, Principal)>;
    fn lookup(lookup: &Lookup) -> Vec<Held>;
    fn feed_up(principals: &[Principal], after: i64, upto: i64, limit: u32) -> Vec<FeedRow>;
    fn feed_down(principals: &[Principal], before: i64, limit: u32) -> Vec<FeedRow>;
    fn feed_open(principals: &[Principal], after: i64, limit: u32) -> Vec<FeedRow>;
    fn feed_beside(principals: &[Principal], records: &[RecordRef]) -> Vec<FeedRow>;
    fn feed_check(principals: &[Principal]) -> Check;
    fn published(after: i64, upto: i64) -> Vec<Published>;
    fn outcomes(user: UserId, after: i64, upto: i64) -> Vec<KnownCommand>;
    fn all_outcomes(after: i64, upto: i64) -> Vec<KnownCommand>;
    fn known(ids: &[CommandId]) -> Vec<KnownCommand>;
    fn written_by(record: RecordRef, from: i64, to: i64) -> Vec<(i64, CommandId)>;
    fn audit(filter: &AuditFilter) -> AuditPage;
    fn chain(after: i64, limit: u32) -> Vec<LinkRow>;
    fn account_by_email(email: &Email) -> Option<Account>;
    fn account(user: UserId) -> Option<Account>;
    fn staff() -> Vec<Account>;
    fn pair_by_access(hash: &Hash) -> Option<Pair>;
    fn pair_by_refresh(hash: &Hash) -> Option<Pair>;
    fn pairs_of(parent: Uuid) -> Vec<Pair>;
    fn device(id: DeviceId) -> Option<Device>;
    fn devices(user: UserId) -> Vec<Device>;
    fn reset(hash: &Hash) -> Option<Reset>;
    fn second_factor(user: UserId) -> Option<SecondFactor>;
    fn recovery_codes(user: UserId) -> Vec<Hash>;
    fn remembered(key: &IdempotencyKey) -> Option<Remembered>;
    fn own(kind: Kind, user: UserId, before: Option<RecordId>, limit: u32) -> Vec<Stored>;
    fn notifications_of(user: UserId, limit: u32) -> (Vec<Stored>, i64);
    fn messages_of(order: OrderId, before: Option<i64>, limit: u32) -> Vec<Stored>;
    fn dead_jobs(limit: u32) -> Vec<Job>;
    fn upload(id: Uuid) -> Option<Upload>;
    fn uploads_under_way(user: UserId, now: UtcMillis) -> i64;
    fn idle_upload(user: UserId, now: UtcMillis, begun: UtcMillis) -> Option<Uuid>;
    fn expired_uploads(now: UtcMillis, limit: u32) -> Vec<Upload>;
    fn counts() -> Vec<(Kind, i64)>;
}

#[async_trait]
impl<E: Engine> WriteTx for View<E, Writing> {
    async fn flush(&mut self, batch: &Batch) -> Result<()> {
        let done = self.write(batch).await;
        self.extra.spoiled |= done.is_err();
        done
    }
    async fn claim_jobs(&mut self, now: UtcMillis, lease_until: UtcMillis, limit: u32) -> Result<Vec<Job>> {
        self.claim(now, lease_until, limit).await
    }
    async fn purge(&mut self, now: UtcMillis) -> Result<u64> {
        self.forget(now).await
    }
    async fn commit(self: Box<Self>) -> Result<()> {
        let Self { tx, principals, extra, .. } = *self;
        if extra.spoiled {
            return Err(StoreError::Driver("a flush of this transaction failed".into()));
        }
        E::commit(tx, extra.wake, extra.erased).await?;
        principals.learn(extra.fresh);
        Ok(())
    }
}
