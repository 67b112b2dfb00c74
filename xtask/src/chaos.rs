//! `cargo xtask chaos`: real processes, broken on purpose (docs/chaos.md). Server and desks are built apart, because one build has
//! one SQLite.

use anyhow::Result;

use crate::{
    build,
    postgres::{Cluster, Durability},
    run::{self, cargo},
};

pub(crate) fn run(args: &[String]) -> Result<()> {
    build::compile(&["-p", "server"], false)?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--features", "chaos", "--bin", "meja-chaos"]);
    let cluster = if args.iter().any(|arg| arg == "--postgres") { Some(Cluster::start(Durability::ThrowAway)?) } else { None };
    if let Some(cluster) = &cluster {
        command.env("MEJA_TEST_POSTGRES", cluster.url()).env("MEJA_TEST_POSTGRES_RESTART", cluster.restart());
    }
    run::run({
        command.arg("--").args(args);
        command
    })
}
