//! The Commands section of the page, sentence by sentence.

use domain::role::Role;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;

use crate::testing::{Answer, Peer, TestApp, command};

async fn request(client: &Peer) -> Value {
    let body = json!({"requested_date": client.day(3), "topic": "Tinjau CV"});
    client.ask("/api/consultations", &body).await.expect(201).json()
}

fn with(mut command: Value, name: &str, value: Value) -> Value {
    command[name] = value;
    command
}

#[tokio::test]
async fn a_command_is_applied_once_however_often_it_is_sent() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let asked = request(&app.client("rani@x.id", "Rani Kusuma").await).await;
    let (id, args) = (admin.id(), json!({"id": asked["id"]}));
    let first = admin.give_as(&id, "consultation.accept", args.clone()).await;
    assert_eq!(first, json!({"id": id, "seq": first["seq"], "status": "applied"}));
    let again = json!({"id": id, "seq": first["seq"], "status": "applied", "repeated": true});
    assert_eq!(admin.give_as(&id, "consultation.accept", args.clone()).await, again);
    let twice = vec![command(&id, "consultation.accept", &args), command(&id, "consultation.accept", &args)];
    assert_eq!(admin.give_all(twice).await, [again.clone(), again]);
    let (one, other) = (admin.id(), json!({"id": admin.id(), "name": "Made Ayu"}));
    let both = admin.give_all(vec![command(&one, "client.create", &other), command(&one, "client.create", &other)]).await;
    assert_eq!((both[0].get("repeated"), &both[1]["repeated"]), (None, &json!(true)), "also within one batch");
}

#[tokio::test]
async fn an_id_belongs_to_its_user_and_its_command() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let (id, args) = (admin.id(), json!({"id": admin.id(), "name": "Made Ayu"}));
    assert_eq!(admin.give_as(&id, "client.create", args.clone()).await["status"], "applied");
    let head = admin.head().await;
    let other_args = json!({"id": admin.id(), "name": "Made Ayu"});
    for (peer, name, args) in [(&admin, "client.create", &other_args), (&admin, "client.edit", &args), (&cs, "client.create", &args)] {
        let outcome = peer.give_as(&id, name, args.clone()).await;
        assert_eq!((&outcome["status"], &outcome["code"]), (&json!("refused"), &json!("command_id_reused")));
        assert!(outcome.get("seq").is_none() && outcome["message"].is_string(), "{outcome}");
    }
    assert_eq!(admin.head().await, head, "an answer only is not stored");
}

#[tokio::test]
async fn a_refusal_has_a_number_and_is_remembered() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let before = admin.head().await;
    let (id, args) = (admin.id(), json!({"id": admin.id()}));
    let first = admin.give_as(&id, "consultation.accept", args.clone()).await;
    assert_eq!((&first["code"], &first["rule"]), (&json!("not_found"), &json!("R-002")));
    assert!(first["seq"].is_i64() && first["message"].is_string(), "{first}");
    let again = admin.give_as(&id, "consultation.accept", args).await;
    assert_eq!(again, with(first.clone(), "repeated", json!(true)));
    let (lines, _) = admin.follow(&before).await;
    assert_eq!(lines, [json!({"outcome": first})], "the same outcome comes by the feed, once");
}

#[tokio::test]
async fn one_refused_command_never_stops_the_ones_after_it() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let create = |name: &str| command(&admin.id(), "client.create", &json!({"id": admin.id(), "name": name}));
    let batch = vec![
        command(&admin.id(), "consultation.accept", &json!({"id": admin.id()})),
        command(&admin.id(), "consultation.approve", &json!({})),
        command(&admin.id(), "client.create", &json!({"id": 7})),
        with(create("Made Ayu"), "v", json!(99)),
        with(create("Made Ayu"), "v", json!("x")),
        with(create("Made Ayu"), "seen", json!([{"kind": "consultation"}])),
        with(create("Made Ayu"), "after", json!(["x"])),
        create("Made Ayu"),
        create("x"),
        with(create("Made Ayu"), "a_new_field", json!({"a": 1})),
    ];
    let ids: Vec<Value> = batch.iter().map(|c| c["id"].clone()).collect();
    let outcomes = admin.give_all(batch).await;
    assert_eq!(outcomes.iter().map(|o| o["id"].clone()).collect::<Vec<_>>(), ids, "in the order of the batch");
    let codes: Vec<&str> = outcomes.iter().map(|o| o["code"].as_str().unwrap_or("applied")).collect();
    let bad = "invalid_args";
    assert_eq!(codes, ["not_found", "unknown_command", bad, bad, bad, bad, bad, "applied", bad, "applied"]);
    let fields: Vec<&str> = outcomes.iter().filter_map(|o| o["details"]["field"].as_str()).collect();
    assert_eq!(fields, ["id", "v", "v", "seen[0]", "after[0]", "name"]);
    let numbered: Vec<bool> = outcomes.iter().map(|o| o["seq"].is_i64()).collect();
    assert_eq!(numbered, [true, false, true, true, true, true, true, true, true, true], "an unknown command is an answer only");
}

