//! `cargo xtask bench`: what Meja's promises of speed come to, each beside its goal or its limit in the same run.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod acts;
mod apart;
mod commands;
mod counting;
mod crowd;
mod desk;
mod figures;
mod files;
mod first_sync;
mod follow;
mod idle;
mod import;
mod limits;
mod live;
mod machine;
mod memory;
mod options;
mod outside;
mod push;
mod report;
mod start;
mod wire;
mod world;

use clap::Parser;
use std::{path::Path, process::ExitCode, time::Duration};

use desk::Done;
use figures::{Figures, Sheet, Size};
use machine::Machine;
use options::{Options, Role};
use world::{Filling, World};

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.to_string()),
    };
    match runtime.block_on(run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => failed(&why),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("bench: {why}");
    ExitCode::FAILURE
}

async fn run(options: &Options) -> Done<()> {
    match options.role() {
        Some(Role::Hold { folder, server }) => return memory::hold(Path::new(folder), server).await,
        Some(Role::Idle { folder, server }) => return idle::hold(Path::new(folder), server).await,
        Some(Role::Crowd { desks, server }) => return crowd::sync(desks, server).await,
        None => {}
    }
    let machine = Machine::look();
    println!("bench: {machine}");
    let mut figures = Figures::default();
    let done = measure(options, &mut figures).await;
    // What was measured before something went wrong took its time, and is said all the same.
    let at = sync::Clock::utc(&::desk::SystemClock::default()).to_string();
    let run = report::document(&figures, &machine, &at)?;
    report::print(&run, &machine, report::last().as_ref());
    report::write(&options.out()?, &run)?;
    done?;
    if options.keep {
        report::keep(&run)?;
    }
    if options.json {
        println!("{run}");
    }
    Ok(())
}

async fn measure(options: &Options, figures: &mut Figures) -> Done<()> {
    limits::measure(&mut figures.whole)?;
    if let Some(server) = &options.against {
        let mut sheet = Sheet::default();
        first_sync::measure(server, options.runs(), &mut sheet).await?;
        figures.take(Size::Large, options.large, sheet);
        return Ok(());
    }
    // Every desk that is live is a connection here, and one in the server, which has the same limit.
    rlimit::increase_nofile_limit(u64::MAX).map_err(|error| format!("the limit of open files: {error}"))?;
    for size in [Size::Small, Size::Large, Size::Huge] {
        if options.needs(size) {
            let (mut world, mut sheet) = (World::begin(Filling::Work(options.records(size))).await?, Sheet::default());
            let done = by_size(options, size, &mut world, &mut sheet).await;
            figures.take(size, options.records(size), sheet);
            done?;
            once(options, size, &mut world, &mut figures.whole).await?;
        }
    }
    notes(options, &mut figures.whole).await?;
    postgres(options, figures).await
}

/// What is measured in worlds of several sizes.
async fn by_size(options: &Options, size: Size, world: &mut World, sheet: &mut Sheet) -> Done<()> {
    let (does, runs) = (|part| options.does(part, size), options.runs());
    if does("sync") {
        let mirror = first_sync::measure(&world.server.base, runs, sheet).await?;
        world.keep_mirror(mirror);
    }
    if does("memory") {
        memory::measure(world, runs, sheet).await?;
    }
    if does("growth") {
        wire::measure(world, sheet).await?;
    }
    if does("push") {
        push::measure(world, runs, sheet).await?;
    }
    if does("acts") {
        acts::measure(world, runs, sheet).await?;
    }
    if does("start") {
        start::measure(world, sheet)?;
    }
    // Last: it adds tens of thousands of records.
    if does("commands") {
        commands::measure(world, runs, "commands_per_s", sheet).await?;
    }
    Ok(())
}

/// What is measured in one world only.
async fn once(options: &Options, size: Size, world: &mut World, sheet: &mut Sheet) -> Done<()> {
    if options.does("crowd", size) {
        crowd::measure(world, options.crowd, sheet).await?;
    }
    if options.does("files", size) {
        files::measure(world, sheet).await?;
    }
    if options.does("idle", size) {
        idle::measure(world, Duration::from_secs(options.idle), sheet).await?;
    }
    if options.does("live", size) {
        live::measure(world, options.live, options.live_seconds, sheet).await?;
    }
    // Last: it adds tens of thousands of records.
    if options.does("import", size) {
        import::measure(world, sheet).await?;
    }
    Ok(())
}

/// The first sync of records of about 300 bytes, for which its goal was set (issue 3); those of the work itself are three times as long, and have
/// more indexes.
async fn notes(options: &Options, whole: &mut Sheet) -> Done<()> {
    if !options.wants("notes") {
        return Ok(());
    }
    let (_, small) = first_sync_of_notes(options.small, options.runs()).await?;
    let (world, mut large) = first_sync_of_notes(options.large, options.runs()).await?;
    wire::measure(&world, &mut large).await?;
    for (key, sheet, inner) in [
        ("first_sync_20k_rows_per_s", &small, "first_sync_rows_per_s"),
        ("first_sync_200k_rows_per_s", &large, "first_sync_rows_per_s"),
        ("engine_limit_rows_per_s", &large, "engine_limit_rows_per_s"),
        ("first_sync_share_percent", &large, "first_sync_share_percent"),
        ("notes_wire_plain_bytes_per_record", &large, "wire_plain_bytes_per_record"),
    ] {
        whole.note(key, sheet.median(inner).ok_or("a figure is missing")?);
    }
    Ok(())
}

async fn first_sync_of_notes(records: u32, runs: usize) -> Done<(World, Sheet)> {
    let (world, mut sheet) = (World::begin(Filling::Notes(records)).await?, Sheet::default());
    first_sync::measure(&world.server.base, runs, &mut sheet).await?;
    Ok((world, sheet))
}

async fn postgres(options: &Options, figures: &mut Figures) -> Done<()> {
    if !options.wants("postgres") {
        return Ok(());
    }
    if std::env::var_os("MEJA_TEST_POSTGRES").is_none() {
        println!("bench: no PostgreSQL is measured: MEJA_TEST_POSTGRES names none (`cargo xtask bench` starts one)");
        return Ok(());
    }
    let world = World::on_postgres(options.small).await?;
    commands::measure(&world, options.runs(), "postgres_commands_per_s", &mut figures.whole).await
}
