//! Jobs, and forgetting.

use domain::{
    record::Record as _,
    role::Role,
    time::{DAY, UtcMillis},
};
use uuid::Uuid;

use super::Fixture;
use crate::{
    AccountWrite, Batch, IdempotencyKey, Job, JobWrite, Pair, Remembered, Reset,
    testing::sample::{NOW, command_id, commit, device, hash, pair, user, user_id, uuid},
};

fn job(n: u64, run_at: UtcMillis) -> Job {
    let payload = serde_json::json!({ "to": format!("u{n}@meja.test"), "n": n });
    Job { id: uuid(n), kind: "mail.password_reset".into(), payload, run_at, tries: 0, last_error: None }
}

async fn write(f: &Fixture, jobs: Vec<JobWrite>) {
    let mut tx = f.store.write().await.unwrap();
    tx.flush(&Batch { jobs, ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn claim(f: &Fixture, now: UtcMillis, until: UtcMillis, limit: u32) -> Vec<Job> {
    let mut tx = f.store.write().await.unwrap();
    let claimed = tx.claim_jobs(now, until, limit).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

fn ids(jobs: &[Job]) -> Vec<Uuid> {
    jobs.iter().map(|job| job.id).collect()
}

/// The longest due first; what is leased is left alone until the lease runs out.
pub async fn jobs_are_claimed_when_due_and_leased(f: &Fixture) {
    let (early, late) = (NOW.plus(-5), NOW.plus(5));
    write(f, vec![JobWrite::Add(job(1, NOW)), JobWrite::Add(job(2, early)), JobWrite::Add(job(3, late)), JobWrite::Add(job(4, NOW))]).await;
    let claimed = claim(f, NOW, NOW.plus(100), 2).await;
    assert_eq!(claimed, [Job { tries: 1, ..job(2, early) }, Job { tries: 1, ..job(1, NOW) }], "the try is counted before it is made");
    assert_eq!(ids(&claim(f, NOW, NOW.plus(100), 9).await), [uuid(4)]);
    assert!(claim(f, NOW.plus(4), NOW.plus(200), 9).await.is_empty());
    assert_eq!(ids(&claim(f, NOW.plus(99), NOW.plus(200), 9).await), [uuid(3)]);
    let again = claim(f, NOW.plus(100), NOW.plus(300), 9).await;
    assert_eq!(ids(&again), [uuid(2), uuid(1), uuid(4)]);
    assert!(again.iter().all(|job| job.tries == 2));
}

/// A cause that is written twice causes once.
pub async fn a_job_is_added_once(f: &Fixture) {
    write(f, vec![JobWrite::Add(job(1, NOW))]).await;
    write(f, vec![JobWrite::Add(Job { kind: "other".into(), ..job(1, NOW.plus(-9)) })]).await;
    assert_eq!(claim(f, NOW, NOW, 9).await, [Job { tries: 1, ..job(1, NOW) }]);
}

/// Done is done, given up is for a person, and a retry waits for its time.
pub async fn a_job_ends_done_dead_or_is_tried_again(f: &Fixture) {
    write(f, (1..=4).map(|n| JobWrite::Add(job(n, NOW))).collect()).await;
    claim(f, NOW, NOW.plus(50), 9).await;
    let acts = vec![
        JobWrite::Done { id: uuid(1), at: NOW },
        JobWrite::Retry { id: uuid(2), run_at: NOW.plus(10), error: "no route".into() },
        JobWrite::Dead { id: uuid(3), at: NOW.plus(1), error: "bad address".into() },
        JobWrite::Dead { id: uuid(4), at: NOW.plus(2), error: "bad address".into() },
        JobWrite::Done { id: uuid(77), at: NOW },
    ];
    write(f, acts).await;
    assert!(claim(f, NOW.plus(9), NOW.plus(90), 9).await.is_empty());
    let retried = claim(f, NOW.plus(10), NOW.plus(90), 9).await;
    assert_eq!(retried, [Job { tries: 2, last_error: Some("no route".into()), ..job(2, NOW.plus(10)) }]);
    let mut now = f.snapshot().await;
    let dead = now.dead_jobs(9).await.unwrap();
    assert_eq!(ids(&dead), [uuid(4), uuid(3)], "newest first");
    assert_eq!(dead[0].last_error.as_deref(), Some("bad address"));
    assert_eq!(now.dead_jobs(1).await.unwrap().len(), 1);
}

/// Each thing at its own time, and what still counts stays.
pub async fn what_is_over_is_forgotten_in_time(f: &Fixture) {
    let key = IdempotencyKey { user: user_id(1), method: "POST".into(), path: "/".into(), key: "k".into() };
    let answer = Remembered { fingerprint: hash(1), status: 200, body: "{}".into(), at: NOW };
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Admin]).any(), None);
        draft.outcome(1, 1, true, NOW);
        draft.outcome(2, 1, false, NOW);
        draft.batch.remember.push((key.clone(), answer));
        let reset = Reset { hash: hash(1), user: user_id(1), until: NOW.plus(DAY), used_at: None };
        draft.batch.accounts.extend([
            AccountWrite::Device(device(1, 1)),
            AccountWrite::Pair(Pair { void: true, created_at: NOW, ..pair(1, 1, Some(1), None) }),
            AccountWrite::Pair(Pair { created_at: NOW, ..pair(2, 1, Some(1), Some(1)) }),
            AccountWrite::Pair(pair(3, 1, None, None)),
            AccountWrite::Reset(reset),
        ]);
        draft.batch.jobs.extend([1, 2].map(|n| JobWrite::Add(job(n, NOW))));
        draft.batch.jobs.push(JobWrite::Done { id: uuid(1), at: NOW });
    })
    .await
    .unwrap();
    // At each moment so many rows go: nothing; the client's pair; answer and reset; the job; the refusal and the void pair.
    for (days, gone) in [(0, 0), (1, 1), (2, 2), (8, 1), (90, 0), (91, 2), (9_999, 0)] {
        let mut tx = f.store.write().await.unwrap();
        assert_eq!(tx.purge(NOW.plus(days * DAY)).await.unwrap(), gone, "after {days} days");
        tx.commit().await.unwrap();
    }
    let mut now = f.snapshot().await;
    assert_eq!(now.known(&[command_id(1), command_id(2)]).await.unwrap().len(), 1, "what was applied is known for ever");
    assert!(now.pair_by_access(&hash(10_002)).await.unwrap().is_some(), "a pair that can be refreshed counts");
    assert_eq!(now.remembered(&key).await.unwrap(), None);
    drop(now);
    assert_eq!(claim(f, NOW, NOW, 9).await.len(), 1, "a job that was not done stays");
}
