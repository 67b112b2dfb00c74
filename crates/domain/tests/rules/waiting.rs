//! What waits for the staff: which states do, for whom, by which moment, and why.

use domain::{
    record::AnyRecord,
    records::{ConsultationStatus, Order, OrderStatus},
    time::{DAY, Day, HOUR, UtcMillis, Zone},
    waiting::{DECISION, Item, Waits, Why, waits_for},
};
use proptest::prelude::*;
use rstest::rstest;

use crate::{
    conversations,
    orders::{arrange, order_of, world},
    world::{NOW, Who, World},
};

/// Who looks.
const ME: Who = Who::Cs;

/// The order as it stands there, changed.
fn order(state: &str, change: impl FnOnce(&mut Order)) -> Order {
    let mut world = world(state);
    arrange(&mut world, change);
    order_of(&world).clone()
}
fn waits(it: &Order) -> Option<Waits> {
    waits_for(&AnyRecord::Order(it.clone()), ME.user())
}
fn today() -> Day {
    NOW.day(Zone::Wib)
}
/// Somebody does this with the order, so long after now.
fn did(it: &mut Order, after: i64, act: &str) {
    let mut line = it.history.0[0].clone();
    (line.at, line.act) = (NOW.plus(after), act.to_owned());
    it.history.push(line);
}

#[rstest]
#[case("waiting", true)]
#[case("accepted", false)]
#[case("rejected", false)]
#[case("cancelled", false)]
fn a_request_waits_until_it_is_answered(#[case] state: &str, #[case] expected: bool) {
    let world = World::with_request(ConsultationStatus::of_wire(state));
    let it = world.consultation();
    let found = waits_for(&AnyRecord::Consultation(it.clone()), ME.user());
    assert_eq!(found, expected.then_some(Waits { due: it.due_at, since: it.created_at, why: Why::Answer }));
}

#[rstest]
// What stands there, when it is wanted, whose it is, what was decided last; and why it waits, if it does.
#[case("pending", None, None, None, Some(Why::TakeUp))]
#[case("pending", Some(3), Some(Who::Admin), None, Some(Why::TakeUp))]
#[case("approved", None, None, None, None)]
#[case("approved", Some(3), None, None, Some(Why::Deadline { day: today().plus(3) }))]
#[case("approved", Some(3), Some(ME), None, Some(Why::Deadline { day: today().plus(3) }))]
#[case("approved", Some(3), Some(Who::Admin), None, None)]
#[case("in_progress", None, Some(ME), None, None)]
#[case("in_progress", Some(-2), None, None, Some(Why::Deadline { day: today().plus(-2) }))]
#[case("in_progress", Some(3), None, Some("design.request_revision"), Some(Why::Revise))]
#[case("in_progress", None, None, Some("design.request_revision"), Some(Why::Revise))]
#[case("in_progress", None, Some(Who::Admin), Some("design.request_revision"), None)]
#[case("in_progress", None, None, Some("design.submit"), None)]
#[case("in_progress", None, None, Some("order.edit"), None)]
#[case("review", Some(3), Some(ME), None, None)]
#[case("review", Some(3), Some(ME), Some("design.submit"), None)]
#[case("review", Some(3), Some(ME), Some("design.approve"), Some(Why::Complete))]
#[case("review", Some(3), Some(Who::Admin), Some("design.approve"), None)]
#[case("completed", Some(-1), Some(ME), Some("design.approve"), None)]
#[case("cancelled", Some(-1), Some(ME), None, None)]
#[case("deleted", Some(3), Some(ME), None, None)]
fn an_order_waits_for_whoever_is_to_do_something_about_it(
    #[case] state: &str,
    #[case] wanted: Option<i64>,
    #[case] whose: Option<Who>,
    #[case] last: Option<&str>,
    #[case] expected: Option<Why>,
) {
    let it = order(state, |it| {
        it.deadline = wanted.map(|days| today().plus(days));
        it.assignee = whose.map(Who::person);
        if let Some(act) = last {
            did(it, 0, act);
        }
    });
    assert_eq!(waits(&it).map(|waits| waits.why), expected);
}

#[test]
fn what_the_staff_did_since_settles_what_the_client_decided() {
    let revised = order("in_progress", |it| {
        it.deadline = None;
        did(it, 0, "design.request_revision");
    });
    assert_eq!(waits(&revised).unwrap().why, Why::Revise);
    let mut shown = revised.clone();
    did(&mut shown, HOUR, "design.submit");
    assert_eq!(waits(&shown), None, "another version was shown: now the client looks");
    let mut moved = revised;
    did(&mut moved, HOUR, "order.set_status");
    assert_eq!(waits(&moved), None, "or it was moved by hand");
}

