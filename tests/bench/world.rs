//! A server with so many records, in a process of its own. Filling one goes through the rulebook and takes minutes; a filled one
//! is kept in the user's cache and copied for each run.

use e2e::{
    folder::{self, TempFolder},
    postgres,
    server::{Database, Server},
};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

use crate::{
    desk::{Done, now, said},
    first_sync,
    outside::Process,
};

/// The two admins at their desks.
pub(crate) const SARI: &str = "sari@ruangkarsa.id";
/// The other one.
pub(crate) const BUDI: &str = "budi@ruangkarsa.id";
/// With which password.
pub(crate) const PASSWORD: &str = "ukuran-kerja-2026";

/// What a server is filled with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filling {
    /// About so many records as the work of a house brings them.
    Work(u32),
    /// About so many, nearly all of them notes: records of about 300 bytes, for which speed is promised (issue 3).
    Notes(u32),
}

impl Filling {
    const fn records(self) -> u32 {
        match self {
            Self::Work(records) | Self::Notes(records) => records,
        }
    }
    /// Its name in the cache: by what was asked, which may be another number for as many records one day.
    fn name(self) -> String {
        match self {
            Self::Work(_) => format!("{}-requests", self.asked()[0]),
            Self::Notes(records) => format!("{records}-notes"),
        }
    }
    /// What is asked of `meja-server demo-data`. Of a request and what belongs to it an admin has about two records (2,007 of 1,000 requests):
    /// the client, notes, a sixth of an order with what is said about it and its versions.
    fn asked(self) -> [u32; 2] {
        match self {
            Self::Work(records) => [records / 2, 0],
            Self::Notes(records) => [records / 100, records],
        }
    }
}

pub(crate) struct World {
    pub(crate) server: Server,
    /// What an admin's desk has of it, if one was synced already.
    mirror: Option<TempFolder>,
}

impl World {
    /// Starts a server with about so many records.
    pub(crate) async fn begin(of: Filling) -> Done<Self> {
        let kept = kept(of)?;
        if !kept.exists() {
            fill(of, &kept).await?;
        }
        let server = Server::start_in(TempFolder::copy_of(&kept, "bench-server").map_err(said)?, Database::Sqlite, &[]).await;
        println!("bench: a server with about {} records", of.records());
        Ok(Self { server, mirror: None })
    }
    /// The same on PostgreSQL, in a database of its own, filled anew.
    pub(crate) async fn on_postgres(records: u32) -> Done<Self> {
        let server = Server::start_with(Database::Postgres(postgres::new_database()), &[]).await;
        furnish(&server, Filling::Work(records)).await?;
        Ok(Self { server, mirror: None })
    }
    /// The files of a desk with a whole mirror of this server, as they were once: a copy for whoever asks.
    pub(crate) async fn mirror(&mut self) -> Done<TempFolder> {
        let mirror = match self.mirror.take() {
            Some(mirror) => mirror,
            None => first_sync::synced(&self.server.base, SARI).await?,
        };
        let copy = TempFolder::copy_of(mirror.path(), "bench-desk").map_err(said);
        self.mirror = Some(mirror);
        copy
    }
    /// Takes over the files of a desk that was synced for another reason.
    pub(crate) fn keep_mirror(&mut self, mirror: TempFolder) {
        self.mirror = Some(mirror);
    }
    /// The server's process.
    pub(crate) fn process(&self) -> Done<Process> {
        self.server.pid().map(Process).ok_or_else(|| "the server has ended".to_owned())
    }
    /// How many bytes the server's database takes on the disk.
    pub(crate) fn disk(&self) -> Done<u64> {
        let files = ["meja.db", "meja.db-wal"].map(|name| self.server.folder().join(name));
        Ok(files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|m| m.len()).sum())
    }
}

/// Makes the two admins, and fills a server through the rulebook with about so many records.
async fn furnish(server: &Server, of: Filling) -> Done<()> {
    server.add_user(SARI, "Sari Wulandari", &["admin"], PASSWORD);
    server.add_user(BUDI, "Budi Santoso", &["admin"], PASSWORD);
    let [requests, notes] = of.asked().map(|n| n.to_string());
    let start = now();
    let said = server.run(&["demo-data", "--requests", &requests, "--notes", &notes, "--seed", "7"], "");
    println!("bench: {} in {:.1} s", said.trim(), (now() - start).as_secs_f64());
    Ok(())
}

async fn fill(of: Filling, kept: &Path) -> Done<()> {
    println!("bench: about {} records are made, and kept in {}", of.records(), kept.display());
    let mut server = Server::start_with(Database::Sqlite, &[]).await;
    furnish(&server, of).await?;
    server.terminate();
    server.exit_code().await;
    // It appears under its name when it is whole, whoever else makes the same one meanwhile.
    let part = kept.with_extension(format!("part-{}", std::process::id()));
    folder::copy(server.folder(), &part).map_err(said)?;
    std::fs::rename(&part, kept).or_else(|error| if kept.exists() { std::fs::remove_dir_all(&part) } else { Err(error) }).map_err(said)
}

/// Where a server filled so is kept, for this schema and this story. Those of others are of no use any more, and go.
fn kept(of: Filling) -> Done<PathBuf> {
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let all = home.ok_or("neither HOME nor XDG_CACHE_HOME is set")?.join("meja/bench");
    let mine = all.join(fingerprint()?);
    std::fs::create_dir_all(&mine).map_err(said)?;
    for other in std::fs::read_dir(&all).map_err(said)?.flatten().map(|entry| entry.path()).filter(|path| *path != mine) {
        std::fs::remove_dir_all(other).map_err(said)?;
    }
    Ok(mine.join(of.name()))
}

/// Of what a filled server depends on: the tables, and the program that tells the story.
fn fingerprint() -> Done<String> {
    let mut hash = Sha256::new();
    let root = e2e::root();
    for folder in ["migrations/sqlite", "crates/server/src/cli/demo"] {
        let entries = std::fs::read_dir(root.join(folder)).map_err(said)?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            hash.update(std::fs::read(file).map_err(said)?);
        }
    }
    let hash: [u8; 32] = hash.finalize().into();
    Ok(hash[..8].iter().map(|byte| format!("{byte:02x}")).collect())
}
