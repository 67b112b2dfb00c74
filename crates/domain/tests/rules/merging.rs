//! Two records of one human become one: who may not be merged, what moves, and that nothing of either is lost (`client.merge`).

use domain::{
    audience::{audience, scope_of},
    command::Command,
    commands::{client, consultation, import, item, message, note, order},
    decision::{Changes, Code, Refusal},
    id::{ClientId, RecordId},
    phone::Phone,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Client, Consultation, Conversation, Formers, ImportPart, Note, Order},
    role::Principal,
};
use proptest::prelude::*;

use crate::{
    orders,
    table::{WALK_IN, walk_in},
    world::{NOW, Who, World, id},
};
use client::Merge;

fn walked_in() -> ClientId {
    id(WALK_IN)
}

fn named(id: ClientId) -> RecordRef {
    RecordRef::new(Kind::Client, id)
}

/// `Owner`, who has an account, and the same human once more, without one.
fn world() -> World {
    let mut world = World::new();
    walk_in(&mut world);
    world
}

/// Another client without an account.
fn another(world: &mut World, n: u64) -> ClientId {
    let create = client::Create { id: id(n), name: "Klien Lagi".into(), phone: None, email: Some(format!("k{n}@x.id")), zone: None };
    world.run(Who::Cs, NOW, create).unwrap();
    id(n)
}

fn held<R: Record>(world: &World, id: impl Into<RecordId>) -> R {
    world.rows.get(&RecordRef::new(R::KIND, id)).and_then(|held| R::of(&held.record)).cloned().unwrap()
}

fn all<R: Record>(world: &World) -> Vec<R> {
    world.rows.values().filter_map(|held| R::of(&held.record)).cloned().collect()
}

fn asks(n: u64, client_id: ClientId) -> consultation::Request {
    let requested_date = "2026-12-01".parse().unwrap();
    consultation::Request { id: id(n), client_id, requested_date, topic: None, note: None, source: None }
}

fn orders_one(n: u64, client_id: ClientId) -> order::Create {
    order::Create { id: id(n), client_id, ..orders::create() }
}

fn notes(n: u64, client: ClientId, private: bool) -> note::Add {
    note::Add { id: id(n), record: named(client), text: format!("Catatan {n}"), private }
}

fn merge(kept: ClientId, from: ClientId) -> Merge {
    Merge { id: kept, from }
}

fn refused(world: &World, act: impl Into<Command>) -> Refusal {
    world.judge(Who::Cs, NOW, act, 1).unwrap_err()
}

#[test]
fn who_is_not_there_and_who_is_the_same_is_not_merged() {
    let (world, owner) = (world(), Who::Owner.client());
    let same = refused(&world, merge(owner, owner));
    assert_eq!((same.code, same.details.field.as_deref()), (Code::InvalidArgs, Some("from")));
    for (kept, from) in [(owner, id(9)), (id(9), owner)] {
        assert_eq!(refused(&world, merge(kept, from)).code, Code::NotFound);
    }
    let mut taken_back = world.clone();
    taken_back.put(AnyRecord::Client(Client { removed_at: Some(NOW), ..held(&world, walked_in()) }));
    assert_eq!(refused(&taken_back, merge(owner, walked_in())).code, Code::NotFound, "nobody sees who went with their import");
}

#[test]
fn two_accounts_are_two_and_who_was_erased_stays_so() {
    let world = world();
    assert_eq!(refused(&world, merge(Who::Owner.client(), Who::OtherClient.client())).code, Code::TwoAccounts);
    for gone in [Who::Owner.client(), walked_in()] {
        let mut world = world.clone();
        world.run(Who::System, NOW, client::Erase { id: gone }).unwrap();
        assert_eq!(refused(&world, merge(Who::Owner.client(), walked_in())).code, Code::Erased);
    }
}

#[test]
fn of_two_who_wait_somebody_answers_one_first() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.run(Who::Cs, NOW, asks(2_001, owner)).unwrap();
    world.run(Who::Cs, NOW, asks(2_002, walked_in())).unwrap();
    let refusal = refused(&world, merge(owner, walked_in()));
    assert_eq!(
        (refusal.code, refusal.details.number),
        (Code::AlreadyWaiting, Some(held::<Consultation>(&world, id::<RecordId>(2_002)).number))
    );
    world.run(Who::Admin, NOW, consultation::Accept { id: id(2_001), message: None }).unwrap();
    world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    assert_eq!(refused(&world, asks(2_003, owner)).code, Code::AlreadyWaiting, "the other's request is theirs and waits");
}

