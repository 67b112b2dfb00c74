//! The person's own settings, in a file that holds nothing personal: it is read before anybody logs in.

use bridge::{DeskError, ErrorCode, Preferences};
use std::{fs, io, path::Path};

use crate::{error::io_error, folder::write_json};

const FILE: &str = "preferences.json";

/// How long an act can be held, in seconds.
const HOLDS: [u8; 5] = [0, 5, 8, 15, 30];

/// How large texts can be, in percent.
const TEXTS: [u8; 5] = [90, 100, 110, 120, 130];
/// After how many minutes a desk can lock itself.
const LOCKS: [u8; 5] = [0, 1, 5, 10, 30];

/// Reads them. A file that cannot be read counts as none: nothing in it is worth a desk that does not start.
pub(crate) fn read(folder: &Path) -> Preferences {
    let read = fs::read(folder.join(FILE)).and_then(|bytes| serde_json::from_slice(&bytes).map_err(io::Error::from));
    match read {
        Ok(preferences) => sound(preferences),
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(kind = ?error.kind(), "preferences.json cannot be read; the defaults hold");
            }
            Preferences::default()
        }
    }
}

fn sound(preferences: Preferences) -> Preferences {
    let widths = if preferences.widths_hold() { preferences.widths.clone() } else { Preferences::default().widths };
    let hold_seconds =
        if HOLDS.contains(&preferences.hold_seconds) { preferences.hold_seconds } else { Preferences::default().hold_seconds };
    let letters = if preferences.letters.check().is_ok() { preferences.letters } else { Preferences::default().letters };
    let quiet = if preferences.quiet.is_valid() { preferences.quiet } else { Preferences::default().quiet };
    let lock_after = if LOCKS.contains(&preferences.lock_after) { preferences.lock_after } else { Preferences::default().lock_after };
    let text_percent =
        if TEXTS.contains(&preferences.text_percent) { preferences.text_percent } else { Preferences::default().text_percent };
    let kept_mb = if Preferences::KEPT.contains(&preferences.kept_mb) { preferences.kept_mb } else { Preferences::default().kept_mb };
    Preferences { hold_seconds, letters, quiet, lock_after, text_percent, kept_mb, widths, ..preferences }
}

