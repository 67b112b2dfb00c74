//! Clients: the list in both orders, whoever is found, and what happened with one.

use domain::{
    file::MediaType,
    id::{ClientId, NoteId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, ConsultationStatus, Order, OrderStatus},
    time::MINUTE,
};
use mirror::{
    TakenBack,
    queries::{ClientAsk, ClientOrder, ClientPage, ClientWhole, Tale, TaleAsk, TaleOf},
};
use serde_json::json;
use testkit::{
    Model,
    records::{
        NOW, client, client_actor, client_record, colleague, consultation, design_record, id, order, order_record, reachable, request,
    },
};

use crate::world::Desk;

fn named(n: u64, name: &str, phone: Option<&str>, email: Option<&str>) -> AnyRecord {
    let AnyRecord::Client(it) = client_record(n) else { unreachable!("a client") };
    let name = domain::name::PersonName::new(name).unwrap();
    let phone = phone.map(|phone| domain::phone::Phone::new(phone).unwrap());
    let email = email.map(|email| domain::name::Email::new(email).unwrap());
    AnyRecord::Client(Client { name, phone, email, ..it })
}

/// Four clients; the first of them asked for something, the second ordered, the third has never done anything.
fn serving() -> Model {
    let mut server = Model::with(0, 0);
    server.commit([named(0, "Rani Kusuma", Some("0812-3456-7890"), None), request(0, ConsultationStatus::Waiting)]);
    server.commit([
        named(7, "Bagus Hermawan", Some("0215551234"), Some("bagus@x.id")),
        AnyRecord::Order(order_record(7, OrderStatus::Pending)),
    ]);
    server.commit([named(3, "Agus Salim", Some("0812-3456-7890"), Some("agus@x.id"))]);
    server.commit([named(4, "Ćirić Ana", None, Some("agus@x.id"))]);
    server
}

async fn page(desk: &Desk, ask: &ClientAsk) -> ClientPage {
    desk.cabinet.client_list(ask, NOW).await.unwrap()
}
fn ask(order: ClientOrder, text: &str) -> ClientAsk {
    ClientAsk { order, text: text.to_owned(), limit: 50, ..ClientAsk::default() }
}
fn names(page: &ClientPage) -> Vec<RecordRef> {
    page.rows.iter().map(|row| RecordRef::new(Kind::Client, row.client.id)).collect()
}
async fn listed(desk: &Desk, order: ClientOrder, text: &str) -> Vec<RecordRef> {
    names(&page(desk, &ask(order, text)).await)
}
async fn whole(desk: &Desk, n: u64) -> ClientWhole {
    desk.cabinet.client(client(n), &[], NOW).await.unwrap().expect("they are here")
}
/// What is told of a client: each line's kind and id.
async fn told(desk: &Desk, n: u64, of: TaleOf) -> Vec<RecordRef> {
    let ask = TaleAsk { client: client(n).id.into(), of, offset: 0, limit: 50 };
    let page = desk.cabinet.tale(&ask, NOW).await.unwrap();
    assert_eq!(page.total as usize, page.lines.len());
    assert!(page.lines.windows(2).all(|two| two[0].0 >= two[1].0), "newest first");
    let name = |tale: &Tale| match tale {
        Tale::Request(it) => RecordRef::new(Kind::Consultation, it.id),
        Tale::Order(it) => RecordRef::new(Kind::Order, it.id),
        Tale::Talk(it) => RecordRef::new(Kind::Conversation, it.id),
        Tale::File(it) => RecordRef::new(Kind::Design, it.id),
        Tale::Note(it) => RecordRef::new(Kind::Note, it.note.id),
    };
    page.lines.iter().map(|(_, tale)| name(tale)).collect()
}