#[test]
fn more_than_one_commit_holds_is_refused_and_nothing_is_written() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.run(Who::Cs, NOW, orders_one(20_000, walked_in())).unwrap();
    let one: Order = held(&world, id::<RecordId>(20_000));
    for n in 1..u64::try_from(client::MOST_CARRIED).unwrap() {
        world.put(AnyRecord::Order(Order { id: id(20_000 + n), number: format!("ORD-{n}"), ..one.clone() }));
    }
    let code =
        |world: &World, act: Merge| world.judge(Who::Cs, NOW, act, 1).map(drop).map_err(|refusal| (refusal.code, refusal.details.bound));
    assert_eq!(code(&world, merge(owner, walked_in())), Ok(()), "as many as it may be");
    world.run(Who::Cs, NOW, orders_one(40_000, walked_in())).unwrap();
    assert_eq!(code(&world, merge(owner, walked_in())), Err((Code::TooMany, Some(1_000))));
    assert_eq!(code(&world, merge(walked_in(), owner)), Err((Code::TooMany, Some(1_000))), "the account would make all of them its own");
    let bare = another(&mut world, 160);
    assert_eq!(code(&world, merge(walked_in(), bare)), Ok(()), "what stays where it is counts for nothing");
}

#[test]
fn a_client_of_a_hundred_records_takes_no_more() {
    let (mut world, owner) = (world(), Who::Owner.client());
    let former = held::<Client>(&world, walked_in());
    let one = domain::records::Former { id: id(1), name: former.name, phone: None, email: None, created_at: NOW, at: NOW };
    let it = Client { formers: Formers(vec![one; Formers::MOST]), ..held(&world, owner) };
    world.put(AnyRecord::Client(it));
    assert_eq!(refused(&world, merge(owner, walked_in())).code, Code::TooMany);
}

#[test]
fn what_is_known_of_the_one_who_stays_counts_and_the_other_fills_in() {
    let (mut world, owner) = (world(), Who::Owner.client());
    let (before, other): (Client, Client) = (held(&world, owner), held(&world, walked_in()));
    let changes = world.run(Who::Cs, NOW.plus(5), merge(owner, walked_in())).unwrap();
    let names: Vec<RecordRef> = changes.writes.iter().map(|write| write.record.reference()).collect();
    assert_eq!(names, [named(walked_in()), named(owner)], "the audit files it under both");
    let (kept, from): (Client, Client) = (held(&world, owner), held(&world, walked_in()));
    assert_eq!((&kept.name, &kept.email, kept.zone, kept.user_id), (&before.name, &before.email, before.zone, before.user_id));
    assert_eq!((&kept.phone, kept.updated_at, kept.created_at), (&other.phone, NOW.plus(5), before.created_at), "the number was not known");
    assert_eq!(kept.since(), other.created_at, "they came when the first of both came");
    let [former] = kept.formers.0.as_slice() else { panic!("one was merged") };
    assert_eq!((former.id, &former.name, &former.phone, former.at), (walked_in(), &other.name, &other.phone, NOW.plus(5)));
    assert_eq!((from.merged_into, from.user_id, from.phone), (Some(owner), None, other.phone.clone()));
    let (mut world, second) = (world, Phone::new("081355556666").ok());
    let third = another(&mut world, 160);
    world.put(AnyRecord::Client(Client { phone: second.clone(), ..held(&world, third) }));
    world.run(Who::Cs, NOW, merge(owner, third)).unwrap();
    let kept: Client = held(&world, owner);
    assert_eq!((&kept.phone, &kept.formers.0[1].phone), (&other.phone, &second), "a second number is not lost");
}

