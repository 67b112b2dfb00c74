//! `cargo xtask build [--release]`: window, server and desk, each in the way that fits the others.

use anyhow::{Result, bail};

use crate::{
    run::{self, cargo},
    setup, ui,
};

/// How the programs are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Small and quick, and slow to build: what people get.
    pub(crate) release: bool,
    /// Lets a driver lead the window, also in a release build.
    pub(crate) automation: bool,
}

pub(crate) fn run(args: &[String]) -> Result<()> {
    let mut options = Options::default();
    for arg in args {
        match arg.as_str() {
            "--release" => options.release = true,
            "--automation" => options.automation = true,
            other => bail!("`{other}` is no option of `cargo xtask build`; there are --release and --automation"),
        }
    }
    build(options)
}

/// Sets up what is missing and builds everything.
///
/// # Errors
/// When a step fails; the step says why.
pub(crate) fn build(options: Options) -> Result<()> {
    setup::run_quietly()?;
    ui::build(ui::Options { release: options.release, mock: false })?;
    server(options)?;
    desk(options)
}

/// The server alone.
pub(crate) fn server(options: Options) -> Result<()> {
    compile(&["-p", "server"], options.release)
}

/// The desk alone. It comes after the window, which is embedded in it, and apart from the server, because one build has one
/// SQLite and the desk's is encrypted.
fn desk(options: Options) -> Result<()> {
    let mut args = vec!["-p", "meja"];
    if options.automation {
        args.extend(["--features", "automation"]);
    }
    compile(&args, options.release)
}

pub(crate) fn compile(args: &[&str], release: bool) -> Result<()> {
    let mut command = cargo();
    command.arg("build").args(args);
    if release {
        command.arg("--release");
    }
    run::run(command)
}
