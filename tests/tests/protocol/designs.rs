//! What is made for an order: how a version comes onto the server, who sees it from when on, and what the client decides.

use e2e::server::Server;
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::{
    client::{Answer, Event, Events, Peer, day, id, puts, send},
    orders::{applied, fields, ordered, path, people},
    uploads::{document, hash, put},
};

const FIELDS: [&str; 13] = [
    "id",
    "order_id",
    "version",
    "sha256",
    "size",
    "media_type",
    "name",
    "status",
    "comment",
    "pins",
    "submitted_at",
    "reviewed_at",
    "purged_at",
];

/// What the file is called in all of this.
const NAME: &str = "Rahasia – café.pdf";

fn designs(order: &Value) -> String {
    format!("{}/designs", path(order))
}

/// An order of this client that somebody works on.
async fn begun(cs: &Peer, client: &Peer) -> Value {
    let order = ordered(client).await;
    for to in ["approved", "in_progress"] {
        applied(cs, "order.set_status", json!({"id": order["id"], "to": to})).await;
    }
    order
}

/// The arguments that tie a file to an order; what they say of size and media type the server does not go by.
fn tie(design: &str, order: &Value, sha256: &str) -> Value {
    json!({"id": design, "order_id": order["id"], "sha256": sha256, "size": 1, "media_type": "image/png", "name": NAME})
}

/// Uploads a version; its id.
async fn uploaded(staff: &Peer, order: &Value, bytes: &[u8]) -> String {
    let (design, sha256) = (id(), put(staff, NAME, bytes).await);
    applied(staff, "design.upload", tie(&design, order, &sha256)).await;
    design
}

/// Uploads a version, and shows it to the client.
async fn shown(staff: &Peer, order: &Value, bytes: &[u8]) -> String {
    let design = uploaded(staff, order, bytes).await;
    applied(staff, "design.submit", json!({ "id": design })).await;
    design
}

async fn list(client: &Peer, order: &Value) -> Value {
    client.get(&designs(order)).await.expect(200).json()
}

/// Everything that is heard up to and with the next event of this name.
async fn heard(events: &mut Events, name: &str) -> Vec<Event> {
    let mut all = Vec::new();
    while all.last().is_none_or(|event: &Event| event.event != name) {
        all.push(events.next().await.expect("the stream goes on"));
    }
    all
}

/// A problem without what is another one each time.
fn told(answer: &Answer) -> (u16, Value) {
    let mut problem = answer.json();
    let _ = problem.as_object_mut().unwrap().remove("request_id");
    (answer.status, problem)
}

/// Everything that a client can ask about a version.
async fn everything(client: &Peer, order: &Value, version: &str, sha256: &str) -> Vec<(u16, Value)> {
    let at = format!("{}/{version}", designs(order));
    let asked = [
        client.get(&format!("{at}/file")).await,
        client.ask(&format!("{at}/approve"), json!({ "sha256": sha256 })).await,
        client.ask(&format!("{at}/approve"), json!({ "sha256": "x" })).await,
        client.ask(&format!("{at}/revision"), json!({ "sha256": sha256, "comment": "Warnanya lain" })).await,
    ];
    // Without a key nothing is said about it at all.
    assert_eq!(client.post(&format!("{at}/approve"), json!({ "sha256": sha256 })).await.expect(400).code(), "idempotency_key_required");
    asked.iter().map(told).collect()
}

