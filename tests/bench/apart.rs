//! This program once more, in a process of its own, so that the system can say what it takes.

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use crate::desk::{Done, said};

/// Where a system keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// Starts it with these arguments.
pub(crate) fn apart(args: &[&str]) -> Done<Child> {
    started(command()?, args)
}

/// The same for what stands for other computers: with its files in memory if the system offers that, and behind everybody else where a
/// processor is to be had. A server whose disk and processors work for a dozen desks besides itself would be measured as no server is.
pub(crate) fn elsewhere(args: &[&str]) -> Done<Child> {
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(std::env::current_exe().map_err(said)?);
    if Path::new(MEMORY).is_dir() {
        command.env("TMPDIR", MEMORY);
    }
    started(command, args)
}

fn command() -> Done<Command> {
    std::env::current_exe().map(Command::new).map_err(said)
}

fn started(mut command: Command, args: &[&str]) -> Done<Child> {
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(said)
}

/// Closes its input and waits until it has ended.
pub(crate) async fn finished(child: Child) -> Done<Output> {
    tokio::task::spawn_blocking(|| child.wait_with_output()).await.map_err(said)?.map_err(said)
}

/// The number that it printed behind a word.
pub(crate) fn said_of(word: &str, output: &Output) -> Done<f64> {
    let text = String::from_utf8_lossy(&output.stdout);
    let value = text.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok());
    value.ok_or_else(|| format!("a process apart did not say its {word}: {text}{}", String::from_utf8_lossy(&output.stderr)))
}
