//! Clients and orders from a file: tried by the rules, brought in by parts, called off and taken back.

use bridge::{
    CancelImport, DropImport, ErrorCode, Event, ImportBegin, ImportCheck, ImportChecked, ImportDouble, ImportField, ImportFile, ImportPlan,
    ImportProblems, ImportRefused, ImportSheet, ImportTaken, ImportTemplate, ImportTwin, ImportView, Imports, PickImport, SheetFormat,
    Submit, UndoImport,
};
use domain::{
    command::{Act as _, Command},
    commands::client,
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, ImportPart, Order},
    role::Actor,
};
use std::fs;
use testkit::records::client_record;

use crate::world::{Seat, World};

const FILE: &str = "Nama Klien;No. HP;Email;Jenis Desain;Deskripsi;Tenggat;No Invoice\n\
    Sari Dewi;0813-1111-2222;;Logo;Logo toko roti;10/12/2026;INV-1\n\
    Al;tidak ada;;patung;;besok;\n\
    Nama Lain;081234567890;;Cetak;Brosur;;INV-2\n\
    Sari D.;+62 813 1111 2222;;Web;Situs toko;;INV-3\n\
    Budi Santoso;;budi@x.id;;;;\n";

/// A server with a client who is known by their number.
fn serving() -> World {
    let world = World::new(1, 0);
    world.net.serve(|model| {
        let AnyRecord::Client(known) = client_record(70) else { unreachable!("a client") };
        let phone = Some(Phone::new("081234567890").unwrap());
        model.commit([AnyRecord::Client(Client { phone, ..known })]);
    });
    world
}

async fn picked(world: &World, seat: &Seat, name: &str, bytes: &[u8]) -> ImportTaken {
    let path = world.downloads.path().join(name);
    fs::write(&path, bytes).unwrap();
    *world.chosen.0.lock().unwrap() = vec![path];
    seat.desk.pick_import(PickImport {}).await.unwrap().unwrap()
}

async fn file(world: &World, seat: &Seat, text: &str) -> ImportFile {
    let read = match picked(world, seat, "klien 2025.csv", text.as_bytes()).await {
        ImportTaken::Read(file) => Ok(file),
        refused => Err(refused),
    };
    read.unwrap()
}

fn plan(file: &ImportFile) -> ImportPlan {
    ImportPlan { columns: file.columns.iter().map(|column| column.field).collect(), separate: Vec::new() }
}

async fn checked(seat: &Seat, plan: &ImportPlan) -> ImportChecked {
    seat.desk.import_check(ImportCheck { plan: plan.clone() }).await.unwrap()
}

