//! A locked desk: the outbox is open, the mirror is not.

use domain::{id::CommandId, records::ConsultationStatus, status::CommandState, wire::KnownAnswer};
use mirror::{Drawer, Error, Key, Place};
use serde_json::json;

use testkit::{
    Model,
    records::{NOW, colleague, consultation, id},
};

use crate::{
    crash::{Copies, go_on},
    world::{Desk, admin, chunk, drawer, keys, open, send_locked},
};

/// A desk that has everything, and of which the program has ended: its files, and how far it had read.
async fn ended(server: &Model, acts: impl AsyncFnOnce(&mut Desk)) -> Desk {
    let mut desk = Desk::whole(server).await;
    acts(&mut desk).await;
    let fresh = tempfile::tempdir().unwrap();
    crate::world::copy(desk.dir.path(), fresh.path());
    let elsewhere = tempfile::tempdir().unwrap();
    // The desk's own cabinet lets its folder go: the copy is what the program left.
    let (cabinet, _) = open(elsewhere.path(), None).await;
    Desk { dir: fresh, cabinet, ..desk }
}

async fn state(drawer: &Drawer, id: CommandId) -> CommandState {
    drawer.command(id).await.unwrap().expect("the command is in the file").state
}

#[tokio::test]
async fn it_opens_by_the_outbox_key_alone_and_leaves_the_mirror_closed() {
    let server = Model::with(2, 0);
    let desk = ended(&server, async |_| {}).await;
    // Nobody can read the mirror, and nobody need: it is not even looked at.
    std::fs::write(desk.dir.path().join("mirror.db"), b"not a database").unwrap();
    drawer(desk.dir.path(), None).await.close().await.unwrap();
    let wrong = Drawer::open(desk.dir.path(), &Key::new([9; 32]), NOW, None).await;
    assert!(matches!(wrong, Err(Error::WrongKey { .. })));
    assert_eq!(std::fs::read(desk.dir.path().join("mirror.db")).unwrap(), b"not a database");
}

#[tokio::test]
async fn a_folder_has_a_drawer_or_a_cabinet_and_never_both() {
    let desk = Desk::new().await;
    assert!(matches!(Drawer::open(desk.dir.path(), &keys().outbox, NOW, None).await, Err(Error::InUse { .. })));
}

#[tokio::test]
async fn what_was_held_goes_and_what_builds_on_others_goes_behind_them() {
    let mut server = Model::with(3, 0);
    let mut ids = Vec::new();
    let desk = ended(&server, async |desk| {
        let args = json!({ "id": consultation(0).id });
        ids.push(desk.try_act("consultation.accept", args, &[consultation(0)], Some(8_000)).await.0);
        let args = json!({ "id": id::<domain::id::NoteId>(70_000), "record": consultation(0), "text": "Sudah ditelepon" });
        ids.push(desk.try_act("note.add", args, &[consultation(0)], Some(9_000)).await.0);
    })
    .await;
    let drawer = drawer(desk.dir.path(), None).await;
    assert_eq!(drawer.tallies().await.unwrap().queued, 2);
    assert_eq!(send_locked(&drawer, &mut server, true).await, ids);
    assert!(!drawer.has_to_send().await.unwrap());
    assert_eq!((state(&drawer, ids[0]).await, state(&drawer, ids[1]).await), (CommandState::Applied, CommandState::Applied));
}

#[tokio::test]
async fn what_was_applied_while_locked_is_shown_until_the_feed_has_brought_it() {
    let mut server = Model::with(3, 0);
    let mut desk = ended(&server, async |desk| {
        desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await;
        desk.act("consultation.accept", json!({ "id": consultation(1).id }), &[consultation(1)]).await;
    })
    .await;
    server.act(&colleague(), 1, "consultation.reject", json!({ "id": consultation(1).id, "reason": "Penuh" }));
    let outbox = drawer(desk.dir.path(), None).await;
    send_locked(&outbox, &mut server, true).await;
    assert_eq!(outbox.tallies().await.unwrap().refused + outbox.tallies().await.unwrap().conflicts, 1);
    outbox.close().await.unwrap();
    (desk.cabinet, _) = open(desk.dir.path(), None).await;
    // The outbox is ahead of the mirror: what was applied is ours still, what was refused is not shown as done.
    assert_eq!((desk.status(0).await, desk.is_ours(consultation(0)).await), (ConsultationStatus::Accepted, true));
    assert_eq!((desk.status(1).await, desk.is_ours(consultation(1)).await), (ConsultationStatus::Waiting, false));
    desk.read(&server, 1).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted, "half-way to the head it is not taken off");
    desk.read(&server, usize::MAX).await;
    assert_eq!((desk.status(0).await, desk.is_ours(consultation(0)).await), (ConsultationStatus::Accepted, false));
    assert_eq!(desk.status(1).await, ConsultationStatus::Rejected);
}

