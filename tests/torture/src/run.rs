//! Running one history, and shortening one that fails.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use crate::{plan::Plan, quiet::runtime, trace::Trace, world::World};

/// Where worlds keep their desks' files: in memory, where the system has such a place.
#[derive(Debug)]
pub struct Ground(PathBuf);

impl Ground {
    /// A place of this process's own. Gone when it is dropped.
    #[must_use]
    pub fn new() -> Self {
        let base =
            ["/dev/shm", "/tmp"].into_iter().map(Path::new).find(|path| path.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned);
        static PLACES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let n = PLACES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Self(base.join(format!("meja-torture-{}-{n}", std::process::id())))
    }
}

impl Default for Ground {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How a history went.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What did not hold, if anything did not.
    pub wrong: Option<String>,
    /// A hash over everything that happened: the same for the same history.
    pub hash: u64,
    /// How many things happened.
    pub events: u64,
    /// The simulated time it took, in milliseconds.
    pub ms: i64,
    /// Commands that were given at desks.
    pub commands: usize,
    /// Pieces of files that the server put away.
    pub pieces: u64,
    /// Statements that ran on the desks' files.
    pub statements: u64,
    /// What happened, line by line, if it was asked for.
    pub lines: Vec<String>,
}

impl Ground {
    /// Runs a history; with `lines` it is told what happened.
    #[must_use]
    pub fn run(&self, plan: &Plan, lines: bool) -> Report {
        let done = catch_unwind(AssertUnwindSafe(|| {
            let runtime = runtime();
            // While this waits, the runtime does not put its own time forward.
            let (release, held) = std::sync::mpsc::channel::<()>();
            let holding = runtime.spawn_blocking(move || held.recv().is_ok());
            let report = runtime.block_on(world(plan, &self.0, lines));
            drop(release);
            let _ = runtime.block_on(holding);
            report
        }));
        done.unwrap_or_else(|panic| {
            mirror::trouble::set(None);
            let why = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Report { wrong: Some(format!("a panic: {}", why.unwrap_or_default())), ..Report::default() }
        })
    }
}

async fn world(plan: &Plan, base: &Path, lines: bool) -> Report {
    let mut world = World::new(plan, base, Trace::new(lines));
    let end = plan.steps.iter().map(|(_, step)| step.at).max().unwrap_or(0) + 2_000;
    world.run_until(end).await;
    world.heal().await;
    if world.wrong.is_none() {
        world.laws().await;
    }
    Report {
        wrong: world.wrong.take(),
        hash: world.trace.hash(),
        events: world.trace.events,
        ms: world.time.now(),
        commands: world.desks.iter().map(|desk| desk.acts.len()).sum(),
        pieces: world.house.disk.pieces(),
        statements: world.desks.iter().map(|desk| desk.dooms.borrow().values().map(|doom| doom.count).sum::<u64>()).next().unwrap_or(0),
        lines: world.trace.lines(),
    }
}

/// The shortest history found that still fails: steps are left out, many at once and then one by one, as long as something does
/// not hold without them.
#[must_use]
pub fn shrink(ground: &Ground, plan: &Plan) -> Plan {
    let mut best = plan.clone();
    let mut size = best.places().len().div_ceil(2).max(1);
    loop {
        let places = best.places();
        let shorter = places.chunks(size).find_map(|part| {
            let kept: Vec<usize> = places.iter().copied().filter(|place| !part.contains(place)).collect();
            let shorter = plan.keeping(&kept);
            ground.run(&shorter, false).wrong.is_some().then_some(shorter)
        });
        match shorter {
            Some(shorter) => best = shorter,
            None if size == 1 => return best,
            None => size = size.div_ceil(2),
        }
    }
}
