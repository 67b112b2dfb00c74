//! `cargo xtask torture`: world after world, until a number or a time is reached, or one fails.

#![expect(clippy::print_stdout, reason = "a program of the command line")]

use anyhow::{Result, bail};
use clap::Parser;
use torture::{FAULTS, Ground, Plan};

mod many;

/// Runs simulated worlds.
#[derive(Debug, Parser)]
struct Options {
    /// How many seeds.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// For so many minutes at most.
    #[arg(long)]
    minutes: Option<u64>,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// This seed alone, with everything that happens in it.
    #[arg(long)]
    seed: Option<u64>,
    /// Of its history only these steps.
    #[arg(long, value_delimiter = ',')]
    keep: Option<Vec<usize>>,
    /// Run each seed twice, and compare.
    #[arg(long)]
    twice: bool,
    /// Plant each of the faults, one after another, and say how many seeds it takes to find it.
    #[arg(long)]
    faults: bool,
    /// Plant this fault.
    #[arg(long)]
    fault: Option<String>,
    /// Go on after a failure, without making it shorter.
    #[arg(long)]
    all: bool,
    /// On so many threads.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if options.seed.is_some() {
        // What server and desks log, where `RUST_LOG` asks for it.
        tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
            .without_time()
            .with_writer(std::io::stdout)
            .init();
    }
    let ground = Ground::new();
    if options.faults {
        return faults(&ground, &options);
    }
    if let Some(fault) = &options.fault {
        plant(Some(fault))?;
    }
    match options.seed {
        Some(seed) if options.twice => compare(&ground, &Plan::of(seed)),
        Some(seed) => one(&ground, seed, options.keep.as_deref()),
        None => many::many(&options),
    }
}

fn one(ground: &Ground, seed: u64, keep: Option<&[usize]>) -> Result<()> {
    let whole = Plan::of(seed);
    let plan = keep.map_or_else(|| whole.clone(), |keep| whole.keeping(keep));
    println!("{plan}");
    let report = ground.run(&plan, true);
    report.lines.iter().for_each(|line| println!("{line}"));
    println!(
        "seed {seed}: {} events, {} ms of its time, {} statements, {} pieces of files, hash {:016x}",
        report.events, report.ms, report.statements, report.pieces, report.hash
    );
    match report.wrong {
        Some(why) => bail!("seed {seed}: {why}"),
        None => Ok(()),
    }
}

/// Runs a history again and again, and shows where one first differs from the one before.
fn compare(ground: &Ground, plan: &Plan) -> Result<()> {
    let first = ground.run(plan, true).lines;
    for n in 1..=20 {
        let next = ground.run(plan, true).lines;
        if let Some(at) = first.iter().zip(&next).position(|(one, other)| one != other) {
            first[at.saturating_sub(12)..at].iter().for_each(|line| println!("  {line}"));
            println!("- {}\n+ {}", first[at], next[at]);
            bail!("run {n} differs from the first");
        }
    }
    println!("21 runs were one");
    Ok(())
}

fn plant(fault: Option<&str>) -> Result<()> {
    if domain::planted::plant(fault) { Ok(()) } else { bail!("this program was built without room for faults: use `cargo xtask torture`") }
}

/// Each fault must be found within so many seeds.
const WITHIN: u64 = 200;

fn faults(ground: &Ground, options: &Options) -> Result<()> {
    println!("| fault | what it is | found with seed | by |\n|---|---|---|---|");
    let mut missed = Vec::new();
    for (fault, what) in FAULTS {
        plant(Some(fault))?;
        let found = (options.from..options.from + WITHIN).find_map(|seed| ground.run(&Plan::of(seed), false).wrong.map(|why| (seed, why)));
        match found {
            Some((seed, why)) => {
                let why: String = why.lines().next().unwrap_or_default().chars().take(120).collect();
                println!("| `{fault}` | {what} | {seed} | {why} |");
            }
            None => {
                println!("| `{fault}` | {what} | not within {WITHIN} | |");
                missed.push(*fault);
            }
        }
    }
    plant(None)?;
    if missed.is_empty() { Ok(()) } else { bail!("not found: {}", missed.join(", ")) }
}
