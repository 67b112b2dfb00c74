//! Commands: once, in order, each on its own.

use e2e::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Peer, command, day, id, id_at, send};

async fn request(client: &Peer) -> Value {
    client.ask("/api/consultations", json!({"requested_date": day(3), "topic": "Tinjau CV"})).await.expect(201).json()
}

#[tokio::test]
async fn a_command_is_applied_once_however_often_it_is_sent() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let client = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let asked = request(&client).await;
    let (key, args) = (id(), json!({"id": asked["id"]}));
    let first = admin.give_as(&key, "consultation.accept", args.clone()).await;
    assert_eq!((&first["status"], &first["id"]), (&json!("applied"), &json!(key)));
    assert!(first["seq"].is_i64() && first.get("repeated").is_none(), "{first}");
    let again = admin.give_as(&key, "consultation.accept", args.clone()).await;
    assert_eq!((&again["status"], &again["seq"], &again["repeated"]), (&json!("applied"), &first["seq"], &json!(true)));
    let twice = admin.give_all(vec![command(&key, "consultation.accept", args.clone()), command(&key, "consultation.accept", args)]).await;
    assert!(twice.iter().all(|o| o["repeated"] == true));
    let changed = admin.give_as(&key, "consultation.accept", json!({"id": asked["id"], "message": "lain"})).await;
    assert_eq!((&changed["status"], &changed["code"]), (&json!("refused"), &json!("command_id_reused")));
    assert!(changed.get("seq").is_none_or(Value::is_null), "{changed}");
    let renamed = admin.give_as(&key, "item.claim", json!({"record": {"kind": "consultation", "id": asked["id"]}})).await;
    assert_eq!(renamed["code"], "command_id_reused");
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let stolen = cs.give_as(&key, "consultation.accept", json!({"id": asked["id"]})).await;
    assert_eq!(stolen["code"], "command_id_reused", "ids belong to their user");
}

#[tokio::test]
async fn a_refusal_is_remembered_too() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (key, args) = (id(), json!({"id": id()}));
    let first = admin.give_as(&key, "consultation.accept", args.clone()).await;
    assert_eq!((&first["status"], &first["code"]), (&json!("refused"), &json!("not_found")));
    assert!(first["seq"].is_i64() && first["message"].is_string() && first["rule"].is_string(), "{first}");
    let again = admin.give_as(&key, "consultation.accept", args).await;
    assert_eq!((&again["seq"], &again["repeated"], &again["code"]), (&first["seq"], &json!(true), &json!("not_found")));
    let (lines, _) = admin.follow(&admin.head().await).await;
    assert!(lines.is_empty(), "a repetition is no news: {lines:?}");
}

#[tokio::test]
async fn one_refused_command_never_stops_the_ones_after_it() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (good, other) = (id(), id());
    let outcomes = admin
        .give_all(vec![
            command(&id(), "consultation.accept", json!({"id": id()})),
            command(&id(), "consultation.approve", json!({})),
            command(&id(), "client.create", json!({"id": 7})),
            command(&good, "client.create", json!({"id": id(), "name": "Made Ayu"})),
            command(&other, "client.create", json!({"id": id(), "name": "x"})),
        ])
        .await;
    let codes: Vec<&str> = outcomes.iter().map(|o| o["code"].as_str().unwrap_or("applied")).collect();
    assert_eq!(codes, ["not_found", "unknown_command", "invalid_args", "applied", "invalid_args"]);
    assert_eq!((&outcomes[3]["id"], &outcomes[4]["id"]), (&json!(good), &json!(other)), "the answers stand in the order of the batch");
    assert!(outcomes[4]["details"].to_string().contains("name"), "the field is named: {}", outcomes[4]);
}

