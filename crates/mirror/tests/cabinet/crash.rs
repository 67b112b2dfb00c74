//! The program may end after any step that reached the disk. The files are copied at each of them and opened again.

use domain::{records::ConsultationStatus, status::CommandState, wire::KnownAnswer};
use mirror::{Place, Steps};
use serde_json::json;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use testkit::{
    Model,
    records::{NOW, client, colleague, consultation},
};

use crate::world::{Desk, admin, chunk, copy, open};

/// Copies the files at every step.
#[derive(Clone, Default)]
pub(crate) struct Copies {
    all: Arc<Mutex<Vec<(&'static str, TempDir)>>>,
    folder: Arc<Mutex<Option<PathBuf>>>,
}

impl Copies {
    pub(crate) fn steps(&self) -> Steps {
        let (all, folder) = (self.all.clone(), self.folder.clone());
        Arc::new(move |name| {
            if let Some(from) = folder.lock().unwrap().as_deref() {
                let to = tempfile::tempdir().unwrap();
                copy(from, to.path());
                all.lock().unwrap().push((name, to));
            }
        })
    }
    pub(crate) fn watch(&self, desk: &Desk) {
        *self.folder.lock().unwrap() = Some(desk.dir.path().to_owned());
    }
    pub(crate) fn taken(&self) -> Vec<(&'static str, TempDir)> {
        *self.folder.lock().unwrap() = None;
        std::mem::take(&mut *self.all.lock().unwrap())
    }
}

/// Goes on from a copy until all is said, and checks that everything happened once.
pub(crate) async fn go_on(folder: TempDir, mut server: Model, step: &str) {
    let (cabinet, opened) = open(folder.path(), None).await;
    assert!(!opened.mirror_damaged && opened.salvage.is_none(), "{step}: both files are whole");
    let stand = cabinet.stand().await.unwrap();
    let live = stand.live.as_deref().map_or(0, |c| c.parse().unwrap());
    let walk = stand.walk.as_deref().map(|c| c.parse().unwrap());
    let mut desk = Desk { dir: folder, cabinet, live, walk, next: 1_000 };
    if stand.live.is_none() {
        desk.work(&server).await;
    }
    desk.walk_on(&server, usize::MAX).await;
    for _ in 0..3 {
        desk.send(&mut server, true).await;
        desk.read(&server, usize::MAX).await;
    }
    for (name, held) in server.visible(&admin()) {
        assert_eq!(desk.shown(name).await.as_ref(), Some(&*held.record), "{step}: {name}");
        assert!(!desk.is_ours(name).await, "{step}: {name}");
    }
    let history = &server.consultation(0).history.0;
    assert_eq!(history.iter().filter(|h| h.act == "consultation.accept").count(), 1, "{step}: done once");
}

#[tokio::test]
async fn a_walk_goes_on_from_what_reached_the_file() {
    let mut server = Model::with(2, 12);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let mut behind = 0;
    while desk.walk.is_some() {
        desk.walk_on(&server, 3).await;
        let folder = tempfile::tempdir().unwrap();
        copy(desk.dir.path(), folder.path());
        let (cabinet, _) = open(folder.path(), None).await;
        let reached = cabinet.stand().await.unwrap().walk;
        behind += u32::from(reached != desk.cabinet.stand().await.unwrap().walk);
        cabinet.close().await.unwrap();
        go_on(folder, server.clone(), "in the middle of the walk").await;
    }
    assert!(behind > 0, "a part of the walk may wait for its commit");
    assert!(desk.shown(consultation(13)).await.is_some(), "and is there all the same for whoever reads");
    let again = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), again.path());
    assert!(open(again.path(), None).await.0.stand().await.unwrap().walked, "the end of the walk does not wait");
}

#[tokio::test]
async fn an_act_in_the_middle_of_a_walk_takes_the_walk_into_the_file_with_it() {
    let server = Model::with(2, 12);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    desk.walk_on(&server, 5).await;
    let walk = desk.walk;
    desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.restart().await;
    assert_eq!((desk.walk, desk.status(0).await), (walk, ConsultationStatus::Accepted));
}

/// Whoever applies the beginning of a new history may be dropped at any moment of it: the program is paused, its line lost.
#[tokio::test]
async fn a_swap_of_mirrors_can_be_abandoned_anywhere() {
    let server = Model::with(3, 3);
    for turns in (0..14).map(|n| (1 << n) - 1) {
        let desk = Desk::whole(&server).await;
        desk.cabinet.begin_anew(false, NOW).await.unwrap();
        let place = Place::Work { cursor: server.head.to_string(), seq: server.head };
        tokio::select! {
            biased;
            done = desk.cabinet.apply(chunk(&server.open(&admin())), place, NOW) => drop(done.unwrap()),
            () = async { for _ in 0..turns { tokio::task::yield_now().await } } => {}
        }
        assert!(desk.cabinet.stand().await.unwrap().live.is_some(), "after {turns} turns there is the old mirror, or the new one");
        assert!(desk.shown(consultation(0)).await.is_some());
    }
}

