//! Accounts, devices and tokens.

use domain::{
    decision::{Code, Details, Erasure, Refusal},
    file::Sha256,
    id::UserId,
    name::{Email, PersonName},
    record::{Kind, Record as _},
    role::{Person, Role},
    time::DAY,
    wire::Outcome,
    words::{Lang, Words},
};
use serde_json::json;

use super::Fixture;
use crate::{
    AccountWrite, Batch, IdempotencyKey, Job, JobWrite, KnownCommand, OutcomeWrite, Remembered, Reset, SecondFactor, StoreError, Upload,
    UploadWrite,
    testing::sample::{NOW, client, client_id, command_id, commit, device, device_id, hash, named, pair, upload, user, user_id, uuid},
};

async fn erase(f: &Fixture, erasure: Erasure) {
    let mut tx = f.store.write().await.unwrap();
    tx.flush(&Batch { erase: vec![erasure], ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn write(f: &Fixture, accounts: Vec<AccountWrite>) -> crate::Result<()> {
    let mut tx = f.store.write().await?;
    tx.flush(&Batch { accounts, ..Batch::default() }).await?;
    tx.commit().await
}

/// An admin, a client with an account, and one of the staff with two roles.
async fn three_people(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(user(3, &[Role::Expert, Role::Client]).any(), None).put(user(1, &[Role::Admin]).any(), None);
        draft.put(user(2, &[Role::Client]).any(), None).put(client(5, Some(2)).any(), None);
        draft.batch.accounts.push(AccountWrite::Password { user: user_id(2), hash: "$argon2id$1".into() });
    })
    .await
    .unwrap();
}

/// With client and password where there are any.
pub async fn an_account_is_found_by_address_and_id(f: &Fixture) {
    three_people(f).await;
    let mut now = f.snapshot().await;
    let found = now.account_by_email(&Email::new("u2@meja.test").unwrap()).await.unwrap().unwrap();
    assert_eq!(found.user, user(2, &[Role::Client]));
    assert_eq!((found.client, found.password_hash.as_deref()), (Some(client_id(5)), Some("$argon2id$1")));
    assert_eq!(now.account(user_id(2)).await.unwrap(), Some(found));
    let plain = now.account(user_id(1)).await.unwrap().unwrap();
    assert_eq!((plain.client, plain.password_hash), (None, None));
    assert_eq!(now.account_by_email(&Email::new("u9@meja.test").unwrap()).await.unwrap(), None);
    assert_eq!(now.account(user_id(9)).await.unwrap(), None);
    drop(now);
    write(f, vec![AccountWrite::Password { user: user_id(2), hash: "$argon2id$2".into() }]).await.unwrap();
    let changed = f.snapshot().await.account(user_id(2)).await.unwrap().unwrap();
    assert_eq!(changed.password_hash.as_deref(), Some("$argon2id$2"));
    let nobody = write(f, vec![AccountWrite::Password { user: user_id(9), hash: String::new() }]).await;
    assert!(matches!(nobody, Err(StoreError::Constraint(_))), "{nobody:?}");
}

/// Whoever has a staff role, whatever else they are.
pub async fn staff_are_listed_by_address(f: &Fixture) {
    three_people(f).await;
    let staff = f.snapshot().await.staff().await.unwrap();
    assert_eq!(staff.iter().map(|account| account.user.id).collect::<Vec<_>>(), [user_id(1), user_id(3)]);
}

/// Newest first, without the ended ones; an ended one is still known.
pub async fn devices_come_and_go(f: &Fixture) {
    three_people(f).await;
    write(f, vec![AccountWrite::Device(device(1, 1)), AccountWrite::Device(device(2, 1)), AccountWrite::Device(device(3, 3))])
        .await
        .unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.devices(user_id(1)).await.unwrap(), [device(2, 1), device(1, 1)]);
    assert_eq!(now.device(device_id(9)).await.unwrap(), None);
    drop(now);
    let (seen, ended) = (NOW.plus(7), NOW.plus(8));
    let acts = vec![
        AccountWrite::Seen { device: device_id(1), at: seen },
        AccountWrite::EndDevice { device: device_id(2), at: ended },
        AccountWrite::EndDevice { device: device_id(2), at: NOW.plus(99) },
    ];
    write(f, acts).await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.devices(user_id(1)).await.unwrap(), [crate::Device { last_seen_at: seen, ..device(1, 1) }]);
    assert_eq!(now.device(device_id(2)).await.unwrap(), Some(crate::Device { ended_at: Some(ended), ..device(2, 1) }), "it ends once");
    drop(now);
    let again = write(f, vec![AccountWrite::Device(device(1, 3))]).await;
    assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
}

