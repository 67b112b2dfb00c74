//! Random histories: whatever is done in whatever order, cut off wherever, a desk that has heard everything shows what the
//! server has; and at every moment it shows what the rulebook makes of its own acts over what it has heard.

use domain::{
    id::{DeviceId, NoteId},
    record::{Kind, RecordRef},
    status::CommandState,
    wire::OutcomeStatus,
};
use mirror::{Submission, TakenBack};
use proptest::prelude::*;
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, colleague, consultation, id},
};

use crate::world::{Desk, admin};

const REQUESTS: u64 = 5;

#[derive(Clone, Debug)]
enum Step {
    /// This desk acts: which act, on which request.
    Act(u8, u64),
    /// This desk acts, held back.
    Hold(u8, u64),
    /// A colleague acts.
    Other(u8, u64),
    /// What waits is sent; the answer arrives or is lost.
    Send(bool),
    /// So many lines of the feed arrive.
    Read(usize),
    /// So many lines of the walk arrive.
    Walk(usize),
    /// The newest act is taken back.
    TakeBack,
    /// The program ends without warning and starts again.
    Restart,
    /// It is locked, or not unlocked yet: what waits is sent, the answer arrives or is lost, so many lines are heard; then it
    /// is unlocked.
    Locked(bool, usize),
    /// A record leaves everybody's sight.
    Lose(u64),
    /// Holds end.
    Release,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => (0..7_u8, 0..REQUESTS).prop_map(|(a, n)| Step::Act(a, n)),
        2 => (0..3_u8, 0..REQUESTS).prop_map(|(a, n)| Step::Hold(a, n)),
        4 => (0..6_u8, 0..REQUESTS).prop_map(|(a, n)| Step::Other(a, n)),
        3 => any::<bool>().prop_map(Step::Send),
        4 => (0..8_usize).prop_map(Step::Read),
        3 => (0..6_usize).prop_map(Step::Walk),
        1 => Just(Step::TakeBack),
        1 => Just(Step::Restart),
        2 => (any::<bool>(), 0..8_usize).prop_map(|(arrives, lines)| Step::Locked(arrives, lines)),
        1 => (0..REQUESTS).prop_map(Step::Lose),
        1 => Just(Step::Release),
    ];
    proptest::collection::vec(step, 1..24)
}

/// An act of this kind on this request; `nonce` makes it another one than the last.
pub(crate) fn act(kind: u8, n: u64, nonce: u64) -> (&'static str, serde_json::Value) {
    let record = consultation(n);
    match kind {
        0 => ("consultation.accept", json!({ "id": record.id })),
        1 => ("consultation.reject", json!({ "id": record.id, "reason": "Jadwal penuh" })),
        2 => ("item.snooze", json!({ "record": record, "until": NOW.plus(3_600_000) })),
        3 => ("item.claim", json!({ "record": record })),
        4 => ("client.edit", json!({ "id": client(n).id, "name": format!("Klien {}", testkit::records::letters(nonce + 1)) })),
        5 => ("client.merge", json!({ "id": client(n).id, "from": client((n + 1) % REQUESTS).id })),
        _ => ("note.add", json!({ "id": id::<NoteId>(70_000 + nonce), "record": record, "text": "Catatan" })),
    }
}

/// Every name that can come up.
pub(crate) fn names() -> Vec<RecordRef> {
    let mut all: Vec<RecordRef> = (0..REQUESTS).flat_map(|n| [consultation(n), client(n)]).collect();
    all.extend((0..40).map(|n| RecordRef::new(Kind::Note, id::<NoteId>(70_000 + n))));
    all
}

async fn shown(desk: &Desk) -> Vec<Option<(domain::record::AnyRecord, bool)>> {
    let mut all = Vec::new();
    for name in names() {
        all.push(desk.cabinet.record(name, NOW).await.unwrap());
    }
    all
}

