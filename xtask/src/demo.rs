//! `cargo xtask demo` and `cargo xtask bench`: build what is needed and hand over to the programs that do it (`tests/demo`,
//! `tests/bench`).

use anyhow::Result;

use crate::{
    build,
    run::{self, cargo},
};

/// The demo. `--release` is ours, the rest is the program's own affair.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|a| a == "--help" || a == "-h") {
        return program("meja-demo", false, args);
    }
    let release = args.iter().any(|a| a == "--release");
    let args: Vec<String> = args.iter().filter(|a| *a != "--release").cloned().collect();
    build::build(build::Options { release, automation: true })?;
    program("meja-demo", release, &args)
}

/// The measurements, always of what people get.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    build::build(build::Options { release: true, automation: true })?;
    program("meja-bench", true, args)
}

fn program(name: &str, release: bool, args: &[String]) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--features", "desks", "--bin", name]);
    if release {
        command.arg("--release");
    }
    run::run({
        command.arg("--").args(args);
        command
    })
}