#[tokio::test]
async fn what_depends_on_a_refused_or_unknown_command_is_blocked() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let client = admin.id();
    let create = |id: &str, client: &str| command(id, "client.create", &json!({"id": client, "name": "Made Ayu"}));
    let edit = |id: &str, after: &[&str]| {
        let edit = command(id, "client.edit", &json!({"id": client, "phone": "081234567890"}));
        with(edit, "after", json!(after))
    };
    let (bad, good, foreign, late) = (admin.id(), admin.id(), cs.id(), admin.id());
    assert_eq!(cs.give_as(&foreign, "client.create", json!({"id": cs.id(), "name": "Agus Salim"})).await["status"], "applied");
    let outcomes = admin
        .give_all(vec![
            command(&bad, "consultation.accept", &json!({"id": admin.id()})),
            edit(&admin.id(), &[&bad]),
            edit(&admin.id(), &[&admin.id()]),
            edit(&admin.id(), &[&foreign]),
            create(&good, &client),
            edit(&admin.id(), &[&good]),
            edit(&admin.id(), &[&good, &bad]),
        ])
        .await;
    let statuses: Vec<&str> = outcomes.iter().map(|o| o["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["refused", "blocked", "blocked", "blocked", "applied", "applied", "blocked"]);
    assert_eq!(outcomes[1], json!({"id": outcomes[1]["id"], "status": "blocked"}));
    let cause = admin.id();
    assert_eq!(admin.give_all(vec![edit(&late, &[&cause])]).await[0]["status"], "blocked");
    assert_eq!(admin.give_all(vec![create(&cause, &admin.id())]).await[0]["status"], "applied");
    let judged = &admin.give_all(vec![edit(&late, &[&cause])]).await[0];
    assert_eq!((&judged["status"], judged.get("repeated")), (&json!("applied"), None), "blocked was not stored");
}

#[tokio::test]
async fn the_first_verdict_counts_and_the_second_is_a_conflict() {
    let app = TestApp::new().await;
    let dewi = app.staff(Role::Admin, "a@x.id").await;
    let hendra = app.staff(Role::Admin, "b@x.id").await;
    let asked = request(&app.client("rani@x.id", "Rani Kusuma").await).await;
    let seen = json!([{"kind": "consultation", "id": asked["id"], "rev": 1}]);
    let accept = with(command(&dewi.id(), "consultation.accept", &json!({"id": asked["id"]})), "seen", seen.clone());
    assert_eq!(dewi.give_all(vec![accept]).await[0]["status"], "applied");
    let args = json!({"id": asked["id"], "reason": "Tanggal penuh"});
    let reject = with(command(&hendra.id(), "consultation.reject", &args), "seen", seen);
    let refused = hendra.give_all(vec![reject.clone()]).await.remove(0);
    assert_eq!((&refused["code"], &refused["conflict"]), (&json!("not_waiting"), &json!(true)));
    assert_eq!(refused["details"]["by"]["id"], dewi.user["id"], "who decided");
    let current = &refused["current"][0];
    assert_eq!((&current["kind"], &current["id"], &current["rev"]), (&json!("consultation"), &asked["id"], &json!(2)));
    assert_eq!((&current["body"]["status"], current["seq"].is_i64()), (&json!("accepted"), true));
    // What stands now is made when answered: another answer, another now.
    assert_eq!(dewi.give("consultation.cancel", json!({"id": asked["id"], "reason": "Klien sakit"})).await["status"], "applied");
    let again = hendra.give_all(vec![reject]).await.remove(0);
    assert_eq!((&again["repeated"], &again["conflict"]), (&json!(true), &json!(true)));
    assert_eq!((&again["current"][0]["rev"], &again["current"][0]["body"]["status"]), (&json!(3), &json!("cancelled")));
    let feed = hendra.page("/v1/feed/work").await;
    let (lines, _) = hendra.follow(&feed.cursor).await;
    assert!(lines.iter().all(|l| l["outcome"].get("current").is_none()), "it is never stored: {lines:?}");
}

#[tokio::test]
async fn a_seen_revision_matches_when_own_commands_wrote_the_later_ones() {
    let app = TestApp::new().await;
    let dewi = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let asked = request(&app.client("rani@x.id", "Rani Kusuma").await).await;
    let record = json!({"kind": "consultation", "id": asked["id"]});
    let (claim, renewed) = (dewi.id(), dewi.id());
    let reject = |after: Value| {
        let reject = command(&dewi.id(), "consultation.reject", &json!({"id": asked["id"], "reason": ""}));
        with(with(reject, "after", after), "seen", json!([{"kind": "consultation", "id": asked["id"], "rev": 1}]))
    };
    let claim_it = |id: &str| command(id, "item.claim", &json!({"record": record}));
    let together = dewi.give_all(vec![claim_it(&claim), reject(json!([claim]))]).await;
    assert_eq!((&together[1]["code"], together[1].get("conflict")), (&json!("reason_required"), None), "written in this commit");
    assert_eq!(dewi.give_all(vec![claim_it(&renewed)]).await[0]["status"], "applied");
    let later = dewi.give_all(vec![reject(json!([claim, renewed]))]).await;
    assert_eq!(later[0].get("conflict"), None, "written in earlier commits");
    let partly = dewi.give_all(vec![reject(json!([claim]))]).await;
    assert_eq!(partly[0]["conflict"], true, "a later revision is not named");
    assert_eq!(cs.give("note.add", json!({"id": cs.id(), "record": record, "text": "x"})).await["status"], "applied");
    assert_eq!(dewi.give_all(vec![reject(json!([claim, renewed]))]).await[0].get("conflict"), None, "a note is another record");
}

#[tokio::test]
async fn a_conflict_does_not_hint_at_what_one_may_not_see() {
    let app = TestApp::new().await;
    let expert = app.staff(Role::Expert, "c@x.id").await;
    let asked = request(&app.client("rani@x.id", "Rani Kusuma").await).await;
    let refused = |seen_id: Value| {
        let seen = json!([{"kind": "consultation", "id": seen_id, "rev": 0}]);
        with(
            command(&expert.id(), "note.add", &json!({"id": expert.id(), "record": {"kind": "consultation", "id": seen_id}, "text": "x"})),
            "seen",
            seen,
        )
    };
    let (there, nowhere) = (refused(asked["id"].clone()), refused(json!(expert.id())));
    let outcomes = expert.give_all(vec![there, nowhere]).await;
    for outcome in &outcomes {
        assert_eq!((&outcome["code"], outcome.get("conflict"), outcome.get("current")), (&json!("not_found"), None, None));
    }
    let extreme =
        with(command(&expert.id(), "note.add", &json!({})), "seen", json!([{"kind": "user", "id": expert.user["id"], "rev": i64::MAX}]));
    assert_eq!(expert.give_all(vec![extreme]).await[0]["code"], "invalid_args");
    let extreme =
        with(command(&expert.id(), "note.add", &json!({})), "seen", json!([{"kind": "user", "id": expert.user["id"], "rev": i64::MIN}]));
    assert_eq!(expert.give_all(vec![extreme]).await[0]["conflict"], true);
}

#[tokio::test]
async fn malformed_bodies_are_400_and_nothing_is_judged() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let good = || command(&admin.id(), "client.create", &json!({"id": admin.id(), "name": "Made Ayu"}));
    let without = |part: &str| {
        let mut command = good();
        command.as_object_mut().unwrap().remove(part);
        command
    };
    let head = admin.head().await;
    for bad in [
        json!({"commands": [good(), without("id")]}),
        json!({"commands": [good(), without("name")]}),
        json!({"commands": [with(good(), "id", json!(admin.id().to_uppercase().replace('7', "A")))]}),
        json!({"commands": [with(good(), "name", json!(""))]}),
        json!({"commands": [with(good(), "name", json!(7))]}),
        json!({"commands": [good(), 7]}),
        json!({"commands": (0..101).map(|_| good()).collect::<Vec<_>>()}),
        json!({"commands": 7}),
        json!({}),
        json!([]),
    ] {
        assert_eq!(admin.post("/v1/commands", &bad).await.expect(400).code(), "malformed");
    }
    assert_eq!(admin.head().await, head);
    assert!(admin.give_all(vec![]).await.is_empty());
    let full: Vec<Value> = (0..100).map(|_| good()).collect();
    assert!(admin.give_all(full).await.iter().all(|o| o["status"] == "applied"));
}

