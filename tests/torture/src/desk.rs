//! A desk: its real files, its real engine, and a person who is told. It can die at any statement.

use async_trait::async_trait;
use domain::{
    id::{CommandId, DeviceId, RecordId},
    record::{AnyRecord, Kind},
    role::{Actor, Person, Role},
    time::UtcMillis,
};
use mirror::{Cabinet, Drawer, Key, Keys};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
    rc::Rc,
    sync::{Arc, Mutex, OnceLock},
};
use sync::{Engine, Files, Handle, News, Pair, Parts, TokenKeeper, Tokens, Watcher};
use tokio::task::AbortHandle;

use crate::{
    dice::Dice,
    net::Net,
    time::{DeskClock, Time},
    wire::Way,
};

/// Remembers what it is told until the world looks.
#[derive(Default)]
pub(crate) struct Ear(Mutex<Vec<News>>);

impl Ear {
    pub(crate) fn heard(&self) -> Vec<News> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Watcher for Ear {
    fn told(&self, news: News) {
        self.0.lock().unwrap().push(news);
    }
}

/// The tokens as they are kept between two starts.
#[derive(Default)]
pub(crate) struct Kept(pub(crate) Mutex<Option<Pair>>);

#[async_trait]
impl TokenKeeper for Kept {
    async fn keep(&self, pair: &Pair) {
        *self.0.lock().unwrap() = Some(pair.clone());
    }
}

/// What the disk and the program of a desk have before them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Doom {
    /// Statements until the program dies; 0 for never.
    pub(crate) dies: u32,
    /// Statements until the disk fails; 0 for never.
    pub(crate) fails: u32,
    /// How many fail then.
    pub(crate) many: u32,
    /// It has died.
    pub(crate) died: bool,
    /// The dice for how much of what was written its disk has not kept, if its power goes with it.
    pub(crate) power: Option<u64>,
    /// Statements so far.
    pub(crate) count: u64,
    /// Whether the world looks into the files just now: that is nobody's work, and nothing befalls it.
    pub(crate) spared: bool,
}

impl Doom {
    /// What becomes of the next statement.
    pub(crate) fn next(&mut self) -> mirror::trouble::Fate {
        use mirror::trouble::Fate;
        self.count += 1;
        if self.died {
            return Fate::Dies;
        }
        if self.spared {
            return Fate::Runs;
        }
        if self.dies > 0 {
            self.dies -= 1;
            if self.dies == 0 {
                self.died = true;
                return Fate::Dies;
            }
        }
        if self.fails > 1 {
            self.fails -= 1;
        } else if self.fails == 1 && self.many > 0 {
            self.many -= 1;
            return Fate::Fails;
        }
        Fate::Runs
    }
}

/// The dooms of all desks, by folder.
pub(crate) type Dooms = Rc<RefCell<BTreeMap<PathBuf, Doom>>>;

/// Where a desk's program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Somebody must log in.
    Out,
    /// It is ended, and will be started again.
    Down,
    /// Its files are being opened.
    Opening,
    /// It runs.
    Up,
    /// Its files are being closed, to be opened again.
    Closing,
    /// The same, and then somebody must log in.
    Leaving,
}

/// A command that was given at a desk.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) id: CommandId,
    /// Whether a person took it back, or replaced it.
    pub(crate) withdrawn: bool,
}

pub(crate) struct Running {
    pub(crate) files: Files,
    pub(crate) handle: Handle,
}

impl Running {
    /// Both files, if the desk is not locked.
    pub(crate) const fn cabinet(&self) -> Option<&Cabinet> {
        match &self.files {
            Files::Both(cabinet) => Some(cabinet),
            Files::Outbox(_) => None,
        }
    }
    /// Ends the program in good order.
    pub(crate) async fn end(self) {
        self.handle.stop().await;
        let _ = match self.files {
            Files::Both(cabinet) => cabinet.close().await,
            Files::Outbox(drawer) => drawer.close().await,
        };
    }
}

/// Opens the files of a desk: both, or of a locked one the outbox alone.
pub(crate) async fn opened(folder: PathBuf, actor: Actor, locked: bool, now: UtcMillis) -> mirror::Result<Files> {
    Ok(if locked {
        Files::Outbox(Drawer::open(&folder, &keys().outbox, now, None).await?.0)
    } else {
        Files::Both(Cabinet::open(&folder, keys(), actor, now, None).await?.0)
    })
}

