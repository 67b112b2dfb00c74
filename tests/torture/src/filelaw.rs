//! What must hold of files: while they are on their way, whenever everybody rests at a step, and at the end.

use domain::{
    file::Sha256,
    id::DesignId,
    record::{Kind, Record as _, RecordRef},
    records::{Design, File},
    time::DAY,
    wire::Outcome,
};
use futures_util::FutureExt as _;
use mirror::{Kept, trouble::Beliefs};
use server::{files::is_held, jobs::sweep, shell::Clock as _};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::{Snapshot, Upload};

use crate::{
    goods::{Passage, announced, good},
    plan::DESKS,
    quiet::quiet,
    wire::{Head, Op},
    world::World,
};

/// After so long nothing is kept that no record holds.
const LONG: i64 = 45 * DAY;
/// What no act is refused with that a desk sends behind the bytes it looked at: the line, the server's disk and its programs are no
/// fault of the file.
const NEVER: [&str; 3] = ["file_missing", "hash_mismatch", "checksum_mismatch"];

impl World {
    fn upload(&self, id: &str) -> Option<Upload> {
        self.present.snapshot().upload(id.parse().ok()?).now_or_never()?.ok()?
    }
    /// A desk asks something about an upload. It never sends what it knows has arrived, and never begins anew what the server has a part of.
    pub(crate) fn upload_leaves(&mut self, n: usize) {
        let (desk, request) = {
            let letters = self.net.letters();
            (letters.exchanges[&n].from, letters.exchanges[&n].request.clone())
        };
        if request.op == Op::Begin {
            if let Some(sha256) = announced(&request) {
                self.begins_at_its_beginning((desk, n), sha256);
            }
            return;
        }
        let Some(id) = request.upload().map(str::to_owned) else { return };
        if let Some(upload) = self.upload(&id) {
            self.ways.files.insert(id.clone(), upload.sha256);
        }
        let Some(sha256) = self.ways.files.get(&id).copied().filter(|_| request.op != Op::End) else { return };
        let passage = self.ways.passages.entry((desk, sha256)).or_default();
        if passage.upload != id {
            *passage = Passage { upload: id, ..Passage::default() };
        }
        let from = request.header("upload-offset").and_then(|from| from.parse::<u64>().ok());
        let told = passage.told;
        if from.is_some_and(|from| from < told) {
            self.fault(format!("desk {desk} sends a file from {from:?} on, and was told that {told} bytes of it are there"));
        }
    }
    fn begins_at_its_beginning(&mut self, (desk, n): (usize, usize), sha256: Sha256) {
        let Some(before) = self.ways.passages.get(&(desk, sha256)).map(|passage| passage.upload.clone()) else { return };
        let now = self.house.clock.now();
        let stands = self.upload(&before).filter(|it| it.until > now && it.received > 0 && !self.ways.gone.contains(&before));
        let Some(it) = stands else { return };
        if it.finished_at.is_some() {
            // An act that was refused is given again: the server says that it has the file.
            self.ways.whole.insert(n, it.size);
        } else {
            self.fault(format!("desk {desk} begins the upload of {sha256} anew, of which {} bytes are there", it.received));
        }
    }
    /// What the server answers about an upload.
    pub(crate) fn upload_is_answered(&mut self, n: usize, status: u16) {
        let (op, id) = {
            let letters = self.net.letters();
            let request = &letters.exchanges[&n].request;
            (request.op, request.upload().map(str::to_owned))
        };
        let is_gone = matches!(status, 404 | 410 | 422) || (op == Op::End && status == 204);
        self.ways.gone.extend(id.filter(|_| is_gone));
    }
    /// A desk that asked for a file it had sent whole is told how much of it is there: all, unless weeks went by.
    fn begun_is_told(&mut self, n: usize, head: &Head) {
        let Some(size) = self.ways.whole.remove(&n).filter(|_| head.status == 201 && !self.ways.days) else { return };
        let has = head.offset.unwrap_or(0);
        if self.ways.arrived.contains(&n) && i64::try_from(has) != Ok(size) {
            self.fault(format!("of a file of {size} bytes that was sent whole the server wants all from {has} on"));
        }
    }
    /// A desk is told how far an upload is. What the server said it took, in all requests for a file together, is never more than the file.
    pub(crate) fn upload_is_told(&mut self, n: usize, head: &Head) {
        let (desk, op, id, len) = {
            let letters = self.net.letters();
            let it = &letters.exchanges[&n];
            if it.over || it.is_abandoned() || !self.ways.arrived.contains(&n) || it.from >= DESKS {
                return;
            }
            (it.from, it.request.op, it.request.upload().map(str::to_owned), it.request.body.len() as u64)
        };
        if op == Op::Begin {
            self.begun_is_told(n, head);
        }
        let (Some(id), Some(offset), 200 | 204) = (id, head.offset, head.status) else { return };
        let Some(sha256) = self.ways.files.get(&id).copied() else { return };
        let Some(passage) = self.ways.passages.get_mut(&(desk, sha256)).filter(|passage| passage.upload == id) else { return };
        passage.told = offset;
        passage.taken += if op == Op::Bytes { len } else { 0 };
        let (taken, size) = (passage.taken, good(&sha256).map_or(u64::MAX, |good| good.bytes.len() as u64));
        if taken > size {
            self.fault(format!("desk {desk} sent {taken} bytes of a file of {size}, all of which arrived"));
        }
    }
    /// What befell the server's disk since this was last asked. Whether there was anything.
    pub(crate) async fn look_at_disk(&mut self) -> bool {
        if let Some(why) = self.house.disk.wrong() {
            self.fault(why);
        }
        for sha256 in self.house.disk.gone() {
            let now = self.house.clock.now();
            let held = is_held(&mut self.present.snapshot(), now, &sha256).await.unwrap_or(false);
            if held && !self.house.disk.lies().0.contains(&sha256) {
                self.fault(format!("the file {sha256} was taken away, and a record holds it"));
            }
        }
        let died = self.house.disk.died();
        if died {
            let back = self.dice.between(50, 9_000);
            self.trace.line(self.time.now(), "the server dies at its disk");
            self.house_dies(back);
        }
        died
    }
    /// Every file that a record holds is there.
    pub(crate) async fn files_are_held(&mut self) {
        let lies = self.house.disk.lies().0;
        let missing = self.held().await.into_iter().find(|sha256| !lies.contains(sha256));
        // A backup may hold what was taken away long after it was made.
        if let Some(sha256) = missing.filter(|_| !self.ways.days || self.restored == 0) {
            self.fault(format!("a record holds the file {sha256}, and it is not there"));
        }
    }
    /// The files of this world that records hold.
    async fn held(&self) -> BTreeSet<Sha256> {
        let now = self.house.clock.now();
        let (mut snapshot, mut held) = (self.present.snapshot(), BTreeSet::new());
        for kind in [Kind::Design, Kind::File] {
            for stored in snapshot.records_of(kind, None, 10_000).await.unwrap_or_default() {
                let record = &stored.held.record;
                let designs = Design::of(record).filter(|it| it.purged.is_none()).map(|it| it.sha256);
                let files = File::of(record).filter(|it| now.since(it.created_at) < File::KEPT).map(|it| it.sha256);
                held.extend(designs.or(files).filter(|sha256| good(sha256).is_some()));
            }
        }
        held
    }
    /// The bytes that a desk's commands wait for are at the desk, whole, until the command is done.
    pub(crate) async fn bytes_are_kept(&mut self, n: usize, reads: bool, beliefs: &Beliefs) -> Result<(), String> {
        let waiting: BTreeSet<_> = beliefs.commands.iter().filter(|it| it.1.is_waiting()).map(|it| it.0).collect();
        let needed: Vec<Sha256> =
            self.ways.tied.iter().filter(|it| it.desk == n && waiting.contains(&it.act)).map(|it| it.sha256).collect();
        let now = self.desks[n].now();
        let missing = self.of_desk(n, async move |cabinet| {
            let here = cabinet.staged(now).await.ok()?;
            for sha256 in needed {
                let Some((it, _)) = here.iter().find(|(it, _)| it.sha256 == sha256) else { return Some(Some(sha256)) };
                let mut bytes = Vec::new();
                while reads && (bytes.len() as u64) < it.size {
                    let more = cabinet.staged_bytes(&sha256, bytes.len() as u64, 1 << 20, now).await.ok()?;
                    if more.is_empty() {
                        return Some(Some(sha256));
                    }
                    bytes.extend(more);
                }
                if reads && Sha256::of(&bytes) != sha256 {
                    return Some(Some(sha256));
                }
            }
            Some(None)
        });
        match missing.await.flatten() {
            Some(sha256) => Err(format!("a command waits for the file {sha256}, whose bytes are not here")),
            None => Ok(()),
        }
    }
    /// What the server does not give a desk of the orders that are kept there.
    pub(crate) fn refused_files(&self, n: usize) -> HashSet<(DesignId, Kept)> {
        let keeping = self.desks[n].running.as_ref().map(|running| running.handle.keeping()).unwrap_or_default();
        keeping.refused.into_iter().map(|(_, design)| (design, Kept::File)).collect()
    }
    /// Of an order that is kept at a desk every file is there, by its hash, that the server has; and nothing is refused that it has.
    async fn kept_files_are_here(&mut self, n: usize) -> Result<(), String> {
        let (now, refused, lies) = (self.desks[n].now(), self.refused_files(n), self.house.disk.lies().0);
        // What was not there once may have come back since, after a backup or a month.
        let moved = self.ways.days || self.restored > 0;
        let found = self.of_desk(n, async move |cabinet| {
            let mut wrong = Vec::new();
            for it in cabinet.kept_orders(now).await.ok()?.orders {
                for line in cabinet.designs(it.order.id, now).await.ok()?.versions {
                    let it = line.design;
                    let bytes = cabinet.kept(it.id, Kept::File, now).await.ok()?;
                    let right = bytes.as_ref().is_some_and(|bytes| Sha256::of(bytes) == it.sha256);
                    let excused = line.undone || it.purged.is_some() || line.bytes.is_some();
                    let gone = refused.contains(&(it.id, Kept::File));
                    if !right && !excused && (bytes.is_some() || (lies.contains(&it.sha256) && !(gone && moved))) {
                        wrong.push((it.id, gone));
                    }
                }
            }
            Some(wrong)
        });
        match found.await.unwrap_or_default().first() {
            Some((id, refused)) => Err(format!("the file of version {id} is not kept, and the server has it (refused: {refused})")),
            None => Ok(()),
        }
    }
    /// What holds of files when everybody rests.
    pub(crate) async fn file_laws(&mut self) {
        for n in 0..DESKS {
            if let Err(why) = self.ties_are_sound(n).await {
                self.fault(format!("desk {n}: {why}"));
            }
            if let Err(why) = self.kept_files_are_here(n).await {
                self.fault(format!("desk {n}: {why}"));
            }
        }
        self.files_are_held().await;
        self.only_orphans_go().await;
    }
    /// The acts of a desk are done in their order, and none failed for want of its bytes.
    async fn ties_are_sound(&self, n: usize) -> Result<(), String> {
        let now = self.desks[n].now();
        let tied: Vec<_> = self.ways.tied.iter().filter(|it| it.desk == n).cloned().collect();
        let ids: Vec<_> = tied.iter().map(|it| it.act).collect();
        let ends = self.of_desk(n, async move |cabinet| {
            let mut ends = Vec::new();
            for id in ids {
                ends.push(cabinet.command(id, now).await.ok()?.and_then(|pending| pending.entry.outcome));
            }
            Some(ends)
        });
        let ends: Vec<Option<Outcome>> = ends.await.unwrap_or_default();
        for (it, end) in tied.iter().zip(ends) {
            let code = end.and_then(|outcome| outcome.code).map(|code| code.wire().to_owned()).unwrap_or_default();
            // A file that was put there a month ago, or after the backup, is not there any more.
            if NEVER.contains(&code.as_str()) && !self.ways.days && self.restored == 0 {
                return Err(format!("act {} was refused with {code}", it.act));
            }
        }
        let mut last = BTreeMap::new();
        for it in &tied {
            let found = self.present.snapshot().records(&[RecordRef::new(Kind::Design, it.design)]).await.unwrap_or_default();
            let Some(version) = found.first().and_then(|stored| Design::of(&stored.held.record)).map(|design| design.version) else {
                continue;
            };
            if last.insert(it.order, version).is_some_and(|before| before > version) {
                return Err(format!("version {version} of order {} was given after one with a higher number", it.order));
            }
        }
        Ok(())
    }
    /// After a long time exactly those files are left that a record holds, and no piece of any upload.
    async fn only_orphans_go(&mut self) {
        self.house.clock.set_by(LONG);
        let swept = self.house.run(|app| async move { sweep(&app).await.map_err(|error| error.to_string()) });
        quiet().await;
        match swept.and_then(|swept| swept.now_or_never()) {
            Some(Ok(Ok(_))) => {}
            other => return self.fault(format!("the files cannot be swept: {other:?}")),
        }
        let _ = self.look_at_disk().await;
        let (lies, pieces) = self.house.disk.lies();
        let (lies, held): (BTreeSet<_>, _) = (lies.into_iter().collect(), self.held().await);
        if let Some(left) = lies.difference(&held).next() {
            self.fault(format!("the file {left} is left, and no record holds it"));
        }
        if pieces > 0 {
            self.fault(format!("{pieces} pieces of uploads are left for ever"));
        }
        self.files_are_held().await;
    }
}
