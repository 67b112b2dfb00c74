//! Running programs, so that one sees what runs.

use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

/// The top folder of the project, as cargo says when it starts us: a target directory that two clones share keeps one program for both, and
/// what was compiled into it names the clone that built it.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

/// Cargo's target directory of whoever called us.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Cargo itself, the same that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    forget_us(&mut command);
    command.current_dir(root());
    command
}

/// Cargo says to whatever it runs which package that is. Build scripts that look for it (that of `ring`, below all that speaks TLS) would
/// take each clone, and a call by hand, for another world and be built again.
pub(crate) fn forget_us(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
}

/// A program with its arguments.
pub(crate) fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    command
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let args: Vec<String> = command.get_args().map(|a| a.to_string_lossy().into_owned()).collect();
    format!("{name} {}", args.join(" "))
}

/// Runs it, and fails when it fails.
pub(crate) fn run(mut command: Command) -> Result<()> {
    println!("$ {}", shown(&command));
    let status = command.status().with_context(|| format!("`{}` cannot be started", shown(&command)))?;
    if status.success() { Ok(()) } else { bail!("`{}` failed ({status})", shown(&command)) }
}

/// Runs it quietly; its output, or nothing when it fails or is missing.
pub(crate) fn output(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs it quietly, for at most `limit`; whether it succeeded.
pub(crate) fn succeeds_within(mut command: Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { return false };
    let watch = Watch::start();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if watch.elapsed() < limit => std::thread::sleep(Duration::from_millis(50)),
            _ => {
                // It hangs, as a download without a network can: whatever it does now, it is not what was asked.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// A stop-watch.
pub(crate) struct Watch(std::time::Instant, Duration);

impl Watch {
    /// Starts one.
    #[expect(clippy::disallowed_methods, reason = "what takes how long is the system's own time")]
    pub(crate) fn start() -> Self {
        Self(std::time::Instant::now(), worked())
    }
    /// The time since.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    /// The processors' time since, of programs that were started here and have ended: next to the other one it says who waits.
    pub(crate) fn worked(&self) -> Duration {
        worked().saturating_sub(self.1)
    }
}

/// The processors' time of all programs that were started here and have ended (`proc(5)`, `cutime` and `cstime`, in hundredths).
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(13).take(2);
    Duration::from_millis(10 * fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>())
}

/// How many lines of what failed are said again.
const MOST_FAILURES: usize = 60;

/// How many tests ran.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// That passed.
    pub(crate) passed: u64,
    /// Test programs that ran at least one.
    pub(crate) programs: u64,
}

impl Totals {
    /// Runs `cargo test …`, shows what it prints, and counts. A test that was ignored is a failure: nothing is skipped here. What failed
    /// is in the error once more, with what it said: above it stand the other tests of its program, which can be hundreds.
    pub(crate) fn add(&mut self, mut command: Command) -> Result<()> {
        println!("$ {}", shown(&command));
        let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| shown(&command))?;
        let (mut ignored, mut failures) = (0, Vec::new());
        for line in BufReader::new(child.stdout.take().context("stdout")?).lines().map_while(Result::ok) {
            println!("{line}");
            if line == "failures:" || !failures.is_empty() {
                failures.push(line.clone());
            }
            if let Some(counts) = line.strip_prefix("test result: ") {
                let count = |what: &str| {
                    counts.split("; ").find_map(|part| part.trim().strip_suffix(what)?.rsplit(' ').nth(0)?.parse::<u64>().ok()).unwrap_or(0)
                };
                self.passed += count(" passed");
                self.programs += u64::from(count(" passed") > 0);
                ignored += count(" ignored");
            }
        }
        let status = child.wait()?;
        if !status.success() {
            let last = failures.split_at(failures.len().saturating_sub(MOST_FAILURES)).1;
            bail!("`{}` failed ({status})\n{}", shown(&command), last.join("\n"));
        }
        if ignored > 0 {
            bail!("{ignored} tests were ignored: a skipped test is no test");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_counted_as_cargo_prints_them() {
        let mut totals = super::Totals::default();
        let printed = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.10s";
        totals.add(super::program("echo", &[printed])).expect("echo");
        assert_eq!((totals.passed, totals.programs), (12, 1));
        let skipped = printed.replace("0 ignored", "1 ignored");
        assert!(totals.add(super::program("echo", &[&skipped])).is_err(), "a skipped test must not look green");
    }
    #[test]
    fn what_failed_is_said_again_with_its_reason() {
        let printed = "echo 'test a ... FAILED'; echo; echo failures:; echo; echo '---- a stdout ----'; echo 'Error: why'; exit 101";
        let error = super::Totals::default().add(super::program("sh", &["-c", printed])).expect_err("it failed");
        assert!(error.to_string().ends_with("failures:\n\n---- a stdout ----\nError: why"), "{error}");
    }
}
