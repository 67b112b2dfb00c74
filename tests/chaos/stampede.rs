//! No stampede: the server of many live desks is restarted; how many arrive in any one second, and when the last is back.
//!
//! Each desk is the real engine over HTTP with an outbox of its own, as a locked desk has it: it follows the feed and keeps nothing.

use domain::wire::{DeviceName, Login};
use e2e::{
    folder::TempFolder,
    proxy::{Proxy, Weather},
    server::Server,
};
use mirror::{Drawer, Key};
use std::{path::Path, sync::Arc, time::Duration};
use sync::{Clock, Engine, Files, Handle, Http, News, Parts, Tokens, Transport, Watcher};
use tokio::time::Instant;

use crate::{
    Done,
    house::{House, STAFF},
    said,
    seat::{Forgetful, PASSWORD},
    storm::lasting,
};

/// At most so many arrivals in any second (issue 3, section 2).
const MOST: usize = 100;
/// By then all are back (issue 3, section 2).
const BACK: Duration = Duration::from_secs(30);

struct Deaf;
impl Watcher for Deaf {
    fn told(&self, _: News) {}
}

/// Restarts the server of so many desks, twice: killed, and asked to end.
pub(crate) async fn run(desks: usize) -> Done<String> {
    let mut house = House::on_sqlite(None).await?;
    let way = Proxy::start(std::slice::from_ref(&house.base), Weather::FINE).await;
    let folder = TempFolder::new("stampede");
    let followers = begin(desks, &way.base, folder.path()).await?;
    let server = &mut house.servers[0];
    until_back(server, desks, Duration::from_secs(120)).await?;
    let (mut told, mut misses) = (format!("chaos: {desks} desks follow one server"), 0);
    for (how, away) in [("killed", 500), ("killed", 2_000), ("killed", 10_000), ("asked to end", 300)] {
        if how == "killed" {
            server.kill();
        } else {
            server.terminate();
            server.exit_code().await;
        }
        tokio::time::sleep(Duration::from_millis(away)).await;
        server.restart().await;
        let begun = Instant::now();
        let back = until_back(server, desks, 4 * BACK).await?;
        let most = most_in_a_second(&way.arrivals(), begun);
        misses += usize::from(most > MOST || back > BACK);
        told.push_str(&format!(
            "\nchaos: {how}, away for {away} ms: at most {most} arrivals in a second, all back after {:.1} s",
            back.as_secs_f64()
        ));
    }
    stop_all(followers).await;
    if misses == 0 { Ok(told) } else { Err(format!("{told}\nchaos: that is a stampede ({misses} of 4)")) }
}

async fn stop_all(followers: Vec<Handle>) {
    for follower in followers {
        follower.stop().await;
    }
}

async fn begin(desks: usize, base: &str, folder: &Path) -> Done<Vec<Handle>> {
    let transport = Http::new(base).map_err(said)?;
    let device = Some(DeviceName { name: "Kerumunan".to_owned(), platform: "linux".to_owned() });
    let login = Login { email: STAFF[0].0.to_owned(), password: PASSWORD.to_owned(), device, code: None };
    let session = transport.login(&login).await.map_err(said)?;
    let mut all = Vec::with_capacity(desks);
    for n in 0..desks {
        let clock = Arc::new(desk::SystemClock::default());
        let place = folder.join(n.to_string());
        let (drawer, _) = Drawer::open(&place, &Key::new([7; 32]), clock.utc(), None).await.map_err(said)?;
        all.push(Engine::start(Parts {
            files: Files::Outbox(drawer),
            // Connections of its own, as every desk has.
            transport: Arc::new(Http::new(base).map_err(said)?),
            clock,
            tokens: Tokens::logged_in(&session, Arc::new(Forgetful)),
            watcher: Arc::new(Deaf),
            offset_ms: 0,
            as_of: None,
            paused: false,
        }));
    }
    Ok(all)
}

/// Waits until the server counts so many live streams; how long that took.
async fn until_back(server: &Server, desks: usize, most: Duration) -> Done<Duration> {
    let (begun, end) = (Instant::now(), lasting(most));
    loop {
        let there = streams(server).await.unwrap_or(0);
        if there >= desks {
            return Ok(begun.elapsed());
        }
        if Instant::now() > end {
            return Err(format!("{there} of {desks} desks are back after {} s", most.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn streams(server: &Server) -> Done<usize> {
    let text = reqwest::get(format!("{}/metrics", server.ops)).await.map_err(said)?.text().await.map_err(said)?;
    let line = text.lines().find(|line| line.starts_with("meja_live_streams") && line.contains("desk"));
    let value = line.and_then(|line| line.rsplit(' ').next()?.split('.').next()?.parse().ok());
    value.ok_or_else(|| "the server does not count its streams".to_owned())
}

/// The most connections that were made within one second, from this moment on.
fn most_in_a_second(arrivals: &[Instant], from: Instant) -> usize {
    let all: Vec<Instant> = arrivals.iter().copied().filter(|at| *at >= from).collect();
    let within = |at: &Instant| all.iter().filter(|it| **it >= *at && **it < *at + Duration::from_secs(1)).count();
    all.iter().map(within).max().unwrap_or(0)
}
