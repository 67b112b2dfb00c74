//! Figures: requests, commands by outcome, feed lag, live streams, batch sizes, and how requests and orders
//! fare. Labels are from bounded sets, and never about a person.

use domain::record::Kind;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use std::{sync::Arc, time::Duration};
use store::Store;
use tokio::sync::watch;

use crate::feed::Ring;

/// How often what must be looked up is looked up.
const EVERY: Duration = Duration::from_secs(15);

/// Says what each figure is.
pub fn describe() {
    describe_counter!("meja_http_requests_total", "Requests, by method, route and status");
    describe_histogram!("meja_http_request_seconds", Unit::Seconds, "Time to the head of the answer, by route");
    describe_counter!("meja_commands_total", "Commands, by name and outcome");
    describe_histogram!("meja_commit_operations", "Operations in one commit");
    describe_histogram!("meja_commit_seconds", Unit::Seconds, "Time of one commit");
    describe_counter!("meja_commits_split_total", "Commits that failed and were tried operation by operation");
    describe_counter!("meja_records_written_total", "Records written");
    describe_counter!("meja_state_changes_total", "Records that went into another state, by kind and state: how requests and orders fare");
    describe_gauge!("meja_live_streams", "Live streams, by audience");
    describe_counter!("meja_streams_ended_total", "Live streams that the server ended, by reason");
    describe_gauge!("meja_feed_head", "The last number that was given out");
    describe_gauge!("meja_feed_lag", "Numbers that are committed and not published");
    describe_counter!("meja_uploads_total", "Files that arrived whole, by what came of them");
    describe_counter!("meja_jobs_total", "Jobs, by outcome");
    describe_gauge!("meja_jobs_dead", "Jobs that were given up and wait for a person");
    describe_gauge!("meja_records", "Records, by kind");
    describe_gauge!("meja_up", "Whether the process runs");
    gauge!("meja_up").set(1.0);
}

/// Looks up what is not counted as it happens, until the server drains. `upkeep` is housekeeping
/// that whoever runs the process wants done as often.
pub async fn observe(store: Arc<dyn Store>, ring: Arc<Ring>, mut drain: watch::Receiver<bool>, upkeep: impl Fn() + Send) {
    loop {
        upkeep();
        if let Err(error) = look(&*store, &ring).await {
            tracing::debug!(%error, "figures could not be looked up");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = drain.changed() => return,
        }
    }
}

async fn look(store: &dyn Store, ring: &Ring) -> store::Result<()> {
    let mut snapshot = store.read().await?;
    let head = snapshot.head().await?.seq;
    gauge!("meja_feed_head").set(float(head));
    gauge!("meja_feed_lag").set(float(head.saturating_sub(ring.head().seq).max(0)));
    let dead = snapshot.dead_jobs(1_000).await?.len();
    gauge!("meja_jobs_dead").set(float(i64::try_from(dead).unwrap_or(i64::MAX)));
    for (kind, count) in snapshot.counts().await? {
        gauge!("meja_records", "kind" => Kind::wire(kind)).set(float(count));
    }
    Ok(())
}

/// A figure as the exporter wants it. Beyond 2^53 the last digits do not matter.
const fn float(n: i64) -> f64 {
    n as f64
}
