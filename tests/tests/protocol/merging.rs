//! Two clients become one: whoever reads what afterwards, what every desk hears, and what is left of either.

use e2e::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{Peer, command, day, id},
    orders::{applied, ordered, people},
};

/// What this person's desk holds of a kind, by its whole feed.
async fn held(peer: &Peer, kind: &str) -> Vec<Value> {
    let head = peer.head().await;
    peer.page(&format!("/v1/feed?before={head}&limit=5000")).await.puts(kind).into_iter().map(|put| put["body"].clone()).collect()
}

async fn client_of(peer: &Peer, name: &str) -> Value {
    held(peer, "client").await.into_iter().find(|it| it["name"] == name).unwrap()
}

/// The same human, whom the office entered by telephone: one order, with a note, and one request.
async fn walk_in(cs: &Peer) -> Value {
    let client = json!({ "id": id(), "name": "Ibu Rani", "phone": "0813-1111-2222", "email": "rani.lama@x.id" });
    applied(cs, "client.create", client.clone()).await;
    let design = json!({ "id": id(), "client_id": client["id"], "design_type": "logo", "description": "Logo lama" });
    applied(cs, "order.create", design.clone()).await;
    let asked = json!({ "id": id(), "client_id": client["id"], "requested_date": day(2), "topic": "Lewat telepon" });
    applied(cs, "consultation.request", asked).await;
    let about = json!({ "kind": "client", "id": client["id"] });
    applied(cs, "note.add", json!({ "id": id(), "record": about, "text": "Suka warna hijau" })).await;
    client
}

fn descriptions(orders: &Value) -> Vec<&str> {
    let mut all: Vec<&str> = orders["items"].as_array().unwrap().iter().filter_map(|it| it["description"].as_str()).collect();
    all.sort_unstable();
    all
}

/// Whichever record stays, its person reads everything of both with the account they have, and another client nothing.
#[tokio::test]
async fn the_clients_account_reads_everything_of_both_and_nobody_elses_does() {
    for account_stays in [true, false] {
        let server = Server::start().await;
        let [admin, cs, _, rani, made] = people(&server).await;
        ordered(&rani).await;
        ordered(&made).await;
        let (own, other) = (client_of(&cs, "Rani Kusuma").await, walk_in(&cs).await);
        let (kept, from) = if account_stays { (&own, &other) } else { (&other, &own) };
        applied(&cs, "client.merge", json!({ "id": kept["id"], "from": from["id"] })).await;
        let orders = rani.get("/api/orders").await.expect(200).json();
        assert_eq!(descriptions(&orders), ["Logo kedai kopi", "Logo lama"]);
        let requests = rani.get("/api/consultations").await.expect(200).json();
        assert_eq!(requests["items"][0]["topic"], "Lewat telepon");
        assert_eq!(descriptions(&made.get("/api/orders").await.expect(200).json()), ["Logo kedai kopi"]);
        let lama = orders["items"].as_array().unwrap().iter().find(|it| it["description"] == "Logo lama").unwrap();
        let path = format!("/api/orders/{}", lama["id"].as_str().unwrap());
        rani.get(&path).await.expect(200);
        made.get(&path).await.expect(404);
        ordered(&rani).await;
        for peer in [&admin, &cs] {
            let clients = held(peer, "client").await;
            let one = |id: &Value| clients.iter().find(|it| it["id"] == *id).unwrap();
            assert_eq!(one(&from["id"])["merged_into"], kept["id"], "every desk hears where they are");
            let (kept, from) = (one(&kept["id"]), one(&from["id"]));
            assert!(from.get("user_id").is_none() && kept["user_id"] == rani.user["id"], "{clients:?}");
            assert_eq!((&kept["formers"][0]["id"], &kept["formers"][0]["phone"]), (&from["id"], &from["phone"]));
            let of = |kind: Vec<Value>| kind.into_iter().filter(|it| it["client_id"] == kept["id"]).count();
            assert_eq!((of(held(peer, "order").await), of(held(peer, "consultation").await)), (3, 1));
            assert_eq!(held(peer, "note").await[0]["record"]["id"], kept["id"]);
        }
        let entry = admin.get("/v1/audit?act=client.merge").await.expect(200).json()["items"][0].clone();
        let named: Vec<&Value> = entry["changes"].as_array().unwrap().iter().map(|change| &change["record"]["id"]).collect();
        assert!(named.contains(&&kept["id"]) && named.contains(&&from["id"]), "{entry}");
        let proof = admin.get("/v1/audit/chain").await.expect(200).json();
        assert_eq!(proof["holds"], true);
    }
}

