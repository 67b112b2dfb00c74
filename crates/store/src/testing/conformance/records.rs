//! Records by name, by lookup, and the guards of their writing.

use domain::{
    decision::{Code, Refusal},
    facts::{Contacts, Lookup},
    file::Sha256,
    name::Email,
    phone::Phone,
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{Client, Consultation, ConsultationStatus, Counter, ImportMade, ImportPart, Order, RefusedRow, RefusedRows},
    role::Role,
};

use super::Fixture;
use crate::{
    Result, StoreError,
    testing::{
        every::{HOSTILE, every_kind},
        sample::{
            Draft, NOW, client, client_id, commit, consultation, consultation_id, conversation, counter, deleted, design, file,
            import_part, message, named, note, notification, order, purged, read_mark, setting, user, user_id, uuid, with_files,
        },
    },
};

/// Writes every kind of record with this text.
async fn write_every_kind(f: &Fixture, text: &str) -> Vec<AnyRecord> {
    let records = every_kind(text);
    commit(f.store.as_ref(), |draft| {
        records.iter().for_each(|record| {
            draft.put(record.clone(), None);
        });
    })
    .await
    .unwrap();
    records
}

/// All fields of all kinds, with texts that break what is not careful.
pub async fn records_come_back_as_they_were_written(f: &Fixture) {
    let mut base = None;
    for text in HOSTILE {
        let records = every_kind(text);
        commit(f.store.as_ref(), |draft| {
            records.iter().for_each(|record| {
                draft.put(record.clone(), base);
            })
        })
        .await
        .unwrap();
        base = Some(base.unwrap_or(0) + 1);
        let refs: Vec<RecordRef> = records.iter().map(AnyRecord::reference).collect();
        let found = f.snapshot().await.records(&refs).await.unwrap();
        assert_eq!(found.len(), records.len());
        for (stored, record) in found.iter().zip(&records) {
            assert_eq!(*stored.held.record, *record);
            assert_eq!(Some(stored.held.rev), base);
        }
        let seqs: Vec<i64> = found.iter().map(|stored| stored.seq).collect();
        assert!(seqs.is_sorted(), "each has the number of its last write: {seqs:?}");
    }
}

/// Byte for byte, for every kind and every text: a desk keeps these bytes.
pub async fn bodies_are_what_serde_makes(f: &Fixture) {
    let mut base = None;
    for text in HOSTILE {
        let records = every_kind(text);
        commit(f.store.as_ref(), |draft| {
            records.iter().for_each(|record| {
                draft.put(record.clone(), base);
            })
        })
        .await
        .unwrap();
        base = Some(base.unwrap_or(0) + 1);
        let refs: Vec<RecordRef> = records.iter().map(AnyRecord::reference).collect();
        let mut now = f.snapshot().await;
        let (bodies, stored) = (now.bodies(&refs).await.unwrap(), now.records(&refs).await.unwrap());
        assert_eq!(bodies.len(), records.len());
        for ((body, stored), record) in bodies.iter().zip(&stored).zip(&records) {
            assert_eq!(body.json, record.to_json().unwrap());
            assert_eq!((body.record, body.rev, body.seq), (record.reference(), stored.held.rev, stored.seq));
        }
    }
}

/// The order of the question, each once, and what does not exist is left out.
pub async fn asking_in_any_order_gives_that_order(f: &Fixture) {
    write_every_kind(f, "Rani").await;
    let asked = [
        named(Kind::Note, 2),
        named(Kind::User, 1),
        named(Kind::Note, 9),
        named(Kind::Note, 1),
        named(Kind::User, 1),
        named(Kind::Consultation, 2),
        named(Kind::Client, 2),
    ];
    let expected = [asked[0], asked[1], asked[3], asked[5], asked[6]];
    let mut now = f.snapshot().await;
    let records: Vec<RecordRef> = now.records(&asked).await.unwrap().iter().map(|stored| stored.held.record.reference()).collect();
    assert_eq!(records, expected);
    let bodies: Vec<RecordRef> = now.bodies(&asked).await.unwrap().iter().map(|body| body.record).collect();
    assert_eq!(bodies, expected);
    assert!(now.records(&[]).await.unwrap().is_empty());
}

