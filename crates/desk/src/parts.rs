//! What a desk is made from, and why one cannot be opened.

use std::{fmt, path::PathBuf, sync::Arc};
use sync::{Clock, Transport};

use crate::{
    notify::Notifier,
    ports::{Chooser, Ids, Opener},
    vault::Vault,
};

/// What distinguishes this desk from others.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its folder: everything the desk keeps is below it.
    pub data: PathBuf,
    /// The folder in which a person looks for what they had written out: their downloads.
    pub downloads: PathBuf,
    /// What people call this computer, as it will stand in the list of devices.
    pub device_name: String,
    /// `linux`, `windows` or `macos`.
    pub platform: String,
    /// The program's version.
    pub version: String,
}

/// Makes the way to the server at an address in its full form, such as `https://meja.ruangkarsa.id`. The error is a text for
/// a report.
pub type Connect = Arc<dyn Fn(&str) -> Result<Arc<dyn Transport>, String> + Send + Sync>;

/// Everything a desk takes from outside.
#[derive(Clone)]
pub struct Parts {
    /// What distinguishes it.
    pub options: Options,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance and new ids.
    pub ids: Arc<dyn Ids>,
    /// The keyring.
    pub vault: Vault,
    /// Native notifications.
    pub notifier: Arc<dyn Notifier>,
    /// The way to a server.
    pub connect: Connect,
    /// Opens addresses outside.
    pub opener: Arc<dyn Opener>,
    /// Asks for files.
    pub chooser: Arc<dyn Chooser>,
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("options", &self.options).finish_non_exhaustive()
    }
}

/// Why a desk cannot be opened at all. What can be mended by logging in is a state of the session, not an error.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program has the folder.
    #[error("another program uses this desk's folder")]
    InUse,
    /// The folder cannot be made, read or written.
    #[error("the desk's folder: {0}")]
    Io(#[from] std::io::Error),
}