/// The account goes with whoever stays, and reads everything of both, and nobody else does.
#[test]
fn the_account_comes_along_and_reads_what_is_theirs() {
    for (kept, from) in [(Who::Owner.client(), walked_in()), (walked_in(), Who::Owner.client())] {
        let mut world = world();
        world.run(Who::Cs, NOW, orders_one(3_001, walked_in())).unwrap();
        world.run(Who::Owner, NOW, orders_one(3_002, Who::Owner.client())).unwrap();
        world.run(Who::Cs, NOW, asks(2_001, walked_in())).unwrap();
        let send = message::Send { id: id(6_001), order_id: id(3_002), text: "Sudah?".into(), attachments: Vec::new(), read: None };
        world.run(Who::Owner, NOW, send).unwrap();
        world.run(Who::Cs, NOW, merge(kept, from)).unwrap();
        let client: Client = held(&world, kept);
        assert_eq!(client.user_id, Some(Who::Owner.user()));
        for order in all::<Order>(&world) {
            assert_eq!((order.client_id, order.client_user, &order.client_name), (kept, client.user_id, &client.name));
        }
        let request = &all::<Consultation>(&world)[0];
        assert_eq!((request.client_id, request.client_user, request.client_zone), (kept, client.user_id, client.zone));
        let talk = &all::<Conversation>(&world)[0];
        assert_eq!((talk.client_id, &talk.client_name), (kept, &client.name));
        let mine = |record: &AnyRecord, who: Who| {
            let scope = scope_of(record).and_then(|scope| world.rows.get(&scope)).map(|held| &*held.record);
            audience(record, scope).contains(&Principal::User(who.user()))
        };
        for held in world.rows.values().filter(|held| !matches!(&*held.record, AnyRecord::User(_))) {
            let theirs = match &*held.record {
                AnyRecord::Client(it) => it.id == kept,
                AnyRecord::Order(_) | AnyRecord::Consultation(_) | AnyRecord::Conversation(_) | AnyRecord::Message(_) => true,
                _ => continue,
            };
            assert_eq!(mine(&held.record, Who::Owner), theirs, "{}", held.record.reference());
            let others = held.record.reference() == named(Who::OtherClient.client());
            assert_eq!(mine(&held.record, Who::OtherClient), others, "{}", held.record.reference());
        }
        let next = if kept == walked_in() { walked_in() } else { Who::Owner.client() };
        assert!(world.judge(Who::Owner, NOW, orders_one(3_003, next), 1).is_ok(), "they order on");
        let stale = world.judge(Who::Owner, NOW, orders_one(3_003, from), 1);
        assert!(stale.is_ok(), "also with the id their session began with");
        assert_eq!(world.judge(Who::OtherClient, NOW, orders_one(3_003, from), 1).unwrap_err().code, Code::NotFound);
    }
}

#[test]
fn notes_come_along_also_those_that_only_their_author_reads() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.run(Who::Admin, NOW, notes(4_001, walked_in(), true)).unwrap();
    world.run(Who::Cs, NOW, notes(4_002, walked_in(), false)).unwrap();
    world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    let notes = all::<Note>(&world);
    assert_eq!(notes.iter().map(|note| (note.record, note.private)).collect::<Vec<_>>(), [(named(owner), true), (named(owner), false)]);
}

/// What somebody adds for the one who is no more is the other's; what would change their record says whom to look at.
#[test]
fn who_still_names_the_one_who_was_merged_means_the_person() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    world.run(Who::Cs, NOW, orders_one(3_001, walked_in())).unwrap();
    world.run(Who::Cs, NOW, asks(2_001, walked_in())).unwrap();
    world.run(Who::Cs, NOW, notes(4_001, walked_in(), false)).unwrap();
    assert_eq!(held::<Order>(&world, id::<RecordId>(3_001)).client_id, owner);
    assert_eq!(held::<Consultation>(&world, id::<RecordId>(2_001)).client_id, owner);
    assert_eq!(held::<Note>(&world, id::<RecordId>(4_001)).record, named(owner));
    let about = RecordRef::new(Kind::Order, id::<RecordId>(3_001));
    let contact = client::Contact { id: walked_in(), channel: client::Channel::Whatsapp, about: Some(about) };
    assert_eq!(world.judge(Who::Cs, NOW, contact, 1).unwrap().mentions, [named(owner), about]);
    let edit = client::Edit { id: walked_in(), name: Some("Ibu Rani".into()), phone: None, email: None, zone: None };
    let late = [Command::from(edit), merge(owner, walked_in()).into(), merge(walked_in(), owner).into()];
    for act in late {
        let refusal = refused(&world, act);
        let said = (refusal.code, refusal.details.record, refusal.details.number.as_deref());
        assert_eq!(said, (Code::Merged, Some(named(owner)), Some("Owner Orang")), "the one who stays is named");
    }
    let erase = world.judge(Who::System, NOW, client::Erase { id: walked_in() }, 1).unwrap_err();
    assert_eq!(erase.code, Code::Merged, "whoever erases a client erases all of them");
}

