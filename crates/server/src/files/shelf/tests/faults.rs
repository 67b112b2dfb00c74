//! What befalls a shelf in a bucket: a store that is busy, that breaks off, that says nothing, that knows nobody, that has no such bucket.

use super::{
    proxy::{Fault, Proxy},
    *,
};
use std::time::{Duration, Instant};

const ONE: &[u8] = b"satu";

/// A server has less of it in a test.
const LITTLE: Patience = Patience {
    connect: Duration::from_secs(1),
    attempt: Duration::from_millis(1_500),
    pause: Duration::from_millis(1),
    within: Duration::from_secs(5),
    ..Patience::USUAL
};

/// A shelf whose bucket is behind a proxy, and the same without one.
async fn behind() -> (Proxy, Shelf, Shelf) {
    let bucket = Bucket { patience: LITTLE, ..Bucket::running() };
    let proxy = Proxy::start(&bucket.endpoint).await;
    let through = Bucket { endpoint: proxy.base.clone(), ..bucket.clone() }.shelf();
    (proxy, through, bucket.shelf())
}

fn unavailable<T: std::fmt::Debug>(answer: Result<T, FilesError>, says: &str) -> String {
    match answer {
        Err(FilesError::Unavailable(told)) if told.contains(says) => told,
        other => panic!("{says} is not in {other:?}"),
    }
}

#[tokio::test]
async fn a_store_that_is_busy_is_asked_again_a_few_times() {
    let (proxy, shelf, straight) = behind().await;
    let one = Sha256::of(ONE);
    proxy.breaks(&[Fault::Busy, Fault::Busy], None);
    shelf.put(&one, ONE.into()).await.unwrap();
    assert_eq!(proxy.seen(), ["PUT", "PUT", "PUT"]);
    proxy.breaks(&[Fault::Busy, Fault::Reset], None);
    assert_eq!(read(&shelf, &one, None).await.unwrap().0, ONE);
    assert_eq!(proxy.seen(), ["GET", "GET", "GET"]);
    proxy.breaks(&[], Some(Fault::Busy));
    unavailable(shelf.put(&Sha256::of(b"dua"), Bytes::from_static(b"dua")).await, "SlowDown");
    assert_eq!(proxy.seen().len(), 1 + LITTLE.retries);
    unavailable(shelf.size(&one).await, "503");
    unavailable(shelf.old_files(FUTURE).await, "SlowDown");
    unavailable(shelf.drop_file(&one, FUTURE).await, "503");
    unavailable(shelf.probe("x").await, "SlowDown");
    assert_eq!(names(&straight).await, [format!("blobs/{}/{one}", &one.to_string()[..2])], "nothing else came or went");
}

#[tokio::test]
async fn what_is_cut_off_on_its_way_there_is_not_there() {
    let (proxy, shelf, straight) = behind().await;
    let all = bytes(1 << 20);
    let sha256 = Sha256::of(&all);
    for fault in [Fault::CutUp(0), Fault::CutUp(1), Fault::CutUp(500_000), Fault::CutUp((1 << 20) - 1), Fault::Reset] {
        proxy.breaks(&[], Some(fault));
        unavailable(shelf.put(&sha256, all.clone()).await, "");
        assert_eq!(straight.size(&sha256).await.unwrap(), None, "{fault:?}");
        assert_eq!(names(&straight).await, Vec::<String>::new(), "{fault:?}");
    }
    proxy.breaks(&[Fault::CutUp(500_000)], None);
    shelf.put(&sha256, all.clone()).await.unwrap();
    assert!(read(&straight, &sha256, None).await.unwrap().0 == all, "once more is enough");
}

#[tokio::test]
async fn what_is_cut_off_on_its_way_back_is_asked_for_again_and_never_taken_for_all() {
    let (proxy, shelf, straight) = behind().await;
    let (all, upload) = (bytes(3 << 20), Uuid::from_u128(7));
    let (sha256, piece) = (Sha256::of(&all), part(0, 3 << 20));
    straight.put(&sha256, all.clone()).await.unwrap();
    straight.put_part(upload, &piece, all.clone()).await.unwrap();
    straight.put_preview(&sha256, "thumb", all.slice(..5_000)).await.unwrap();
    for cut in [0, 1, 70_000] {
        proxy.breaks(&[Fault::CutDown(cut)], None);
        assert!(read(&shelf, &sha256, None).await.unwrap().0 == all, "{cut}");
        proxy.breaks(&[Fault::CutDown(cut)], None);
        assert!(shelf.whole(upload, &[piece]).await.unwrap() == all, "{cut}");
        assert!(proxy.seen().len() > 1, "the rest was asked for");
        proxy.breaks(&[], Some(Fault::CutDown(cut)));
        unavailable(shelf.whole(upload, &[piece]).await, "");
        unavailable(read(&shelf, &sha256, None).await, "");
    }
    proxy.breaks(&[], Some(Fault::CutDown(100)));
    unavailable(shelf.preview(&sha256, "thumb").await, "");
}

