//! The proof of the audit, backups, and what is refused as one.

use e2e::{folder::TempFolder, server::Server};
use serde_json::json;
use std::path::{Path, PathBuf};

use crate::client::{Peer, id};

#[tokio::test]
async fn a_forged_audit_is_found() {
    let mut server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    for name in ["Rani Kusuma", "Made Ayu"] {
        admin.give("client.create", json!({"id": id(), "name": name})).await;
    }
    let said = server.run(&["audit", "verify"], "");
    assert!(said.starts_with("The audit holds: 3 commits, 3 acts"), "{said}");
    let proof = admin.get("/v1/audit/chain").await.expect(200).json();
    assert_eq!((&proof["holds"], &proof["until"]), (&json!(true), &json!(3)), "{proof}");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    server.forge("Rani Kusuma", "Rina Kusuma");
    let said = server.try_run(&["audit", "verify"], "").unwrap_err();
    assert!(said.contains("in link 2 was changed"), "{said}");
    server.restart().await;
    let proof = admin.get("/v1/audit/chain").await.expect(200).json();
    assert_eq!((&proof["holds"], &proof["until"]), (&json!(false), &json!(1)), "only what stands before it holds: {proof}");
    assert_eq!((&proof["broken"]["why"], &proof["broken"]["link"]), (&json!("value"), &json!(2)), "{proof}");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    server.forge("Rina Kusuma", "Rani Kusuma");
    server.run(&["audit", "verify"], "");
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn a_backup_is_whole_and_a_damaged_one_is_refused() {
    let mut server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    admin.give("client.create", json!({"id": id(), "name": "Rani Kusuma"})).await;
    let outside = TempFolder::new("backups");
    let backup = outside.path().join("meja.backup");
    if server.is_postgres() {
        let said = server.try_run(&["backup", "--to", text(&backup)], "").unwrap_err();
        assert!(said.contains("its own tools") && !backup.exists(), "{said}");
        return;
    }
    let upload = server.folder().join("files/ab/abcd");
    std::fs::create_dir_all(upload.parent().unwrap()).unwrap();
    std::fs::write(&upload, vec![7; 300_000]).unwrap();
    server.run(&["backup", "--to", text(&backup)], "");
    assert_eq!(admin.get("/v1/me").await.status, 200, "the server goes on");
    let left: Vec<PathBuf> = std::fs::read_dir(outside.path()).unwrap().map(|f| f.unwrap().path()).collect();
    assert_eq!(left, std::slice::from_ref(&backup), "nothing is left beside it");

    let said = server.try_run(&["restore", text(&backup), "--force"], "").unwrap_err();
    assert!(said.contains("stop it first"), "a server works there: {said}");
    let head = admin.head().await;
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    let said = server.try_run(&["restore", text(&backup)], "").unwrap_err();
    assert!(said.contains("--force"), "what is there is not replaced unasked: {said}");
    for (name, bytes) in damaged(&std::fs::read(&backup).unwrap()) {
        let bad = outside.path().join(name);
        std::fs::write(&bad, bytes).unwrap();
        server.try_run(&["restore", text(&bad), "--force"], "").unwrap_err();
    }
    server.restart().await;
    assert_eq!(admin.get(&format!("/v1/feed?after={head}")).await.status, 200, "nothing was replaced by what is no backup");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);

    std::fs::remove_dir_all(server.folder().join("files")).unwrap();
    server.run(&["restore", text(&backup), "--force"], "");
    assert_eq!(std::fs::read(&upload).unwrap(), vec![7; 300_000], "files are part of it");
    server.run(&["audit", "verify"], "");
    server.restart().await;
    assert_eq!(admin.get(&format!("/v1/feed?after={head}")).await.expect(410).code(), "cursor_reset");
    let clients = Peer::login(&server, "a@x.id").await;
    let head = clients.head().await;
    assert_eq!(clients.page(&format!("/v1/feed?before={head}")).await.puts("client").len(), 1);
}

/// Cut off, changed in the middle, empty, and something else altogether.
fn damaged(whole: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut changed = whole.to_vec();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    vec![
        ("cut", whole[..whole.len() - 100].to_vec()),
        ("changed", changed),
        ("empty", Vec::new()),
        ("other", b"SQLite format 3\0".repeat(40)),
    ]
}