#[tokio::test]
async fn what_cannot_be_one_stays_two() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, _] = people(&server).await;
    let (own, made, other) = (client_of(&cs, "Rani Kusuma").await, client_of(&cs, "Made Ayu").await, walk_in(&cs).await);
    let merge = |kept: &Value, from: &Value| json!({ "id": kept["id"], "from": from["id"] });
    let code = async |peer: &Peer, args: Value| peer.give("client.merge", args).await["code"].clone();
    assert_eq!(code(&expert, merge(&own, &other)).await, "not_allowed");
    assert_eq!(code(&cs, merge(&own, &made)).await, "two_accounts");
    assert_eq!(code(&cs, merge(&own, &own)).await, "invalid_args");
    assert_eq!(code(&cs, json!({ "id": own["id"], "from": id() })).await, "not_found");
    rani.ask("/api/consultations", json!({ "requested_date": day(3) })).await.expect(201);
    assert_eq!(code(&cs, merge(&own, &other)).await, "already_waiting");
    let waiting = rani.get("/api/consultations").await.expect(200).json()["items"][0]["id"].clone();
    // Answered and merged in one batch: the place of the one waiting request changes hands in one commit.
    let batch = vec![command(&id(), "consultation.accept", json!({ "id": waiting })), command(&id(), "client.merge", merge(&own, &other))];
    let outcomes = admin.give_all(batch).await;
    assert!(outcomes.iter().all(|outcome| outcome["status"] == "applied"), "{outcomes:?}");
    let again = cs.give("client.merge", merge(&own, &other)).await;
    let said = (&again["code"], &again["details"]["record"]["id"], &again["details"]["number"]);
    assert_eq!(said, (&json!("merged"), &own["id"], &json!("Rani Kusuma")), "whoever stays is named");
    assert_eq!(cs.give("client.edit", json!({ "id": other["id"], "name": "Nama Lain" })).await["code"], "merged");
}

/// What a desk made for the old one without a line is the one's who stays, and so is a row of a file with the old number.
#[tokio::test]
async fn who_names_the_old_one_means_the_person() {
    let server = Server::start().await;
    let [_, cs, ..] = people(&server).await;
    let (own, other) = (client_of(&cs, "Rani Kusuma").await, walk_in(&cs).await);
    applied(&cs, "client.merge", json!({ "id": own["id"], "from": other["id"] })).await;
    let late = json!({ "id": id(), "client_id": other["id"], "design_type": "logo", "description": "Terlambat" });
    applied(&cs, "order.create", late).await;
    for (n, phone, email) in [(2, "0813 1111 2222", ""), (3, "", "RANI.LAMA@x.id")] {
        let client = json!({ "name": "Nama Lain", "phone": phone, "email": email });
        let row = json!({ "row": n, "client": client, "order": { "design_type": "logo", "description": "Dari berkas" } });
        applied(&cs, "import.rows", json!({ "id": id(), "import": id(), "part": 1, "parts": 1, "file": "a.csv", "rows": [row] })).await;
    }
    let orders = held(&cs, "order").await;
    assert_eq!(orders.len(), 4);
    assert!(orders.iter().all(|order| order["client_id"] == own["id"]), "{orders:?}");
}

/// What is written out has everything of both, whoever is named, and erasing leaves nothing of either.
#[tokio::test]
async fn a_client_who_was_merged_is_written_out_and_erased_whole() {
    let mut server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    ordered(&rani).await;
    let (own, other) = (client_of(&cs, "Rani Kusuma").await, walk_in(&cs).await);
    applied(&cs, "client.merge", json!({ "id": own["id"], "from": other["id"] })).await;
    let old = other["id"].as_str().unwrap();
    let by_email = server.run(&["client", "export", "--email", "rani@x.id"], "");
    let by_old_id = server.run(&["client", "export", "--id", old], "");
    let by_route = admin.get(&format!("/v1/clients/{old}/export")).await.expect(200).text;
    for text in [&by_email, &by_old_id, &by_route] {
        for theirs in ["Rani Kusuma", "Ibu Rani", "81311112222", "rani.lama@x.id", "Logo kedai kopi", "Logo lama", "Lewat telepon"] {
            assert!(text.contains(theirs), "{theirs} is missing in {text}");
        }
    }
    admin.post(&format!("/v1/clients/{old}/erase"), json!({ "name": "Rani Kusuma" })).await.expect(204);
    let head = admin.head().await;
    let left = admin.get(&format!("/v1/feed?before={head}&limit=5000")).await.expect(200).text;
    for gone in ["Rani Kusuma", "Ibu Rani", "81311112222", "rani.lama@", "Logo lama", "Lewat telepon", "warna hijau"] {
        assert!(!left.contains(gone), "{gone} is left in {left}");
    }
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"));
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
}
