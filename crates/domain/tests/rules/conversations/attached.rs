//! Files of messages: who may attach what, and what exactly is written (R-079, facts 4.9).

use domain::{
    audience::may_see,
    command::{Act as _, Command, Given, decide},
    commands::{client, design, message},
    decision::{Code, Decision},
    facts::{Facts, Held, Key, Lookup},
    file::{MediaType, Sha256},
    id::FileId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Attachments, Design, File},
    time::{DAY, HOUR},
};
use rstest::rstest;

use super::{head, id, line, messages, order, said, send, world};
use crate::{
    designs,
    orders::ORDER,
    world::{NOW, Who, World, uuid},
};

const BRIEF: &[u8] = b"a brief";
const SHOWN: &[u8] = b"a version that the client was shown";
const HIDDEN: &[u8] = b"a version that the client was not shown";
const OTHERS: &[u8] = b"a version of another order";

fn attach(bytes: &[u8]) -> message::Attach {
    message::Attach { sha256: Sha256::of(bytes), name: "brief kedai.png".into(), size: None, media_type: None }
}

fn with(n: u64, text: &str, all: &[&[u8]]) -> message::Send {
    message::Send { attachments: all.iter().map(|bytes| attach(bytes)).collect(), ..send(n, text) }
}

fn version(world: &mut World, n: u64, bytes: &[u8]) {
    designs::put(world, Who::Cs, bytes);
    world.run(Who::Cs, NOW, designs::upload(n, bytes)).unwrap();
    world.rows.remove(&RecordRef::new(Kind::File, FileId::named(Who::Cs.user(), &Sha256::of(bytes))));
}

/// A conversation about an order with two versions, of which the client was shown the first; nobody has put anything on the server.
fn with_versions() -> World {
    let mut world = world("spoken");
    version(&mut world, 4_000, SHOWN);
    world.run(Who::Cs, NOW, design::Submit { id: id(4_000) }).unwrap();
    version(&mut world, 4_001, HIDDEN);
    let held = world.rows[&RecordRef::new(Kind::Design, id::<domain::id::RecordId>(4_000))].record.clone();
    let AnyRecord::Design(it) = &*held else { panic!("a version") };
    world.put(AnyRecord::Design(Design { id: id(4_002), order_id: id(ORDER + 9), sha256: Sha256::of(OTHERS), ..it.clone() }));
    world
}

#[rstest]
// What is attached, and what becomes of it for an admin, CS and the client.
#[case::shown_version(SHOWN, ["ok", "ok", "ok"])]
#[case::version_that_waits(HIDDEN, ["ok", "ok", "file_missing"])]
#[case::version_of_another_order(OTHERS, ["file_missing", "file_missing", "file_missing"])]
#[case::nobody_put_it_there(b"nowhere", ["file_missing", "file_missing", "file_missing"])]
#[case::put_there_by_cs(b"by cs", ["file_missing", "ok", "file_missing"])]
#[case::put_there_by_the_client(b"by the client", ["file_missing", "file_missing", "ok"])]
#[case::put_there_long_ago(b"long ago", ["file_missing", "file_missing", "file_missing"])]
fn a_file_is_attached_by_whoever_put_it_there_or_sees_a_version_that_is_it(#[case] bytes: &[u8], #[case] expected: [&str; 3]) {
    let mut world = with_versions();
    designs::put(&mut world, Who::Cs, b"by cs");
    designs::put(&mut world, Who::Owner, b"by the client");
    for who in [Who::Admin, Who::Cs, Who::Owner] {
        designs::put(&mut world, who, b"long ago");
        let name = RecordRef::new(Kind::File, FileId::named(who.user(), &Sha256::of(b"long ago")));
        let AnyRecord::File(it) = &*world.rows[&name].record else { panic!("a file") };
        let old = File { created_at: NOW.plus(-29 * DAY), ..it.clone() };
        world.put(AnyRecord::File(old));
    }
    for (who, expected) in [Who::Admin, Who::Cs, Who::Owner].into_iter().zip(expected) {
        let answer = world.judge(who, NOW, with(1, "Ini.", &[bytes]), 1);
        let is = answer.map_or_else(|refusal| refusal.code.wire().to_owned(), |_| "ok".to_owned());
        assert_eq!(is, expected, "{who:?}");
    }
}

