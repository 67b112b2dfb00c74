//! Files that acts wait for: their bytes are in the outbox with the act, as long as it is not finished.

use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{CommandId, DesignId, FileId},
    record::{AnyRecord, Kind, RecordRef},
    records::{File, OrderStatus},
    status::CommandState,
    wire::Outcome,
};
use mirror::{Attachment, Given, Settled, Staged, Submission, TakenBack};
use serde_json::{Value, json};
use testkit::{
    Model,
    records::{NOW, command, consultation, id, order, reachable},
};

use crate::{
    crash::Copies,
    world::{Desk, admin, copy, drawer, open, send_locked},
};

/// Bytes of more than one piece.
fn bytes(seed: u8) -> Vec<u8> {
    (0..1_500_000_u32).map(|n| seed.wrapping_add(u8::try_from(n % 251).unwrap())).collect()
}

fn attachment(bytes: Vec<u8>) -> Attachment {
    let (policy, name) = (FilePolicy::Design, FileName::new("logo.png").unwrap());
    Attachment { sha256: Sha256::of(&bytes), policy, name, media_type: MediaType::Png, bytes }
}

fn version(n: u64) -> RecordRef {
    RecordRef::new(Kind::Design, id::<DesignId>(80_000_000 + n))
}

fn args(n: u64, of: u64, file: &Attachment) -> Value {
    json!({ "id": version(n).id, "order_id": order(of).id, "sha256": file.sha256, "size": file.bytes.len(),
        "media_type": file.media_type, "name": file.name })
}

/// A server with two orders, and a desk that has read all of it.
async fn world() -> (Model, Desk) {
    let mut server = Model::with(2, 0);
    server.commit((0..2).flat_map(|n| reachable(n, OrderStatus::InProgress)));
    let desk = Desk::whole(&server).await;
    (server, desk)
}

async fn try_attach(desk: &mut Desk, args: Value, file: Attachment, hold: Option<i64>) -> (CommandId, Submission) {
    desk.next += 1;
    let id = command(desk.next);
    let given = Given { id, name: "design.upload".into(), args, seen: Vec::new(), seen_at: NOW, held_until: hold };
    (id, desk.cabinet.attach(given, vec![file], NOW).await.unwrap())
}

/// The n-th version, of this order.
async fn attach(desk: &mut Desk, n: u64, of: u64, seed: u8) -> CommandId {
    let file = attachment(bytes(seed));
    let (id, taken) = try_attach(desk, args(n, of, &file), file, None).await;
    assert!(matches!(taken, Submission::Taken(_)), "{taken:?}");
    id
}

async fn staged(desk: &Desk) -> Vec<Staged> {
    desk.cabinet.staged(NOW).await.unwrap().into_iter().map(|(it, _)| it).collect()
}

/// All bytes of a file that are here.
async fn read(desk: &Desk, it: &Staged) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let part = desk.cabinet.staged_bytes(&it.sha256, all.len() as u64, 400_000, NOW).await.unwrap();
        if part.is_empty() {
            return all;
        }
        all.extend(part);
    }
}

/// The server has the file now, and the desk knows.
async fn arrives(server: &mut Model, desk: &Desk, it: &Staged) {
    let by = admin().person.clone();
    let Staged { sha256, policy, name, media_type, size, .. } = it.clone();
    let (id, size) = (FileId::named(admin().id(), &sha256), i64::try_from(size).unwrap());
    server.commit([AnyRecord::File(File { id, sha256, size, media_type, name, by, policy, created_at: NOW })]);
    desk.cabinet.note_transfer(&it.sha256, Some("u"), it.size, true, NOW).await.unwrap();
}

