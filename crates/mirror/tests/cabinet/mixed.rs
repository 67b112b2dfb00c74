//! Antrean as requests, orders and conversations wait in it beside each other: one order for all kinds, the reason with each row, and
//! what came later left out by its kind.

use domain::{
    record::{AnyRecord, Kind, RecordRef},
    records::{Order, OrderStatus},
    time::{DAY, HOUR, MINUTE, Zone},
    waiting::{Why, waits_for},
};
use mirror::queries::{InboxAsk, InboxPage, View};
use proptest::prelude::*;
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client_actor, colleague, consultation, conversation, order, person, reachable},
};

use crate::world::{Desk, admin};

fn ask(view: View) -> InboxAsk {
    InboxAsk { view, limit: 200, ..InboxAsk::default() }
}
async fn page(desk: &Desk, ask: &InboxAsk) -> InboxPage {
    desk.cabinet.inbox(ask, NOW).await.unwrap()
}
fn names(page: &InboxPage) -> Vec<RecordRef> {
    page.rows.iter().map(|row| row.item.record()).collect()
}
async fn listed(desk: &Desk, view: View) -> Vec<RecordRef> {
    names(&page(desk, &ask(view)).await)
}

/// The n-th client's order, changed.
fn commit(server: &mut Model, n: u64, status: OrderStatus, change: impl FnOnce(&mut Order)) {
    let [client, order] = reachable(n, status);
    let AnyRecord::Order(mut it) = order else { unreachable!("an order") };
    change(&mut it);
    server.commit([client, AnyRecord::Order(it)]);
}

/// Two requests due in an hour, an order that nobody has taken up, one that is late, one that is somebody else's, and a client who
/// wrote about an order that waits for nobody.
fn morning() -> Model {
    let mut server = Model::with(2, 0);
    commit(&mut server, 5, OrderStatus::Pending, |it| it.due_at = NOW.plus(30 * MINUTE));
    commit(&mut server, 6, OrderStatus::InProgress, |it| it.deadline = Some(NOW.day(Zone::Wib).plus(-1)));
    commit(&mut server, 7, OrderStatus::InProgress, |it| {
        it.deadline = Some(NOW.day(Zone::Wib));
        it.assignee = Some(person(4));
    });
    commit(&mut server, 8, OrderStatus::Review, |_| ());
    server.say(&client_actor(8), 1, 8, "Kapan selesai?");
    server
}

#[tokio::test]
async fn all_that_waits_stands_in_one_order_with_its_reason() {
    let desk = Desk::whole(&morning()).await;
    let all = page(&desk, &ask(View::Waiting)).await;
    assert_eq!(names(&all), [order(6), order(5), consultation(0), consultation(1), conversation(8)]);
    let why: Vec<Why> = all.rows.iter().filter_map(|row| row.waits.map(|waits| waits.why)).collect();
    let late = Why::Deadline { day: NOW.day(Zone::Wib).plus(-1) };
    assert_eq!(why, [late, Why::TakeUp, Why::Answer, Why::Answer, Why::Reply]);
    assert_eq!((all.groups.late, all.total), (1, 5));
    let counts = all.counts;
    assert_eq!((counts.waiting, counts.late, counts.requests, counts.orders, counts.conversations), (5, 1, 2, 2, 1));
    assert_eq!(counts.unseen, 2, "of what is new the requests: orders and conversations are counted by themselves");
    assert!(all.rows[4].unseen, "a client's word that was not read");
}

#[tokio::test]
async fn a_kind_has_a_list_of_its_own_and_only_what_is_mine_is_mine() {
    let mut server = morning();
    server.act(&colleague(), 9, "order.assign", json!({ "id": order(6).id, "to": admin().id() }));
    let desk = Desk::whole(&server).await;
    assert_eq!(listed(&desk, View::Requests).await, [consultation(0), consultation(1)]);
    assert_eq!(listed(&desk, View::Orders).await, [order(6), order(5)]);
    assert_eq!(listed(&desk, View::Conversations).await, [conversation(8)]);
    let mine = page(&desk, &ask(View::Mine)).await;
    assert_eq!((names(&mine), mine.counts.mine), (vec![order(6)], 1));
}

