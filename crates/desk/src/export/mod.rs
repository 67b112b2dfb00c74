//! Files that a person has written out: into their downloads, readable for them alone, and never over another one.

mod csv;
mod sheet;

pub(crate) use csv::Table;
pub(crate) use sheet::{Cell, Sheet, workbook};

use bridge::{DeskError, ErrorCode, Exported, SheetFormat};
use domain::{
    file::FileName,
    time::{UtcMillis, Zone},
    words::Words,
};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::error::io_error;

/// How many files of one name are tried.
const TRIES: u32 = 1_000;

/// Writes a table that was asked for now. `what` names it in the file's name.
///
/// # Errors
/// `disk`.
pub(crate) fn export(folder: &Path, what: &str, now: UtcMillis, zone: Zone, table: &Table, more: bool) -> Result<Exported, DeskError> {
    let path = write(folder, &stem(what, now, zone), "csv", table.text().as_bytes()).map_err(|error| io_error(&error))?;
    Ok(Exported { path: path.to_string_lossy().into_owned(), rows: table.rows(), more })
}

/// Writes a list that was asked for now, all of it.
///
/// # Errors
/// `disk`; `internal` where a workbook cannot hold it.
pub(crate) fn export_sheet(
    folder: &Path,
    what: &str,
    now: UtcMillis,
    sheet: &Sheet,
    format: SheetFormat,
    words: &Words,
) -> Result<Exported, DeskError> {
    let bytes = sheet.bytes(format, words, now).map_err(|_| DeskError::new(ErrorCode::Internal))?;
    let path = write(folder, &stem(what, now, sheet.zone()), format.ending(), &bytes).map_err(|error| io_error(&error))?;
    Ok(Exported { path: path.to_string_lossy().into_owned(), rows: sheet.rows(), more: false })
}

/// Writes a text for programs, which was asked for now. Its rows are its lines.
///
/// # Errors
/// `disk`.
pub(crate) fn export_json(folder: &Path, what: &str, now: UtcMillis, zone: Zone, text: &str) -> Result<Exported, DeskError> {
    export_as(folder, what, now, zone, text, "json")
}

/// Writes a text for people, which was asked for now. Its rows are its lines.
///
/// # Errors
/// `disk`.
pub(crate) fn export_text(folder: &Path, what: &str, now: UtcMillis, zone: Zone, text: &str) -> Result<Exported, DeskError> {
    export_as(folder, what, now, zone, text, "txt")
}

/// Writes a file as it is, under this name.
///
/// # Errors
/// `disk`.
pub(crate) fn save(folder: &Path, name: &FileName, bytes: &[u8]) -> Result<PathBuf, DeskError> {
    let (stem, ending) = name.as_str().rsplit_once('.').unwrap_or((name.as_str(), "bin"));
    write(folder, stem, ending, bytes).map_err(|error| io_error(&error))
}

fn export_as(folder: &Path, what: &str, now: UtcMillis, zone: Zone, text: &str, ending: &str) -> Result<Exported, DeskError> {
    let path = write(folder, &stem(what, now, zone), ending, text.as_bytes()).map_err(|error| io_error(&error))?;
    let rows = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
    Ok(Exported { path: path.to_string_lossy().into_owned(), rows, more: false })
}

/// What a file of this moment is called.
fn stem(what: &str, now: UtcMillis, zone: Zone) -> String {
    let local = now.local(zone);
    format!("meja-{what}-{}-{:02}{:02}", now.day(zone), local.hour(), local.minute())
}

fn write(folder: &Path, stem: &str, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for n in 1..=TRIES {
        let name = if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") };
        let path = folder.join(name);
        match options.open(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                if written.is_err() {
                    // Half a table would be taken for a whole one.
                    drop(fs::remove_file(&path));
                }
                return written.map(|()| path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_stands_beside_the_first() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("Unduhan");
        let at = "2026-11-24T03:42:07Z".parse().unwrap();
        let mut paths = Vec::new();
        for name in ["satu", "dua"] {
            let mut table = Table::new(&["Nama"]);
            table.push(&[name]);
            paths.push(export(&folder, "jejak", at, Zone::Wib, &table, false).unwrap().path);
        }
        assert!(
            paths[0].ends_with("meja-jejak-2026-11-24-1042.csv") && paths[1].ends_with("meja-jejak-2026-11-24-1042-2.csv"),
            "{paths:?}"
        );
        assert!(fs::read_to_string(&paths[0]).unwrap().contains("satu"), "the first one is left as it was");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said() {
        let temp = tempfile::tempdir().unwrap();
        let file = temp.path().join("a-file");
        fs::write(&file, "x").unwrap();
        let table = Table::new(&["Nama"]);
        let error = export(&file, "jejak", UtcMillis::from_ms(0), Zone::Wib, &table, false).unwrap_err();
        assert_eq!(error.code, ErrorCode::Disk);
    }
}
