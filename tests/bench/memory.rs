//! What server and desk hold in memory, and a list of so many.

use domain::time::UtcMillis;
use mirror::queries::{InboxAsk, View};
use std::path::Path;

use crate::{
    apart::{apart, finished, said_of},
    desk::{Desk, Done, now, said},
    figures::{Sheet, ms, percentile},
    outside::Process,
    world::{SARI, World},
};

pub(crate) async fn measure(world: &mut World, runs: usize, sheet: &mut Sheet) -> Done<()> {
    let folder = world.mirror().await?;
    for _ in 0..runs {
        let output = finished(apart(&["--hold", &folder.path().display().to_string(), &world.server.base])?).await?;
        sheet.note("desk_rss_mb", said_of("memory", &output)?);
        sheet.note("list_50_ms", said_of("list", &output)?);
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().filter(|line| line.starts_with("found")).for_each(|line| println!("bench: {line} ms"));
        sheet.note("search_first_ms", said_of("search-first", &output)?);
        sheet.note("search_ms", said_of("search", &output)?);
        sheet.note("desk_searched_rss_mb", said_of("searched-memory", &output)?);
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
    search(&desk).await?;
    println!("searched-memory {}", Process::own().memory());
    desk.close().await
}

/// What a person types: a name, a letter, a number, a telephone number, a word of a topic, a mistake, and what is nowhere.
const TYPED: [&str; 8] = ["siti", "s", "kg 2026", "0812", "logo", "kusumawardhani", "wijaja", "tidak ada di mana pun"];

/// The first search, for which everything is read that can be found; then the slowest of what a person types, each looked for in
/// all the places where the palette looks.
async fn search(desk: &Desk) -> Done<()> {
    let start = now();
    find(desk, "rani").await?;
    println!("search-first {}", ms(now() - start));
    // One after another, as a person goes from word to word: what was looked for last is remembered.
    let mut spans = TYPED.map(|text| (text, Vec::new()));
    for _ in 0..20 {
        for (text, spans) in &mut spans {
            let start = now();
            find(desk, text).await?;
            spans.push(now() - start);
        }
    }
    let mut worst = 0.0_f64;
    for (text, mut spans) in spans {
        let middle = percentile(&mut spans, 0.50);
        println!("found «{text}» {middle:.2}");
        worst = worst.max(middle);
    }
    println!("search {worst}");
    Ok(())
}

async fn find(desk: &Desk, text: &str) -> Done<()> {
    let at = desk.utc();
    for view in [View::Waiting, View::Snoozed, View::Answered] {
        let ask = InboxAsk { view, text: text.to_owned(), limit: 8, ..InboxAsk::default() };
        desk.cabinet.inbox(&ask, at).await.map_err(said)?;
    }
    desk.cabinet.clients(text, 20, at).await.map_err(said)?;
    desk.cabinet.notes(text, 8, at).await.map_err(said)?;
    Ok(())
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
