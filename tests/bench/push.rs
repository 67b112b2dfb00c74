//! From a press on desk A to the committed row in desk B's mirror.

use domain::{
    id::{CommandId, RecordId},
    record::{Kind, RecordRef},
};
use mirror::{Given, Submission};
use serde_json::json;
use sync::News;

use crate::{
    desk::{Desk, Done, Heard, next, now, said},
    figures::{Sheet, micros_each, percentile},
    first_sync,
    world::{BUDI, SARI, World},
};

/// How often it is done.
const TIMES: usize = 200;

pub(crate) async fn measure(world: &mut World, runs: usize, sheet: &mut Sheet) -> Done<()> {
    let (one, other) = (world.mirror().await?, first_sync::synced(&world.server.base, BUDI).await?);
    let (mut a, _) = Desk::log_in(one.path(), &world.server.base, SARI).await?;
    let (mut b, _) = Desk::log_in(other.path(), &world.server.base, BUDI).await?;
    let (mut heard_a, mut heard_b) = (a.connect(), b.connect());
    a.until_whole(&mut heard_a).await?;
    b.until_whole(&mut heard_b).await?;
    let targets = waiting(&a, 1).await?;
    let target = *targets.first().ok_or("nothing waits on this server")?;
    for _ in 0..runs {
        let before = world.process()?.cpu();
        let mut spans = Vec::with_capacity(TIMES);
        for n in 0..TIMES {
            // A record of its own each time, so that nothing waits for anything else.
            let note = Fresh::new();
            let name = RecordRef::new(Kind::Note, RecordId::from_uuid(note.0.uuid()));
            while heard_b.try_recv().is_ok() {}
            let start = now();
            give(&a, "note.add", json!({"id": note, "record": target, "text": format!("Catatan ukur {n}")})).await?;
            a.engine()?.given();
            spans.push(until_there(&mut heard_b, name).await? - start);
        }
        sheet.note("push_p50_ms", percentile(&mut spans, 0.50));
        sheet.note("push_p99_ms", percentile(&mut spans, 0.99));
        // From outside: of a command taken, judged, committed, and told to both desks.
        sheet.note("server_cpu_us_per_push", micros_each(world.process()?.cpu() - before, TIMES));
    }
    a.close().await?;
    b.close().await
}

/// A new id; of what, the caller knows.
#[derive(Clone, Copy, serde::Serialize)]
#[serde(transparent)]
pub(crate) struct Fresh(CommandId);

impl Fresh {
    /// Makes one.
    pub(crate) fn new() -> Self {
        use desk::Ids as _;
        let at = sync::Clock::utc(&desk::SystemClock::default());
        Self(CommandId::from_uuid(desk::SystemIds.uuid(at)))
    }
}

/// The first so many requests that wait.
pub(crate) async fn waiting(desk: &Desk, most: u32) -> Done<Vec<RecordRef>> {
    let ask = mirror::queries::InboxAsk { view: mirror::queries::View::Requests, limit: most, ..Default::default() };
    let page = desk.cabinet.inbox(&ask, desk.utc()).await.map_err(said)?;
    Ok(page.rows.iter().map(|row| row.item.record()).collect())
}

/// Puts a command into the outbox.
pub(crate) async fn give(desk: &Desk, name: &str, args: serde_json::Value) -> Done<()> {
    let given = Given { id: Fresh::new().0, name: name.to_owned(), args, seen: Vec::new(), seen_at: desk.utc(), held_until: None };
    match desk.cabinet.submit(given, desk.utc()).await.map_err(said)? {
        Submission::Taken(_) => Ok(()),
        Submission::Refused(refusal) => Err(format!("{name} was refused: {refusal:?}")),
    }
}

async fn until_there(heard: &mut Heard, name: RecordRef) -> Done<std::time::Instant> {
    loop {
        if let (at, News::Applied(applied)) = next(heard).await?
            && applied.changed.contains(&name)
        {
            return Ok(at);
        }
    }
}
