//! `cargo xtask demo` and `cargo xtask bench`: build what is needed and hand over to the programs that do it (`tests/demo`,
//! `tests/bench`).

use anyhow::Result;

use crate::{
    build, picture,
    postgres::{Cluster, Durability},
    run::{self, cargo, root, target},
};

/// What `bench` measures without PostgreSQL, when it is named.
const WITHOUT_POSTGRES: &[&str] = &["sync", "push", "acts", "commands", "memory", "start", "live", "crowd", "idle", "growth", "--against"];

/// The demo. `--release` is ours, the rest is the program's own affair.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|a| a == "--help" || a == "-h") {
        return program("meja-demo", false, args, None);
    }
    let release = args.iter().any(|a| a == "--release");
    let args: Vec<String> = args.iter().filter(|a| *a != "--release").cloned().collect();
    build::build(build::Options { release, automation: true })?;
    program("meja-demo", release, &args, None)
}

/// The measurements, always of what people get. `--draw` is ours, and draws the pictures of the run that is kept.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    let named = |what: &str| args.iter().any(|a| a == what);
    if named("--draw") {
        picture::draw()?;
        println!("docs/speed-goals.svg and docs/speed-growth.svg are drawn");
        return Ok(());
    }
    if named("--help") || named("-h") {
        return program("meja-bench", false, args, None);
    }
    if args.first().is_some_and(|part| part == "window") {
        return window(&args[1..]);
    }
    build::build(build::Options { release: true, automation: true })?;
    let cluster = if named("postgres") {
        Some(Cluster::start(Durability::Durable)?)
    } else if WITHOUT_POSTGRES.iter().any(|part| named(part)) {
        None
    } else {
        // The others can be measured without it.
        Cluster::start(Durability::Durable).inspect_err(|error| println!("no PostgreSQL: {error:#}")).ok()
    };
    program("meja-bench", true, args, cluster.as_ref())?;
    // In silence: with `--json` the last line is the program's.
    if named("--keep") { picture::draw() } else { Ok(()) }
}

/// What the window itself takes, in Chromium: built as people get it for its size, and then with the desk inside itself.
fn window(args: &[String]) -> Result<()> {
    crate::ui::build(crate::ui::Options { release: true, mock: false })?;
    let shipped = root().join("ui/dist/ui_bg.wasm").metadata()?.len().to_string();
    crate::ui::build(crate::ui::Options { release: true, mock: true })?;
    let mut out = vec!["--shipped".to_owned(), shipped];
    if !args.iter().any(|arg| arg == "--out") {
        out.extend(["--out".to_owned(), target().join("bench-window.json").display().to_string()]);
    }
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--bin", "meja-speed", "--"]).args(out).args(args);
    run::run(command)
}

/// The pictures of the design, taken again from the window in a browser.
pub(crate) fn twins() -> Result<()> {
    crate::ui::build(crate::ui::Options { release: false, mock: true })?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--features", "twins", "--bin", "meja-twins"]);
    run::run(command)
}

fn program(name: &str, release: bool, args: &[String], cluster: Option<&Cluster>) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "e2e", "--features", "desks", "--bin", name]);
    if release {
        command.arg("--release");
    }
    command.envs(cluster.map(|cluster| ("MEJA_TEST_POSTGRES", cluster.url())));
    run::run({
        command.arg("--").args(args);
        command
    })
}
