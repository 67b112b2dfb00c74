//! What is kept of a panic, until the person at the next start has seen it: when, where in the program, and through which
//! functions. Its message is not: that may quote what it met. So nothing in the file names a person, a folder, or what was typed.

use bridge::{Crash, CrashHow, CrashReply, CrashReport, DeskError};
use domain::time::UtcMillis;
use std::{
    backtrace::Backtrace,
    fs, io,
    panic::PanicHookInfo,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};
use sync::Clock;

use super::log::place;
use crate::{desk::Desk, error::io_error, export::export_text, folder::write_whole, shell::SystemClock};

/// The file, in the desk's folder.
const FILE: &str = "crash.txt";
/// How many functions are kept, the innermost first.
const FRAMES: usize = 64;
/// The longest name of a function, in bytes.
const NAME: usize = 160;
/// The largest file that is one of ours, in bytes.
const LARGEST: usize = 32 * 1024;

/// Keeps the first panic of a program: those that follow it are mostly its consequences.
#[derive(Debug)]
pub struct Crashes {
    file: PathBuf,
    version: String,
    kept: AtomicBool,
}

impl Crashes {
    /// For the program of this version, whose desk has this folder.
    #[must_use]
    pub fn new(folder: &Path, version: &str) -> Self {
        Self { file: folder.join(FILE), version: version.to_owned(), kept: AtomicBool::new(false) }
    }
    /// Keeps this one. It is called while a thread unwinds, so it never fails: what cannot be written is only not kept.
    pub fn keep(&self, panic: &PanicHookInfo<'_>) {
        if self.kept.swap(true, Ordering::SeqCst) {
            return;
        }
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        let text = text_of(&self.version, SystemClock::default().utc(), &at, &Backtrace::force_capture().to_string());
        drop(self.file.parent().map(fs::create_dir_all));
        drop(write_whole(&self.file, text.as_bytes()));
    }
}

/// The file's text: its first line is the moment.
fn text_of(version: &str, at: UtcMillis, panicked_at: &str, backtrace: &str) -> String {
    let system = (std::env::consts::OS, std::env::consts::ARCH);
    let begin = format!("{at}\nMeja {version}, {} {}\n{}\n", system.0, system.1, place(panicked_at).unwrap_or("?"));
    let frames = frames(backtrace).into_iter().take(FRAMES);
    frames.fold(begin, |text, (name, at)| format!("{text}  {name} {}\n", at.unwrap_or_default()))
}

/// The functions of a backtrace as the standard library writes it: `12: name`, and in the next line `at file:line:column`.
fn frames(backtrace: &str) -> Vec<(String, Option<String>)> {
    let mut frames: Vec<(String, Option<String>)> = Vec::new();
    for line in backtrace.lines().map(str::trim) {
        if let Some(at) = line.strip_prefix("at ") {
            if let Some(last) = frames.last_mut() {
                last.1 = place(at).map(str::to_owned);
            }
        } else if let Some((n, name)) = line.split_once(": ")
            && n.bytes().all(|b| b.is_ascii_digit())
        {
            frames.push((function(name), None));
        }
    }
    frames
}

/// The name of a function without what stands in angle brackets and braces: types there may be written with the place they are from.
fn function(name: &str) -> String {
    let (mut kept, mut depth) = (String::new(), 0_usize);
    for letter in name.chars() {
        match letter {
            '<' | '{' | '[' | '(' => depth += 1,
            '>' | '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    let is_name = |text: &str| text.len() <= NAME && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':'));
    let kept = kept.replace("::::", "::");
    let kept = kept.trim_matches(':').trim();
    if !kept.is_empty() && is_name(kept) { kept.to_owned() } else { "?".to_owned() }
}

/// What is there of the last program, if it is one of ours.
pub(crate) fn found(folder: &Path) -> Option<CrashReport> {
    let bytes = fs::read(folder.join(FILE)).ok().filter(|bytes| bytes.len() <= LARGEST)?;
    let text = String::from_utf8(bytes).ok()?;
    let at = text.lines().next()?.parse().ok()?;
    Some(CrashReport { at, text })
}

impl Desk {
    /// What is kept of a panic of the last program. Written out or thrown away it is not offered again.
    ///
    /// # Errors
    /// `disk`.
    pub async fn crash(&self, query: Crash) -> Result<CrashReply, DeskError> {
        let report = self.inner.crash();
        let (Some(report), how) = (report.clone(), query.how) else { return Ok(CrashReply { report, saved: None }) };
        if how == CrashHow::Look {
            return Ok(CrashReply { report: Some(report), saved: None });
        }
        let saved = if how == CrashHow::Save {
            let zone = self.inner.preferences().zone.unwrap_or_default();
            Some(export_text(&self.inner.parts.options.downloads, "laporan-henti", self.inner.now().await, zone, &report.text)?)
        } else {
            None
        };
        self.inner.forget_crash();
        match fs::remove_file(self.inner.folder.path().join(FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(&error)),
            _ => Ok(CrashReply { report: None, saved }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::TEXTS;

    fn at() -> UtcMillis {
        UtcMillis::from_ms(1_795_568_400_123)
    }

    #[test]
    fn of_a_real_backtrace_functions_and_places_are_kept_and_no_folder() {
        let real = Backtrace::force_capture().to_string();
        let text = text_of("0.1.0", at(), "/home/rani/meja/src/close.rs:42:9", &real);
        assert!(text.contains("\nclose.rs:42:9\n") && text.contains("crash::tests::of_a_real_backtrace"), "{text}");
        assert!(!text.contains(['/', '\\']) && !text.contains("rani"), "{text}");
        assert!(text.lines().count() <= FRAMES + 3 && text.len() <= LARGEST, "{text}");
    }

    #[test]
    fn whatever_else_stands_in_a_backtrace_is_left_out() {
        let odd = "   0: desk::work::<impl at /home/rani/x.rs>::go\n             at /home/rani/meja/crates/desk/src/work/mod.rs:7:3\n\
                   \x20  1: Rani Kusumawardani 0812-3456-7890\n             at C:\\Users\\Rani\\a b.rs:1:1\nnote: rani@x.id";
        let text = text_of("0.1.0", at(), "called with Rani", odd);
        let lines: Vec<&str> = text.lines().skip(2).map(str::trim_end).collect();
        assert_eq!(lines, ["?", "  desk::work::go mod.rs:7:3", "  ?"]);
        for trick in TEXTS {
            let text = text_of("0.1.0", at(), trick, &format!("0: {trick}\n at {trick}"));
            assert!(text.lines().skip(2).all(|line| line.bytes().all(|b| b.is_ascii_graphic() || b == b' ')), "{text:?}");
        }
    }

    #[test]
    fn only_a_file_of_ours_is_offered() {
        let temp = tempfile::tempdir().unwrap();
        assert_eq!(found(temp.path()), None);
        let text = text_of("0.1.0", at(), "close.rs:42:9", "");
        fs::write(temp.path().join(FILE), &text).unwrap();
        assert_eq!(found(temp.path()), Some(CrashReport { at: at(), text }));
        for bad in [&b"Rani was here"[..], b"", b"\xff\xfe", &[b'1'; LARGEST + 1]] {
            fs::write(temp.path().join(FILE), bad).unwrap();
            assert_eq!(found(temp.path()), None, "{} bytes", bad.len());
        }
    }
}
