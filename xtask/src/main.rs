//! `cargo xtask`: everything one does with Meja besides writing it. Each command is idempotent and says what it does, what
//! failed and what to do about it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod build;
mod catalogue;
mod chaos;
mod demo;
mod icons;
mod licences;
mod npm;
mod picture;
mod postgres;
mod run;
mod s3;
mod setup;
mod test;
mod tidy;
mod torture;
mod ui;
mod wasm;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask setup              install what is missing (system packages, a way to compile WASM)
cargo xtask build              window, server and desk [--release]
cargo xtask demo               a server with lively data, clients who go on asking, and a desk [--smoke] [--rate N] [--release]
cargo xtask bench              measure, in release builds [--json] [--keep] [name …]; --draw: only the pictures, of the run that is kept
cargo xtask bench window       measure the window in Chromium, with 50,000 rows [--minutes N] [--rows N] [start|scroll|keys|memory …]
cargo xtask chaos              real processes, broken on purpose [--minutes N] [--seed S] [--postgres] [--instances 3]
cargo xtask ui                 build the window into ui/dist [--release] [--without-mock]
cargo xtask icons              make the icon files from icons/source [--check]
cargo xtask licences           list the parts that others wrote, with their licences, for the window
cargo xtask npm                fetch binaryen and axe-core from npm into the target directory
cargo xtask s3                 a store that speaks S3, as the tests have it, until it is interrupted
cargo xtask tidy               check crate arrows and sizes
cargo xtask torture            simulated worlds [--seeds N] [--minutes M] [--jobs J] [--from S] [--seed S [--keep …]] [--faults]
cargo xtask twins              take the pictures of docs/ui again, each the twin of one of the design's
cargo xtask test [name …]      every check and test; with names only those steps
";

/// What went wrong is the last that is said, and without a backtrace of ours: it would only push it out of sight.
fn main() -> ExitCode {
    let Err(error) = command() else { return ExitCode::SUCCESS };
    eprintln!("\nError: {error:#}");
    ExitCode::FAILURE
}

fn command() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    std::env::set_current_dir(run::root())?;
    match command.as_str() {
        "bench" => demo::bench(&rest),
        "build" => build::run(&rest),
        "chaos" => chaos::run(&rest),
        "demo" => demo::run(&rest),
        "icons" => icons::run(&rest),
        "licences" => licences::run(),
        "npm" => npm::run(),
        "s3" => s3::run(),
        "setup" => setup::run_setup(),
        "tidy" => tidy::run(),
        "test" => test::run(&rest),
        "torture" => torture::run(&rest),
        "twins" => demo::twins(),
        "ui" => ui::run(&rest),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {other}`\n\n{HELP}"),
    }
}
