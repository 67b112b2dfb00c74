//! `cargo xtask bench`: what Meja's promises of speed come to, each beside its goal or its limit in the same run.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod acts;
mod commands;
mod desk;
mod figures;
mod first_sync;
mod memory;
mod push;
mod start;
mod world;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode};

use figures::Figures;

/// Measures.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask bench")]
struct Options {
    /// Only these parts: sync, push, acts, commands, memory, start.
    parts: Vec<String>,
    /// Print one JSON object as the last line.
    #[arg(long)]
    json: bool,
    /// How many records the large server has.
    #[arg(long, default_value_t = 200_000)]
    large: u32,
    /// How many records the small server has.
    #[arg(long, default_value_t = 20_000)]
    small: u32,
    /// Only the first sync, of a server that runs already at this address and knows the admins of the measurements.
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// The desk alone, in a process of its own: opens these files, keeps in touch with this server, and says how it is.
    #[arg(long, hide = true, num_args = 2, value_names = ["FOLDER", "SERVER"])]
    hold: Option<Vec<String>>,
}

impl Options {
    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|p| p == part)
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    match runtime.block_on(run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => failed(&why),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("bench: {why}");
    ExitCode::FAILURE
}

async fn run(options: &Options) -> Result<(), String> {
    if let Some([folder, server]) = options.hold.as_deref() {
        return memory::hold(&PathBuf::from(folder), server).await;
    }
    let mut figures = Figures::default();
    if let Some(server) = &options.against {
        first_sync::measure(server, "200k", &mut figures).await?;
        figures.print(options.json);
        return Ok(());
    }
    let needs_small = ["sync", "push", "acts", "commands", "start"].iter().any(|part| options.wants(part));
    if needs_small {
        let small = world::World::begin(options.small).await?;
        if options.wants("sync") {
            first_sync::measure(&small.server.base, "20k", &mut figures).await?;
        }
        if options.wants("push") {
            push::measure(&small, &mut figures).await?;
        }
        if options.wants("acts") {
            acts::measure(&small, &mut figures).await?;
        }
        if options.wants("commands") {
            commands::measure(&small, &mut figures).await?;
        }
        if options.wants("start") {
            start::measure(&small, &mut figures)?;
        }
    }
    if options.wants("sync") || options.wants("memory") {
        let large = world::World::begin(options.large).await?;
        let folder = first_sync::measure(&large.server.base, "200k", &mut figures).await?;
        memory::measure(&large, folder, &mut figures).await?;
    }
    figures.print(options.json);
    Ok(())
}
