//! What a desk keeps on its computer: counted, read through, written out for help without a name, and taken away without a trace.

use bridge::{
    CheckLocal, Diagnostics, Licences, LocalFileKind, LocalState, LocalStateReply, OutboxExport, SessionState, SyncNow, Wipe, WipeReply,
};
use domain::status::CommandState;
use serde_json::{Value, json};
use std::fs;
use testkit::records::consultation;

use crate::world::{EMAIL, PASSWORD, Seat, World, other_accepts, rani};

const REASON: &str = "Topik ini di luar cakupan layanan.";

async fn state(seat: &Seat) -> LocalStateReply {
    seat.desk.local_state(LocalState {}).await.unwrap()
}
async fn wipe(seat: &Seat, told: u32) -> WipeReply {
    seat.desk.wipe(Wipe { told }).await.unwrap()
}
/// A desk with somebody's request on it, a decision that was refused, and one that never left.
async fn at_work(world: &World) -> Seat {
    world.net.serve(|model| model.commit(rani(90)));
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let refused = seat.reject(1, REASON).await;
    other_accepts(&world.net, 1);
    world.offline(false);
    seat.desk.sync_now(SyncNow {}).await.unwrap();
    seat.becomes(refused, CommandState::Conflict).await;
    world.offline(true);
    seat.reject(90, REASON).await;
    seat
}

#[tokio::test]
async fn files_and_records_are_counted() {
    let world = World::new(3, 4);
    let seat = world.whole().await;
    let found = state(&seat).await;
    let of = |kind| found.files.iter().find(|it| it.kind == kind);
    for kind in [LocalFileKind::Mirror, LocalFileKind::Outbox, LocalFileKind::Keys] {
        assert!(of(kind).is_some_and(|it| it.bytes > 0 && it.changed_at.is_some()), "{kind:?} of {found:?}");
    }
    assert_eq!(of(LocalFileKind::SetAside), None);
    let consultations = found.kinds.iter().find(|it| it.kind == "consultation").unwrap();
    assert_eq!((consultations.records, consultations.newest.is_some()), (7, true));
    assert!(found.complete && found.position.is_some() && found.checked.is_none());
}

#[tokio::test]
async fn everything_is_read_and_compared_with_the_server_and_both_are_remembered() {
    let world = World::new(3, 4);
    let seat = world.whole().await;
    let checked = seat.desk.check_local(CheckLocal {}).await.unwrap();
    let all: u64 = state(&seat).await.kinds.iter().map(|it| it.records).sum();
    assert_eq!((checked.whole, checked.records, checked.commands), (true, all, 0));
    seat.until("the server was asked", async |s| state(s).await.compared_at.is_some()).await;
    let first = state(&seat).await.compared_at;
    world.net.clock.advance(60_000);
    seat.desk.check_local(CheckLocal {}).await.unwrap();
    seat.until("it is asked again at once, whenever that was", async |s| state(s).await.compared_at > first).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert!(state(&seat).await.checked.is_some_and(|it| it.whole && it.at > checked.at));
}

#[tokio::test]
async fn what_is_unsent_is_written_out_with_everything_that_was_typed() {
    let world = World::new(3, 0);
    let seat = at_work(&world).await;
    let file = seat.desk.outbox_export(OutboxExport {}).await.unwrap();
    let text = fs::read_to_string(&file.path).unwrap();
    assert_eq!((file.rows, file.more), (2, false));
    assert_eq!(text.matches(REASON).count(), 2, "{text}");
    assert!(text.contains("Rani Kusumawardani") && text.contains("Tolak permintaan") && text.contains("WIB"), "{text}");
}

#[tokio::test]
async fn more_than_a_person_was_told_is_never_taken_away() {
    let world = World::new(3, 0);
    let seat = at_work(&world).await;
    assert_eq!(wipe(&seat, 1).await, WipeReply { unsent: 2, done: false });
    assert!(matches!(seat.session().await, SessionState::Open { .. }));
    assert_eq!(seat.outbox().await.decide.len(), 1, "everything is as it was");
}