#[tokio::test]
async fn clients_are_listed_by_name_or_by_when_something_last_happened() {
    use ClientOrder::{Last, Name};
    let mut server = serving();
    let mut desk = Desk::whole(&server).await;
    assert_eq!(listed(&desk, Name, "").await, [3, 7, 4, 0].map(client), "an accent is no letter of its own");
    // Everything is of this moment but the order, which is seven minutes later; ties are told apart by id, the newest first.
    assert_eq!(listed(&desk, Last, "").await, [7, 4, 3, 0].map(client));
    let every = page(&desk, &ask(Name, "")).await;
    assert_eq!((every.total, every.all), (4, 4));
    let open: Vec<(u32, u32)> = every.rows.iter().map(|row| (row.requests, row.orders)).collect();
    assert_eq!(open, [(0, 0), (0, 1), (0, 0), (1, 0)]);
    let around = ClientAsk { around: Some(client(4).id.into()), limit: 2, ..ask(Name, "") };
    let around = page(&desk, &around).await;
    assert_eq!((names(&around), around.at, around.offset), (vec![client(7), client(4)], Some(2), 1));
    // Who asks comes first, whatever they are called.
    server.now = NOW.plus(30 * MINUTE);
    server.act(
        &colleague(),
        1,
        "consultation.request",
        json!({ "id": consultation(9).id, "client_id": client(3).id, "requested_date": "2026-11-27" }),
    );
    desk.read(&server, usize::MAX).await;
    let last = page(&desk, &ask(Last, "")).await;
    assert_eq!((names(&last)[0], last.rows[0].last, last.rows[0].requests), (client(3), NOW.plus(30 * MINUTE), 1));
    // What is gone no longer counts.
    server.lose(consultation(9));
    desk.read(&server, usize::MAX).await;
    assert_eq!(listed(&desk, Last, "").await, [7, 4, 3, 0].map(client));
}

/// What came in any order, a part at a time, is listed as if it had come at once.
#[tokio::test]
async fn the_orders_do_not_hang_on_what_came_first() {
    let server = serving();
    let at_once = Desk::whole(&server).await;
    let mut in_parts = Desk::new().await;
    in_parts.work(&server).await;
    while in_parts.walk.is_some() {
        in_parts.walk_on(&server, 1).await;
    }
    for order in [ClientOrder::Name, ClientOrder::Last] {
        assert_eq!(listed(&in_parts, order, "").await, listed(&at_once, order, "").await);
    }
    in_parts.restart().await;
    assert_eq!(listed(&in_parts, ClientOrder::Last, "").await, [7, 4, 3, 0].map(client));
}

#[tokio::test]
async fn what_was_done_here_and_taken_back_leaves_the_order_as_it_was() {
    let server = serving();
    let mut desk = Desk::whole(&server).await;
    desk.act("client.edit", json!({ "id": client(0).id, "name": "Zahra Kusuma", "phone": null }), &[]).await;
    assert_eq!(listed(&desk, ClientOrder::Name, "zahra").await, [client(0)]);
    assert_eq!(listed(&desk, ClientOrder::Name, "").await.last(), Some(&client(0)));
    assert!(whole(&desk, 3).await.alike.iter().all(|it| it.id != ClientId::from(client(0).id)), "the number is theirs no more");
    let ours = whole(&desk, 0).await;
    assert!(ours.ours && ours.server.is_some_and(|said| said.name.as_str() == "Rani Kusuma") && ours.pending.len() == 1);
    let TakenBack::Done(..) = desk.cabinet.take_back(None, NOW).await.unwrap() else { panic!("nothing has left") };
    assert_eq!(listed(&desk, ClientOrder::Name, "").await, [3, 7, 4, 0].map(client));
    assert!(!whole(&desk, 0).await.ours);
}

#[tokio::test]
async fn somebody_is_found_by_what_is_known_of_them() {
    let desk = Desk::whole(&serving()).await;
    let cases: [(&str, &[u64]); 6] = [
        ("kusuma", &[0]),
        ("0812 3456 7890", &[3, 0]),
        ("+62812-3456", &[3, 0]),
        ("agus@x.id", &[3, 7, 4]),
        ("ciric", &[4]),
        ("nobody at all", &[]),
    ];
    for (text, found) in cases {
        let expected: Vec<RecordRef> = found.iter().map(|n| client(*n)).collect();
        assert_eq!(listed(&desk, ClientOrder::Name, text).await, expected, "{text}");
    }
}

