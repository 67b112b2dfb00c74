//! Files that people put on the server.

use domain::{
    commands::file::Put,
    decision::Code,
    facts::Lookup,
    file::{FilePolicy, MediaType},
    id::FileId,
    record::AnyRecord,
    records::File,
    time::DAY,
};
use rstest::rstest;

use crate::{
    table::put,
    world::{NOW, Who, World},
};

fn written(changes: &domain::decision::Changes) -> &File {
    match &*changes.writes[0].record {
        AnyRecord::File(file) => file,
        other => panic!("a file, not {other:?}"),
    }
}

#[test]
fn the_same_bytes_of_a_person_are_one_file_with_its_last_name() {
    let mut world = World::new();
    let first = world.run(Who::System, NOW, put(Who::System, b"%PDF-1.7")).unwrap();
    let file = written(&first).clone();
    assert_eq!((file.size, file.name.as_str(), file.created_at, file.by.id), (8, "Logo final.pdf", NOW, Who::System.actor().id()));
    assert!(domain::audience::audience(&first.writes[0].record, None).is_empty(), "nobody's feed holds it");
    assert!(Lookup::FilesWith(file.sha256).matches(&first.writes[0].record));
    assert!(world.run(Who::System, NOW.plus(1), put(Who::System, b"%PDF-1.7")).unwrap().writes.is_empty());
    let renamed = Put { name: "C:\\Desain\\logo.pdf".into(), policy: FilePolicy::Proof, ..put(Who::System, b"%PDF-1.7") };
    let changes = world.run(Who::System, NOW.plus(2), renamed).unwrap();
    let again = written(&changes);
    assert_eq!((again.id, again.name.as_str(), &again.policy, again.created_at), (file.id, "logo.pdf", &FilePolicy::Proof, NOW));
}

#[test]
fn a_file_waits_a_month_from_when_it_came_last() {
    let mut world = World::new();
    let first = world.run(Who::System, NOW, put(Who::System, b"%PDF-1.7")).unwrap();
    let file = written(&first).clone();
    let at = |ms: i64| file.can_be_tied(NOW.plus(ms));
    assert_eq!((at(0), at(29 * DAY - 1), at(29 * DAY), File::KEPT), (true, true, false, 30 * DAY), "a day less than its bytes lie there");
    assert!(world.run(Who::System, NOW.plus(DAY - 1), put(Who::System, b"%PDF-1.7")).unwrap().writes.is_empty());
    let changes = world.run(Who::System, NOW.plus(DAY), put(Who::System, b"%PDF-1.7")).unwrap();
    assert_eq!(written(&changes), &File { created_at: NOW.plus(DAY), ..file });
}

#[rstest]
#[case(|put: &mut Put| put.name = "\u{202e}".into(), "name")]
#[case(|put: &mut Put| put.size = 0, "size")]
#[case(|put: &mut Put| put.size = 10_485_761, "size")]
#[case(|put: &mut Put| put.policy = FilePolicy::Avatar, "policy")]
#[case(|put: &mut Put| put.policy = FilePolicy::Unknown("x".into()), "policy")]
#[case(|put: &mut Put| put.media_type = MediaType::Unknown("text/html".into()), "media_type")]
#[case(|put: &mut Put| { put.policy = FilePolicy::Proof; put.media_type = MediaType::Zip }, "media_type")]
#[case(|put: &mut Put| put.id = FileId::named(Who::Cs.user(), &put.sha256), "id")]
fn what_no_policy_takes_is_not_noted(#[case] change: fn(&mut Put), #[case] field: &str) {
    let mut put = put(Who::System, b"%PDF-1.7");
    change(&mut put);
    let refusal = World::new().judge(Who::System, NOW, put, 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some(field)));
}

#[test]
fn exactly_ten_megabytes_are_taken() {
    let put = Put { size: 10_485_760, ..put(Who::System, b"%PDF-1.7") };
    assert!(World::new().judge(Who::System, NOW, put, 1).is_ok());
}