#[tokio::test]
async fn a_version_comes_with_its_bytes_and_counts_once() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, _] = people(&server).await;
    let order = begun(&cs, &rani).await;
    let (bytes, of_admin) = (document(40_000), admin.head().await);
    let (first, sha256) = (id(), hash(&bytes));
    let early = cs.give("design.upload", tie(&first, &order, &sha256)).await;
    assert_eq!((&early["code"], &early["rule"]), (&json!("file_missing"), &json!("R-077")));
    put(&admin, NAME, &bytes).await;
    assert_eq!(cs.give("design.upload", tie(&first, &order, &sha256)).await["code"], "file_missing", "only whoever put it there ties it");
    put(&cs, NAME, &bytes).await;
    applied(&cs, "design.upload", tie(&first, &order, &sha256)).await;
    let same = admin.give("design.upload", tie(&id(), &order, &sha256)).await;
    assert_eq!((&same["code"], &same["details"]["number"]), (&json!("same_design"), &json!("V1")));
    assert_eq!(expert.give("design.upload", tie(&id(), &order, &sha256)).await["code"], "not_allowed");
    let second = uploaded(&admin, &order, &document(50_000)).await;

    let (lines, _) = admin.follow(&of_admin).await;
    let made: Vec<&Value> = puts(&lines, "design").into_iter().map(|it| &it["body"]).collect();
    let brief = |it: &Value| (it["id"].clone(), it["version"].clone(), it["size"].clone(), it["media_type"].clone(), it["status"].clone());
    let expected = [(&first, 1, 40_000), (&second, 2, 50_000)]
        .map(|(design, version, size)| (json!(design), json!(version), json!(size), json!("application/pdf"), json!("uploaded")));
    assert_eq!(made.into_iter().map(brief).collect::<Vec<_>>(), expected, "the server goes by the file");
    let stands = puts(&lines, "order").last().unwrap()["body"].clone();
    assert_eq!((&stands["versions"], &stands["current_version"], &stands["status"]), (&json!(2), &json!(2), &json!("in_progress")));
    applied(&cs, "design.set_current", json!({ "id": first })).await;
    assert_eq!(cs.give("design.set_current", json!({ "id": first })).await["code"], "is_current");
}

