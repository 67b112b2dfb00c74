//! A small disk of one's own, which can be filled to the last byte: a file system in memory. Only root may have one; elsewhere no
//! disk is ever full.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Done, said};

/// A mounted disk; it goes with its owner.
#[derive(Debug)]
pub(crate) struct Volume(PathBuf);

impl Volume {
    /// Puts a disk of so many MiB at this folder, if that is allowed here.
    pub(crate) fn mount(at: &Path, mib: u32) -> Done<Option<Self>> {
        std::fs::create_dir_all(at).map_err(said)?;
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "meja-chaos"]).arg(at).output();
        Ok(mounted.is_ok_and(|output| output.status.success()).then(|| Self(at.to_owned())))
    }
    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
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
        // What still has a file open there keeps it until it ends.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