/// Checks and writes them.
///
/// # Errors
/// `bad_call` for what cannot be chosen, `disk` when they cannot be written.
pub(crate) fn write(folder: &Path, preferences: &Preferences) -> Result<(), DeskError> {
    let bad = |diagnosis: String| DeskError { diagnosis, ..DeskError::new(ErrorCode::BadCall) };
    if !HOLDS.contains(&preferences.hold_seconds) {
        return Err(bad("hold_seconds".to_owned()));
    }
    if !TEXTS.contains(&preferences.text_percent) {
        return Err(bad("text_percent".to_owned()));
    }
    if !LOCKS.contains(&preferences.lock_after) {
        return Err(bad("lock_after".to_owned()));
    }
    if !Preferences::KEPT.contains(&preferences.kept_mb) {
        return Err(bad("kept_mb".to_owned()));
    }
    if !preferences.widths_hold() {
        return Err(bad("widths".to_owned()));
    }
    if !preferences.quiet.is_valid() {
        return Err(bad("quiet".to_owned()));
    }
    preferences.letters.check().map_err(|problem| bad(problem.to_string()))?;
    write_json(&folder.join(FILE), preferences).map_err(|e| io_error(&e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::{Notify, Ways};
    use domain::{letters::Letters, quiet::QuietHours, words::Lang};
    use hostile::{bytes_near, most_allocated};
    use proptest::prelude::*;

    #[test]
    fn they_are_kept_and_damage_gives_the_defaults() {
        let temp = tempfile::tempdir().unwrap();
        assert_eq!(read(temp.path()), Preferences::default());
        let chosen = Preferences { lang: Lang::En, hold_seconds: 30, ..Preferences::default() };
        write(temp.path(), &chosen).unwrap();
        assert_eq!(read(temp.path()), chosen);
        fs::write(temp.path().join(FILE), b"{\"lang\":\"en\",\"hold_seconds\":200,\"later\":1}").unwrap();
        assert_eq!(read(temp.path()), Preferences { lang: Lang::En, ..Preferences::default() });
        fs::write(temp.path().join(FILE), b"{\"lang\":\"en\",\"sound\":true,\"notify\":{\"request\":false,\"near\":{\"count\":false}}}")
            .unwrap();
        let (off, uncounted) = (Ways { system: false, ..Ways::default() }, Ways { count: false, ..Ways::default() });
        let notify = Notify { request: off, near: uncounted, ..Notify::default() };
        let earlier = Preferences { lang: Lang::En, notify, ..Preferences::default() };
        assert_eq!(read(temp.path()), earlier, "earlier programs knew only whether a kind is told of");
        fs::write(temp.path().join(FILE), b"\0\0").unwrap();
        assert_eq!(read(temp.path()), Preferences::default());
    }

    #[test]
    fn a_hold_that_cannot_be_chosen_is_refused() {
        let temp = tempfile::tempdir().unwrap();
        let odd = Preferences { hold_seconds: 7, ..Preferences::default() };
        assert_eq!(write(temp.path(), &odd).unwrap_err().code, ErrorCode::BadCall);
        let odd = Preferences { text_percent: 140, ..Preferences::default() };
        assert_eq!(write(temp.path(), &odd).unwrap_err().diagnosis, "text_percent");
        let odd = Preferences { lock_after: 2, ..Preferences::default() };
        assert_eq!(write(temp.path(), &odd).unwrap_err().diagnosis, "lock_after");
        let odd = Preferences { kept_mb: u32::MAX, ..Preferences::default() };
        assert_eq!(write(temp.path(), &odd).unwrap_err().diagnosis, "kept_mb");
        for wide in [("inbox".to_owned(), 10), ("inbox".to_owned(), u16::MAX), ("x".repeat(41), 400)] {
            let odd = Preferences { widths: [wide].into(), ..Preferences::default() };
            assert_eq!(write(temp.path(), &odd).unwrap_err().diagnosis, "widths");
        }
        let odd = Preferences { quiet: QuietHours { to: 1_440, ..QuietHours::default() }, ..Preferences::default() };
        assert_eq!(write(temp.path(), &odd).unwrap_err().diagnosis, "quiet", "a day has 1440 minutes");
        assert_eq!(read(temp.path()), Preferences::default());
    }

    #[test]
    fn how_wide_a_list_is_survives_a_restart() {
        let temp = tempfile::tempdir().unwrap();
        let kept = Preferences { widths: [("inbox".to_owned(), 480)].into(), ..Preferences::default() };
        write(temp.path(), &kept).unwrap();
        assert_eq!(read(temp.path()), kept, "how wide a list is survives a restart");
    }

    #[test]
    fn letters_that_cannot_be_chosen_are_refused_with_the_reason_and_never_read() {
        let temp = tempfile::tempdir().unwrap();
        let odd = Letters { own: [("accept".to_owned(), 'D')].into(), on: false };
        let error = write(temp.path(), &Preferences { letters: odd.clone(), ..Preferences::default() }).unwrap_err();
        assert_eq!((error.code, error.diagnosis.as_str()), (ErrorCode::BadCall, "letters: D is the key of reject"));
        let file = serde_json::to_vec(&Preferences { letters: odd, lang: Lang::En, ..Preferences::default() }).unwrap();
        fs::write(temp.path().join(FILE), file).unwrap();
        assert_eq!(read(temp.path()), Preferences { lang: Lang::En, ..Preferences::default() }, "the rest of the file holds");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        /// A file of any bytes gives settings that a person could have chosen, and those come back as they are.
        #[test]
        fn a_file_of_any_bytes_is_borne(bytes in bytes_near(vec![serde_json::to_vec_pretty(&Preferences::default()).unwrap()])) {
            let temp = tempfile::tempdir().unwrap();
            fs::write(temp.path().join(FILE), &bytes).unwrap();
            let (most, found) = most_allocated(|| read(temp.path()));
            prop_assert!(most <= 64 * 1024 + 20 * bytes.len() as u64, "{} bytes cost {most}", bytes.len());
            write(temp.path(), &found).unwrap();
            prop_assert_eq!(read(temp.path()), found);
        }
    }
}