#[test]
fn a_chain_ends_with_whoever_stays() {
    let (mut world, owner) = (world(), Who::Owner.client());
    let [first, second] = [160, 161].map(|n| another(&mut world, n));
    world.run(Who::Cs, NOW, merge(second, first)).unwrap();
    world.run(Who::Cs, NOW, merge(walked_in(), second)).unwrap();
    let changes = world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    for gone in [first, second, walked_in()] {
        assert_eq!(held::<Client>(&world, gone).merged_into, Some(owner), "each names them at once");
        assert!(changes.writes.iter().any(|write| write.record.reference() == named(gone)), "and desks hear of it");
        world.run(Who::Cs, NOW, orders_one(3_000 + u64::from(gone == first) + 2 * u64::from(gone == second), gone)).unwrap();
    }
    assert!(all::<Order>(&world).iter().all(|order| order.client_id == owner));
    let kept: Client = held(&world, owner);
    assert_eq!(kept.formers.0.iter().map(|it| it.id).collect::<Vec<_>>(), [first, second, walked_in()]);
    assert!([second, walked_in()].iter().all(|gone| held::<Client>(&world, *gone).formers.0.is_empty()), "each stands in one place");
}

/// A row of a file finds them by any number and address they ever had.
#[test]
fn an_import_finds_them_by_what_either_was_known_by() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.put(AnyRecord::Client(Client { phone: Phone::new("081299998888").ok(), ..held(&world, owner) }));
    world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    for (phone, email) in [("081311112222", ""), ("081299998888", ""), ("081311112222", "owner@x.id"), ("081299998888", "owner@x.id")] {
        let mut world = world.clone();
        let client = crate::imports::client("Nama Lain", phone, email);
        let rows = crate::imports::rows(vec![crate::imports::row(2, client, Some(crate::imports::order()))]);
        world.run(Who::Cs, NOW, rows).unwrap();
        let part = &all::<ImportPart>(&world)[0];
        assert!(part.refused.0.is_empty() && part.made.clients.is_empty(), "{phone} {email}: {part:?}");
        assert_eq!(held::<Order>(&world, part.made.orders[0]).client_id, owner, "{phone} {email}");
    }
}

/// What an import made and was merged since was touched: taking the import back leaves it.
#[test]
fn an_import_that_is_taken_back_leaves_who_was_merged() {
    for merged_away in [true, false] {
        let mut world = crate::imports::world("there");
        walk_in(&mut world);
        let made = crate::imports::client_at(&world, 0).id;
        let (kept, from) = if merged_away { (walked_in(), made) } else { (made, walked_in()) };
        world.run(Who::Cs, NOW, merge(kept, from)).unwrap();
        let orders = all::<Order>(&world).len();
        world.run(Who::Cs, NOW, import::Undo { id: crate::imports::part(&world).id }).unwrap();
        let undone = crate::imports::part(&world).undone.clone().unwrap();
        assert!(undone.left.contains(&named(made)), "{undone:?}");
        assert_eq!(held::<Client>(&world, kept).removed_at, None);
        assert_eq!(all::<Order>(&world).iter().filter(|it| it.deleted.is_none()).count(), orders - usize::try_from(undone.orders).unwrap());
    }
}

/// Whoever is erased is erased in all their records.
#[test]
fn erasing_leaves_nothing_of_either() {
    let (mut world, owner) = (world(), Who::Owner.client());
    world.run(Who::Cs, NOW, notes(4_001, walked_in(), false)).unwrap();
    world.run(Who::Cs, NOW, orders_one(3_001, walked_in())).unwrap();
    let first = another(&mut world, 160);
    world.run(Who::Cs, NOW, merge(walked_in(), first)).unwrap();
    world.run(Who::Cs, NOW, merge(owner, walked_in())).unwrap();
    let changes = world.run(Who::System, NOW, client::Erase { id: owner }).unwrap();
    for gone in [owner, walked_in(), first] {
        let it: Client = held(&world, gone);
        assert_eq!((it.name.as_str(), it.phone, it.email, it.erased_at), ("(dihapus)", None, None, Some(NOW)));
        assert!(changes.erase.as_ref().unwrap().records.contains(&named(gone)), "nor anything in the audit");
    }
    for held in
        world.rows.values().filter(|held| held.record.kind() != Kind::User && held.record.reference() != named(Who::OtherClient.client()))
    {
        let text = held.record.to_json().unwrap();
        let told = ["Ibu Owner", "Owner Orang", "13111122", "k160@", "Klien Lagi", "owner@x.id", "Catatan 4001", "Logo kedai"];
        assert!(told.iter().all(|word| !text.contains(word)), "{text}");
    }
}

/// Everything that is somebody's, by client, as whoever looks for it finds it.
fn belongings(world: &World, of: ClientId) -> Vec<RecordRef> {
    let theirs = |record: &AnyRecord| match record {
        AnyRecord::Order(it) => it.client_id == of,
        AnyRecord::Consultation(it) => it.client_id == of,
        AnyRecord::Conversation(it) => it.client_id == of,
        AnyRecord::Note(it) => it.record == named(of),
        _ => false,
    };
    world.rows.values().filter(|held| theirs(&held.record)).map(|held| held.record.reference()).collect()
}

