//! A desk with nothing to do: what it takes of the processor, and what it sends and hears, measured from outside.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    time::Duration,
};

use crate::{
    apart::{apart, finished},
    counting::Counting,
    desk::{Desk, Done, now, said},
    figures::Sheet,
    outside::Process,
    world::{SARI, World},
};

/// How long a desk is left alone after it has everything.
const SETTLED: Duration = Duration::from_secs(10);

/// Measures one desk for so long.
pub(crate) async fn measure(world: &mut World, span: Duration, sheet: &mut Sheet) -> Done<()> {
    let (folder, way) = (world.mirror().await?, Counting::to(&world.server.base).await?);
    let mut child = apart(&["--idle-desk", &folder.path().display().to_string(), &way.base])?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let whole = tokio::task::spawn_blocking(move || BufReader::new(stdout).lines().map_while(Result::ok).any(|line| line == "whole"));
    if !whole.await.map_err(said)? {
        let output = finished(child).await?;
        return Err(format!("the idle desk ended: {}", String::from_utf8_lossy(&output.stderr)));
    }
    tokio::time::sleep(SETTLED).await;
    let (desk, server) = (Process(child.id()), world.process()?);
    let (desk_cpu, server_cpu, bytes, start) = (desk.cpu(), server.cpu(), way.bytes(), now());
    tokio::time::sleep(span).await;
    let took = (now() - start).as_secs_f64();
    let percent = |cpu: Duration| 100.0 * cpu.as_secs_f64() / took;
    sheet.note("idle_desk_cpu_percent", percent(desk.cpu() - desk_cpu));
    sheet.note("idle_server_cpu_percent", percent(server.cpu() - server_cpu));
    let bytes = u32::try_from(way.bytes() - bytes).map_or(f64::NAN, f64::from);
    sheet.note("idle_desk_kib_per_hour", bytes / 1_024.0 * 3_600.0 / took);
    sheet.note("idle_desk_rss_mb", desk.memory());
    finished(child).await.map(drop)
}

/// The desk alone: keeps in touch until its input is closed.
pub(crate) async fn hold(folder: &Path, server: &str) -> Done<()> {
    let (mut desk, _) = Desk::log_in(folder, server, SARI).await?;
    let mut heard = desk.connect();
    desk.until_whole(&mut heard).await?;
    desk.until_compared(&mut heard).await?;
    println!("whole");
    // Whoever listens to an engine takes what it tells.
    let listening = tokio::spawn(async move { while heard.recv().await.is_some() {} });
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await.map_err(said)?.map_err(said)?;
    desk.close().await?;
    listening.abort();
    Ok(())
}
