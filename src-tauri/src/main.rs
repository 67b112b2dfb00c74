//! # Meja's shell
//!
//! The window, the tray, one instance, and one-line IPC commands onto the desk. It must never contain logic: what a query
//! answers is in `desk`, what a word means is in `domain`.
//!
//! How to add one more query: its name in `bridge`, a method on the desk, a line in `ipc.rs`, its permission in
//! `capabilities/main.json`; a test says what is missing.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod files;
mod ipc;
mod log;
mod news;
mod options;
mod outside;
mod shell;
mod tray;
mod window;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = options::Options::parse();
    if let Err(error) = log::begin(&options) {
        complain(&error);
    }
    match shell::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the desk cannot be opened");
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "what went wrong before there is a window can only be said here")]
fn complain(error: &dyn std::fmt::Display) {
    eprintln!("meja: {error}");
}