#[test]
fn a_message_carries_its_files_as_the_server_has_them_and_under_a_harmless_name() {
    let mut world = with_versions();
    designs::put(&mut world, Who::Owner, BRIEF);
    let mut sent = with(1, " ", &[BRIEF, SHOWN]);
    sent.attachments[0] =
        message::Attach { name: "..\\rahasia/logo\u{202e}.png".into(), size: Some(9), media_type: Some(MediaType::Zip), ..attach(BRIEF) };
    assert_eq!(sent.awaits(), [Sha256::of(BRIEF), Sha256::of(SHOWN)]);
    world.run(Who::Owner, NOW.plus(HOUR), sent).unwrap();
    let it = said(&world, 1);
    let files: Vec<_> = it.attachments.0.iter().map(|it| (it.sha256, it.size, it.media_type.clone(), it.name.as_str())).collect();
    assert_eq!(
        files,
        [(Sha256::of(BRIEF), 4_096, MediaType::Png, "logo.png"), (Sha256::of(SHOWN), 4_096, MediaType::Png, "brief kedai.png")],
        "what they are is said by the server"
    );
    assert_eq!((it.text.as_str(), head(&world).last_text.as_str(), head(&world).last_files), ("", "", Some(2)), "files say enough");
    let found = AnyRecord::Message(it.clone());
    assert!(Lookup::MessagesWith(Sha256::of(BRIEF)).matches(&found) && !Lookup::MessagesWith(Sha256::of(HIDDEN)).matches(&found));
    let scope = world.rows[&RecordRef::new(Kind::Order, order())].record.clone();
    let sees = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient].map(|who| may_see(&who.actor(), &found, Some(&scope)));
    assert_eq!(sees, [true, true, false, true, false], "and so may read its files");
    world.run(Who::Cs, NOW.plus(HOUR), send(2, "Terima kasih.")).unwrap();
    assert_eq!(head(&world).last_files, None, "the last message carries none");
}

#[test]
fn a_client_is_told_of_files_without_words_and_without_their_names() {
    let mut world = with_versions();
    world.run(Who::Cs, NOW, with(1, "", &[HIDDEN])).unwrap();
    assert_eq!(line(&world).map(|it| (it.detail.clone(), it.read_at)), Some((None, None)));
}

#[test]
fn what_cannot_be_attached_is_refused_by_name() {
    let mut world = with_versions();
    let all: Vec<Vec<u8>> = (0_u8..6).map(|n| vec![n; 8]).collect();
    for bytes in &all {
        designs::put(&mut world, Who::Cs, bytes);
    }
    let all: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
    assert!(world.judge(Who::Cs, NOW, with(1, "", &all[..Attachments::MOST]), 1).is_ok());
    let nameless = message::Send { attachments: vec![message::Attach { name: " . ".into(), ..attach(all[0]) }], ..send(1, "") };
    for (why, sent) in [("six", with(1, "Ini.", &all)), ("twice", with(1, "Ini.", &[all[0], all[1], all[0]])), ("nameless", nameless)] {
        let refusal = world.judge(Who::Cs, NOW, sent, 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("attachments")), "{why}");
    }
    let refusal = world.judge(Who::Cs, NOW, with(1, "", &[]), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("text")), "nothing at all is no message");
    let long = world.judge(Who::Cs, NOW, with(1, &"x".repeat(4_001), &all[..1]), 1).unwrap_err();
    assert_eq!((long.code, long.details.field.as_deref()), (Code::InvalidArgs, Some("text")));
    let name = RecordRef::new(Kind::File, FileId::named(Who::Cs.user(), &Sha256::of(all[0])));
    let AnyRecord::File(it) = &*world.rows[&name].record else { panic!("a file") };
    let other = File { media_type: MediaType::Unknown("text/html".into()), ..it.clone() };
    world.put(AnyRecord::File(other));
    let refusal = world.judge(Who::Cs, NOW, with(1, "", &all[..1]), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("attachments")), "put there for something else");
}

