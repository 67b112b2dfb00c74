//! The program's own log: on standard error, and in the data folder, one file and the one before. Nothing personal is in it at
//! any level: whoever logs says ids and codes only.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Mutex,
};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::options::Options;

/// Opens the log. `MEJA_LOG` says how much is written: `info` by default.
pub(crate) fn begin(options: &Options) -> io::Result<()> {
    let filter = || EnvFilter::try_from_env("MEJA_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let to_stderr = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(filter());
    let file = crate::outside::data_folder(options).and_then(|folder| next_file(&folder.join("log")));
    let (file, failed) = match file {
        Ok(file) => (Some(file), None),
        Err(error) => (None, Some(error)),
    };
    let to_file = file.map(|file| tracing_subscriber::fmt::layer().json().with_writer(Mutex::new(file)).with_filter(filter()));
    tracing_subscriber::registry().with(to_stderr).with(to_file).init();
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what it met; where it happened is enough to find it.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
    failed.map_or(Ok(()), Err)
}

/// A new log file; the last one is kept beside it.
fn next_file(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let (now, before): (PathBuf, PathBuf) = (folder.join("meja.log"), folder.join("meja.before.log"));
    if now.exists() {
        fs::rename(&now, &before)?;
    }
    File::create(now)
}