#[tokio::test]
async fn what_depends_on_a_refused_or_unknown_command_is_blocked() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (bad, good, client) = (id(), id(), id());
    let after = |key: &str, name: &str, args: Value, after: &[&str]| {
        let mut c = command(key, name, args);
        c["after"] = json!(after);
        c
    };
    let outcomes = admin
        .give_all(vec![
            command(&bad, "consultation.accept", json!({"id": id()})),
            after(&id(), "client.create", json!({"id": id(), "name": "Agus Salim"}), &[&bad]),
            after(&id(), "client.create", json!({"id": id(), "name": "Agus Salim"}), &[&id()]),
            command(&good, "client.create", json!({"id": client, "name": "Made Ayu"})),
            after(&id(), "client.edit", json!({"id": client, "name": "Made Ayu Lestari"}), &[&good]),
        ])
        .await;
    let statuses: Vec<&str> = outcomes.iter().map(|o| o["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["refused", "blocked", "blocked", "applied", "applied"]);
    assert!(outcomes[1].get("seq").is_none_or(Value::is_null), "blocked is an answer only");
    // Sent again once its cause is applied, the same id is judged.
    let late = id();
    let cause = id();
    let blocked = admin.give_all(vec![after(&late, "client.edit", json!({"id": client, "phone": "081234567890"}), &[&cause])]).await;
    assert_eq!(blocked[0]["status"], "blocked");
    admin.give_as(&cause, "client.create", json!({"id": id(), "name": "Rani Kusuma"})).await;
    let judged = admin.give_all(vec![after(&late, "client.edit", json!({"id": client, "phone": "081234567890"}), &[&cause])]).await;
    assert_eq!((&judged[0]["status"], judged[0].get("repeated")), (&json!("applied"), None));
}

#[tokio::test]
async fn the_first_verdict_counts_and_the_second_is_a_conflict() {
    let server = Server::start().await;
    let dewi = Peer::staff(&server, "admin", "a@x.id").await;
    let hendra = Peer::staff(&server, "admin", "b@x.id").await;
    let client = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let asked = request(&client).await;
    let work = dewi.page("/v1/feed/work").await;
    let put = work.puts("consultation")[0].clone();
    let seen = json!([{"kind": "consultation", "id": asked["id"], "rev": put["rev"]}]);
    let mut accept = command(&id(), "consultation.accept", json!({"id": asked["id"]}));
    accept["seen"] = seen.clone();
    assert_eq!(dewi.give_all(vec![accept]).await[0]["status"], "applied");
    let mut reject = command(&id(), "consultation.reject", json!({"id": asked["id"], "reason": "Tanggal penuh"}));
    reject["seen"] = seen;
    let refused = hendra.give_all(vec![reject]).await.remove(0);
    assert_eq!((&refused["status"], &refused["code"], &refused["conflict"]), (&json!("refused"), &json!("not_waiting"), &json!(true)));
    let current = &refused["current"][0];
    assert_eq!((&current["kind"], &current["id"], &current["body"]["status"]), (&json!("consultation"), &asked["id"], &json!("accepted")));
    assert!(current["rev"].as_i64().unwrap() > put["rev"].as_i64().unwrap() && current["seq"].is_i64());
    assert!(refused["details"].to_string().contains("Orang admin"), "who decided is said: {refused}");
    // Who builds on an own act has not been overtaken by it.
    let asked = request(&Peer::client(&server, "made@x.id", "Made Ayu").await).await;
    let record = json!({"kind": "consultation", "id": asked["id"]});
    let claim = id();
    let mut note = command(&id(), "consultation.reject", json!({"id": asked["id"], "reason": ""}));
    note["after"] = json!([claim]);
    note["seen"] = json!([{"kind": "consultation", "id": asked["id"], "rev": 1}]);
    let outcomes = dewi.give_all(vec![command(&claim, "item.claim", json!({"record": record})), note]).await;
    assert_eq!((&outcomes[1]["code"], outcomes[1].get("conflict")), (&json!("reason_required"), None), "{}", outcomes[1]);
}

#[tokio::test]
async fn a_claim_keeps_others_away_and_says_who_and_until_when() {
    let server = Server::start().await;
    let dewi = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let asked = request(&Peer::client(&server, "rani@x.id", "Rani Kusuma").await).await;
    let record = json!({"kind": "consultation", "id": asked["id"]});
    assert_eq!(cs.give("item.claim", json!({"record": record})).await["status"], "applied");
    let refused = dewi.give("consultation.accept", json!({"id": asked["id"]})).await;
    assert_eq!(refused["code"], "claimed_by_other");
    assert!(refused["details"].to_string().contains("Orang cs") && refused["details"]["until"].is_string(), "{refused}");
    assert_eq!(cs.give("item.release", json!({"record": record})).await["status"], "applied");
    assert_eq!(dewi.give("consultation.accept", json!({"id": asked["id"]})).await["status"], "applied");
}

#[tokio::test]
async fn each_role_gives_its_own_commands_and_no_others() {
    let server = Server::start().await;
    let asked = request(&Peer::client(&server, "rani@x.id", "Rani Kusuma").await).await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let expert = Peer::staff(&server, "expert", "c@x.id").await;
    let names = |answer: Value| -> Vec<String> {
        let list = answer.as_array().cloned().or_else(|| answer["commands"].as_array().cloned()).unwrap();
        list.iter().map(|c| c["name"].as_str().unwrap().to_owned()).collect()
    };
    let of_admin = names(admin.get("/v1/commands").await.expect(200).json());
    let of_cs = names(cs.get("/v1/commands").await.expect(200).json());
    let of_expert = names(expert.get("/v1/commands").await.expect(200).json());
    assert!(of_admin.contains(&"consultation.accept".into()) && !of_cs.contains(&"consultation.accept".into()));
    assert!(of_cs.contains(&"client.create".into()) && !of_expert.contains(&"client.create".into()));
    let systems = ["user.add", "user.set_password", "client.export", "client.erase", "account.register"];
    assert!([&of_admin, &of_cs, &of_expert].iter().all(|all| !all.iter().any(|n| systems.contains(&n.as_str()))));
    assert!(of_admin.contains(&"user.invite".into()) && ![&of_cs, &of_expert].iter().any(|all| all.iter().any(|n| n.starts_with("user."))));
    for peer in [&cs, &expert] {
        assert_eq!(peer.give("consultation.accept", json!({"id": asked["id"]})).await["code"], "not_allowed");
        assert_eq!(peer.give("setting.set", json!({"key": "org.name", "value": "x"})).await["code"], "not_allowed");
    }
    let record = json!({"kind": "consultation", "id": asked["id"]});
    let note = json!({"id": id(), "record": record, "text": "halo"});
    assert_eq!(expert.give("note.add", note.clone()).await["code"], "not_found", "an expert knows only what was given to them");
    for name in ["user.add", "client.erase", "account.register"] {
        assert_eq!(admin.give(name, json!({"id": id()})).await["status"], "refused");
    }
    let to = json!({"record": record, "to": expert.user["id"]});
    assert_eq!(admin.give("item.assign", to).await["status"], "applied");
    assert_eq!(expert.give("note.add", note).await["status"], "applied");
}

#[tokio::test]
async fn malformed_batches() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let good = || command(&id(), "client.create", json!({"id": id(), "name": "Made Ayu"}));
    let without = |key: &str| {
        let mut c = good();
        c.as_object_mut().unwrap().remove(key);
        c
    };
    let mut upper = good();
    upper["id"] = json!(id().to_uppercase().replace('7', "A"));
    for bad in [
        json!({"commands": [good(), without("id")]}),
        json!({"commands": [without("name")]}),
        json!({"commands": [good(), 7]}),
        json!({"commands": 7}),
        json!({}),
        json!({"commands": [upper]}),
    ] {
        admin.post("/v1/commands", bad).await.expect(400).code();
    }
    let many: Vec<Value> = (0..101).map(|_| good()).collect();
    let answer = admin.post("/v1/commands", json!({"commands": many})).await;
    assert!(matches!(answer.status, 400 | 413 | 422), "{}", answer.status);
    assert!(admin.give_all(vec![]).await.is_empty());
    let mut later = good();
    later["some_new_field"] = json!({"a": 1});
    assert_eq!(admin.give_all(vec![later]).await[0]["status"], "applied", "unknown fields are ignored");
    let mut of_later = good();
    of_later["seen"] = json!([{"kind": "not_yet", "id": id(), "rev": 3}]);
    assert_eq!(admin.give_all(vec![of_later]).await[0]["status"], "applied", "nobody has changed what is not known");
    let mut newer = good();
    newer["v"] = json!(99);
    assert_eq!(admin.give_all(vec![newer]).await[0]["status"], "refused");
}

