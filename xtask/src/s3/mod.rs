//! `cargo xtask s3`: a store that speaks S3, for tests, in memory, gone with its owner.
//!
//! It is moto, a model of Amazon's services in Python. It shares no line with the client in the server, so that the two do not agree on
//! the same mistake; it is what a great many others test against, and kept up to date; and it checks signatures and what a user may do,
//! so that wrong keys are wrong and the policy of docs/running.md is enough. What is there in Rust (`s3s-fs`) calls itself an experiment,
//! checks no rights, and would be compiled anew with every change of our dependencies. Nothing of it is part of the product: it lies in a
//! folder of its own below the target directory, made once, and the server knows no Python.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::run::{self, program, root, target};

/// What is installed, at fixed versions.
const REQUIREMENTS: &str = include_str!("requirements.txt");
/// By what the tests hear of it: one line of JSON.
pub(crate) const VARIABLE: &str = "MEJA_TEST_S3";
/// What to do where it cannot be installed.
const HELP: &str = "the store that speaks S3, for tests, is installed by Python's own means: python3 with venv (Debian: apt-get install \
     python3-venv) and pip, which fetches from PyPI";

/// A running store.
pub(crate) struct Bucket {
    child: Child,
    told: String,
}

impl Bucket {
    /// Installs it where it is not, and starts it on a free port of the loopback.
    pub(crate) fn start() -> Result<Self> {
        let python = ensure()?;
        let mut command = Command::new(python);
        command.arg(root().join("xtask/src/s3/serve.py")).arg(policy()?).current_dir(root());
        // What it says of each request is of no use.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().context(HELP)?;
        let mut told = String::new();
        BufReader::new(child.stdout.take().context("stdout")?).read_line(&mut told)?;
        if !told.starts_with('{') {
            let _ = child.kill();
            bail!("the store that speaks S3 ended at once ({}); delete {} and try again", child.wait()?, home().display());
        }
        Ok(Self { child, told: told.trim().to_owned() })
    }
    /// Where it is, and the keys to it.
    pub(crate) fn told(&self) -> &str {
        &self.told
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        // It ends with its standard input, also where nobody comes by here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs one until it is interrupted.
pub(crate) fn run() -> Result<()> {
    let mut bucket = Bucket::start()?;
    println!("export {VARIABLE}='{}'", bucket.told());
    // Whoever waits for it closes its standard input, which would end it.
    let _open = bucket.child.stdin.take();
    bucket.child.wait()?;
    Ok(())
}

fn home() -> PathBuf {
    target().join("s3")
}

/// Its Python, with all that it needs. What was installed for other versions is made anew, and what was left half done, too.
fn ensure() -> Result<PathBuf> {
    let (home, done) = (home(), home().join("installed.txt"));
    let python = home.join("bin/python");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == REQUIREMENTS) && python.exists() {
        return Ok(python);
    }
    let folder = home.display().to_string();
    run::run(program("python3", &["-m", "venv", "--clear", &folder])).context(HELP)?;
    let list = root().join("xtask/src/s3/requirements.txt").display().to_string();
    // Nothing is built, and so nothing of a package runs while it is installed.
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--no-deps", "-r", &list];
    run::run(program(&python.display().to_string(), &pip)).context(HELP)?;
    std::fs::write(done, REQUIREMENTS)?;
    Ok(python)
}

/// What docs/running.md says that the server must be allowed.
fn policy() -> Result<String> {
    let page = std::fs::read_to_string(root().join("docs/running.md"))?;
    let blocks = page.split("```json\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block));
    let found = blocks.into_iter().find(|block| block.contains("s3:PutObject")).context("docs/running.md has no policy for a bucket")?;
    Ok(found.replace("BUCKET", "meja").replace("PREFIX", "berkas"))
}
