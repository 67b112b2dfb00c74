//! What is going to happen to a world: a history made from a seed, which can be shortened.

use domain::time::DAY;
use store::memory::{FaultKind, Point};

use crate::{dice::Dice, goods::GOODS, net::Weather};

/// How many desks a world has.
pub(crate) const DESKS: usize = 3;
/// How many clients of its own accord.
pub(crate) const CLIENTS: usize = 2;

/// One thing that happens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A person acts at a desk; the act may be held back for a while.
    Act { desk: usize, held: bool },
    /// Somebody acts on the server itself: the command line.
    System,
    /// A client asks for something.
    Client { client: usize },
    /// A client logs in anew.
    ClientLogin { client: usize },
    /// The newest act is taken back.
    TakeBack { desk: usize },
    /// A person decides about what was refused.
    Settle { desk: usize },
    /// «Sinkronkan».
    SyncNow { desk: usize },
    /// Syncing is paused, or goes on.
    Pause { desk: usize, paused: bool },
    /// The weather on a desk's way changes.
    Weather { desk: usize, weather: Weather },
    /// The weather on the clients' way changes.
    ClientWeather { weather: Weather },
    /// All connections break.
    Break,
    /// The server dies at once, or one process of it, and is back after so many milliseconds.
    Crash { instance: Option<usize>, back: i64 },
    /// Something goes wrong in the database, the n-th time this point is met.
    Database { at: Point, nth: u32, kind: FaultKind },
    /// The desk's program dies at its n-th statement from now on.
    DeskDies { desk: usize, nth: u32 },
    /// The desk's computer loses its power at that statement: what its disk was not made to keep is gone.
    PowerCut { desk: usize, nth: u32 },
    /// Its disk fails from the n-th statement on, for so many statements.
    DeskDisk { desk: usize, nth: u32, many: u32 },
    /// Its program is ended and started again.
    Restart { desk: usize },
    /// A person locks it, or unlocks it.
    Lock { desk: usize, locked: bool },
    /// Its computer's clock is set.
    DeskClock { desk: usize, by: i64 },
    /// The server's clock is set.
    HouseClock { by: i64 },
    /// A backup is made.
    Backup,
    /// The newest backup is restored, under a new epoch.
    Restore,
    /// Somebody ends the device of a desk.
    EndDevice { desk: usize },
    /// All sessions of a desk's person end.
    EndSessions { desk: usize },
    /// The person gets other roles.
    Roles { desk: usize },
    /// The person's account is closed, or opened again.
    Status { desk: usize },
    /// A person attaches a file to an order; the act may be held back for a while.
    Attach { desk: usize, good: usize, held: bool },
    /// A person calls off the sending of a file.
    CallOff { desk: usize },
    /// A person keeps the files of an order at a desk, or lets go of them.
    Keep { desk: usize, keep: bool },
    /// Somebody uploads by hand, and lies.
    Courier,
    /// The server's disk is full from its n-th write on, for so many writes.
    DiskFull { nth: u32, many: u32 },
    /// The server ends at the n-th write to its disk.
    DiskDies { nth: u32 },
    /// Days go by, for everybody.
    Days { days: i64 },
    /// The server takes away what nobody needs any longer.
    Sweep,
    /// A request is given to the person of a desk, or taken from them, by the system.
    Assign { desk: usize },
}

impl What {
    const fn is_trouble(&self) -> bool {
        matches!(
            self,
            Self::Database { .. }
                | Self::DeskDies { .. }
                | Self::PowerCut { .. }
                | Self::DeskDisk { .. }
                | Self::Weather { .. }
                | Self::Crash { .. }
        )
    }
    /// The desk it happens at.
    const fn desk(&self) -> Option<usize> {
        match self {
            Self::DeskDies { desk, .. } | Self::PowerCut { desk, .. } | Self::DeskDisk { desk, .. } | Self::Weather { desk, .. } => {
                Some(*desk)
            }
            _ => None,
        }
    }
}

