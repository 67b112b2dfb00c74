//! The chain and the audit.

use domain::{
    audit::{Hash, link_hash, value_hash},
    decision::Erasure,
    record::{Kind, Record as _},
    role::Role,
};

use super::Fixture;
use crate::{
    AuditFilter, Batch, LinkRow, StoreError,
    testing::sample::{Draft, NOW, client, command_id, commit, counter, named, setting, user, user_id},
};

/// Checks a chain as `audit verify` does, and gives the hash it ends with.
pub(super) fn verify(links: &[LinkRow]) -> Hash {
    let (mut previous, mut last) = ([0; 32], 0);
    for (n, link) in (1..).zip(links) {
        assert_eq!(link.n, n, "no link is missing");
        assert!(link.last > last, "every commit ends at a higher number");
        let entries: Vec<Hash> = link.entries.iter().map(|row| row.entry.hash()).collect();
        assert_eq!(link_hash(&previous, link.last, &link.salt, &entries), link.hash, "link {n} stands on the one before it");
        for row in &link.entries {
            assert_eq!(row.values.len(), row.entry.values.len());
            for ((_, _, hash), value) in row.entry.values.iter().zip(&row.values) {
                assert!(value.as_ref().is_none_or(|(salt, text)| value_hash(salt, text) == *hash), "a value has its hash");
            }
        }
        (previous, last) = (link.hash, link.last);
    }
    previous
}

/// Number, hash and place move together.
pub async fn links_follow_each_other(f: &Fixture) {
    for n in 1..=3 {
        commit(f.store.as_ref(), |draft| {
            draft.put(setting(n).any(), None).entry(n, 1, &[named(Kind::Setting, n)]);
        })
        .await
        .unwrap();
    }
    let mut now = f.snapshot().await;
    let (head, chain) = (now.head().await.unwrap(), now.chain(0, 99).await.unwrap());
    assert_eq!((head.seq, head.links), (3, 3));
    assert_eq!(verify(&chain), head.chain);
    assert_eq!(now.link_hash(3).await.unwrap(), Some(head.chain));
    assert_eq!(now.link_hash(2).await.unwrap(), Some(chain[1].hash));
    assert_eq!(now.link_hash(4).await.unwrap(), None);
    let part = now.chain(1, 1).await.unwrap();
    assert_eq!(part, chain[1..2], "a part of the chain is read with its entries");
}

/// Neither a link that was made on an older head, nor one that gives out no number.
pub async fn a_link_that_does_not_follow_is_refused(f: &Fixture) {
    let old = f.snapshot().await.head().await.unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    let mut draft = Draft::after(old);
    draft.put(setting(2).any(), None);
    let mut tx = f.store.write().await.unwrap();
    let refused = tx.flush(&draft.finish()).await;
    assert!(matches!(refused, Err(StoreError::Overtaken { .. })), "{refused:?}");
    drop(tx);
    let mut tx = f.store.write().await.unwrap();
    let mut draft = Draft::after(tx.head().await.unwrap());
    draft.put(setting(2).any(), None);
    let mut batch = draft.finish();
    batch.link.as_mut().unwrap().last = 1;
    let refused = tx.flush(&batch).await;
    assert!(matches!(refused, Err(StoreError::Constraint(_))), "{refused:?}");
}

/// Where cursors may stand.
pub async fn commits_end_where_links_say(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        (1..=3).for_each(|n| {
            draft.put(setting(n).any(), None);
        });
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        (4..=5).for_each(|n| {
            draft.put(setting(n).any(), None);
        });
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let mut ends = Vec::new();
    for number in 0..=6 {
        ends.push((now.commit_end(number).await.unwrap(), now.commit_before(number).await.unwrap()));
        assert_eq!(now.link_hash(number).await.unwrap().is_some(), [0, 3, 5].contains(&number));
    }
    assert_eq!(ends, [(0, 0), (3, 0), (3, 0), (3, 0), (5, 3), (5, 3), (6, 5)]);
}