#[tokio::test]
async fn an_oversized_body_is_413() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let text = |bytes: usize| command(&admin.id(), "note.add", &json!({"text": "x".repeat(bytes)}));
    assert_eq!(admin.post("/v1/commands", &json!({"commands": [text(1 << 20)]})).await.expect(413).code(), "too_large");
    let _ = admin.post("/v1/commands", &json!({"commands": [text(1 << 19)]})).await.expect(200);
    let stream = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 1 << 16]));
    let endless = axum::body::Body::from_stream(futures_util::StreamExt::take(stream, 1 << 10));
    assert_eq!(admin.post_raw("/v1/commands", endless).await.expect(413).code(), "too_large", "whatever the length says");
}

#[tokio::test]
async fn whoever_is_answered_over_an_unread_body_hears_that_the_connection_ends() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let (large, small) = (json!({"commands": ["x".repeat(2 << 20)]}), json!({"commands": []}));
    let closes = |answer: &Answer| answer.headers.get("connection").map(String::as_str) == Some("close");
    let too_large = admin.post("/v1/commands", &large).await.expect(413);
    assert!(!closes(&too_large), "so much is read to its end, and the connection goes on: {too_large:?}");
    assert!(!closes(&admin.post("/v1/commands", &small).await.expect(200)));
    assert!(!closes(&admin.get("/v1/me").await.expect(200)), "what has no body has nothing unread");
    let stranger = app.stranger();
    assert!(closes(&stranger.post("/v1/commands", &small).await.expect(401)), "refused before the body was looked at");
    let stream = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 1 << 16]));
    let endless = admin.post_raw("/v1/commands", axum::body::Body::from_stream(stream)).await.expect(413);
    assert!(closes(&endless), "reading on has an end");
}

