//! `cargo xtask demo`: a server with believable data, simulated clients who go on asking, and a desk logged in as admin.
//! Without a display it runs in a virtual one and leaves pictures; with `--smoke` it proves that the main job works, and ends.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod desk;
mod pictures;
mod smoke;
mod world;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode};

/// A server with lively data, clients who go on asking, and a desk.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo xtask demo")]
pub(crate) struct Options {
    /// Prove that a request reaches the window and its answer the client, and end: 0 if it does, else 1 and why.
    #[arg(long)]
    smoke: bool,
    /// How many requests the clients make in a minute.
    #[arg(long, default_value_t = 6)]
    rate: u32,
    /// Clients to begin with.
    #[arg(long, default_value_t = 200)]
    clients: u32,
    /// Requests to begin with.
    #[arg(long, default_value_t = 2_000)]
    requests: u32,
    /// In a virtual display, also where there is a real one.
    #[arg(long)]
    headless: bool,
    /// Where pictures are left.
    #[arg(long, default_value = ".demo/pictures")]
    pictures: PathBuf,
}

fn main() -> ExitCode {
    let options = Options::parse();
    // The desk brings a TLS without a provider of its own choice into this program. A second choice would be no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    // What the demo is made of stops with a panic where its world is missing: that is a failure like any other.
    let done = runtime.block_on(async { tokio::spawn(run(options)).await });
    match done {
        Ok(Ok(said)) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Ok(Err(why)) => failed(&why),
        Err(panic) => failed(&panic.to_string()),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("demo: {why}");
    ExitCode::FAILURE
}

async fn run(options: Options) -> Result<String, String> {
    let world = world::World::begin(&options).await?;
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    if options.smoke {
        smoke::run(&world).await
    } else if display && !options.headless {
        world.liven();
        desk::show(&world).await
    } else {
        world.liven();
        pictures::take(world, &options.pictures).await
    }
}
