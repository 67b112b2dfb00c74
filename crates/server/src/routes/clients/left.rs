//! What is left of a client after everything has happened to them that the rulebook knows, and they were erased: nothing that tells who they
//! were, in no table and in nobody's feed, whichever engine keeps it.

use axum::{body::Body, http::Method};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    command::Command,
    commands::message::MarkRead,
    id::{ClientId, CommandId, UserId},
    name::PersonName,
    role::{Actor, Person, Role},
};
use inspect::testing::{pdf, png};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Duration};
use store::{
    memory::Memory,
    postgres::{self, Postgres},
    sqlite::{self, Sqlite},
    testing::dump,
};
use uuid::Uuid;

use crate::{
    testing::{Peer, TestApp},
    writer::{GiveCommands, Item},
};

/// It stands in every text of the client and about them, in their name and in their address.
const MARK: &str = "rahasiawati";
const NAME: &str = "Rahasiawati Ningrum";
const EMAIL: &str = "rahasiawati@x.id";
/// What is looked for, in small letters: also their number, and their address as a file's metadata have names (base64).
const TEXTS: [&str; 3] = [MARK, "81234567890", "umfoyxnpyxdhdgk"];
/// Where it must have stood before, or the story tells nothing.
const TABLES: [&str; 16] = [
    "user",
    "client",
    "consultation",
    "order",
    "conversation",
    "message",
    "design",
    "file",
    "note",
    "notification",
    "import_part",
    "audit_value",
    "command",
    "remembered",
    "job",
    "upload",
];
/// A text that tells who the client is.
fn said(what: &str) -> String {
    format!("{what} Rahasiawati")
}

/// Everybody of the story.
struct People {
    app: TestApp,
    rani: Peer,
    client: String,
    admin: Peer,
    cs: Peer,
    colleague: Peer,
    expert: Peer,
}

async fn applied(peer: &Peer, name: &str, args: Value) {
    let outcome = peer.give(name, args).await;
    assert_eq!(outcome["status"], "applied", "{name}: {outcome}");
}

async fn refused(peer: &Peer, name: &str, args: Value, code: &str) {
    let outcome = peer.give(name, args).await;
    assert_eq!(outcome["code"], code, "{name}: {outcome}");
}

/// Everything that somebody's feed holds.
async fn whole_feed(peer: &Peer) -> Vec<Value> {
    let (mut all, mut at) = (Vec::new(), peer.head().await);
    loop {
        let page = peer.page(&format!("/v1/feed?before={at}&limit=500")).await;
        all.extend(page.lines);
        if !page.more {
            return all;
        }
        at = page.cursor;
    }
}

/// Begins to send a file and sends nothing of it.
async fn begins_a_file(peer: &Peer, name: &str) {
    let pairs = [("filename", name.to_owned()), ("sha256", "1".repeat(64)), ("policy", "design".to_owned())];
    let metadata = pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",");
    let begin = peer.request(Method::POST, "/v1/uploads").header("tus-resumable", "1.0.0").header("upload-length", 10);
    let _ = peer.send(begin.header("upload-metadata", metadata).body(Body::empty()).unwrap()).await.expect(201);
}

