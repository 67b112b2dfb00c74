//! From the login's answer to a whole mirror, closed.

use e2e::folder::TempFolder;
use mirror::{measure::Limit, queries::InboxAsk};

use crate::{
    desk::{Desk, Done, keys, next, now, said},
    figures::{Sheet, each, ms, rate},
    world::SARI,
};

/// Measures first syncs of the server at this address, each into a folder of its own; the last folder, with the finished files.
pub(crate) async fn measure(server: &str, runs: usize, sheet: &mut Sheet) -> Done<TempFolder> {
    let mut folder = once(server, sheet).await?;
    for _ in 1..runs {
        folder = once(server, sheet).await?;
    }
    Ok(folder)
}

async fn once(server: &str, sheet: &mut Sheet) -> Done<TempFolder> {
    let (folder, copy) = (TempFolder::new("bench-desk"), TempFolder::new("bench-limit"));
    let (mut desk, answered) = Desk::log_in(folder.path(), server, SARI).await?;
    let mut heard = desk.connect();
    let ask = InboxAsk { limit: 50, ..InboxAsk::default() };
    while desk.cabinet.inbox(&ask, desk.utc()).await.map_err(said)?.rows.is_empty() {
        next(&mut heard).await?;
    }
    sheet.note("first_page_ms", ms(now() - answered));
    desk.until_whole(&mut heard).await?;
    desk.close().await?;
    let took = now() - answered;

    let file = folder.path().join("mirror.db");
    std::fs::copy(&file, copy.path().join("mirror.db")).map_err(said)?;
    let limit = Limit::open(copy.path(), &keys().mirror).await.map_err(said)?;
    let start = now();
    let rows = limit.copy().await.map_err(said)?;
    let limit = rate(rows, now() - start);
    let share = 100.0 * rate(rows, took) / limit;
    println!("bench: {rows} records in {:.2} s, {share:.0}% of a copy inside the engine ({limit:.0} rows/s)", took.as_secs_f64());
    sheet.note("first_sync_rows_per_s", rate(rows, took));
    sheet.note("engine_limit_rows_per_s", limit);
    sheet.note("first_sync_share_percent", share);
    sheet.note("desk_disk_bytes_per_record", each(std::fs::metadata(&file).map_err(said)?.len(), rows));
    Ok(folder)
}

/// A whole mirror of the server at this address, without measuring anything.
pub(crate) async fn synced(server: &str, email: &str) -> Done<TempFolder> {
    let folder = TempFolder::new("bench-desk");
    let (mut desk, _) = Desk::log_in(folder.path(), server, email).await?;
    let mut heard = desk.connect();
    desk.until_whole(&mut heard).await?;
    desk.close().await?;
    Ok(folder)
}