pub(crate) struct Desk {
    pub(crate) n: usize,
    pub(crate) person: Person,
    pub(crate) roles: Vec<Role>,
    pub(crate) device: Option<DeviceId>,
    base: PathBuf,
    pub(crate) folder: PathBuf,
    lives: u32,
    pub(crate) clock: Arc<DeskClock>,
    pub(crate) ear: Arc<Ear>,
    pub(crate) kept: Arc<Kept>,
    pub(crate) mode: Mode,
    pub(crate) running: Option<Running>,
    pub(crate) acts: Vec<Act>,
    /// How often each notification was shown.
    pub(crate) shown: BTreeMap<String, u32>,
    /// Records this desk made, which others may not have heard of.
    pub(crate) made: Vec<(Kind, RecordId)>,
    /// What a person is doing at it just now.
    pub(crate) doing: Vec<AbortHandle>,
    pub(crate) offset_ms: i64,
    /// Whether it is locked: its mirror is closed, and its outbox sends.
    pub(crate) locked: bool,
    /// Whether its device was ended: what it mirrors is to be destroyed.
    pub(crate) ended: bool,
    /// Whether somebody ended its device or its sessions since it logged in.
    pub(crate) may_end: bool,
    /// Whether somebody gave an act that ends this person's devices: when it counts is for the line to say.
    pub(crate) ends_sometime: bool,
    /// The history of its mirror, when it was last looked at.
    pub(crate) generation: i64,
    /// Whether a person decides just now what becomes of an act.
    pub(crate) deciding: bool,
    /// How often they do not know what became of that.
    pub(crate) unsure: usize,
    pub(crate) dooms: Dooms,
}

/// The files of a desk that was never used, made once.
fn pristine(place: &Path) -> &'static [(OsString, Vec<u8>)] {
    static MADE: OnceLock<Vec<(OsString, Vec<u8>)>> = OnceLock::new();
    let make = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (cabinet, _) = Cabinet::open(place, keys(), Actor::system(), UtcMillis::from_ms(crate::time::BEGIN), None).await.unwrap();
            cabinet.close().await.unwrap();
        });
        let files = std::fs::read_dir(place).unwrap().map(Result::unwrap);
        let files = files.map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap())).collect();
        std::fs::remove_dir_all(place).unwrap();
        files
    };
    // In a thread of its own: whoever asks is in a runtime already.
    MADE.get_or_init(|| std::thread::scope(|scope| scope.spawn(make).join().unwrap()))
}

pub(crate) fn keys() -> Keys {
    Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) }
}

/// Copies a folder's files, as they are on the disk at this moment.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A log that was never longer was never copied into its file, so nothing but order binds the system to what is in it.
const NEVER_COPIED: u64 = 8_000_000;

/// Takes back what a disk need not have kept when the power goes: the mirror's commits do not wait for it, so that of its log any
/// beginning may be there. The outbox waits for each.
fn forget_unsynced(folder: &Path, dice: &mut Dice) {
    for name in ["mirror.db-wal", "mirror-next.db-wal"] {
        let Ok(log) = std::fs::OpenOptions::new().write(true).open(folder.join(name)) else { continue };
        let len = log.metadata().unwrap().len();
        if len < NEVER_COPIED && !dice.one_in(4) {
            log.set_len(dice.below(len + 1)).unwrap();
        }
    }
}

