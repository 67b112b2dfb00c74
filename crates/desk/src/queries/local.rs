//! What this desk keeps on this computer, whether it can be read, and what of it exists nowhere else.

use bridge::{
    CheckLocal, Checked, DeskError, Exported, Licence, Licences, LocalFileKind, LocalFiles, LocalKind, LocalState, LocalStateReply,
    OutboxExport, OutboxList,
};
use domain::time::UtcMillis;
use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    path::Path,
    time::UNIX_EPOCH,
};

use crate::{
    desk::Desk,
    error::file_error,
    export::{Table, export},
    work::Work,
};

/// Under what the outbox keeps what came of the last reading of everything.
const CHECKED: &str = "checked";

/// The parts of the program that others wrote: name, version and licence, a line each (`cargo xtask licences`).
const LICENCES: &str = include_str!("../../licences.tsv");

impl Desk {
    /// What is here.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn local_state(&self, _: LocalState) -> Result<LocalStateReply, DeskError> {
        let work = self.inner.work().await?;
        let standing = work.cabinet.standing(work.now()).await.map_err(file_error)?;
        let checked = work.cabinet.value(CHECKED).await.map_err(file_error)?;
        let kinds = standing.kinds.into_iter().map(|it| LocalKind { kind: it.kind, records: it.records, newest: it.newest });
        Ok(LocalStateReply {
            files: files(work.entry().path(), self.inner.folder.path()),
            kinds: kinds.collect(),
            position: standing.whole,
            complete: standing.walked,
            compared_at: standing.compared_at,
            checked: checked.and_then(|text| serde_json::from_str(&text).ok()),
        })
    }
    /// Reads everything here, and has it compared with the server's as soon as there is a line. A file that cannot be read is set
    /// aside and built again, as far as it can be.
    ///
    /// # Errors
    /// `no_session`; `disk`; that something cannot be read is an answer.
    pub async fn check_local(&self, _: CheckLocal) -> Result<Checked, DeskError> {
        let read = {
            let work = self.inner.work().await?;
            read_all(&work).await
        };
        let (whole, (records, commands)) = match read {
            Ok(counts) => (true, counts),
            Err(error) if error.is_damage() => {
                tracing::error!(%error, "a file was found to be damaged when everything was read");
                self.reopen().await;
                (false, (0, 0))
            }
            Err(error) => return Err(file_error(error)),
        };
        let work = self.inner.work().await?;
        let checked = Checked { at: work.now(), whole, records, commands };
        let text = serde_json::to_string(&checked).ok();
        work.cabinet.set_value(CHECKED, text.as_deref()).await.map_err(file_error)?;
        work.engine.compare_now();
        Ok(checked)
    }
    /// Writes out what is not acknowledged yet, and what needs a decision, with everything that was typed.
    ///
    /// # Errors
    /// As [`Self::outbox_list`]; `disk`.
    pub async fn outbox_export(&self, _: OutboxExport) -> Result<Exported, DeskError> {
        let lists = self.outbox_list(OutboxList { finished: 0 }).await?;
        let (zone, now) = {
            let work = self.inner.work().await?;
            (self.inner.zone(work.org_zone()), work.now())
        };
        let words = self.inner.words();
        let mut table = Table::new(&COLUMNS.map(|key| words.text(key)));
        for it in lists.decide.iter().chain(&lists.running) {
            let made = format!("{}, {} {}", words.date_long(it.made_at.day(zone)), words.clock_seconds(it.made_at, zone), zone.label());
            let act = format!("give-{}", it.act.replace(['.', '_'], "-"));
            let act = if words.has(&act) { words.text(&act) } else { it.act.clone() };
            let state = words.text(it.state.face().word);
            table.push(&[it.receipt.clone(), made, act, it.title.clone(), state, it.args.to_string()]);
        }
        export(&self.inner.parts.options.downloads, "belum-terkirim", now, zone, &table, false)
    }
    /// Which parts this program is made from.
    ///
    /// # Errors
    /// None.
    pub async fn licences(&self, _: Licences) -> Result<Vec<Licence>, DeskError> {
        let mut all = Vec::new();
        for line in LICENCES.lines() {
            if let [name, version, licence] = line.split('\t').collect::<Vec<_>>()[..] {
                all.push(Licence { name: name.to_owned(), version: version.to_owned(), licence: licence.to_owned() });
            }
        }
        Ok(all)
    }
}

