//! What server and desk hold in memory, and a list of so many.

use domain::time::UtcMillis;
use mirror::queries::{InboxAsk, View};
use std::path::Path;

use crate::{
    apart::{apart, finished, said_of},
    desk::{Desk, Done, now, said},
    figures::{Sheet, percentile},
    outside::Process,
    world::{SARI, World},
};

pub(crate) async fn measure(world: &mut World, runs: usize, sheet: &mut Sheet) -> Done<()> {
    let folder = world.mirror().await?;
    for _ in 0..runs {
        let output = finished(apart(&["--hold", &folder.path().display().to_string(), &world.server.base])?).await?;
        sheet.note("desk_rss_mb", said_of("memory", &output)?);
        sheet.note("list_50_ms", said_of("list", &output)?);
        sheet.note("server_rss_mb", world.process()?.memory());
    }
    Ok(())
}

/// A desk alone: opens the files, keeps in touch, reads every list, and says how long and how much.
pub(crate) async fn hold(folder: &Path, server: &str) -> Done<()> {
    let (mut desk, _) = Desk::log_in(folder, server, SARI).await?;
    let mut heard = desk.connect();
    desk.until_whole(&mut heard).await?;
    let mut worst = 0.0_f64;
    for view in [View::Waiting, View::Answered, View::Accepted, View::Rejected] {
        worst = worst.max(list(&desk, view, desk.utc()).await?);
    }
    println!("list {worst}");
    println!("memory {}", Process::own().memory());
    desk.close().await
}

async fn list(desk: &Desk, view: View, at: UtcMillis) -> Done<f64> {
    let ask = InboxAsk { view, limit: 50, ..InboxAsk::default() };
    let mut spans = Vec::new();
    for _ in 0..200 {
        let start = now();
        desk.cabinet.inbox(&ask, at).await.map_err(said)?;
        spans.push(now() - start);
    }
    Ok(percentile(&mut spans, 0.50))
}