#[tokio::test]
async fn act_and_bytes_come_together_and_the_bytes_go_when_the_act_is_applied() {
    let (mut server, mut desk) = world().await;
    let id = attach(&mut desk, 1, 0, 1).await;
    assert!(desk.is_ours(version(1)).await, "it is shown at once");
    desk.restart().await;
    let [it] = &staged(&desk).await[..] else { panic!("one file") };
    assert_eq!((read(&desk, it).await == bytes(1), it.sent, it.done), (true, 0, false));
    assert!(desk.send(&mut server, true).await.is_empty(), "it waits for its bytes");
    arrives(&mut server, &desk, it).await;
    desk.send(&mut server, false).await;
    assert_eq!((desk.state(id).await, staged(&desk).await.len()), (CommandState::Sent, 1), "nobody has said that it was done");
    desk.read(&server, usize::MAX).await;
    assert_eq!((desk.state(id).await, staged(&desk).await), (CommandState::Applied, vec![]));
    assert_eq!(desk.cabinet.staged_bytes(&it.sha256, 0, 10, NOW).await.unwrap(), Vec::<u8>::new());
    assert!(!desk.is_ours(version(1)).await);
}

/// Some forty megabytes were attached and are gone: they do not stay on a disk that has little.
#[tokio::test]
async fn what_sent_files_have_left_empty_is_given_back_to_the_disk() {
    let (mut server, mut desk) = world().await;
    let size =
        |desk: &Desk| ["outbox.db", "outbox.db-wal"].map(|name| desk.dir.path().join(name).metadata().unwrap().len()).iter().sum::<u64>();
    for n in 1..=5 {
        let large = attachment(bytes(u8::try_from(n).unwrap()).repeat(6));
        let (_, taken) = try_attach(&mut desk, args(n, 0, &large), large, None).await;
        assert!(matches!(taken, Submission::Taken(_)), "{taken:?}");
    }
    desk.cabinet.give_back(NOW).await.unwrap();
    let here = staged(&desk).await;
    assert_eq!(here.len(), 5);
    for (seed, it) in (1..).zip(&here) {
        assert!(read(&desk, it).await == bytes(seed).repeat(6), "what an act waits for stays");
        arrives(&mut server, &desk, it).await;
    }
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    assert_eq!(staged(&desk).await, vec![]);
    assert!(size(&desk) > 40_000_000, "{} bytes", size(&desk));
    desk.cabinet.give_back(NOW).await.unwrap();
    assert!(size(&desk) < 1 << 20, "{} bytes", size(&desk));
    desk.restart().await;
    assert_eq!(desk.state(command(1)).await, CommandState::Applied);
    attach(&mut desk, 6, 0, 9).await;
    assert_eq!(staged(&desk).await.len(), 1);
}