/// JSON allows more than a program can hold: half of a character, a number without end, any depth.
#[tokio::test]
async fn what_no_program_can_hold_is_refused_with_its_command_alone() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let text = |id: &str, args: &str| format!(r#"{{"id":"{id}","name":"client.create","args":{args}}}"#);
    for value in [r#""Emoji \ud83d""#, "1e400", &"9".repeat(1_000), &deep] {
        let (first, bad, last) = (id(), id(), id());
        let good = |command: &str| text(command, &json!({"id": id(), "name": "Made Ayu"}).to_string());
        let args = format!(r#"{{"id":"{}","name":"Made Ayu","email":{value}}}"#, id());
        let body = format!(r#"{{"commands":[{},{},{}]}}"#, good(&first), text(&bad, &args), good(&last));
        let sent = || send(admin.request(Method::POST, "/v1/commands").header("content-type", "application/json").body(body.clone()));
        let answer = sent().await.expect(200).json();
        let said: Vec<_> = answer["outcomes"].as_array().unwrap().iter().map(|it| (it["status"].as_str(), it["code"].as_str())).collect();
        assert_eq!(said, [(Some("applied"), None), (Some("refused"), Some("invalid_args")), (Some("applied"), None)], "{value}");
        let again = sent().await.expect(200).json()["outcomes"][1].clone();
        assert_eq!((&again["code"], &again["repeated"]), (&json!("invalid_args"), &json!(true)), "{value}");
    }
    let nameless = format!(r#"{{"commands":[{{"id":"{}","name":"\ud83d","args":{{}}}}]}}"#, id());
    let answer = send(admin.request(Method::POST, "/v1/commands").header("content-type", "application/json").body(nameless)).await;
    assert_eq!(answer.expect(400).json()["errors"][0]["field"], "commands[0].name");
}

#[tokio::test]
async fn a_command_names_at_most_a_thousand_others() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (other, seen) = (json!(id()), json!({"kind": "client", "id": id(), "rev": 1}));
    for (field, one) in [("after", other), ("seen", seen)] {
        let mut long = command(&id(), "notification.read", json!({"ids": []}));
        long[field] = json!(vec![one; 1_001]);
        let outcome = admin.give_all(vec![long]).await.remove(0);
        assert_eq!(outcome["code"], "invalid_args", "{outcome}");
        assert_eq!(outcome["details"], json!({"field": field, "invalid": "too_long", "bound": 1_000}));
    }
}

#[tokio::test]
async fn the_server_tells_which_commands_it_knows() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let (applied, refused, never) = (id(), id(), id());
    admin.give_as(&applied, "client.create", json!({"id": id(), "name": "Made Ayu"})).await;
    admin.give_as(&refused, "consultation.accept", json!({"id": id()})).await;
    let answer = admin.post("/v1/commands/known", json!({"ids": [applied, refused, never]})).await.expect(200).json();
    let known: Vec<&Value> = answer["outcomes"].as_array().unwrap().iter().map(|o| &o["status"]).collect();
    assert_eq!((known.len(), &answer["unknown"]), (2, &json!([never])));
    let foreign = cs.post("/v1/commands/known", json!({"ids": [applied]})).await.expect(200).json();
    assert_eq!(foreign["unknown"], json!([applied]), "somebody else's command is nothing to know of");
}

#[tokio::test]
async fn an_old_unknown_id_is_too_old() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let long_ago = id_at(1_600_000_000_000);
    let outcome = admin.give_as(&long_ago, "client.create", json!({"id": id(), "name": "Made Ayu"})).await;
    assert_eq!((&outcome["status"], &outcome["code"]), (&json!("refused"), &json!("too_old")));
    assert!(outcome.get("seq").is_none_or(Value::is_null));
}