/// A changed password ends everything but the device it was changed on.
pub async fn ending_all_devices_spares_one(f: &Fixture) {
    three_people(f).await;
    let mut acts: Vec<AccountWrite> = (1..=3).map(|n| AccountWrite::Device(device(n, 1))).collect();
    acts.extend([
        AccountWrite::Device(device(4, 3)),
        AccountWrite::Pair(pair(1, 1, Some(1), None)),
        AccountWrite::Pair(pair(2, 1, None, None)),
        AccountWrite::Pair(pair(4, 1, None, None)),
    ]);
    acts.push(AccountWrite::Pair(pair(3, 3, None, None)));
    write(f, acts).await.unwrap();
    let end = |except, except_pair| AccountWrite::EndAll { user: user_id(1), except, except_pair, at: NOW };
    write(f, vec![end(Some(device_id(2)), Some(pair(4, 1, None, None).id))]).await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.devices(user_id(1)).await.unwrap(), [device(2, 1)]);
    assert_eq!(now.devices(user_id(3)).await.unwrap().len(), 1, "others are not concerned");
    assert!(!now.pair_by_access(&hash(10_001)).await.unwrap().unwrap().void, "the pair of an ended device tells that it ended");
    assert!(now.pair_by_access(&hash(10_002)).await.unwrap().unwrap().void, "a session without a device is void");
    assert!(!now.pair_by_access(&hash(10_004)).await.unwrap().unwrap().void, "but for the one that asked");
    assert!(!now.pair_by_access(&hash(10_003)).await.unwrap().unwrap().void);
    drop(now);
    write(f, vec![end(None, None)]).await.unwrap();
    assert!(f.snapshot().await.devices(user_id(1)).await.unwrap().is_empty());
}

/// Tokens are unique, and known by their hashes alone.
pub async fn pairs_are_found_by_either_token(f: &Fixture) {
    three_people(f).await;
    let (first, second) = (pair(1, 1, Some(1), None), pair(2, 1, Some(1), Some(1)));
    let acts = vec![AccountWrite::Device(device(1, 1)), AccountWrite::Pair(first.clone()), AccountWrite::Pair(second.clone())];
    write(f, acts).await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.pair_by_access(&hash(10_001)).await.unwrap(), Some(first.clone()));
    assert_eq!(now.pair_by_refresh(&hash(20_002)).await.unwrap(), Some(second.clone()));
    assert_eq!(now.pair_by_refresh(&hash(10_001)).await.unwrap(), None, "an access token does not refresh");
    assert_eq!(now.pairs_of(uuid(1)).await.unwrap(), [second]);
    drop(now);
    let same_token = crate::Pair { access_hash: first.access_hash, ..pair(7, 1, None, None) };
    for wrong in [same_token, first, pair(8, 1, Some(9), None), pair(9, 9, None, None)] {
        let refused = write(f, vec![AccountWrite::Pair(wrong.clone())]).await;
        assert!(matches!(refused, Err(StoreError::Constraint(_))), "{wrong:?}: {refused:?}");
    }
}

