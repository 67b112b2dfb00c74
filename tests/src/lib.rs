//! # What Meja is driven with from outside
//!
//! A server process, a desktop without a screen, a browser, and simulated clients. `cargo xtask demo` and the tests of this crate
//! use the same. It must never contain an assertion about Meja itself: those stand in `tests/`.
//!
//! How to add one more: what a test needs of the outside world is a type here that starts it and ends it when it is dropped.

#![expect(clippy::expect_used, clippy::panic, reason = "these are tools of tests: without its world a test stops")]

pub mod browser;
pub mod bucket;
mod chromium;
pub mod clients;
pub mod desktop;
pub mod folder;
pub mod postgres;
pub mod proxy;
#[cfg(feature = "desks")]
pub mod seat;
pub mod server;
pub mod site;
pub mod webdriver;
pub mod window;

use std::path::PathBuf;

/// The top folder of the project, as cargo says when it starts us: what was compiled in names the clone that built us, which in a target
/// directory that two clones share is the other one.
#[must_use]
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

/// A program of ours, built beside the tests: `cargo xtask test` builds it before it runs them.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn binary(name: &str) -> PathBuf {
    let exe = std::env::current_exe().expect("the test's own path");
    let profile = exe.ancestors().find(|p| p.join("deps").is_dir()).expect("a cargo target folder").to_owned();
    let path = profile.join(name);
    assert!(path.exists(), "{} is not built: use `cargo xtask test`, or `cargo build -p server -p meja` first", path.display());
    path
}

/// Cargo's target directory: beside it pictures and tools are kept.
pub(crate) fn target() -> PathBuf {
    let root = root();
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// The folder of a package that `cargo xtask npm` has fetched, whichever version it is.
#[must_use]
pub fn npm_package(name: &str) -> PathBuf {
    let home = target().join("npm");
    let fetched = std::fs::read_dir(&home).into_iter().flatten().flatten().map(|entry| entry.path());
    let begins = format!("{name}-");
    let newest = fetched.filter(|path| path.file_name().is_some_and(|it| it.to_string_lossy().starts_with(&begins))).max();
    newest.unwrap_or(home).join("node_modules").join(name)
}
