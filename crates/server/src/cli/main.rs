//! # `meja-server`
//!
//! The server as a program: `serve`, and what whoever runs it does beside it. It must never contain what a handler or the
//! writer does; it only calls them.
//!
//! How to add a command: a file here, and a line in [`Command`].

mod archive;
mod audit;
mod backup;
mod client;
mod demo;
mod hand;
mod logging;
mod memory;
mod serve;
mod settings;
mod user;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::{io::Write, process::ExitCode};

use settings::Flags;

/// Meja's server.
#[derive(Debug, Parser)]
#[command(name = "meja-server", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves desks and clients until it is told to stop.
    Serve(serve::Serve),
    /// Accounts of the staff.
    #[command(subcommand)]
    User(user::User),
    /// The audit and its proof.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Copies database and files into one file, while the server goes on.
    Backup(backup::Backup),
    /// Puts a backup in the place of what is there.
    Restore(backup::Restore),
    /// What the law gives clients: their data, and its erasure.
    #[command(subcommand)]
    Client(client::ClientData),
    /// Fills the database with believable data, made through the rulebook.
    DemoData(demo::DemoData),
    /// Prints the description of the wire for programs (OpenAPI 3.1).
    Openapi,
}

fn main() -> ExitCode {
    memory::settle();
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "meja-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    if let Command::Openapi = cli.command {
        return say(&serde_json::to_string_pretty(&server::openapi::document())?);
    }
    let mut flags = cli.flags;
    if let Command::Serve(serve) = &cli.command {
        flags.serve = serve.flags.clone();
    }
    let settings = flags.read()?;
    if flags.print_config {
        return say(&settings.printed());
    }
    logging::start(&settings, matches!(cli.command, Command::DemoData(_)))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(command) => command.run(settings).await,
            Command::User(command) => command.run(settings).await,
            Command::Audit(command) => command.run(settings).await,
            Command::Backup(command) => command.run(settings).await,
            Command::Restore(command) => command.run(settings).await,
            Command::Client(command) => command.run(settings).await,
            Command::DemoData(command) => command.run(settings).await,
            Command::Openapi => Ok(()),
        }
    })
}

/// Prints a line.
fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}
