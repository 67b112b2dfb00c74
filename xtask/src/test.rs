//! `cargo xtask test`: sets up, then every check and every test, and in the end the totals of what ran. With names only those
//! steps run, which is for working on one thing; the judge is the whole.

use anyhow::{Result, bail};
use std::time::Duration;

use crate::{
    build,
    postgres::{Cluster, Durability},
    run::{self, Totals, cargo},
    s3::{self, Bucket},
    setup, tidy,
};

/// Where property tests are told what they begin with.
const SEED: &str = "PROPTEST_RNG_SEED";

/// What the steps share.
struct Ground {
    totals: Totals,
    cluster: Option<Cluster>,
    bucket: Option<Bucket>,
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
    /// The throw-away store that speaks S3, started when it is first needed: what the tests are told of it.
    fn s3(&mut self) -> Result<String> {
        let bucket = match self.bucket.take() {
            Some(bucket) => bucket,
            None => Bucket::start()?,
        };
        let told = bucket.told().to_owned();
        self.bucket = Some(bucket);
        Ok(told)
    }
    /// Runs these targets of these packages.
    fn tests(&mut self, packages: &str, targets: &[&str], env: &[(&str, &str)]) -> Result<()> {
        let mut command = cargo();
        command.arg("test").args(packages.split_whitespace()).args(targets).envs(env.iter().copied());
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

/// What links plain SQLite, and the features its tests want. Cargo gives a crate the features that all packages of an invocation ask of
/// it, and builds it anew for every other choice of packages: so every step of this side names the same ones, and picks its targets.
const SERVER_SIDE: &str = "-p domain -p bridge -p inspect -p picture -p xtask -p store -p server -p ui -p e2e --features domain/schema,store/testing,server/testing";

/// What links SQLCipher, in the same way.
const DESK_SIDE: &str =
    "-p sheet -p mirror -p sync -p desk -p torture -p e2e --features e2e/chaos,mirror/measure,mirror/testing,sync/testing";

/// In this order: what is quick to fail comes first. Crates that link SQLCipher and crates that link plain SQLite are tested
/// apart, because one build has one SQLite.
const STEPS: &[Step] = &[
    ("fmt", |_| run::run(with(&["fmt", "--all", "--check"]))),
    ("tidy", |_| tidy::run()),
    ("rules", |g| g.tests(SERVER_SIDE, &["--test", "rules", "--test", "decoders"], &[])),
    ("ui", |_| crate::ui::build(FOR_TESTS)),
    ("clippy", |_| {
        run::run(with(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))?;
        // The window as it goes out, without the desk inside it: nothing it shows may stand behind that.
        run::run(with(&["clippy", "--package", "ui", "--no-default-features", "--", "-D", "warnings"]))
    }),
    ("doc", |_| {
        let mut doc = with(&["doc", "--workspace", "--no-deps", "--all-features", "--document-private-items"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        run::run(doc)
    }),
    ("server", |g| {
        let (url, s3) = (g.postgres()?, g.s3()?);
        g.tests(SERVER_SIDE, &["--lib", "--bin", "xtask"], &[("MEJA_TEST_POSTGRES", &url), (s3::VARIABLE, &s3)])
    }),
    ("window", |g| {
        crate::icons::run(&["--check".to_owned()])?;
        crate::ui::build(FOR_TESTS)?;
        crate::npm::run()?;
        g.tests(SERVER_SIDE, &["--test", "browser"], &[])
    }),
    ("protocol", |g| {
        server_for_tests()?;
        crate::npm::ensure("tus-js-client")?;
        let (url, s3) = (g.postgres()?, g.s3()?);
        let (s3, postgres) = ((s3::VARIABLE, s3.as_str()), [("MEJA_TEST_POSTGRES", url.as_str()), ("MEJA_TEST_DATABASE", "postgres")]);
        g.tests(SERVER_SIDE, &["--test", "protocol"], &[s3])?;
        g.tests(SERVER_SIDE, &["--test", "protocol"], &[&[s3][..], &postgres].concat())?;
        // What has to do with files once more, with the files in a bucket.
        let on_s3 = [&[s3, ("MEJA_TEST_FILES", "s3")][..], &postgres].concat();
        g.tests(SERVER_SIDE, &["--test", "protocol", "--", "uploads::", "attachments::", "designs::"], &on_s3)
    }),
    ("desk", |g| g.tests(DESK_SIDE, &["--lib", "--test", "cabinet", "--test", "engine", "--test", "http", "--test", "desk"], &[])),
    ("torture", |g| g.tests(DESK_SIDE, &["--test", "worlds"], &[])),
    ("chaos", |g| {
        server_for_tests()?;
        let cluster = Cluster::start_on_a_small_disk(crate::chaos::ROOM)?;
        let told = cluster.told();
        let env: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
        g.tests(DESK_SIDE, &["--test", "chaos"], &env)
    }),
    ("whole", |g| {
        crate::ui::build(FOR_TESTS)?;
        server_for_tests()?;
        build::compile(&["-p", "meja"], false)?;
        g.tests("-p meja", &[], &[])?;
        // Each of these has a screen, a bus and a window of its own: side by side they would only wait for each other.
        g.tests(SERVER_SIDE, &["--test", "window", "--", "--test-threads=2"], &[])
    }),
];

/// The server that tests start as a program. With one of the tests beside it, so that it is built with what they are built with.
fn server_for_tests() -> Result<()> {
    let targets = ["--bin", "meja-server", "--test", "rules"];
    let args: Vec<&str> = SERVER_SIDE.split_whitespace().chain(targets).collect();
    build::compile(&args, false)
}

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
    let mut ground = Ground { totals: Totals::default(), cluster: None, bucket: None };
    let mut times = Vec::new();
    for (name, step) in STEPS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        println!("\n== {name}");
        let watch = run::Watch::start();
        step(&mut ground)?;
        times.push((*name, watch.elapsed(), watch.worked()));
    }
    report(&ground.totals, &times);
    Ok(())
}

fn report(totals: &Totals, times: &[(&str, Duration, Duration)]) {
    println!("\n== totals");
    for (name, time, worked) in times {
        println!("{name:<12} {:>6.1} s, {:>6.1} s of the processors", time.as_secs_f64(), worked.as_secs_f64());
    }
    println!("{} tests in {} programs passed, none failed, none was skipped", totals.passed, totals.programs);
}
