//! A throw-away PostgreSQL, from the system's own programs: made in a folder of its own, gone with its owner.

use anyhow::{Context, Result};
use std::{net::TcpListener, path::PathBuf, process::Command};

use crate::run::{output, program, run};

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
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
        let folder = std::env::temp_dir().join(format!("meja-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let cluster = Self { folder, bin: programs()?, port };
        if root() {
            // PostgreSQL refuses to run as root; its package brings a user for it.
            run(program("chown", &["postgres", &cluster.folder.display().to_string()]))?;
        }
        let data = cluster.folder.join("data").display().to_string();
        run(cluster.pg("initdb", &["-D", &data, "-U", "meja", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]))?;
        let fsync = if durability == Durability::Durable { "on" } else { "off" };
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync={fsync} -c max_connections=300",
            cluster.folder.display()
        );
        let log = cluster.folder.join("log").display().to_string();
        run(cluster.pg("pg_ctl", &["-D", &data, "-l", &log, "-w", "-s", "-o", &options, "start"]))?;
        Ok(cluster)
    }
    /// The URL of its maintenance database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://meja@127.0.0.1:{}/postgres", self.port)
    }
    /// A line for the shell that restarts it at once, as after a crash; it returns when the cluster answers again.
    pub(crate) fn restart(&self) -> String {
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
        let _ = std::fs::remove_dir_all(&self.folder);
    }
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