async fn only(seat: &Seat) -> ImportView {
    let mut all = seat.desk.imports(Imports {}).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn records<T: domain::record::Record>(world: &World) -> Vec<T> {
    world.net.model().visible(&Actor::system()).values().filter_map(|held| T::of(&held.record).cloned()).collect()
}

#[tokio::test]
async fn a_file_is_tried_by_the_rules_without_doing_anything() {
    let world = serving();
    let seat = world.whole().await;
    let file = file(&world, &seat, FILE).await;
    use ImportField::{Deadline, Description, DesignType, Email, Name, OldNumber, Phone};
    let fields: Vec<_> = file.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [Name, Phone, Email, DesignType, Description, Deadline, OldNumber].map(Some));
    assert_eq!(
        (file.rows, file.remembered, file.columns[0].examples.as_slice()),
        (5, false, ["Sari Dewi", "Al", "Nama Lain"].map(String::from).as_slice())
    );
    let it = checked(&seat, &plan(&file)).await;
    assert_eq!((it.rows, it.good, it.clients, it.orders, it.complete), (5, 4, 2, 3, true));
    let problems: Vec<_> =
        it.problems.iter().map(|p| (p.row, p.field.unwrap(), p.header.as_deref().unwrap(), p.value.as_str(), p.code.as_str())).collect();
    let expected = [
        (3, Name, "Nama Klien", "Al", "invalid_args"),
        (3, Phone, "No. HP", "tidak ada", "invalid_args"),
        (3, DesignType, "Jenis Desain", "patung", "invalid_args"),
        (3, Description, "Deskripsi", "", "invalid_args"),
        (3, Deadline, "Tenggat", "besok", "invalid_args"),
    ];
    assert_eq!((problems, it.problems_total), (expected.to_vec(), 5));
    let AnyRecord::Client(known) = client_record(70) else { unreachable!("a client") };
    let twin = ImportTwin::Client { id: known.id, name: known.name.to_string() };
    let expected = [
        ImportDouble { row: 4, name: "Nama Lain".into(), by: Phone, twin },
        ImportDouble { row: 5, name: "Sari D.".into(), by: Phone, twin: ImportTwin::Row(2) },
    ];
    assert_eq!((it.doubles.as_slice(), it.doubles_total), (expected.as_slice(), 2));
    let own = ImportPlan { separate: vec![4, 5], ..plan(&file) };
    let it = checked(&seat, &own).await;
    assert_eq!((it.clients, it.doubles_total), (4, 0));
    assert!(seat.outbox().await.running.is_empty() && seat.desk.imports(Imports {}).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_passes_is_brought_in_also_over_a_restart_and_can_be_taken_back() {
    let world = serving();
    let seat = world.whole().await;
    let taken = file(&world, &seat, FILE).await;
    world.offline(true);
    let begun = seat.desk.import_begin(ImportBegin { plan: plan(&taken) }).await.unwrap();
    let it = only(&seat).await;
    assert_eq!((it.import, it.parts, it.waiting, it.answered, it.file.as_str()), (begun.import, 1, 1, 0, "klien 2025.csv"));
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(only(&seat).await.waiting, 1, "what was begun is there after a restart");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is the server's", async |s| only(s).await.clients == 2).await;
    let it = only(&seat).await;
    assert_eq!((it.parts, it.answered, it.waiting, it.rows, it.orders, it.matched, it.refused_rows), (1, 1, 0, 4, 3, 2, 0));
    assert!(it.undo_until.is_some() && it.by.is_some());
    let mut notes: Vec<String> =
        records::<Order>(&world).into_iter().filter_map(|order| order.staff_note.map(|note| note.to_string())).collect();
    notes.sort();
    assert_eq!(notes, ["Nomor lama: INV-1", "Nomor lama: INV-2", "Nomor lama: INV-3"]);
    seat.desk.undo_import(UndoImport { import: begun.import }).await.unwrap();
    seat.until("it is taken back", async |s| only(s).await.undone == 1).await;
    let it = only(&seat).await;
    assert_eq!((it.undoing, it.left_total, it.undo_until), (0, 0, None));
    assert!(records::<Order>(&world).iter().all(|order| order.deleted.is_some()));
    let again = seat.desk.undo_import(UndoImport { import: begun.import }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound, "nothing of it is left to be taken back");
}

#[tokio::test]
async fn many_rows_go_in_parts_and_what_has_not_left_can_be_called_off() {
    let world = serving();
    let seat = world.whole().await;
    let rows: String = (0..250).map(|n| format!("Made Ayu;0812-0000-{n:04}\n")).collect();
    let taken = file(&world, &seat, &format!("Nama;Telepon\n{rows}")).await;
    world.offline(true);
    let begun = seat.desk.import_begin(ImportBegin { plan: plan(&taken) }).await.unwrap();
    let it = only(&seat).await;
    assert_eq!((begun.parts, it.waiting, it.waiting_rows, it.rows), (3, 3, 250, 0), "how many rows are still to go is said");
    // Parts that are being tried at this moment may have left: they wait again when they did not, and are called off then.
    let called_off = async |s: &Seat| {
        s.desk.cancel_import(CancelImport { import: begun.import }).await.unwrap();
        s.desk.imports(Imports {}).await.unwrap().is_empty()
    };
    seat.until("nothing of it waits", called_off).await;
    assert!(seat.outbox().await.running.is_empty());
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.settled().await;
    assert!(records::<ImportPart>(&world).is_empty(), "nothing of it reached the server");
}

#[tokio::test]
async fn what_a_person_said_of_columns_is_known_again() {
    let world = serving();
    let seat = world.whole().await;
    let text = "A;B\nSari Dewi;0813-1111-2222\n";
    let taken = file(&world, &seat, text).await;
    assert_eq!(plan(&taken).columns, [None, None]);
    let said = ImportPlan { columns: vec![Some(ImportField::Name), Some(ImportField::Phone)], separate: Vec::new() };
    seat.desk.import_begin(ImportBegin { plan: said.clone() }).await.unwrap();
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    let taken = file(&world, &seat, text).await;
    assert_eq!((taken.remembered, plan(&taken)), (true, said));
}

#[tokio::test]
async fn rows_that_do_not_pass_are_written_out_with_their_reasons() {
    let world = serving();
    let seat = world.whole().await;
    let taken = file(&world, &seat, FILE).await;
    let out = seat.desk.import_problems(ImportProblems { plan: plan(&taken) }).await.unwrap();
    let text = fs::read_to_string(&out.path).unwrap();
    assert_eq!(out.rows, 1);
    assert!(text.contains("\"3\"") && text.contains("tidak ada") && text.contains("Bentuknya tidak dikenali"), "{text}");
    let none = seat.desk.import_refused(ImportRefused { import: domain::id::ImportId::from_uuid(uuid(9)) }).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::NotFound);
}

fn uuid(n: u64) -> uuid::Uuid {
    testkit::records::command(n).uuid()
}

#[tokio::test]
async fn what_is_no_table_is_an_answer_and_a_handle_is_good_once() {
    let world = serving();
    let seat = world.whole().await;
    let said = picked(&world, &seat, "foto.csv", b"\x89PNG\r\n").await;
    assert_eq!(said, ImportTaken::Refused { name: "foto.csv".into(), why: "not_a_table".into() });
    let no_file = seat.desk.import_check(ImportCheck { plan: ImportPlan::default() }).await.unwrap_err();
    assert_eq!(no_file.code, ErrorCode::NotFound);
    let path = world.downloads.path().join("klien.csv");
    fs::write(&path, "Nama\nSari Dewi\n").unwrap();
    let mut events = seat.desk.events();
    seat.desk.files_dropped(vec![path]);
    let handle = loop {
        if let Event::Dropped { handle: Some(handle), .. } = events.recv().await.unwrap() {
            break handle;
        }
    };
    assert!(matches!(seat.desk.drop_import(DropImport { handle }).await.unwrap(), ImportTaken::Read(_)));
    assert_eq!(seat.desk.drop_import(DropImport { handle }).await.unwrap_err().code, ErrorCode::NotFound);
    let none = seat.desk.import_sheet(ImportSheet { sheet: "Lain".into() }).await.unwrap();
    assert!(matches!(none, ImportTaken::Read(_)), "a text table has no sheets: it is the same one");
    let wide = ImportPlan { columns: vec![None; 2], separate: Vec::new() };
    assert_eq!(seat.desk.import_check(ImportCheck { plan: wide }).await.unwrap_err().code, ErrorCode::BadCall);
}

#[tokio::test]
async fn a_template_is_understood_whole() {
    let world = serving();
    let seat = world.whole().await;
    for (form, name) in [(SheetFormat::Csv, "t.csv"), (SheetFormat::Xlsx, "t.xlsx")] {
        let saved = seat.desk.import_template(ImportTemplate { form }).await.unwrap();
        let ImportTaken::Read(taken) = picked(&world, &seat, name, &fs::read(saved.path).unwrap()).await else { panic!("{form:?}") };
        let fields: Vec<_> = taken.columns.iter().map(|column| column.field).collect();
        assert_eq!(fields, ImportField::ALL.map(Some), "{form:?}");
        let it = checked(&seat, &plan(&taken)).await;
        assert_eq!((it.good, it.orders, it.problems.len()), (1, 1, 0), "{form:?}: {:?}", it.problems);
    }
}

#[tokio::test]
async fn a_locked_desk_holds_nothing_of_a_file() {
    let world = serving();
    let seat = world.whole().await;
    let taken = file(&world, &seat, FILE).await;
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    let locked = seat.desk.import_check(ImportCheck { plan: plan(&taken) }).await.unwrap_err();
    assert!(matches!(locked.code, ErrorCode::NotFound | ErrorCode::NoSession), "{locked:?}");
}

#[tokio::test]
async fn what_somebody_touched_since_stays_and_is_named() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    let taken = file(&world, &seat, FILE).await;
    let begun = seat.desk.import_begin(ImportBegin { plan: plan(&taken) }).await.unwrap();
    seat.until("it is the server's", async |s| only(s).await.clients == 2).await;
    let budi = records::<Client>(&world).into_iter().find(|it| it.name.as_str() == "Budi Santoso").unwrap();
    let edit: Command = client::Edit { id: budi.id, name: Some("Budi Santosa".into()), phone: None, email: None, zone: None }.into();
    let submit = Submit { act: client::Edit::NAME.into(), args: edit.args(), seen: Vec::new() };
    seat.desk.submit(submit).await.unwrap();
    let renamed = async |_: &Seat| records::<Client>(&world).iter().any(|it| it.name.as_str() == "Budi Santosa");
    seat.until("he is called otherwise", renamed).await;
    seat.desk.undo_import(UndoImport { import: begun.import }).await.unwrap();
    seat.until("it is taken back", async |s| only(s).await.undone == 1).await;
    let it = only(&seat).await;
    let left: Vec<_> = it.left.iter().map(|left| (left.record, left.name.as_str())).collect();
    assert_eq!((left, it.left_total), (vec![(RecordRef::new(Kind::Client, budi.id), "Budi Santosa")], 1));
}