impl People {
    async fn meet(app: TestApp) -> Self {
        let (admin, cs) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "b@x.id").await);
        let (colleague, expert) = (app.staff(Role::Cs, "c@x.id").await, app.staff(Role::Expert, "e@x.id").await);
        let rani = app.client(EMAIL, NAME).await;
        let client = whole_feed(&admin).await.iter().find_map(|line| {
            let put = line.get("put").filter(|put| put["kind"] == "client" && put["body"]["email"] == EMAIL)?;
            put["id"].as_str().map(str::to_owned)
        });
        Self { app, rani, client: client.expect("the client"), admin, cs, colleague, expert }
    }
    /// Logged in on a device, with another password, in vain; two mails asked for, one of them sent.
    async fn comes_and_goes(&self) {
        let device = json!({"name": said("Ponsel"), "platform": "linux"});
        let login = json!({"email": EMAIL, "password": "kata-sandi-uji-9", "device": device});
        let _ = self.app.stranger().post("/api/auth/login", &login).await.expect(200);
        let wrong = json!({"email": EMAIL, "password": "kata-sandi-lain-9", "device": device});
        let _ = self.app.stranger().post("/api/auth/login", &wrong).await.expect(401);
        let _ = self.app.stranger().post("/api/auth/forgot", &json!({ "email": EMAIL })).await;
        assert!(self.app.run_jobs().await > 0);
        self.app.clock.advance(Duration::from_secs(360));
        let _ = self.app.stranger().post("/api/auth/forgot", &json!({ "email": EMAIL })).await;
    }
    /// Two requests: one is talked about and rejected; one is accepted, given away, and called off by its client.
    async fn asks(&self) {
        let (rani, admin, cs) = (&self.rani, &self.admin, &self.cs);
        let ask = json!({"requested_date": rani.day(2), "topic": said("Topik"), "note": said("Pesan")});
        let key = rani.id();
        let first = rani.ask_with("/api/consultations", &ask, &key).await.expect(201).json();
        let again = rani.ask_with("/api/consultations", &ask, &key).await.expect(201).json();
        assert_eq!(first, again);
        let _ = rani.ask("/api/consultations", &ask).await.expect(422);
        let record = json!({"kind": "consultation", "id": first["id"]});
        applied(cs, "item.claim", json!({ "record": record })).await;
        applied(cs, "note.add", json!({"id": cs.id(), "record": record, "text": said("Catatan")})).await;
        applied(cs, "item.release", json!({ "record": record })).await;
        applied(admin, "item.assign", json!({"record": record, "to": self.expert.user["id"]})).await;
        applied(&self.expert, "note.add", json!({"id": cs.id(), "record": record, "text": said("Rahasia"), "private": true})).await;
        applied(admin, "consultation.reject", json!({"id": first["id"], "reason": said("Alasan")})).await;
        let second = rani.ask("/api/consultations", &ask).await.expect(201).json();
        applied(admin, "item.assign", json!({"record": {"kind": "consultation", "id": second["id"]}, "to": self.expert.user["id"]})).await;
        applied(admin, "consultation.accept", json!({"id": second["id"], "message": said("Sampai jumpa")})).await;
        let cancel = format!("/api/consultations/{}/cancel", second["id"].as_str().unwrap());
        let _ = rani.ask(&cancel, &json!({"reason": said("Batal")})).await.expect(200);
        // Whoever is late hears who was first: the client.
        refused(admin, "consultation.reject", json!({"id": second["id"], "reason": said("Terlambat")}), "not_waiting").await;
        refused(cs, "item.claim", json!({"record": {"kind": "consultation", "id": second["id"]}}), "not_open").await;
        let past = json!({"id": cs.id(), "client_id": self.client, "requested_date": rani.day(-3), "note": said("Lampau")});
        refused(cs, "consultation.request", past, "date_in_past").await;
        for line in rani.get("/api/notifications").await.expect(200).json()["items"].as_array().unwrap() {
            let read = format!("/api/notifications/{}/read", line["id"].as_str().unwrap());
            assert!(rani.ask(&read, &json!({})).await.status < 300);
        }
    }
    /// An order with everything: edited, given away, noted, talked about with files, drawn, sent back, approved. And one that is deleted.
    async fn orders(&self) {
        let (rani, admin, cs) = (&self.rani, &self.admin, &self.cs);
        let wanted = json!({"design_type": "logo", "description": said("Logo"), "needs": said("Kartu nama")});
        let order = rani.ask("/api/orders", &wanted).await.expect(201).json();
        let path = format!("/api/orders/{}", order["id"].as_str().unwrap());
        let _ = rani.ask(&format!("{path}/edit"), &json!({"needs": said("Brosur")})).await.expect(200);
        applied(admin, "order.assign", json!({"id": order["id"], "to": self.colleague.user["id"]})).await;
        applied(cs, "order.set_note", json!({"id": order["id"], "note": said("Titipan")})).await;
        applied(cs, "note.add", json!({"id": cs.id(), "record": {"kind": "order", "id": order["id"]}, "text": said("Catatan")})).await;
        let (brief, answer) = (pdf(1_500), pdf(1_600));
        let sent = rani.upload("Rahasiawati.pdf", &brief).await;
        let attached = json!({"text": said("Halo"), "attachments": [{ "sha256": sent, "name": "Rahasiawati brief.pdf" }]});
        let _ = rani.ask(&format!("{path}/messages"), &attached).await.expect(201);
        let theirs = cs.upload("untuk Rahasiawati.pdf", &answer).await;
        let reply = json!({"id": cs.id(), "order_id": order["id"], "text": said("Baik"),
            "attachments": [{ "sha256": theirs, "name": "untuk Rahasiawati.pdf" }]});
        applied(cs, "message.send", reply).await;
        let _ = rani.ask(&format!("{path}/messages/read"), &json!({ "upto": 2 })).await;
        applied(admin, "conversation.read", json!({"order_id": order["id"], "upto": 2})).await;
        applied(cs, "message.send", json!({"id": cs.id(), "order_id": order["id"], "text": said("Sudah")})).await;
        let shown = cs.show(&order, "Logo Rahasiawati.png", &png(2_000)).await;
        let comment = json!({"sha256": shown, "comment": said("Ubah"), "pins": [{ "x": 500, "y": 500, "text": said("Di sini") }]});
        let _ = rani.ask(&format!("{path}/designs/1/revision"), &comment).await.expect(200);
        let shown = cs.show(&order, "Logo 2 Rahasiawati.pdf", &pdf(2_100)).await;
        let _ = rani.ask(&format!("{path}/designs/2/approve"), &json!({ "sha256": shown })).await.expect(200);
        let _ = rani.upload("tidak dipakai Rahasiawati.pdf", &pdf(1_700)).await;
        begins_a_file(rani, "Rahasiawati.png").await;
        let other = rani.ask("/api/orders", &wanted).await.expect(201).json();
        applied(admin, "order.delete", json!({"id": other["id"], "reason": said("Ganda")})).await;
    }
    /// What the staff does about the client themselves: corrected, written to, noted, found twice in a file.
    async fn is_kept(&self) {
        let (admin, cs, client) = (&self.admin, &self.cs, &self.client);
        applied(cs, "client.edit", json!({"id": client, "name": "Rahasiawati Lama"})).await;
        applied(cs, "client.edit", json!({"id": client, "name": NAME})).await;
        applied(cs, "client.contact", json!({"id": client, "channel": "email"})).await;
        applied(cs, "note.add", json!({"id": cs.id(), "record": {"kind": "client", "id": client}, "text": said("Catatan")})).await;
        let other = json!({"id": cs.id(), "name": "Made Ayu", "email": "made@x.id"});
        applied(cs, "client.create", other).await;
        let order = json!({"design_type": "logo", "description": said("Impor"), "old_number": "Rahasiawati 7"});
        let rows = json!([
            {"row": 1, "client": {"name": NAME, "phone": "081234567890"}, "order": order},
            {"row": 2, "client": {"name": "Siapa Ini", "phone": "081234567890", "email": "made@x.id"}},
        ]);
        let part = json!({"id": cs.id(), "import": cs.id(), "part": 1, "parts": 1, "file": "Rahasiawati Ningrum.csv", "rows": rows});
        applied(cs, "import.rows", part).await;
        let export = admin.get(&format!("/v1/clients/{client}/export")).await.expect(200).text;
        assert!(export.contains(NAME));
    }
    /// Everything that anybody of the staff can read.
    async fn read_by_all(&self) -> Vec<String> {
        let mut all = Vec::new();
        for peer in [&self.admin, &self.cs, &self.colleague, &self.expert] {
            all.extend(whole_feed(peer).await.iter().map(|line| format!("feed: {line}")));
            all.push(format!("work: {}", peer.get("/v1/feed/work").await.expect(200).text));
        }
        all.push(format!("audit: {}", self.admin.get("/v1/audit?limit=100").await.expect(200).text));
        all.push(format!("export: {}", self.admin.get(&format!("/v1/clients/{}/export", self.client)).await.expect(200).text));
        all
    }
    /// An act that was on its way when the client was erased: whoever looked at their session saw them as they were.
    async fn acts_too_late(&self, order: &str) {
        let user: UserId = self.rani.user["id"].as_str().unwrap().parse().unwrap();
        let client: ClientId = self.client.parse().unwrap();
        let person = Person { id: user, name: PersonName::new(NAME).unwrap() };
        let actor = Actor::person(person, vec![Role::Client], None, Some(client));
        let read: Command = MarkRead { order_id: order.parse().unwrap(), upto: 3 }.into();
        let item = Item::of(CommandId::from_uuid(self.app.app.shell.uuid()), read);
        let judged = self.app.app.writer.write(GiveCommands::new(actor, vec![item])).await.unwrap();
        assert_eq!(judged[0].outcome.code.as_ref().map(|code| code.wire()), Some("erased"));
    }
}

