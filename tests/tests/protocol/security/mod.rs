//! The server as an attacker meets it (docs/security.md): every route and command with everybody's token, on their own rows, on
//! others' and on none; tokens that are not theirs; bodies, heads and connections that mean harm. Routes come from the server's
//! own description and commands from the rulebook's registry, so whatever is added later is attacked from its first day.

mod bodies;
mod commands;
mod forge;
mod routes;
mod tokens;
mod wire;

use e2e::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{Peer, day, id},
    orders::applied,
    uploads::{document, put},
};

/// What stands in the rows of [`Cast::rani`] and of the staff, and in nothing that a stranger may read.
const SECRETS: [&str; 7] =
    ["Topik Rahasia", "Pesan Rahasia", "Catatan Rahasia", "Rani Rahasia", "Pesanan Rahasia", "Obrolan Rahasia", "Desain Rahasia"];

/// Everybody who asks, and the rows they ask about.
struct Cast {
    server: Server,
    admin: Peer,
    cs: Peer,
    expert: Peer,
    /// Whose rows are attacked.
    rani: Peer,
    /// Another client.
    made: Peer,
    /// Rows that are Rani's, or the staff's: a name of a kind, and an id.
    rows: Vec<(&'static str, String)>,
}

impl Cast {
    async fn new() -> Self {
        let server = Server::start().await;
        let admin = Peer::staff(&server, "admin", "admin@x.id").await;
        let cs = Peer::staff(&server, "cs", "cs@x.id").await;
        let expert = Peer::staff(&server, "expert", "expert@x.id").await;
        let rani = Peer::client(&server, "rani@x.id", SECRETS[3]).await;
        let made = Peer::client(&server, "made@x.id", "Made Ayu").await;
        let body = json!({"requested_date": day(3), "topic": SECRETS[0], "note": SECRETS[1]});
        let asked = rani.ask("/api/consultations", body).await.expect(201).json();
        let consultation = asked["id"].as_str().unwrap().to_owned();
        let note = id();
        let design = json!({"design_type": "logo", "description": SECRETS[4], "needs": SECRETS[4]});
        let ordered = rani.ask("/api/orders", design).await.expect(201).json();
        let order = ordered["id"].as_str().unwrap().to_owned();
        let said = rani.ask(&format!("/api/orders/{order}/messages"), json!({ "text": SECRETS[5] })).await.expect(201).json();
        let message = said["id"].as_str().unwrap().to_owned();
        let (design, name) = (id(), format!("{}.pdf", SECRETS[6]));
        let sha256 = put(&admin, &name, &document(2_000)).await;
        let args = json!({"id": design, "order_id": order, "sha256": sha256, "size": 1, "media_type": "application/pdf", "name": name});
        applied(&admin, "design.upload", args).await;
        applied(&admin, "design.submit", json!({ "id": design })).await;
        let record = json!({"kind": "consultation", "id": consultation});
        let noted = admin.give("note.add", json!({"id": note, "record": record, "text": SECRETS[2]})).await;
        assert_eq!(noted["status"], "applied", "{noted}");
        let lines = admin.page("/v1/feed/work").await;
        let client = lines.puts("client").iter().find(|put| put["body"]["name"] == SECRETS[3]).map(|put| put["id"].clone());
        let client = client.unwrap().as_str().unwrap().to_owned();
        let user = rani.user["id"].as_str().unwrap().to_owned();
        let device = admin.device.clone();
        let rows = vec![
            ("consultation", consultation),
            ("order", order),
            ("message", message),
            ("design", design),
            ("client", client),
            ("note", note),
            ("user", user),
            ("device", device),
        ];
        Self { server, admin, cs, expert, rani, made, rows }
    }
    fn row(&self, kind: &str) -> &str {
        &self.rows.iter().find(|(of, _)| *of == kind).unwrap().1
    }
    /// The rows that are records.
    fn records(&self) -> impl Iterator<Item = &(&'static str, String)> {
        self.rows.iter().filter(|(kind, _)| *kind != "device")
    }
    /// A path of the description with this text wherever an id stands; what is counted from 1 is the first.
    fn at(path: &str, id: &str) -> String {
        path.replace("{id}", id).replace("{sha256}", id).replace("{version}", "1")
    }
    /// That the rows are as they were made, for all that was tried.
    async fn is_untouched(&self) {
        let seen = self.rani.get(&format!("/api/consultations/{}", self.row("consultation"))).await.expect(200).json();
        assert_eq!((&seen["status"], &seen["topic"]), (&json!("waiting"), &json!(SECRETS[0])));
        let seen = self.rani.get(&format!("/api/orders/{}", self.row("order"))).await.expect(200).json();
        assert_eq!((&seen["status"], &seen["description"]), (&json!("pending"), &json!(SECRETS[4])));
        let seen = self.rani.get(&format!("/api/orders/{}/designs", self.row("order"))).await.expect(200).json();
        assert_eq!((&seen["items"][0]["status"], &seen["items"][0]["comment"]), (&json!("submitted"), &Value::Null));
        for peer in [&self.admin, &self.cs, &self.expert] {
            peer.get("/v1/me").await.expect(200);
        }
        assert!(self.server.run(&["audit", "verify"], "").starts_with("The audit holds"));
    }
}

/// The answer without what is another one every time.
fn bare(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for field in ["request_id", "seq", "id", "at"] {
        if let Some(all) = answer.as_object_mut() {
            all.remove(field);
        }
    }
    answer
}

fn tells_nothing(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} tells «{secret}»: {text}");
    }
}
