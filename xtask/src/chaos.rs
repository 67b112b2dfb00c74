//! `cargo xtask chaos`: real processes, broken on purpose (docs/chaos.md). Server and desks are built apart, because one build has
//! one SQLite.

use anyhow::Result;

use crate::{
    build,
    postgres::Cluster,
    run::{self, cargo},
};

/// The room on the disk of the database, in MiB; as much again comes with every second, more than is written in one.
pub(crate) const ROOM: u64 = 640;

pub(crate) fn run(args: &[String]) -> Result<()> {
    build::compile(&["-p", "server"], false)?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--features", "chaos", "--bin", "meja-chaos"]);
    let on_postgres = args.iter().any(|arg| arg == "--postgres");
    let cluster = if on_postgres { Some(Cluster::start_on_a_small_disk(room(args))?) } else { None };
    command.envs(cluster.iter().flat_map(Cluster::told));
    run::run({
        command.arg("--").args(args);
        command
    })
}

/// The room for a run as long as its arguments say.
fn room(args: &[String]) -> u64 {
    let minutes = args.iter().position(|arg| arg == "--minutes").and_then(|at| args.get(at + 1)?.parse::<f64>().ok());
    let seconds = std::time::Duration::try_from_secs_f64(minutes.unwrap_or(1.0) * 60.0).unwrap_or_default().as_secs();
    ROOM + seconds
}
