//! Files that a person attaches: chosen, let fall on the window, or pasted. They are read with a limit and looked at before anything of
//! them is kept; what the window has of a path is a handle that is good once.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{DeskError, ErrorCode, Event};
use domain::{
    file::{FileName, FilePolicy, MediaType},
    time::MINUTE,
};
use inspect::{Check, Facts};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::PoisonError,
};

use crate::{
    desk::{Desk, Inner},
    error::{io_error, told},
};

/// What is said of a file that cannot be read, or is none.
pub(crate) const UNREADABLE: &str = "unreadable";
/// How long files that were let fall wait to be taken, in milliseconds.
const KEPT: i64 = 10 * MINUTE;

/// The files that were let fall on the window last.
#[derive(Debug, Default)]
pub(crate) struct Dropped {
    /// The handle that was given out last.
    last: u64,
    /// They, and until when they are kept by the monotonic clock.
    waiting: Option<(Vec<PathBuf>, i64)>,
}

/// Where a file comes from.
pub(crate) enum Source {
    /// From this place.
    Path(PathBuf),
    /// From the clipboard, under this name.
    Pasted(String, Vec<u8>),
    /// From the clipboard, and longer than any file that is taken.
    TooLong(String),
}

/// A file that was looked at.
pub(crate) struct Looked {
    pub(crate) facts: Facts,
    pub(crate) bytes: Vec<u8>,
}

impl Source {
    /// What was pasted under this name, in Base64.
    ///
    /// # Errors
    /// `bad_call` for what is no Base64.
    pub(crate) fn pasted(name: String, data: &str) -> Result<Self, DeskError> {
        let most = FilePolicy::Design.limits().map_or(0, |limits| limits.bytes);
        // Four characters are three bytes: what is too long is not even decoded.
        if data.len() as u64 / 4 * 3 > most.saturating_add(3) {
            return Ok(Self::TooLong(name));
        }
        let bytes = STANDARD.decode(data).map_err(|_| told(ErrorCode::BadCall, "data"))?;
        Ok(Self::Pasted(name, bytes))
    }
    /// What it is called, as people are told.
    pub(crate) fn name(&self) -> String {
        FileName::new(&self.said()).map(|name| name.to_string()).unwrap_or_default()
    }
    fn said(&self) -> String {
        match self {
            Self::Path(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            Self::Pasted(name, _) | Self::TooLong(name) => name.clone(),
        }
    }
    /// Reads it and looks at it, on a thread where it keeps nobody waiting. The error is why it is not taken: the name of a check, or
    /// that it cannot be read.
    pub(crate) async fn look(self, policy: FilePolicy) -> Result<Looked, &'static str> {
        tokio::task::spawn_blocking(move || self.looked_at(&policy)).await.unwrap_or(Err(UNREADABLE))
    }
    fn looked_at(self, policy: &FilePolicy) -> Result<Looked, &'static str> {
        let name = self.said();
        let bytes = match self {
            Self::Path(path) => {
                let most = policy.limits().ok_or(Check::PolicyUnknown.wire())?.bytes;
                read(&path, most).map_err(|error| {
                    tracing::info!(kind = %error.kind(), "a file cannot be read");
                    UNREADABLE
                })?
            }
            Self::Pasted(_, bytes) => bytes,
            Self::TooLong(_) => return Err(Check::TooLarge.wire()),
        };
        let facts = inspect::inspect(policy, &name, None, &bytes).map_err(|refused| refused.check.wire())?;
        Ok(Looked { facts, bytes })
    }
}

/// What a file may be that goes with an order.
pub(crate) fn design_media() -> &'static [MediaType] {
    FilePolicy::Design.limits().map_or(&[], |limits| limits.media)
}

