//! A throw-away PostgreSQL, from the system's own programs: made in a folder of its own, gone with its owner.

use anyhow::{Context, Result};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use crate::run::{output, program, run};

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
    /// Whether its folder is a disk of its own.
    mounted: bool,
}

/// What becomes of a commit when the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It is on the disk, as in a house: for measurements.
    Durable,
    /// It is not asked: for tests, which are quicker so.
    ThrowAway,
}

impl Cluster {
    /// Makes one and starts it on a free port of the loopback.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        Self::begin(durability, None, "meja-postgres")
    }
    /// The same on a disk of its own with so much room, in MiB, that can be filled: in memory, and only where root may mount one. What is
    /// promised there holds through a crash of PostgreSQL, which no tmpfs goes with.
    pub(crate) fn start_on_a_small_disk(room: u64) -> Result<Self> {
        Self::begin(Durability::ThrowAway, Some(room), "meja-postgres-small")
    }
    fn begin(durability: Durability, room: Option<u64>, name: &str) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mounted = room.is_some_and(|room| mount(&folder, room));
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self { folder, bin: programs()?, port, mounted };
        if root() {
            // PostgreSQL refuses to run as root; its package brings a user for it.
            run(program("chown", &["postgres", &cluster.folder.display().to_string()]))?;
        }
        let data = cluster.folder.join("data").display().to_string();
        run(cluster.pg("initdb", &["-D", &data, "-U", "meja", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]))?;
        let fsync = if durability == Durability::Durable { "on" } else { "off" };
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync={fsync} -c max_connections=300{}",
            cluster.folder.display(),
            // Its log alone may otherwise take a gigabyte.
            if room.is_some() { " -c max_wal_size=128MB" } else { "" }
        );
        let log = cluster.folder.join("log").display().to_string();
        run(cluster.pg("pg_ctl", &["-D", &data, "-l", &log, "-w", "-s", "-o", &options, "start"]))?;
        Ok(cluster)
    }
    /// The URL of its maintenance database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://meja@127.0.0.1:{}/postgres", self.port)
    }
    /// What tests that break things are told of it.
    pub(crate) fn told(&self) -> Vec<(&'static str, String)> {
        let disk = self.mounted.then(|| ("MEJA_TEST_POSTGRES_DISK", self.folder.display().to_string()));
        [("MEJA_TEST_POSTGRES", self.url()), ("MEJA_TEST_POSTGRES_RESTART", self.restart())].into_iter().chain(disk).collect()
    }
    /// A line for the shell that restarts it at once, as after a crash; it returns when the cluster answers again.
    fn restart(&self) -> String {
        let data = self.folder.join("data").display().to_string();
        let log = self.folder.join("log").display().to_string();
        let command = self.pg("pg_ctl", &["-D", &data, "-l", &log, "-m", "immediate", "-w", "-s", "restart"]);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
        format!("cd {} && {}", self.folder.display(), words.join(" "))
    }
    fn pg(&self, name: &str, args: &[&str]) -> Command {
        let path = self.bin.join(name).display().to_string();
        if root() {
            let mut all = vec!["-u", "postgres", "--", &path];
            all.extend(args);
            let mut command = program("runuser", &all);
            command.current_dir(&self.folder);
            command
        } else {
            program(&path, args)
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data").display().to_string();
        let _ = self.pg("pg_ctl", &["-D", &data, "-m", "immediate", "-s", "stop"]).status();
        if self.mounted {
            // What still has a file open there keeps it until it ends.
            let _ = program("umount", &["-l", &self.folder.display().to_string()]).status();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Puts a disk of so many MiB over this folder. Whether that is allowed here.
fn mount(folder: &Path, room: u64) -> bool {
    let (size, at) = (format!("size={room}m"), folder.display().to_string());
    root() && program("mount", &["-t", "tmpfs", "-o", &size, "meja-postgres", &at]).status().is_ok_and(|status| status.success())
}

fn root() -> bool {
    output(program("id", &["-u"])).is_some_and(|id| id.trim() == "0")
}

/// Where the server's programs are: Debian keeps them out of the path, one folder a version.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(|d| Some(d.ok()?.path().join("bin")));
    let newest = versions.filter(|bin| bin.join("initdb").exists()).max();
    let in_path = || {
        output(program("sh", &["-c", "dirname \"$(command -v initdb)\""]))
            .map(|p| PathBuf::from(p.trim()))
            .filter(|p| p.join("initdb").exists())
    };
    newest.or_else(in_path).context("no PostgreSQL server programs (initdb): `cargo xtask setup` installs them on Debian")
}
