//! What only this engine has: transactions that SQLite ends by itself.

use super::*;
use crate::{Batch, Job, JobWrite};
use domain::time::UtcMillis;

async fn add(store: &Sqlite, n: u128, payload: usize) -> Result<()> {
    let job = Job {
        id: Uuid::from_u128(n),
        kind: "mail.password_reset".into(),
        payload: serde_json::json!({ "text": "x".repeat(payload) }),
        run_at: UtcMillis::from_ms(0),
        tries: 0,
        last_error: None,
    };
    let mut tx = store.write().await?;
    tx.flush(&Batch { jobs: vec![JobWrite::Add(job)], ..Batch::default() }).await?;
    tx.commit().await
}

async fn limit(store: &Sqlite, pages: &'static str) {
    let mut writer = store.writer.acquire().await.unwrap();
    sqlx::query(pages).execute(&mut *writer).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_stops_nobody_once_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(Options::new(folder.path().join("meja.db"), Uuid::nil())).await.unwrap();
    // Not below what there is already: no page more.
    limit(&store, "PRAGMA max_page_count = 1").await;
    for _ in 0..3 {
        let full = add(&store, 1, 1 << 20).await.unwrap_err();
        assert!(full.is_temporary(), "{full}");
        limit(&store, "PRAGMA max_page_count = 1").await;
    }
    limit(&store, "PRAGMA max_page_count = 4294967294").await;
    add(&store, 2, 1 << 20).await.unwrap();
    store.ready().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let claimed = tx.claim_jobs(UtcMillis::from_ms(9), UtcMillis::from_ms(99), 100).await.unwrap();
    assert_eq!(claimed.iter().map(|job| job.id).collect::<Vec<_>>(), [Uuid::from_u128(2)], "what did not fit was not written");
}
