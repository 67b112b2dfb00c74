//! The feed: newest only, gone means gone, a commit is whole (docs/sync.md).

use domain::{
    record::{Kind, Record as _, RecordRef},
    records::{Consultation, ConsultationStatus, Notification},
    role::{Person, Principal, Role, principals},
    wire::check_term,
};

use super::Fixture;
use crate::{
    Check, FeedRow,
    testing::sample::{NOW, client, commit, consultation, counter, named, note, notification, person, setting, user, user_id},
};

fn admin() -> Vec<Principal> {
    vec![Principal::Role(Role::Admin)]
}

fn row(seq: i64, record: RecordRef, rev: i64) -> FeedRow {
    FeedRow { seq, record, rev, gone: false }
}

/// Settings 1 to 3 by three commits, then setting 1 once more.
async fn four_commits(f: &Fixture) {
    for n in 1..=3 {
        commit(f.store.as_ref(), |draft| {
            draft.put(setting(n).any(), None);
        })
        .await
        .unwrap();
    }
    commit(f.store.as_ref(), |draft| {
        draft.put(setting(1).any(), Some(1));
    })
    .await
    .unwrap();
}

/// A record that was written twice is told once.
pub async fn a_page_upwards_has_each_record_at_its_newest_number(f: &Fixture) {
    four_commits(f).await;
    let of = |n| named(Kind::Setting, n);
    let mut now = f.snapshot().await;
    assert_eq!(now.feed_up(&admin(), 0, 4, 9).await.unwrap(), [row(2, of(2), 1), row(3, of(3), 1), row(4, of(1), 2)]);
    assert_eq!(now.feed_up(&admin(), 2, 4, 9).await.unwrap(), [row(3, of(3), 1), row(4, of(1), 2)]);
    assert_eq!(now.feed_up(&admin(), 0, 3, 9).await.unwrap(), [row(2, of(2), 1), row(3, of(3), 1)], "what stands higher comes later");
    assert!(now.feed_up(&admin(), 4, 4, 9).await.unwrap().is_empty());
}

/// Five records in a commit of five, pages of two.
pub async fn a_page_ends_where_a_commit_ended(f: &Fixture) {
    for first in [1, 6, 11] {
        commit(f.store.as_ref(), |draft| {
            (first..first + 5).for_each(|n| {
                draft.put(setting(n).any(), None);
            });
        })
        .await
        .unwrap();
    }
    let seqs = |rows: Vec<FeedRow>| rows.iter().map(|row| row.seq).collect::<Vec<_>>();
    let mut now = f.snapshot().await;
    assert_eq!(seqs(now.feed_up(&admin(), 0, 15, 2).await.unwrap()), (1..=5).collect::<Vec<_>>());
    assert_eq!(seqs(now.feed_up(&admin(), 5, 15, 6).await.unwrap()), (6..=15).collect::<Vec<_>>());
    assert_eq!(seqs(now.feed_up(&admin(), 0, 3, 2).await.unwrap()), [1, 2, 3], "nothing above what was asked for");
    assert_eq!(seqs(now.feed_up(&admin(), 3, 15, 0).await.unwrap()), [4, 5], "a page has a row at least");
    assert_eq!(seqs(now.feed_down(&admin(), 15, 2).await.unwrap()), (11..=15).rev().collect::<Vec<_>>());
    assert_eq!(seqs(now.feed_down(&admin(), 10, 6).await.unwrap()), (1..=10).rev().collect::<Vec<_>>());
    assert_eq!((now.commit_before(11).await.unwrap(), now.commit_before(10).await.unwrap()), (10, 5));
}

