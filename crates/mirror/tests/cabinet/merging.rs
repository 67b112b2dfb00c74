//! Two clients become one at a desk: what is shown at once is what the server makes of it, whatever hangs on either; lists, search and
//! old names lead to the one who stays.

use domain::{
    id::{ClientId, NoteId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, ConsultationStatus, Order, OrderStatus},
};
use mirror::{
    Submission,
    queries::{ClientAsk, ClientOrder, TaleAsk, TaleOf},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::{
    Model,
    records::{NOW, client, client_actor, client_record, colleague, consultation, conversation, id, order, order_record, request},
};

use crate::world::{Desk, admin};

/// What a world has of the n-th client.
#[derive(Clone, Debug)]
struct Has {
    account: bool,
    phone: bool,
    email: bool,
    order: Option<OrderStatus>,
    request: Option<ConsultationStatus>,
}

fn has() -> impl Strategy<Value = Has> {
    let order = prop::option::of(prop::sample::select(vec![OrderStatus::Pending, OrderStatus::InProgress, OrderStatus::Completed]));
    let request = prop::option::of(prop::sample::select(vec![ConsultationStatus::Waiting, ConsultationStatus::Accepted]));
    (prop::bool::weighted(0.3), any::<bool>(), any::<bool>(), order, request).prop_map(|(account, phone, email, order, request)| Has {
        account,
        phone,
        email,
        order,
        request,
    })
}

fn serving(all: &[Has]) -> Model {
    let mut server = Model::with(0, 0);
    for (n, has) in (0..).zip(all) {
        let AnyRecord::Client(it) = client_record(n) else { unreachable!("a client") };
        let user_id = has.account.then(|| client_actor(n).id());
        let phone = has.phone.then(|| domain::phone::Phone::new(&format!("0812-3456-780{n}")).unwrap());
        let email = has.email.then(|| domain::name::Email::new(&format!("klien{n}@x.id")).unwrap());
        server.commit([AnyRecord::Client(Client { user_id, phone, email, ..it })]);
        if let Some(status) = &has.order {
            server.commit([AnyRecord::Order(Order { client_user: user_id, ..order_record(n, status.clone()) })]);
        }
        if has.account && has.order.is_some() {
            server.say(&client_actor(n), n, n, "Sudah sampai mana?");
        }
        if let Some(status) = &has.request {
            server.commit([request(n, status.clone())]);
        }
    }
    server
}

fn merge(kept: u64, from: u64) -> Value {
    json!({ "id": client(kept).id, "from": client(from).id })
}

fn names() -> Vec<RecordRef> {
    (0..4).flat_map(|n| [client(n), order(n), consultation(n), conversation(n)]).collect()
}

/// What this desk shows is what the server has.
async fn agrees(desk: &Desk, server: &Model) -> Result<(), TestCaseError> {
    for name in names() {
        let there = server.held(name).map(|held| (*held.record).clone());
        prop_assert_eq!(desk.shown(name).await, there, "{}", name);
    }
    Ok(())
}

async fn predicted(all: Vec<Has>, acts: Vec<(u64, u64)>) -> Result<(), TestCaseError> {
    let mut server = serving(&all);
    let mut desk = Desk::whole(&server).await;
    for (nonce, (kept, from)) in (100..).zip(acts) {
        let (_, said) = desk.try_act("client.merge", merge(kept, from), &[client(kept), client(from)], None).await;
        let outcomes = desk.send(&mut server, true).await;
        match said {
            Submission::Taken(_) => prop_assert!(outcomes.iter().all(|it| it.code.is_none()), "{outcomes:?}"),
            Submission::Refused(refusal) => {
                let outcome = server.act(&admin(), nonce, "client.merge", merge(kept, from));
                prop_assert_eq!(outcome.code, Some(refusal.code), "the server refuses for the same reason");
            }
        }
        agrees(&desk, &server).await?;
        desk.read(&server, usize::MAX).await;
        agrees(&desk, &server).await?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn what_is_shown_at_once_is_what_the_server_makes_of_it(
        all in prop::collection::vec(has(), 4),
        acts in prop::collection::vec((0..4_u64, 0..4_u64), 1..6),
    ) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(predicted(all, acts))?;
    }
}

fn plain() -> Has {
    Has { account: false, phone: true, email: true, order: Some(OrderStatus::Pending), request: None }
}

async fn listed(desk: &Desk, text: &str) -> Vec<RecordRef> {
    let ask = ClientAsk { order: ClientOrder::Name, text: text.to_owned(), limit: 50, ..ClientAsk::default() };
    let page = desk.cabinet.client_list(&ask, NOW).await.unwrap();
    page.rows.iter().map(|row| RecordRef::new(Kind::Client, row.client.id)).collect()
}

async fn all_of(desk: &Desk) -> u32 {
    desk.cabinet.client_list(&ClientAsk::default(), NOW).await.unwrap().all
}

#[tokio::test]
async fn lists_and_search_lead_to_the_one_who_stays_and_back_when_it_is_taken_back() {
    let server = serving(&[plain(), plain(), plain()]);
    let mut desk = Desk::whole(&server).await;
    assert_eq!(listed(&desk, "klien1@").await, [client(1)], "the search knows them before");
    desk.act("client.merge", merge(0, 1), &[client(0), client(1)]).await;
    assert_eq!((listed(&desk, "").await, all_of(&desk).await), (vec![client(0), client(2)], 2));
    for text in ["klien1@x.id", "0812 3456 7801", "klien ab", "klien0@"] {
        let expected = client(0);
        assert_eq!(listed(&desk, text).await, [expected], "{text}");
        let found = desk.cabinet.clients(text, 5, NOW).await.unwrap();
        assert_eq!(found.iter().map(|hit| RecordRef::new(Kind::Client, hit.client.id)).collect::<Vec<_>>(), [expected], "{text}");
    }
    let of = |n: u64| ClientId::from(client(n).id);
    assert_eq!(desk.cabinet.staying(of(1), NOW).await.unwrap(), of(0), "an old name leads to them");
    let ask = TaleAsk { client: of(0), of: TaleOf::Orders, offset: 0, limit: 10 };
    assert_eq!(desk.cabinet.tale(&ask, NOW).await.unwrap().total, 2);
    desk.cabinet.take_back(None, NOW).await.unwrap();
    assert_eq!((listed(&desk, "").await.len(), all_of(&desk).await), (3, 3));
    assert_eq!(listed(&desk, "klien1@").await, [client(1)]);
    assert_eq!(desk.cabinet.staying(of(1), NOW).await.unwrap(), of(1));
}

#[tokio::test]
async fn they_are_alike_no_more() {
    let mut server = Model::with(0, 0);
    for n in 0..2 {
        let AnyRecord::Client(it) = client_record(n) else { unreachable!("a client") };
        server.commit([AnyRecord::Client(Client { phone: domain::phone::Phone::new("081234567890").ok(), ..it })]);
    }
    let mut desk = Desk::whole(&server).await;
    let alike = async |desk: &Desk| desk.cabinet.client(client(0), &[], NOW).await.unwrap().unwrap().alike.len();
    assert_eq!(alike(&desk).await, 1);
    desk.act("client.merge", merge(0, 1), &[client(0), client(1)]).await;
    assert_eq!(alike(&desk).await, 0);
}

/// What was made without a line for one who was merged meanwhile is the one's who stays; what would have changed their record comes back.
#[tokio::test]
async fn what_waited_for_the_one_who_was_merged_meanwhile_follows_or_comes_back() {
    let mut server = serving(&[plain(), plain()]);
    let mut desk = Desk::whole(&server).await;
    let note = RecordRef::new(Kind::Note, id::<NoteId>(70_000));
    let args = json!({ "id": order(30).id, "client_id": client(1).id, "design_type": "logo", "description": "Logo kedai" });
    let made = desk.act("order.create", args, &[client(1)]).await;
    let noted = desk.act("note.add", json!({ "id": note.id, "record": client(1), "text": "Catatan" }), &[client(1)]).await;
    let edited = desk.act("client.edit", json!({ "id": client(1).id, "name": "Rani Kusuma" }), &[client(1)]).await;
    assert!(server.act(&colleague(), 9, "client.merge", merge(0, 1)).code.is_none());
    desk.read(&server, usize::MAX).await;
    let of = async |desk: &Desk, name: RecordRef| match desk.shown(name).await {
        Some(AnyRecord::Order(it)) => RecordRef::new(Kind::Client, it.client_id),
        Some(AnyRecord::Note(it)) => it.record,
        other => panic!("{name} is shown as {other:?}"),
    };
    assert_eq!((of(&desk, order(30)).await, of(&desk, note).await), (client(0), client(0)), "shown so before it is sent");
    let outcomes = desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let code = |id| outcomes.iter().find(|it| it.id == id).and_then(|it| it.code.clone());
    assert_eq!((code(made), code(noted)), (None, None));
    assert_eq!((of(&desk, order(30)).await, of(&desk, note).await), (client(0), client(0)));
    let refused = outcomes.iter().find(|it| it.id == edited).unwrap();
    assert_eq!(refused.code, Some(domain::decision::Code::Merged));
    assert_eq!(refused.details.as_ref().and_then(|it| it.record), Some(client(0)), "the one to look at is named");
}
