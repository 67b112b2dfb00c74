//! Orders at a desk: the list, one whole with what can be done, a number before the server has counted, and what is told of.

use bridge::{
    ErrorCode, Event, OrderDetail, OrderDetailReply, OrderFilter, Orders, OrdersExport, OrdersReply, SheetFormat, Step, Submit, Submitted,
    VerdictState,
};
use domain::{
    id::OrderId,
    record::{AnyRecord, Kind, RecordRef},
    records::{DesignType, OrderStatus},
    role::{Actor, Role},
    status::CommandState,
};
use serde_json::{Value, json};
use testkit::records::{admin, client, client_record, colleague, id, order, order_record, person};

use crate::{
    toasts::{MESSAGES, caught_up, told},
    world::{Seat, World},
};

/// A server with so many waiting orders, the first one the oldest.
fn serving(orders: u64) -> World {
    let world = World::new(1, 0);
    world.net.serve(|model| (0..orders).for_each(|n| model.commit(ordered(n))));
    world
}
/// The n-th client, and what they ordered.
fn ordered(n: u64) -> [AnyRecord; 2] {
    [client_record(n), AnyRecord::Order(order_record(n, OrderStatus::Pending))]
}
/// A desk of the customer service.
fn cs() -> Actor {
    Actor::person(person(1), vec![Role::Cs], None, None)
}
/// Somebody else does this on the server.
fn other(world: &World, n: u64, act: &str, args: Value) {
    let outcome = world.net.serve(|model| model.act(&colleague(), n, act, args.clone()));
    assert!(outcome.code.is_none(), "{act}: {outcome:?}");
}

/// Waits until the notification about this order is taken back; nothing that the desk says need follow that.
async fn taken_back(world: &World, seat: &Seat, record: RecordRef) {
    let is_so = || world.notifier.withdrawn().contains(&record.to_string());
    for _ in 0..MESSAGES {
        if is_so() {
            break;
        }
        caught_up(world, seat).await;
    }
    assert!(is_so(), "{record} is never taken back: {:?}", world.notifier.withdrawn());
}

async fn list(seat: &Seat, filter: OrderFilter) -> OrdersReply {
    seat.desk.orders(Orders { filter, offset: 0, limit: 200, around: None, shown: None }).await.unwrap()
}
fn names(reply: &OrdersReply) -> Vec<RecordRef> {
    reply.rows.iter().map(|row| RecordRef::new(Kind::Order, row.order.id)).collect()
}
async fn whole(seat: &Seat, record: RecordRef) -> OrderDetailReply {
    seat.desk.order_detail(OrderDetail { record }).await.unwrap()
}
async fn give(seat: &Seat, act: &str, args: Value, seen: Vec<RecordRef>) -> Submitted {
    seat.desk.submit(Submit { act: act.to_owned(), args, seen }).await.unwrap()
}
/// What can be done now, by the words of the rulebook: the state, and `?` behind it where a reason is wanted.
fn possible(steps: &[Step]) -> Vec<String> {
    let allowed = steps.iter().filter(|step| step.verdict == VerdictState::Allowed);
    allowed.map(|step| format!("{}{}", step.to, if step.needs_reason { "?" } else { "" })).collect()
}
fn code(verdict: &VerdictState) -> &str {
    if let VerdictState::Refused { code, .. } = verdict { code } else { "it is not refused" }
}

#[tokio::test]
async fn a_list_is_chosen_counted_and_read_as_it_was_let_in() {
    let world = serving(3);
    world.net.serve(|model| {
        let mut it = order_record(3, OrderStatus::Review);
        it.design_type = DesignType::Branding;
        model.commit([client_record(3), AnyRecord::Order(it)]);
    });
    let seat = world.whole().await;
    let all = list(&seat, OrderFilter::default()).await;
    assert_eq!((names(&all), all.total, all.counts.pending, all.counts.review), ([3, 2, 1, 0].map(order).to_vec(), 4, 3, 1));
    assert!(all.rows.iter().all(|row| row.unseen && !row.ours && row.mark.is_none()));
    let branding = OrderFilter { design_type: Some(DesignType::Branding), ..OrderFilter::default() };
    assert_eq!(names(&list(&seat, branding).await), [order(3)]);
    let text = OrderFilter { text: "ORD-202611-0001".to_owned(), status: Some(OrderStatus::Pending), ..OrderFilter::default() };
    assert_eq!(names(&list(&seat, text).await), [order(1)]);
    seat.desk.mark_seen(bridge::MarkSeen { record: order(2) }).await.unwrap();
    assert!(!list(&seat, OrderFilter::default()).await.rows[1].unseen);
    world.net.serve(|model| model.commit(ordered(9)));
    let ask = |shown, around| Orders { filter: OrderFilter::default(), offset: 0, limit: 2, around, shown };
    seat.until("a new one came", async |s| s.desk.orders(ask(Some(all.version), None)).await.unwrap().newer == 1).await;
    let kept = seat.desk.orders(ask(Some(all.version), Some(order(0)))).await.unwrap();
    assert_eq!((names(&kept), kept.at, kept.total), (vec![order(1), order(0)], Some(3), 4));
    // A row of another list is none of this one.
    let elsewhere = seat.desk.orders(ask(None, Some(client(0)))).await.unwrap();
    assert_eq!((names(&elsewhere), elsewhere.at), (vec![order(9), order(3)], None));
}