/// By record, by person, by both, page by page.
pub async fn the_audit_is_read_newest_first_and_filtered(f: &Fixture) {
    for n in 1..=5 {
        let base = (n > 1).then_some(i64::try_from(n).unwrap() - 1);
        commit(f.store.as_ref(), |draft| {
            draft.put(client(1, None).any(), base).put(setting(n).any(), None);
            draft.entry(n, n % 2, &[named(Kind::Client, 1), named(Kind::Setting, n)]);
            draft.entry(100 + n, 7, &[]);
            if let Some(other) = draft.batch.audit.last_mut() {
                (other.entry.act, other.entry.at) = ("note.add".into(), NOW.plus(i64::try_from(n).unwrap()));
            }
        })
        .await
        .unwrap();
    }
    let mut now = f.snapshot().await;
    let filter = AuditFilter { limit: 4, ..AuditFilter::default() };
    let page = now.audit(&filter).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.n).collect::<Vec<_>>(), [10, 9, 8, 7]);
    assert!(page.more);
    assert_eq!(page.rows[1].entry.command, command_id(5));
    assert_eq!(page.rows[1].entry.values.len(), 2, "the values come with it, in order");
    assert_eq!(page.rows[1].entry.values[1].0, named(Kind::Setting, 5));
    assert!(page.rows[1].values.iter().all(Option::is_some));
    let rest = now.audit(&AuditFilter { before: Some(3), ..filter.clone() }).await.unwrap();
    assert_eq!((rest.rows.len(), rest.more), (2, false));
    let of_record = AuditFilter { record: Some(named(Kind::Client, 1)), limit: 9, ..AuditFilter::default() };
    assert_eq!(now.audit(&of_record).await.unwrap().rows.iter().map(|row| row.n).collect::<Vec<_>>(), [9, 7, 5, 3, 1]);
    let of_actor = AuditFilter { actor: Some(user_id(7)), limit: 5, ..AuditFilter::default() };
    let page = now.audit(&of_actor).await.unwrap();
    assert_eq!((page.rows.len(), page.more), (5, false), "exactly as many as asked for are all there are");
    let of_both = AuditFilter { actor: Some(user_id(1)), ..of_record };
    assert_eq!(now.audit(&of_both).await.unwrap().rows.iter().map(|row| row.n).collect::<Vec<_>>(), [9, 5, 1]);
    let of_act = AuditFilter { act: Some("note.add".into()), limit: 9, ..AuditFilter::default() };
    assert_eq!(now.audit(&of_act).await.unwrap().rows.iter().map(|row| row.n).collect::<Vec<_>>(), [10, 8, 6, 4, 2]);
    let of_none = AuditFilter { act: Some(String::new()), ..of_act };
    assert_eq!(now.audit(&of_none).await.unwrap().rows.len(), 9, "an empty name leaves nothing out");
    let within = AuditFilter { from: Some(NOW.plus(2)), until: Some(NOW.plus(4)), limit: 9, ..AuditFilter::default() };
    let page = now.audit(&within).await.unwrap();
    assert_eq!(
        page.rows.iter().map(|row| (row.n, row.link)).collect::<Vec<_>>(),
        [(6, 3), (4, 2)],
        "from that moment on, and before the other"
    );
    let of_all = AuditFilter { actor: Some(user_id(7)), act: Some("note.add".into()), from: Some(NOW.plus(5)), ..within };
    assert!(now.audit(&of_all).await.unwrap().rows.is_empty(), "a time that ends before it begins holds nothing");
}

/// what a person said can go; that it was said, and that nothing was tampered with, stays provable.
pub async fn the_chain_verifies_after_values_were_erased(f: &Fixture) {
    for n in 1..=2 {
        commit(f.store.as_ref(), |draft| {
            draft.put(client(n, None).any(), None).put(setting(n).any(), None);
            draft.entry(n, 1, &[named(Kind::Client, n), named(Kind::Setting, n)]);
        })
        .await
        .unwrap();
    }
    commit(f.store.as_ref(), |draft| {
        draft.put(client(1, None).any(), Some(1)).entry(3, 1, &[named(Kind::Client, 1)]);
        draft.batch.erase.push(Erasure { records: vec![named(Kind::Client, 1)], ..Erasure::default() });
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let chain = now.chain(0, 9).await.unwrap();
    assert_eq!(verify(&chain), now.head().await.unwrap().chain);
    let kept: Vec<Vec<bool>> =
        chain.iter().map(|link| link.entries.iter().flat_map(|row| row.values.iter().map(Option::is_some)).collect()).collect();
    assert_eq!(kept, [vec![false, true], vec![true, true], vec![false]], "also the values of the act that erases");
}

/// their name stands beside whatever they did, in whichever record; what only counts has nobody's name.
pub async fn what_an_erased_person_did_leaves_the_audit(f: &Fixture) {
    for n in 1..=2 {
        commit(f.store.as_ref(), |draft| {
            draft.put(setting(n).any(), None).put(counter(n).any(), None);
            draft.entry(n, n, &[named(Kind::Setting, n), named(Kind::Counter, n)]);
        })
        .await
        .unwrap();
    }
    let mut tx = f.store.write().await.unwrap();
    tx.flush(&Batch { erase: vec![Erasure { user: Some(user_id(1)), ..Erasure::default() }], ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let mut now = f.snapshot().await;
    let chain = now.chain(0, 9).await.unwrap();
    assert_eq!(verify(&chain), now.head().await.unwrap().chain);
    let kept: Vec<Vec<bool>> =
        chain.iter().map(|link| link.entries.iter().flat_map(|row| row.values.iter().map(Option::is_some)).collect()).collect();
    assert_eq!(kept, [[false, true], [true, true]]);
}

/// For conflicts: whose revisions a person has not seen.
pub async fn revisions_know_their_commands(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin]).any(), None);
    })
    .await
    .unwrap();
    for n in 1..=4 {
        let base = (n > 1).then_some(i64::try_from(n).unwrap() - 1);
        commit(f.store.as_ref(), |draft| {
            draft.put(client(1, None).any(), base).entry(n, 1, &[named(Kind::Client, 1)]);
        })
        .await
        .unwrap();
    }
    let mut now = f.snapshot().await;
    let written = now.written_by(named(Kind::Client, 1), 2, 3).await.unwrap();
    assert_eq!(written, [(2, command_id(2)), (3, command_id(3))]);
    assert!(now.written_by(named(Kind::User, 1), 0, 9).await.unwrap().is_empty());
}
