//! Outcomes, and first answers under idempotency keys.

use super::Fixture;
use crate::{
    Batch, IdempotencyKey, Remembered, StoreError,
    testing::sample::{NOW, command_id, commit, hash, user_id},
};

/// For a person's feed and for live streams.
pub async fn outcomes_are_read_by_number(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.outcome(1, 1, true, NOW);
        draft.outcome(2, 2, false, NOW);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.outcome(3, 1, true, NOW.plus(5));
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let mine = now.outcomes(user_id(1), 0, 3).await.unwrap();
    assert_eq!(mine.iter().map(|it| it.id).collect::<Vec<_>>(), [command_id(1), command_id(3)]);
    assert_eq!((mine[1].seq, mine[1].applied, mine[1].at, mine[1].fingerprint), (3, true, NOW.plus(5), hash(3)));
    assert_eq!(mine[1].outcome, format!("{{\"id\":\"{}\",\"seq\":3}}", command_id(3)));
    assert_eq!(now.outcomes(user_id(1), 1, 3).await.unwrap(), mine[1..]);
    let all = now.all_outcomes(1, 3).await.unwrap();
    assert_eq!(all.iter().map(|it| (it.seq, it.applied)).collect::<Vec<_>>(), [(2, false), (3, true)]);
    assert!(now.all_outcomes(3, 9).await.unwrap().is_empty());
}

/// `POST /v1/commands/known`, and every repeated command.
pub async fn known_commands_are_found_by_id(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        (1..=3).for_each(|n| {
            draft.outcome(n, n, true, NOW);
        });
    })
    .await
    .unwrap();
    let asked = [3, 9, 1, 3].map(command_id);
    let found = f.snapshot().await.known(&asked).await.unwrap();
    assert_eq!(found.iter().map(|it| (it.id, it.user)).collect::<Vec<_>>(), [(command_id(3), user_id(3)), (command_id(1), user_id(1))]);
    assert!(f.snapshot().await.known(&[]).await.unwrap().is_empty());
}

/// Invariant: once.
pub async fn a_command_is_known_once(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.outcome(1, 1, true, NOW);
    })
    .await
    .unwrap();
    let again = commit(f.store.as_ref(), |draft| {
        draft.outcome(1, 2, true, NOW);
    })
    .await;
    assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
}

async fn remember(f: &Fixture, key: &IdempotencyKey, answer: &Remembered) -> crate::Result<()> {
    let mut tx = f.store.write().await?;
    tx.flush(&Batch { remember: vec![(key.clone(), answer.clone())], ..Batch::default() }).await?;
    tx.commit().await
}

/// Another account, method or path is another key; and the first answer stays.
pub async fn answers_are_remembered_under_their_whole_key(f: &Fixture) {
    let key = IdempotencyKey { user: user_id(1), method: "POST".into(), path: "/api/consultations".into(), key: "k-1".into() };
    let answer = Remembered { fingerprint: hash(1), status: 201, body: "{\"id\":1}".into(), at: NOW };
    remember(f, &key, &answer).await.unwrap();
    assert_eq!(f.snapshot().await.remembered(&key).await.unwrap(), Some(answer.clone()));
    let others = [
        IdempotencyKey { user: user_id(2), ..key.clone() },
        IdempotencyKey { method: "PUT".into(), ..key.clone() },
        IdempotencyKey { path: "/api/notifications".into(), ..key.clone() },
        IdempotencyKey { key: "k-2".into(), ..key.clone() },
    ];
    for other in &others {
        assert_eq!(f.snapshot().await.remembered(other).await.unwrap(), None);
        remember(f, other, &answer).await.unwrap();
    }
    let again = remember(f, &key, &Remembered { status: 422, ..answer.clone() }).await;
    assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
    assert_eq!(f.snapshot().await.remembered(&key).await.unwrap(), Some(answer));
}
