//! Files on their way.

use domain::{
    decision::Erasure,
    record::Record as _,
    role::Role,
    time::{DAY, MINUTE, UtcMillis},
};

use super::Fixture;
use crate::{
    Batch, Part, Result, StoreError, Upload, UploadWrite,
    testing::sample::{NOW, commit, upload, user, user_id, uuid},
};

async fn write(f: &Fixture, uploads: Vec<UploadWrite>) -> Result<()> {
    let mut tx = f.store.write().await?;
    tx.flush(&Batch { uploads, ..Batch::default() }).await?;
    tx.commit().await
}

async fn two_people(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin]).any(), None).put(user(2, &[Role::Cs]).any(), None);
    })
    .await
    .unwrap();
}

fn parts(ends: &[u64]) -> Vec<Part> {
    let begins = std::iter::once(0).chain(ends.iter().copied());
    begins.zip(ends).map(|(at, end)| Part { at, length: end - at, id: uuid(900 + end) }).collect()
}

async fn stored(f: &Fixture, n: u64) -> Option<Upload> {
    f.snapshot().await.upload(uuid(n)).await.unwrap()
}

/// It comes back as it was written, moves on from where it stands and from nowhere else, and becomes a file once.
pub async fn an_upload_moves_on_from_where_it_stands(f: &Fixture) {
    two_people(f).await;
    write(f, vec![UploadWrite::Add(upload(1, 1, DAY))]).await.unwrap();
    assert_eq!(stored(f, 1).await, Some(upload(1, 1, DAY)));
    assert_eq!(stored(f, 2).await, None);
    let on = |from, to, ends: &[u64]| UploadWrite::Move { id: uuid(1), from, to, parts: parts(ends) };
    write(f, vec![on(0, 4, &[4]), on(4, 7, &[4, 7])]).await.unwrap();
    let there = Upload { received: 7, parts: parts(&[4, 7]), ..upload(1, 1, DAY) };
    assert_eq!(stored(f, 1).await, Some(there.clone()));
    for wrong in [on(4, 9, &[9]), on(0, 7, &[7]), UploadWrite::Move { id: uuid(2), from: 0, to: 1, parts: parts(&[1]) }] {
        let late = write(f, vec![wrong]).await;
        assert!(matches!(late, Err(StoreError::Overtaken { .. })), "{late:?}");
    }
    let beyond = write(f, vec![on(7, 11, &[4, 7, 11])]).await;
    assert!(matches!(beyond, Err(StoreError::Constraint(_))), "{beyond:?}");
    assert_eq!(stored(f, 1).await, Some(there.clone()), "what was refused changed nothing");
    let finish = |at: UtcMillis| UploadWrite::Finish { id: uuid(1), at };
    write(f, vec![on(7, 10, &[4, 7, 10]), finish(NOW.plus(5)), finish(NOW.plus(9))]).await.unwrap();
    let done = Upload { received: 10, parts: parts(&[4, 7, 10]), finished_at: Some(NOW.plus(5)), ..there };
    assert_eq!(stored(f, 1).await, Some(done), "it becomes a file once");
    assert!(matches!(write(f, vec![on(10, 10, &[])]).await, Err(StoreError::Overtaken { .. })), "and does not move afterwards");
}

/// An id is used once, and by somebody who is there.
pub async fn an_upload_is_made_once(f: &Fixture) {
    two_people(f).await;
    write(f, vec![UploadWrite::Add(upload(1, 1, DAY))]).await.unwrap();
    for wrong in [upload(1, 2, DAY), upload(2, 9, DAY)] {
        let refused = write(f, vec![UploadWrite::Add(wrong)]).await;
        assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
    }
    write(f, vec![UploadWrite::Drop(uuid(1)), UploadWrite::Drop(uuid(7))]).await.unwrap();
    assert_eq!(stored(f, 1).await, None);
}

/// The oldest that was begun long ago, has no byte, is not finished and has not expired; of this person alone.
pub async fn an_idle_upload_is_found(f: &Fixture) {
    two_people(f).await;
    let begun = |n, of, minutes: i64| Upload { created_at: NOW.plus(minutes * MINUTE), ..upload(n, of, DAY) };
    let all = [begun(1, 2, -9), begun(2, 1, -5), begun(3, 1, -3), begun(4, 1, -2), begun(5, 1, -2)];
    write(f, all.into_iter().map(UploadWrite::Add).collect()).await.unwrap();
    let moved = UploadWrite::Move { id: uuid(2), from: 0, to: 1, parts: parts(&[1]) };
    write(f, vec![moved, UploadWrite::Finish { id: uuid(3), at: NOW }]).await.unwrap();
    let mut now = f.snapshot().await;
    for (of, at, minutes, expected) in [(1, 0, -3, None), (1, 0, -2, Some(4)), (1, DAY, 0, None), (2, 0, 0, Some(1)), (3, 0, 0, None)] {
        let found = now.idle_upload(user_id(of), NOW.plus(at), NOW.plus(minutes * MINUTE)).await.unwrap();
        assert_eq!(found, expected.map(uuid), "of {of}, begun {minutes} minutes from now");
    }
}

/// What is under way is counted for each person; what has expired is found, the oldest first.
pub async fn uploads_expire(f: &Fixture) {
    two_people(f).await;
    let all = [upload(1, 1, DAY), upload(2, 1, 2 * DAY), upload(3, 2, 3 * DAY), upload(4, 1, 2 * DAY)];
    let finish = UploadWrite::Finish { id: uuid(4), at: NOW };
    write(f, all.iter().cloned().map(UploadWrite::Add).chain([finish]).collect()).await.unwrap();
    let mut now = f.snapshot().await;
    for (days, of, count) in [(0, 1, 2), (0, 2, 1), (0, 3, 0), (1, 1, 1), (2, 1, 0), (2, 2, 1), (3, 2, 0)] {
        assert_eq!(now.uploads_under_way(user_id(of), NOW.plus(days * DAY)).await.unwrap(), count, "of {of} after {days} days");
    }
    let expired: [(i64, u32, &[u64]); 5] = [(0, 9, &[]), (1, 9, &[1]), (2, 9, &[1, 2, 4]), (9, 9, &[1, 2, 4, 3]), (9, 2, &[1, 2])];
    for (days, limit, expected) in expired {
        let found = now.expired_uploads(NOW.plus(days * DAY), limit).await.unwrap();
        let expected: Vec<_> = expected.iter().map(|n| uuid(*n)).collect();
        assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), expected, "after {days} days");
    }
    drop(now);
    let mut tx = f.store.write().await.unwrap();
    tx.flush(&Batch { erase: vec![Erasure { user: Some(user_id(1)), ..Erasure::default() }], ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    assert!(stored(f, 1).await.is_none() && stored(f, 3).await.is_some(), "an erased person's go");
}
