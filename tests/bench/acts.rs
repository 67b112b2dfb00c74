//! A person's own acts: how soon they are shown, and how soon a long queue is gone once there is a line.

use e2e::folder::TempFolder;
use mirror::queries::InboxAsk;
use serde_json::json;

use crate::{
    desk::{Desk, Done, next, now, said},
    figures::{Figures, ms, percentile},
    push::{Fresh, give, waiting},
    world::{SARI, World},
};

/// How many commands wait for the line.
const QUEUED: usize = 500;

pub(crate) async fn measure(world: &World, figures: &mut Figures) -> Done<()> {
    let folder = TempFolder::new("bench-acts");
    let (mut desk, _) = Desk::log_in(folder.path(), &world.server.base, SARI).await?;
    let mut heard = desk.connect();
    desk.until_whole(&mut heard).await?;
    let targets = waiting(&desk, 50).await?;
    desk.close().await?;

    let (mut desk, _) = Desk::log_in(folder.path(), &world.server.base, SARI).await?;
    let ask = InboxAsk { limit: 50, ..InboxAsk::default() };
    let mut spans = Vec::with_capacity(QUEUED);
    for n in 0..QUEUED {
        let target = targets[n % targets.len().max(1)];
        let start = now();
        give(&desk, "note.add", json!({"id": Fresh::new(), "record": target, "text": format!("Catatan tanpa jaringan {n}")})).await?;
        desk.cabinet.inbox(&ask, desk.utc()).await.map_err(said)?;
        spans.push(now() - start);
    }
    // With few in the queue, as a person has them; the whole queue is what the next figure is about.
    figures.note("local_act_p50_ms", percentile(&mut spans[..100], 0.50));
    println!("bench: local act with up to {QUEUED} in the queue, p50 {:.2} ms", percentile(&mut spans, 0.50));

    let start = now();
    let mut heard = desk.connect();
    while desk.cabinet.tallies(desk.utc()).await.map_err(said)?.queued > 0 {
        next(&mut heard).await?;
    }
    figures.note("drain_500_ms", ms(now() - start));
    let tallies = desk.cabinet.tallies(desk.utc()).await.map_err(said)?;
    if tallies.refused + tallies.conflicts > 0 {
        return Err(format!("of the queue some were refused: {tallies:?}"));
    }
    desk.close().await
}