#[tokio::test]
async fn a_client_is_shown_a_version_reads_it_and_approves_exactly_that() {
    let server = Server::start().await;
    let [_, cs, _, rani, _] = people(&server).await;
    let (order, bytes) = (begun(&cs, &rani).await, document(30_000));
    let mut events = rani.events("/api/events", None).await;
    assert_eq!(list(&rani, &order).await, json!({"items": []}));
    let available = async || rani.get(&path(&order)).await.expect(200).json()["design"].clone();
    assert_eq!(available().await, Value::Null);
    let design = shown(&cs, &order, &bytes).await;
    assert_eq!(cs.give("design.submit", json!({ "id": design })).await["code"], "not_uploaded");
    assert_eq!(available().await, 1, "Hasil Desain Tersedia (R-078)");
    let all = heard(&mut events, "notification").await;
    let one = |name: &str| all.iter().rfind(|event| event.event == name).unwrap_or_else(|| panic!("no {name} in {all:?}")).json();
    let (version, sha256) = (one("design"), hash(&bytes));
    assert_eq!(fields(&version), FIELDS.into(), "a client is told what the page says, and no more");
    assert_eq!((&version["version"], &version["status"], &version["sha256"]), (&json!(1), &json!("submitted"), &json!(sha256)));
    assert_eq!((&one("order")["status"], &one("notification")["kind"]), (&json!("review"), &json!("design_submitted")));
    assert_eq!(list(&rani, &order).await, json!({"items": [version], "current": 1}));

    let name = version["name"].as_str().unwrap();
    let (stamp, rest) = name.split_once('_').unwrap();
    assert!(stamp.len() == 10 && stamp.bytes().all(|b| b.is_ascii_digit()), "{name}");
    assert_eq!(rest, format!("{}_{NAME}", order["number"].as_str().unwrap()), "{{timestamp}}_{{nomor_order}}_{{original_filename}}");
    let file = format!("{}/1/file", designs(&order));
    let read = rani.get(&file).await.expect(200);
    assert!(read.text.as_bytes() == bytes, "the bytes are what was uploaded");
    let plain = name.replace(['–', 'é'], "_");
    let escaped = format!("{}Rahasia%20%E2%80%93%20caf%C3%A9.pdf", &name[..name.find("Rahasia").unwrap()]);
    assert_eq!(read.headers["content-disposition"], format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{escaped}"));
    assert_eq!((read.headers["content-type"].as_str(), read.headers["x-content-type-options"].as_str()), ("application/pdf", "nosniff"));
    let tag = read.headers["etag"].clone();
    let part = send(rani.request(Method::GET, &file).header(header::RANGE, "bytes=0-7")).await.expect(206);
    assert_eq!((part.text.as_str(), part.headers["content-range"].as_str()), ("%PDF-1.7", "bytes 0-7/30000"));
    send(rani.request(Method::GET, &file).header(header::IF_NONE_MATCH, tag)).await.expect(304);

    let approve = format!("{}/1/approve", designs(&order));
    let wrong = rani.ask(&approve, json!({"sha256": hash(b"others")})).await.expect(422);
    assert_eq!(wrong.code(), "stale", "an approval is bound to the bytes");
    let none = rani.ask(&approve, json!({"sha256": "ABC"})).await.expect(422).json();
    assert_eq!((&none["code"], &none["errors"][0]["field"]), (&json!("invalid_args"), &json!("sha256")));
    rani.post(&approve, json!({ "sha256": sha256 })).await.expect(400).code();
    rani.ask(&approve, json!({"sha256": 7})).await.expect(400).code();
    let key = id();
    let approved = rani.ask_with(&approve, json!({ "sha256": sha256 }), &key).await.expect(200).json();
    assert_eq!((&approved["status"], approved["reviewed_at"].is_string()), (&json!("approved"), true));
    let again = rani.ask_with(&approve, json!({ "sha256": sha256 }), &key).await.expect(200);
    assert_eq!((again.json(), again.headers["idempotent-replayed"].as_str()), (approved.clone(), "true"));
    assert_eq!(rani.ask(&approve, json!({ "sha256": sha256 })).await.expect(422).code(), "not_submitted");
    assert_eq!(events.until("design").await.json(), approved, "the stream says what the answer said");
    assert_eq!(rani.get(&path(&order)).await.json()["status"], "review", "the staff completes it");
    let detail = rani.get(&path(&order)).await.expect(200).text;
    assert!(!detail.contains("design.upload") && detail.contains("design.submit") && detail.contains("design.approve"), "{detail}");
}

#[tokio::test]
async fn a_revision_sends_the_order_back_in_the_same_commit() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let (order, bytes) = (begun(&cs, &rani).await, document(20_000));
    let design = shown(&cs, &order, &bytes).await;
    let (revision, sha256) = (format!("{}/1/revision", designs(&order)), hash(&bytes));
    for (comment, code) in [(" ab ", "reason_required"), (&"x".repeat(501), "invalid_args")] {
        let problem = rani.ask(&revision, json!({ "sha256": sha256, "comment": comment })).await.expect(422).json();
        assert_eq!((&problem["code"], &problem["errors"][0]["field"]), (&json!(code), &json!("comment")));
    }
    let pins = json!([{ "x": 766, "y": 478, "text": "Gagangnya terlalu tebal" }]);
    let body = json!({ "sha256": sha256, "comment": "Warnanya lebih hangat", "pins": pins });
    let problem = rani.ask(&revision, body.clone()).await.expect(422).json();
    assert_eq!((&problem["code"], &problem["errors"][0]["field"]), (&json!("invalid_args"), &json!("pins")), "a document has no places");
    let (of_admin, mut live) = (admin.head().await, admin.events("/v1/feed/live", None).await);
    let asked = rani.ask(&revision, json!({ "sha256": sha256, "comment": "Warnanya lebih hangat" })).await.expect(200).json();
    assert_eq!((&asked["status"], &asked["comment"]), (&json!("revision_requested"), &json!("Warnanya lebih hangat")));
    let together = live.until("changes").await.json();
    let both = [puts(together["lines"].as_array().unwrap(), "design"), puts(together["lines"].as_array().unwrap(), "order")];
    let stands = both.map(|puts| puts.first().map(|put| put["body"]["status"].clone()));
    assert_eq!(stands, [Some(json!("revision_requested")), Some(json!("in_progress"))], "{together}");
    let (lines, _) = admin.follow(&of_admin).await;
    let review = |line: &Value| line["put"]["body"]["status"] == "review";
    assert!(!lines.iter().any(review), "nobody sees one without the other: {lines:?}");

    let second = shown(&cs, &order, &document(21_000)).await;
    assert_eq!(rani.get(&path(&order)).await.json()["status"], "review");
    let versions =
        |list: &Value| -> Vec<i64> { list["items"].as_array().unwrap().iter().map(|it| it["version"].as_i64().unwrap()).collect() };
    let now = list(&rani, &order).await;
    assert_eq!((versions(&now), &now["current"]), (vec![2, 1], &json!(2)), "newest first");
    uploaded(&cs, &order, &document(22_000)).await;
    let now = list(&rani, &order).await;
    assert_eq!((versions(&now), now.get("current")), (vec![2, 1], None), "what counts was not shown yet");
    applied(&cs, "design.set_current", json!({ "id": design })).await;
    assert_eq!(list(&rani, &order).await["current"], 1);
    assert_ne!(second, design);
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "cancelled", "reason": "Klien menunda"})).await;
    let closed = rani.ask(&format!("{}/2/approve", designs(&order)), json!({"sha256": hash(&document(21_000))})).await.expect(422);
    assert_eq!(closed.code(), "not_open");
}