#[tokio::test]
async fn everybody_reads_their_own_acts_and_admins_read_all() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let (client, by_admin) = (id(), id());
    cs.give("client.create", json!({"id": client, "name": "Made Ayu"})).await;
    admin.give("client.create", json!({"id": by_admin, "name": "Agus Salim"})).await;
    let all = admin.get(&format!("/v1/audit?record=client/{client}")).await.expect(200).json().to_string();
    assert!(all.contains("client.create") && all.contains("Made Ayu"), "{all}");
    let own = cs.get("/v1/audit").await.expect(200).json().to_string();
    assert!(own.contains("Made Ayu") && !own.contains("Agus Salim"), "{own}");
    cs.get("/v1/audit?record=nonsense").await.expect(400).code();
}

#[tokio::test]
async fn many_commands_at_once_keep_their_order() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let client = id();
    let mut batch = vec![command(&id(), "client.create", json!({"id": client, "name": "Nama Nol"}))];
    for n in 1..100 {
        let name = format!("Nama {}", "I".repeat(n));
        batch.push(command(&id(), "client.edit", json!({"id": client, "name": name})));
    }
    let outcomes = admin.give_all(batch).await;
    let numbers: Vec<i64> = outcomes.iter().map(|o| o["seq"].as_i64().unwrap()).collect();
    assert!(numbers.is_sorted(), "outcomes are numbered in the order of the batch");
    let work = admin.page("/v1/feed/work").await;
    let (mut all, mut at, mut more) = (work.lines.clone(), work.cursor, true);
    while more {
        let page = admin.page(&format!("/v1/feed?before={at}&limit=10")).await;
        (at, more) = (page.cursor.clone(), page.more);
        all.extend(page.lines);
    }
    let last = all.iter().filter_map(|l| l.get("put")).find(|p| p["id"] == json!(client)).unwrap();
    assert_eq!(last["body"]["name"], json!(format!("Nama {}", "I".repeat(99))));
}