#[tokio::test]
async fn the_server_tells_which_commands_it_knows() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let (applied, refused, never) = (admin.id(), admin.id(), admin.id());
    let first = admin.give_as(&applied, "client.create", json!({"id": admin.id(), "name": "Made Ayu"})).await;
    let second = admin.give_as(&refused, "consultation.accept", json!({"id": admin.id()})).await;
    let head = admin.head().await;
    let ask = json!({"ids": [applied, never, refused, never]});
    let answer = admin.post("/v1/commands/known", &ask).await.expect(200).json();
    assert_eq!(answer, json!({"outcomes": [first, second], "unknown": [never]}));
    assert_eq!(cs.post("/v1/commands/known", &json!({"ids": [applied]})).await.json(), json!({"outcomes": [], "unknown": [applied]}));
    assert_eq!(admin.head().await, head, "nothing is judged");
    for bad in [json!({"ids": ["x"]}), json!({"ids": 7}), json!({})] {
        assert_eq!(admin.post("/v1/commands/known", &bad).await.expect(400).code(), "malformed");
    }
}

#[tokio::test]
async fn an_old_unknown_id_is_too_old_and_refusals_are_forgotten() {
    let app = TestApp::new().await;
    let (admin, args) = (app.staff(Role::Admin, "a@x.id").await, |peer: &Peer| json!({"id": peer.id(), "name": "Made Ayu"}));
    let (refused, applied) = (admin.id(), admin.id());
    let accept = json!({"id": admin.id()});
    assert_eq!(admin.give_as(&refused, "consultation.accept", accept.clone()).await["code"], "not_found");
    let create = args(&admin);
    assert_eq!(admin.give_as(&applied, "client.create", create.clone()).await["status"], "applied");
    let unknown = admin.id();
    app.clock.advance(Duration::from_secs(91 * 86_400));
    app.app.writer.write(crate::jobs::Purge::default()).await.unwrap();
    let admin = app.login("a@x.id").await;
    assert_eq!(admin.give_as(&applied, "client.create", create).await["repeated"], true, "applied ids are known for ever");
    for id in [&unknown, &refused] {
        let outcome = admin.give_as(id, "consultation.accept", accept.clone()).await;
        assert_eq!((&outcome["code"], outcome.get("seq")), (&json!("too_old"), None));
    }
}