#[tokio::test]
async fn an_order_is_held_for_a_while_and_put_off_as_a_request_is() {
    let mut desk = Desk::whole(&morning()).await;
    desk.act("order.claim", json!({ "id": order(5).id }), &[order(5)]).await;
    let mine = page(&desk, &ask(View::Mine)).await;
    assert_eq!((names(&mine), mine.counts.mine), (vec![order(5)], 1));
    assert!(mine.rows[0].claim_ours && !mine.rows[0].ours, "the ring is ours, the state is not");
    let later = desk.cabinet.inbox(&ask(View::Mine), NOW.plus(15 * MINUTE)).await.unwrap();
    assert_eq!((names(&later), later.counts.mine), (vec![], 0), "a claim ends by itself");
    desk.act("order.snooze", json!({ "id": order(6).id, "until": NOW.plus(HOUR) }), &[order(6)]).await;
    let waiting = page(&desk, &ask(View::Waiting)).await;
    assert_eq!(names(&waiting), [order(5), consultation(0), consultation(1), conversation(8)]);
    assert_eq!((waiting.counts.orders, waiting.counts.late, waiting.counts.snoozed), (1, 0, 1));
    assert_eq!(listed(&desk, View::Snoozed).await, [order(6)]);
    let later = desk.cabinet.inbox(&ask(View::Orders), NOW.plus(HOUR)).await.unwrap();
    assert_eq!(names(&later), [order(6), order(5)], "and so does a snooze");
    desk.act("order.wake", json!({ "id": order(6).id }), &[order(6)]).await;
    assert_eq!(listed(&desk, View::Orders).await, [order(6), order(5)]);
}

#[tokio::test]
async fn what_a_colleague_wakes_comes_to_be_let_in() {
    let mut server = morning();
    server.act(&colleague(), 9, "order.snooze", json!({ "id": order(6).id, "until": NOW.plus(DAY) }));
    let mut desk = Desk::whole(&server).await;
    let before = page(&desk, &ask(View::Waiting)).await;
    server.act(&colleague(), 10, "order.wake", json!({ "id": order(6).id }));
    desk.read(&server, usize::MAX).await;
    let after = page(&desk, &InboxAsk { shown: Some(before.version), ..ask(View::Waiting) }).await;
    assert_eq!((names(&after), after.newer), (names(&before), 1), "nothing moves under the cursor");
}

#[tokio::test]
async fn a_row_of_any_kind_is_found_and_read_around() {
    let desk = Desk::whole(&morning()).await;
    let found = page(&desk, &InboxAsk { text: "kapan selesai".to_owned(), ..ask(View::Waiting) }).await;
    assert_eq!((names(&found), found.total), (vec![conversation(8)], 1));
    for (n, name) in (0..).zip([order(6), order(5), consultation(0), consultation(1), conversation(8)]) {
        let around = page(&desk, &InboxAsk { around: Some(name), limit: 1, ..ask(View::Waiting) }).await;
        assert_eq!((around.at, names(&around)), (Some(n), vec![name]));
    }
    let other = page(&desk, &InboxAsk { around: Some(order(8)), limit: 1, ..ask(View::Waiting) }).await;
    assert_eq!(other.at, None, "its order does not wait, though it has the conversation's id");
}

#[tokio::test]
async fn what_begins_to_wait_is_counted_and_left_out_and_takes_no_other_kind_along() {
    let mut server = morning();
    let mut desk = Desk::whole(&server).await;
    let before = page(&desk, &ask(View::Waiting)).await;
    let shown = InboxAsk { shown: Some(before.version), ..ask(View::Waiting) };
    // A client writes about an order that stands in the list already.
    server.say(&client_actor(5), 2, 5, "Halo?");
    desk.read(&server, usize::MAX).await;
    let after = page(&desk, &shown).await;
    assert_eq!((names(&after), after.newer), (names(&before), 1), "the order keeps its place");
    assert_eq!(after.counts.conversations, 2);
    // What only changes does not leave its place.
    server.act(&colleague(), 10, "order.edit", json!({ "id": order(6).id, "description": "Logo baru" }));
    desk.read(&server, usize::MAX).await;
    assert_eq!(page(&desk, &shown).await.newer, 1);
    let let_in = page(&desk, &ask(View::Waiting)).await;
    assert!(names(&let_in).contains(&conversation(5)) && let_in.newer == 0);
}

