//! The two files of one account, and the order between them.
//!
//! Invariant: outbox first. “A command is in the outbox before it is shown; the outcomes of a page are in the outbox before the
//! page is in the mirror.”
//!
//! Everything here runs under one lock, and each part of the work is short: a list that is read waits for one chunk of a page at
//! most. Work that is abandoned half-way (its future dropped, the disk full) is noticed by the next that comes, which reads the
//! files again and lays everything anew.

mod apply;
mod entered;
mod files;
mod keeping;
mod kept;
mod laid;
mod lists;
mod many;
mod meets;
mod rebase;
mod reset;
mod sending;
mod settle;
mod submit;

pub(crate) use entered::Turn;
pub(crate) use lists::urgency;
pub(crate) use submit::title;

pub use apply::Applied;
pub use keeping::{KEPT_MOST, KEPT_ORDERS, KeepAnswer, KeptFiles, KeptOrder, KeptOrders, Wanted};
pub use laid::Verdict;
pub use lists::Pending;
pub use reset::Known;
pub use settle::{SentAgain, TakenBack};
pub use submit::{Given, Submission, Taken};

use domain::{
    id::{CommandId, RecordId},
    record::RecordRef,
    role::Actor,
    status::CommandState,
    time::UtcMillis,
};
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    error::{Error, Result},
    file::{remove, rename},
    key::Key,
    mirror::Mirror,
    outbox::{Outbox, Salvage},
    queries::Counted,
};
use entered::Entered;
use laid::Laid;

/// The names of the files in an account's folder.
pub(crate) const MIRROR: &str = "mirror.db";
const NEXT: &str = "mirror-next.db";
const DAMAGED: &str = "mirror-damaged.db";

/// The keys of the two files.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Of the outbox.
    pub outbox: Key,
    /// Of the mirror.
    pub mirror: Key,
}

/// What was found when the files were opened.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// Commands that were held when the program ended: they are queued now.
    pub recovered: Vec<CommandId>,
    /// What could be saved of a damaged outbox.
    pub salvage: Option<Salvage>,
    /// Whether the mirror was damaged and begins anew.
    pub mirror_damaged: bool,
}

/// Where the mirror stands, for whoever feeds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// The cursor above which the feed goes on; nothing before the first page.
    pub live: Option<String>,
    /// Where the walk downwards goes on.
    pub walk: Option<String>,
    /// Whether the walk has reached the beginning.
    pub walked: bool,
    /// Whether what is here is one moment of the server, whole.
    pub whole: bool,
    /// When count and sum were last compared with the server's.
    pub checked_at: Option<UtcMillis>,
    /// Whether the server was asked, in this history, which commands of this desk it knows.
    pub asked: bool,
    /// Whether it is a mirror of a new history, beside the one that is shown.
    pub beside: bool,
}

/// Called after each step that reached the disk, with its name. Tests copy the files there.
pub type Steps = Arc<dyn Fn(&'static str) + Send + Sync>;

/// The two files of one account. Cheap to clone; one of them exists for a folder.
#[derive(Clone)]
pub struct Cabinet {
    inner: Arc<Mutex<Inner>>,
}

impl std::fmt::Debug for Cabinet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cabinet { .. }")
    }
}

pub(crate) struct Inner {
    folder: PathBuf,
    mirror_key: Key,
    pub(crate) outbox: Outbox,
    pub(crate) mirror: Mirror,
    /// A mirror of another history that is being built beside the one that is shown.
    next: Option<Mirror>,
    actor: Actor,
    /// The commands that are laid on top, in their order.
    laid: Vec<Laid>,
    /// When held commands go, by the monotonic clock.
    holds: HashMap<CommandId, i64>,
    /// Ids this desk gave out for records that nobody has yet.
    fresh: HashSet<RecordId>,
    /// When records came into their lists, by list version.
    pub(crate) entered: Entered,
    /// The version of the lists.
    pub(crate) version: u64,
    /// Counts for the lists, while they hold.
    pub(crate) counted: Option<Counted>,
    /// Whether what is remembered may differ from the files.
    stale: bool,
    now: UtcMillis,
    steps: Option<Steps>,
}