/// Every number and address that is known of somebody.
fn known_of(client: &Client) -> Vec<String> {
    let own = client.phone.iter().map(ToString::to_string).chain(client.email.iter().map(ToString::to_string));
    let former = |it: &domain::records::Former| {
        [it.phone.as_ref().map(ToString::to_string), it.email.as_ref().map(ToString::to_string)].into_iter().flatten().collect::<Vec<_>>()
    };
    let mut all: Vec<String> = own.chain(client.formers.0.iter().flat_map(former)).collect();
    all.sort();
    all.dedup();
    all
}

fn anybody() -> impl Strategy<Value = ClientId> {
    prop::sample::select(vec![Who::Owner.client(), Who::OtherClient.client(), walked_in(), id(160), id(161)])
}

fn any_act() -> impl Strategy<Value = Command> {
    let n = 0_u64..6;
    prop_oneof![
        1 => (n.clone(), anybody()).prop_map(|(n, client)| orders_one(3_100 + n, client).into()),
        1 => (n.clone(), anybody()).prop_map(|(n, client)| asks(2_100 + n, client).into()),
        1 => (n.clone(), anybody(), any::<bool>()).prop_map(|(n, client, private)| notes(4_100 + n, client, private).into()),
        1 => n.clone().prop_map(|n| consultation::Accept { id: id(2_100 + n), message: None }.into()),
        1 => n.clone().prop_map(|n| item::ClaimItem { record: RecordRef::new(Kind::Consultation, id::<RecordId>(2_100 + n)) }.into()),
        1 => n.prop_map(|n| order::Delete { id: id(3_100 + n), reason: "Pesanan ganda".into() }.into()),
        4 => (anybody(), anybody()).prop_map(|(kept, from)| merge(kept, from).into()),
    ]
}

fn no_more_than_moved(before: &World, after: &World, changes: &Changes, it: &Merge) -> Result<(), TestCaseError> {
    let [kept, from] = [it.id, it.from].map(|id| belongings(before, id));
    let mut both: Vec<RecordRef> = kept.into_iter().chain(from).collect();
    both.sort();
    prop_assert_eq!(belongings(after, it.id), both, "everything of both is the one's");
    prop_assert!(belongings(after, it.from).is_empty());
    let mut known: Vec<String> = [it.id, it.from].iter().flat_map(|id| known_of(&held(before, *id))).collect();
    known.sort();
    known.dedup();
    prop_assert_eq!(known_of(&held(after, it.id)), known, "no number and no address is lost");
    let accounts = |world: &World| all::<Client>(world).into_iter().filter_map(|it| it.user_id).collect::<std::collections::BTreeSet<_>>();
    prop_assert_eq!(accounts(before), accounts(after), "nobody loses their account");
    let mut names: Vec<RecordRef> = changes.writes.iter().map(|write| write.record.reference()).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    prop_assert_eq!(names.len(), count, "no record is written twice");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_of_either_is_lost_whatever_was_merged_before(acts in prop::collection::vec(any_act(), 1..40)) {
        let mut world = world();
        for n in [160, 161] {
            another(&mut world, n);
        }
        for act in acts {
            let before = world.clone();
            match (world.run(Who::Admin, NOW, act.clone()), &act) {
                (Ok(changes), Command::ClientMerge(it)) => {
                    no_more_than_moved(&before, &world, &changes, it)?;
                    prop_assert_eq!(refused(&world, it.clone()).code, Code::Merged, "a second time it is refused");
                }
                (Err(_), _) => prop_assert!(before.rows == world.rows, "a refusal writes nothing"),
                _ => {}
            }
            for it in all::<Client>(&world) {
                let Some(into) = it.merged_into else { continue };
                let staying: Client = held(&world, into);
                prop_assert!(staying.merged_into.is_none() && staying.formers.0.iter().any(|former| former.id == it.id), "one step leads to them");
                prop_assert!(belongings(&world, it.id).is_empty() && it.user_id.is_none(), "nothing is tied to one who was merged");
            }
            for held in world.rows.values() {
                let (client, user) = match &*held.record {
                    AnyRecord::Order(it) => (it.client_id, it.client_user),
                    AnyRecord::Consultation(it) => (it.client_id, it.client_user),
                    _ => continue,
                };
                prop_assert_eq!(user, self::held::<Client>(&world, client).user_id, "what is somebody's is their account's to read");
            }
        }
    }
}
