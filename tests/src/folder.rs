//! A folder that goes with its owner.

use std::path::{Path, PathBuf};

/// A new folder below the system's temporary one, removed when it is dropped.
#[derive(Debug)]
pub struct TempFolder(PathBuf);

impl TempFolder {
    /// Makes one; the purpose stands in its name.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new(purpose: &str) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("meja-{purpose}-{}-{n}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self(path)
    }
    /// One with everything in it that another folder has.
    ///
    /// # Errors
    /// What the system says.
    ///
    /// # Panics
    /// As [`Self::new`].
    pub fn copy_of(from: &Path, purpose: &str) -> std::io::Result<Self> {
        let folder = Self::new(purpose);
        copy(from, folder.path())?;
        Ok(folder)
    }
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// Copies a folder with what is in it.
///
/// # Errors
/// What the system says.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
