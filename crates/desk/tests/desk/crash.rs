//! What a panic leaves: nothing of what it met, offered at the next start until somebody has seen it.

use bridge::{Crash, CrashHow};
use desk::Crashes;
use std::fs;

use crate::world::World;

/// The name of the thread that breaks off: other tests' panics are none of ours.
const BREAKS: &str = "breaks-off";

/// Lets a thread break off with what a client wrote in its message.
#[expect(clippy::panic, reason = "it is what a panic leaves that is looked at")]
fn break_off(world: &World) {
    let (crashes, before) = (Crashes::new(world.data(), "0.1.0"), std::panic::take_hook());
    std::panic::set_hook(Box::new(
        move |panic| {
            if std::thread::current().name() == Some(BREAKS) { crashes.keep(panic) } else { before(panic) }
        },
    ));
    for name in ["Rani Kusumawardani", "Budi Laksana"] {
        let broken = std::thread::Builder::new().name(BREAKS.to_owned()).spawn(move || panic!("no {name}, 0812-3456-7890"));
        assert!(broken.unwrap().join().is_err(), "it breaks off");
    }
}

#[tokio::test]
async fn a_panic_is_offered_at_the_next_start_without_what_it_met_until_somebody_has_seen_it() {
    let world = World::new(1, 0);
    break_off(&world);
    let seat = world.log_in().await;
    let look = async |how| seat.desk.crash(Crash { how }).await.unwrap();
    let report = look(CrashHow::Look).await.report.expect("it is offered");
    assert!(report.text.contains("crash.rs:"), "{}", report.text);
    for personal in ["Rani", "Budi", "0812", "home", "root", "/", "\\"] {
        assert!(!report.text.contains(personal), "{personal} in {}", report.text);
    }
    assert!(look(CrashHow::Look).await.report.is_some(), "looking changes nothing");
    let saved = look(CrashHow::Save).await;
    assert_eq!(fs::read_to_string(saved.saved.unwrap().path).unwrap(), report.text, "what is written out is what was read");
    assert!(saved.report.is_none() && look(CrashHow::Look).await.report.is_none());
    seat.quit().await;
    let seat = world.open().await;
    assert!(seat.desk.crash(Crash { how: CrashHow::Look }).await.unwrap().report.is_none(), "also at the next start");
}

#[tokio::test]
async fn a_report_that_is_thrown_away_is_written_nowhere() {
    let world = World::new(1, 0);
    fs::write(world.data().join("crash.txt"), "2026-11-24T03:22:00.000Z\nMeja 0.1.0, linux x86_64\nlisten.rs:98:13\n").unwrap();
    let seat = world.log_in().await;
    assert!(seat.desk.crash(Crash { how: CrashHow::Look }).await.unwrap().report.is_some());
    let reply = seat.desk.crash(Crash { how: CrashHow::Discard }).await.unwrap();
    assert_eq!((reply.report, reply.saved), (None, None));
    assert_eq!(fs::read_dir(world.downloads.path()).unwrap().count(), 0);
    assert!(!world.has_file("crash.txt"));
}
