//! From the login's answer to a whole mirror, closed.

use e2e::folder::TempFolder;
use mirror::{measure::Limit, queries::InboxAsk};

use crate::{
    desk::{Desk, Done, keys, next, now, said},
    figures::{Figures, ms, rate},
    world::SARI,
};

/// Measures the first sync of the server at this address; the folder with the finished files.
pub(crate) async fn measure(server: &str, size: &str, figures: &mut Figures) -> Done<TempFolder> {
    let (folder, copy) = (TempFolder::new("bench-desk"), TempFolder::new("bench-limit"));
    let (mut desk, answered) = Desk::log_in(folder.path(), server, SARI).await?;
    let mut heard = desk.connect();
    let ask = InboxAsk { limit: 50, ..InboxAsk::default() };
    while desk.cabinet.inbox(&ask, desk.utc()).await.map_err(said)?.rows.is_empty() {
        next(&mut heard).await?;
    }
    figures.note("first_page_ms", ms(now() - answered));
    desk.until_whole(&mut heard).await?;
    desk.close().await?;
    let took = now() - answered;

    std::fs::copy(folder.path().join("mirror.db"), copy.path().join("mirror.db")).map_err(said)?;
    let limit = Limit::open(copy.path(), &keys().mirror).await.map_err(said)?;
    let start = now();
    let rows = limit.copy().await.map_err(said)?;
    let limit = rate(rows, now() - start);
    let share = 100.0 * rate(rows, took) / limit;
    println!("bench: {rows} records in {:.2} s, {share:.0}% of a copy inside the engine ({limit:.0} rows/s)", took.as_secs_f64());
    if size == "20k" {
        figures.note("first_sync_20k_rows_per_s", rate(rows, took));
    } else {
        figures.note("first_sync_200k_rows_per_s", rate(rows, took));
        figures.note("engine_limit_rows_per_s", limit);
    }
    Ok(folder)
}
