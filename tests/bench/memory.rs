//! What server and desk hold in memory, and a list of so many, with the large server's records.

use domain::time::UtcMillis;
use e2e::{folder::TempFolder, server::Server};
use mirror::queries::{InboxAsk, View};
use std::{path::Path, process::Command};

use crate::{
    desk::{Desk, Done, now, said},
    figures::{Figures, percentile},
    world::{SARI, World},
};

pub(crate) async fn measure(world: &World, folder: TempFolder, figures: &mut Figures) -> Done<()> {
    let me = std::env::current_exe().map_err(said)?;
    let base = world.server.base.clone();
    let held = tokio::task::spawn_blocking(move || Command::new(me).arg("--hold").arg(folder.path()).arg(base).output());
    let output = held.await.map_err(said)?.map_err(said)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let value = |key: &str| text.lines().find_map(|l| l.strip_prefix(key)?.trim().parse::<f64>().ok());
    let (Some(memory), Some(list)) = (value("memory"), value("list")) else {
        return Err(format!("the desk did not say how it is: {text}{}", String::from_utf8_lossy(&output.stderr)));
    };
    figures.note("desk_rss_mb", memory);
    figures.note("list_50_of_200k_ms", list);
    figures.note("server_rss_mb", server(&world.server));
    Ok(())
}

fn server(server: &Server) -> f64 {
    server.pid().map_or(f64::NAN, |pid| resident(&pid.to_string()))
}

/// What a process holds in memory, in MB.
fn resident(pid: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1_024.0)
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
    println!("memory {}", resident("self"));
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
