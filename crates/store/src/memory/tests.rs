//! What only this engine has: faults, and instances that share a database.

use super::*;
use crate::{Batch, Job, JobWrite};
use domain::time::UtcMillis;

fn job(n: u128) -> Batch {
    let job = Job {
        id: Uuid::from_u128(n),
        kind: "mail.password_reset".into(),
        payload: serde_json::json!({ "n": 1 }),
        run_at: UtcMillis::from_ms(0),
        tries: 0,
        last_error: None,
    };
    Batch { jobs: vec![JobWrite::Add(job)], ..Batch::default() }
}

async fn claimed(store: &Memory) -> usize {
    store.write().await.unwrap().claim_jobs(UtcMillis::from_ms(9), UtcMillis::from_ms(99), 100).await.unwrap().len()
}

async fn add(store: &Memory, n: u128) -> Result<()> {
    let mut tx = store.write().await?;
    tx.flush(&job(n)).await?;
    tx.commit().await
}

#[tokio::test]
async fn the_fault_that_was_asked_for_comes_once_and_at_its_turn() {
    let store = Memory::new(Uuid::nil());
    store.fail(Fault { at: Point::Flush, nth: 2, kind: FaultKind::Constraint });
    assert!(add(&store, 1).await.is_ok(), "the first flush passes");
    assert!(matches!(add(&store, 2).await, Err(StoreError::Constraint(_))), "the second one fails");
    assert!(add(&store, 2).await.is_ok(), "a fault comes once");
    assert_eq!(claimed(&store).await, 2, "what failed was not written");
}

#[tokio::test]
async fn an_unavailable_commit_writes_nothing_and_a_lost_one_everything() {
    let store = Memory::new(Uuid::nil());
    store.fail(Fault { at: Point::Commit, nth: 1, kind: FaultKind::Unavailable });
    assert!(add(&store, 1).await.is_err_and(|e| e.is_temporary()));
    assert_eq!(claimed(&store).await, 0);
    store.fail(Fault { at: Point::Commit, nth: 1, kind: FaultKind::Lost });
    assert!(add(&store, 2).await.is_err_and(|e| e.is_temporary()));
    assert_eq!(claimed(&store).await, 1, "a lost answer does not undo the commit");
}

#[tokio::test]
async fn an_instance_hears_of_a_commit_that_came_while_it_was_not_waiting() {
    let store = Memory::new(Uuid::nil());
    let other = store.instance();
    add(&store, 1).await.unwrap();
    other.moved().await;
    assert_eq!(claimed(&other).await, 1);
}

#[tokio::test]
async fn a_closed_store_is_unavailable_and_its_other_instances_are_not() {
    let store = Memory::new(Uuid::nil());
    let other = store.instance();
    store.close().await;
    assert!(store.read().await.is_err_and(|e| e.is_temporary()));
    assert!(store.ready().await.is_err());
    assert!(other.ready().await.is_ok());
}
