//! The program's own log: on standard error, and in the data folder, one file and the one before. Nothing personal is in it at
//! any level: whoever logs says ids and codes only.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::options::Options;

/// How large a log file grows before the next one is begun, in bytes.
const LARGEST: u64 = 2 * 1024 * 1024;

/// Opens the log, and keeps what a panic leaves. `MEJA_LOG` says how much is written: `info` by default.
pub(crate) fn begin(options: &Options) -> io::Result<()> {
    let filter = || EnvFilter::try_from_env("MEJA_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let to_stderr = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(filter());
    let folder = crate::outside::data_folder(options);
    let crashes = folder.as_ref().ok().map(|folder| desk::Crashes::new(folder, env!("CARGO_PKG_VERSION")));
    let file = folder.and_then(|folder| Rotating::begin(&folder.join("log"), LARGEST));
    let (file, failed) = match file {
        Ok(file) => (Some(file), None),
        Err(error) => (None, Some(error)),
    };
    let to_file = file.map(|file| tracing_subscriber::fmt::layer().json().with_writer(Mutex::new(file)).with_filter(filter()));
    tracing_subscriber::registry().with(to_stderr).with(to_file).init();
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(crashes) = &crashes {
            crashes.keep(panic);
        }
        // The message of a panic may quote what it met; where it happened is enough to find it.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
    failed.map_or(Ok(()), Err)
}

/// A file and the one before it: together they never grow beyond twice the largest size and a line.
struct Rotating {
    folder: PathBuf,
    file: File,
    written: u64,
    largest: u64,
}

impl Rotating {
    /// Begins a new file; the last one is kept beside it.
    fn begin(folder: &Path, largest: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), file: next_file(folder)?, written: 0, largest })
    }
}

impl Write for Rotating {
    /// Lines come whole, each in one call: none is cut by a new file.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.written >= self.largest {
            // Where no other file can be begun, this one goes on.
            if let Ok(next) = next_file(&self.folder) {
                (self.file, self.written) = (next, 0);
            }
        }
        let n = self.file.write(line)?;
        self.written = self.written.saturating_add(n as u64);
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn next_file(folder: &Path) -> io::Result<File> {
    let (now, before) = (folder.join("meja.log"), folder.join("meja.before.log"));
    if now.exists() {
        fs::rename(&now, &before)?;
    }
    File::create(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_becomes_the_one_before_and_the_one_before_that_is_gone() {
        let folder = std::env::temp_dir().join(format!("meja-log-{}", std::process::id()));
        let mut log = Rotating::begin(&folder, 20).expect("a folder");
        for n in 0..7 {
            log.write_all(format!("line {n} is here\n").as_bytes()).expect("written");
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a file");
        let (now, before) = (read("meja.log"), read("meja.before.log"));
        drop(Rotating::begin(&folder, 20).expect("the next start"));
        let at_next_start = read("meja.before.log");
        fs::remove_dir_all(&folder).expect("removed");
        assert_eq!((now.as_str(), before.as_str()), ("line 6 is here\n", "line 4 is here\nline 5 is here\n"));
        assert_eq!(at_next_start, now, "the last program's log is kept");
    }
}
