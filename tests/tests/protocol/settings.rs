//! Settings by flag, environment and file; and demo data.

use e2e::{binary, folder::TempFolder, server::Server};
use serde_json::{Value, json};
use std::process::Command;

use crate::client::{PASSWORD, Peer};

/// What holds, as the program prints it.
fn printed(args: &[&str], environment: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(binary("meja-server"));
    command.env_clear().args(args).envs(environment.iter().copied());
    let output = command.output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn a_flag_comes_before_the_environment_and_that_before_a_file() {
    let folder = TempFolder::new("settings");
    let file = folder.path().join("meja.toml");
    std::fs::write(
        &file,
        "listen = \"127.0.0.1:1111\"\nops_listen = \"127.0.0.1:1112\"\ntrusted_proxy = [\"10.0.0.0/8\"]\ndata = \"/from/file\"\n",
    )
    .unwrap();
    let environment = [
        ("MEJA_CONFIG", file.to_str().unwrap()),
        ("MEJA_OPS_LISTEN", "127.0.0.1:2222"),
        ("MEJA_DATA", "/from/environment"),
        ("MEJA_DATABASE_URL", "postgres://meja:sangat-rahasia@db.x.id/meja"),
        ("MEJA_PUBLIC_URL", "https://meja.x.id/"),
        ("MEJA_MAIL", "smtps://pos:sangat-rahasia@mail.x.id:465"),
    ];
    let (ok, said) = printed(&["serve", "--print-config", "--data", "/from/flag"], &environment);
    assert!(ok, "{said}");
    for line in [
        "listen = \"127.0.0.1:1111\"",
        "ops_listen = \"127.0.0.1:2222\"",
        "data = \"/from/flag\"",
        "trusted_proxy = [\"10.0.0.0/8\"]",
        "database_url = \"postgres://meja:***@db.x.id/meja\"",
        "public_url = \"https://meja.x.id\"",
        "mail = \"smtps://pos:***@mail.x.id:465\"",
    ] {
        assert!(said.lines().any(|found| found == line), "{line} is missing in {said}");
    }
    assert!(!said.contains("sangat-rahasia"), "{said}");
}

#[test]
fn nothing_has_to_be_set_and_what_is_no_setting_is_said() {
    let (ok, said) = printed(&["serve", "--print-config"], &[]);
    assert!(ok && said.contains("listen = \"127.0.0.1:8787\"") && said.contains("ops_listen = \"127.0.0.1:8788\""), "{said}");
    let folder = TempFolder::new("settings");
    let file = folder.path().join("meja.toml");
    std::fs::write(&file, "listn = \"127.0.0.1:1\"\n").unwrap();
    let (ok, said) = printed(&["serve", "--print-config", "--config", file.to_str().unwrap()], &[]);
    assert!(!ok && said.contains("listn"), "{said}");
    let (ok, said) = printed(&["serve", "--print-config", "--public-url", "http://meja.x.id"], &[]);
    assert!(!ok && said.contains("https://"), "{said}");
    let (ok, said) = printed(&["serve", "--listen", "0.0.0.0:0", "--data", folder.path().to_str().unwrap()], &[]);
    assert!(!ok && said.contains("--tls-cert"), "plain HTTP is for this machine alone: {said}");
}

#[tokio::test]
async fn demo_data_is_made_through_the_rulebook() {
    let server = Server::start().await;
    let args = ["demo-data", "--requests", "120", "--clients", "30", "--seed", "7", "--admin", "sari@x.id"];
    let said = server.run(&args, PASSWORD);
    let made: Value = serde_json::from_str(said.trim()).unwrap_or_else(|_| panic!("one line of JSON: {said}"));
    assert_eq!((&made["requests"], &made["clients"], &made["admin"]), (&json!(120), &json!(30), &json!("sari@x.id")));
    assert_eq!(made["records"]["client"], 30);
    let consultations = made["records"]["consultation"].as_u64().unwrap();
    assert!((100..=120).contains(&consultations), "a few are refused, as people ask twice: {made}");
    let orders = made["records"]["order"].as_u64().unwrap();
    assert!((15..=20).contains(&orders), "one for six requests, but for what would be later than now: {made}");

    let admin = Peer::login(&server, "sari@x.id").await;
    assert_eq!(admin.user["name"], "Dewi Anggraini");
    let head = admin.head().await;
    let walked = admin.page(&format!("/v1/feed?before={head}&limit=5000")).await;
    assert_eq!(walked.puts("consultation").len() as u64, consultations);
    let mut statuses: Vec<&str> = walked.puts("consultation").iter().map(|put| put["body"]["status"].as_str().unwrap()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, ["accepted", "cancelled", "rejected", "waiting"], "there is work, and there is history");
    assert_eq!(walked.puts("order").len() as u64, orders);
    let of = |field: &str| walked.puts("order").iter().filter(|put| put["body"].get(field).is_some()).count();
    assert!(of("deleted") >= 1 && of("assignee") >= 1 && of("deadline") > 5 && of("budget") > 5);
    let designs = walked.puts("design");
    assert!((5..=3 * walked.puts("order").len()).contains(&designs.len()), "orders have versions: {made}");
    for put in &designs {
        let file = admin.get(&format!("/v1/files/{}", put["body"]["sha256"].as_str().unwrap())).await.expect(200);
        assert_eq!(file.headers["content-length"], put["body"]["size"].to_string(), "and each its file: {put}");
    }
    let mut days: Vec<&str> = walked.puts("consultation").iter().map(|put| &put["body"]["created_at"].as_str().unwrap()[..10]).collect();
    days.sort_unstable();
    days.dedup();
    assert!(days.len() > 20, "it is of many days: {days:?}");
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"));
    assert!(!server.read_log().contains("changed its state"), "history that is made up is no news");
}