/// Downwards there are no gones, and what stands higher is left to the other way.
pub async fn a_page_downwards_has_puts_only(f: &Fixture) {
    four_commits(f).await;
    commit(f.store.as_ref(), |draft| {
        draft.lose(Principal::Role(Role::Admin), named(Kind::Setting, 3), 1);
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let of = |n| named(Kind::Setting, n);
    assert_eq!(now.feed_down(&admin(), 5, 9).await.unwrap(), [row(4, of(1), 2), row(2, of(2), 1)]);
    assert_eq!(now.feed_down(&admin(), 3, 9).await.unwrap(), [row(2, of(2), 1)]);
    let gone = FeedRow { gone: true, ..row(5, of(3), 1) };
    assert_eq!(now.feed_up(&admin(), 2, 5, 9).await.unwrap(), [row(4, of(1), 2), gone]);
}

/// Admin, CS and the person themselves: one record, one row.
pub async fn several_principals_get_a_record_once(f: &Fixture) {
    let mine = principals(user_id(1), &[Role::Admin, Role::Cs]);
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin, Role::Cs]).any(), None).put(client(1, None).any(), None);
        draft.put(consultation(1, &client(1, None)).any(), None);
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let up = now.feed_up(&mine, 0, 3, 9).await.unwrap();
    assert_eq!(up.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
    let mut down = now.feed_down(&mine, 3, 9).await.unwrap();
    down.reverse();
    assert_eq!(down, up);
    assert_eq!(now.feed_check(&mine).await.unwrap().count, 3);
    assert_eq!(work(&mut now, &mine).await, up, "open: the account of the staff and the request; its client comes with it");
    let twice: Vec<Principal> = mine.iter().chain(&mine).cloned().collect();
    assert_eq!(now.feed_up(&twice, 0, 3, 9).await.unwrap(), up, "naming a principal twice changes nothing");
}

/// An expert to whom a request was given, and who is also CS, keeps it when it is given to somebody else.
pub async fn a_gone_is_told_only_when_nobody_holds_a_put(f: &Fixture) {
    let expert = Principal::User(user_id(1));
    let given = |to: Option<Person>| Consultation { assignee: to, ..consultation(1, &client(1, None)) };
    commit(f.store.as_ref(), |draft| {
        draft.put(client(1, None).any(), None).put(given(Some(person(1))).any(), None);
    })
    .await
    .unwrap();
    let record = named(Kind::Consultation, 1);
    commit(f.store.as_ref(), |draft| {
        draft.put(given(None).any(), Some(1));
        let number = draft.batch.records[0].seq;
        draft.batch.feed.push(crate::FeedWrite { principal: expert.clone(), record, seq: number, rev: 2, open: false, gone: true });
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let alone = now.feed_up(std::slice::from_ref(&expert), 2, 3, 9).await.unwrap();
    assert_eq!(alone, [FeedRow { gone: true, ..row(3, record, 2) }]);
    assert!(now.feed_down(std::slice::from_ref(&expert), 3, 9).await.unwrap().is_empty());
    let both = [expert.clone(), Principal::Role(Role::Cs)];
    assert_eq!(now.feed_up(&both, 2, 3, 9).await.unwrap(), [row(3, record, 2)]);
    drop(now);
    commit(f.store.as_ref(), |draft| {
        draft.lose(Principal::Role(Role::Cs), named(Kind::Client, 1), 1);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        let number = draft.number();
        draft.file(expert.clone(), named(Kind::Client, 1), number, 1, false);
        draft.lose(expert.clone(), record, 2);
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.feed_up(&both, 3, 9, 9).await.unwrap(), [row(5, named(Kind::Client, 1), 1)], "a put at any number silences a gone");
    assert_eq!(now.feed_check(&both).await.unwrap().count, 2);
}

/// What is open, read in parts of so many; only the last may have fewer.
async fn in_parts(now: &mut Box<dyn crate::Snapshot>, principals: &[Principal], most: u32) -> Vec<FeedRow> {
    let mut all: Vec<FeedRow> = Vec::new();
    loop {
        let part = now.feed_open(principals, all.last().map_or(0, |row| row.seq), most).await.unwrap();
        assert!(part.len() <= most as usize);
        all.extend(&part);
        if part.len() < most as usize {
            return all;
        }
    }
}

/// What is open and what belongs to it, each once and ascending.
async fn work(now: &mut Box<dyn crate::Snapshot>, principals: &[Principal]) -> Vec<FeedRow> {
    let mut all = now.feed_open(principals, 0, 99).await.unwrap();
    assert!(all.is_sorted_by_key(|row| (row.seq, row.record)));
    for most in 1..=3 {
        assert_eq!(in_parts(now, principals, most).await, all, "{most} at a time");
    }
    let open: Vec<RecordRef> = all.iter().map(|row| row.record).collect();
    all.extend(now.feed_beside(principals, &open).await.unwrap());
    all.sort_unstable_by_key(|row| (row.seq, row.record));
    all
}

/// `GET /v1/feed/work`: open records, the records they name, the notes about them, and nothing that is not held.
pub async fn work_is_what_is_open_and_what_it_names(f: &Fixture) {
    let (one, two) = (client(1, None), client(2, None));
    let closed = Consultation { status: ConsultationStatus::Accepted, ..consultation(2, &two) };
    let (waiting, done) = (named(Kind::Consultation, 1), named(Kind::Consultation, 2));
    let scope = consultation(1, &one).any();
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin]).any(), None).put(user(2, &[Role::Client]).any(), None);
        draft.put(one.clone().any(), None).put(two.clone().any(), None);
        draft.put(scope.clone(), None).put(closed.clone().any(), None);
        draft.put_in(note(1, waiting, 1, false).any(), None, Some(&scope));
        draft.put_in(note(2, waiting, 9, true).any(), None, Some(&scope));
        draft.put_in(note(3, done, 1, false).any(), None, Some(&closed.clone().any()));
        draft.put(notification(1, 1, done).any(), None);
        draft.put(Notification { read_at: Some(NOW), ..notification(2, 1, waiting) }.any(), None);
        draft.put(setting(1).any(), None);
    })
    .await
    .unwrap();
    let mine = principals(user_id(1), &[Role::Admin]);
    let work = work(&mut f.snapshot().await, &mine).await;
    let records: Vec<RecordRef> = work.iter().map(|row| row.record).collect();
    let expected = [
        named(Kind::User, 1),
        named(Kind::Client, 1),
        waiting,
        done,
        named(Kind::Note, 1),
        named(Kind::Notification, 1),
        named(Kind::Setting, 1),
    ];
    assert_eq!(records, expected, "the unread notification brings the closed request it is about, but not the notes about that");
    let other = f.snapshot().await.feed_open(&[Principal::User(user_id(9))], 0, 9).await.unwrap();
    assert!(other.is_empty(), "a private note is not open");
}

