//! `cargo xtask chaos`: the real processes, broken on purpose (docs/chaos.md). Servers, desks and clients act at random from a seed
//! while processes are killed, frozen and cut off; afterwards a checker that reads only databases and logs says what does not hold.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod acts;
mod check;
mod client;
mod desk;
mod dice;
mod files;
mod house;
mod log;
mod network;
mod run;
mod seat;
mod stampede;
mod station;
mod storm;
mod volume;
mod witness;

use clap::Parser;
use std::process::ExitCode;

/// What goes wrong ends the run.
pub(crate) type Done<T> = Result<T, String>;

/// Any error, in words.
pub(crate) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Breaks things.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask chaos")]
struct Options {
    /// For how many minutes.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// What chance begins with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Several servers on PostgreSQL instead of one on SQLite.
    #[arg(long)]
    postgres: bool,
    /// How many servers, on PostgreSQL.
    #[arg(long, default_value_t = 3)]
    instances: usize,
    /// How many clients act through the public interface.
    #[arg(long, default_value_t = 6)]
    clients: usize,
    /// Instead: restarts the server of so many live desks.
    #[arg(long, value_name = "DESKS")]
    stampede: Option<usize>,
    /// Instead: measures through a bad network; the minutes are those of an idle desk.
    #[arg(long)]
    network: bool,
    /// How many requests the server has whose first page is measured: 58,000 make about 203,000 records.
    #[arg(long, default_value_t = 58_000)]
    requests: u32,
    /// How many requests the server has of which a first copy is fetched in spite of cuts.
    #[arg(long, default_value_t = 1_000)]
    walked: u32,
    /// One desk, in a process of its own.
    #[arg(long, hide = true, num_args = 5, value_names = ["FOLDER", "SERVER", "EMAIL", "N", "SEED"])]
    desk: Option<Vec<String>>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    // One of the two clients of HTTP in here brings no way to encrypt of its own.
    drop(rustls::crypto::ring::default_provider().install_default());
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    let run = async {
        match options.desk.as_deref() {
            Some([folder, server, email, n, seed]) => {
                let (n, seed) = (n.parse().map_err(said)?, seed.parse().map_err(said)?);
                desk::run(folder.as_ref(), server, email, n, seed).await
            }
            _ => run::run(&options).await,
        }
    };
    match runtime.block_on(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => failed(&why),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("chaos: {why}");
    ExitCode::FAILURE
}