/// A desk holds no files: it shows what it has looked at itself, knows versions, and leaves the rest to the server.
#[test]
fn a_desk_shows_what_it_knows_of_a_file() {
    let world = with_versions();
    let ask = |sent: message::Send| {
        let mut facts = Facts::default();
        let given = Given { id: domain::id::CommandId::from_uuid(uuid(9)), command: Command::from(sent) };
        loop {
            let Decision::Need(keys) = decide(&facts, &Who::Cs.actor(), NOW, &given) else {
                return decide(&facts, &Who::Cs.actor(), NOW, &given);
            };
            for key in keys {
                match &key {
                    Key::Record(r) if r.kind == Kind::File => facts.cannot_know(key),
                    Key::Record(r) => facts.learn(*r, world.rows.get(r).cloned()),
                    Key::Lookup(lookup) => {
                        let found: Vec<Held> = world.rows.values().filter(|held| lookup.matches(&held.record)).cloned().collect();
                        facts.learn_lookup(lookup.clone(), found);
                    }
                }
            }
        }
    };
    let known = message::Attach { size: Some(7), media_type: Some(MediaType::Pdf), ..attach(BRIEF) };
    let one = |it: message::Attach| message::Send { attachments: vec![it], ..send(1, "") };
    let shown = |decision: Decision| match decision {
        Decision::Apply(changes) => changes.writes.iter().find_map(|w| match &*w.record {
            AnyRecord::Message(it) => it.attachments.0.first().map(|it| (it.size, it.media_type.clone())),
            _ => None,
        }),
        _ => None,
    };
    assert_eq!(shown(ask(one(known.clone()))), Some((7, MediaType::Pdf)));
    assert_eq!(shown(ask(one(attach(HIDDEN)))), Some((4_096, MediaType::Png)), "a version is known");
    assert!(matches!(ask(one(attach(BRIEF))), Decision::Unknown(_)), "of the rest the server says what it is");
    let too_long = message::Attach { size: Some(10_485_761), ..known };
    assert!(matches!(ask(one(too_long)), Decision::Refuse(refusal) if refusal.code == Code::InvalidArgs));
}

#[test]
fn of_an_erased_client_no_message_keeps_a_file() {
    let mut world = with_versions();
    designs::put(&mut world, Who::Owner, BRIEF);
    world.run(Who::Owner, NOW, with(1, "Ini.", &[BRIEF])).unwrap();
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert!(messages(&world).iter().all(|it| it.attachments.0.is_empty()), "nothing holds it any more");
    assert_eq!(head(&world).last_files, None);
    let file = RecordRef::new(Kind::File, FileId::named(Who::Owner.user(), &Sha256::of(BRIEF)));
    let AnyRecord::File(it) = &*world.rows[&file].record else { panic!("a file") };
    assert_eq!(it.name.as_str(), "(dihapus).png", "nor has it a name where it was put on the server");
    assert!(changes.erase.unwrap().records.contains(&file));
}

#[test]
fn a_message_without_files_reads_as_it_always_did() {
    let spoken = world("spoken");
    let json = AnyRecord::Message(said(&spoken, 0).clone()).to_value().unwrap();
    assert_eq!(json.get("attachments"), None, "nothing is said of what is not there");
    assert_eq!(AnyRecord::from_value(Kind::Message, json).unwrap(), AnyRecord::Message(said(&spoken, 0).clone()));
    assert_eq!(Command::from(send(1, "Ya.")).args().get("attachments"), None);
}
