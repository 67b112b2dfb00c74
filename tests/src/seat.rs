//! A whole desk in a program of our own: one that opens no addresses, and raises its notifications nowhere.

use desk::{Chooser, Opener, Options, Parts, SystemClock, SystemIds, notify::MemoryNotifier, over_http, vault::Vault};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Chooses these files, whenever it is asked.
#[derive(Clone, Debug, Default)]
pub struct Chooses(pub Vec<PathBuf>);
#[async_trait::async_trait]
impl Chooser for Chooses {
    async fn choose(&self, _: &str, _: &[&str]) -> io::Result<Vec<PathBuf>> {
        Ok(self.0.clone())
    }
}

struct Nowhere;
impl Opener for Nowhere {
    fn open(&self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// What such a desk is made from: its folder, what the computer is called, its keyring, and the files that are chosen there.
#[must_use]
pub fn parts(data: &Path, device_name: &str, vault: Vault, chooses: Chooses) -> Parts {
    Parts {
        options: Options {
            data: data.to_owned(),
            downloads: data.join("downloads"),
            device_name: device_name.to_owned(),
            platform: std::env::consts::OS.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        clock: Arc::new(SystemClock::default()),
        ids: Arc::new(SystemIds),
        vault,
        notifier: Arc::new(MemoryNotifier::default()),
        connect: over_http(),
        opener: Arc::new(Nowhere),
        chooser: Arc::new(chooses),
    }
}
