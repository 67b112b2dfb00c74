//! Transactions, snapshots, instances.

use domain::{audience::AUDIENCE_VERSION, record::Record as _, role::Role};
use uuid::Uuid;

use super::Fixture;
use crate::{
    Batch, StoreError,
    testing::sample::{Draft, client, commit, named, setting, user, user_id, uuid},
};
use domain::record::Kind;

/// Everything begins at number 0, with 32 zero bytes.
pub async fn an_empty_database_stands_at_its_epoch(f: &Fixture) {
    let mut now = f.snapshot().await;
    let head = now.head().await.unwrap();
    assert_eq!((head.seq, head.links, head.chain, head.audience_version), (0, 0, [0; 32], AUDIENCE_VERSION));
    assert_ne!(head.epoch, Uuid::nil());
    assert_eq!(now.link_hash(0).await.unwrap(), Some([0; 32]), "the beginning has a hash");
    assert_eq!(now.link_hash(1).await.unwrap(), None);
    assert_eq!((now.commit_end(0).await.unwrap(), now.commit_end(7).await.unwrap()), (0, 7));
    assert_eq!(now.commit_before(7).await.unwrap(), 0);
    assert!(now.counts().await.unwrap().iter().all(|(_, n)| *n == 0));
    let other = f.others[0].read().await.unwrap().head().await.unwrap();
    assert_eq!(other, head, "all instances see the same history");
}

/// Nobody else reads what is not committed; the transaction does.
pub async fn what_was_flushed_is_read_only_inside_before_the_commit(f: &Fixture) {
    let mut tx = f.store.write().await.unwrap();
    let mut draft = Draft::after(tx.head().await.unwrap());
    draft.put(client(1, None).any(), None);
    tx.flush(&draft.finish()).await.unwrap();
    assert_eq!(tx.records(&[named(Kind::Client, 1)]).await.unwrap().len(), 1);
    assert_eq!(tx.head().await.unwrap().seq, 1);
    if f.reads_beside_writes {
        let mut now = f.snapshot().await;
        assert!(now.records(&[named(Kind::Client, 1)]).await.unwrap().is_empty());
        assert_eq!(now.head().await.unwrap().seq, 0);
    }
    tx.commit().await.unwrap();
    assert_eq!(f.snapshot().await.records(&[named(Kind::Client, 1)]).await.unwrap().len(), 1);
}

/// A transaction that is dropped was never there; its numbers are given out again.
pub async fn dropping_a_transaction_rolls_back(f: &Fixture) {
    let mut tx = f.store.write().await.unwrap();
    let mut draft = Draft::after(tx.head().await.unwrap());
    draft.put(user(1, &[Role::Admin]).any(), None).entry(1, 1, &[named(Kind::User, 1)]);
    tx.flush(&draft.finish()).await.unwrap();
    drop(tx);
    assert_eq!(f.snapshot().await.head().await.unwrap().seq, 0);
    let end = commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin]).any(), None);
    })
    .await
    .unwrap();
    assert_eq!(end, 1);
    let principals = domain::role::principals(user_id(1), &[Role::Admin]);
    assert_eq!(f.snapshot().await.feed_up(&principals, 0, 9, 9).await.unwrap().len(), 1, "principals that were rolled back are filed anew");
}

/// Everything read through a snapshot is of the moment at which it was opened.
pub async fn a_snapshot_sees_one_moment(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(client(1, None).any(), None);
    })
    .await
    .unwrap();
    let mut before = f.snapshot().await;
    let write = async {
        for instance in [&f.store, &f.others[0]] {
            let n = instance.read().await.unwrap().head().await.unwrap().seq + 1;
            commit(instance.as_ref(), |draft| {
                draft.put(client(u64::try_from(n).unwrap(), None).any(), None);
            })
            .await
            .unwrap();
        }
    };
    if f.reads_beside_writes {
        write.await;
        assert_eq!(before.head().await.unwrap().seq, 1);
        assert_eq!(before.records_of(Kind::Client, None, 9).await.unwrap().len(), 1);
        assert!(before.published(1, 9).await.unwrap().is_empty());
        drop(before);
    } else {
        drop(before);
        write.await;
    }
    assert_eq!(f.snapshot().await.head().await.unwrap().seq, 3);
}

/// Whoever cannot have the number row in time hears that the database is not available.
pub async fn there_is_one_writer_at_a_time(f: &Fixture) {
    let tx = f.store.write().await.unwrap();
    let refused = f.impatient.write().await.map(drop);
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    drop(tx);
    commit(f.others[0].as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
}

/// What fails in the middle cannot be committed by accident.
pub async fn after_a_failed_flush_nothing_is_committed(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    let mut tx = f.store.write().await.unwrap();
    let mut draft = Draft::after(tx.head().await.unwrap());
    draft.put(setting(2).any(), None).put(setting(1).any(), None);
    let refused = tx.flush(&draft.finish()).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
    assert!(tx.commit().await.is_err());
    let mut now = f.snapshot().await;
    assert_eq!(now.head().await.unwrap().seq, 1);
    assert!(now.records(&[named(Kind::Setting, 2)]).await.unwrap().is_empty());
}

/// A commit of one instance ends the waiting of another.
pub async fn another_instance_hears_of_a_commit(f: &Fixture) {
    let hears = std::sync::Arc::clone(&f.others[0]);
    let waits = tokio::spawn(async move {
        while hears.read().await.unwrap().head().await.unwrap().seq == 0 {
            hears.moved().await;
        }
    });
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(20), waits).await.expect("it hears").unwrap();
}

/// A restored copy begins another history with the same records and numbers.
pub async fn a_new_epoch_keeps_everything_else(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    let before = f.snapshot().await.head().await.unwrap();
    f.store.begin_epoch(uuid(99)).await.unwrap();
    let after = f.snapshot().await.head().await.unwrap();
    assert_eq!(after, crate::Head { epoch: uuid(99), ..before });
}

/// After closing there is neither reading nor writing, and others go on.
pub async fn a_closed_store_is_unavailable(f: &Fixture) {
    f.others[1].close().await;
    assert!(f.others[1].read().await.is_err_and(|e| e.is_temporary()));
    assert!(f.others[1].write().await.is_err_and(|e| e.is_temporary()));
    assert!(f.others[1].ready().await.is_err_and(|e| e.is_temporary()));
    f.store.ready().await.unwrap();
}

/// For `/readyz`.
pub async fn a_store_that_works_is_ready(f: &Fixture) {
    f.store.ready().await.unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    f.store.ready().await.unwrap();
}

/// A transaction reads what it flushed and goes on from there.
pub async fn a_transaction_may_flush_several_times(f: &Fixture) {
    let mut tx = f.store.write().await.unwrap();
    for (n, base) in [(1, None), (2, Some(1)), (3, Some(2))] {
        let mut draft = Draft::after(tx.head().await.unwrap());
        draft.put(client(1, None).any(), base).entry(n, 1, &[named(Kind::Client, 1)]);
        tx.flush(&draft.finish()).await.unwrap();
        let found = tx.records(&[named(Kind::Client, 1)]).await.unwrap();
        assert_eq!(found[0].held.rev, i64::try_from(n).unwrap());
    }
    tx.flush(&Batch::default()).await.unwrap();
    tx.commit().await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!((now.head().await.unwrap().seq, now.head().await.unwrap().links), (3, 3));
    let chain = now.chain(0, 9).await.unwrap();
    assert!(chain.iter().all(|link| link.entries.len() == 1), "every entry belongs to the link that follows it: {chain:?}");
}