#[tokio::test]
async fn a_setting_of_the_organisation_says_who_uploads() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, _] = people(&server).await;
    let order = begun(&cs, &rani).await;
    let before = uploaded(&cs, &order, &document(20_000)).await;
    let set = |value: &str| json!({"key": "design.uploaders", "value": value});
    assert_eq!(cs.give("setting.set", set("admin")).await["code"], "not_allowed", "an admin's");
    let wrong = admin.give("setting.set", set("cs")).await;
    assert_eq!((&wrong["code"], &wrong["details"]["field"]), (&json!("invalid_args"), &json!("value")));
    let (of_cs, of_expert) = (cs.head().await, expert.head().await);
    applied(&admin, "setting.set", set("admin")).await;
    for (peer, from) in [(&cs, of_cs), (&expert, of_expert)] {
        let (lines, _) = peer.follow(&from).await;
        let told = puts(&lines, "setting");
        assert_eq!(
            (&told[0]["body"]["key"], &told[0]["body"]["value"]),
            (&json!("design.uploaders"), &json!("admin")),
            "every desk hears it"
        );
    }
    let (second, sha256) = (id(), put(&cs, NAME, &document(21_000)).await);
    let refused = cs.give("design.upload", tie(&second, &order, &sha256)).await;
    assert_eq!((&refused["code"], &refused["rule"]), (&json!("not_allowed"), &json!("C-13")), "{refused}");
    assert_eq!(refused["details"], json!({"roles": ["admin"], "setting": "design.uploaders"}));
    applied(&cs, "design.submit", json!({ "id": before })).await;
    assert_eq!(list(&rani, &order).await["items"][0]["version"], 1, "what was uploaded before stays, and goes its way");
    uploaded(&admin, &order, &document(22_000)).await;
    applied(&admin, "setting.set", set("staff")).await;
    applied(&cs, "design.upload", tie(&second, &order, &sha256)).await;
    let audit = admin.get("/v1/audit?act=design.upload&limit=100").await.expect(200).json();
    let by: Vec<&Value> = audit["items"].as_array().unwrap().iter().map(|it| &it["actor"]["name"]).collect();
    assert_eq!(by, [&cs.user["name"], &admin.user["name"], &cs.user["name"]], "every upload is audited, and no other");
}

