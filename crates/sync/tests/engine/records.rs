//! Records, people and ids of the tests.

use domain::{
    id::{ClientId, CommandId, ConsultationId, RecordId, UserId},
    name::{Email, PersonName},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, Consultation, ConsultationStatus, History, HistoryEntry, Source, User, UserStatus},
    role::{Actor, Person, Role},
    time::{HOUR, UtcMillis, Zone},
};
use uuid::Uuid;

/// Wednesday, 25 Nov 2026, 08:00 WIB.
pub(crate) const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000);

pub(crate) fn uuid(n: u64) -> Uuid {
    Uuid::from_u128((0x019a_bf6b_9d3c << 80) | 0x7000_8000_0000_0000_0000 | u128::from(n))
}
pub(crate) fn id<T: From<RecordId>>(n: u64) -> T {
    RecordId::from_uuid(uuid(n)).into()
}
pub(crate) fn command(n: u64) -> CommandId {
    CommandId::from_uuid(uuid(1_000_000 + n))
}
pub(crate) fn consultation(n: u64) -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<ConsultationId>(1_000 + n))
}
pub(crate) fn client(n: u64) -> RecordRef {
    RecordRef::new(Kind::Client, id::<ClientId>(100_000 + n))
}
pub(crate) fn person(n: u64) -> Person {
    Person { id: id::<UserId>(n), name: PersonName::new(&format!("Admin {}", letters(n))).unwrap() }
}
pub(crate) fn admin(n: u64) -> Actor {
    Actor::person(person(n), vec![Role::Admin], None, None)
}
pub(crate) fn letters(mut n: u64) -> String {
    let mut text = String::from("A");
    while n > 0 {
        text.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
    }
    text
}
pub(crate) fn user(n: u64) -> AnyRecord {
    let Person { id, name } = person(n);
    let email = Email::new(&format!("{}@x.id", id.uuid().simple())).unwrap();
    AnyRecord::User(User { id, name, email, roles: vec![Role::Admin], status: UserStatus::Active, created_at: NOW, updated_at: NOW })
}
pub(crate) fn client_record(n: u64) -> AnyRecord {
    AnyRecord::Client(Client {
        id: id(100_000 + n),
        user_id: None,
        name: PersonName::new(&format!("Klien {}", letters(n))).unwrap(),
        phone: None,
        email: None,
        zone: Zone::Wib,
        consent: None,
        erased_at: None,
        created_at: NOW,
        updated_at: NOW,
    })
}
/// A request that waits, or one that was accepted long ago.
pub(crate) fn request(n: u64, status: ConsultationStatus) -> AnyRecord {
    let history = HistoryEntry { at: NOW, by: person(50), act: "consultation.request".to_owned(), reason: None };
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
