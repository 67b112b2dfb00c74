//! A network that is bad rather than dead: what a person notices of it, and how much goes over it.

use e2e::{
    folder::TempFolder,
    proxy::{Proxy, Weather},
};
use mirror::queries::InboxAsk;
use std::time::Duration;
use tokio::time::Instant;

use crate::{
    Done,
    acts::{Hand, Trouble},
    house::{House, STAFF},
    said,
    seat::Seat,
    storm::lasting,
};

/// How often connections are cut while a first copy is fetched.
const CUT: Duration = Duration::from_secs(8);

/// Measures against a server with so many requests: the first useful page and acts through a bad network, a first copy in spite of
/// cuts, and the bytes of an idle desk over so many minutes.
pub(crate) async fn run(requests: u32, walked: u32, idle: f64) -> Done<()> {
    println!("chaos: 300 ms there and back, 5 % of segments lost, 256 kbit/s each way");
    println!("{}", useful_page(&filled(requests).await?).await?);
    let (house, folder) = (filled(walked).await?, TempFolder::new("network"));
    println!("{}", first_copy(&house, &folder).await?);
    println!("{}", idle_desk(&house, &folder, idle).await?);
    Ok(())
}

/// A server with so many requests, and what belongs to them.
async fn filled(requests: u32) -> Done<House> {
    let house = House::on_sqlite(None).await?;
    let made = house.servers[0].try_run(&["demo-data", "--requests", &requests.to_string(), "--seed", "7"], "")?;
    println!("chaos: {}", made.trim());
    Ok(house)
}

async fn useful_page(house: &House) -> Done<String> {
    let way = Proxy::start(std::slice::from_ref(&house.base), Weather::BAD).await;
    let folder = TempFolder::new("network");
    let (seat, _heard) = Seat::open_afar(folder.path(), &way.base, STAFF[0].0).await?;
    let end = lasting(Duration::from_secs(60));
    let ask = InboxAsk { limit: 50, ..InboxAsk::default() };
    let (mut first, mut full) = (None, None);
    while full.is_none() && Instant::now() < end {
        let rows = seat.cabinet.inbox(&ask, seat.now()).await.map_err(said)?.rows.len();
        let now = seat.begun.elapsed();
        first = first.or((rows > 0).then_some(now));
        full = (rows == 50).then_some(now);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let acts = acts(&seat).await?;
    seat.engine.stop().await;
    let seconds = |span: Option<Duration>| span.map_or("never".to_owned(), |it| format!("{:.2} s", it.as_secs_f64()));
    Ok(format!("chaos: after the login answer: first rows {}, 50 rows {}\n{acts}", seconds(first), seconds(full)))
}

/// Lists and acts while the walk is under way through the same network.
async fn acts(seat: &Seat) -> Done<String> {
    let mut hand = Hand::new(5, STAFF[0].0);
    let mut spans = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        match hand.act(seat).await {
            Ok(()) | Err(Trouble::Full) => {}
            Err(Trouble::Broken(why)) => return Err(why),
        }
        spans.push(begun.elapsed());
    }
    spans.sort();
    let ms = |n: usize| spans[n].as_secs_f64() * 1_000.0;
    Ok(format!(
        "chaos: 200 times three lists and an act, meanwhile: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        ms(100),
        ms(198),
        ms(199)
    ))
}

async fn first_copy(house: &House, folder: &TempFolder) -> Done<String> {
    let way = Proxy::start(std::slice::from_ref(&house.base), Weather::BAD).await;
    let (seat, _heard) = Seat::open_afar(folder.path(), &way.base, STAFF[0].0).await?;
    let (mut cuts, end) = (0, lasting(Duration::from_secs(900)));
    let mut next = lasting(CUT);
    loop {
        let stand = seat.cabinet.stand().await.map_err(said)?;
        if stand.walked && stand.whole {
            break;
        }
        if Instant::now() > end {
            return Err(format!("a first copy does not end in spite of {cuts} cuts"));
        }
        if Instant::now() > next {
            way.cut();
            cuts += 1;
            next = lasting(CUT);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (took, records) = (seat.begun.elapsed(), seat.cabinet.tallies(seat.now()).await.map_err(said)?.records);
    seat.engine.stop().await;
    let kib = way.bytes().1 / 1_024;
    Ok(format!(
        "chaos: a first copy of {records} records, cut every {} s: {:.0} s, {cuts} cuts, {kib} KiB",
        CUT.as_secs(),
        took.as_secs_f64()
    ))
}

async fn idle_desk(house: &House, folder: &TempFolder, minutes: f64) -> Done<String> {
    let way = Proxy::start(std::slice::from_ref(&house.base), Weather::FINE).await;
    let (seat, _heard) = Seat::open_afar(folder.path(), &way.base, STAFF[0].0).await?;
    // What a start costs is no idleness.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = way.bytes();
    tokio::time::sleep(Duration::from_secs_f64(minutes * 60.0)).await;
    let after = way.bytes();
    seat.engine.stop().await;
    let bytes = after.0 - before.0 + after.1 - before.1;
    let per_hour = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) * 60.0 / minutes / 1_024.0;
    Ok(format!("chaos: an idle desk: {bytes} bytes in {minutes} min, {per_hour:.1} KiB in an hour without its token's four renewals"))
}
