//! What is kept when something breaks off, and what is taken away.

use axum::body::Body;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use domain::{file::Sha256, role::Role};
use futures_util::{FutureExt as _, StreamExt as _, stream::BoxStream};
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions, PutPayload,
    PutResult, memory::InMemory, path::Path,
};
use rstest::rstest;
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::memory::{Fault, FaultKind, Memory, Point};
use tokio::sync::Notify;

use super::{File, begun, broken, chunk, look, offset, pieces, put, send, tus};
use crate::{
    app::Options,
    files::{On, Place, Shelf},
    jobs::{Swept, sweep},
    shell::Shell,
    testing::{Peer, TestApp, TestClock},
};

const DAY: u64 = 86_400;

/// A server whose files lie there.
async fn on_shelf(place: &Place, clock: TestClock) -> TestApp {
    let shelf = place.shelf.clone();
    TestApp::builder().at(Arc::new(clock)).with(|options| options.files = shelf).start().await
}

#[rstest]
#[tokio::test]
async fn what_arrived_before_the_connection_broke_is_kept(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::default()).await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_500_000));
    let at = begun(&cs, &file).await;
    let answer = cs.send(chunk(&cs, &at, 0).body(broken(&file.bytes[..1_300_000])).unwrap()).await;
    assert_eq!(answer.expect(408).code(), "request_timeout");
    assert_eq!(offset(&look(&cs, &at).await.expect(200)), 1_300_000);
    let answer = cs.send(chunk(&cs, &at, 1_300_000).body(broken(&file.bytes[1_300_000..1_300_100])).unwrap()).await;
    assert_eq!(answer.status, 408);
    assert_eq!(offset(&look(&cs, &at).await), 1_300_000, "a hundred bytes are not worth a piece");
    assert_eq!(offset(&send(&cs, &at, 1_300_000, &file.bytes[1_300_000..]).await.expect(204)), 2_500_000);
    assert_eq!(cs.get(&file.path()).await.expect(200).text, String::from_utf8_lossy(&file.bytes));
    assert_eq!(pieces(&app).await, 0);
}

#[tokio::test]
async fn bytes_with_a_checksum_count_together_or_not_at_all() {
    use sha1::Digest as _;
    let app = TestApp::new().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(2_500_000));
    let at = begun(&cs, &file).await;
    let sums = [("sha1", sha1::Sha1::digest(&file.bytes).to_vec()), ("sha256", file.sha256().bytes().to_vec())];
    for (algorithm, sum) in &sums {
        let said = format!("{algorithm} {}", STANDARD.encode(sum));
        let cut = chunk(&cs, &at, 0).header(tus::CHECKSUM, &said).body(broken(&file.bytes[..2_000_000])).unwrap();
        assert_eq!(cs.send(cut).await.status, 408);
        let mut turned = file.bytes.to_vec();
        turned[7] ^= 1;
        let lie = chunk(&cs, &at, 0).header(tus::CHECKSUM, &said).body(Body::from(turned)).unwrap();
        assert_eq!(cs.send(lie).await.expect(460).code(), "checksum_mismatch");
        assert_eq!((offset(&look(&cs, &at).await), pieces(&app).await), (0, 0), "{algorithm}");
    }
    for (said, code) in [("md5 AAAA", "malformed"), ("sha1", "malformed"), ("sha1 ***", "malformed")] {
        let wrong = chunk(&cs, &at, 0).header(tus::CHECKSUM, said).body(Body::empty()).unwrap();
        assert_eq!(cs.send(wrong).await.expect(400).code(), code, "{said}");
    }
    let half = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(&file.bytes[..9])));
    let right = chunk(&cs, &at, 0).header(tus::CHECKSUM, half).body(Body::from(file.bytes.slice(..9))).unwrap();
    assert_eq!(offset(&cs.send(right).await.expect(204)), 9);
    let rest = format!("sha256 {}", STANDARD.encode(Sha256::of(&file.bytes[9..]).bytes()));
    let right = chunk(&cs, &at, 9).header(tus::CHECKSUM, rest).body(Body::from(file.bytes.slice(9..))).unwrap();
    assert_eq!(offset(&cs.send(right).await.expect(204)), 2_500_000);
}