#[tokio::test]
async fn every_step_of_an_act_and_its_confirmation_can_be_the_last() {
    let copies = Copies::default();
    let mut server = Model::with(4, 0);
    let mut desk = Desk::with_steps(Some(copies.steps())).await;
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    copies.watch(&desk);
    let first = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await;
    let kept = server.clone();
    for (step, folder) in copies.taken() {
        go_on(folder, kept.clone(), step).await;
    }
    copies.watch(&desk);
    desk.send(&mut server, true).await;
    desk.act("client.edit", json!({ "id": client(1).id, "name": "Dewi Lestari" }), &[]).await;
    server.act(&colleague(), 1, "consultation.accept", json!({ "id": consultation(2).id }));
    let kept = server.clone();
    desk.read(&server, 2).await;
    desk.read(&server, usize::MAX).await;
    let taken = copies.taken();
    let names: Vec<&str> = taken.iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"outbox") && names.contains(&"mirror") && names.contains(&"sending"), "{names:?}");
    for (step, folder) in taken {
        go_on(folder, kept.clone(), step).await;
    }
    assert_eq!(desk.state(first).await, CommandState::Applied);
}

#[tokio::test]
async fn between_outbox_and_mirror_the_act_stays_on_top() {
    let copies = Copies::default();
    let mut server = Model::with(2, 0);
    let mut desk = Desk::with_steps(Some(copies.steps())).await;
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.send(&mut server, false).await;
    copies.watch(&desk);
    desk.read(&server, usize::MAX).await;
    let between = copies.taken().into_iter().find(|(name, _)| *name == "outbox").expect("the outcome is committed first").1;
    let (cabinet, _) = open(between.path(), None).await;
    let (record, ours) = cabinet.record(consultation(0), NOW).await.unwrap().unwrap();
    assert!(ours, "the page is not here yet, so the act is still ours");
    assert!(matches!(record, domain::record::AnyRecord::Consultation(it) if it.status == ConsultationStatus::Accepted));
}

#[tokio::test]
async fn a_reset_can_be_cut_off_anywhere() {
    let copies = Copies::default();
    let mut server = Model::with(3, 0);
    let mut desk = Desk::with_steps(Some(copies.steps())).await;
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    server.act(&colleague(), 7, "consultation.accept", json!({ "id": consultation(0).id }));
    copies.watch(&desk);
    desk.act("consultation.reject", json!({ "id": consultation(1).id, "reason": "Penuh" }), &[]).await;
    desk.cabinet.begin_anew(false, NOW).await.unwrap();
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    for (step, folder) in copies.taken() {
        go_on(folder, server.clone(), step).await;
    }
}

#[tokio::test]
async fn work_that_is_abandoned_half_way_is_mended_by_the_next() {
    let mut server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    server.act(&colleague(), 1, "consultation.reject", json!({ "id": consultation(0).id, "reason": "Penuh" }));
    let lines = server.above(&admin(), desk.live);
    let place = Place::Up { cursor: server.head.to_string(), whole: Some(server.head) };
    // The future is dropped at each of its first waits.
    for polls in 1..40 {
        let work = desk.cabinet.apply(chunk(&lines), place.clone(), NOW);
        let mut work = Box::pin(work);
        let mut left = polls;
        let cut = std::future::poll_fn(|cx| {
            use std::future::Future as _;
            left -= 1;
            if left == 0 {
                return std::task::Poll::Ready(false);
            }
            work.as_mut().poll(cx).map(|_| true)
        });
        let ended = cut.await;
        drop(work);
        if ended {
            break;
        }
        let live = desk.cabinet.stand().await.unwrap().live;
        let is_here = desk.status(0).await == ConsultationStatus::Rejected;
        assert_eq!(live == Some(server.head.to_string()), is_here, "a position stands for its rows after {polls} polls");
        assert!(desk.shown(consultation(2)).await.is_some(), "the files can be read after {polls} polls");
    }
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Rejected);
    desk.restart().await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Rejected);
}

#[tokio::test]
async fn a_mirror_whose_beginning_was_lost_with_the_power_is_in_no_history() {
    let mut server = Model::with(3, 0);
    let mut desk = Desk::new().await;
    let bare = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), bare.path());
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    desk.cabinet.asked(NOW).await.unwrap();
    let id = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.send(&mut server, true).await;
    // No commit of the mirror waits for the disk, so that all of them may be gone; those of the outbox are not.
    let after = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), after.path());
    for name in ["mirror.db", "mirror.db-wal"] {
        std::fs::copy(bare.path().join(name), after.path().join(name)).unwrap();
    }
    (desk.cabinet, _) = open(after.path(), None).await;
    desk.dir = after;
    let stand = desk.cabinet.stand().await.unwrap();
    assert_eq!((stand.live, stand.asked), (None, false), "the server may be in another history by now: it is asked what it knows");
    // It was restored from a backup that does not know of the acceptance, and its numbers are above those of then.
    let mut restored = Model::with(3, 0);
    restored.head += 100;
    desk.work(&restored).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Waiting, "what was done in the other history is not laid on top of this one");
    let ask = desk.cabinet.to_ask(NOW).await.unwrap();
    desk.cabinet.known(&KnownAnswer { outcomes: Vec::new(), unknown: ask }, NOW).await.unwrap();
    assert_eq!(desk.state(id).await, CommandState::Unknown, "a person decides");
}
