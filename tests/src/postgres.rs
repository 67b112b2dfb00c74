//! Databases in the throw-away cluster that `cargo xtask test` starts. `MEJA_TEST_POSTGRES` is the URL of its maintenance
//! database; `psql` does the rest.

use std::process::Command;

/// The URL of the cluster.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn cluster() -> String {
    std::env::var("MEJA_TEST_POSTGRES").expect("MEJA_TEST_POSTGRES names a PostgreSQL cluster for tests; `cargo xtask test` starts one")
}

/// Whether a database answers.
#[must_use]
pub fn answers(url: &str) -> bool {
    let asked = Command::new("psql").args(["-v", "ON_ERROR_STOP=1", "-qAt", "-c", "SELECT 1", url]).output();
    asked.is_ok_and(|output| output.status.success())
}

fn psql(url: &str, sql: &str) -> String {
    let output = Command::new("psql").args(["-v", "ON_ERROR_STOP=1", "-qAt", "-c", sql, url]).output().expect("psql");
    assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Puts one text in the place of another among the values of a database's audit, behind the server's back.
///
/// # Panics
/// When it stands nowhere.
pub fn forge(url: &str, what: &str, into: &str) {
    let changed =
        psql(url, &format!("UPDATE audit_value SET text = replace(text, '{what}', '{into}') WHERE text LIKE '%{what}%' RETURNING 1"));
    assert!(!changed.trim().is_empty(), "{what} stands nowhere");
}

fn name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("e2e_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The same cluster, another database: the last part of the path, whatever stands behind a question mark.
fn url_of(database: &str) -> String {
    let cluster = cluster();
    let (path, query) = cluster.split_once('?').map_or((cluster.as_str(), None), |(p, q)| (p, Some(q)));
    let base = path.rsplit_once('/').map_or(path, |(base, _)| base);
    query.map_or_else(|| format!("{base}/{database}"), |query| format!("{base}/{database}?{query}"))
}

/// A new, empty database; its URL.
#[must_use]
pub fn new_database() -> String {
    let name = name();
    psql(&cluster(), &format!("CREATE DATABASE {name}"));
    url_of(&name)
}

/// A copy of a database as it is now; its URL. Whoever is connected to it is sent away for the moment of copying.
///
/// # Panics
/// When it cannot be copied.
#[must_use]
pub fn copy(url: &str) -> String {
    let path = url.split('?').next().unwrap_or(url);
    let from = path.rsplit('/').next().unwrap_or_default();
    let name = name();
    let dump = Command::new("sh")
        .args([
            "-c",
            &format!("pg_dump '{url}' | psql -q '{}'", {
                psql(&cluster(), &format!("CREATE DATABASE {name}"));
                url_of(&name)
            }),
        ])
        .output()
        .expect("pg_dump");
    assert!(dump.status.success(), "copying {from}: {}", String::from_utf8_lossy(&dump.stderr));
    url_of(&name)
}