/// One step of a history.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// When, in milliseconds since the world's beginning.
    pub(crate) at: i64,
    pub(crate) what: What,
    /// Its own dice.
    pub(crate) dice: u64,
}

/// A whole history.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) seed: u64,
    /// The steps, by their places in the history that the seed gives.
    pub(crate) steps: Vec<(usize, Step)>,
}

impl Plan {
    /// The history of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let flavour = Flavour::thrown(&mut dice);
        let (many, mut at) = (dice.between(16, 48), 500);
        let mut steps = Vec::new();
        for _ in 0..many {
            at += match dice.below(8) {
                0 => dice.between(8_000, 60_000),
                1..=3 => dice.between(0, 60),
                _ => dice.between(60, 4_000),
            };
            let what = flavour.what(&mut dice);
            let trouble = what.is_trouble().then(|| what.desk().unwrap_or_else(|| dice.place(DESKS)));
            steps.push((steps.len(), Step { at, what, dice: dice.next() }));
            // Misfortune shows where somebody is at work.
            if let Some(desk) = trouble.filter(|_| !dice.one_in(3)) {
                at += dice.between(0, 40);
                let held = dice.one_in(6);
                steps.push((steps.len(), Step { at, what: What::Act { desk, held }, dice: dice.next() }));
            }
        }
        let mut early = Dice::new(seed).fork(5);
        if early.one_in(4) {
            steps.extend(beginning(&mut early, steps.len()));
        }
        let mut lost = Dice::new(seed).fork(8);
        if lost.one_in(4) {
            steps.extend(loss(&mut lost, steps.len()));
        }
        let mut behind = Dice::new(seed).fork(9);
        if behind.one_in(4) {
            steps.extend(veil(&mut behind, steps.len()));
        }
        let mut sending = Dice::new(seed).fork(10);
        if sending.one_in(3) {
            // A desk does not ask after what it sent a month before (sync.md).
            let restores = steps.iter().any(|(_, step)| step.what == What::Restore);
            steps.extend(uploads(&mut sending, steps.len(), restores));
            let mut keeping = Dice::new(seed).fork(11);
            if keeping.one_in(2) {
                steps.extend(choices(&mut keeping, steps.len()));
            }
        }
        Self { seed, steps }
    }
    /// The same history with these steps alone.
    #[must_use]
    pub fn keeping(&self, places: &[usize]) -> Self {
        let steps = self.steps.iter().filter(|(n, _)| places.contains(n)).cloned().collect();
        Self { seed: self.seed, steps }
    }
    /// The places of its steps.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        self.steps.iter().map(|(n, _)| *n).collect()
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, step) in &self.steps {
            writeln!(f, "{n:>4}  {:>7} ms  {:?}", step.at, step.what)?;
        }
        Ok(())
    }
}

/// A desk begins on a slow line, and while it reads what there is, work is given to its person and taken away.
fn beginning(dice: &mut Dice, place: usize) -> Vec<(usize, Step)> {
    let desk = DESKS - 1;
    let mut steps = vec![(place, Step { at: 20, what: What::Weather { desk, weather: Weather::Slow }, dice: dice.next() })];
    for n in 1..=12 {
        let at = dice.between(100, 30_000);
        steps.push((place + n, Step { at, what: What::Assign { desk }, dice: dice.next() }));
    }
    steps
}

/// The server is restored from a backup to which what was done just before is unknown.
fn loss(dice: &mut Dice, place: usize) -> Vec<(usize, Step)> {
    let begin = dice.between(2_000, 40_000);
    let mut steps = vec![(place, Step { at: begin, what: What::Backup, dice: dice.next() })];
    for n in 1..=6 {
        let what = What::Act { desk: dice.place(DESKS), held: false };
        steps.push((place + n, Step { at: begin + dice.between(10, 3_000), what, dice: dice.next() }));
    }
    steps.push((place + 7, Step { at: begin + dice.between(3_000, 3_500), what: What::Restore, dice: dice.next() }));
    steps
}