/// The server ends after the last byte, before the file was made, or before anybody heard of it: whoever asks again finds it.
#[tokio::test]
async fn a_file_is_made_by_whoever_asks_again_wherever_it_was_left() {
    for (nth, kind) in [(2, FaultKind::Unavailable), (2, FaultKind::Lost), (1, FaultKind::Lost)] {
        let store = Arc::new(Memory::new(uuid::Uuid::nil()));
        let app = TestApp::builder().on(Arc::clone(&store) as _).start().await;
        let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
        let at = begun(&cs, &file).await;
        store.fail(Fault { at: Point::Commit, nth, kind });
        assert_eq!(send(&cs, &at, 0, &file.bytes).await.expect(503).code(), "unavailable");
        if kind != FaultKind::Lost {
            assert_eq!(cs.get(&file.path()).await.status, 404, "it is no file yet");
        }
        assert_eq!(offset(&look(&cs, &at).await.expect(200)), 50_000, "{nth} {kind:?}");
        let _ = cs.get(&file.path()).await.expect(200);
        assert_eq!(cs.get(&file.path()).await.text, String::from_utf8_lossy(&file.bytes));
    }
}

#[tokio::test]
async fn pieces_that_were_sent_and_not_counted_are_not_in_the_way() {
    let store = Arc::new(Memory::new(uuid::Uuid::nil()));
    let app = TestApp::builder().on(Arc::clone(&store) as _).start().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let at = begun(&cs, &file).await;
    store.fail(Fault { at: Point::Commit, nth: 1, kind: FaultKind::Unavailable });
    assert_eq!(send(&cs, &at, 0, &file.bytes).await.status, 503);
    assert_eq!(offset(&look(&cs, &at).await), 0, "what was not written does not count");
    let _ = send(&cs, &at, 0, &file.bytes).await.expect(204);
    assert_eq!(pieces(&app).await, 1, "nobody could know that it would not be, so it waits to be swept");
}

#[rstest]
#[tokio::test]
async fn two_requests_for_the_same_place_do_not_both_count(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::default()).await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(900_000));
    let at = begun(&cs, &file).await;
    let half = &file.bytes[..500_000];
    let (one, two) = tokio::join!(send(&cs, &at, 0, half), send(&cs, &at, 0, half));
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert!(both == [204, 408] || both == [204, 409], "the one before makes room, or was done: {both:?}");
    let late = send(&cs, &at, 0, half).await.expect(409);
    assert_eq!((late.code().as_str(), offset(&late)), ("upload_offset", 500_000));
    let _ = send(&cs, &at, 500_000, &file.bytes[500_000..]).await.expect(204);
    assert_eq!(cs.get(&file.path()).await.text, String::from_utf8_lossy(&file.bytes));
    assert_eq!(pieces(&app).await, 0);
}

#[rstest]
#[tokio::test]
async fn an_upload_expires_and_is_swept(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::at(Shell::system().now())).await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let at = begun(&cs, &file).await;
    let _ = send(&cs, &at, 0, &file.bytes[..40_000]).await.expect(204);
    assert_eq!(sweep(&app.app).await.unwrap(), Swept::default());
    app.clock.advance(Duration::from_secs(7 * DAY));
    let cs = app.login("b@x.id").await;
    assert_eq!(send(&cs, &at, 40_000, &file.bytes[40_000..]).await.expect(410).code(), "upload_expired");
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { uploads: 1, ..Swept::default() });
    assert_eq!((look(&cs, &at).await.status, pieces(&app).await), (404, 0));
}

#[rstest]
#[tokio::test]
async fn pieces_and_files_that_belong_to_nobody_are_swept(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::at(Shell::system().now())).await;
    let (cs, file, shelf) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000), &app.app.shelf);
    let _ = put(&cs, &file).await.expect(204);
    let orphan = Bytes::from_static(b"nobody's");
    shelf.put(&Sha256::of(&orphan), orphan.clone()).await.unwrap();
    let part = store::Part { at: 0, length: 8, id: uuid::Uuid::nil() };
    shelf.put_part(uuid::Uuid::nil(), &part, orphan.clone()).await.unwrap();
    app.clock.advance(Duration::from_secs(9 * DAY));
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { uploads: 1, pieces: 1, files: 0 }, "the upload that was finished, and the piece");
    app.clock.advance(Duration::from_secs(22 * DAY));
    let cs = app.login("b@x.id").await;
    assert_eq!(cs.get(&file.path()).await.expect(404).code(), "not_found", "nothing was tied to it for a month");
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { files: 2, ..Swept::default() });
    for gone in [Sha256::of(&orphan), file.sha256()] {
        assert_eq!(shelf.size(&gone).await.unwrap(), None);
    }
    let again = begun(&cs, &file).await;
    assert_eq!(offset(&look(&cs, &again).await), 0, "its bytes come once more");
    let _ = send(&cs, &again, 0, &file.bytes).await.expect(204);
    let _ = cs.get(&file.path()).await.expect(200);
}

