//! World after world, on several threads side by side, until a number or a time is reached, or one fails.

use anyhow::{Result, bail};
use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    time::{Duration, Instant},
};
use torture::{Ground, Plan, Report, shrink};

use crate::Options;

/// How long a world may take of the system's own time: a thousand times what it does. Whoever goes round in it without a pause keeps it
/// from ever coming to rest, and then nobody but a clock outside can say so.
const ENDLESS: Duration = Duration::from_secs(180);

/// What ran so far.
#[derive(Default)]
struct Sum {
    ran: u64,
    failed: u64,
    commands: usize,
    events: u64,
    /// The first failure, where the others are not waited for.
    first: Option<(u64, String)>,
}

struct Run<'a> {
    options: &'a Options,
    begun: Instant,
    limit: Option<Duration>,
    next: AtomicU64,
    sum: Mutex<Sum>,
    /// Of each thread, which seed it is at, and since when.
    at: Mutex<HashMap<usize, (u64, Instant)>>,
}

/// Runs them. A world has one thread, so several need nothing of each other.
pub(crate) fn many(options: &Options) -> Result<()> {
    let limit = options.minutes.map(|minutes| Duration::from_secs(minutes * 60));
    let run = Run { options, begun: now(), limit, next: AtomicU64::new(options.from), sum: Mutex::default(), at: Mutex::default() };
    std::thread::scope(|scope| {
        let (working, ended) = mpsc::channel::<()>();
        let run = &run;
        for job in 0..options.jobs.max(1) {
            let working = working.clone();
            drop(scope.spawn(move || {
                run.work(job);
                drop(working);
            }));
        }
        drop(working);
        // Every second, until all have ended.
        while ended.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
            run.must_get_on();
        }
    });
    let took = run.begun.elapsed().as_secs_f64();
    let Sum { ran, failed, commands, events, first } = run.sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    let each = took * 1_000.0 / ran.max(1) as f64;
    println!("{ran} seeds, {failed} failed; {commands} commands, {events} events; {took:.0} s, {each:.1} ms a seed");
    match first {
        Some((seed, why)) => tell(seed, &why),
        None if failed > 0 => bail!("{failed} seeds failed"),
        None => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "what takes how long is the system's own time")]
fn now() -> Instant {
    Instant::now()
}

impl Run<'_> {
    fn work(&self, job: usize) {
        stay_on_one_processor(job);
        let ground = Ground::new();
        while let Some(seed) = self.seed() {
            self.at().insert(job, (seed, now()));
            let plan = Plan::of(seed);
            let report = ground.run(&plan, false);
            let has_two = self.options.twice && ground.run(&plan, false).hash != report.hash;
            self.at().remove(&job);
            self.note(seed, if has_two { Report { wrong: Some("it has two histories".to_owned()), ..report } } else { report });
        }
    }
    /// Ends the program if a world does not: its thread cannot be stopped.
    fn must_get_on(&self) {
        if let Some((seed, _)) = self.at().values().find(|(_, since)| since.elapsed() >= ENDLESS) {
            println!("seed {seed}: it never comes to rest\n\n    cargo xtask torture --seed {seed}");
            std::process::exit(1);
        }
    }
    /// The next seed, if there is one.
    fn seed(&self) -> Option<u64> {
        let over = self.limit.is_some_and(|limit| self.begun.elapsed() >= limit) || self.sum().first.is_some();
        let seed = if over { return None } else { self.next.fetch_add(1, Ordering::Relaxed) };
        (seed - self.options.from < self.options.seeds).then_some(seed)
    }
    fn at(&self) -> MutexGuard<'_, HashMap<usize, (u64, Instant)>> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn sum(&self) -> MutexGuard<'_, Sum> {
        self.sum.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn note(&self, seed: u64, Report { wrong, commands, events, .. }: Report) {
        let mut sum = self.sum();
        (sum.ran, sum.commands, sum.events) = (sum.ran + 1, sum.commands + commands, sum.events + events);
        if let Some(why) = wrong {
            sum.failed += 1;
            println!("seed {seed}: {why}");
            if !self.options.all {
                sum.first.get_or_insert((seed, why));
            }
        }
        if sum.ran.is_multiple_of(1_000) {
            println!("{} seeds, {:.1} ms each", sum.ran, self.begun.elapsed().as_secs_f64() * 1_000.0 / sum.ran as f64);
        }
    }
}

/// Keeps this thread, and those of the files that it will begin, on one processor. One of them goes on at a time: handing on to a
/// thread on the same processor costs less than waking another processor up.
#[cfg(target_os = "linux")]
fn stay_on_one_processor(job: usize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(all) = sched_getaffinity(None) else { return };
    let may: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|n| all.is_set(*n)).collect();
    if let Some(n) = may.get(job % may.len().max(1)) {
        let mut one = CpuSet::new();
        one.set(*n);
        // Where it is not allowed, it only takes longer.
        let _ = sched_setaffinity(None, &one);
    }
}

#[cfg(not(target_os = "linux"))]
const fn stay_on_one_processor(_job: usize) {}

/// What failed, the shortest history found in which it does, and how to see that again.
fn tell(seed: u64, why: &str) -> Result<()> {
    println!("looking for a shorter history of seed {seed} …");
    let ground = Ground::new();
    let short = shrink(&ground, &Plan::of(seed));
    let again = ground.run(&short, false);
    let keep: Vec<String> = short.places().iter().map(ToString::to_string).collect();
    println!("{short}\n{}\n\n    cargo xtask torture --seed {seed} --keep {}", again.wrong.unwrap_or_default(), keep.join(","));
    bail!("seed {seed}: {why}")
}
