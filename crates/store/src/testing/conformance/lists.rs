//! What clients read.

use domain::{
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{Client, Consultation, ConsultationStatus, Notification, Order},
    role::Role,
};

use super::Fixture;
use crate::{
    Stored,
    testing::sample::{NOW, client, commit, consultation, deleted, message, named, notification, order, order_id, user, user_id},
};

fn refs(stored: &[Stored]) -> Vec<RecordRef> {
    stored.iter().map(|it| it.held.record.reference()).collect()
}

/// Of whom and when a record is that the test makes: the `n`-th of this client, so many milliseconds after the samples' moment.
type Make = fn(u64, &Client, i64) -> AnyRecord;

/// What was decided, so that a client has several.
fn answered(n: u64, client: &Client, later: i64) -> AnyRecord {
    Consultation { status: ConsultationStatus::Accepted, created_at: NOW.plus(later), ..consultation(n, client) }.any()
}

fn ordered(n: u64, client: &Client, later: i64) -> AnyRecord {
    Order { created_at: NOW.plus(later), ..order(n, client) }.any()
}

/// `GET /api/consultations` and `GET /api/orders`, page by page; two of the same moment keep their places by id.
pub async fn a_client_reads_their_own_records_newest_first(f: &Fixture) {
    let (mine, other) = (client(1, Some(1)), client(2, Some(2)));
    let kinds: [(Kind, Make); 2] = [(Kind::Consultation, answered), (Kind::Order, ordered)];
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(user(2, &[Role::Client]).any(), None);
        draft.put(mine.clone().any(), None).put(other.clone().any(), None);
        for (_, make) in kinds {
            for (n, later) in [(1, 5), (2, 5), (3, 9), (4, 0)] {
                draft.put(make(n, &mine, later), None);
            }
            draft.put(make(9, &other, 7), None);
        }
        draft.put(deleted(Order { created_at: NOW.plus(6), ..order(5, &mine) }).any(), None);
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    for (kind, _) in kinds {
        let of = |n| named(kind, n);
        assert_eq!(refs(&now.own(kind, user_id(1), None, 9).await.unwrap()), [of(3), of(2), of(1), of(4)]);
        let page = now.own(kind, user_id(1), None, 2).await.unwrap();
        assert_eq!(refs(&page), [of(3), of(2)]);
        assert_eq!(refs(&now.own(kind, user_id(1), Some(of(2).id), 9).await.unwrap()), [of(1), of(4)]);
        assert!(now.own(kind, user_id(1), Some(of(77).id), 9).await.unwrap().is_empty());
        assert!(now.own(kind, user_id(9), None, 9).await.unwrap().is_empty());
    }
    let behind = now.own(Kind::Order, user_id(1), Some(named(Kind::Order, 5).id), 1).await.unwrap();
    assert_eq!(refs(&behind), [named(Kind::Order, 2)], "a list goes on behind a place that was deleted meanwhile");
    assert!(now.own(Kind::Client, user_id(1), None, 9).await.unwrap().is_empty(), "of other kinds clients have no list");
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

/// `GET /api/orders/{id}/messages`: by place, from the last one or from behind one on, and of no other order.
pub async fn a_conversation_is_read_in_pages_newest_first(f: &Fixture) {
    let of = client(1, None);
    let (mine, other) = (order(1, &of), order(2, &of));
    commit(f.store.as_ref(), |draft| {
        draft.put(of.clone().any(), None).put(mine.clone().any(), None).put(other.clone().any(), None);
        for (n, place) in [(1, 3), (2, 1), (3, 4), (4, 2)] {
            draft.put(message(n, &mine, place).any(), None);
        }
        draft.put(message(9, &other, 1).any(), None);
    })
    .await
    .unwrap();
    let named = |n| named(Kind::Message, n);
    let mut now = f.snapshot().await;
    assert_eq!(refs(&now.messages_of(order_id(1), None, 3).await.unwrap()), [named(3), named(1), named(4)]);
    assert_eq!(refs(&now.messages_of(order_id(1), Some(2), 3).await.unwrap()), [named(2)]);
    assert_eq!(refs(&now.messages_of(order_id(1), Some(900), 1).await.unwrap()), [named(3)]);
    assert!(now.messages_of(order_id(1), Some(1), 3).await.unwrap().is_empty());
    assert!(now.messages_of(order_id(7), None, 3).await.unwrap().is_empty());
}