#[rstest]
#[tokio::test]
async fn the_file_of_a_design_is_never_swept_and_one_that_waits_is_tied_in_time(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::at(Shell::system().now())).await;
    let (cs, rani, file) = (app.staff(Role::Cs, "b@x.id").await, app.client("rani@x.id", "Rani Kusuma").await, File::pdf(50_000));
    let order = rani.ask("/api/orders", &json!({"design_type": "logo", "description": "Logo"})).await.expect(201).json();
    let tie = |cs: &Peer, file: &File| {
        let (id, sha256) = (cs.id(), file.sha256());
        json!({"id": id, "order_id": order["id"], "sha256": sha256, "size": 1, "media_type": "application/pdf", "name": file.name})
    };
    let late = File::pdf(60_000);
    for one in [&file, &late] {
        let _ = put(&cs, one).await.expect(204);
    }
    assert_eq!(cs.give("design.upload", tie(&cs, &file)).await["status"], "applied");
    app.clock.advance(Duration::from_secs(29 * DAY));
    let cs = app.login("b@x.id").await;
    assert_eq!(cs.give("design.upload", tie(&cs, &late)).await["code"], "file_missing", "a day before its bytes may be gone");
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { uploads: 2, ..Swept::default() });
    app.clock.advance(Duration::from_secs(2 * DAY));
    assert_eq!(sweep(&app.app).await.unwrap(), Swept { files: 1, ..Swept::default() });
    let cs = app.login("b@x.id").await;
    assert!(cs.get(&file.path()).await.expect(200).headers["content-disposition"].contains("ORD-"));
    let _ = put(&cs, &late).await.expect(204);
    assert_eq!(cs.give("design.upload", tie(&cs, &late)).await["status"], "applied");
}

#[rstest]
#[tokio::test]
async fn pieces_that_are_lost_are_told(#[values(On::Memory, On::Bucket)] on: On) {
    let place = Place::new(on);
    let app = on_shelf(&place, TestClock::default()).await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let at = begun(&cs, &file).await;
    let _ = send(&cs, &at, 0, &file.bytes[..40_000]).await.expect(204);
    assert_eq!(pieces(&app).await, 1);
    assert_eq!(send(&cs, &at, 40_000, &file.bytes[40_000..]).await.expect(410).code(), "upload_lost");
    assert_eq!(look(&cs, &at).await.status, 404, "it is begun anew");
}

#[tokio::test]
async fn a_shelf_that_cannot_be_reached_is_told_and_gone_on_with_later() {
    let folder = tempfile::tempdir().unwrap();
    let (place, aside) = (folder.path().join("files"), folder.path().join("aside"));
    std::fs::create_dir(&place).unwrap();
    let shelf = Shelf::folder(&place).unwrap();
    let app = TestApp::builder().with(|options| options.files = shelf).start().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let at = begun(&cs, &file).await;
    let _ = send(&cs, &at, 0, &file.bytes[..40_000]).await.expect(204);
    let _ = cs.get("/readyz").await.expect(200);
    std::fs::rename(&place, &aside).unwrap();
    std::fs::write(&place, b"no folder").unwrap();
    assert_eq!(cs.get("/readyz").await.expect(503).code(), "unavailable");
    assert_eq!(send(&cs, &at, 40_000, &file.bytes[40_000..]).await.expect(503).code(), "files_unavailable");
    std::fs::remove_file(&place).unwrap();
    std::fs::rename(&aside, &place).unwrap();
    let _ = cs.get("/readyz").await.expect(200);
    assert_eq!(offset(&look(&cs, &at).await.expect(200)), 40_000);
    let _ = send(&cs, &at, 40_000, &file.bytes[40_000..]).await.expect(204);
    assert_eq!(cs.get(&file.path()).await.expect(200).text, String::from_utf8_lossy(&file.bytes));
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!(cs.get(&file.path()).await.expect(503).code(), "files_unavailable", "who may read it hears that it is our trouble");
}