impl Cabinet {
    /// Opens the files in this folder, or makes them, for this person.
    ///
    /// # Errors
    /// As [`Error`] says: no cipher, a newer program's file, a wrong key, another owner, each its own.
    pub async fn open(folder: &Path, keys: Keys, actor: Actor, now: UtcMillis, steps: Option<Steps>) -> Result<(Self, Opened)> {
        std::fs::create_dir_all(folder)?;
        let (mut outbox, found) = Outbox::open(folder, &keys.outbox, now).await?;
        let (mirror, mirror_damaged) = open_mirror(folder, &keys.mirror, &actor, &mut outbox).await?;
        let mut inner = Inner {
            folder: folder.to_owned(),
            mirror_key: keys.mirror,
            outbox,
            mirror,
            next: None,
            actor,
            laid: Vec::new(),
            holds: HashMap::new(),
            fresh: HashSet::new(),
            entered: Entered::default(),
            version: 1,
            counted: None,
            stale: true,
            now,
            steps,
        };
        inner.note_generation().await?;
        let mirror_damaged = inner.recover_or_begin().await? || mirror_damaged;
        let opened = Opened { recovered: found.recovered, salvage: found.salvage, mirror_damaged };
        Ok((Self { inner: Arc::new(Mutex::new(inner)) }, opened))
    }
    /// Who gives the commands.
    pub async fn actor(&self) -> Actor {
        self.inner.lock().await.actor.clone()
    }
    /// Who gives the commands; their roles may have changed.
    pub async fn set_actor(&self, actor: Actor, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock(now).await?;
        if inner.actor != actor {
            inner.actor = actor;
            inner.rebase().await?;
        }
        Ok(())
    }
    /// Where the mirror stands that is being fed.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn stand(&self) -> Result<Stand> {
        // A position that was moved and never written is none.
        let mut inner = self.mended().await?;
        let asked = inner.outbox.asked_in().await?;
        let position = inner.next.as_ref().unwrap_or(&inner.mirror).position();
        Ok(Stand {
            live: position.live.clone(),
            walk: position.walk.clone(),
            walked: position.walked,
            whole: position.is_whole(),
            checked_at: position.checked_at.map(UtcMillis::from_ms),
            asked: asked >= position.generation,
            beside: inner.next.is_some(),
        })
    }
    /// Closes both files after what runs is finished. Every other handle on them fails from then on.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn close(self) -> Result<()> {
        let inner = Arc::try_unwrap(self.inner).map_err(|_| Error::InUse { file: PathBuf::from(MIRROR) })?.into_inner();
        if let Some(next) = inner.next {
            next.close().await?;
        }
        inner.outbox.close().await?;
        inner.mirror.close().await
    }
    /// The one lock. What was abandoned half-way is mended first.
    pub(crate) async fn lock(&self, now: UtcMillis) -> Result<MutexGuard<'_, Inner>> {
        let mut inner = self.inner.lock().await;
        inner.now = now;
        inner.mend().await?;
        Ok(inner)
    }
    /// The same at the time that was said last.
    pub(crate) async fn mended(&self) -> Result<MutexGuard<'_, Inner>> {
        let mut inner = self.inner.lock().await;
        inner.mend().await?;
        Ok(inner)
    }
}

