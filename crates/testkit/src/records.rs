//! Records, people and ids of the tests. The same number gives the same thing everywhere.

use domain::{
    file::{FileName, MediaType, Sha256},
    id::{ClientId, CommandId, ConsultationId, ConversationId, MessageId, OrderId, RecordId, UserId},
    name::{Email, PersonName},
    record::{AnyRecord, Kind, RecordRef},
    records::{
        Client, Consultation, ConsultationStatus, Design, DesignStatus, DesignType, Formers, History, HistoryEntry, Order, OrderStatus,
        Pins, ProductStatus, Source, User, UserStatus,
    },
    role::{Actor, Person, Role},
    text::Brief,
    time::{HOUR, MINUTE, UtcMillis, Zone},
};
use uuid::Uuid;

/// Wednesday, 25 Nov 2026, 08:00 WIB.
pub const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000);

/// The n-th id.
pub fn uuid(n: u64) -> Uuid {
    Uuid::from_u128((0x019a_bf6b_9d3c << 80) | 0x7000_8000_0000_0000_0000 | u128::from(n))
}
/// The n-th id of whatever kind.
pub fn id<T: From<RecordId>>(n: u64) -> T {
    RecordId::from_uuid(uuid(n)).into()
}
/// The id of the n-th command.
pub fn command(n: u64) -> CommandId {
    CommandId::from_uuid(uuid(1_000_000 + n))
}
/// The name of the n-th request.
pub fn consultation(n: u64) -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<ConsultationId>(1_000 + n))
}
/// The name of the n-th order.
pub fn order(n: u64) -> RecordRef {
    RecordRef::new(Kind::Order, id::<OrderId>(200_000 + n))
}
/// The name of the n-th client.
pub fn client(n: u64) -> RecordRef {
    RecordRef::new(Kind::Client, id::<ClientId>(100_000 + n))
}
/// The n-th person.
pub fn person(n: u64) -> Person {
    Person { id: id::<UserId>(n), name: PersonName::new(&format!("Admin {}", letters(n))).unwrap() }
}
/// The n-th person as an admin.
pub fn admin(n: u64) -> Actor {
    Actor::person(person(n), vec![Role::Admin], None, None)
}
/// The n-th client as whoever sits at their account.
pub fn client_actor(n: u64) -> Actor {
    let person = Person { id: id::<UserId>(300_000 + n), name: PersonName::new(&format!("Klien {}", letters(n))).unwrap() };
    Actor::person(person, vec![Role::Client], None, Some(client(n).id.into()))
}
/// The name of the n-th message.
pub fn message(n: u64) -> RecordRef {
    RecordRef::new(Kind::Message, id::<MessageId>(400_000 + n))
}
/// The name of the conversation about the n-th order.
pub fn conversation(n: u64) -> RecordRef {
    RecordRef::new(Kind::Conversation, ConversationId::of(order(n).id.into()))
}
/// The n-th client with an account, and their order: whoever answers can be heard.
pub fn reachable(n: u64, status: OrderStatus) -> [AnyRecord; 2] {
    let user = client_actor(n).id();
    let AnyRecord::Client(client) = client_record(n) else { unreachable!("a client") };
    let order = Order { client_user: Some(user), ..order_record(n, status) };
    [AnyRecord::Client(Client { user_id: Some(user), ..client }), AnyRecord::Order(order)]
}
/// Somebody else than the desks, who acts on the server itself.
pub fn colleague() -> Actor {
    admin(4)
}
/// A number as a word, for names.
pub fn letters(mut n: u64) -> String {
    let mut text = String::from("A");
    while n > 0 {
        text.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
    }
    text
}
/// The n-th person's record.
pub fn user(n: u64) -> AnyRecord {
    let Person { id, name } = person(n);
    let email = Email::new(&format!("{}@x.id", id.uuid().simple())).unwrap();
    AnyRecord::User(User { id, name, email, roles: vec![Role::Admin], status: UserStatus::Active, created_at: NOW, updated_at: NOW })
}
/// The n-th client.
pub fn client_record(n: u64) -> AnyRecord {
    AnyRecord::Client(Client {
        id: id(100_000 + n),
        user_id: None,
        name: PersonName::new(&format!("Klien {}", letters(n))).unwrap(),
        phone: None,
        email: None,
        zone: Zone::Wib,
        consent: None,
        erased_at: None,
        removed_at: None,
        merged_into: None,
        formers: Formers::default(),
        created_at: NOW,
        updated_at: NOW,
    })
}
/// The n-th client's request, due in an hour: one that waits, or one that was accepted long ago.
pub fn request(n: u64, status: ConsultationStatus) -> AnyRecord {
    let history = HistoryEntry { at: NOW, by: person(50), act: "consultation.request".to_owned(), reason: None, to: None };
    AnyRecord::Consultation(Consultation {
        id: id(1_000 + n),
        number: format!("KG-20261125-{n:06}"),
        client_id: id(100_000 + n),
        client_user: None,
        client_name: PersonName::new(&format!("Klien {}", letters(n))).unwrap(),
        client_zone: Zone::Wib,
        source: Source::App,
        requested_date: "2026-11-26".parse().unwrap(),
        topic: None,
        note: None,
        status,
        message: None,
        reason: None,
        due_at: NOW.plus(HOUR),
        decided_at: None,
        decided_by: None,
        claim: None,
        snooze: None,
        assignee: None,
        created_at: NOW,
        updated_at: NOW,
        history: History(vec![history]),
    })
}
/// The n-th client's order of a logo, made so many minutes after the first one.
pub fn order_record(n: u64, status: OrderStatus) -> Order {
    let history = HistoryEntry { at: NOW, by: person(50), act: "order.create".to_owned(), reason: None, to: None };
    let at = NOW.plus(i64::try_from(n).unwrap_or_default() * MINUTE);
    Order {
        id: id(200_000 + n),
        number: format!("ORD-202611-{n:04}"),
        client_id: id(100_000 + n),
        client_user: None,
        client_name: PersonName::new(&format!("Klien {}", letters(n))).unwrap(),
        client_zone: Zone::Wib,
        source: Source::App,
        design_type: DesignType::Logo,
        description: Brief::new("Logo kedai kopi").unwrap(),
        needs: None,
        deadline: None,
        budget: None,
        status,
        product_status: ProductStatus::Pending,
        staff_note: None,
        reason: None,
        versions: 0,
        current_version: None,
        shown_version: None,
        due_at: at.plus(HOUR),
        status_at: at,
        status_by: person(50),
        claim: None,
        snooze: None,
        assignee: None,
        deleted: None,
        created_at: at,
        updated_at: at,
        history: History(vec![history]),
    }
}

/// The version of this number of the `n`-th order, with these bytes, which its client was not shown yet.
#[must_use]
#[expect(clippy::expect_used, reason = "a name that is one")]
pub fn design_record(n: u64, version: i64, media_type: MediaType, bytes: &[u8]) -> Design {
    let order = order_record(n, OrderStatus::InProgress);
    Design {
        id: id(70_000 + n * 100 + u64::try_from(version).unwrap_or(0)),
        order_id: order.id,
        order_number: order.number,
        version,
        sha256: Sha256::of(bytes),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        name: FileName::new(if media_type == MediaType::Zip { "bahan.zip" } else { "logo.png" }).expect("a name"),
        media_type,
        by: person(50),
        status: DesignStatus::Uploaded,
        comment: None,
        pins: Pins::default(),
        submitted_at: None,
        reviewed_at: None,
        purged: None,
        created_at: NOW,
        updated_at: NOW,
    }
}