#[tokio::test]
async fn whoever_has_the_same_number_or_address_may_be_the_same_person() {
    let desk = Desk::whole(&serving()).await;
    let alike = async |n: u64| whole(&desk, n).await.alike.iter().map(|it| RecordRef::new(Kind::Client, it.id)).collect::<Vec<_>>();
    assert_eq!(alike(0).await, [client(3)]);
    assert_eq!(alike(3).await, [client(4), client(0)], "by name");
    assert_eq!(alike(7).await, []);
}

#[tokio::test]
async fn who_was_erased_comes_last_and_is_counted() {
    let mut server = serving();
    server.act(&domain::role::Actor::system(), 1, "client.erase", json!({ "id": client(3).id }));
    let desk = Desk::whole(&server).await;
    let page = page(&desk, &ask(ClientOrder::Name, "")).await;
    assert_eq!((names(&page), page.total), ([7, 4, 0, 3].map(client).to_vec(), 4));
    assert_eq!(whole(&desk, 0).await.alike, [], "nothing tells who they were");
}

#[tokio::test]
async fn what_happened_with_a_client_is_told_newest_first() {
    let mut server = Model::with(0, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    server.commit(reachable(1, OrderStatus::InProgress));
    server.commit([request(0, ConsultationStatus::Accepted)]);
    server.now = NOW.plus(5 * MINUTE);
    server.say(&client_actor(0), 1, 0, "Sudah sampai mana?");
    server.say(&client_actor(1), 2, 1, "Halo");
    server.commit([AnyRecord::Design(design_record(0, 1, MediaType::Png, b"one"))]);
    let note = |n: u64, about: RecordRef| json!({ "id": id::<NoteId>(60_000 + n), "record": about, "text": "Catatan" });
    for (n, about) in [client(0), order(0), consultation(0), client(1)].into_iter().enumerate() {
        let n = n as u64;
        server.act(&colleague(), 10 + n, "note.add", note(n, about));
    }
    let desk = Desk::whole(&server).await;
    let of = |kind: Kind, n: u64| RecordRef::new(kind, id::<domain::id::RecordId>(n));
    let design = of(Kind::Design, 70_001);
    let notes = [2, 1, 0].map(|n| of(Kind::Note, 60_000 + n));
    assert_eq!(told(&desk, 0, TaleOf::Requests).await, [consultation(0)]);
    assert_eq!(told(&desk, 0, TaleOf::Orders).await, [order(0)]);
    assert_eq!(told(&desk, 0, TaleOf::Talks).await, [RecordRef { kind: Kind::Conversation, id: order(0).id }]);
    assert_eq!(told(&desk, 0, TaleOf::Files).await, [design]);
    assert_eq!(told(&desk, 0, TaleOf::Notes).await, notes);
    let all = told(&desk, 0, TaleOf::All).await;
    assert_eq!(all.len(), 7);
    assert_eq!(whole(&desk, 0).await.counts, [1, 1, 1, 1, 3]);
    assert_eq!(whole(&desk, 0).await.notes.len(), 1, "those about the client themselves");
    let part = TaleAsk { client: client(0).id.into(), of: TaleOf::All, offset: 5, limit: 50 };
    assert_eq!(desk.cabinet.tale(&part, NOW).await.unwrap().lines.len(), 2);
    // A deleted order stands in its own list, and what belongs to it nowhere.
    let AnyRecord::Order(it) = &*server.held(order(0)).unwrap().record else { panic!("an order") };
    let deletion = domain::records::Deletion { by: testkit::records::person(2), at: NOW, reason: "Salah".to_owned() };
    server.commit([AnyRecord::Order(Order { deleted: Some(deletion), ..it.clone() })]);
    let desk = Desk::whole(&server).await;
    assert_eq!(told(&desk, 0, TaleOf::All).await.len(), 3, "the request, its note, and the note about the client");
    assert_eq!(desk.cabinet.client(client(99), &[], NOW).await.unwrap().map(|it| it.client), None);
}
