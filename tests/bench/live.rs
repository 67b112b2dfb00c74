//! Thousands of live desks on one server while people write: how soon each of them hears of it, and what the server needs for it.

use serde_json::json;
use std::{sync::Arc, time::Duration};
use sync::Transport;
use tokio::{
    sync::{mpsc::unbounded_channel, watch},
    task::JoinSet,
    time::{MissedTickBehavior, interval, timeout},
};

use crate::{
    desk::{Desk, Done, now, said, session},
    figures::{Sheet, percentile, rate},
    follow::{DIGITS, Due, Heard, MARK, follow},
    outside::Process,
    push::{Fresh, waiting},
    world::{PASSWORD, SARI, World},
};

/// How many writes a second.
const RATE: u32 = 50;
/// How many people sit at those desks: whose own writes are heard by one desk in so many.
const PEOPLE: usize = 20;
/// How many log in at once: a password costs the server 19 MiB each.
const DOORS: usize = 2;
/// How long the last writes may take to all desks before they count as not heard.
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures with so many desks: first writes that all of them hear, for so many seconds, then as long writes that one desk in
/// twenty hears.
pub(crate) async fn measure(world: &mut World, desks: usize, seconds: u32, sheet: &mut Sheet) -> Done<()> {
    let target = target(world).await?;
    let tokens = log_in(world, desks).await?;
    sheet.note("live_server_rss_before_mb", world.process()?.memory());
    let each = (seconds * RATE) as usize;
    let due = Arc::new(Due::new(2 * each));
    let ((stop, stopped), (greeted, mut greetings)) = (watch::channel(false), unbounded_channel());
    let address = world.server.base.trim_start_matches("http://").to_owned();
    let mut followers = JoinSet::new();
    for token in tokens.iter().cloned() {
        followers.spawn(follow(address.clone(), token, Arc::clone(&due), greeted.clone(), stopped.clone()));
    }
    drop(greeted);
    for _ in 0..desks {
        timeout(Duration::from_secs(60), greetings.recv()).await.map_err(|_| "not all streams were greeted within a minute".to_owned())?;
    }
    sheet.note("live_server_rss_idle_mb", world.process()?.memory());
    for (from, private) in [(0, false), (each, true)] {
        let load = Load { from, count: each, private, target: &target, due: &due };
        load.run(world, sheet).await?;
        if !private {
            sheet.note("live_server_rss_mb", world.process()?.memory());
        }
    }
    // What is under way arrives; a desk that has heard nothing by then has missed it.
    tokio::time::sleep(PATIENCE).await;
    stop.send_replace(true);
    let mut heard = Vec::with_capacity(desks);
    while let Some(follower) = followers.join_next().await {
        heard.push(follower.map_err(said)??);
    }
    note(&heard, each, sheet);
    Ok(())
}

/// A request that waits: what is written about.
async fn target(world: &mut World) -> Done<serde_json::Value> {
    let folder = world.mirror().await?;
    let (desk, _) = Desk::log_in(folder.path(), &world.server.base, SARI).await?;
    let target = waiting(&desk, 1).await?.first().map(|target| json!(target));
    desk.close().await?;
    target.ok_or_else(|| "nothing waits on this server".to_owned())
}

/// So many devices of twenty people, each with a session of its own; the first one's person writes.
async fn log_in(world: &World, desks: usize) -> Done<Vec<String>> {
    let mut people = vec![SARI.to_owned()];
    for n in 1..PEOPLE {
        let email = format!("meja-{n}@ruangkarsa.id");
        world.server.add_user(&email, "Ukur Meja", &["admin"], PASSWORD);
        people.push(email);
    }
    println!("bench: {desks} devices of {PEOPLE} people log in");
    let (people, base) = (Arc::new(people), Arc::new(world.server.base.clone()));
    let mut doors = JoinSet::new();
    for door in 0..DOORS {
        let (people, base) = (Arc::clone(&people), Arc::clone(&base));
        doors.spawn(async move {
            let mut tokens = Vec::new();
            for n in (door..desks).step_by(DOORS) {
                let (_, session) = session(&base, &people[n % PEOPLE]).await?;
                tokens.push(session.access_token);
            }
            Done::Ok(tokens)
        });
    }
    let mut tokens = Vec::with_capacity(desks);
    while let Some(door) = doors.join_next().await {
        tokens.extend(door.map_err(said)??);
    }
    Ok(tokens)
}