#[tokio::test]
async fn cs_moves_an_order_on_by_one_and_calls_it_off_with_a_reason() {
    let world = serving(1);
    *world.door.person.lock().unwrap() = cs();
    let seat = world.whole().await;
    seat.hold(0).await;
    let it = whole(&seat, order(0)).await;
    let acts: Vec<&str> = it.verdicts.iter().map(|v| v.act.as_str()).collect();
    let hands = ["order.claim", "order.release", "order.snooze", "order.wake"];
    let all = [&["order.edit", "order.set_note", "order.assign"][..], &hands, &["note.add"]].concat();
    assert_eq!(acts, all, "an admin alone deletes and brings back");
    let refused = it.verdicts.iter().filter(|v| v.verdict != VerdictState::Allowed);
    assert_eq!(refused.map(|v| code(&v.verdict)).collect::<Vec<_>>(), ["not_claimed", "not_snoozed"]);
    let to: Vec<&str> = it.steps.iter().map(|step| step.to.as_str()).collect();
    assert_eq!(to, ["approved", "in_progress", "review", "completed", "cancelled"], "every state but its own");
    assert_eq!(possible(&it.steps), ["approved", "cancelled?"]);
    assert_eq!(code(&it.steps[1].verdict), "not_next");
    assert_eq!(possible(&it.product_steps), ["proses"]);
    give(&seat, "order.set_product_status", json!({ "id": order(0).id, "to": "proses" }), vec![order(0)]).await;
    let it = whole(&seat, order(0)).await;
    let selesai = it.product_steps.iter().find(|step| step.to == "selesai").unwrap();
    assert_eq!(code(&selesai.verdict), "design_missing");
    give(&seat, "order.set_status", json!({ "id": order(0).id, "to": "cancelled", "reason": "Batal" }), vec![order(0)]).await;
    let it = whole(&seat, order(0)).await;
    assert_eq!(possible(&it.steps), Vec::<String>::new(), "from there an admin alone");
    assert_eq!(
        it.steps.iter().map(|step| step.to.as_str()).collect::<Vec<_>>(),
        ["pending", "approved", "in_progress", "review", "completed"]
    );
    assert_eq!(code(&it.product_steps[0].verdict), "not_open");
}