/// A void token tells of a theft when it is presented, so it is kept.
pub async fn voided_pairs_stay_and_are_void(f: &Fixture) {
    three_people(f).await;
    let mut acts = vec![AccountWrite::Device(device(1, 1))];
    acts.extend((1..=3).map(|n| AccountWrite::Pair(pair(n, 1, Some(1), (n > 1).then_some(1)))));
    acts.push(AccountWrite::Void(vec![uuid(1), uuid(3), uuid(77)]));
    write(f, acts).await.unwrap();
    let mut now = f.snapshot().await;
    assert!(now.pair_by_refresh(&hash(20_001)).await.unwrap().unwrap().void);
    assert_eq!(now.pairs_of(uuid(1)).await.unwrap().iter().map(|pair| pair.void).collect::<Vec<_>>(), [false, true]);
}

/// The first use is the one that is written down, and it uses up whatever else its owner was sent; nobody else's.
pub async fn a_reset_is_used_once(f: &Fixture) {
    three_people(f).await;
    let of = |n, user| Reset { hash: hash(n), user: user_id(user), until: NOW.plus(5), used_at: None };
    let (reset, another) = (of(1, 1), of(3, 2));
    write(f, vec![AccountWrite::Reset(reset.clone()), AccountWrite::Reset(another.clone())]).await.unwrap();
    assert_eq!(f.snapshot().await.reset(&hash(1)).await.unwrap(), Some(reset.clone()));
    let used = |at| AccountWrite::UseResets { user: user_id(1), at };
    write(f, vec![used(NOW), AccountWrite::Reset(of(4, 1)), used(NOW.plus(1))]).await.unwrap();
    assert_eq!(f.snapshot().await.reset(&hash(1)).await.unwrap(), Some(Reset { used_at: Some(NOW), ..reset.clone() }));
    assert_eq!(f.snapshot().await.reset(&hash(4)).await.unwrap(), Some(Reset { used_at: Some(NOW.plus(1)), ..of(4, 1) }));
    assert_eq!(f.snapshot().await.reset(&hash(3)).await.unwrap(), Some(another));
    assert_eq!(f.snapshot().await.reset(&hash(2)).await.unwrap(), None);
    assert!(matches!(write(f, vec![AccountWrite::Reset(reset)]).await, Err(StoreError::Constraint(_))));
}

fn factor(of: u64, last_step: i64) -> SecondFactor {
    SecondFactor { user: user_id(of), sealed: vec![0, 7, 255], made_at: NOW, confirmed_at: None, last_step }
}

/// One a person; the newest is the one that stands.
pub async fn a_second_factor_is_kept_and_dropped(f: &Fixture) {
    three_people(f).await;
    let confirmed = SecondFactor { sealed: vec![9; 60], confirmed_at: Some(NOW.plus(3)), made_at: NOW.plus(2), ..factor(1, 59_000_000) };
    write(f, vec![AccountWrite::SecondFactor(factor(1, 0)), AccountWrite::SecondFactor(factor(3, 1))]).await.unwrap();
    assert_eq!(f.snapshot().await.second_factor(user_id(1)).await.unwrap(), Some(factor(1, 0)));
    write(f, vec![AccountWrite::SecondFactor(confirmed.clone())]).await.unwrap();
    assert_eq!(f.snapshot().await.second_factor(user_id(1)).await.unwrap(), Some(confirmed));
    assert_eq!(f.snapshot().await.second_factor(user_id(2)).await.unwrap(), None);
    let codes = |of| AccountWrite::RecoveryCodes { user: user_id(of), hashes: vec![hash(1)] };
    write(f, vec![codes(1), codes(3), AccountWrite::DropFactor { user: user_id(1) }]).await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!((now.second_factor(user_id(1)).await.unwrap(), now.recovery_codes(user_id(1)).await.unwrap()), (None, vec![]));
    assert_eq!(now.second_factor(user_id(3)).await.unwrap(), Some(factor(3, 1)), "others keep theirs");
    assert_eq!(now.recovery_codes(user_id(3)).await.unwrap(), [hash(1)]);
    drop(now);
    for wrong in [AccountWrite::SecondFactor(factor(9, 0)), codes(9)] {
        let refused = write(f, vec![wrong.clone()]).await;
        assert!(matches!(refused, Err(StoreError::Constraint(_))), "{wrong:?}: {refused:?}");
    }
}

