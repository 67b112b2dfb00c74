//! Orders: the list and its places, one order whole, and the number that a desk shows until the server has counted.

use domain::{
    id::{NoteId, UserId},
    record::{AnyRecord, Kind, RecordRef},
    records::{DesignType, Order, OrderStatus},
    status::CommandState,
    time::Zone,
};
use mirror::queries::{OrderAsk, OrderPage};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, client_record, colleague, id, order, order_record},
};

use crate::world::{Desk, admin};

fn ask() -> OrderAsk {
    OrderAsk { limit: 50, ..OrderAsk::default() }
}

async fn page(desk: &Desk, ask: &OrderAsk) -> OrderPage {
    desk.cabinet.orders(ask, NOW).await.unwrap()
}

fn names(page: &OrderPage) -> Vec<RecordRef> {
    page.rows.iter().map(|row| RecordRef::new(Kind::Order, row.order.id)).collect()
}

async fn listed(desk: &Desk, ask: &OrderAsk) -> Vec<RecordRef> {
    names(&page(desk, ask).await)
}

/// A server with a client and an order for each of these.
fn serving(orders: impl IntoIterator<Item = Order>) -> Model {
    let mut server = Model::with(0, 0);
    for it in orders {
        let n = it.id.uuid().as_u128() & 0xff_ffff;
        server.commit([client_record(u64::try_from(n).unwrap() - 200_000), AnyRecord::Order(it)]);
    }
    server
}

/// Orders in these states, the first one the oldest.
fn in_states(states: &[OrderStatus]) -> Vec<Order> {
    (0..).zip(states).map(|(n, status)| order_record(n, status.clone())).collect()
}

async fn whole(desk: &Desk, name: RecordRef) -> mirror::queries::OrderWhole {
    desk.cabinet.order(name, &[], NOW).await.unwrap().expect("it is here")
}

#[tokio::test]
async fn a_desk_shows_a_number_of_its_own_until_the_server_has_counted() {
    let mut server = Model::with(1, 0);
    server.act(&colleague(), 1, "order.create", created(order(1)));
    let mut desk = Desk::whole(&server).await;
    assert_eq!(whole(&desk, order(1)).await.order.number, "ORD-202611-0001");
    desk.act("order.create", created(order(2)), &[]).await;
    // Whatever is here, no desk holds a counter, so it does not count on.
    let ours = whole(&desk, order(2)).await;
    let letters = ours.order.number.strip_prefix("ORD-202611-~").expect("it is provisional");
    assert!(letters.len() == 4 && !ours.order.has_real_number() && ours.ours && ours.rev == 0, "{ours:?}");
    assert_eq!(listed(&desk, &ask()).await, [order(2), order(1)]);
    // What follows on it waits behind it.
    let moved = desk.act("order.set_status", json!({ "id": order(2).id, "to": "approved" }), &[order(2)]).await;
    assert_eq!(whole(&desk, order(2)).await.order.status, OrderStatus::Approved);
    let version = page(&desk, &ask()).await.version;
    // A colleague was first: the next number is theirs.
    server.act(&colleague(), 2, "order.create", created(order(3)));
    assert!(desk.send(&mut server, true).await.iter().all(|outcome| outcome.code.is_none()));
    desk.read(&server, usize::MAX).await;
    let said = whole(&desk, order(2)).await;
    assert_eq!((said.order.number.as_str(), said.order.status), ("ORD-202611-0003", OrderStatus::Approved));
    assert!(!said.ours && said.server.is_none() && said.rev == 2);
    assert_eq!(desk.state(moved).await, CommandState::Applied);
    let shown = page(&desk, &OrderAsk { shown: Some(version), ..ask() }).await;
    assert_eq!((names(&shown), shown.newer), (vec![order(2), order(1)], 1), "one's own keeps its place, the colleague's is counted");
}

fn created(name: RecordRef) -> serde_json::Value {
    json!({ "id": name.id, "client_id": client(0).id, "design_type": "logo", "description": "Logo kedai kopi" })
}