#[tokio::test]
async fn a_file_is_taken_away_by_an_admin_alone_with_a_reason_and_no_sooner_than_is_set() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = begun(&cs, &rani).await;
    let (bytes, last) = (document(20_000), document(21_000));
    let first = shown(&cs, &order, &bytes).await;
    let second = shown(&cs, &order, &last).await;
    rani.ask(&format!("{}/2/approve", designs(&order)), json!({ "sha256": hash(&last) })).await.expect(200);
    let purge = |id: &str| json!({"id": id, "reason": "Masa simpan habis"});
    assert_eq!(cs.give("design.purge", purge(&first)).await["code"], "not_allowed");
    assert_eq!(admin.give("design.purge", json!({ "id": first })).await["code"], "reason_required");
    let open = admin.give("design.purge", purge(&first)).await;
    assert_eq!((&open["code"], &open["details"]["status"]), (&json!("still_open"), &json!("review")));
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "completed"})).await;
    assert_eq!(admin.give("design.purge", purge(&second)).await["code"], "delivered");
    for (value, why) in [(json!(29), "out_of_range"), (json!(3_651), "out_of_range"), (json!("90"), "malformed")] {
        let wrong = admin.give("setting.set", json!({"key": "design.retention_days", "value": value})).await;
        assert_eq!((&wrong["details"]["field"], &wrong["details"]["invalid"]), (&json!("value"), &json!(why)), "{value}");
    }
    for days in [365, 30] {
        if days == 30 {
            applied(&admin, "setting.set", json!({"key": "design.retention_days", "value": days})).await;
        }
        let early = admin.give("design.purge", purge(&first)).await;
        assert_eq!((&early["code"], &early["rule"], &early["details"]["bound"]), (&json!("too_early"), &json!("C-15"), &json!(days)));
        let until = early["details"]["until"].as_str().unwrap();
        assert!(until > day(days - 1).as_str() && until < day(days + 2).as_str(), "from when on: {until}");
    }
    let item = list(&rani, &order).await["items"][1].clone();
    assert_eq!((&item["version"], &item["purged_at"]), (&json!(1), &Value::Null), "nothing was taken away");
    assert_eq!(admin.get(&format!("/v1/files/{}", hash(&bytes))).await.expect(200).text.as_bytes(), bytes);
}

#[tokio::test]
async fn what_was_not_shown_is_not_there_by_any_route() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = begun(&cs, &rani).await;
    let mut events = rani.events("/api/events", None).await;
    let (bytes, other) = (document(20_000), document(25_000));
    let design = uploaded(&cs, &order, &bytes).await;
    let sha256 = hash(&bytes);
    assert_eq!(list(&rani, &order).await, json!({"items": []}));
    let hidden = everything(&rani, &order, "1", &sha256).await;
    assert_eq!(hidden, everything(&rani, &order, "2", &sha256).await, "as one that never was");
    assert!(hidden.iter().all(|(status, problem)| *status == 404 && problem["code"] == "not_found"), "{hidden:?}");
    for wild in ["0", "-1", "01x", "9999999999999999999", "%00"] {
        assert_eq!(everything(&rani, &order, wild, &sha256).await, hidden, "{wild}");
    }
    let detail = rani.get(&path(&order)).await.expect(200).text;
    assert!(rani.get("/api/notifications").await.json()["items"].as_array().unwrap().iter().all(|it| it["kind"] != "design_submitted"));
    shown(&cs, &order, &other).await;
    let before = heard(&mut events, "design").await;
    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    applied(&admin, "order.restore", json!({"id": order["id"]})).await;
    let after = [heard(&mut events, "gone").await, heard(&mut events, "design").await].concat();
    for event in before.iter().chain(&after) {
        assert!(!event.data.contains(&design) && !event.data.contains(&sha256), "{event:?}");
    }
    assert_eq!(after.last().unwrap().json()["sha256"], hash(&other), "what was shown comes back");
    assert!(!detail.contains(&sha256) && !detail.contains("Rahasia"), "{detail}");
}

#[tokio::test]
async fn whoever_put_a_file_there_loses_it_with_the_record_they_tied_it_to() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = begun(&cs, &rani).await;
    let sha256 = put(&cs, NAME, &document(40_000)).await;
    let at = format!("/v1/files/{sha256}");
    assert_eq!(cs.get(&at).await.status, 200, "what they have put there, until they tie it to something");
    assert_eq!(admin.get(&at).await.status, 404);
    applied(&cs, "design.upload", tie(&id(), &order, &sha256)).await;
    assert_eq!((cs.get(&at).await.status, admin.get(&at).await.status), (200, 200), "whoever sees the version");
    applied(&admin, "order.delete", json!({ "id": order["id"], "reason": "Dimasukkan dua kali" })).await;
    for path in [at.clone(), format!("{at}/preview/thumb")] {
        let left = cs.get(&path).await;
        assert_eq!((left.status, left.code().as_str()), (404, "not_found"), "{path}");
    }
}