/// However long whoever reads takes: between two pieces nothing is under way that could be cut off meanwhile.
#[tokio::test]
async fn whoever_reads_slowly_keeps_no_line_open() {
    let (proxy, shelf, straight) = behind().await;
    let all = bytes((2 << 20) + 1);
    let sha256 = Sha256::of(&all);
    straight.put(&sha256, all.clone()).await.unwrap();
    proxy.breaks(&[], None);
    let mut found = shelf.get(&sha256, None).await.unwrap().bytes;
    let mut read = Vec::new();
    for asked in 1..=3 {
        read.extend(found.try_next().await.unwrap().unwrap());
        assert_eq!(proxy.seen().len(), asked, "one piece, one request");
        // Whatever is open now breaks, and nobody notices.
        proxy.cut();
    }
    assert!(found.try_next().await.unwrap().is_none() && read == all);
    assert_eq!(proxy.seen().len(), 3);
}

#[tokio::test]
async fn a_store_that_says_nothing_is_not_waited_for_without_end() {
    let (proxy, shelf, straight) = behind().await;
    let one = Sha256::of(ONE);
    straight.put(&one, ONE.into()).await.unwrap();
    proxy.breaks(&[], Some(Fault::Silence));
    let most = LITTLE.attempt + LITTLE.within;
    #[expect(clippy::disallowed_methods, reason = "how long a request takes is the system's own time")]
    let began = Instant::now();
    let all = tokio::join!(shelf.put(&one, ONE.into()), shelf.size(&one), shelf.drop_file(&one, FUTURE), read(&shelf, &one, None));
    assert!(began.elapsed() < most + Duration::from_secs(2), "{:?}", began.elapsed());
    unavailable(all.0, "");
    unavailable(all.1, "");
    unavailable(all.2, "");
    unavailable(all.3, "");
    let usual = Patience::USUAL;
    assert!(usual.attempt + usual.within < Duration::from_secs(30), "a desk waits no longer for an answer");
    proxy.breaks(&[Fault::Silence], None);
    shelf.put(&one, ONE.into()).await.unwrap();
    assert_eq!(proxy.seen().len(), 2, "one that was lost is tried again");
}

#[tokio::test]
async fn nobody_there_is_told_with_its_cause() {
    let nobody = Bucket { endpoint: "http://127.0.0.1:9".into(), patience: LITTLE, ..Bucket::running() };
    unavailable(nobody.shelf().probe("x").await, "refused");
}

#[tokio::test]
async fn wrong_keys_are_told_and_never_shown() {
    let right = Bucket::running();
    let wrong_secret = Bucket { secret: "rahasia-yang-salah".into(), ..right.clone() };
    let wrong_key = Bucket { key: "AKIASALAHSALAHSALAHX".into(), ..right.clone() };
    let one = Sha256::of(ONE);
    for (bucket, code) in [(wrong_secret, "SignatureDoesNotMatch"), (wrong_key, "InvalidAccessKeyId")] {
        let shelf = bucket.shelf();
        let told = [
            unavailable(shelf.put(&one, ONE.into()).await, code),
            unavailable(shelf.get(&one, None).await, code),
            unavailable(shelf.size(&one).await, "403"),
            unavailable(shelf.old_files(FUTURE).await, code),
            unavailable(shelf.probe("x").await, code),
            format!("{shelf:?}"),
        ];
        for told in told {
            assert!(!told.contains(&bucket.key) && !told.contains(&bucket.secret), "{told}");
        }
    }
}

/// Least rights: what docs/running.md allows is enough for everything else here, and reaches no further.
#[tokio::test]
async fn a_server_has_no_rights_elsewhere_in_the_bucket() {
    let elsewhere = Bucket { prefix: "lain".into(), ..Bucket::running() };
    unavailable(elsewhere.shelf().put(&Sha256::of(ONE), ONE.into()).await, "AccessDenied");
    let other = Bucket { name: "lain".into(), ..Bucket::running() };
    unavailable(other.shelf().probe("x").await, "AccessDenied");
}

/// Or the pieces of every upload would be taken for lost, and forgotten.
#[tokio::test]
async fn no_bucket_is_no_missing_file() {
    let shelf = Bucket { name: "tidak-ada".into(), ..Bucket::of("master") }.shelf();
    let one = Sha256::of(ONE);
    unavailable(shelf.put(&one, ONE.into()).await, "");
    unavailable(shelf.get(&one, None).await, "NoSuchBucket");
    unavailable(shelf.whole(Uuid::from_u128(7), &[part(0, 1)]).await, "NoSuchBucket");
    unavailable(shelf.preview(&one, "thumb").await, "NoSuchBucket");
    unavailable(shelf.old_files(FUTURE).await, "NoSuchBucket");
    unavailable(shelf.probe("x").await, "");
}
