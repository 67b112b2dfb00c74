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

/// The same, with its files in memory if the system offers that: they stand for those on the disks of other computers, and a server whose
/// disk writes a dozen of them besides its own would be measured as no server is.
pub(crate) fn elsewhere(args: &[&str]) -> Done<Child> {
    let mut command = command()?;
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
