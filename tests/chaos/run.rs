//! One run: everybody acts, things break, everything is mended, and the checker looks.

use e2e::folder::TempFolder;
use std::{path::PathBuf, time::Duration};
use tokio::{sync::watch, task::JoinSet};

use crate::{
    Done, Options,
    check::{self, Evidence},
    client::Client,
    dice::Dice,
    files::Carrier,
    house::{House, STAFF},
    network, said, stampede,
    station::Station,
    storm::{Storm, Tally, lasting},
    witness::Witness,
};

/// Within which time everybody must have come to rest once everything is mended. A desk that was told to ask pages for ten minutes
/// is at rest all the same.
const BOUND: Duration = Duration::from_secs(180);
/// The room on the disk of a server that may become full, in MiB; as much again comes with every second, more than is uploaded in one: it
/// shall be full when it is filled, and not for ever.
const ROOM: u64 = 512;
/// How many findings are told.
const MOST: usize = 20;

pub(crate) async fn run(options: &Options) -> Done<()> {
    if let Some(desks) = options.stampede {
        println!("{}", stampede::run(desks).await?);
        return Ok(());
    }
    if options.network {
        return network::run(options.requests, options.walked, options.minutes).await;
    }
    let folder = TempFolder::new("chaos");
    let mut house =
        if options.postgres { House::on_postgres(options.instances).await } else { House::on_sqlite(Some(room(options))).await? };
    let mut desks: Vec<Station> = (0..STAFF.len())
        .map(|n| Station::new(n, folder.path().join(format!("desk-{n}")), &house.base, options.seed.wrapping_add(1 + n as u64)))
        .collect::<Done<_>>()?;
    let ran = live(options, &mut house, &mut desks, folder.path().to_owned()).await;
    match ran {
        Ok(told) => {
            println!("{told}");
            Ok(())
        }
        Err(why) => {
            // What is left is evidence; only the processes go.
            house.servers.iter_mut().for_each(e2e::server::Server::kill);
            let why = format!(
                "seed {}: {why}\n(desks and logs: {}, server: {})",
                options.seed,
                folder.path().display(),
                house.servers[0].folder().display()
            );
            std::mem::forget((folder, house, desks));
            Err(why)
        }
    }
}

async fn live(options: &Options, house: &mut House, desks: &mut [Station], folder: PathBuf) -> Done<String> {
    let (rest, rests) = watch::channel(false);
    let (end, ends) = watch::channel(false);
    let (mut reading, mut clients, mut witnesses) = (JoinSet::new(), Vec::new(), Vec::new());
    for (n, server) in house.servers.iter().enumerate() {
        witnesses.push(folder.join(format!("witness-{n}.log")));
        let mut witness = Witness::new(&server.base, &witnesses[n])?;
        witness.begin().await?;
        reading.spawn(witness.watch(ends.clone()));
    }
    let mut acting = JoinSet::new();
    for n in 0..options.clients {
        clients.push(folder.join(format!("client-{n}.log")));
        let client = Client::register(&house.base, n, options.seed.wrapping_add(100 + n as u64), &clients[n]).await?;
        acting.spawn(client.act(rests.clone()));
    }
    let carrier = folder.join("carrier.log");
    acting.spawn(Carrier::new(&house.base, options.seed.wrapping_add(1_000), &carrier)?.carry(rests.clone()));
    for desk in desks.iter_mut() {
        desk.start()?;
    }
    let mut storm = Storm { house, desks, dice: Dice::new(options.seed), tally: Tally::default() };
    storm.blow(lasting(Duration::from_secs_f64(options.minutes * 60.0))).await?;
    let tally = storm.tally;
    for desk in desks.iter_mut() {
        desk.say("rest").await?;
    }
    rest.send_replace(true);
    all(&mut acting, "the clients, or whoever uploads,").await?;
    come_to_rest(house, desks).await?;
    end.send_replace(true);
    all(&mut reading, "the readers of the feed").await?;
    for desk in desks.iter_mut() {
        desk.end().await?;
    }
    house.close().await?;
    let evidence = Evidence {
        database: house.database.clone(),
        server: house.servers[0].folder().to_owned(),
        files: house.files.clone(),
        desks: desks.iter().map(|desk| desk.folder.clone()).collect(),
        clients,
        carrier,
        witnesses,
    };
    look(options, house, evidence, tally).await
}

/// The room on that disk for a run as long as this.
fn room(options: &Options) -> u32 {
    let seconds = Duration::try_from_secs_f64(options.minutes * 60.0).unwrap_or_default().as_secs();
    u32::try_from(ROOM + seconds).unwrap_or(u32::MAX)
}

async fn all(tasks: &mut JoinSet<Done<()>>, who: &str) -> Done<()> {
    let end = async {
        while let Some(ended) = tasks.join_next().await {
            ended.map_err(said)??;
        }
        Ok(())
    };
    tokio::time::timeout(BOUND, end).await.map_err(|_| format!("{who} never come to rest"))?
}

/// Waits until every desk stands at the server's head and has nothing to send.
async fn come_to_rest(house: &House, desks: &mut [Station]) -> Done<()> {
    let (end, token) = (lasting(BOUND), house.log_in().await?);
    loop {
        let head = house.head(&token).await?;
        let stands = desks.iter_mut().map(Station::stand).collect::<Done<Vec<i64>>>()?;
        if stands.iter().all(|stand| *stand == head) {
            return Ok(());
        }
        if tokio::time::Instant::now() > end {
            return Err(format!("the desks never come to rest: the head is {head}, they stand at {stands:?} (-1: something waits)"));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn look(options: &Options, house: &House, evidence: Evidence, tally: Tally) -> Done<String> {
    house.servers[0].try_run(&["audit", "verify"], "").map_err(|said| format!("audit verify: {said}"))?;
    let (count, wrong) = check::everything(&evidence).await?;
    let where_ = if options.postgres { format!("PostgreSQL, {} instances", house.servers.len()) } else { "SQLite".to_owned() };
    let Tally { servers_killed, desks_killed, frozen, cut, database_restarts, disks_full, house_disk_full } = tally;
    let told = format!(
        "chaos: {where_}, seed {}, {} min: servers killed {servers_killed}, desks killed {desks_killed}, instances frozen {frozen}, \
         connections cut {cut}, database restarted {database_restarts}, disks full {disks_full} (of the house {house_disk_full})\n\
         chaos: commands pressed {}, judged {} (applied {}), promised to clients {}, refused to them {}, numbers {}, records {}, lines \
         heard by readers {}\n\
         chaos: files {}, versions {}, sent by hand {}",
        options.seed,
        options.minutes,
        count.given,
        count.commands,
        count.applied,
        count.promised,
        count.refused,
        count.numbers,
        count.records,
        count.heard,
        count.files,
        count.versions,
        count.sent,
    );
    if wrong.is_empty() {
        return Ok(format!("{told}\nchaos: everything holds"));
    }
    let first: Vec<&str> = wrong.iter().take(MOST).map(String::as_str).collect();
    Err(format!("{told}\nchaos: {} findings\n  {}", wrong.len(), first.join("\n  ")))
}