/// The first use counts, and new ones void the old.
pub async fn a_recovery_code_is_used_once(f: &Fixture) {
    three_people(f).await;
    let codes = |of, hashes: &[u64]| AccountWrite::RecoveryCodes { user: user_id(of), hashes: hashes.iter().map(|n| hash(*n)).collect() };
    let used = |of, n, at| AccountWrite::UseRecoveryCode { user: user_id(of), hash: hash(n), at };
    write(f, vec![codes(1, &[3, 1, 2]), codes(3, &[1])]).await.unwrap();
    let sorted = |hashes: &[u64]| {
        let mut hashes: Vec<_> = hashes.iter().map(|n| hash(*n)).collect();
        hashes.sort_unstable();
        hashes
    };
    assert_eq!(f.snapshot().await.recovery_codes(user_id(1)).await.unwrap(), sorted(&[1, 2, 3]));
    write(f, vec![used(1, 1, NOW), used(1, 1, NOW.plus(1)), used(1, 8, NOW)]).await.unwrap();
    let mut now = f.snapshot().await;
    assert_eq!(now.recovery_codes(user_id(1)).await.unwrap(), sorted(&[2, 3]));
    assert_eq!(now.recovery_codes(user_id(3)).await.unwrap(), [hash(1)], "the same code of somebody else");
    drop(now);
    write(f, vec![codes(1, &[4])]).await.unwrap();
    assert_eq!(f.snapshot().await.recovery_codes(user_id(1)).await.unwrap(), [hash(4)]);
    let twice = write(f, vec![codes(1, &[5, 5])]).await;
    assert!(matches!(twice, Err(StoreError::Constraint(_))), "{twice:?}");
}