#[tokio::test]
async fn each_role_is_told_its_own_commands() {
    let app = TestApp::new().await;
    let listed = async |role: Role, email: &str| -> Vec<String> {
        let answer = app.staff(role, email).await.get("/v1/commands").await.expect(200).json();
        let commands = answer["commands"].as_array().unwrap().clone();
        assert!(commands.iter().all(|c| c["v"] == 1 && c["args"]["type"] == "object"), "each with its schema");
        commands.iter().map(|c| c["name"].as_str().unwrap().to_owned()).collect()
    };
    let (admin, cs, expert) = (listed(Role::Admin, "a@x.id").await, listed(Role::Cs, "b@x.id").await, listed(Role::Expert, "c@x.id").await);
    assert!(admin.contains(&"setting.set".to_owned()) && !cs.contains(&"setting.set".to_owned()));
    assert_eq!(expert, ["note.add", "notification.read"]);
    let systems = [
        "user.add",
        "user.set_password",
        "client.export",
        "client.erase",
        "account.register",
        "account.factor_on",
        "account.factor_off",
        "account.factor_codes",
    ];
    assert!(!admin.iter().any(|name| systems.contains(&name.as_str())));
    let staff = ["user.invite", "user.edit", "user.set_status", "user.send_link", "device.revoke", "account.reset_factor"];
    assert!(staff.iter().all(|name| admin.contains(&(*name).to_owned()) && !cs.contains(&(*name).to_owned())));
}

#[tokio::test]
async fn the_systems_commands_are_nobodys() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let add = json!({"id": admin.id(), "name": "Orang Baru", "email": "n@x.id", "roles": ["admin"]});
    assert_eq!(admin.give("user.add", add).await["code"], "not_allowed");
    assert_eq!(admin.give("client.erase", json!({"id": admin.id()})).await["code"], "not_allowed");
}

#[tokio::test]
async fn many_commands_at_once_keep_their_order() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let client = admin.id();
    let mut batch = vec![command(&admin.id(), "client.create", &json!({"id": client, "name": "Nama Nol"}))];
    for n in 1..100 {
        let name = format!("Nama {}", "I".repeat(n));
        batch.push(command(&admin.id(), "client.edit", &json!({"id": client, "name": name})));
    }
    let outcomes = admin.give_all(batch).await;
    let numbers: Vec<i64> = outcomes.iter().map(|o| o["seq"].as_i64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    let work = admin.page("/v1/feed/work").await;
    let down = admin.page(&format!("/v1/feed?before={}&limit=5000", work.cursor)).await;
    let last = down.puts("client")[0];
    assert_eq!((&last["rev"], &last["body"]["name"]), (&json!(100), &json!(format!("Nama {}", "I".repeat(99)))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Arbitrary bytes never give a fault of ours.
    #[test]
    fn no_body_makes_the_server_fail(bytes in prop::collection::vec(any::<u8>(), 0..400), json in ".{0,200}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let app = TestApp::new().await;
            let admin = app.staff(Role::Admin, "a@x.id").await;
            for path in ["/v1/commands", "/v1/commands/known", "/v1/auth/login", "/v1/auth/refresh", "/v1/auth/password", "/v1/auth/reset"] {
                let answer = admin.post_raw(path, bytes.clone()).await;
                assert_eq!(answer.status, 400, "{path}");
                let _ = admin.post_raw(path, json.clone()).await;
                let _ = admin.post_raw(path, format!("{{\"commands\":[{json}]}}")).await;
            }
        });
    }
}