#[tokio::test]
async fn after_a_wipe_the_desk_is_at_its_login_and_nothing_of_the_account_is_left() {
    let world = World::new(3, 30);
    let seat = at_work(&world).await;
    let folder = world.data().join("accounts");
    let own = fs::read_dir(&folder).unwrap().flatten().next().unwrap().path();
    let aside = own.with_file_name(format!("{}.aside-1", own.file_name().unwrap().to_string_lossy()));
    fs::create_dir(&aside).unwrap();
    fs::write(aside.join("outbox.db"), "earlier").unwrap();
    assert_eq!(wipe(&seat, 2).await, WipeReply { unsent: 2, done: true });
    let out = |state: SessionState| match state {
        SessionState::LoggedOut { server, email, unsent } => (server.map(|it| it.shown), email, unsent),
        other => panic!("{other:?}"),
    };
    let at_login = (Some("meja.ruangkarsa.id".to_owned()), None, 0);
    assert_eq!(out(seat.session().await), at_login);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "mirror, outbox, copies, keys and what was set aside");
    assert!(world.keyring.names().is_empty(), "the secret that wrapped them");
    for file in world.files() {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(!["Rani", "Dewi", EMAIL, "cakupan"].iter().any(|it| text.contains(it)), "{}", file.display());
    }
    seat.quit().await;
    let seat = world.open().await;
    assert_eq!(out(seat.session().await), at_login, "a start finds nothing");
    world.offline(false);
    seat.log_in(true).await;
    seat.settled().await;
    assert_eq!((seat.waiting().await.total, seat.outbox().await.decide.len()), (3, 0), "it begins anew");
}

/// Whatever a report for others holds, it names nobody and says nothing that was typed.
#[tokio::test]
async fn a_report_for_others_is_free_of_everything_personal() {
    let world = World::new(30, 30);
    let log = world.data().join("log");
    fs::create_dir(&log).unwrap();
    let line =
        |target: &str, fields: Value| json!({ "timestamp": "2026-11-24T03:42:07Z", "level": "ERROR", "fields": fields, "target": target });
    let lines = [
        line("desk::work", json!({ "message": "something failed", "name": "Rani Kusumawardani", "n": 3, "phone": 6_281_234_567_890_i64 })),
        line("sync::engine", json!({ "message": "a try failed", "error": format!("{EMAIL} r0.1 {PASSWORD} KG-20261124-K7Q2MA") })),
        line("hyper::client", json!({ "message": "GET https://dewi@ruangkarsa.id/?token=r0.1 for Rani" })),
    ];
    fs::write(log.join("meja.log"), lines.map(|it| it.to_string()).join("\n")).unwrap();
    let seat = at_work(&world).await;
    let id = seat.desk.new_ids(bridge::NewIds { count: 1 }).await.unwrap().ids[0];
    let note = json!({ "id": id, "record": consultation(90), "text": "Hubungi lewat telepon rumah.", "private": true });
    seat.desk.submit(bridge::Submit { act: "note.add".into(), args: note, seen: Vec::new() }).await.unwrap();
    let file = seat.desk.diagnostics(Diagnostics {}).await.unwrap();
    let text = fs::read_to_string(&file.path).unwrap();
    let tokens = world.net.session(world.door.session());
    let home = world.data().to_string_lossy().into_owned();
    let personal = [
        "Rani",
        "Kusumawardani",
        "Klien",
        "portofolio",
        "Dewi",
        "Lestari",
        "ruangkarsa",
        EMAIL,
        PASSWORD,
        "6281234567890",
        "0812",
        "KG-2026",
        "telepon rumah",
        "cakupan",
        "Laptop kantor",
        &tokens.access_token,
        &tokens.refresh_token,
        "r0.1",
        &home,
    ];
    let found: Vec<&&str> = personal.iter().filter(|it| text.contains(**it)).collect();
    assert!(found.is_empty(), "{found:?} in {text}");
    let ids = text.split('"').filter(|part| part.len() == 36 && part.matches('-').count() == 4).count();
    assert_eq!(ids, 0, "no id leads to anybody either: {text}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&report["program"]["version"], &report["counts"]["conflicts"]), (&json!("0.1.0"), &json!(1)));
    assert_eq!(report["mirror"]["kinds"]["consultation"], 61);
    assert_eq!(report["commands"].as_array().map(Vec::len), Some(3), "which acts wait, and no more of them");
    let lines = report["log"]["lines"].as_array().unwrap();
    assert_eq!(
        (lines.len(), &report["log"]["left_out"], &lines[0]["fields"]),
        (2, &json!(1), &json!({ "name": null, "n": 3, "phone": null }))
    );
    assert!(report["files"].as_array().is_some_and(|it| it.len() >= 3) && report["timings_ms"]["counting"].is_i64());
}

#[tokio::test]
async fn the_parts_by_others_are_named_with_their_licences() {
    let world = World::new(0, 0);
    let seat = world.open().await;
    let all = seat.desk.licences(Licences {}).await.unwrap();
    let tokio = all.iter().find(|it| it.name == "tokio").unwrap();
    assert!(tokio.licence.contains("MIT") && !tokio.version.is_empty(), "{tokio:?}");
}