/// The lock is doubled by the guard on the revision.
pub async fn a_write_that_was_overtaken_is_refused(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        draft.put(client(1, None).any(), None).put(client(2, None).any(), None);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(client(2, None).any(), Some(1));
    })
    .await
    .unwrap();
    let late = commit(f.store.as_ref(), |draft| {
        draft.put(client(1, None).any(), Some(1)).put(client(2, None).any(), Some(1));
    })
    .await;
    let second = named(Kind::Client, 2).to_string();
    assert!(matches!(&late, Err(StoreError::Overtaken { record, rev: 1 }) if *record == second), "{late:?}");
    let missing = commit(f.store.as_ref(), |draft| {
        draft.put(client(3, None).any(), Some(4));
    })
    .await;
    assert!(matches!(&missing, Err(StoreError::Overtaken { rev: 4, .. })), "{missing:?}");
    let found = f.snapshot().await.records(&[named(Kind::Client, 1)]).await.unwrap();
    assert_eq!(found[0].held.rev, 1, "nothing of the refused batch was written");
}

/// An id is given once.
pub async fn a_record_is_made_once(f: &Fixture) {
    write_every_kind(f, "Rani").await;
    for record in every_kind("Sari") {
        let again = commit(f.store.as_ref(), |draft| {
            draft.put(record, None);
        })
        .await;
        assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
    }
}

async fn refused(f: &Fixture, record: AnyRecord, why: &str) {
    let answer: Result<i64> = commit(f.store.as_ref(), |draft| {
        draft.put(record, None);
    })
    .await;
    assert!(matches!(answer, Err(StoreError::Constraint(_))), "{why}: {answer:?}");
}

fn decided(it: Consultation) -> Consultation {
    Consultation { status: ConsultationStatus::Accepted, ..it }
}

/// The second lock behind the rules: address, account of a client, numbers, one waiting request, one counter for what is counted.
pub async fn what_is_unique_stays_unique(f: &Fixture) {
    let (one, two) = (client(1, Some(1)), client(2, None));
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(one.clone().any(), None).put(two.clone().any(), None);
        draft.put(consultation(1, &one).any(), None).put(order(1, &one).any(), None).put(counter(1).any(), None);
        draft.put(message(1, &order(1, &one), 1).any(), None);
    })
    .await
    .unwrap();
    let same_address = domain::records::User { email: user(1, &[]).email, ..user(2, &[]) };
    refused(f, same_address.any(), "one account for an address").await;
    refused(f, Client { user_id: Some(user_id(1)), ..client(3, None) }.any(), "one client for an account").await;
    let same_number = Consultation { number: consultation(1, &one).number, ..consultation(2, &two) };
    refused(f, same_number.any(), "one consultation for a number").await;
    refused(f, consultation(3, &one).any(), "one waiting request for a client").await;
    refused(f, Order { number: order(1, &one).number, ..order(2, &two) }.any(), "one order for a number").await;
    refused(f, Counter { name: counter(1).name, ..counter(2) }.any(), "one counter for a name").await;
    refused(f, message(2, &order(1, &one), 1).any(), "one message in a place").await;
    commit(f.store.as_ref(), |draft| {
        draft.put(decided(consultation(3, &one)).any(), None).put(consultation(4, &two).any(), None);
        draft.put(order(2, &one).any(), None).put(counter(2).any(), None);
        draft.put(message(2, &order(1, &one), 2).any(), None).put(message(3, &order(2, &one), 1).any(), None);
    })
    .await
    .unwrap();
}

/// A request is cancelled and another one entered in one commit.
pub async fn what_is_given_up_is_free_in_the_same_batch(f: &Fixture) {
    let of = client(1, None);
    commit(f.store.as_ref(), |draft| {
        draft.put(of.clone().any(), None).put(consultation(1, &of).any(), None);
    })
    .await
    .unwrap();
    commit(f.store.as_ref(), |draft| {
        draft.put(consultation(2, &of).any(), None).put(decided(consultation(1, &of)).any(), Some(1));
    })
    .await
    .unwrap();
    let waiting = f.snapshot().await.lookup(&Lookup::WaitingOf(of.id)).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].record.reference(), named(Kind::Consultation, 2));
}