#[tokio::test]
async fn an_admin_moves_it_anywhere_with_a_reason_deletes_it_and_brings_it_back() {
    let world = serving(1);
    let seat = world.whole().await;
    seat.hold(0).await;
    let it = whole(&seat, order(0)).await;
    assert_eq!(possible(&it.steps), ["approved", "in_progress?", "review?", "completed?", "cancelled?"]);
    let verdict = |it: &OrderDetailReply, act: &str| it.verdicts.iter().find(|v| v.act == act).unwrap().verdict.clone();
    assert_eq!(verdict(&it, "order.delete"), VerdictState::Allowed);
    assert_eq!(code(&verdict(&it, "order.restore")), "not_deleted");
    assert_eq!((it.client_orders, it.client.map(|client| client.id), it.server), (1, Some(client(0).id.into()), None));
    let gone = give(&seat, "order.delete", json!({ "id": order(0).id, "reason": "Salah catat" }), vec![order(0)]).await;
    let it = whole(&seat, order(0)).await;
    assert_eq!((verdict(&it, "order.restore"), code(&verdict(&it, "order.edit")), it.client_orders), (VerdictState::Allowed, "deleted", 0));
    assert_eq!(possible(&it.steps), Vec::<String>::new());
    assert!(it.ours && it.server.is_some() && it.pending.iter().any(|act| act.id == gone.id));
    let counts = list(&seat, OrderFilter::default()).await.counts;
    assert_eq!((counts.pending, counts.deleted, counts.total()), (0, 1, 0));
    assert_eq!(names(&list(&seat, OrderFilter { deleted: true, ..OrderFilter::default() }).await), [order(0)]);
    seat.becomes(gone.id, CommandState::Applied).await;
    let missing = seat.desk.order_detail(OrderDetail { record: order(77) }).await;
    assert_eq!(missing.unwrap_err().code, ErrorCode::NotFound);
    let another = seat.desk.order_detail(OrderDetail { record: client(0) }).await;
    assert_eq!(another.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn an_order_that_was_deleted_leaves_the_desk_of_cs() {
    let world = serving(2);
    *world.door.person.lock().unwrap() = cs();
    let seat = world.whole().await;
    // As the server tells it whoever may not know of it any more.
    world.net.serve(|model| model.lose(order(1)));
    seat.until("it is gone", async |s| names(&list(s, OrderFilter::default()).await) == [order(0)]).await;
    assert_eq!(list(&seat, OrderFilter { deleted: true, ..OrderFilter::default() }).await.total, 0);
}

#[tokio::test]
async fn an_order_that_was_entered_without_a_line_has_a_number_of_its_own_until_the_server_counts() {
    let world = serving(0);
    other(&world, 1, "order.create", new_order(order(5)));
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let ids = seat.desk.new_ids(bridge::NewIds { count: 1 }).await.unwrap().ids;
    let ours = RecordRef { kind: Kind::Order, id: ids[0] };
    let made = give(&seat, "order.create", new_order(ours), Vec::new()).await;
    assert_eq!(made.prediction, bridge::Prediction::Applied);
    let number = whole(&seat, ours).await.order.number;
    assert!(number.starts_with("ORD-202611-~") && number.len() == "ORD-202611-~XXXX".len(), "{number}");
    let moved = give(&seat, "order.set_status", json!({ "id": ours.id, "to": "approved" }), vec![ours]).await;
    let row = list(&seat, OrderFilter::default()).await.rows.remove(0);
    assert_eq!((row.order.number, row.order.status, row.ours), (number, OrderStatus::Approved, true));
    assert_eq!(seat.command(made.id).await.entry.title, "Klien A");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(moved.id, CommandState::Applied).await;
    seat.until("the server's number stands", async |s| whole(s, ours).await.order.number == "ORD-202611-0002").await;
    let it = whole(&seat, ours).await;
    assert_eq!((it.order.status, it.ours, it.server), (OrderStatus::Approved, false, None));
    assert!(world.notifier.shown().is_empty(), "what this person entered is no news: {:?}", world.notifier.shown());
}

fn new_order(name: RecordRef) -> Value {
    json!({ "id": name.id, "client_id": client(0).id, "design_type": "logo", "description": "Logo kedai kopi" })
}

#[tokio::test]
async fn a_new_order_is_told_of_once_with_its_number_and_taken_back_when_somebody_takes_it_up() {
    for person in [admin(1), cs()] {
        let world = serving(1);
        *world.door.person.lock().unwrap() = person;
        let seat = world.whole().await;
        assert!(world.notifier.shown().is_empty(), "what was there before is no news");
        world.net.serve(|model| model.commit(ordered(4)));
        seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
        let toast = world.notifier.shown().remove(0);
        assert_eq!((toast.key.clone(), toast.title.as_str()), (order(4).to_string(), "Pesanan baru"));
        assert_eq!(toast.body, "\u{2068}ORD-202611-0004\u{2069}, \u{2068}Klien Ae\u{2069}.");
        let mut events = seat.desk.events();
        world.notifier.click(&toast.key);
        while events.recv().await.unwrap() != (Event::Open { record: order(4) }) {}
        other(&world, 1, "order.set_note", json!({ "id": order(4).id, "note": "Telepon dulu" }));
        caught_up(&world, &seat).await;
        assert!(world.notifier.withdrawn().is_empty(), "it waits on");
        other(&world, 2, "order.set_status", json!({ "id": order(4).id, "to": "approved" }));
        taken_back(&world, &seat, order(4)).await;
        world.net.serve(|model| model.epoch += 1);
        seat.until("a new history is here", async |s| s.status().await.complete).await;
        caught_up(&world, &seat).await;
        assert_eq!(world.notifier.shown().len(), 1, "{:?}", world.notifier.shown());
    }
}

#[tokio::test]
async fn several_orders_are_told_of_together_and_a_click_shows_their_list() {
    let world = serving(0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit((3..6).flat_map(ordered)));
    told(&world, &seat, |shown| shown.iter().any(|toast| toast.title == "3 pesanan baru")).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!(toast.key, "orders");
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Go { place: "orders".to_owned() }) {}
}

#[tokio::test]
async fn each_is_told_of_as_the_person_wants_it() {
    let world = serving(0);
    let seat = world.whole().await;
    let mut preferences = bridge::Preferences::default();
    preferences.notify.order.system = false;
    seat.desk.set_preferences(bridge::SetPreferences { preferences }).await.unwrap();
    world.net.serve(|model| model.commit(ordered(3)));
    caught_up(&world, &seat).await;
    assert!(world.notifier.shown().is_empty(), "orders are not told of: {:?}", world.notifier.shown());
}

#[tokio::test]
async fn behind_the_lock_no_name_and_no_number_is_said() {
    let world = serving(0);
    let seat = world.whole().await;
    let before = world.net.count(testkit::Op::Live);
    seat.desk.lock().await;
    crate::locked::listens(&world, &seat, before).await;
    world.net.serve(|model| model.commit(ordered(3)));
    seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.title.as_str(), toast.body.as_str()), ("Ada kabar pesanan", ""));
}

