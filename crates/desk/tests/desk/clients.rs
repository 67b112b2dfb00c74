//! Klien: what the window reads of clients, and the way to write to them outside of Meja.

use bridge::{
    ClientDetail, ClientErase, ClientExport, ClientFilter, ClientList, ClientSort, ClientTale, DeskError, ErrorCode, OpenContact, Submit,
    TalePart, Told, VerdictState,
};
use domain::{
    commands::client::Channel,
    record::{Kind, RecordRef},
    role::{Actor, Role},
    status::CommandState,
};
use serde_json::json;
use testkit::records::{client, consultation, id, person};

use crate::world::{Seat, World, rani};

async fn open(seat: &Seat, client: RecordRef, channel: Channel, text: &str) -> Result<(), DeskError> {
    seat.desk.open_contact(OpenContact { client: client.id.into(), channel, text: text.to_owned() }).await
}

#[tokio::test]
async fn the_list_the_client_and_what_happened_are_read_from_this_desk() {
    let world = World::new(2, 0);
    world.net.serve(|model| model.commit(rani(40)));
    let seat = world.whole().await;
    let filter = ClientFilter { sort: ClientSort::Name, text: "0812 3456".to_owned() };
    let list = ClientList { filter, offset: 0, limit: 5_000, around: None };
    let found = seat.desk.client_list(list.clone()).await.unwrap();
    let row = &found.rows[0];
    assert_eq!((found.total, found.all, row.client.name.as_str(), row.requests), (1, 3, "Rani Kusumawardani", 1));
    let whole =
        seat.desk.client_list(ClientList { filter: ClientFilter::default(), around: Some(row.client.id), limit: 2, ..list }).await.unwrap();
    assert_eq!((whole.total, whole.rows.len(), whole.at), (3, 2, Some(2)));
    let detail = seat.desk.client_detail(ClientDetail { record: client(40), merge: None }).await.unwrap();
    assert_eq!((detail.counts.requests, detail.counts.open_requests, detail.ours, detail.rev), (1, 1, false, 1));
    let acts: Vec<&str> = detail.verdicts.iter().map(|verdict| verdict.act.as_str()).collect();
    assert_eq!(acts, ["client.edit", "note.add"]);
    assert!(detail.verdicts.iter().all(|verdict| verdict.verdict == VerdictState::Allowed));
    let tale = ClientTale { client: client(40).id.into(), part: TalePart::All, offset: 0, limit: 50 };
    let tale = seat.desk.client_tale(tale).await.unwrap();
    let Told::Request { request } = &tale.lines[0].told else { panic!("a request") };
    assert_eq!((tale.total, RecordRef::new(Kind::Consultation, request.id)), (1, consultation(40)));
    for record in [client(999), consultation(40)] {
        assert_eq!(seat.desk.client_detail(ClientDetail { record, merge: None }).await.unwrap_err().code, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn whoever_may_know_of_no_client_has_none() {
    let world = World::new(1, 0);
    *world.door.person.lock().unwrap() = Actor::person(person(1), vec![Role::Expert], None, None);
    let seat = world.whole().await;
    let list = ClientList { filter: ClientFilter::default(), offset: 0, limit: 50, around: None };
    assert_eq!(seat.desk.client_list(list).await.unwrap().all, 0);
}

#[tokio::test]
async fn a_chat_and_a_mail_are_opened_with_what_the_record_says_and_the_text_and_nothing_else() {
    let world = World::new(0, 0);
    world.net.serve(|model| {
        model.commit(rani(7));
        let args = json!({ "id": client(7).id, "email": "rani+kerja@x.id" });
        model.act(&testkit::records::colleague(), 9_000, "client.edit", args);
    });
    let seat = world.whole().await;
    open(&seat, client(7), Channel::Whatsapp, "Halo Rani & kawan").await.unwrap();
    open(&seat, client(7), Channel::Email, "Halo?\ncc=x").await.unwrap();
    let opened = world.opened.0.lock().unwrap().clone();
    assert_eq!(opened, ["https://wa.me/6281234567890?text=Halo%20Rani%20%26%20kawan", "mailto:rani%2Bkerja@x.id?body=Halo%3F%0Acc%3Dx"]);
    let nobody = RecordRef::new(Kind::Client, id::<domain::id::ClientId>(999));
    assert_eq!(open(&seat, nobody, Channel::Whatsapp, "Halo").await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(open(&seat, client(7), Channel::of_wire("pigeon"), "Halo").await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(open(&seat, client(7), Channel::Email, &"x".repeat(2_001)).await.unwrap_err().code, ErrorCode::BadCall);
    assert_eq!(world.opened.0.lock().unwrap().len(), 2, "nothing else was opened");
}

/// That somebody was written to is noted without a line too: it waits in the outbox, and is never held for being undone.
#[tokio::test]
async fn writing_to_a_client_is_noted_also_without_a_line() {
    let world = World::new(0, 0);
    world.net.serve(|model| model.commit(rani(7)));
    let seat = world.whole().await;
    seat.desk.pause(bridge::Pause { paused: true, rest: None }).await.unwrap();
    let args = json!({ "id": client(7).id, "channel": "whatsapp", "about": consultation(7) });
    let given = seat.desk.submit(Submit { act: "client.contact".into(), args, seen: vec![client(7)] }).await.unwrap();
    assert_eq!(given.held_ms, None);
    seat.desk.pause(bridge::Pause { paused: false, rest: None }).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    let mail = Submit { act: "client.contact".into(), args: json!({ "id": client(7).id, "channel": "email" }), seen: Vec::new() };
    assert_eq!(seat.desk.submit(mail).await.unwrap_err().refusal.as_deref(), Some("no_contact"), "there is no address");
}

/// What the law gives clients is done by the server: the file is written here, the erasure comes back by the feed.
#[tokio::test]
async fn a_clients_data_are_written_out_and_erased_by_an_admin_alone() {
    let world = World::new(0, 0);
    world.net.serve(|model| model.commit(rani(7)));
    let seat = world.whole().await;
    let id = client(7).id.into();
    let file = seat.desk.client_export(ClientExport { client: id }).await.unwrap();
    let text = std::fs::read_to_string(&file.path).unwrap();
    assert!(file.path.contains("meja-klien-") && text.contains("Rani Kusumawardani") && text.contains("+6281234567890"), "{text}");
    let missing = seat.desk.client_export(ClientExport { client: id_of_nobody() }).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::NotFound);
    let erase = async |name: &str| seat.desk.client_erase(ClientErase { client: id, name: name.to_owned() }).await;
    let wrong = erase("Rani").await.unwrap_err();
    assert_eq!((wrong.code, wrong.refusal.as_deref()), (ErrorCode::Refused, Some("stale")));
    erase("Rani Kusumawardani").await.unwrap();
    let shown = async |seat: &Seat| seat.desk.client_detail(ClientDetail { record: client(7), merge: None }).await.unwrap().client;
    seat.until("it came back by the feed", async |seat| shown(seat).await.erased_at.is_some()).await;
    assert_eq!(shown(&seat).await.phone, None);
    assert_eq!(erase("(dihapus)").await.unwrap_err().refusal.as_deref(), Some("erased"));
    assert!(seat.outbox().await.running.is_empty(), "nothing of it was queued");
}

#[tokio::test]
async fn nobody_else_has_them_written_out_or_erased() {
    let world = World::new(0, 0);
    world.net.serve(|model| model.commit(rani(7)));
    *world.door.person.lock().unwrap() = Actor::person(person(1), vec![Role::Cs], None, None);
    let seat = world.whole().await;
    let client = client(7).id.into();
    let export = seat.desk.client_export(ClientExport { client }).await.unwrap_err();
    let erase = seat.desk.client_erase(ClientErase { client, name: "Rani Kusumawardani".to_owned() }).await.unwrap_err();
    for refused in [export, erase] {
        assert_eq!((refused.code, refused.refusal.as_deref()), (ErrorCode::Refused, Some("not_allowed")));
    }
}

fn id_of_nobody() -> domain::id::ClientId {
    id(999)
}

/// Away from a line two clients become one at once; an old link, and what is told, lead to the one who stays.
#[tokio::test]
async fn two_clients_are_merged_without_a_line_and_the_server_hears_of_it_later() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    world.offline(true);
    let (kept, from) = (client(0), client(1));
    world.net.serve(|model| model.act(&testkit::records::colleague(), 9, "consultation.accept", json!({ "id": consultation(1).id })));
    let asked = ClientDetail { record: kept, merge: Some(from.id.into()) };
    let verdict = async || {
        let detail = seat.desk.client_detail(asked.clone()).await.unwrap();
        detail.verdicts.into_iter().find(|it| it.act == "client.merge").unwrap().verdict
    };
    let VerdictState::Refused { code, details, .. } = verdict().await else { panic!("both wait for an answer") };
    assert_eq!((code.as_str(), details.record), ("already_waiting", Some(consultation(1))));
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("the answer came", async |seat| seat.shown(1).await != domain::records::ConsultationStatus::Waiting).await;
    world.offline(true);
    assert_eq!(verdict().await, VerdictState::Allowed);
    let args = json!({ "id": kept.id, "from": from.id });
    seat.hold(0).await;
    let given = seat.desk.submit(Submit { act: "client.merge".to_owned(), args, seen: vec![kept, from] }).await.unwrap();
    assert_eq!(given.prediction, bridge::Prediction::Applied);
    let shown = async |record: RecordRef| seat.desk.client_detail(ClientDetail { record, merge: None }).await.unwrap();
    assert_eq!(RecordRef::new(Kind::Client, shown(from).await.client.id), kept, "an old link leads to them");
    assert_eq!(shown(from).await.counts.requests, 2);
    let tale = ClientTale { client: from.id.into(), part: TalePart::Requests, offset: 0, limit: 50 };
    assert_eq!(seat.desk.client_tale(tale).await.unwrap().total, 2);
    let list = ClientList { filter: ClientFilter::default(), offset: 0, limit: 50, around: None };
    let names: Vec<RecordRef> =
        seat.desk.client_list(list).await.unwrap().rows.iter().map(|row| RecordRef::new(Kind::Client, row.client.id)).collect();
    assert_eq!(names, [kept]);
    assert!(shown(kept).await.ours, "it is this desk's until the server has said so");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("the server has it", async |seat| {
        let it = seat.desk.client_detail(ClientDetail { record: kept, merge: None }).await.unwrap();
        !it.ours && it.client.formers.0.len() == 1
    })
    .await;
    world.net.serve(|model| assert!(model.held(from).unwrap().record.to_json().unwrap().contains("merged_into")));
}