async fn take(desk: &mut Desk, server: &mut Model, nonce: u64, step: &Step) {
    match step {
        Step::Act(kind, n) => {
            let (name, args) = act(*kind, *n, nonce);
            drop(desk.try_act(name, args, &[consultation(*n)], None).await);
        }
        Step::Hold(kind, n) => {
            let (name, args) = act(*kind, *n, nonce);
            drop(desk.try_act(name, args, &[consultation(*n)], Some(8_000)).await);
        }
        Step::Other(kind, n) => {
            let (name, args) = act(*kind, *n, nonce);
            server.act(&colleague(), nonce, name, args);
        }
        Step::Send(arrives) => drop(desk.send(server, *arrives).await),
        Step::Read(lines) => drop(desk.read(server, *lines).await),
        Step::Walk(lines) => desk.walk_on(server, *lines).await,
        Step::TakeBack => drop(desk.cabinet.take_back(None, NOW).await.unwrap()),
        Step::Restart => drop(desk.restart().await),
        Step::Locked(arrives, lines) => desk.locked(server, *arrives, *lines).await,
        Step::Lose(n) => server.lose(client(*n)),
        Step::Release => drop(desk.cabinet.release_holds(None, NOW).await.unwrap()),
    }
}

/// Everything arrives, everything is sent, until nothing moves.
async fn come_to_rest(desk: &mut Desk, server: &mut Model) {
    desk.cabinet.release_holds(None, NOW).await.unwrap();
    desk.walk_on(server, usize::MAX).await;
    for _ in 0..4 {
        desk.send(server, true).await;
        desk.read(server, usize::MAX).await;
    }
    assert!(!desk.cabinet.has_to_send(NOW).await.unwrap(), "everything was sent");
}

async fn run(steps: Vec<Step>) {
    let mut server = Model::with(REQUESTS, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let mut taken = Vec::new();
    for (nonce, step) in steps.iter().enumerate() {
        let before = desk.next;
        take(&mut desk, &mut server, u64::try_from(nonce).unwrap(), step).await;
        if desk.next > before && desk.cabinet.command(testkit::records::command(desk.next), NOW).await.unwrap().is_some() {
            taken.push(testkit::records::command(desk.next));
        }
        // What is laid on top is derived: taking everything off and laying it on anew changes nothing that is shown.
        let now = shown(&desk).await;
        let mut again = admin();
        again.device = Some(DeviceId::from_uuid(testkit::records::uuid(u64::try_from(nonce).unwrap())));
        desk.cabinet.set_actor(again, NOW).await.unwrap();
        assert_eq!(now, shown(&desk).await, "after {step:?}");
    }
    come_to_rest(&mut desk, &mut server).await;
    let visible = server.visible(&admin());
    for name in names() {
        let (here, there) = (desk.shown(name).await, visible.get(&name).map(|h| &*h.record));
        assert_eq!(here.as_ref(), there, "{name} when all is said");
        assert!(!desk.is_ours(name).await, "{name} is the server's");
    }
    let answers = server.answers();
    for id in taken {
        let Some(pending) = desk.cabinet.command(id, NOW).await.unwrap() else {
            assert!(!answers.contains_key(&id), "what was taken back never left");
            continue;
        };
        let state = pending.entry.state;
        match answers.get(&id).map(|o| &o.status) {
            Some(OutcomeStatus::Applied) => assert_eq!(state, CommandState::Applied),
            Some(_) => assert!(matches!(state, CommandState::Refused | CommandState::Conflict), "{state:?}"),
            None => assert_eq!(state, CommandState::Blocked, "nothing is lost in silence"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn every_history_ends_in_what_the_server_has(steps in steps()) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run(steps));
    }
}

#[tokio::test]
async fn five_hundred_acts_wait_and_are_all_done_once() {
    let mut server = Model::with(500, 0);
    let mut desk = Desk::whole(&server).await;
    for n in 0..500 {
        desk.act("consultation.accept", json!({ "id": consultation(n).id }), &[consultation(n)]).await;
    }
    desk.restart().await;
    let lists = desk.cabinet.outbox(0, domain::time::Zone::Wib, NOW).await.unwrap();
    assert_eq!(lists.running.len(), 500);
    for _ in 0..5 {
        desk.send(&mut server, true).await;
        desk.read(&server, usize::MAX).await;
    }
    let answers = server.answers();
    assert_eq!(answers.values().filter(|o| o.status == OutcomeStatus::Applied).count(), 500);
    assert!(matches!(desk.cabinet.take_back(None, NOW).await.unwrap(), TakenBack::NotFound));
    let (_, again) = desk.try_act("consultation.accept", json!({ "id": consultation(3).id }), &[], None).await;
    assert!(matches!(again, Submission::Refused(_)));
}