#[tokio::test]
async fn an_order_that_was_handed_over_is_told_of_and_opens() {
    let world = serving(1);
    let seat = world.whole().await;
    other(&world, 1, "order.set_status", json!({ "id": order(0).id, "to": "approved" }));
    other(&world, 2, "order.assign", json!({ "id": order(0).id, "to": id::<domain::id::UserId>(1) }));
    seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.key.clone(), toast.title.as_str()), (order(0).to_string(), "Pekerjaan diteruskan kepada Anda"));
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Open { record: order(0) }) {}
    let mine = OrderFilter { mine: true, ..OrderFilter::default() };
    assert_eq!(names(&list(&seat, mine).await), [order(0)]);
    other(&world, 3, "order.set_note", json!({ "id": order(0).id, "note": "Telepon dulu" }));
    caught_up(&world, &seat).await;
    assert!(world.notifier.withdrawn().is_empty(), "it is theirs still");
    other(&world, 4, "order.assign", json!({ "id": order(0).id, "to": null }));
    taken_back(&world, &seat, order(0)).await;
}

#[tokio::test]
async fn what_was_seen_of_an_order_is_laid_beside_what_the_server_has() {
    let world = serving(1);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let given = give(&seat, "order.set_status", json!({ "id": order(0).id, "to": "approved" }), vec![order(0)]).await;
    other(&world, 1, "order.set_status", json!({ "id": order(0).id, "to": "approved" }));
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(given.id, CommandState::Conflict).await;
    seat.until("the server's answer is here", async |s| whole(s, order(0)).await.rev == 2).await;
    let it = seat.command(given.id).await;
    assert_eq!((it.code.as_deref(), it.entry.title.as_str(), it.entry.record), (Some("not_next"), "Klien A", Some(order(0))));
    let stands = |view: &bridge::SeenView| view.order().map(|it| (it.status.clone(), view.rev));
    assert_eq!(it.seen.as_ref().and_then(stands), Some((OrderStatus::Pending, 1)));
    assert_eq!(it.current.as_ref().and_then(stands), Some((OrderStatus::Approved, 2)));
    let file = seat.desk.evidence(bridge::Evidence { id: given.id }).await.unwrap();
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&file.path).unwrap()).unwrap();
    assert_eq!(written["command"]["current"]["order"]["number"], "ORD-202611-0000");
}

#[tokio::test]
async fn a_list_is_written_out_as_it_is_sifted_and_whole() {
    // More than one part of a list has.
    let world = serving(230);
    let seat = world.whole().await;
    let export =
        async |filter: OrderFilter, format| seat.desk.orders_export(OrdersExport { filter, only: Vec::new(), format }).await.unwrap();
    let all = export(OrderFilter::default(), SheetFormat::Csv).await;
    assert_eq!((all.rows, all.more), (230, false));
    let text = std::fs::read_to_string(&all.path).unwrap();
    assert!(text.starts_with("\u{feff}\"Nomor\",\"Klien\","), "{}", &text[..200]);
    let numbers: std::collections::BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(numbers.len(), 230, "each order once");
    // Of a list those that somebody chose, wherever they stand in it.
    let only = [2, 228].map(|n| OrderId::from(order(n).id)).to_vec();
    let few = OrdersExport { filter: OrderFilter::default(), only, format: SheetFormat::Csv };
    let few = seat.desk.orders_export(few).await.unwrap();
    let text = std::fs::read_to_string(&few.path).unwrap();
    assert!(few.rows == 2 && text.contains("ORD-202611-0002") && text.contains("ORD-202611-0228"), "{text}");
    let sifted = OrderFilter { text: "ORD-202611-0001".to_owned(), ..OrderFilter::default() };
    let one = export(sifted, SheetFormat::Xlsx).await;
    assert_eq!(one.rows, 1);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&one.path).unwrap();
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let cells: Vec<String> = range.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(cells[0], "ORD-202611-0001");
    assert!(cells.contains(&order(1).id.to_string()), "the id of the record: {cells:?}");
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    let locked = seat.desk.orders_export(OrdersExport { filter: OrderFilter::default(), only: Vec::new(), format: SheetFormat::Csv }).await;
    assert_eq!(locked.unwrap_err().code, ErrorCode::NoSession, "a locked desk writes nothing out");
}