///
pub async fn an_erased_person_keeps_no_secrets(f: &Fixture) {
    three_people(f).await;
    let key = |of| IdempotencyKey { user: user_id(of), method: "POST".into(), path: "/".into(), key: "k".into() };
    let answer = Remembered { fingerprint: hash(1), status: 200, body: "{}".into(), at: NOW };
    let reset = Reset { hash: hash(1), user: user_id(2), until: NOW.plus(5), used_at: None };
    let accounts = vec![
        AccountWrite::Device(device(1, 2)),
        AccountWrite::Pair(pair(1, 2, Some(1), None)),
        AccountWrite::Device(device(2, 1)),
        AccountWrite::Pair(pair(2, 1, Some(2), None)),
        AccountWrite::Reset(reset),
        AccountWrite::SecondFactor(factor(2, 1)),
        AccountWrite::RecoveryCodes { user: user_id(2), hashes: vec![hash(1)] },
    ];
    let mut tx = f.store.write().await.unwrap();
    let remember = vec![(key(1), answer.clone()), (key(2), answer)];
    tx.flush(&Batch { accounts, remember, ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    erase(f, Erasure { user: Some(user_id(2)), ..Erasure::default() }).await;
    let mut now = f.snapshot().await;
    assert_eq!(now.account(user_id(2)).await.unwrap().unwrap().password_hash, None);
    assert_eq!((now.second_factor(user_id(2)).await.unwrap(), now.recovery_codes(user_id(2)).await.unwrap()), (None, vec![]));
    assert_eq!(now.device(device_id(1)).await.unwrap(), None);
    assert_eq!(now.pair_by_access(&hash(10_001)).await.unwrap(), None);
    assert_eq!(now.reset(&hash(1)).await.unwrap(), None);
    assert_eq!(now.remembered(&key(2)).await.unwrap(), None);
    assert!(now.remembered(&key(1)).await.unwrap().is_some(), "others keep theirs");
    assert!(now.pair_by_access(&hash(10_002)).await.unwrap().is_some());
    assert_eq!(now.records(&[named(Kind::User, 2)]).await.unwrap().len(), 1, "the record stays; its content is the rulebook's matter");
}

/// mails to them, what others were refused because of them, and files of theirs that are on their way.
pub async fn what_is_kept_beside_the_records_forgets_an_erased_person(f: &Fixture) {
    three_people(f).await;
    let [theirs, others] = ["u2@meja.test", "u22@meja.test"].map(|text| Email::new(text).unwrap());
    let (two, one) = (user_id(2), user_id(1));
    let payloads = [json!({ "email": theirs }), json!({ "user": two }), json!({ "email": others }), json!({ "user": one })];
    let job = |(n, payload)| Job { id: uuid(n), kind: "mail".into(), payload, run_at: NOW, tries: 0, last_error: None };
    let jobs = (1..).zip(payloads).map(job).map(JobWrite::Add).collect();
    let refused = |n: u64, by: UserId| {
        let (id, name) = (command_id(n), PersonName::new("Rani Rahasia").unwrap());
        let details = Details { by: Some(Person { id: by, name }), ..Details::default() };
        let words = Words::new(Lang::Id);
        let seq = i64::try_from(n).unwrap();
        let outcome =
            serde_json::to_string(&Outcome::refused(id, Some(seq), Refusal::with(Code::NotOpen, "M-01", details), &words)).unwrap();
        OutcomeWrite(KnownCommand { id, user: one, fingerprint: hash(n), seq, applied: false, at: NOW, outcome })
    };
    let file = Upload { sha256: Sha256::of(b"a"), ..upload(1, 1, DAY) };
    let uploads = vec![UploadWrite::Add(file), UploadWrite::Add(Upload { sha256: Sha256::of(b"b"), ..upload(2, 1, DAY) })];
    let erasure = Erasure { user: Some(two), addresses: vec![theirs], files: vec![Sha256::of(b"a")], ..Erasure::default() };
    let mut tx = f.store.write().await.unwrap();
    let remember = vec![(
        IdempotencyKey { user: two, method: "POST".into(), path: "/".into(), key: "k".into() },
        Remembered { fingerprint: hash(1), status: 200, body: "{}".into(), at: NOW },
    )];
    let key = remember[0].0.clone();
    let outcomes = vec![refused(1, two), refused(2, one)];
    let erase = vec![erasure];
    tx.flush(&Batch { jobs, outcomes, uploads, remember, erase, ..Batch::default() }).await.unwrap();
    let left = tx.claim_jobs(NOW, NOW.plus(9), 9).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(left.iter().map(|job| job.id).collect::<Vec<_>>(), [uuid(3), uuid(4)], "an address that begins as theirs is another's");
    let mut now = f.snapshot().await;
    let said: Vec<_> = now.known(&[command_id(1), command_id(2)]).await.unwrap().into_iter().map(|known| known.outcome).collect();
    assert_eq!(said.iter().map(|text| text.contains("Rahasia")).collect::<Vec<_>>(), [false, true], "{said:?}");
    assert!(said[0].contains("not_open") && said[0].contains(&two.to_string()), "why, and by which account, stays: {}", said[0]);
    assert!(now.upload(uuid(1)).await.unwrap().is_none() && now.upload(uuid(2)).await.unwrap().is_some());
    assert_eq!(now.remembered(&key).await.unwrap(), None, "also what was written in the same commit");
}

/// Which audience function the feed was filed by.
pub async fn the_audience_version_is_kept(f: &Fixture) {
    let mut tx = f.store.write().await.unwrap();
    tx.flush(&Batch { audience_version: Some(7), ..Batch::default() }).await.unwrap();
    assert_eq!(tx.head().await.unwrap().audience_version, 7);
    tx.commit().await.unwrap();
    assert_eq!(f.snapshot().await.head().await.unwrap().audience_version, 7);
}
