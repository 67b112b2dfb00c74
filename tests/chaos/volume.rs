//! A small disk of one's own, which can be filled to the last byte: a file system in memory. Only root may have one; elsewhere no
//! disk is ever full.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Done, said};

/// A disk; one that was mounted here goes with its owner.
#[derive(Debug)]
pub(crate) struct Volume {
    at: PathBuf,
    ours: bool,
}

impl Volume {
    /// Puts a disk of so many MiB at this folder, if that is allowed here.
    pub(crate) fn mount(at: &Path, mib: u32) -> Done<Option<Self>> {
        std::fs::create_dir_all(at).map_err(said)?;
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "meja-chaos"]).arg(at).output();
        Ok(mounted.is_ok_and(|output| output.status.success()).then(|| Self { at: at.to_owned(), ours: true }))
    }
    /// The disk of the throw-away PostgreSQL, if it has one of its own.
    pub(crate) fn of_postgres() -> Option<Self> {
        std::env::var_os("MEJA_TEST_POSTGRES_DISK").map(|at| Self { at: at.into(), ours: false })
    }
    fn ballast(&self) -> PathBuf {
        self.at.join("ballast")
    }
    /// Fills it: afterwards not one more page can be written.
    pub(crate) fn fill(&self) -> Done<()> {
        let mut file = std::fs::File::create(self.ballast()).map_err(said)?;
        let page = [0x5a_u8; 4_096];
        while file.write_all(&page).is_ok() {}
        Ok(())
    }
    /// Gives the room back.
    pub(crate) fn free(&self) -> Done<()> {
        std::fs::remove_file(self.ballast()).map_err(said)
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        if self.ours {
            // What still has a file open there keeps it until it ends.
            let _ = Command::new("umount").arg("-l").arg(&self.at).status();
        }
    }
}
