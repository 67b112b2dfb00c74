//! A world: the house, its desks and clients, the network between them, and what is going to happen. One thing happens at a
//! time; before the next one everybody has come to rest.

use domain::{
    id::CommandId,
    record::{AnyRecord, Kind, RecordRef},
};
use server::accounts::Opened;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    rc::Rc,
    sync::{Arc, Mutex},
};
use store::{Snapshot, memory::Saved};

use crate::{
    args::View,
    client::{Client, Said},
    desk::{Desk, Dooms, Mode},
    dice::Dice,
    feedlaw::{Past, Reading},
    goods::{Tied, Ways},
    house::House,
    net::{Net, Part, Weather},
    plan::{CLIENTS, DESKS, Plan, Step},
    quiet::quiet,
    seedling::{Seedling, seedling},
    time::{HouseClock, Time},
    trace::Trace,
    wire::Op,
};

/// Letters so many milliseconds apart may arrive at once.
const AT_ONCE: i64 = 50;

/// What is going to happen at a moment.
#[derive(Debug)]
pub(crate) enum Ev {
    /// A step of the history.
    Step(Step),
    /// A request arrives at the server; the second copy of one is number 1.
    Arrive(usize, usize),
    /// A piece of an answer arrives.
    Deliver(usize, Part),
    /// The server is started.
    Boot,
    /// Somebody logs in at a desk.
    Login(usize),
    /// A desk's program is started.
    Open(usize),
    /// A client tries again.
    Api(usize),
    /// A client logs in.
    ClientLogin(usize),
    /// A client opens their stream.
    Listen(usize),
}

/// What somebody did who needed some time for it.
pub(crate) enum Done {
    Opened(usize, mirror::Result<sync::Files>),
    Closed(usize),
    Took {
        desk: usize,
        id: CommandId,
        makes: Option<RecordRef>,
        refused: Vec<CommandId>,
    },
    NotTaken(Vec<CommandId>),
    Attached(Tied),
    /// The sending of a file was called off; this upload has no use any more.
    CalledOff {
        desk: usize,
        id: CommandId,
        upload: Option<String>,
        asking: sync::Asking,
    },
    /// Somebody saw what must not be.
    Wrong(usize, String),
    Withdrew {
        desk: usize,
        /// The act, and what waited for it.
        ids: Vec<CommandId>,
        instead: Vec<CommandId>,
    },
    /// They decided about nothing; or do not know about what (`sure` is false).
    Decided {
        desk: usize,
        sure: bool,
    },
    Told {
        desk: usize,
        key: String,
    },
    LoggedIn(usize, Option<Opened>),
    ClientLoggedIn(usize, Option<Opened>),
    Answered(usize, Said),
    /// The stream of a client has ended, with this status.
    Hushed(usize, u16),
}

impl Done {
    /// Whose it is: desks count from 0, clients from [`crate::net::CLIENTS`].
    pub(crate) const fn whose(&self) -> usize {
        match self {
            Self::Opened(desk, _) | Self::Closed(desk) | Self::LoggedIn(desk, _) => *desk,
            Self::Attached(Tied { desk, .. }) | Self::CalledOff { desk, .. } => *desk,
            Self::Wrong(who, _) => *who,
            Self::Took { desk, .. } | Self::Withdrew { desk, .. } | Self::Decided { desk, .. } | Self::Told { desk, .. } => *desk,
            Self::ClientLoggedIn(client, _) | Self::Hushed(client, _) | Self::Answered(client, _) => crate::net::CLIENTS + *client,
            Self::NotTaken(_) => usize::MAX,
        }
    }
}