/// Invariant: staged bytes outlive everything but their act.
#[tokio::test]
async fn a_crash_leaves_both_or_nothing() {
    let copies = Copies::default();
    let mut server = Model::with(2, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    let mut desk = Desk::with_steps(Some(copies.steps())).await;
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    copies.watch(&desk);
    attach(&mut desk, 1, 0, 1).await;
    let [it] = &staged(&desk).await[..] else { panic!("one file") };
    arrives(&mut server, &desk, it).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let taken = copies.taken();
    assert!(taken.len() >= 5, "{:?}", taken.iter().map(|(step, _)| *step).collect::<Vec<_>>());
    for (step, folder) in taken {
        let (cabinet, opened) = open(folder.path(), None).await;
        assert!(opened.salvage.is_none(), "{step}");
        let waits = cabinet.command(command(1), NOW).await.unwrap().is_some_and(|it| it.entry.is_open());
        let here = cabinet.staged(NOW).await.unwrap();
        assert_eq!(here.len(), usize::from(waits), "{step}");
        if let Some((it, waiting)) = here.first() {
            assert_eq!((waiting.len(), it.size), (1, 1_500_000), "{step}");
            assert_eq!(cabinet.staged_bytes(&it.sha256, 1_048_000, 1_000, NOW).await.unwrap(), bytes(1)[1_048_000..1_048_576], "{step}");
        }
    }
}

#[tokio::test]
async fn what_the_rulebook_refuses_leaves_nothing() {
    let (_, mut desk) = world().await;
    attach(&mut desk, 1, 0, 1).await;
    let same = attachment(bytes(1));
    let (_, refused) = try_attach(&mut desk, args(2, 0, &same), same.clone(), None).await;
    let Submission::Refused(refusal) = refused else { panic!("the same bytes twice for one order") };
    assert_eq!((refusal.code.wire(), refusal.details.number.as_deref()), ("same_design", Some("V1")));
    let other = Attachment { bytes: bytes(2), ..same };
    let (_, refused) = try_attach(&mut desk, args(3, 1, &attachment(bytes(2))), other, None).await;
    assert!(matches!(refused, Submission::Refused(_)), "other bytes than those it speaks of");
    assert_eq!(staged(&desk).await.len(), 1);
}

#[tokio::test]
async fn bytes_go_with_an_act_that_a_person_takes_back_or_discards() {
    let (_, mut desk) = world().await;
    let file = attachment(bytes(1));
    let (held, _) = try_attach(&mut desk, args(1, 0, &file), file, Some(8_000)).await;
    assert_eq!(desk.cabinet.next_transfer(NOW).await.unwrap(), None, "a held act has not left, and neither have its bytes");
    assert!(matches!(desk.cabinet.take_back(Some(held), NOW).await.unwrap(), TakenBack::Done(..)));
    assert_eq!(staged(&desk).await, []);
    let refused = attach(&mut desk, 2, 0, 2).await;
    let said = domain::decision::Refusal::new(domain::decision::Code::of_wire("too_many_pixels"), "R-077");
    let said = Outcome::refused(refused, None, said, &domain::words::Words::new(domain::words::Lang::Id));
    desk.cabinet.answered(&[said], NOW).await.unwrap();
    assert_eq!((desk.state(refused).await, staged(&desk).await.len()), (CommandState::Refused, 1), "a person decides what becomes of it");
    assert_eq!(desk.cabinet.next_transfer(NOW).await.unwrap(), None);
    assert!(desk.cabinet.settle(refused, Settled::Discarded, NOW).await.unwrap());
    assert_eq!(staged(&desk).await, []);
}

#[tokio::test]
async fn an_act_that_is_given_again_keeps_its_bytes_and_begins_from_their_first() {
    let (mut server, mut desk) = world().await;
    let first = attach(&mut desk, 1, 0, 1).await;
    let [it] = &staged(&desk).await[..] else { panic!("one file") };
    // The server has let it go since.
    desk.cabinet.note_transfer(&it.sha256, Some("u"), it.size, true, NOW).await.unwrap();
    let said = desk.send(&mut server, true).await.remove(0);
    assert_eq!(said.code.unwrap().wire(), "file_missing");
    let again = args(1, 0, &attachment(bytes(1)));
    let mut ids = || command(900);
    assert!(matches!(desk.cabinet.send_again(first, again, &mut ids, NOW).await.unwrap(), mirror::SentAgain::Done(_)));
    let next = desk.cabinet.next_transfer(NOW).await.unwrap().unwrap();
    assert_eq!((next.upload, next.sent, next.done), (None, 0, false));
    arrives(&mut server, &desk, it).await;
    assert_eq!(desk.send(&mut server, true).await.len(), 1);
    assert_eq!((desk.state(command(900)).await, staged(&desk).await), (CommandState::Applied, vec![]));
}

#[tokio::test]
async fn bytes_stay_while_another_act_waits_for_them() {
    let (mut server, mut desk) = world().await;
    let (first, second) = (attach(&mut desk, 1, 0, 1).await, attach(&mut desk, 2, 1, 1).await);
    let [it] = &staged(&desk).await[..] else { panic!("the same bytes are here once") };
    assert!(matches!(desk.cabinet.take_back(Some(first), NOW).await.unwrap(), TakenBack::Done(..)));
    assert_eq!((staged(&desk).await.len(), read(&desk, it).await.len()), (1, 1_500_000));
    arrives(&mut server, &desk, it).await;
    desk.send(&mut server, true).await;
    assert_eq!((desk.state(second).await, staged(&desk).await), (CommandState::Applied, vec![]));
}

#[tokio::test]
async fn strangers_overtake_what_waits_for_bytes_and_what_builds_on_it_does_not() {
    let (mut server, mut desk) = world().await;
    let upload = attach(&mut desk, 1, 0, 1).await;
    let submit = desk.act("design.submit", json!({ "id": version(1).id }), &[]).await;
    let stranger = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    desk.send(&mut server, true).await;
    let states = async |desk: &Desk| (desk.state(upload).await, desk.state(submit).await, desk.state(stranger).await);
    assert_eq!(states(&desk).await, (CommandState::Queued, CommandState::Queued, CommandState::Applied));
    assert!(!desk.cabinet.has_to_send(NOW).await.unwrap());
    arrives(&mut server, &desk, &staged(&desk).await[0]).await;
    let said = desk.send(&mut server, true).await;
    assert_eq!(said.iter().map(|o| o.id).collect::<Vec<_>>(), [upload, submit], "each keeps its place");
    assert_eq!(states(&desk).await.1, CommandState::Applied);
}

#[tokio::test]
async fn an_upload_is_called_off_although_something_builds_on_it() {
    let (_, mut desk) = world().await;
    let upload = attach(&mut desk, 1, 0, 1).await;
    let submit = desk.act("design.submit", json!({ "id": version(1).id }), &[]).await;
    assert!(matches!(desk.cabinet.take_back(Some(upload), NOW).await.unwrap(), TakenBack::TooLate));
    assert!(matches!(desk.cabinet.call_off(upload, NOW).await.unwrap(), TakenBack::Done(..)));
    for restarted in [false, true] {
        if restarted {
            desk.restart().await;
        }
        assert_eq!((desk.state(submit).await, staged(&desk).await), (CommandState::Blocked, vec![]), "a person decides; {restarted}");
        assert_eq!(desk.shown(version(1)).await, None);
    }
}

#[tokio::test]
async fn a_pause_and_how_far_it_is_outlive_the_program() {
    let (_, mut desk) = world().await;
    attach(&mut desk, 1, 0, 1).await;
    attach(&mut desk, 2, 1, 2).await;
    let [first, second] = &staged(&desk).await[..] else { panic!("two files") };
    assert_eq!(desk.cabinet.next_transfer(NOW).await.unwrap().as_ref(), Some(first), "the oldest goes first");
    desk.cabinet.note_transfer(&first.sha256, Some("u-1"), 300_000, false, NOW).await.unwrap();
    desk.cabinet.pause_transfer(&first.sha256, true, NOW).await.unwrap();
    desk.restart().await;
    assert_eq!(desk.cabinet.next_transfer(NOW).await.unwrap().as_ref(), Some(second));
    desk.cabinet.pause_transfer(&first.sha256, false, NOW).await.unwrap();
    let next = desk.cabinet.next_transfer(NOW).await.unwrap().unwrap();
    assert_eq!((next.upload.as_deref(), next.sent, next.paused), (Some("u-1"), 300_000, false));
}

#[tokio::test]
async fn a_locked_desk_has_them_too() {
    let (mut server, mut desk) = world().await;
    let id = attach(&mut desk, 1, 0, 1).await;
    let folder = tempfile::tempdir().unwrap();
    copy(desk.dir.path(), folder.path());
    let drawer = drawer(folder.path(), None).await;
    let it = drawer.next_transfer().await.unwrap().unwrap();
    assert_eq!(drawer.staged_bytes(&it.sha256, 1_499_990, 400_000).await.unwrap(), bytes(1)[1_499_990..]);
    arrives(&mut server, &desk, &it).await;
    drawer.note_transfer(&it.sha256, Some("u"), it.size, true).await.unwrap();
    assert_eq!(send_locked(&drawer, &mut server, true).await, [id]);
    assert_eq!(drawer.staged_bytes(&it.sha256, 0, 10).await.unwrap(), Vec::<u8>::new());
}

#[tokio::test]
async fn copies_of_the_outbox_know_of_a_file_and_have_none_of_its_bytes() {
    let (_, mut desk) = world().await;
    let id = attach(&mut desk, 1, 0, 1).await;
    desk.cabinet.keep_copy(NOW).await.unwrap();
    let size = |name: &str| std::fs::metadata(desk.dir.path().join(name)).unwrap().len();
    assert!(size("outbox.copy-1.db") < 300_000, "{}", size("outbox.copy-1.db"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(desk.dir.path().join("outbox.copy-1.db"), folder.path().join("outbox.db")).unwrap();
    let drawer = drawer(folder.path(), None).await;
    assert_eq!(drawer.command(id).await.unwrap().unwrap().state, CommandState::Queued);
    let it = drawer.next_transfer().await.unwrap().unwrap();
    assert_eq!((it.size, drawer.staged_bytes(&it.sha256, 0, 10).await.unwrap().len()), (1_500_000, 0));
}
