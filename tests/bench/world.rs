//! A server with so many records, in a process of its own.

use e2e::server::{Database, Server};
use std::time::Instant;

/// The two admins at their desks.
pub(crate) const SARI: &str = "sari@ruangkarsa.id";
/// The other one.
pub(crate) const BUDI: &str = "budi@ruangkarsa.id";
/// With which password.
pub(crate) const PASSWORD: &str = "ukuran-kerja-2026";

pub(crate) struct World {
    pub(crate) server: Server,
}

impl World {
    /// Starts a server and fills it through the rulebook with about so many records.
    #[expect(clippy::disallowed_methods, reason = "a measurement")]
    pub(crate) async fn begin(records: u32) -> Result<Self, String> {
        let server = Server::start_with(Database::Sqlite, &[]).await;
        server.add_user(SARI, "Sari Wulandari", &["admin"], PASSWORD);
        server.add_user(BUDI, "Budi Santoso", &["admin"], PASSWORD);
        // Of a request and what belongs to it an admin has a little more than one record: the client, notes, notices.
        let requests = (records / 10 * 8).to_string();
        let start = Instant::now();
        let said = server.run(&["demo-data", "--requests", &requests, "--seed", "7"], "");
        println!("bench: {} in {:.1} s", said.trim(), start.elapsed().as_secs_f64());
        Ok(Self { server })
    }
}