/// Two clients become one, in a commit in which the one who stays answers a request as well: the account and the place of the one waiting
/// request are given up and taken, in whatever order the records come.
pub async fn what_changes_hands_does_so_in_one_batch(f: &Fixture) {
    let (kept, from) = (client(1, None), client(2, Some(1)));
    let [theirs, other] = [consultation(1, &kept), consultation(2, &from)];
    commit(f.store.as_ref(), |draft| {
        draft.put(user(1, &[Role::Client]).any(), None).put(kept.clone().any(), None).put(from.clone().any(), None);
        draft.put(theirs.clone().any(), None).put(other.clone().any(), None);
    })
    .await
    .unwrap();
    let merged = Client { user_id: None, merged_into: Some(kept.id), ..from.clone() };
    let whole = Client { user_id: from.user_id, ..kept.clone() };
    let moved = Consultation { client_id: kept.id, client_user: whole.user_id, ..other };
    commit(f.store.as_ref(), |draft| {
        draft.put(whole.clone().any(), Some(1)).put(merged.clone().any(), Some(1));
        draft.put(moved.clone().any(), Some(1)).put(decided(theirs.clone()).any(), Some(1));
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let waiting = now.lookup(&Lookup::WaitingOf(kept.id)).await.unwrap();
    assert_eq!(waiting.iter().map(|held| held.record.reference()).collect::<Vec<_>>(), [named(Kind::Consultation, 2)]);
    let of_user = now.lookup(&Lookup::ClientOfUser(user_id(1))).await.unwrap();
    assert_eq!(of_user.iter().map(|held| &*held.record).collect::<Vec<_>>(), [&whole.any()]);
    assert_eq!(*now.records(&[merged.clone().any().reference()]).await.unwrap()[0].held.record, merged.any());
}

/// A record cannot name an account or a client that does not exist; in one batch the order does not matter.
pub async fn what_is_named_must_be_there(f: &Fixture) {
    refused(f, client(1, Some(1)).any(), "the account is missing").await;
    refused(f, consultation(1, &client(1, None)).any(), "the client is missing").await;
    refused(f, order(1, &client(1, None)).any(), "the client is missing").await;
    refused(f, notification(1, 1, named(Kind::Client, 1)).any(), "the person is missing").await;
    let about = order(1, &client(1, Some(1)));
    refused(f, conversation(&about, 1).any(), "the client is missing").await;
    refused(f, message(1, &about, 1).any(), "the order is missing").await;
    refused(f, read_mark(1, 1, &about).any(), "person and conversation are missing").await;
    commit(f.store.as_ref(), |draft| {
        draft.put(read_mark(1, 1, &about).any(), None).put(message(1, &about, 1).any(), None).put(conversation(&about, 1).any(), None);
        draft.put(order(1, &client(1, Some(1))).any(), None).put(consultation(1, &client(1, Some(1))).any(), None);
        draft.put(client(1, Some(1)).any(), None).put(user(1, &[Role::Client]).any(), None);
    })
    .await
    .unwrap();
}

/// Records of every kind that a lookup can ask for: of two clients, and about this request.
fn of_two(one: &Client, two: &Client, about: RecordRef) -> Vec<AnyRecord> {
    vec![
        user(1, &[Role::Client]).any(),
        user(2, &[Role::Admin]).any(),
        one.clone().any(),
        two.clone().any(),
        consultation(4, one).any(),
        decided(consultation(1, one)).any(),
        decided(consultation(3, one)).any(),
        consultation(2, two).any(),
        order(3, one).any(),
        deleted(order(1, one)).any(),
        order(2, two).any(),
        counter(1).any(),
        conversation(&order(3, one), 2).any(),
        message(2, &order(3, one), 2).any(),
        message(1, &order(3, one), 1).any(),
        with_files(message(3, &order(2, two), 1), &["a"]).any(),
        with_files(message(4, &order(2, two), 2), &["b", "a", "\"sha256\":\"d"]).any(),
        design(2, &order(3, one), 2, "a").any(),
        design(1, &order(3, one), 1, "b").any(),
        design(3, &order(2, two), 1, "a").any(),
        purged(design(4, &order(2, two), 2, "a")).any(),
        purged(design(5, &order(2, two), 3, "d")).any(),
        file(2, 1, "a").any(),
        file(1, 2, "a").any(),
        file(3, 2, "b").any(),
        note(2, about, 2, false).any(),
        note(1, about, 2, true).any(),
        note(3, named(Kind::Client, 1), 2, false).any(),
        notification(1, 1, about).any(),
        notification(2, 2, about).any(),
        import_part(1).any(),
        ImportPart { made: ImportMade { clients: vec![one.id], orders: vec![] }, ..import_part(2) }.any(),
        ImportPart { refused: RefusedRows(vec![RefusedRow::of(1, Refusal::new(Code::TwoClients, "R-070"))]), ..import_part(3) }.any(),
        ImportPart { refused: RefusedRows(vec![RefusedRow::of(1, Refusal::new(Code::Erased, "R-019"))]), ..import_part(4) }.any(),
        setting(2).any(),
        setting(1).any(),
    ]
}

/// Writes these records, and compares what each lookup finds with the predicate of the domain over all of them.
async fn agree(f: &Fixture, records: &[AnyRecord], lookups: &[Lookup]) {
    commit(f.store.as_ref(), |draft| {
        records.iter().for_each(|record| {
            draft.put(record.clone(), None);
        })
    })
    .await
    .unwrap();
    for lookup in lookups {
        let mut expected: Vec<RecordRef> = records.iter().filter(|r| lookup.matches(r)).map(AnyRecord::reference).collect();
        expected.sort_unstable();
        let found = f.snapshot().await.lookup(lookup).await.unwrap();
        assert_eq!(found.iter().map(|held| held.record.reference()).collect::<Vec<_>>(), expected, "{lookup:?}");
        assert!(found.iter().all(|held| held.rev == 1));
    }
}

/// Every lookup, compared with the predicate of the domain over all records.
pub async fn lookups_find_what_the_domain_says(f: &Fixture) {
    let (one, two) = (client(1, Some(1)), client(2, None));
    let about = named(Kind::Consultation, 1);
    let records = of_two(&one, &two, about);
    let lookups = [
        Lookup::WaitingOf(client_id(1)),
        Lookup::WaitingOf(client_id(9)),
        Lookup::ConsultationsOf(client_id(1)),
        Lookup::ConsultationNumber("KG-20261126-000002".into()),
        Lookup::ConsultationNumber("KG-20261126-000009".into()),
        Lookup::OrdersOf(client_id(1)),
        Lookup::OrdersOf(client_id(9)),
        Lookup::MessagesOf(order(3, &one).id),
        Lookup::MessagesOf(order(1, &one).id),
        Lookup::MessagesWith(Sha256::of(b"a")),
        Lookup::MessagesWith(Sha256::of(b"b")),
        Lookup::MessagesWith(Sha256::of(b"c")),
        Lookup::DesignsOf(order(3, &one).id),
        Lookup::DesignsOf(order(1, &one).id),
        Lookup::DesignsWith(Sha256::of(b"a")),
        Lookup::DesignsWith(Sha256::of(b"c")),
        Lookup::DesignsWith(Sha256::of(b"d")),
        Lookup::DesignsPurged(Sha256::of(b"a")),
        Lookup::DesignsPurged(Sha256::of(b"b")),
        Lookup::DesignsPurged(Sha256::of(b"d")),
        Lookup::NotesOf(about),
        Lookup::NotesOf(named(Kind::Client, 1)),
        Lookup::NotesOf(named(Kind::Note, 1)),
        Lookup::NotificationsOf(user_id(1)),
        Lookup::NotificationsAbout([about, named(Kind::Client, 9)].into()),
        Lookup::NotificationsAbout([named(Kind::Client, 1)].into()),
        Lookup::Settings,
        Lookup::UserByEmail(Email::new("u2@meja.test").unwrap()),
        Lookup::UserByEmail(Email::new("nobody@meja.test").unwrap()),
        Lookup::ClientOfUser(user_id(1)),
        Lookup::ClientOfUser(user_id(2)),
        Lookup::FilesWith(Sha256::of(b"a")),
        Lookup::FilesWith(Sha256::of(b"c")),
        Lookup::FilesBy(user_id(1)),
        Lookup::FilesBy(user_id(2)),
        Lookup::FilesBy(user_id(9)),
        Lookup::ImportsOf(client_id(1)),
        Lookup::ImportsOf(client_id(9)),
    ];
    agree(f, &records, &lookups).await;
    let mut tx = f.store.write().await.unwrap();
    let mut draft = Draft::after(tx.head().await.unwrap());
    draft.put(decided(consultation(4, &one)).any(), Some(1));
    tx.flush(&draft.finish()).await.unwrap();
    assert!(tx.lookup(&Lookup::WaitingOf(client_id(1))).await.unwrap().is_empty(), "a transaction finds what it has flushed");
}

/// Lookups about many at once, compared with the predicate of the domain: clients by number or address (not one who was taken back, but one who was merged),
/// and what is tied to any of several records.
pub async fn lookups_about_many_find_what_the_domain_says(f: &Fixture) {
    let (phone, email) = (Phone::new("0812-3456-7890").ok(), Email::new("rani@x.id").ok());
    let one = Client { phone: phone.clone(), ..client(1, None) };
    let two = Client { email: email.clone(), ..client(2, None) };
    let back = Client { phone: phone.clone(), email, removed_at: Some(NOW), ..client(3, None) };
    let merged = Client { phone, merged_into: Some(client_id(2)), ..client(4, None) };
    let by = |phones: &[&str], emails: &[&str]| {
        let phones = phones.iter().map(|text| Phone::new(text).unwrap()).collect();
        Lookup::ClientsBy(Contacts { phones, emails: emails.iter().map(|text| Email::new(text).unwrap()).collect() })
    };
    let (about, person) = (named(Kind::Consultation, 1), named(Kind::Client, 1));
    let records: Vec<AnyRecord> = vec![
        one.clone().any(),
        two.clone().any(),
        back.any(),
        merged.any(),
        consultation(1, &one).any(),
        consultation(2, &two).any(),
        order(3, &one).any(),
        deleted(order(1, &one)).any(),
        order(2, &two).any(),
        note(2, about, 2, false).any(),
        note(1, about, 2, true).any(),
        note(3, person, 2, false).any(),
    ];
    let lookups = [
        by(&["+6281234567890"], &[]),
        by(&[], &["rani@x.id"]),
        by(&["081234567890", "021 2345678"], &["rani@x.id", "nobody@x.id"]),
        by(&[], &[]),
        Lookup::OrdersOfAny([client_id(1), client_id(2), client_id(9)].into()),
        Lookup::OrdersOfAny([].into()),
        Lookup::ConsultationsOfAny([client_id(1), client_id(2)].into()),
        Lookup::ConsultationsOfAny([client_id(9)].into()),
        Lookup::NotesOfAny([about, person].into()),
        Lookup::NotesOfAny([named(Kind::Client, 9)].into()),
    ];
    agree(f, &records, &lookups).await;
}

/// For refiling everything, and for export.
pub async fn a_kind_is_walked_over_in_the_order_of_ids(f: &Fixture) {
    commit(f.store.as_ref(), |draft| {
        [5, 1, 3, 2, 4].into_iter().for_each(|n| {
            draft.put(setting(n).any(), None);
        })
    })
    .await
    .unwrap();
    let mut now = f.snapshot().await;
    let (mut after, mut met) = (None, Vec::new());
    loop {
        let page = now.records_of(Kind::Setting, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.held.record.id());
        met.extend(page.iter().map(|stored| stored.held.record.id().uuid()));
    }
    assert_eq!(met, [1, 2, 3, 4, 5].map(uuid));
    assert!(now.records_of(Kind::Note, None, 9).await.unwrap().is_empty());
}

/// For metrics.
pub async fn records_are_counted_by_kind(f: &Fixture) {
    write_every_kind(f, "Rani").await;
    let counts = f.snapshot().await.counts().await.unwrap();
    assert_eq!(counts, Kind::ALL.iter().map(|kind| (*kind, 2)).collect::<Vec<_>>());
    let found = f.snapshot().await.records(&[RecordRef::new(Kind::Consultation, consultation_id(1))]).await.unwrap();
    assert_eq!(found.len(), 1);
}
