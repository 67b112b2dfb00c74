//! The file of a backup: a tar of the database and the folder of files, compressed with zstd, and at its end a list of what is
//! in it, with checksums. A file that was cut off has no list, and is known to be no backup.

use anyhow::{Context, Result, bail, ensure};
use domain::time::UtcMillis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Component, Path, PathBuf},
};
use tar::{Archive, Builder, EntryType, Header};
use uuid::Uuid;

/// The name of the database in it.
pub(crate) const DATABASE: &str = "meja.db";
/// The name of the folder of files in it.
pub(crate) const FILES: &str = "files";
const MANIFEST: &str = "manifest.json";
const FORMAT: u32 = 1;

/// What is in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    /// The program that made it.
    program: String,
    /// When.
    pub(crate) made_at: UtcMillis,
    /// The history it was taken from.
    pub(crate) epoch: Uuid,
    /// The last number in it.
    pub(crate) head: i64,
    entries: BTreeMap<String, Sum>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    bytes: u64,
    sha256: String,
}

/// Hashes what passes through.
struct Hashing<T> {
    inner: T,
    hash: Sha256,
    bytes: u64,
}

impl<T> Hashing<T> {
    fn new(inner: T) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }
    fn sum(self) -> Sum {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Sum { bytes: self.bytes, sha256 }
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.bytes += u64::try_from(read).unwrap_or(0);
        Ok(read)
    }
}

/// Writes a backup. It has its name only when it is whole and durable.
pub(crate) fn write(to: &Path, database: &Path, files: Option<&Path>, (made_at, epoch, head): (UtcMillis, Uuid, i64)) -> Result<Manifest> {
    let partial = with_suffix(to, ".partial");
    let file = File::create(&partial).with_context(|| format!("{} cannot be written", partial.display()))?;
    let mut zstd = zstd::Encoder::new(BufWriter::new(file), 3)?;
    zstd.include_checksum(true)?;
    let mut tar = Builder::new(zstd);
    let mut manifest =
        Manifest { format: FORMAT, program: env!("CARGO_PKG_VERSION").to_owned(), made_at, epoch, head, entries: BTreeMap::new() };
    add(&mut tar, database, DATABASE.to_owned(), &mut manifest)?;
    let files = files.filter(|files| files.is_dir()).map(|files| walk(files).map(|found| (files, found))).transpose()?;
    for (files, path) in files.into_iter().flat_map(|(files, found)| found.into_iter().map(move |path| (files, path))) {
        let inside = path.strip_prefix(files)?.to_str().context("a file's name is not Unicode")?.to_owned();
        add(&mut tar, &path, format!("{FILES}/{inside}"), &mut manifest)?;
    }
    let list = serde_json::to_vec_pretty(&manifest)?;
    tar.append_data(&mut header(u64::try_from(list.len())?), MANIFEST, list.as_slice())?;
    let file = tar.into_inner()?.finish()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    std::fs::rename(&partial, to)?;
    Ok(manifest)
}

fn header(bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(bytes);
    header
}

fn add<W: Write>(tar: &mut Builder<W>, path: &Path, name: String, manifest: &mut Manifest) -> Result<()> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let bytes = file.metadata()?.len();
    let mut reader = Hashing::new(BufReader::new(file).take(bytes));
    tar.append_data(&mut header(bytes), &name, &mut reader)?;
    manifest.entries.insert(name, reader.sum());
    Ok(())
}

/// All files below a folder but for what is on its way: pieces of uploads, and what is being written.
fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let on_its_way = name.starts_with('.') || name.contains('#') || (next == folder && name == "uploads");
            match entry.file_type()? {
                _ if on_its_way => {}
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Unpacks a backup into an empty folder, and checks every byte of it against its list.
pub(crate) fn unpack(from: &Path, into: &Path) -> Result<Manifest> {
    let file = File::open(from).with_context(|| format!("{} cannot be read", from.display()))?;
    let mut tar = Archive::new(zstd::Decoder::new(BufReader::new(file)).context("this is no backup")?);
    let mut found = BTreeMap::new();
    let mut manifest: Option<Manifest> = None;
    for entry in tar.entries().context("this is no backup")? {
        let entry = entry.context("the backup is damaged")?;
        let name = entry.path().context("the backup is damaged")?.to_str().context("a file's name is not Unicode")?.to_owned();
        if name == MANIFEST {
            manifest = Some(serde_json::from_reader(entry).context("the backup's list cannot be read")?);
            continue;
        }
        let path = into.join(inside(&name)?);
        std::fs::create_dir_all(path.parent().unwrap_or(into))?;
        let mut reader = Hashing::new(entry);
        let mut target = File::create(&path)?;
        io::copy(&mut reader, &mut target).context("the backup is damaged")?;
        target.sync_all()?;
        found.insert(name, reader.sum());
    }
    let manifest = manifest.context("the backup was cut off: it has no list of what is in it")?;
    ensure!(manifest.format == FORMAT, "the backup was made by a newer program (format {})", manifest.format);
    for (name, sum) in &manifest.entries {
        ensure!(found.get(name) == Some(sum), "{name} in the backup is not what was backed up");
    }
    ensure!(found.len() == manifest.entries.len() && found.contains_key(DATABASE), "the backup holds other files than its list says");
    Ok(manifest)
}

/// Only the database and what lies below the folder of files may be in it.
fn inside(name: &str) -> Result<PathBuf> {
    let path = PathBuf::from(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if plain && (name == DATABASE || path.starts_with(FILES)) { Ok(path) } else { bail!("{name} does not belong into a backup") }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folder: &Path) -> PathBuf {
        std::fs::write(folder.join("db"), b"rows").unwrap();
        std::fs::create_dir_all(folder.join("f/ab")).unwrap();
        std::fs::write(folder.join("f/ab/abcd"), vec![7; 100_000]).unwrap();
        for name in ["f/.part", "f/ab/abcd#1", "f/uploads/0-1"] {
            std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
            std::fs::write(folder.join(name), b"not yet").unwrap();
        }
        let to = folder.join("backup");
        write(&to, &folder.join("db"), Some(&folder.join("f")), (UtcMillis::from_ms(1), Uuid::nil(), 7)).unwrap();
        to
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let backup = made(folder.path());
        let into = folder.path().join("into");
        assert_eq!(unpack(&backup, &into).unwrap().head, 7);
        assert_eq!(std::fs::read(into.join(DATABASE)).unwrap(), b"rows");
        assert_eq!(std::fs::read(into.join("files/ab/abcd")).unwrap(), vec![7; 100_000]);
        let left = ["files/.part", "files/ab/abcd#1", "files/uploads"];
        assert!(left.iter().all(|name| !into.join(name).exists()));
    }

    #[test]
    fn a_backup_that_was_cut_off_or_changed_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let whole = std::fs::read(made(folder.path())).unwrap();
        for n in 0..20 {
            let mut bytes = whole.clone();
            let place = bytes.len() * n / 20;
            if n % 2 == 0 {
                bytes.truncate(place)
            } else {
                bytes[place] ^= 1
            }
            let path = folder.path().join(format!("bad-{n}"));
            std::fs::write(&path, bytes).unwrap();
            assert!(unpack(&path, &folder.path().join(format!("into-{n}"))).is_err(), "cut or changed at {place}");
        }
    }

    #[test]
    fn nothing_is_unpacked_elsewhere() {
        for bad in ["../x", "files/../../x", "/etc/passwd", "other", "meja.db/x", "files/../meja.db"] {
            assert!(inside(bad).is_err(), "{bad}");
        }
        assert!(inside("files/ab/abcd").is_ok() && inside("meja.db").is_ok());
    }
}