#[tokio::test]
async fn a_strangers_design_does_not_exist() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, made] = people(&server).await;
    let (order, bytes) = (begun(&cs, &rani).await, document(20_000));
    let (of_expert, mut events) = (expert.head().await, made.events("/api/events", None).await);
    let (design, sha256) = (shown(&cs, &order, &bytes).await, hash(&bytes));
    let nobodys = json!({ "id": id() });
    assert_eq!(everything(&made, &order, "1", &sha256).await, everything(&made, &nobodys, "1", &sha256).await);
    assert_eq!(told(&made.get(&designs(&order)).await), told(&made.get(&designs(&nobodys)).await));
    for staff in [&admin, &cs, &expert] {
        staff.get(&designs(&order)).await.expect(403).code();
        staff.get(&format!("{}/1/file", designs(&order))).await.expect(403).code();
    }
    let file = format!("/v1/files/{sha256}");
    let name = list(&rani, &order).await["items"][0]["name"].as_str().unwrap().to_owned();
    for staff in [&admin, &cs] {
        let read = staff.get(&file).await.expect(200);
        let said = &read.headers["content-disposition"];
        assert!(read.text.as_bytes() == bytes && said.contains(&name[..name.find("Rahasia").unwrap()]), "R-077's name: {said}");
    }
    assert_eq!(rani.get(&file).await.expect(200).text.as_bytes(), bytes, "whoever was shown it");
    assert_eq!(told(&made.get(&file).await), told(&made.get(&format!("/v1/files/{}", hash(b"nobody's"))).await));
    assert_eq!(told(&expert.get(&file).await), told(&expert.get(&format!("/v1/files/{}", hash(b"nobody's"))).await));
    for (name, args) in [
        ("design.submit", json!({ "id": design })),
        ("design.set_current", json!({ "id": design })),
        ("design.approve", json!({ "id": design, "sha256": sha256 })),
        ("design.request_revision", json!({ "id": design, "sha256": sha256, "comment": "Warnanya lain" })),
    ] {
        assert_eq!(expert.give(name, args.clone()).await["code"], "not_allowed", "{name}");
        if name.ends_with("approve") || name.ends_with("revision") {
            assert_eq!(admin.give(name, args).await["code"], "not_allowed", "only its client decides");
        }
    }
    let (lines, _) = expert.follow(&of_expert).await;
    assert!(!lines.iter().any(|line| line.to_string().contains(&sha256)), "an expert hears nothing: {lines:?}");
    let own = ordered(&made).await;
    assert_eq!(events.until("order").await.json()["id"], own["id"], "the first that Made ever hears of is her own");

    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    assert_eq!(everything(&rani, &order, "1", &sha256).await, everything(&rani, &nobodys, "1", &sha256).await);
    rani.get(&designs(&order)).await.expect(404).code();
    cs.get(&file).await.expect(404).code();
    admin.get(&file).await.expect(200);
}

#[tokio::test]
async fn who_is_erased_leaves_versions_without_words() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let (order, bytes) = (begun(&cs, &rani).await, document(20_000));
    shown(&cs, &order, &bytes).await;
    let (revision, sha256) = (format!("{}/1/revision", designs(&order)), hash(&bytes));
    rani.ask(&revision, json!({ "sha256": sha256, "comment": "Rahasia kami berdua" })).await.expect(200);
    let export: Value = serde_json::from_str(&server.run(&["client", "export", "--email", "rani@x.id"], "")).unwrap();
    assert_eq!((&export["designs"][0]["version"], &export["designs"][0]["comment"]), (&json!(1), &json!("Rahasia kami berdua")));
    server.run(&["client", "erase", "--email", "rani@x.id", "--yes"], "");
    rani.until_refused(&designs(&order)).await;
    let head = admin.head().await;
    let walked = admin.get(&format!("/v1/feed?before={head}&limit=5000")).await.expect(200).text;
    let audit = admin.get("/v1/audit?limit=100").await.expect(200).text;
    assert!(walked.contains(&sha256) && audit.contains("design.request_revision"), "that there was a version stays");
    let (file, of_cs) = (format!("/v1/files/{sha256}"), cs.get("/v1/audit?limit=100").await.expect(200).text);
    for peer in [&admin, &cs] {
        assert_eq!(peer.get(&file).await.expect(410).code(), "purged", "its bytes are nobody's any more");
    }
    for text in [walked, audit, of_cs] {
        assert!(!text.contains("Rahasia"), "what was said and what it was called is gone: {text}");
    }
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"));
}
