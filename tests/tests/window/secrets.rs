//! Nothing is readable on disk, and no token is in a log.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    client::PASSWORD,
    world::{SARI, World, open},
};

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files(&path, into),
            Ok(kind) if kind.is_file() => into.push(path),
            _ => {}
        }
    }
}

#[test]
fn files_and_logs_of_a_desk_hold_nothing_that_can_be_read() {
    let world = World::begin();
    let client = world.client("Yohanes Tabuni");
    world.ask(&client, "Rahasia Keluarga Tabuni");
    let window = world.desk();
    open(&window, "Rahasia Keluarga Tabuni");
    window.keys(&["d"]).expect("rejecting");
    window.fill("reason-text", "Alasan yang sangat pribadi.").expect("a reason");
    window.keys(&["Ctrl+Enter", "Ctrl+r"]).expect("sending");
    window.until("!document.querySelector('dialog[open]')").expect("the dialog closes");

    let mut all = Vec::new();
    files(&world.data(), &mut all);
    files(&world.desktop.home(), &mut all);
    let names: Vec<String> = all.iter().map(|p| p.display().to_string()).collect();
    assert!(names.iter().any(|n| n.ends_with("mirror.db")) && names.iter().any(|n| n.ends_with("outbox.db")), "{names:?}");
    assert!(names.iter().any(|n| n.ends_with("meja.log")), "{names:?}");
    let secrets = ["Yohanes", "Tabuni", "Rahasia Keluarga", "sangat pribadi", SARI, "Sari Wulandari", PASSWORD, "mja_", "mjr_"];
    let driver = world.data().with_extension("driver.log");
    for path in all.iter().chain([&driver]) {
        // The keyring's own files are encrypted by the keyring; everything else is ours.
        let Ok(bytes) = fs::read(path) else { continue };
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
            assert!(!found, "{} holds «{secret}»", path.display());
        }
    }
}