pub(crate) struct World {
    pub(crate) time: Arc<Time>,
    pub(crate) net: Arc<Net>,
    pub(crate) house: House,
    pub(crate) desks: Vec<Desk>,
    pub(crate) clients: Vec<Client>,
    pub(crate) queue: BTreeMap<(i64, u64), Ev>,
    count: u64,
    pub(crate) dice: Dice,
    /// Whether pages of the walk are overtaken by much of what happens meanwhile.
    pub(crate) slow_walks: bool,
    /// Whether news come late, long behind the answers to commands.
    pub(crate) slow_feed: bool,
    pub(crate) weather: [Weather; DESKS],
    pub(crate) client_weather: Weather,
    /// How many requests each has sent.
    pub(crate) sent: BTreeMap<usize, u64>,
    pub(crate) readings: BTreeMap<(usize, usize), Reading>,
    pub(crate) past: Past,
    /// The database as it stands.
    pub(crate) present: Saved,
    pub(crate) done: Arc<Mutex<Vec<Done>>>,
    pub(crate) backups: Vec<Saved>,
    /// How often a backup was restored.
    pub(crate) restored: u32,
    /// Whether the database was made to refuse something: then the server may answer that the fault is its own.
    pub(crate) may_fail: bool,
    /// How often the desks were looked at.
    pub(crate) looks: usize,
    pub(crate) just_restored: bool,
    /// Commands that were done before a restore, as their desks knew, and not after it.
    pub(crate) lost: BTreeSet<CommandId>,
    /// Commands that desks did not take: they must be nowhere.
    pub(crate) not_taken: BTreeSet<CommandId>,
    /// Files on their way.
    pub(crate) ways: Ways,
    pub(crate) trace: Trace,
    pub(crate) wrong: Option<String>,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        mirror::trouble::set(None);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    pub(crate) fn new(plan: &Plan, base: &Path, trace: Trace) -> Self {
        let Seedling { saved, staff, clients } = seedling();
        let (time, dooms, dice) = (Arc::<Time>::default(), Dooms::default(), Dice::new(plan.seed).fork(77));
        static WORLDS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let folder = base.join(format!("world-{}", WORLDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed)));
        let mut who = dice.fork(3);
        let second = who.pick(&[0, 0, 1, 2]).unwrap_or(0);
        let third = who.pick(&[3, 3, 4, 2]).unwrap_or(3);
        let desk = |n: usize, person: usize| {
            Desk::new(n, staff[person].clone(), &time, &dice.fork(10 + u64::try_from(n).unwrap_or(0)), &folder, &dooms)
        };
        let desks = vec![desk(0, 0), desk(1, second), desk(2, third)];
        hook(&dooms);
        let mut past = Past::default();
        past.note(saved.clone());
        let mut world = Self {
            house: House::new(saved, HouseClock::new(Arc::clone(&time)), dice.fork(4).next()),
            net: Arc::default(),
            desks,
            clients: (0..CLIENTS).map(|n| Client::new(n, clients[n])).collect(),
            queue: BTreeMap::new(),
            count: 0,
            slow_walks: dice.fork(6).one_in(3),
            slow_feed: dice.fork(7).one_in(4),
            dice,
            weather: [Weather::Fine; DESKS],
            client_weather: Weather::Fine,
            sent: BTreeMap::new(),
            readings: BTreeMap::new(),
            past,
            present: saved.clone(),
            done: Arc::default(),
            backups: vec![saved.clone()],
            restored: 0,
            may_fail: false,
            looks: 0,
            just_restored: false,
            lost: BTreeSet::new(),
            not_taken: BTreeSet::new(),
            ways: Ways::default(),
            trace,
            wrong: None,
            folder,
            time,
        };
        world.begin(plan);
        world
    }
    fn begin(&mut self, plan: &Plan) {
        self.at(0, Ev::Boot);
        for n in 0..DESKS {
            self.at(10 + 40 * i64::try_from(n).unwrap_or(0), Ev::Login(n));
        }
        for n in 0..CLIENTS {
            self.at(200, Ev::ClientLogin(n));
        }
        for (_, step) in &plan.steps {
            self.at(step.at, Ev::Step(step.clone()));
        }
    }
    /// Has something happen at a moment.
    pub(crate) fn at(&mut self, ms: i64, ev: Ev) {
        self.count += 1;
        self.queue.insert((ms.max(self.time.now()), self.count), ev);
    }
    /// Has something happen after so many milliseconds.
    pub(crate) fn after(&mut self, ms: i64, ev: Ev) {
        self.at(self.time.now() + ms, ev);
    }
    /// Something does not hold.
    pub(crate) fn fault(&mut self, what: impl Into<String>) {
        let what = what.into();
        self.trace.line(self.time.now(), &format!("VIOLATION {what}"));
        self.wrong.get_or_insert(what);
    }
    /// Lets everything happen until this moment.
    pub(crate) async fn run_until(&mut self, end: i64) {
        while self.wrong.is_none() {
            let (event, sleeper) = (self.queue.first_key_value().map(|(key, _)| key.0), self.time.next());
            let Some(next) = [event, sleeper].into_iter().flatten().min().filter(|at| *at <= end) else { break };
            self.time.go_to(next).await;
            if event.is_some_and(|at| at <= next) {
                if let Some((_, ev)) = self.queue.pop_first() {
                    let look = self.is_looked_at(&ev);
                    self.happen(ev);
                    self.happen_with_it();
                    self.settle().await;
                    if look {
                        self.look().await;
                    }
                }
            } else {
                self.time.wake();
                self.settle().await;
            }
        }
        self.time.go_to(end).await;
        self.settle().await;
    }
    /// Whether it is looked behind this event what must always hold: behind what people and misfortune do, and where a mirror has
    /// just begun.
    fn is_looked_at(&self, ev: &Ev) -> bool {
        match ev {
            Ev::Step(_) | Ev::Open(_) => true,
            Ev::Deliver(n, Part::End(_)) => self.net.letters().exchanges[n].request.op == Op::Work,
            _ => false,
        }
    }
    /// Letters that would arrive soon sometimes arrive at the same moment: then two of the server's processes are at work at once.
    fn happen_with_it(&mut self) {
        while let Some(((at, _), Ev::Arrive(..))) = self.queue.first_key_value()
            && *at <= self.time.now() + AT_ONCE
            && self.dice.one_in(2)
        {
            if let Some((_, ev)) = self.queue.pop_first() {
                self.happen(ev);
            }
        }
    }
    /// Looks whether what must always hold does.
    async fn look(&mut self) {
        if std::mem::take(&mut self.just_restored) {
            self.note_lost().await;
        }
        self.desks_are_true().await;
        self.files_are_held().await;
        self.settle().await;
    }
    fn happen(&mut self, ev: Ev) {
        self.trace.event(self.time.now(), &ev);
        match ev {
            Ev::Step(step) => self.step(step),
            Ev::Arrive(exchange, copy) => self.arrive(exchange, copy),
            Ev::Deliver(exchange, part) => self.deliver(exchange, part),
            Ev::Boot => self.house.boot(),
            Ev::Login(desk) => self.login(desk),
            Ev::Open(desk) => self.open(desk),
            Ev::Api(client) => self.client_tries(client),
            Ev::ClientLogin(client) if self.clients[client].access.is_none() => self.client_logs_in(client),
            Ev::ClientLogin(_) => {}
            Ev::Listen(client) => self.client_listens(client),
        }
    }
    /// Lets everybody come to rest, and takes in what they did.
    pub(crate) async fn settle(&mut self) {
        loop {
            quiet().await;
            self.note_history();
            let mut again = self.look_at_house();
            again |= self.look_at_disk().await;
            again |= self.look_at_desks();
            again |= self.take_in_done();
            again |= self.carry_letters().await;
            if !again || self.wrong.is_some() {
                return;
            }
        }
    }
    fn note_history(&mut self) {
        for saved in self.house.memory.history() {
            let (before, now) = (self.present.head(), saved.head());
            if before.epoch == now.epoch && (now.seq < before.seq || now.links < before.links) {
                self.fault(format!("the number went back from {} to {}", before.seq, now.seq));
            }
            self.past.note(saved.clone());
            self.present = saved;
        }
    }
    fn look_at_house(&mut self) -> bool {
        if self.house.memory.died() {
            let back = self.dice.between(50, 9_000);
            self.trace.line(self.time.now(), "the server dies");
            self.house_dies(back);
            return true;
        }
        let boots = self.queue.values().any(|ev| matches!(ev, Ev::Boot));
        if !self.house.is_up() && !boots {
            self.after(1_000, Ev::Boot);
        }
        false
    }
    /// The server is gone, and comes back.
    pub(crate) fn house_dies(&mut self, back: i64) {
        self.house.crash();
        self.break_connections(None);
        self.after(back, Ev::Boot);
    }
    /// One process of the server is gone, and comes back.
    pub(crate) fn instance_dies(&mut self, instance: usize, back: i64) {
        self.house.crash_one(instance);
        self.break_connections(Some(instance));
        self.after(back, Ev::Boot);
    }
    fn look_at_desks(&mut self) -> bool {
        let mut any = false;
        for n in 0..DESKS {
            if self.desks[n].has_died() {
                self.trace.line(self.time.now(), &format!("desk {n} dies"));
                self.desk_dies(n);
                any = true;
            }
            for news in self.desks[n].ear.heard() {
                any = true;
                self.hear(n, news);
            }
        }
        any
    }
    /// The program of a desk is gone, and is started again.
    pub(crate) fn desk_dies(&mut self, n: usize) {
        let back = self.dice.between(10, 6_000);
        let desk = &mut self.desks[n];
        let out = desk.mode == Mode::Out;
        desk.crash();
        if !out {
            desk.mode = Mode::Down;
            self.after(back, Ev::Open(n));
        }
    }
    /// What somebody at a desk can act upon.
    pub(crate) async fn view(saved: &Saved) -> View {
        let mut view = View::default();
        let mut snapshot = saved.snapshot();
        for kind in Kind::ALL {
            let ids = snapshot.records_of(*kind, None, 200).await.unwrap_or_default();
            view.records.insert(*kind, ids.iter().map(|stored| stored.held.record.id()).collect());
        }
        view
    }
    /// Every record of a state.
    pub(crate) async fn records(saved: &Saved) -> Vec<(i64, Arc<AnyRecord>)> {
        let mut all = Vec::new();
        let mut snapshot = saved.snapshot();
        for kind in Kind::ALL {
            let found = snapshot.records_of(*kind, None, 100_000).await.unwrap_or_default();
            all.extend(found.into_iter().map(|stored| (stored.held.rev, stored.held.record)));
        }
        all
    }
}

/// Has every statement of every desk's files asked about.
fn hook(dooms: &Dooms) {
    let dooms = Rc::clone(dooms);
    mirror::trouble::set(Some(Rc::new(move |path: &Path| {
        let mut dooms = RefCell::borrow_mut(&dooms);
        let doom = path.parent().and_then(|folder| dooms.get_mut(folder));
        doom.map_or(mirror::trouble::Fate::Runs, crate::desk::Doom::next)
    })));
}