impl Desk {
    pub(crate) fn new(n: usize, person: Person, time: &Arc<Time>, dice: &Dice, base: &Path, dooms: &Dooms) -> Self {
        let base = base.to_owned();
        let folder = base.join(format!("desk-{n}-0"));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in pristine(&base.join("pristine")) {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        dooms.borrow_mut().insert(folder.clone(), Doom::default());
        Self {
            n,
            person,
            roles: Vec::new(),
            device: None,
            base,
            folder,
            lives: 0,
            clock: Arc::new(DeskClock::new(Arc::clone(time), dice.fork(1))),
            ear: Arc::default(),
            kept: Arc::default(),
            mode: Mode::Out,
            running: None,
            acts: Vec::new(),
            shown: BTreeMap::new(),
            made: Vec::new(),
            doing: Vec::new(),
            offset_ms: 0,
            locked: false,
            ended: false,
            may_end: false,
            ends_sometime: false,
            generation: 0,
            deciding: false,
            unsure: 0,
            dooms: Rc::clone(dooms),
        }
    }
    /// Its files, if both are open.
    pub(crate) fn cabinet(&self) -> Option<Cabinet> {
        self.running.as_ref()?.cabinet().cloned()
    }
    pub(crate) fn actor(&self) -> Actor {
        Actor::person(self.person.clone(), self.roles.clone(), self.device, None)
    }
    pub(crate) fn doom(&self, change: impl FnOnce(&mut Doom)) {
        if let Some(doom) = self.dooms.borrow_mut().get_mut(&self.folder) {
            change(doom);
        }
    }
    /// Whether its disk fails just now.
    pub(crate) fn fails(&self) -> bool {
        self.dooms.borrow().get(&self.folder).is_some_and(|doom| doom.fails == 1 && doom.many > 0)
    }
    pub(crate) fn has_died(&self) -> bool {
        self.dooms.borrow().get(&self.folder).is_some_and(|doom| doom.died)
    }
    pub(crate) fn now(&self) -> UtcMillis {
        self.running.as_ref().map_or_else(|| sync::Clock::utc(&*self.clock).plus(self.offset_ms), |it| it.handle.now())
    }
    /// The engine begins over files that are open.
    pub(crate) fn start(&mut self, files: Files, net: &Arc<Net>) {
        let keeper = Arc::clone(&self.kept) as Arc<dyn TokenKeeper>;
        let pair = self.kept.0.lock().unwrap().clone().unwrap_or_else(|| Pair { refresh: String::new(), access: None });
        let now = sync::Clock::utc(&*self.clock).plus(self.offset_ms);
        let tokens = Tokens::resumed(pair, now, keeper);
        let handle = Engine::start(Parts {
            files: files.clone(),
            transport: Arc::new(Way { net: Arc::clone(net), desk: self.n }),
            clock: Arc::clone(&self.clock) as Arc<dyn sync::Clock>,
            tokens,
            watcher: Arc::clone(&self.ear) as Arc<dyn Watcher>,
            offset_ms: self.offset_ms,
            as_of: None,
            paused: false,
        });
        self.running = Some(Running { files, handle });
        self.mode = Mode::Up;
    }
    /// The program is gone, at once. What its files held at that moment is what the next start finds.
    pub(crate) fn crash(&mut self) {
        self.lives += 1;
        let next = self.base.join(format!("desk-{}-{}", self.n, self.lives));
        copy(&self.folder, &next);
        if let Some(power) = self.dooms.borrow().get(&self.folder).and_then(|doom| doom.power.filter(|_| doom.died)) {
            forget_unsynced(&next, &mut Dice::new(power));
        }
        self.doing.drain(..).for_each(|doing| doing.abort());
        self.unsure += usize::from(std::mem::take(&mut self.deciding));
        self.ear = Arc::default();
        if let Some(Running { handle, .. }) = self.running.take() {
            self.offset_ms = handle.line().borrow().offset_ms;
            tokio::spawn(async move { handle.stop().await });
        }
        self.dooms.borrow_mut().insert(next.clone(), Doom::default());
        self.folder = next;
    }
    /// What is left of the mirror once its key is destroyed: nothing.
    pub(crate) fn destroy_mirror(&self) {
        for entry in std::fs::read_dir(&self.folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name().to_string_lossy().starts_with("mirror") {
                std::fs::remove_file(entry.path()).unwrap();
            }
        }
    }
}

/// The key under which the desk notes that it told of a record: a waiting request or order, as the desk does it.
pub(crate) fn toast(record: &AnyRecord, me: &Person) -> Option<String> {
    let (waits, history) = match record {
        AnyRecord::Consultation(it) => (it.status == domain::records::ConsultationStatus::Waiting, &it.history),
        AnyRecord::Order(it) => (it.status == domain::records::OrderStatus::Pending && it.deleted.is_none(), &it.history),
        _ => return None,
    };
    let by_others = history.0.first().is_none_or(|entry| entry.by.id != me.id);
    (waits && by_others).then(|| record.reference().to_string())
}