/// Reads a file, and of one that is too large only so much that this is seen. A folder is none, and what only looks like a file (a
/// device, a pipe) could be read for ever.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Before it is opened: a pipe would keep whoever opens it waiting for somebody at its other end.
    let regular = |meta: fs::Metadata| if meta.is_file() { Ok(()) } else { Err(io::Error::from(io::ErrorKind::InvalidInput)) };
    regular(fs::metadata(path)?)?;
    let file = fs::File::open(path)?;
    regular(file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Desk {
    /// Files are held above the window, so many; 0 when they were taken away again.
    pub fn files_above(&self, files: usize) {
        self.inner.tell(Event::Dropped { handle: None, files: u32::try_from(files).unwrap_or(u32::MAX) });
    }
    /// Files were let fall on the window. It hears a handle that is good once, until others fall, or for ten minutes.
    pub fn files_dropped(&self, paths: Vec<PathBuf>) {
        let files = u32::try_from(paths.len()).unwrap_or(u32::MAX);
        let until = self.inner.parts.clock.mono().saturating_add(KEPT);
        let handle = {
            let mut dropped = self.inner.dropped.lock().unwrap_or_else(PoisonError::into_inner);
            dropped.last += 1;
            dropped.waiting = Some((paths, until));
            dropped.last
        };
        self.inner.tell(Event::Dropped { handle: Some(handle), files });
    }
}

impl Inner {
    /// Asks a person who is at work for files with these endings, in a dialog of this title.
    ///
    /// # Errors
    /// `no_session`; `disk` when there is no dialog.
    pub(crate) async fn choose(&self, title: &str, endings: &[&str]) -> Result<Vec<PathBuf>, DeskError> {
        drop(self.work().await?);
        self.parts.chooser.choose(&self.words().text(title), endings).await.map_err(|error| io_error(&error))
    }
    /// The same of files that can go with an order: its versions, and what is sent with messages about it.
    ///
    /// # Errors
    /// As [`Self::choose`].
    pub(crate) async fn choose_designs(&self, title: &str) -> Result<Vec<PathBuf>, DeskError> {
        let endings: Vec<&str> = design_media().iter().flat_map(MediaType::endings).copied().collect();
        self.choose(title, &endings).await
    }
    /// The files of a handle, for a person who is at work.
    ///
    /// # Errors
    /// `no_session`; `not_found` for a handle that is good no more.
    pub(crate) async fn dropped(&self, handle: u64) -> Result<Vec<PathBuf>, DeskError> {
        drop(self.work().await?);
        self.take_dropped(handle).ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
    fn take_dropped(&self, handle: u64) -> Option<Vec<PathBuf>> {
        let mut dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        if dropped.last != handle {
            return None;
        }
        let (paths, until) = dropped.waiting.take()?;
        (self.parts.clock.mono() < until).then_some(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn look(path: PathBuf) -> Result<Looked, &'static str> {
        Source::Path(path).look(FilePolicy::Design).await
    }

    #[tokio::test]
    async fn only_a_file_is_read_and_never_more_of_it_than_is_taken() {
        let temp = tempfile::tempdir().unwrap();
        let place = |name: &str| temp.path().join(name);
        fs::write(place("logo.png"), inspect::testing::png(2_000)).unwrap();
        let good = look(place("logo.png")).await.ok().unwrap();
        assert_eq!((good.facts.name.as_str(), good.bytes.len() as u64), ("logo.png", good.facts.size));
        fs::File::create(place("huge.png")).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(look(place("huge.png")).await.err(), Some("too_large"));
        fs::write(place("brief.png"), "tidak").unwrap();
        assert_eq!(look(place("brief.png")).await.err(), Some("magic_mismatch"));
        fs::create_dir(place("folder.png")).unwrap();
        for none in ["folder.png", "missing.png"] {
            assert_eq!(look(place(none)).await.err(), Some("unreadable"), "{none}");
        }
        #[cfg(unix)]
        for device in ["/dev/zero", "/dev/stdin"] {
            assert_eq!(look(device.into()).await.err(), Some("unreadable"), "{device}");
        }
    }
}
