//! The real window and the real server over TLS, with a certificate of a house's own, and with every kind that is not to be
//! trusted: each is told by its own words where the address is entered.

use e2e::{
    desktop::{Desktop, Parts},
    folder::TempFolder,
    server::{Database, Server},
    window::Window,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tokio::runtime::Runtime;

use crate::client::PASSWORD;

fn openssl(folder: &Path, line: &str) {
    let made = Command::new("openssl").args(line.split(' ')).current_dir(folder).output().expect("openssl");
    assert!(made.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&made.stderr));
}

/// Somebody who signs certificates, in a folder of theirs.
fn authority(folder: &Path, name: &str) {
    let options = "-x509 -newkey ed25519 -nodes -days 2 -addext basicConstraints=critical,CA:TRUE";
    openssl(folder, &format!("req {options} -subj /CN={name} -keyout {name}.key -out {name}.pem"));
}

/// A certificate for this host, valid for so many days from now, and its key.
fn signed(folder: &Path, by: &str, name: &str, host: &str, days: i32) -> [PathBuf; 2] {
    fs::write(folder.join("extensions"), format!("subjectAltName={host}\nextendedKeyUsage=serverAuth\n")).expect("a file");
    openssl(folder, &format!("req -newkey ed25519 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr"));
    let signing = format!("-CA {by}.pem -CAkey {by}.key -CAcreateserial -days {days} -extfile extensions");
    openssl(folder, &format!("x509 -req -in {name}.csr {signing} -out {name}.pem"));
    [folder.join(format!("{name}.pem")), folder.join(format!("{name}.key"))]
}

/// A server that shows this certificate.
fn showing(runtime: &Runtime, [certificate, key]: &[PathBuf; 2]) -> Server {
    let flags = ["--tls-cert", certificate.to_str().expect("a path"), "--tls-key", key.to_str().expect("a path")];
    let server = runtime.block_on(Server::start_with(Database::Sqlite, &flags));
    assert!(server.base.starts_with("https://"), "{}", server.base);
    server
}

#[test]
fn a_house_with_its_own_authority_works_over_tls_and_nobody_else_is_let_in() {
    let (runtime, folder) = (Runtime::new().expect("a runtime"), TempFolder::new("tls"));
    let at = folder.path();
    authority(at, "house");
    authority(at, "stranger");
    let here = "IP:127.0.0.1,DNS:localhost";
    let good = showing(&runtime, &signed(at, "house", "good", here, 2));
    let untrusted = showing(&runtime, &signed(at, "stranger", "untrusted", here, 2));
    let over = showing(&runtime, &signed(at, "house", "over", here, -1));
    let other = showing(&runtime, &signed(at, "house", "other", "DNS:meja.example.id", 2));
    good.run(&["demo-data", "--requests", "5", "--clients", "3", "--admin", "sari@ruangkarsa.id"], &format!("{PASSWORD}\n"));

    let mut desktop = Desktop::start(Parts::default());
    desktop.set("SSL_CERT_FILE", at.join("house.pem").to_str().expect("a path"));
    let window = Window::open(&desktop, &at.join("data")).expect("a window");
    for (server, words) in [
        (&untrusted, "tidak dipercaya komputer ini"),
        (&over, "Menurut tanggal komputer ini, sertifikat"),
        (&other, "Sertifikat yang ditunjukkan bukan untuk"),
    ] {
        window.fill("server", &server.base).expect("an address");
        window.keys(&["Enter"]).expect("checked");
        window.wait_text(words).unwrap_or_else(|e| panic!("{words}: {e}"));
    }
    window.log_in(&good.base, "sari@ruangkarsa.id", PASSWORD).expect("logged in over TLS");
    window.until("document.querySelector('[role=option]')").expect("the first rows came over TLS");
    for server in [&untrusted, &over, &other] {
        assert!(!server.read_log().contains("\"request\"") && !server.read_log().contains("meja::http"), "no request reached a stranger");
    }
}