/// The columns of a file of commands, by the keys of their names.
const COLUMNS: [&str; 6] = ["csv-command", "csv-at", "csv-act", "csv-about", "csv-state", "csv-args"];

/// Reads both files: so many records and commands.
async fn read_all(work: &Work) -> mirror::Result<(u64, u64)> {
    let commands = work.cabinet.read_outbox(work.now()).await?;
    Ok((work.cabinet.read_mirror(work.now()).await?, commands))
}

/// The files of an account and of its desk, by what they are for.
pub(crate) fn files(account: &Path, desk: &Path) -> Vec<LocalFiles> {
    let mut all: BTreeMap<LocalFileKind, LocalFiles> = BTreeMap::new();
    let own = account.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = siblings(account).filter(|path| is_aside(path, &own)).flat_map(|path| inside(&path).collect::<Vec<_>>());
    let found = inside(account).filter_map(|(name, meta)| Some((kind_of(&name)?, meta)));
    let found = found.chain(aside.map(|(_, meta)| (LocalFileKind::SetAside, meta)));
    for (kind, meta) in found.chain(inside(&desk.join("log")).map(|(_, meta)| (LocalFileKind::Log, meta))) {
        let files = all.entry(kind).or_insert(LocalFiles { kind, bytes: 0, changed_at: None });
        files.bytes += meta.len();
        files.changed_at = files.changed_at.max(changed(&meta));
    }
    all.into_values().collect()
}

/// Whether a folder beside an account's was the account's once: nobody could open it, and it was set aside.
pub(crate) fn is_aside(path: &Path, account: &str) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().strip_prefix(account).is_some_and(|rest| rest.starts_with(".aside-")))
}

/// What stands beside a folder.
pub(crate) fn siblings(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    folder.parent().and_then(|above| fs::read_dir(above).ok()).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// The files in a folder; one that is gone meanwhile is none.
fn inside(folder: &Path) -> impl Iterator<Item = (String, Metadata)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| Some((entry.file_name().to_string_lossy().into_owned(), entry.metadata().ok().filter(Metadata::is_file)?)))
}

/// What a file of an account is for, by its name.
fn kind_of(name: &str) -> Option<LocalFileKind> {
    Some(match name {
        name if name.contains("damaged") => LocalFileKind::SetAside,
        name if name.starts_with("mirror") => LocalFileKind::Mirror,
        name if name.starts_with("outbox.cop") => LocalFileKind::Copies,
        name if name.starts_with("outbox") => LocalFileKind::Outbox,
        "account.sealed" | "keys.json" => LocalFileKind::Keys,
        _ => return None,
    })
}

fn changed(meta: &Metadata) -> Option<UtcMillis> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(UtcMillis::from_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_what_they_are_for() {
        let temp = tempfile::tempdir().unwrap();
        let account = temp.path().join("accounts/aa");
        for (path, bytes) in [
            ("accounts/aa/mirror.db", 40),
            ("accounts/aa/mirror.db-wal", 2),
            ("accounts/aa/mirror-damaged.db", 5),
            ("accounts/aa/outbox.db", 7),
            ("accounts/aa/outbox.copy-1.db", 6),
            ("accounts/aa/keys.json", 1),
            ("accounts/aa.aside-1/outbox.db", 100),
            ("accounts/aabb/outbox.db", 1_000),
            ("log/meja.log", 3),
        ] {
            let path = temp.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; bytes]).unwrap();
        }
        let found: Vec<_> = files(&account, temp.path()).into_iter().map(|it| (it.kind, it.bytes)).collect();
        assert_eq!(
            found,
            [
                (LocalFileKind::Mirror, 42),
                (LocalFileKind::Outbox, 7),
                (LocalFileKind::Copies, 6),
                (LocalFileKind::SetAside, 105),
                (LocalFileKind::Keys, 1),
                (LocalFileKind::Log, 3)
            ],
            "another account's files are not counted"
        );
    }

    #[test]
    fn every_line_of_the_list_of_licences_has_three_parts() {
        let parts = LICENCES.lines().map(|line| line.split('\t').filter(|part| !part.is_empty()).count());
        assert!(
            parts.clone().count() > 100 && parts.clone().all(|n| n == 3),
            "{:?}",
            LICENCES.lines().find(|l| l.split('\t').count() != 3)
        );
    }
}