/// A desk is locked and unlocked while clients ask: what was told without a mirror comes into one.
fn veil(dice: &mut Dice, place: usize) -> Vec<(usize, Step)> {
    let desk = dice.place(DESKS);
    let (mut at, mut steps) = (dice.between(2_000, 40_000), Vec::new());
    for _ in 0..3 {
        for what in [What::Lock { desk, locked: true }, What::Client { client: dice.place(CLIENTS) }, What::Lock { desk, locked: false }] {
            at += dice.between(100, 4_000);
            steps.push((place + steps.len(), Step { at, what, dice: dice.next() }));
        }
    }
    steps
}

/// People attach files, and in the midst of their sending something goes wrong.
fn uploads(dice: &mut Dice, place: usize, restores: bool) -> Vec<(usize, Step)> {
    let (mut at, mut steps) = (dice.between(600, 20_000), Vec::new());
    let days = dice.one_in(3).then_some(if restores { [8; 3] } else { [8, 8, 31] });
    for _ in 0..dice.between(2, 5) {
        let (desk, good) = (dice.place(DESKS), dice.place(GOODS));
        let held = dice.one_in(6);
        let mut all = vec![(at, What::Attach { desk, good, held })];
        if dice.one_in(3) {
            all.push((at + dice.between(0, 800), What::Attach { desk: dice.place(DESKS), good, held: false }));
        }
        for _ in 0..dice.between(1, 2) {
            at += dice.between(20, 5_000);
            all.push((at, in_the_midst(dice, desk, days)));
        }
        for (at, what) in all {
            steps.push((place + steps.len(), Step { at, what, dice: dice.next() }));
        }
        at += dice.between(0, 9_000);
    }
    steps
}

/// People keep the files of orders, before these are there and after, and let go of some.
fn choices(dice: &mut Dice, place: usize) -> Vec<(usize, Step)> {
    let mut steps = Vec::new();
    for _ in 0..dice.between(3, 9) {
        let what = What::Keep { desk: dice.place(DESKS), keep: !dice.one_in(5) };
        steps.push((place + steps.len(), Step { at: dice.between(1_000, 60_000), what, dice: dice.next() }));
    }
    steps
}

/// What comes between the bytes of a file.
fn in_the_midst(dice: &mut Dice, desk: usize, days: Option<[i64; 3]>) -> What {
    let nth = 1 + u32::try_from(dice.below(6)).unwrap_or(0);
    match dice.below(16) {
        0..=2 => What::Weather { desk, weather: Weather::Bad },
        3 => What::Weather { desk, weather: dice.pick(&[Weather::Fine, Weather::Offline]).unwrap_or(Weather::Fine) },
        4 => What::Crash { instance: dice.pick(&[None, Some(0), Some(1)]).flatten(), back: dice.between(100, 6_000) },
        5 => What::DeskDies { desk, nth },
        6 => What::PowerCut { desk, nth },
        7 => What::DiskFull { nth, many: nth },
        8 => What::DiskDies { nth },
        9 => What::CallOff { desk },
        10 | 11 => What::Courier,
        12 => What::Lock { desk, locked: dice.one_in(2) },
        13 => What::Restart { desk },
        14 => days.and_then(|days| dice.pick(&days)).map_or(What::Break, |days| What::Days { days }),
        _ => What::Sweep,
    }
}

/// What a world has much of: worlds in which everything goes wrong at once show less than such that dwell on something.
struct Flavour {
    accounts: u64,
    crashes: u64,
    disks: u64,
    clocks: u64,
    restores: u64,
    weather: u64,
}