#[tokio::test]
async fn a_file_that_a_message_carries_stays() {
    let app = TestApp::builder().at(Arc::new(TestClock::at(Shell::system().now()))).start().await;
    let (client, file, loose) = (app.client("rani@x.id", "Rani Kusuma").await, File::pdf(2_000), File::pdf(2_001));
    for it in [&file, &loose] {
        let _ = put(&client, it).await.expect(204);
    }
    let order = client.ask("/api/orders", &json!({"design_type": "logo", "description": "Logo"})).await.expect(201).json();
    let path = format!("/api/orders/{}/messages", order["id"].as_str().unwrap());
    let sent = json!({"attachments": [{"sha256": file.sha256(), "name": "brief.pdf"}]});
    let _ = client.ask(&path, &sent).await.expect(201);
    app.clock.advance(Duration::from_secs(40 * DAY));
    assert_eq!(sweep(&app.app).await.unwrap().files, 1, "what nothing was tied to");
    let cs = app.staff(Role::Cs, "b@x.id").await;
    assert_eq!((cs.get(&file.path()).await.status, cs.get(&loose.path()).await.status), (200, 404));
}

/// Somebody puts an old file there again while a sweep takes it away, wherever that stands: what a record holds afterwards is there.
#[tokio::test]
async fn a_file_that_comes_again_while_it_is_swept_is_there() {
    let (slow, clock) = (Arc::new(Slow::default()), Arc::new(TestClock::at(Shell::system().now())));
    let shelf = Shelf::on(Arc::clone(&slow) as _);
    // Everything on one thread: so a turn is a turn.
    let with = |options: &mut Options| (options.files, options.looks_aside) = (shelf, false);
    let app = TestApp::builder().at(Arc::clone(&clock)).with(with).start().await;
    let (cs, file) = (app.staff(Role::Cs, "b@x.id").await, File::pdf(50_000));
    let _ = put(&cs, &file).await.expect(204);
    clock.advance(Duration::from_secs(31 * DAY));
    let cs = app.login("b@x.id").await;
    slow.waits.store(true, Ordering::Relaxed);
    let server = app.app.clone();
    let sweeping = tokio::spawn(async move { sweep(&server).await.unwrap() });
    slow.reached.notified().await;
    slow.waits.store(false, Ordering::Relaxed);
    let again = tokio::spawn({
        let (cs, file) = (cs.clone(), file.clone());
        async move { put(&cs, &file).await.expect(204) }
    });
    for _ in 0..10_000 {
        tokio::task::yield_now().await;
    }
    slow.goes_on.notify_one();
    let _ = (sweeping.await.unwrap(), again.await.unwrap());
    assert_eq!(cs.get(&file.path()).await.expect(200).text, String::from_utf8_lossy(&file.bytes));
}

/// A place for files in which the first file that is taken away goes when a test says so.
#[derive(Debug, Default)]
struct Slow {
    inner: InMemory,
    waits: AtomicBool,
    reached: Arc<Notify>,
    goes_on: Arc<Notify>,
}

impl std::fmt::Display for Slow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("slow")
    }
}

#[async_trait::async_trait]
impl ObjectStore for Slow {
    async fn put_opts(&self, path: &Path, bytes: PutPayload, options: PutOptions) -> object_store::Result<PutResult> {
        self.inner.put_opts(path, bytes, options).await
    }
    async fn put_multipart_opts(&self, path: &Path, options: PutMultipartOptions) -> object_store::Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(path, options).await
    }
    async fn get_opts(&self, path: &Path, options: GetOptions) -> object_store::Result<GetResult> {
        self.inner.get_opts(path, options).await
    }
    fn delete_stream(&self, paths: BoxStream<'static, object_store::Result<Path>>) -> BoxStream<'static, object_store::Result<Path>> {
        // Pieces of uploads are taken away as well, and of those nobody speaks here.
        let (reached, goes_on, gone) = (Arc::clone(&self.reached), Arc::clone(&self.goes_on), self.inner.delete_stream(paths));
        if !self.waits.load(Ordering::Relaxed) {
            return gone;
        }
        let wait = async move {
            reached.notify_one();
            goes_on.notified().await;
            gone
        };
        wait.into_stream().flatten().boxed()
    }
    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, object_store::Result<ObjectMeta>> {
        self.inner.list(prefix)
    }
    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> object_store::Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }
    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> object_store::Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
