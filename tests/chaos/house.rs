//! The servers: one on SQLite, or several on one PostgreSQL behind a proxy that knows nothing of them.

use e2e::{
    folder::TempFolder,
    postgres,
    proxy::{Proxy, Weather},
    server::{Database, Server},
};

use serde_json::{Value, json};
use std::path::PathBuf;

use crate::{Done, said, seat::PASSWORD, volume::Volume};

/// Who sits at the desks, in this order: an address, a name, a role.
pub(crate) const STAFF: [(&str, &str, &str); 4] = [
    ("sari@ruangkarsa.id", "Sari Wulandari", "admin"),
    ("citra@ruangkarsa.id", "Citra Lestari", "cs"),
    ("eka@ruangkarsa.id", "Eka Saputra", "expert"),
    ("budi@ruangkarsa.id", "Budi Santoso", "cs"),
];

/// Who uploads by hand, and sits at no desk.
pub(crate) const CARRIER: (&str, &str, &str) = ("gita@ruangkarsa.id", "Gita Maharani", "admin");

/// Servers, and the way to them.
pub(crate) struct House {
    /// The disk of the server on SQLite, or of PostgreSQL, where it has one of its own. It goes before the folder it lies over.
    pub(crate) volume: Option<Volume>,
    pub(crate) servers: Vec<Server>,
    pub(crate) database: Database,
    /// Where files lie: several servers share the place.
    pub(crate) files: PathBuf,
    _shared: Option<TempFolder>,
    /// Where desks and clients go.
    pub(crate) base: String,
    way: Option<Proxy>,
}

impl House {
    /// One server on SQLite; on a disk of its own with so much room, in MiB, if it is to have one.
    pub(crate) async fn on_sqlite(room: Option<u32>) -> Done<Self> {
        let mut server = Server::start_with(Database::Sqlite, &["--log", "warn"]).await;
        let volume = match room {
            Some(room) => {
                // A server has its folder when it is started: the disk is put over it, and it begins once more.
                server.kill();
                let volume = Volume::mount(server.folder(), room)?;
                server.restart().await;
                volume
            }
            None => None,
        };
        let (base, files) = (server.base.clone(), server.folder().join("files"));
        Ok(Self { servers: vec![server], database: Database::Sqlite, files, _shared: None, base, way: None, volume }.furnished())
    }
    /// So many servers on a new database of the cluster.
    pub(crate) async fn on_postgres(instances: usize) -> Self {
        let database = Database::Postgres(postgres::new_database());
        let (shared, mut servers) = (TempFolder::new("chaos-files"), Vec::new());
        let files = shared.path().to_owned();
        let place = files.to_string_lossy().into_owned();
        for _ in 0..instances.max(1) {
            servers.push(Server::start_with(database.clone(), &["--log", "warn", "--files", &place]).await);
        }
        let bases: Vec<String> = servers.iter().map(|server| server.base.clone()).collect();
        let way = Proxy::start(&bases, Weather::FINE).await;
        Self { servers, database, files, _shared: Some(shared), base: way.base.clone(), way: Some(way), volume: Volume::of_postgres() }
            .furnished()
    }
    fn furnished(self) -> Self {
        for (email, name, role) in STAFF.into_iter().chain([CARRIER]) {
            self.servers[0].add_user(email, name, &[role], PASSWORD);
        }
        self
    }
    /// Breaks every connection, if there is anything between that can.
    pub(crate) fn cut(&self) -> bool {
        self.way.as_ref().map(Proxy::cut).is_some()
    }
    /// Has the database up again after its disk was full, if there is one: what cannot write its log ends, as it should. Whether it had.
    pub(crate) async fn recover_database(&self) -> Done<bool> {
        let Database::Postgres(url) = &self.database else { return Ok(false) };
        let url = url.clone();
        let answers = tokio::task::spawn_blocking(move || postgres::answers(&url)).await.map_err(said)?;
        if answers { Ok(false) } else { Self::restart_database().await }
    }
    /// Restarts the database at once, as after a crash: whoever is in the middle of something is thrown out.
    pub(crate) async fn restart_database() -> Done<bool> {
        let Ok(command) = std::env::var("MEJA_TEST_POSTGRES_RESTART") else { return Ok(false) };
        let status = tokio::process::Command::new("sh").args(["-c", &command]).status().await.map_err(said)?;
        if status.success() { Ok(true) } else { Err(format!("PostgreSQL could not be restarted ({status})")) }
    }
    /// An access token of the first of the staff.
    pub(crate) async fn log_in(&self) -> Done<String> {
        let body = json!({ "email": STAFF[0].0, "password": PASSWORD, "device": { "name": "Pengukur", "platform": "linux" } });
        let answer = reqwest::Client::new().post(format!("{}/v1/auth/login", self.servers[0].base)).json(&body).send().await;
        let session: Value = answer.map_err(said)?.json().await.map_err(said)?;
        session["access_token"].as_str().map(str::to_owned).ok_or_else(|| format!("logging in: {session}"))
    }
    /// The last number that was given out.
    pub(crate) async fn head(&self, token: &str) -> Done<i64> {
        let ask = reqwest::Client::new().get(format!("{}/v1/feed", self.servers[0].base)).bearer_auth(token);
        let page: Value = ask.send().await.map_err(said)?.json().await.map_err(said)?;
        page["page"]["seq"].as_i64().ok_or_else(|| format!("asking for the head: {page}"))
    }
    /// Ends all servers in good order.
    pub(crate) async fn close(&mut self) -> Done<()> {
        for server in &mut self.servers {
            server.terminate();
            let code = server.exit_code().await;
            if code != 0 {
                return Err(format!("a server that was asked to end ended with {code}"));
            }
        }
        Ok(())
    }
}