/// The lines in which something of the client stands.
fn telling(all: &[String]) -> Vec<&String> {
    all.iter().filter(|line| TEXTS.iter().any(|text| line.to_lowercase().contains(text))).collect()
}

/// The whole story. `everything` gives what stands in the store.
async fn nothing_is_left<F: Future<Output = Vec<String>>>(app: TestApp, tables: &[&str], everything: impl Fn() -> F) {
    let people = People::meet(app).await;
    people.comes_and_goes().await;
    people.asks().await;
    people.orders().await;
    people.is_kept().await;
    let before = everything().await;
    for table in tables {
        let stood = telling(&before).iter().any(|line| line.starts_with(&format!("{table}: ")));
        assert!(stood, "nothing of the client stood in {table}: the story tells nothing of it");
    }
    assert!(!telling(&before).is_empty() && !telling(&people.read_by_all().await).is_empty());
    let order = people.rani.get("/api/orders").await.expect(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/clients/{}/erase", people.client);
    let _ = people.admin.post(&path, &json!({ "name": NAME })).await.expect(204);
    people.acts_too_late(&order).await;
    let after = [everything().await, people.read_by_all().await].concat();
    // Nothing may stay; what ever must, is named here, with its reason.
    let left = telling(&after);
    assert!(left.is_empty(), "{} texts are left: {left:#?}", left.len());
    let proof = people.admin.get("/v1/audit/chain").await.expect(200).json();
    assert!(proof["holds"] == true && proof["erased"].as_i64() > Some(0), "{proof}");
    let others = after.iter().any(|line| line.contains("Made Ayu"));
    assert!(others, "others stay");
}

#[tokio::test]
async fn nothing_is_left_in_memory() {
    let store = Arc::new(Memory::new(Uuid::from_u128(1)));
    let app = TestApp::builder().on(Arc::clone(&store) as _).start().await;
    nothing_is_left(app, &[], async || vec![store.dump()]).await;
}

#[tokio::test]
async fn nothing_is_left_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meja.db");
    let store = Arc::new(Sqlite::open(sqlite::Options::new(&path, Uuid::from_u128(1))).await.unwrap());
    let app = TestApp::builder().on(store).start().await;
    nothing_is_left(app, &TABLES, async || dump::sqlite(&path).await).await;
    // Not even where the file keeps what it has overwritten, with the server still at work.
    found_nowhere(folder.path());
}

#[tokio::test]
async fn nothing_is_left_in_a_database() {
    let database = store::testing::postgres::database().await;
    let options = postgres::Options::new(database.url.clone(), Uuid::from_u128(1));
    let app = TestApp::builder().on(Arc::new(Postgres::open(options).await.unwrap())).start().await;
    // Who would look for them asks on another runtime, which this one's connections do not serve. None is left: the story looks itself.
    app.leave_jobs();
    nothing_is_left(app, &TABLES, async || dump::postgres(&database.url).await).await;
}

fn found_nowhere(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for text in TEXTS {
            assert!(!bytes.windows(text.len()).any(|it| it == text.as_bytes()), "{text} still stands in {}", path.display());
        }
    }
}
