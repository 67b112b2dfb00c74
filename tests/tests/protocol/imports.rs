//! Imports: a part of a file comes in as one command, and can be taken back for a day.

use e2e::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{Peer, id},
    orders::{applied, people},
};

fn row(n: u32, name: &str, phone: &str, email: &str) -> Value {
    json!({ "row": n, "client": { "name": name, "phone": phone, "email": email } })
}

fn ordering(mut row: Value) -> Value {
    row["order"] = json!({ "design_type": "logo", "description": "Logo toko roti", "old_number": "INV-0042" });
    row
}

fn part(rows: &[Value]) -> Value {
    json!({ "id": id(), "import": id(), "part": 1, "parts": 1, "file": "klien.csv", "rows": rows })
}

/// What this person's desk holds of a kind, by its whole feed.
async fn held(peer: &Peer, kind: &str) -> Vec<Value> {
    let head = peer.head().await;
    let page = peer.page(&format!("/v1/feed?before={head}&limit=5000")).await;
    assert!(!page.more, "all of it is one page");
    page.puts(kind).into_iter().map(|put| put["body"].clone()).collect()
}

#[tokio::test]
async fn a_part_makes_clients_and_orders_and_says_what_it_did_not_take() {
    let server = Server::start().await;
    let [admin, cs, ..] = people(&server).await;
    let rows = [
        row(2, "Sari Dewi", "0813 1111 2222", ""),
        ordering(row(3, "Budi Santoso", "", "budi@x.id")),
        row(4, "Al", "", ""),
        ordering(row(5, "Sari D.", "+62 813-1111-2222", "")),
        ordering(row(6, "Nama Lain", "", "RANI@x.id")),
    ];
    let args = part(&rows);
    applied(&cs, "import.rows", args.clone()).await;
    for peer in [&admin, &cs] {
        let parts = held(peer, "import_part").await;
        let it = &parts[0];
        assert_eq!((&it["id"], &it["import_id"], &it["file"]), (&args["id"], &args["import"], &json!("klien.csv")));
        assert_eq!((&it["rows"], &it["matched"]), (&json!(5), &json!(2)));
        let lengths = (it["made"]["clients"].as_array().unwrap().len(), it["made"]["orders"].as_array().unwrap().len());
        assert_eq!(lengths, (2, 3));
        assert_eq!(it["refused"][0]["row"], 4);
        assert_eq!((&it["refused"][0]["code"], &it["refused"][0]["details"]["field"]), (&json!("invalid_args"), &json!("name")));
    }
    let orders = held(&cs, "order").await;
    assert!(orders.iter().all(|order| order["staff_note"] == "Nomor lama: INV-0042"), "{orders:?}");
    let mut numbers: Vec<&str> = orders.iter().filter_map(|order| order["number"].as_str()).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().zip(["-0001", "-0002", "-0003"]).all(|(number, end)| number.ends_with(end)), "{numbers:?}");
}

#[tokio::test]
async fn a_part_that_is_sent_twice_makes_nothing_twice() {
    let server = Server::start().await;
    let [_, cs, ..] = people(&server).await;
    let args = part(&[ordering(row(2, "Sari Dewi", "0813 1111 2222", ""))]);
    let command = id();
    let first = cs.give_as(&command, "import.rows", args.clone()).await;
    let again = cs.give_as(&command, "import.rows", args.clone()).await;
    assert_eq!((&first["status"], &again["status"], &again["repeated"]), (&json!("applied"), &json!("applied"), &json!(true)));
    let other = cs.give("import.rows", args).await;
    assert_eq!(other["code"], "already_exists", "the same part under another command is no other part");
    assert_eq!(held(&cs, "order").await.len(), 1);
}

#[tokio::test]
async fn two_parts_of_one_batch_know_each_others_clients() {
    let server = Server::start().await;
    let [_, cs, ..] = people(&server).await;
    let give = |rows: &[Value]| json!({ "id": id(), "name": "import.rows", "v": 1, "args": part(rows) });
    let batch = vec![
        give(&[ordering(row(2, "Sari Dewi", "0813 1111 2222", ""))]),
        give(&[ordering(row(3, "Sari Dewi", "081311112222", "sari@x.id"))]),
    ];
    let outcomes = cs.give_all(batch).await;
    assert!(outcomes.iter().all(|outcome| outcome["status"] == "applied"), "{outcomes:?}");
    let orders = held(&cs, "order").await;
    assert_eq!(orders.len(), 2);
    assert_eq!(orders[0]["client_id"], orders[1]["client_id"]);
}

#[tokio::test]
async fn what_is_taken_back_leaves_every_desk_and_what_was_touched_stays() {
    let server = Server::start().await;
    let [admin, cs, expert, ..] = people(&server).await;
    let args = part(&[ordering(row(2, "Sari Dewi", "0813 1111 2222", "")), ordering(row(3, "Budi Santoso", "", "budi@x.id"))]);
    applied(&cs, "import.rows", args.clone()).await;
    let orders = held(&cs, "order").await;
    let budi = orders.iter().find(|order| order["client_name"] == "Budi Santoso").unwrap();
    applied(&admin, "order.set_note", json!({ "id": budi["id"], "note": "Sudah ditelepon" })).await;
    let undo = json!({ "id": args["id"] });
    assert_eq!(expert.give("import.undo", undo.clone()).await["code"], "not_allowed");
    applied(&cs, "import.undo", undo.clone()).await;
    assert_eq!(cs.give("import.undo", undo).await["code"], "undone");
    let it = &held(&cs, "import_part").await[0]["undone"];
    assert_eq!((&it["clients"], &it["orders"]), (&json!(1), &json!(1)));
    let left: Vec<&Value> = it["left"].as_array().unwrap().iter().map(|name| &name["kind"]).collect();
    assert_eq!(left, ["order", "client"]);
    let names = |all: Vec<Value>| all.iter().filter_map(|it| it["name"].as_str().map(str::to_owned)).collect::<Vec<_>>();
    for peer in [&admin, &cs] {
        let clients = names(held(peer, "client").await);
        assert!(clients.contains(&"Budi Santoso".to_owned()) && !clients.contains(&"Sari Dewi".to_owned()), "{clients:?}");
    }
    assert_eq!(held(&cs, "order").await.len(), 1, "a deleted order is the admins' alone");
    assert_eq!(held(&admin, "order").await.len(), 2);
    let audit = admin.get("/v1/audit?act=import.undo").await.expect(200).json();
    assert_eq!(audit["items"].as_array().unwrap().len(), 1, "{audit}");
}

#[tokio::test]
async fn a_part_has_its_bounds() {
    let server = Server::start().await;
    let [_, cs, ..] = people(&server).await;
    let many: Vec<Value> = (0..101).map(|n| row(n, "Sari Dewi", "", "")).collect();
    let outcome = cs.give("import.rows", part(&many)).await;
    assert_eq!(
        (&outcome["code"], &outcome["details"]["field"], &outcome["details"]["bound"]),
        (&json!("invalid_args"), &json!("rows"), &json!(100))
    );
    applied(&cs, "import.rows", part(&many[..100])).await;
    assert_eq!(held(&cs, "client").await.len(), 102);
}