/// `check=1`.
pub async fn the_check_counts_what_is_held(f: &Fixture) {
    four_commits(f).await;
    commit(f.store.as_ref(), |draft| {
        draft.lose(Principal::Role(Role::Admin), named(Kind::Setting, 3), 1);
    })
    .await
    .unwrap();
    let term = |n, rev| check_term("setting", named(Kind::Setting, n).id, rev);
    let expected = Check { count: 2, sum: term(1, 2).wrapping_add(term(2, 1)) };
    assert_eq!(f.snapshot().await.feed_check(&admin()).await.unwrap(), expected);
    let both = [Principal::Role(Role::Admin), Principal::Role(Role::Cs)];
    let expected = Check { count: 3, sum: expected.sum.wrapping_add(term(3, 1)) };
    assert_eq!(f.snapshot().await.feed_check(&both).await.unwrap(), expected);
}

/// What live streams are made from.
pub async fn what_was_published_is_told_for_everybody(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(client(1, Some(1)).any(), None).lose(Principal::User(user_id(1)), named(Kind::User, 1), 1);
    })
    .await
    .unwrap();
    let told = f.snapshot().await.published(1, 3).await.unwrap();
    let told: Vec<(String, i64, bool)> = told.iter().map(|it| (it.principal.to_string(), it.row.seq, it.row.gone)).collect();
    let me = Principal::User(user_id(1)).to_string();
    assert_eq!(told, [("role:admin".into(), 2, false), ("role:cs".into(), 2, false), (me.clone(), 2, false), (me, 3, true)]);
    assert!(f.snapshot().await.published(3, 9).await.unwrap().is_empty());
}

/// For refiling.
pub async fn holders_are_those_with_puts(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(client(1, Some(1)).any(), None);
        draft.lose(Principal::Role(Role::Cs), named(Kind::Client, 2), 1);
    })
    .await
    .unwrap();
    let asked = [named(Kind::Client, 2), named(Kind::Client, 1), named(Kind::User, 1)];
    let me = Principal::User(user_id(1));
    let expected = [
        (named(Kind::User, 1), me.clone()),
        (named(Kind::Client, 1), Principal::Role(Role::Admin)),
        (named(Kind::Client, 1), Principal::Role(Role::Cs)),
        (named(Kind::Client, 1), me),
    ];
    assert_eq!(f.snapshot().await.holders(&asked).await.unwrap(), expected);
}