#[test]
fn what_the_client_decided_waits_however_often_the_staff_handed_it_on() {
    let it = order("in_progress", |it| {
        did(it, 0, "design.request_revision");
        for n in 1..=60 {
            did(it, n, ["order.claim", "order.release", "order.snooze", "order.wake", "design.upload", "order.set_note"][n as usize % 6]);
        }
    });
    assert_eq!(waits(&it).map(|waits| (waits.why, waits.since)), Some((Why::Revise, NOW)));
    assert_eq!(it.history.0.len(), domain::records::History::MOST);
    assert_eq!(
        (it.history.0[0].act.as_str(), it.history.0.last().unwrap().act.as_str()),
        ("order.create", "order.claim"),
        "and the newest stays"
    );
}

#[test]
fn a_decision_waits_a_day_and_no_longer_than_the_deadline() {
    let due = |wanted: Option<i64>| {
        let it = order("in_progress", |it| {
            it.deadline = wanted.map(|days| today().plus(days));
            did(it, 0, "design.request_revision");
        });
        waits(&it).unwrap()
    };
    assert_eq!((due(None).due, due(None).since), (NOW.plus(DECISION), NOW));
    assert_eq!(due(Some(9)).due, NOW.plus(DECISION));
    assert_eq!(due(Some(0)).due, today().at(23, 59, Zone::Wib), "the deadline is earlier");
}

#[test]
fn a_deadline_ends_with_its_day_in_wib_and_waits_since_the_order_stands_there() {
    let it = order("in_progress", |it| (it.deadline, it.status_at) = (Some(today()), NOW.plus(-DAY)));
    let found = waits(&it).unwrap();
    assert_eq!((found.due, found.since), ("2026-11-25T16:59:00.000Z".parse::<UtcMillis>().unwrap(), NOW.plus(-DAY)));
}

#[test]
fn a_conversation_waits_from_its_clients_word_to_the_answer() {
    let mut world = conversations::world("spoken");
    let head = |world: &World| {
        let all = world.rows.values().filter_map(|held| Item::of((*held.record).clone()));
        all.filter_map(|item| item.conversation().cloned()).next().unwrap()
    };
    let asked = head(&world);
    let expected = Waits { due: asked.due_at.unwrap(), since: asked.waiting_since.unwrap(), why: Why::Reply };
    assert_eq!(waits_for(&AnyRecord::Conversation(asked), ME.user()), Some(expected));
    world.run(ME, NOW, conversations::send(1, "Sudah.")).unwrap();
    assert_eq!(waits_for(&AnyRecord::Conversation(head(&world)), ME.user()), None);
}

#[test]
fn what_cannot_wait_is_no_item_and_what_can_is_one() {
    let it = order("pending", |_| ());
    let item = Item::of(AnyRecord::Order(it.clone())).unwrap();
    assert_eq!((item.record(), item.order(), item.consultation()), (AnyRecord::Order(it.clone()).reference(), Some(&it), None));
    let text = serde_json::to_string(&item).unwrap();
    assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), item);
    let client = world("pending").rows.values().find_map(|held| match &*held.record {
        AnyRecord::Client(it) => Some(it.clone()),
        _ => None,
    });
    assert!(Item::of(AnyRecord::Client(client.unwrap())).is_none());
}

proptest! {
    /// Whatever an order went through, what waits is open, is not somebody else's once it is being made, and has a rank.
    #[test]
    fn what_waits_is_open_and_nobody_elses(
        status in prop::sample::select(OrderStatus::KNOWN),
        wanted in proptest::option::of(-30_i64..400),
        whose in proptest::option::of(prop::sample::select(&[Who::Cs, Who::Admin][..])),
        acts in prop::collection::vec(prop::sample::select(
            &["design.upload", "design.submit", "design.approve", "design.request_revision", "order.set_status", "order.edit"][..]
        ), 0..30),
    ) {
        let it = order("pending", |it| {
            it.status = status.clone();
            it.deadline = wanted.map(|days| today().plus(days));
            it.assignee = whose.map(Who::person);
            for (n, act) in (0..).zip(&acts) {
                did(it, n * HOUR, act);
            }
        });
        if let Some(found) = waits(&it) {
            prop_assert!(it.is_open());
            prop_assert!(it.status == OrderStatus::Pending || whose != Some(Who::Admin));
            prop_assert!(it.deadline.is_none_or(|day| it.status == OrderStatus::Pending || found.due <= day.at(23, 59, Zone::Wib)));
            prop_assert!(found.since <= NOW.plus(acts.len() as i64 * HOUR));
        }
    }
}
