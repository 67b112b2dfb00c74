//! `cargo xtask torture`: the simulated worlds (docs/torture.md). Server and desks stand in one program there, so it is built by
//! itself, and with room for planted faults.

use anyhow::Result;

use crate::run;

pub(crate) fn run(args: &[String]) -> Result<()> {
    let mut command = run::cargo();
    command.args(["run", "--quiet", "--package", "torture", "--profile", "torture"]).env("MEJA_FAULT", "1");
    command.arg("--").args(args);
    run::run(command)
}