#[tokio::test]
async fn what_is_answered_taken_up_or_deleted_leaves() {
    let mut server = morning();
    let mut desk = Desk::whole(&server).await;
    desk.act("order.set_status", json!({ "id": order(5).id, "to": "approved" }), &[order(5)]).await;
    assert!(!listed(&desk, View::Waiting).await.contains(&order(5)), "what was taken up waits no more");
    server.act(
        &colleague(),
        11,
        "message.send",
        json!({ "id": domain::id::MessageId::from(testkit::records::message(77).id), "order_id": order(8).id, "text": "Besok" }),
    );
    desk.read(&server, usize::MAX).await;
    assert!(!listed(&desk, View::Waiting).await.contains(&conversation(8)));
    server.say(&client_actor(8), 3, 8, "Baik, saya tunggu");
    desk.read(&server, usize::MAX).await;
    assert!(listed(&desk, View::Waiting).await.contains(&conversation(8)));
    desk.act("order.delete", json!({ "id": order(8).id, "reason": "Pesanan ganda" }), &[order(8)]).await;
    let left = page(&desk, &ask(View::Waiting)).await;
    assert!(!names(&left).contains(&conversation(8)), "about a deleted order nobody waits");
    assert_eq!((left.total, left.counts.waiting, left.counts.conversations), (3, 3, 0));
}

#[tokio::test]
async fn a_decision_of_a_client_brings_an_order_back() {
    let mut server = Model::with(0, 0);
    commit(&mut server, 3, OrderStatus::Review, |_| ());
    let mut desk = Desk::whole(&server).await;
    assert!(listed(&desk, View::Waiting).await.is_empty());
    commit(&mut server, 3, OrderStatus::InProgress, |it| {
        let mut line = it.history.0[0].clone();
        (line.at, line.act) = (NOW, "design.request_revision".to_owned());
        it.history.push(line);
    });
    desk.read(&server, usize::MAX).await;
    let rows = page(&desk, &ask(View::Waiting)).await.rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].waits.map(|waits| (waits.why, waits.due)), Some((Why::Revise, NOW.plus(DAY))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever waits, the list has it where the rulebook ranks it.
    #[test]
    fn the_order_of_the_list_is_the_rulebooks(
        orders in prop::collection::vec((prop::sample::select(OrderStatus::KNOWN), -3_i64..5, -5_i64..30, any::<bool>()), 0..12),
    ) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let mut server = Model::with(3, 0);
            for (n, (status, days, hours, writes)) in (10..).zip(orders) {
                commit(&mut server, n, status, |it| {
                    it.deadline = (days != 0).then(|| NOW.day(Zone::Wib).plus(days));
                    it.due_at = NOW.plus(hours * HOUR);
                });
                if writes {
                    server.say(&client_actor(n), n, n, "Halo");
                }
            }
            let me = admin().id();
            let mut expected: Vec<_> = server
                .visible(&admin())
                .into_iter()
                .filter_map(|(name, held)| Some((waits_for(&held.record, me)?, name)))
                .map(|(waits, name)| (waits.due, waits.since, name.id, name.kind.code(), name))
                .collect();
            expected.sort();
            let expected: Vec<RecordRef> = expected.into_iter().map(|(.., name)| name).collect();
            let desk = Desk::whole(&server).await;
            let all = page(&desk, &ask(View::Waiting)).await;
            assert_eq!(names(&all), expected);
            assert_eq!(all.counts.waiting, all.total);
            let of = |kind| u32::try_from(expected.iter().filter(|name| name.kind == kind).count()).unwrap();
            let counts = (of(Kind::Consultation), of(Kind::Order), of(Kind::Conversation));
            assert_eq!((all.counts.requests, all.counts.orders, all.counts.conversations), counts);
        });
    }
}
