//! How many commands the server takes in a second, each answered after it is on the disk.

use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use sync::{Http, Transport};

use crate::{
    desk::{Done, now, said, session},
    figures::{Sheet, micros_each, rate},
    push::Fresh,
    world::{SARI, World},
};

/// Desks that send at the same time.
const DESKS: usize = 16;
/// Commands in one request.
const BATCH: usize = 50;
/// How long.
const FOR: Duration = Duration::from_secs(5);

/// Measures so often, and notes the rates under this key; beside them the server's processor time, as the system counts it.
pub(crate) async fn measure(world: &World, runs: usize, key: &'static str, sheet: &mut Sheet) -> Done<()> {
    let (http, session) = session(&world.server.base, SARI).await?;
    let token: Arc<str> = session.access_token.into();
    for _ in 0..runs {
        let (before, start) = (world.process()?.cpu(), now());
        let applied = flood(&http, &token).await?;
        sheet.note(key, rate(applied, now() - start));
        let cpu = world.process()?.cpu() - before;
        println!("bench: {:.0} µs of the server's processor time for each", micros_each(cpu, usize::try_from(applied).unwrap_or(1)));
    }
    Ok(())
}

/// As many commands as the server takes; how many it applied.
async fn flood(http: &Arc<Http>, token: &Arc<str>) -> Done<u64> {
    let applied = Arc::new(AtomicU64::new(0));
    let (start, mut desks) = (now(), Vec::new());
    for desk in 0..DESKS {
        let (http, token, applied) = (Arc::clone(http), Arc::clone(token), Arc::clone(&applied));
        desks.push(tokio::spawn(async move {
            let mut n = 0_usize;
            while now() - start < FOR {
                let outcomes = http.commands(&token, batch(desk, &mut n)).await.map_err(|e| format!("{e:?}"))?.outcomes;
                let good = outcomes.iter().filter(|o| o.code.is_none() && o.seq.is_some()).count();
                if good < outcomes.len() {
                    return Err(format!("refused: {:?}", outcomes.iter().find(|o| o.code.is_some())));
                }
                applied.fetch_add(u64::try_from(good).unwrap_or(0), Ordering::Relaxed);
            }
            Ok(())
        }));
    }
    for desk in desks {
        desk.await.map_err(said)??;
    }
    Ok(applied.load(Ordering::Relaxed))
}

/// Commands that nothing refuses: new clients.
fn batch(desk: usize, n: &mut usize) -> String {
    let one = |_| {
        *n += 1;
        let letters: String = format!("{desk:02}{n:06}").bytes().map(|b| char::from(b - b'0' + b'a')).collect();
        json!({"id": Fresh::new(), "v": 1, "name": "client.create", "args": {"id": Fresh::new(), "name": format!("Ukur {letters}")}})
    };
    json!({"commands": (0..BATCH).map(one).collect::<Vec<_>>()}).to_string()
}
