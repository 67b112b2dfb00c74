//! Desks that sync for the first time all at once, and what somebody notices of it who writes meanwhile.

use e2e::folder::TempFolder;
use serde_json::json;
use std::{ops::ControlFlow, time::Duration};
use sync::Transport;
use tokio::task::JoinSet;

use crate::{
    apart::{elsewhere, finished, said_of},
    desk::{Desk, Done, now, said, session},
    figures::{Sheet, percentile},
    push::Fresh,
    world::{SARI, World},
};

/// How often the writer writes.
const EVERY: Duration = Duration::from_millis(10);
/// How many commands it gives alone, to compare with.
const ALONE: usize = 500;

/// Measures the writer alone, and then during the first sync of so many desks in a process of their own.
pub(crate) async fn measure(world: &World, desks: usize, sheet: &mut Sheet) -> Done<()> {
    let mut alone = write(world, |n| if n < ALONE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }).await?;
    sheet.note("crowd_alone_p99_ms", percentile(&mut alone, 0.99));
    let child = elsewhere(&["--crowd-desks", &desks.to_string(), &world.server.base])?;
    let crowd = tokio::spawn(finished(child));
    let mut during = write(world, |_| if crowd.is_finished() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }).await?;
    let output = crowd.await.map_err(said)??;
    println!("bench: {} commands during the first sync of {desks} desks", during.len());
    sheet.note("crowd_seconds", said_of("seconds", &output)?);
    sheet.note("crowd_command_p50_ms", percentile(&mut during, 0.50));
    sheet.note("crowd_command_p99_ms", percentile(&mut during, 0.99));
    Ok(())
}

/// One command after another, at most one every [`EVERY`], as long as it is told to go on; how long each took.
async fn write(world: &World, mut on: impl FnMut(usize) -> ControlFlow<()>) -> Done<Vec<Duration>> {
    let (http, session) = session(&world.server.base, SARI).await?;
    let (mut ticks, mut spans) = (tokio::time::interval(EVERY), Vec::new());
    while on(spans.len()).is_continue() {
        ticks.tick().await;
        let letters: String = spans.len().to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect();
        let args = json!({"id": Fresh::new(), "name": format!("Ramai {letters}")});
        let body = json!({"commands": [{"id": Fresh::new(), "v": 1, "name": "client.create", "args": args}]}).to_string();
        let start = now();
        let outcomes = http.commands(&session.access_token, body).await.map_err(|e| format!("{e:?}"))?.outcomes;
        spans.push(now() - start);
        if outcomes.iter().any(|outcome| outcome.code.is_some()) {
            return Err(format!("refused: {outcomes:?}"));
        }
    }
    Ok(spans)
}

/// The crowd: so many desks log in, begin at once, and end when all mirrors are whole.
pub(crate) async fn sync(desks: usize, server: &str) -> Done<()> {
    let mut all = Vec::with_capacity(desks);
    for _ in 0..desks {
        let folder = TempFolder::new("bench-crowd");
        let (desk, _) = Desk::log_in(folder.path(), server, SARI).await?;
        all.push((folder, desk));
    }
    let (start, mut syncing) = (now(), JoinSet::new());
    for (folder, mut desk) in all {
        syncing.spawn(async move {
            let mut heard = desk.connect();
            desk.until_whole(&mut heard).await?;
            desk.close().await?;
            drop(folder);
            Done::Ok(())
        });
    }
    while let Some(done) = syncing.join_next().await {
        done.map_err(said)??;
    }
    println!("seconds {}", (now() - start).as_secs_f64());
    Ok(())
}
