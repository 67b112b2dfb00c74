//! A compiler for WebAssembly: the toolchain in use with its own target, or Debian's.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    run::{self, program, root, succeeds_within, target},
    setup,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's own cargo, compiler and linker; the standard library is built from its sources once.
const DEBIAN: [&str; 3] = ["/usr/bin/cargo", "/usr/bin/rustc", "/usr/bin/wasm-ld-19"];
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library/std";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// Which compiler is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Toolchain {
    /// The one that runs us, with the target installed.
    Own,
    /// Debian's packages, which bring the sources of the standard library.
    Debian,
}

/// Finds a compiler; asks rustup for the target if it is missing, for twenty seconds and no longer, because without a
/// network it can hang, and installs Debian's then. `MEJA_WASM=debian` takes Debian's at once.
fn toolchain() -> Result<Toolchain> {
    let forced = std::env::var_os("MEJA_WASM").is_some_and(|v| v == "debian");
    if !forced {
        if has_target() {
            return Ok(Toolchain::Own);
        }
        println!("asking rustup for the WebAssembly target");
        if succeeds_within(program("rustup", &["target", "add", TARGET]), Duration::from_secs(20)) && has_target() {
            return Ok(Toolchain::Own);
        }
    }
    if debian_is_there() {
        return Ok(Toolchain::Debian);
    }
    setup::install(DEBIAN_PACKAGES)
        .with_context(|| format!("nothing here compiles WebAssembly. With a network: rustup target add {TARGET}"))?;
    if debian_is_there() { Ok(Toolchain::Debian) } else { bail!("{} brought no compiler for {TARGET}", DEBIAN_PACKAGES.join(" ")) }
}

fn debian_is_there() -> bool {
    DEBIAN.iter().all(|program| Path::new(program).exists()) && Path::new(DEBIAN_SOURCES).exists()
}

/// Whether the compiler in use has the target's standard library: the folder alone can be left by an installation that
/// was broken off.
fn has_target() -> bool {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let answer = run::output(program(&rustc, &["--print", "target-libdir", "--target", TARGET]));
    let files = answer.and_then(|folder| std::fs::read_dir(folder.trim()).ok());
    files.is_some_and(|mut files| files.any(|f| f.is_ok_and(|f| f.file_name().to_string_lossy().starts_with("libcore-"))))
}

/// Builds a binary of the workspace for WebAssembly and says where it is. It has a target directory of its own below the
/// usual one: cargo locks the directory it builds in, and this may run while the outer cargo holds the lock.
///
/// # Errors
/// When no compiler is to be had, or the build fails.
pub(crate) fn build(package: &str, profile: &str, features: &[&str]) -> Result<PathBuf> {
    let toolchain = toolchain()?;
    let mut cargo = match toolchain {
        Toolchain::Own => run::cargo(),
        Toolchain::Debian => debian(),
    };
    let dir = target().join(if toolchain == Toolchain::Own { "wasm" } else { "wasm-debian" });
    cargo.env("CARGO_TARGET_DIR", &dir);
    cargo.args(["build", "--quiet", "--package", package, "--target", TARGET, "--profile", profile]);
    cargo.args(["--no-default-features", "--features", &features.join(",")]);
    if toolchain == Toolchain::Debian {
        cargo.args(["-Z", "build-std=std,panic_abort"]);
    }
    run::run(cargo)?;
    Ok(dir.join(TARGET).join(profile).join(format!("{package}.wasm")))
}

fn debian() -> Command {
    let [cargo, rustc, linker] = DEBIAN;
    let mut command = Command::new(cargo);
    command.current_dir(root());
    command.env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", format!("-C linker={linker}"));
    for outer in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTC_WRAPPER", "CARGO"] {
        command.env_remove(outer);
    }
    run::forget_us(&mut command);
    command
}
