//! `cargo xtask test`: sets up, then every check and every test, and in the end the totals of what ran. With names only those
//! steps run, which is for working on one thing; the judge is the whole.

use anyhow::{Result, bail};
use std::time::Duration;

use crate::{
    build,
    postgres::{Cluster, Durability},
    run::{self, Totals, cargo},
    setup, tidy,
};

/// Where property tests are told what they begin with.
const SEED: &str = "PROPTEST_RNG_SEED";

/// What the steps share.
struct Ground {
    totals: Totals,
    cluster: Option<Cluster>,
}

impl Ground {
    /// The throw-away PostgreSQL, started when it is first needed.
    fn postgres(&mut self) -> Result<String> {
        let cluster = match self.cluster.take() {
            Some(cluster) => cluster,
            None => Cluster::start(Durability::ThrowAway)?,
        };
        let url = cluster.url();
        self.cluster = Some(cluster);
        Ok(url)
    }
    fn tests(&mut self, args: &[&str], env: &[(&str, &str)]) -> Result<()> {
        let mut command = cargo();
        command.arg("test").args(args).envs(env.iter().copied());
        // Properties are tried with the same inputs each time: what is judged is the change, and not the luck of a run. Others are tried
        // by naming another seed, and by plain `cargo test`, which chooses its own.
        if std::env::var_os(SEED).is_none() {
            command.env(SEED, "1");
        }
        self.totals.add(command)
    }
}

type Step = (&'static str, fn(&mut Ground) -> Result<()>);

/// The window as tests take it: quick to build, and with a desk of its own for browsers.
const FOR_TESTS: crate::ui::Options = crate::ui::Options { release: false, mock: true };

/// In this order: what is quick to fail comes first. Crates that link SQLCipher and crates that link plain SQLite are tested
/// apart, because one build has one SQLite.
const STEPS: &[Step] = &[
    ("fmt", |_| run::run(with(&["fmt", "--all", "--check"]))),
    ("tidy", |_| tidy::run()),
    ("rules", |g| g.tests(&["-p", "domain", "-p", "bridge", "-p", "xtask", "--all-features"], &[])),
    ("ui", |_| crate::ui::build(FOR_TESTS)),
    ("clippy", |_| run::run(with(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))),
    ("doc", |_| {
        let mut doc = with(&["doc", "--workspace", "--no-deps", "--all-features", "--document-private-items"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        run::run(doc)
    }),
    ("server", |g| {
        let url = g.postgres()?;
        g.tests(&["-p", "store", "-p", "server", "--all-features"], &[("MEJA_TEST_POSTGRES", &url)])
    }),
    ("window", |g| {
        crate::icons::run(&["--check".to_owned()])?;
        g.tests(&["-p", "ui"], &[])?;
        crate::ui::build(FOR_TESTS)?;
        crate::npm::run()?;
        g.tests(&["-p", "e2e", "--test", "browser"], &[])
    }),
    ("desk", |g| g.tests(&["-p", "mirror", "-p", "sync", "-p", "desk", "--all-features"], &[])),
    ("torture", |g| g.tests(&["-p", "torture"], &[])),
    ("protocol", |g| {
        build::compile(&["-p", "server"], false)?;
        let url = g.postgres()?;
        g.tests(&["-p", "e2e", "--test", "protocol"], &[])?;
        g.tests(&["-p", "e2e", "--test", "protocol"], &[("MEJA_TEST_POSTGRES", &url), ("MEJA_TEST_DATABASE", "postgres")])
    }),
    ("chaos", |g| {
        build::compile(&["-p", "server"], false)?;
        let url = g.postgres()?;
        let restart = g.cluster.as_ref().map(Cluster::restart).unwrap_or_default();
        let env = [("MEJA_TEST_POSTGRES", url.as_str()), ("MEJA_TEST_POSTGRES_RESTART", restart.as_str())];
        g.tests(&["-p", "e2e", "--features", "chaos", "--test", "chaos"], &env)
    }),
    ("whole", |g| {
        crate::ui::build(FOR_TESTS)?;
        build::compile(&["-p", "server"], false)?;
        build::compile(&["-p", "meja"], false)?;
        g.tests(&["-p", "meja"], &[])?;
        // Each of these has a screen, a bus and a window of its own: side by side they would only wait for each other.
        g.tests(&["-p", "e2e", "--test", "window", "--", "--test-threads=2"], &[])
    }),
];

fn with(args: &[&str]) -> std::process::Command {
    let mut command = cargo();
    command.args(args);
    command
}

pub(crate) fn run(only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|name| !STEPS.iter().any(|(step, _)| step == name)) {
        let known: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        bail!("there is no step `{unknown}`; the steps are {}", known.join(", "));
    }
    setup::run_quietly()?;
    let mut ground = Ground { totals: Totals::default(), cluster: None };
    let mut times = Vec::new();
    for (name, step) in STEPS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        println!("\n== {name}");
        let watch = run::Watch::start();
        step(&mut ground)?;
        times.push((*name, watch.elapsed()));
    }
    report(&ground.totals, &times);
    Ok(())
}

fn report(totals: &Totals, times: &[(&str, Duration)]) {
    println!("\n== totals");
    for (name, time) in times {
        println!("{name:<12} {:>6.1} s", time.as_secs_f64());
    }
    println!("{} tests in {} programs passed, none failed, none was skipped", totals.passed, totals.programs);
}