#[tokio::test]
async fn a_list_has_what_was_chosen_newest_first() {
    use OrderStatus::{Approved, Cancelled, Completed, InProgress, Pending, Review};
    let mut all = in_states(&[Pending, Approved, InProgress, Review, Completed, Cancelled, Pending, Pending]);
    all[6].design_type = DesignType::UiUx;
    all[7].design_type = DesignType::Unknown("jingle".to_owned());
    let mut server = serving(all);
    server.act(&colleague(), 1, "order.assign", json!({ "id": order(3).id, "to": admin().id() }));
    server.act(&colleague(), 2, "order.delete", json!({ "id": order(0).id, "reason": "Salah catat" }));
    let mut desk = Desk::whole(&server).await;
    // Whoever only holds one for a while was given nothing.
    desk.act("order.claim", json!({ "id": order(2).id }), &[]).await;
    let every = page(&desk, &ask()).await;
    assert_eq!(names(&every), [7, 6, 5, 4, 3, 2, 1].map(order));
    assert!(every.rows[5].claim_ours && !every.rows[5].ours && !every.rows[4].claim_ours);
    let counts = every.counts;
    let of = [counts.pending, counts.approved, counts.in_progress, counts.review, counts.completed, counts.cancelled, counts.deleted];
    assert_eq!((every.total, of), (7, [2, 1, 1, 1, 1, 1, 1]));
    assert!(every.rows[0].unseen && !every.rows[2].unseen, "what is over need not be looked at");
    let cases = [
        (OrderAsk { status: Some(Pending), ..ask() }, vec![order(7), order(6)]),
        (OrderAsk { design_type: Some(DesignType::Logo), ..ask() }, [5, 4, 3, 2, 1].map(order).to_vec()),
        (OrderAsk { design_type: Some(DesignType::UiUx), status: Some(Pending), ..ask() }, vec![order(6)]),
        (OrderAsk { design_type: Some(DesignType::UiUx), status: Some(Review), ..ask() }, vec![]),
        (OrderAsk { mine: true, ..ask() }, vec![order(3)]),
        (OrderAsk { mine: true, text: "kopi".to_owned(), ..ask() }, vec![order(3)]),
        (OrderAsk { deleted: true, ..ask() }, vec![order(0)]),
        (OrderAsk { deleted: true, status: Some(Approved), ..ask() }, vec![]),
    ];
    for (ask, expected) in cases {
        let page = page(&desk, &ask).await;
        assert_eq!((names(&page), page.total as usize, page.counts), (expected.clone(), expected.len(), counts), "{ask:?}");
    }
    let around = page(&desk, &OrderAsk { around: Some(order(3)), limit: 2, ..ask() }).await;
    assert_eq!((names(&around), around.at, around.offset), (vec![order(4), order(3)], Some(4), 3));
}

#[tokio::test]
async fn what_came_later_is_counted_and_what_only_moved_on_stays() {
    let mut server = serving(in_states(&[OrderStatus::Pending, OrderStatus::Approved]));
    let mut desk = Desk::whole(&server).await;
    let version = page(&desk, &ask()).await.version;
    let mut third = order_record(2, OrderStatus::Pending);
    third.created_at = NOW.plus(-1);
    server.commit([client_record(2), AnyRecord::Order(third)]);
    server.act(&colleague(), 1, "order.set_status", json!({ "id": order(0).id, "to": "approved" }));
    desk.read(&server, usize::MAX).await;
    let all = OrderAsk { shown: Some(version), ..ask() };
    let page_now = page(&desk, &all).await;
    assert_eq!((names(&page_now), page_now.newer, page_now.total), (vec![order(1), order(0)], 1, 2));
    assert_eq!(page_now.rows[1].order.status, OrderStatus::Approved, "a row that moved on is shown as it is");
    // Into the list of those that will be made it came now.
    let approved = page(&desk, &OrderAsk { status: Some(OrderStatus::Approved), ..all.clone() }).await;
    assert_eq!((names(&approved), approved.newer, approved.total), (vec![order(1)], 1, 1));
    // The same of what a text finds.
    let found = page(&desk, &OrderAsk { text: "kopi".to_owned(), ..all }).await;
    assert_eq!((names(&found), found.newer, found.total), (vec![order(1), order(0)], 1, 2));
    let let_in = page(&desk, &OrderAsk { shown: Some(page_now.version), ..ask() }).await;
    assert_eq!((names(&let_in), let_in.newer), (vec![order(1), order(0), order(2)], 0), "by when they were made");
}

#[tokio::test]
async fn texts_find_numbers_names_what_is_wanted_and_telephones_with_a_mistake_forgiven() {
    let mut all = in_states(&[OrderStatus::Pending, OrderStatus::Completed, OrderStatus::Pending]);
    all[1].needs = Some(domain::text::Brief::new("Kartu nama dan kop surat").unwrap());
    let mut server = serving(all);
    let edit = json!({ "id": client(2).id, "name": "Rani Kusumawardani", "phone": "0812-3456-7890" });
    assert!(server.act(&colleague(), 1, "client.edit", edit).code.is_none());
    let mut desk = Desk::whole(&server).await;
    for (text, n) in [("ORD-202611-0001", 1), ("kop surat", 1), ("kusumawardhani", 2), ("0812 3456", 2), ("+62812", 2)] {
        assert_eq!(listed(&desk, &OrderAsk { text: text.to_owned(), ..ask() }).await, [order(n)], "{text}");
        let elsewhere = OrderAsk { text: text.to_owned(), deleted: true, ..ask() };
        assert!(listed(&desk, &elsewhere).await.is_empty(), "{text}");
    }
    assert_eq!(listed(&desk, &OrderAsk { text: "kedai".to_owned(), limit: 1, offset: 1, ..ask() }).await, [order(1)]);
    desk.act("order.edit", json!({ "id": order(0).id, "description": "Poster bazar" }), &[]).await;
    assert_eq!(listed(&desk, &OrderAsk { text: "bazar".to_owned(), ..ask() }).await, [order(0)], "as it is shown");
}