impl Flavour {
    fn thrown(dice: &mut Dice) -> Self {
        let mut part = |often: u64, weight: u64| if dice.one_in(often) { weight } else { 0 };
        Self {
            accounts: part(3, 10),
            crashes: part(2, 10),
            disks: part(3, 10),
            clocks: part(5, 5),
            restores: part(5, 6),
            weather: part(2, 24) + 6,
        }
    }
    fn what(&self, dice: &mut Dice) -> What {
        let desk = dice.place(DESKS);
        match dice.weighted(&[
            (60, 0),
            (14, 1),
            (8, 2),
            (self.weather, 3),
            (self.crashes, 4),
            (self.crashes, 5),
            (self.disks, 6),
            (self.clocks, 7),
            (self.restores, 8),
            (self.accounts, 9),
        ]) {
            Some(1) => common(dice, desk),
            Some(2) => What::System,
            Some(3) => weather(dice, desk),
            Some(4) => house_trouble(dice),
            Some(5) => desk_trouble(dice, desk),
            Some(6) => disk(dice, desk),
            Some(7) => clock(dice, desk),
            Some(8) => {
                if dice.one_in(2) {
                    What::Backup
                } else {
                    What::Restore
                }
            }
            Some(9) => account(dice, desk),
            _ if dice.one_in(4) => What::Client { client: dice.place(CLIENTS) },
            _ => What::Act { desk, held: dice.one_in(4) },
        }
    }
}

fn common(dice: &mut Dice, desk: usize) -> What {
    match dice.below(10) {
        0 | 1 => What::TakeBack { desk },
        2 | 3 => What::Settle { desk },
        4 => What::SyncNow { desk },
        5 => What::Restart { desk },
        6 | 7 => What::Lock { desk, locked: dice.one_in(2) },
        8 => What::ClientLogin { client: dice.place(CLIENTS) },
        _ => What::Pause { desk, paused: dice.one_in(2) },
    }
}

fn weather(dice: &mut Dice, desk: usize) -> What {
    let weather = dice.pick(&[Weather::Fine, Weather::Slow, Weather::Bad, Weather::Bad, Weather::Offline]).unwrap_or(Weather::Bad);
    match dice.below(6) {
        0 => What::Break,
        1 => What::ClientWeather { weather },
        _ => What::Weather { desk, weather },
    }
}

fn house_trouble(dice: &mut Dice) -> What {
    if dice.one_in(4) {
        return What::Crash { instance: dice.pick(&[None, Some(0), Some(1)]).flatten(), back: dice.between(100, 20_000) };
    }
    let at = dice.pick(&[Point::Read, Point::Begin, Point::Flush, Point::Commit, Point::Commit, Point::Committed]).unwrap_or(Point::Commit);
    let kind = match at {
        Point::Committed => FaultKind::Dies,
        Point::Commit => dice.pick(&[FaultKind::Lost, FaultKind::Unavailable, FaultKind::Dies, FaultKind::Dies]).unwrap_or(FaultKind::Dies),
        Point::Flush => dice.pick(&[FaultKind::Unavailable, FaultKind::Constraint, FaultKind::Dies]).unwrap_or(FaultKind::Dies),
        _ => dice.pick(&[FaultKind::Unavailable, FaultKind::Dies]).unwrap_or(FaultKind::Dies),
    };
    What::Database { at, nth: 1 + u32::try_from(dice.below(4)).unwrap_or(0), kind }
}

fn desk_trouble(dice: &mut Dice, desk: usize) -> What {
    let nth = 1 + u32::try_from(dice.below(60)).unwrap_or(0);
    if dice.one_in(3) { What::PowerCut { desk, nth } } else { What::DeskDies { desk, nth } }
}

fn disk(dice: &mut Dice, desk: usize) -> What {
    let nth = 1 + u32::try_from(dice.below(40)).unwrap_or(0);
    What::DeskDisk { desk, nth, many: if dice.one_in(3) { 60 } else { 1 } }
}

fn clock(dice: &mut Dice, desk: usize) -> What {
    // A quarter of an hour outlives an access token.
    let by = dice.pick(&[DAY, -DAY, 3_600_000, -3_600_000, 900_000, 120_000, -120_000]).unwrap_or(DAY);
    if dice.one_in(3) { What::HouseClock { by } } else { What::DeskClock { desk, by } }
}

fn account(dice: &mut Dice, desk: usize) -> What {
    match dice.below(8) {
        0 => What::EndDevice { desk },
        1 => What::EndSessions { desk },
        2 => What::Status { desk },
        3 | 4 => What::Roles { desk },
        _ => What::Assign { desk },
    }
}