/// For whom nothing was ever filed there is nothing, and no error.
pub async fn somebody_unknown_has_an_empty_feed(f: &Fixture) {
    four_commits(f).await;
    let nobody = [Principal::User(user_id(404)), Principal::Role(Role::Unknown("auditor".into()))];
    let mut now = f.snapshot().await;
    assert!(now.feed_up(&nobody, 0, 9, 9).await.unwrap().is_empty());
    assert!(now.feed_down(&nobody, 9, 9).await.unwrap().is_empty());
    assert!(now.feed_open(&nobody, 0, 9).await.unwrap().is_empty());
    assert!(now.feed_beside(&nobody, &[named(Kind::Consultation, 1)]).await.unwrap().is_empty());
    assert_eq!(now.feed_check(&nobody).await.unwrap(), Check { count: 0, sum: 0 });
    assert!(now.feed_up(&[], 0, 9, 9).await.unwrap().is_empty());
}

/// A counter, that nobody's feed holds: its numbers are given out, and nobody is told of them; what stands beside it in the commit is
/// told as ever.
pub async fn what_nobody_may_know_of_stands_in_no_feed(f: &Fixture) {
    let everybody: Vec<Principal> = [Role::Admin, Role::Cs, Role::Expert, Role::Client].map(Principal::Role).into();
    commit(f.store.as_ref(), |draft| {
        draft.put(counter(1).any(), None);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(counter(1).any(), Some(1)).put(setting(1).any(), None).put(counter(2).any(), None);
    })
    .await
    .unwrap();
    let told = row(3, named(Kind::Setting, 1), 1);
    let mut now = f.snapshot().await;
    assert_eq!(now.head().await.unwrap().seq, 4);
    assert_eq!(now.feed_up(&everybody, 0, 4, 9).await.unwrap(), [told]);
    assert_eq!(now.feed_down(&everybody, 4, 9).await.unwrap(), [told]);
    assert_eq!(now.feed_open(&everybody, 0, 9).await.unwrap(), [told]);
    assert_eq!(now.feed_check(&everybody).await.unwrap().count, 1);
    assert!(now.published(0, 1).await.unwrap().is_empty());
    assert!(now.published(1, 4).await.unwrap().iter().all(|it| it.row.seq == 3));
    assert!(now.holders(&[named(Kind::Counter, 1)]).await.unwrap().is_empty());
    assert_eq!((now.commit_end(1).await.unwrap(), now.commit_end(3).await.unwrap(), now.commit_before(4).await.unwrap()), (1, 4, 1));
    let counted = now.records(&[named(Kind::Counter, 1)]).await.unwrap();
    assert_eq!(counted[0].held.rev, 2, "it is there all the same");
}

/// Pages of every size, both ways, from cursor to cursor as a server goes on: no row twice, none left out.
pub async fn a_walk_in_pages_of_any_size_meets_every_record_once(f: &Fixture) {
    let mine = principals(user_id(1), &[Role::Admin, Role::Cs, Role::Expert]);
    let mut n = 0;
    for size in [1, 3, 2, 7, 1, 4] {
        commit(f.store.as_ref(), |draft| {
            for _ in 0..size {
                n += 1;
                if n % 3 == 0 {
                    draft.put(client(n, None).any(), None)
                } else {
                    draft.put(setting(n).any(), None)
                };
            }
        })
        .await
        .unwrap();
    }
    let mut now = f.snapshot().await;
    let head = now.head().await.unwrap().seq;
    let all = now.feed_up(&mine, 0, head, 1_000).await.unwrap();
    assert_eq!(all.len(), 18);
    for limit in 1..=19 {
        let (mut at, mut met) = (0, Vec::new());
        while at < head {
            let page = now.feed_up(&mine, at, head, limit).await.unwrap();
            let full = page.len() >= usize::try_from(limit).unwrap();
            at = if full { now.commit_end(page[page.len() - 1].seq).await.unwrap() } else { head };
            met.extend(page);
        }
        assert_eq!(met, all, "upwards by {limit}");
        let (mut at, mut met) = (head, Vec::new());
        while at > 0 {
            let page = now.feed_down(&mine, at, limit).await.unwrap();
            let full = page.len() >= usize::try_from(limit).unwrap();
            at = if full { now.commit_before(page[page.len() - 1].seq).await.unwrap() } else { 0 };
            met.extend(page);
        }
        met.reverse();
        assert_eq!(met, all, "downwards by {limit}");
    }
}
