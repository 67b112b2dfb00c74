//! What clients read.

use domain::{
    record::{Kind, Record as _, RecordRef},
    records::{Consultation, ConsultationStatus, Notification},
    role::Role,
};

use super::Fixture;
use crate::{
    Stored,
    testing::sample::{NOW, client, commit, consultation, named, notification, user, user_id},
};

fn refs(stored: &[Stored]) -> Vec<RecordRef> {
    stored.iter().map(|it| it.held.record.reference()).collect()
}

/// `GET /api/consultations`, page by page; two of the same moment keep their places by id.
pub async fn a_client_reads_their_consultations_newest_first(f: &Fixture) {
    let (mine, other) = (client(1, Some(1)), client(2, Some(2)));
    let closed =
        |n: u64, later| Consultation { status: ConsultationStatus::Accepted, created_at: NOW.plus(later), ..consultation(n, &mine) };
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(user(2, &[Role::Client]).any(), None);
        draft.put(mine.clone().any(), None).put(other.clone().any(), None);
        for (n, later) in [(1, 5), (2, 5), (3, 9), (4, 0)] {
            draft.put(closed(n, later).any(), None);
        }
        draft.put(consultation(9, &other).any(), None);
    })
    .await
    .unwrap();
    let of = |n| named(Kind::Consultation, n);
    let mut now = f.snapshot().await;
    assert_eq!(refs(&now.consultations_of(user_id(1), None, 9).await.unwrap()), [of(3), of(2), of(1), of(4)]);
    let page = now.consultations_of(user_id(1), None, 2).await.unwrap();
    assert_eq!(refs(&page), [of(3), of(2)]);
    assert_eq!(refs(&now.consultations_of(user_id(1), Some(of(2)), 9).await.unwrap()), [of(1), of(4)]);
    assert!(now.consultations_of(user_id(1), Some(of(77)), 9).await.unwrap().is_empty());
    assert!(now.consultations_of(user_id(1), Some(named(Kind::Client, 1)), 9).await.unwrap().is_empty());
    assert!(now.consultations_of(user_id(9), None, 9).await.unwrap().is_empty());
}

/// `GET /api/notifications`: the newest ones, and how many were not read of all.
pub async fn a_person_reads_their_notifications_newest_first(f: &Fixture) {
    let about = named(Kind::Consultation, 1);
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(user(2, &[Role::Client]).any(), None);
        (1..=4).for_each(|n| {
            draft.put(notification(n, 1, about).any(), None);
        });
        draft.put(Notification { read_at: Some(NOW), ..notification(5, 1, about) }.any(), None);
        draft.put(notification(6, 2, about).any(), None);
    })
    .await
    .unwrap();
    let of = |n| named(Kind::Notification, n);
    let (newest, unread) = f.snapshot().await.notifications_of(user_id(1), 3).await.unwrap();
    assert_eq!((refs(&newest), unread), (vec![of(5), of(4), of(3)], 4));
    let (none, unread) = f.snapshot().await.notifications_of(user_id(9), 3).await.unwrap();
    assert_eq!((none.len(), unread), (0, 0));
}
