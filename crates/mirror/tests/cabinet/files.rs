//! The files themselves: nothing in plain text, nothing in the logs, damage, copies, owners.

use domain::{status::CommandState, time::DAY};
use mirror::{Cabinet, Error, Key, Keys};
use serde_json::json;
use std::{
    io::Write,
    path::Path,
    sync::{Arc, Mutex},
};
use testkit::{
    Model,
    records::{NOW, client, consultation},
};

use crate::world::{Desk, admin, copy, keys, open};

const REASON: &str = "Jadwal penuh sampai Desember depan";

fn holds(folder: &Path, text: &str) -> bool {
    let needle = text.as_bytes();
    let found = |bytes: Vec<u8>| bytes.windows(needle.len()).any(|w| w == needle);
    std::fs::read_dir(folder).unwrap().any(|entry| found(std::fs::read(entry.unwrap().path()).unwrap()))
}

#[tokio::test]
async fn no_byte_on_the_disk_can_be_read() {
    let server = Model::with(30, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.reject", json!({ "id": consultation(0).id, "reason": REASON }), &[consultation(0)]).await;
    desk.cabinet.set_value("session", Some("mjr_geheim-geheim-geheim")).await.unwrap();
    desk.cabinet.set_draft("reject/1", "Mungkin minggu depan saja", NOW).await.unwrap();
    desk.cabinet.next_batch(100, None, NOW).await.unwrap();
    desk.cabinet.keep_copy(NOW).await.unwrap();
    let name = server.consultation(3).client_name.to_string();
    for text in [REASON, "mjr_geheim", "Mungkin minggu", name.as_str(), "consultation.reject", "SQLite format 3"] {
        assert!(!holds(desk.dir.path(), text), "{text} stands on the disk");
    }
}

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn keys_and_names_are_in_no_log_at_any_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log is on");
    let mut server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.reject", json!({ "id": consultation(0).id, "reason": REASON }), &[consultation(0)]).await;
    desk.send(&mut server, true).await;
    desk.restart().await;
    assert!(
        Cabinet::open(desk.dir.path(), Keys { outbox: Key::new([9; 32]), mirror: Key::new([9; 32]) }, admin(), NOW, None).await.is_err()
    );
    drop(guard);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("the log is on"));
    let name = server.consultation(0).client_name.to_string();
    for secret in [&"01".repeat(8), &"02".repeat(8), REASON, name.as_str(), "PRAGMA key"] {
        assert!(!text.contains(secret), "{secret} was logged");
    }
}

#[tokio::test]
async fn the_same_folder_has_one_owner() {
    let server = Model::with(1, 0);
    let desk = Desk::whole(&server).await;
    let second = Cabinet::open(desk.dir.path(), keys(), admin(), NOW, None).await;
    assert!(matches!(second, Err(Error::InUse { .. })), "{second:?}");
}

#[tokio::test]
async fn a_wrong_key_leaves_everything_as_it_is() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.cabinet.keep_copy(NOW).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), folder.path());
    let wrong = Keys { outbox: Key::new([7; 32]), ..keys() };
    let error = Cabinet::open(folder.path(), wrong, admin(), NOW, None).await.unwrap_err();
    assert!(matches!(error, Error::WrongKey { .. }), "{error}");
    let (cabinet, opened) = open(folder.path(), None).await;
    assert!(opened.salvage.is_none());
    assert!(cabinet.command(id, NOW).await.unwrap().is_some());
}

#[tokio::test]
async fn a_damaged_mirror_is_set_aside_and_built_again() {
    let server = Model::with(20, 0);
    let mut desk = Desk::whole(&server).await;
    let act = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    let folder = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), folder.path());
    std::fs::remove_file(folder.path().join("mirror.db-wal")).ok();
    std::fs::write(folder.path().join("mirror.db"), vec![0x5a; 40_000]).unwrap();
    let (cabinet, opened) = open(folder.path(), None).await;
    assert!(opened.mirror_damaged && folder.path().join("mirror-damaged.db").exists());
    assert_eq!(cabinet.stand().await.unwrap().live, None, "the feed begins anew");
    assert_eq!(cabinet.command(act, NOW).await.unwrap().unwrap().entry.state, CommandState::Queued);
}

#[tokio::test]
async fn a_damaged_outbox_is_read_as_far_as_it_can_be_and_completed_from_its_copies() {
    let server = Model::with(60, 0);
    let mut desk = Desk::whole(&server).await;
    for n in 0..40 {
        desk.act("consultation.reject", json!({ "id": consultation(n).id, "reason": REASON.repeat(6) }), &[consultation(n)]).await;
    }
    desk.cabinet.keep_copy(NOW).await.unwrap();
    for n in 40..60 {
        desk.act("consultation.reject", json!({ "id": consultation(n).id, "reason": REASON.repeat(6) }), &[consultation(n)]).await;
    }
    let Desk { dir, cabinet, .. } = desk;
    cabinet.close().await.unwrap();
    let path = dir.path().join("outbox.db");
    let mut bytes = std::fs::read(&path).unwrap();
    assert!(bytes.len() > 12 * 8192, "enough pages to damage one in the middle: {}", bytes.len());
    // Every fourth page, but for the first ones, which hold the tables' roots.
    for page in (8..bytes.len() / 8192).step_by(4) {
        bytes[page * 8192 + 100..page * 8192 + 600].fill(0);
    }
    std::fs::write(&path, bytes).unwrap();
    let (cabinet, opened) = open(dir.path(), None).await;
    let salvage = opened.salvage.expect("damage was noticed");
    assert!(!salvage.whole && salvage.read > 0 && salvage.aside.exists(), "{salvage:?}");
    let lists = cabinet.outbox(0, domain::time::Zone::Wib, NOW).await.unwrap();
    let places: Vec<i64> = lists.running.iter().rev().map(|p| p.entry.n).collect();
    assert!(places.is_sorted(), "in their order");
    assert!(places.len() >= 40, "everything the copy knows is there, and what could be read: {}", places.len());
    assert!((1..=40).all(|n| places.contains(&n)), "{places:?}");
}