#[tokio::test]
async fn an_outcome_that_the_feed_brings_to_a_locked_desk_counts() {
    let mut server = Model::with(2, 0);
    let mut id = None;
    let mut desk = ended(&server, async |desk| {
        id = Some(desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await);
    })
    .await;
    let outbox = drawer(desk.dir.path(), None).await;
    // The answer itself is lost.
    send_locked(&outbox, &mut server, false).await;
    server.request(7);
    let heard = chunk(&server.above(&admin(), desk.live));
    let place = Place::Up { cursor: server.head.to_string(), whole: Some(server.head) };
    let applied = outbox.apply(heard, place, NOW).await.unwrap();
    assert_eq!((applied.commands.as_slice(), applied.any), ([id.unwrap()].as_slice(), false));
    let fresh: Vec<_> = applied.fresh.iter().map(|r| r.reference()).collect();
    assert!(fresh.contains(&consultation(7)) && !fresh.contains(&consultation(0)), "{fresh:?}");
    assert_eq!(outbox.stand().await.unwrap().live, Some(server.head.to_string()));
    assert!(!outbox.has_to_send().await.unwrap(), "it is not sent again");
    outbox.close().await.unwrap();
    (desk.cabinet, _) = open(desk.dir.path(), None).await;
    assert_ne!(desk.cabinet.stand().await.unwrap().live, Some(server.head.to_string()), "where the mirror stands is its own affair");
    let applied = desk.read(&server, usize::MAX).await;
    assert!(applied.fresh.iter().any(|r| r.reference() == consultation(7)), "what was only heard of is read now");
    assert!(applied.commands.is_empty(), "and no outcome is told twice");
    assert_eq!((desk.status(0).await, desk.is_ours(consultation(0)).await), (ConsultationStatus::Accepted, false));
}

#[tokio::test]
async fn every_step_of_sending_while_locked_can_be_the_last() {
    let copies = Copies::default();
    let mut server = Model::with(4, 0);
    let desk = ended(&server, async |desk| {
        desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await;
        desk.act("consultation.accept", json!({ "id": consultation(2).id }), &[consultation(2)]).await;
        let args = json!({ "id": id::<domain::id::NoteId>(70_000), "record": consultation(2), "text": "Sudah ditelepon" });
        desk.act("note.add", args, &[consultation(2)]).await;
    })
    .await;
    server.act(&colleague(), 1, "consultation.reject", json!({ "id": consultation(2).id, "reason": "Penuh" }));
    let outbox = drawer(desk.dir.path(), Some(copies.steps())).await;
    copies.watch(&desk);
    let before = server.clone();
    send_locked(&outbox, &mut server, true).await;
    let taken = copies.taken();
    let names: Vec<&str> = taken.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["sending", "outbox"]);
    for (step, folder) in taken {
        // At the first of them the server has heard, or has not.
        if step == "sending" {
            let again = tempfile::tempdir().unwrap();
            crate::world::copy(folder.path(), again.path());
            go_on(again, before.clone(), step).await;
        }
        go_on(folder, server.clone(), step).await;
    }
}

#[tokio::test]
async fn another_history_is_begun_and_nothing_of_it_is_laid_on_the_old_mirror() {
    let server = Model::with(2, 0);
    let mut ids = Vec::new();
    let mut desk = ended(&server, async |desk| {
        ids.push(desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await);
        let mut theirs = server.clone();
        desk.cabinet.asked(NOW).await.unwrap();
        desk.send(&mut theirs, true).await;
        desk.read(&theirs, usize::MAX).await;
        ids.push(desk.act("consultation.accept", json!({ "id": consultation(1).id }), &[consultation(1)]).await);
    })
    .await;
    // The server was restored: it does not know the first, and its numbers begin elsewhere.
    let mut restored = server.clone();
    restored.head += 500;
    let outbox = drawer(desk.dir.path(), None).await;
    assert!(outbox.stand().await.unwrap().asked);
    outbox.begin_anew().await.unwrap();
    assert_eq!(outbox.stand().await.unwrap(), mirror::Stand { walked: true, ..mirror::Stand::default() });
    let asked = outbox.to_ask(NOW).await.unwrap();
    assert_eq!(asked, [ids[0]], "only what was tried may be known");
    let known = outbox.known(&KnownAnswer { outcomes: Vec::new(), unknown: asked }, NOW).await.unwrap();
    outbox.asked().await.unwrap();
    assert!(outbox.stand().await.unwrap().asked);
    assert_eq!(known.forgotten, [ids[0]], "what was done and is not known any more waits for a person");
    assert_eq!(send_locked(&outbox, &mut restored, true).await, [ids[1]], "what was never answered goes");
    outbox.close().await.unwrap();
    (desk.cabinet, _) = open(desk.dir.path(), None).await;
    assert!(!desk.is_ours(consultation(1)).await, "a number of one history is not compared with one of another");
    desk.cabinet.begin_anew(false, NOW).await.unwrap();
    assert!(!desk.cabinet.stand().await.unwrap().asked, "the new mirror's history is asked about as well");
    desk.work(&restored).await;
    desk.walk_on(&restored, usize::MAX).await;
    assert_eq!((desk.status(0).await, desk.status(1).await), (ConsultationStatus::Waiting, ConsultationStatus::Accepted));
    assert_eq!((desk.state(ids[0]).await, desk.state(ids[1]).await), (CommandState::Unknown, CommandState::Applied));
}
