//! Many at once (docs/sync.md: «One writer», «No late number»).

use domain::{
    record::{Kind, Record as _},
    role::{Principal, Role},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{Fixture, audit::verify};
use crate::{
    Store,
    testing::sample::{commit, named, setting},
};

const WRITERS: u64 = 9;
const COMMITS: u64 = 12;

/// Starts writers on all instances; each makes settings of its own, sometimes two in a commit, and sometimes gives up.
fn writers(f: &Fixture) -> Vec<tokio::task::JoinHandle<()>> {
    let instances = [&f.store, &f.others[0], &f.others[1]];
    (0..WRITERS)
        .map(|writer| {
            let store: Arc<dyn Store> = Arc::clone(instances[usize::try_from(writer % 3).unwrap_or(0)]);
            tokio::spawn(async move {
                for n in 0..COMMITS {
                    if n % 4 == 3 {
                        drop(store.write().await.unwrap());
                    }
                    let first = writer * 1_000 + n * 2 + 1;
                    commit(store.as_ref(), |draft| {
                        for n in first..=first + writer % 2 {
                            draft.put(setting(n).any(), None).entry(n, 1, &[named(Kind::Setting, n)]);
                        }
                    })
                    .await
                    .unwrap();
                }
            })
        })
        .collect()
}

/// Strictly rising numbers, no gap in the links, and a chain that verifies.
pub async fn many_writers_leave_no_gap(f: &Fixture) {
    for writer in writers(f) {
        writer.await.unwrap();
    }
    let mut now = f.snapshot().await;
    let (head, chain) = (now.head().await.unwrap(), now.chain(0, 10_000).await.unwrap());
    assert_eq!(chain.len(), usize::try_from(WRITERS * COMMITS).unwrap());
    assert_eq!(verify(&chain), head.chain);
    let seqs: Vec<i64> = now.feed_up(&[Principal::Role(Role::Admin)], 0, head.seq, 10_000).await.unwrap().iter().map(|r| r.seq).collect();
    assert_eq!(seqs, (1..=head.seq).collect::<Vec<_>>(), "every number was given out once");
}

/// Invariant: no late number. Whoever follows the head from another instance sees every row, once, in order.
pub async fn a_reader_never_misses_and_never_sees_a_late_number(f: &Fixture) {
    let done = Arc::new(AtomicBool::new(false));
    let (reader, ended) = (Arc::clone(&f.others[0]), Arc::clone(&done));
    let follows = tokio::spawn(async move {
        let (mut at, mut met) = (0, BTreeSet::new());
        loop {
            let last = ended.load(Ordering::Acquire);
            let mut now = reader.read().await.unwrap();
            let head = now.head().await.unwrap().seq;
            assert!(head >= at, "the head never goes back");
            for it in now.published(at, head).await.unwrap() {
                assert!(at < it.row.seq && it.row.seq <= head);
                assert!(met.insert((it.row.seq, it.principal.to_string())), "nothing is told twice");
            }
            at = head;
            drop(now);
            if last {
                return (at, met);
            }
            tokio::task::yield_now().await;
        }
    });
    for writer in writers(f) {
        writer.await.unwrap();
    }
    done.store(true, Ordering::Release);
    let (head, met) = follows.await.unwrap();
    assert_eq!(f.snapshot().await.head().await.unwrap().seq, head);
    let everything: BTreeSet<(i64, String)> =
        f.snapshot().await.published(0, head).await.unwrap().iter().map(|it| (it.row.seq, it.principal.to_string())).collect();
    assert_eq!(met, everything, "nothing was missed");
    assert_eq!(everything.len(), usize::try_from(head).unwrap() * 3, "settings are for three roles");
}