#[tokio::test]
async fn copies_roll_and_answers_are_forgotten_after_thirty_days() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let done = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let open = desk.act("client.edit", json!({ "id": client(1).id, "name": "Dewi Lestari" }), &[]).await;
    for day in 0..5 {
        desk.cabinet.keep_copy(NOW.plus(day * DAY)).await.unwrap();
    }
    let copies = std::fs::read_dir(desk.dir.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with("outbox.copy-"));
    assert_eq!(copies.count(), 3);
    assert!(desk.cabinet.command(done, NOW).await.unwrap().is_some());
    desk.cabinet.keep_copy(NOW.plus(31 * DAY)).await.unwrap();
    assert!(desk.cabinet.command(done, NOW).await.unwrap().is_none(), "an answer of a month ago");
    assert!(desk.cabinet.command(open, NOW).await.unwrap().is_some(), "what waits is never forgotten");
}

#[tokio::test]
async fn drafts_marks_and_values_are_kept() {
    let server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    desk.cabinet.set_draft("reject/1", "Maaf, ", NOW).await.unwrap();
    assert!(desk.cabinet.mark_told("consultation/1", NOW).await.unwrap());
    assert!(desk.cabinet.mark_looked(consultation(0), NOW).await.unwrap());
    desk.cabinet.set_value("offset", Some("1200")).await.unwrap();
    desk.restart().await;
    assert_eq!(desk.cabinet.drafts(NOW).await.unwrap(), [("reject/1".to_owned(), "Maaf, ".to_owned())]);
    assert!(!desk.cabinet.mark_told("consultation/1", NOW).await.unwrap(), "never twice on a desk");
    assert!(!desk.cabinet.mark_looked(consultation(0), NOW).await.unwrap());
    assert_eq!(desk.cabinet.value("offset").await.unwrap().as_deref(), Some("1200"));
    desk.cabinet.set_draft("reject/1", "", NOW).await.unwrap();
    assert!(desk.cabinet.drafts(NOW).await.unwrap().is_empty());
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    desk.work(&server).await;
    let counts = desk.cabinet.counts(domain::time::Zone::Wib, NOW).await.unwrap();
    assert_eq!((counts.waiting, counts.unseen), (2, 1), "a new mirror knows what was looked at");
}

/// Opens the files while their disk fails from the n-th statement on, and afterwards as they are then. Whether it did not come so far.
#[cfg(feature = "testing")]
async fn opened_on_a_failing_disk(folder: &Path, nth: u32) -> (bool, Cabinet, mirror::Opened) {
    use mirror::trouble::{Fate, set};
    let met = std::rc::Rc::new(std::cell::Cell::new(0));
    set(Some(std::rc::Rc::new(move |_: &Path| {
        met.set(met.get() + 1);
        if met.get() >= nth { Fate::Fails } else { Fate::Runs }
    })));
    let is_open = Cabinet::open(folder, keys(), admin(), NOW, None).await.is_ok();
    set(None);
    let (cabinet, opened) = open(folder, None).await;
    (is_open, cabinet, opened)
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn a_disk_that_fails_while_the_files_are_opened_costs_nothing() {
    let server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    for nth in 1..100 {
        let folder = tempfile::tempdir().unwrap();
        copy(desk.dir.path(), folder.path());
        let (is_open, cabinet, opened) = opened_on_a_failing_disk(folder.path(), nth).await;
        assert_eq!(opened.salvage, None, "the outbox is whole, though its disk failed from statement {nth} on");
        let found = cabinet.command(id, NOW).await.unwrap();
        assert!(found.is_some(), "what was given is there after the disk failed from statement {nth} on");
        if is_open {
            return;
        }
    }
    panic!("opening has fewer statements than this");
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn saving_a_damaged_outbox_can_fail_anywhere_and_is_done_again() {
    let server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.cabinet.keep_copy(NOW).await.unwrap();
    let damaged = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), damaged.path());
    std::fs::remove_file(damaged.path().join("outbox.db-wal")).unwrap();
    std::fs::write(damaged.path().join("outbox.db"), vec![7; 65_536]).unwrap();
    for nth in (1..400).step_by(3) {
        let folder = tempfile::tempdir().unwrap();
        copy(damaged.path(), folder.path());
        let (is_open, cabinet, opened) = opened_on_a_failing_disk(folder.path(), nth).await;
        let found = cabinet.command(id, NOW).await.unwrap();
        assert!(found.is_some(), "the copy still has it after the disk failed from statement {nth} on: {opened:?}");
        if is_open {
            return;
        }
    }
    panic!("saving has fewer statements than this");
}
