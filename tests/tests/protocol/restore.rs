//! A server that was restored from a backup is another history.

use e2e::server::Server;
use serde_json::json;

use crate::client::{PASSWORD, Peer, id};

#[tokio::test]
async fn a_restored_backup_is_noticed_and_nothing_is_replayed() {
    let mut server = Server::start().await;
    if server.is_postgres() {
        // A PostgreSQL database is backed up by PostgreSQL's own tools; the chain's part of the cursor is tested below.
        return rewound(server).await;
    }
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (before, after) = (id(), id());
    admin.give_as(&before, "client.create", json!({"id": id(), "name": "Sebelum Cadangan"})).await;
    let file = server.folder().join("backup.meja");
    server.run(&["backup", "--to", file.to_str().unwrap()], "");
    admin.give_as(&after, "client.create", json!({"id": id(), "name": "Sesudah Cadangan"})).await;
    let head = admin.head().await;
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    server.run(&["restore", file.to_str().unwrap(), "--force"], "");
    server.run(&["audit", "verify"], "");
    server.restart().await;

    let admin = Peer::login(&server, "a@x.id").await;
    assert_eq!(admin.get(&format!("/v1/feed?after={head}")).await.expect(410).code(), "cursor_reset");
    let known = admin.post("/v1/commands/known", json!({"ids": [before, after]})).await.expect(200).json();
    assert_eq!((known["outcomes"].as_array().unwrap().len(), &known["unknown"]), (1, &json!([after])));
    let work = admin.page("/v1/feed/work").await;
    assert!(!work.lines.is_empty());
}

/// The same for a database that lost its last commits: the numbers come again, the chain does not.
async fn rewound(mut server: Server) {
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let template = server.copy_database();
    admin.give("client.create", json!({"id": id(), "name": "Yang Hilang"})).await;
    let head = admin.head().await;
    server.terminate();
    server.exit_code().await;
    server.use_database(&template);
    server.restart().await;
    server.add_user("b@x.id", "Orang Lain", &["cs"], PASSWORD);
    let admin = Peer::login(&server, "a@x.id").await;
    for _ in 0..3 {
        admin.give("client.create", json!({"id": id(), "name": "Yang Baru"})).await;
    }
    assert_eq!(admin.get(&format!("/v1/feed?after={head}")).await.expect(410).code(), "cursor_reset");
}