#[tokio::test]
async fn a_held_step_keeps_the_row_in_its_list_until_the_hold_ends() {
    let server = serving(in_states(&[OrderStatus::Pending, OrderStatus::Pending]));
    let mut desk = Desk::whole(&server).await;
    let (hold, _) = desk.try_act("order.set_status", json!({ "id": order(1).id, "to": "approved" }), &[], Some(8_000)).await;
    let pending = OrderAsk { status: Some(OrderStatus::Pending), ..ask() };
    let held = page(&desk, &pending).await;
    assert_eq!(names(&held), [order(1), order(0)]);
    assert!(held.rows[0].ours && held.rows[0].mark.is_some_and(|(_, id)| id == hold));
    assert_eq!(held.rows[0].order.status, OrderStatus::Approved);
    desk.cabinet.release_holds(None, NOW).await.unwrap();
    assert_eq!(listed(&desk, &pending).await, [order(0)]);
    assert_eq!(page(&desk, &pending).await.counts.approved, 1);
}

#[tokio::test]
async fn an_order_whole_has_its_client_their_orders_and_its_notes() {
    let (mut first, mut second) = (order_record(1, OrderStatus::Pending), order_record(2, OrderStatus::Cancelled));
    for it in [&mut first, &mut second] {
        it.client_id = client(0).id.into();
    }
    let mut server = serving([order_record(0, OrderStatus::Pending), first, second]);
    server.act(&colleague(), 1, "note.add", json!({ "id": id::<NoteId>(8_001), "record": order(0), "text": "Minta warna hangat" }));
    let mut desk = Desk::whole(&server).await;
    desk.act("order.delete", json!({ "id": order(2).id, "reason": "Salah catat" }), &[]).await;
    desk.act("note.add", json!({ "id": id::<NoteId>(8_002), "record": order(0), "text": "Sudah ditelepon" }), &[]).await;
    let moved = desk.act("order.set_status", json!({ "id": order(0).id, "to": "approved" }), &[]).await;
    let it = whole(&desk, order(0)).await;
    assert_eq!((it.order.status, it.ours, it.rev, it.client_orders), (OrderStatus::Approved, true, 1, 2));
    assert_eq!(it.server.map(|said| said.status), Some(OrderStatus::Pending));
    assert_eq!(it.client.map(|client| client.id), Some(client(0).id.into()));
    assert_eq!(
        it.notes.iter().map(|n| (n.note.text.as_str(), n.ours)).collect::<Vec<_>>(),
        [("Minta warna hangat", false), ("Sudah ditelepon", true)]
    );
    assert_eq!(it.pending.last().map(|p| (p.entry.id, p.entry.title.as_str())), Some((moved, "Klien A")));
    let gone = whole(&desk, order(2)).await;
    assert!(gone.ours && gone.order.deleted.is_some(), "that it was deleted is ours alone yet");
    assert!(desk.cabinet.order(order(77), &[], NOW).await.unwrap().is_none());
    let not_one = RecordRef { kind: Kind::Client, id: client(0).id };
    assert!(desk.cabinet.order(not_one, &[], NOW).await.unwrap().is_none());
}

#[tokio::test]
async fn a_client_who_is_corrected_is_so_in_their_orders_at_once() {
    let server = serving(in_states(&[OrderStatus::Pending, OrderStatus::Completed]));
    let mut desk = Desk::whole(&server).await;
    desk.act("client.edit", json!({ "id": client(1).id, "name": "Made Ayu Lestari" }), &[]).await;
    assert_eq!(listed(&desk, &OrderAsk { text: "made ayu".to_owned(), ..ask() }).await, [order(1)]);
    desk.act("order.assign", json!({ "id": order(0).id, "to": id::<UserId>(1) }), &[]).await;
    assert_eq!(listed(&desk, &OrderAsk { mine: true, ..ask() }).await, [order(0)]);
}

#[tokio::test]
async fn an_order_counts_as_new_until_it_is_looked_at_or_taken_up() {
    let pending = OrderStatus::Pending;
    let server = serving(in_states(&[pending.clone(), pending.clone(), pending, OrderStatus::Review]));
    let mut desk = Desk::whole(&server).await;
    let new = async |desk: &Desk| desk.cabinet.counts(Zone::Wib, NOW).await.unwrap().new_orders;
    assert_eq!(new(&desk).await, 3, "one that is being made is nobody's news");
    desk.cabinet.mark_looked(order(0), NOW).await.unwrap();
    assert_eq!(new(&desk).await, 2);
    desk.act("order.set_status", json!({ "id": order(1).id, "to": "approved" }), &[order(1)]).await;
    assert_eq!(new(&desk).await, 1);
    desk.act("order.delete", json!({ "id": order(2).id, "reason": "Pesanan ganda" }), &[order(2)]).await;
    assert_eq!(new(&desk).await, 0);
}