/// Writes at an even rate, whatever the server makes of it.
struct Load<'a> {
    from: usize,
    count: usize,
    /// Whether only the writer's own desks hear of it.
    private: bool,
    target: &'a serde_json::Value,
    due: &'a Arc<Due>,
}

impl Load<'_> {
    async fn run(&self, world: &World, sheet: &mut Sheet) -> Done<()> {
        let (http, session) = session(&world.server.base, SARI).await?;
        let (server, own) = (world.process()?, Process::own());
        let (server_before, own_before, start) = (server.cpu(), own.cpu(), now());
        let mut ticks = interval(Duration::from_secs(1) / RATE);
        // A write that could not be made in time is made at once: the load does not yield to the server.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut writes = JoinSet::new();
        for n in self.from..self.from + self.count {
            ticks.tick().await;
            self.due.now(n);
            let (http, token, body) = (Arc::clone(&http), session.access_token.clone(), self.body(n));
            writes.spawn(async move {
                let sent = now();
                let outcomes = http.commands(&token, body).await.map_err(|e| format!("{e:?}"))?.outcomes;
                if outcomes.iter().any(|outcome| outcome.code.is_some()) {
                    return Err(format!("refused: {outcomes:?}"));
                }
                Ok(now() - sent)
            });
        }
        let mut answers = Vec::with_capacity(self.count);
        while let Some(write) = writes.join_next().await {
            answers.push(write.map_err(said)??);
        }
        let took = now() - start;
        let share = |cpu: Duration| 100.0 * cpu.as_secs_f64() / took.as_secs_f64();
        let (server, own) = (share(server.cpu() - server_before), share(own.cpu() - own_before));
        println!(
            "bench: {:.0} writes/s: the server took {server:.0}% of a core, the desks that listen {own:.0}%",
            rate(u64::try_from(self.count).unwrap_or(0), took)
        );
        let (p99, cpu) = if self.private {
            ("live_own_command_p99_ms", "live_own_server_cpu_percent")
        } else {
            ("live_command_p99_ms", "live_server_cpu_percent")
        };
        sheet.note(p99, percentile(&mut answers, 0.99));
        sheet.note(cpu, server);
        Ok(())
    }
    fn body(&self, n: usize) -> String {
        let text = format!("{MARK}{n:0DIGITS$}");
        let args = json!({"id": Fresh::new(), "record": self.target, "text": text, "private": self.private});
        json!({"commands": [{"id": Fresh::new(), "v": 1, "name": "note.add", "args": args}]}).to_string()
    }
}

/// Notes how soon the writes were heard, and whether by all whom they are for.
fn note(heard: &[Heard], each: usize, sheet: &mut Sheet) {
    let times = |own: bool| -> Vec<Duration> {
        let all = heard.iter().flat_map(|h| &h.writes);
        all.filter(|(n, _)| (usize::try_from(*n).unwrap_or(0) >= each) == own).map(|(_, span)| *span).collect()
    };
    let (mut all, mut own) = (times(false), times(true));
    let ended = heard.iter().filter(|h| h.ended).count();
    println!("bench: {} and {} writes were heard by {} desks; {ended} streams were ended", all.len(), own.len(), heard.len());
    sheet.note("live_push_p50_ms", percentile(&mut all, 0.50));
    sheet.note("live_push_p99_ms", percentile(&mut all, 0.99));
    sheet.note("live_own_push_p99_ms", percentile(&mut own, 0.99));
    let count = |n: usize| u32::try_from(n).map_or(f64::NAN, f64::from);
    sheet.note("live_missed", count((each * heard.len()).saturating_sub(all.len())));
    sheet.note("live_streams_ended", count(ended));
}