impl Inner {
    /// Mends what was abandoned half-way.
    async fn mend(&mut self) -> Result<()> {
        if self.stale || self.outbox.is_unfinished() || self.mirror.is_unfinished() { self.recover().await } else { Ok(()) }
    }
    /// Reads the files again and lays everything anew.
    async fn recover(&mut self) -> Result<()> {
        self.stale = true;
        if self.mirror.is_stand_in() {
            // A swap was abandoned: it ends now, as it would at the next start.
            (self.mirror, _) = open_mirror(&self.folder, &self.mirror_key, &self.actor, &mut self.outbox).await?;
            self.entered.begin_anew(self.version);
            self.version += 1;
        }
        self.mirror.reload().await?;
        let looked = self.outbox.looked().await?;
        self.mirror.remember_looked(&looked);
        let keeping = self.outbox.keeping().await?;
        self.mirror.remember_keeping(keeping);
        let (generation, whole) = self.history();
        self.outbox.mend(generation, whole).await?;
        self.mend_holds().await?;
        self.rebase().await?;
        // The program may have ended between a page and what follows from it.
        self.settle_keeping().await?;
        self.stale = false;
        Ok(())
    }
    /// The same for the first time. A mirror of which only that finds that it is damaged is set aside too; whether it was.
    async fn recover_or_begin(&mut self) -> Result<bool> {
        match self.recover().await {
            Err(Error::Damaged { file }) if file == self.folder.join(MIRROR) => {}
            done => return done.map(|()| false),
        }
        // The handle on the file goes before the file does.
        let stand_in = Mirror::stand_in(self.actor.id()).await?;
        drop(std::mem::replace(&mut self.mirror, stand_in));
        let last = self.outbox.generation().await?;
        self.mirror = set_aside(&self.folder, &self.mirror_key, &self.actor, last).await?;
        self.note_generation().await?;
        self.recover().await?;
        Ok(true)
    }
    /// The commands that are laid on top, in their order.
    #[cfg(feature = "testing")]
    pub(crate) fn laid_ids(&self) -> Vec<CommandId> {
        self.laid.iter().map(|it| it.id).collect()
    }
    /// Holds and held commands are the same ones again. Of a command that was held when its taking was abandoned nobody knows
    /// until when: it goes, as it would at the next start.
    async fn mend_holds(&mut self) -> Result<()> {
        let held: Vec<CommandId> = self.outbox.live().iter().filter(|e| e.state == CommandState::Held).map(|e| e.id).collect();
        self.holds.retain(|id, _| held.contains(id));
        let endless: Vec<CommandId> = held.into_iter().filter(|id| !self.holds.contains_key(id)).collect();
        if domain::planted::planted("holds_lost") { Ok(()) } else { self.outbox.release(&endless).await }
    }
    /// The history the mirror copies, and how far.
    pub(crate) fn history(&self) -> (i64, Option<i64>) {
        let position = self.mirror.position();
        (position.generation, position.whole)
    }
    fn step(&self, name: &'static str) {
        if let Some(steps) = &self.steps {
            steps(name);
        }
    }
    async fn note_generation(&mut self) -> Result<()> {
        let mine = self.mirror.position().generation;
        if self.outbox.generation().await? < mine {
            self.outbox.set_generation(mine).await?;
        }
        Ok(())
    }
    pub(crate) const fn now(&self) -> UtcMillis {
        self.now
    }
    /// Who gives the commands.
    pub(crate) const fn actor(&self) -> &Actor {
        &self.actor
    }
    fn changed(&mut self, records: &[RecordRef]) {
        if !records.is_empty() {
            self.version += 1;
            if let Some(counted) = &mut self.counted {
                counted.carry_on(records, self.version);
            }
        }
    }
}

/// Opens the mirror, or begins a new one: when there is none, and when the old one is damaged. A swap that was cut off is ended.
async fn open_mirror(folder: &Path, key: &Key, actor: &Actor, outbox: &mut Outbox) -> Result<(Mirror, bool)> {
    let last = outbox.generation().await?;
    let (mut mirror, damaged) = open_or_begin(folder, key, actor, last).await?;
    let position = mirror.position();
    if !position.has_begun() && outbox.asked_in().await? >= position.generation {
        // A loss of power has taken everything that was read in this history, for no commit of the mirror waits for the disk. Nothing
        // says any more which history of the server that was, so what is read next begins another one.
        mirror.begin_history(last.max(position.generation) + 1).await?;
    }
    Ok((mirror, damaged))
}

async fn open_or_begin(folder: &Path, key: &Key, actor: &Actor, last: i64) -> Result<(Mirror, bool)> {
    let (path, next) = (folder.join(MIRROR), folder.join(NEXT));
    if !path.exists() && next.exists() {
        rename(&next, &path)?;
    }
    remove(&next)?;
    match Mirror::open(&path, key, actor.id(), last + 1).await {
        Ok(mirror) => Ok((mirror, false)),
        Err(error) if error.is_damage() => Ok((set_aside(folder, key, actor, last).await?, true)),
        Err(error) => Err(error),
    }
}

/// Sets a damaged mirror aside, and begins a new one.
async fn set_aside(folder: &Path, key: &Key, actor: &Actor, last: i64) -> Result<Mirror> {
    tracing::error!("the mirror is damaged; it is set aside and built again");
    let path = folder.join(MIRROR);
    rename(&path, &folder.join(DAMAGED))?;
    Mirror::open(&path, key, actor.id(), last + 1).await
}
