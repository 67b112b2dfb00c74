//! A person's own acts: how soon they are shown, and how soon a long queue is gone once there is a line.

use mirror::queries::InboxAsk;
use serde_json::json;

use crate::{
    desk::{Desk, Done, next, now, said},
    figures::{Sheet, ms, percentile},
    push::{Fresh, give, waiting},
    world::{SARI, World},
};

/// How many commands wait for the line.
const QUEUED: usize = 500;

pub(crate) async fn measure(world: &mut World, runs: usize, sheet: &mut Sheet) -> Done<()> {
    for _ in 0..runs {
        once(world, sheet).await?;
    }
    Ok(())
}

async fn once(world: &mut World, sheet: &mut Sheet) -> Done<()> {
    let folder = world.mirror().await?;
    let (mut desk, _) = Desk::log_in(folder.path(), &world.server.base, SARI).await?;
    // What was done since its files were copied is not what is measured.
    let mut heard = desk.connect();
    desk.until_compared(&mut heard).await?;
    desk.engine()?.stop().await;
    let targets = waiting(&desk, 50).await?;
    let ask = InboxAsk { limit: 50, ..InboxAsk::default() };
    let mut spans = Vec::with_capacity(QUEUED);
    for n in 0..QUEUED {
        let target = targets.get(n % targets.len().max(1)).ok_or("nothing waits on this server")?;
        let start = now();
        give(&desk, "note.add", json!({"id": Fresh::new(), "record": target, "text": format!("Catatan tanpa jaringan {n}")})).await?;
        desk.cabinet.inbox(&ask, desk.utc()).await.map_err(said)?;
        spans.push(now() - start);
    }
    // With few in the queue, as a person has them; the whole queue is what the next figure is about.
    sheet.note("local_act_p50_ms", percentile(&mut spans[..100], 0.50));
    println!("bench: local act with up to {QUEUED} in the queue, p50 {:.2} ms", percentile(&mut spans, 0.50));

    let start = now();
    let mut heard = desk.connect();
    while desk.cabinet.tallies(desk.utc()).await.map_err(said)?.queued > 0 {
        next(&mut heard).await?;
    }
    sheet.note("drain_500_ms", ms(now() - start));
    let tallies = desk.cabinet.tallies(desk.utc()).await.map_err(said)?;
    if tallies.refused + tallies.conflicts > 0 {
        return Err(format!("of the queue some were refused: {tallies:?}"));
    }
    desk.close().await
}
