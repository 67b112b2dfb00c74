//! The line: none at the start, lost, mute, held back, behind a login page.

use domain::{
    status::Connection,
    time::{DAY, HOUR, SECOND},
};
use std::time::Duration;
use sync::{Clock, Event, Fault, News};
use testkit::{Model, Net, Op, problem, records::consultation};

use crate::desk::{Desk, other_accepts};
use domain::{records::ConsultationStatus::Accepted, status::CommandState};

#[tokio::test]
async fn no_network_at_the_start_is_no_error() {
    let net = Net::new(Model::with(3, 0));
    net.offline(true);
    let desk = Desk::new(&net).await;
    net.clock.sleeper(250..=500).await;
    assert_eq!(desk.line().connection, Connection::Reconnecting);
    for _ in 0..8 {
        net.clock.advance(5_000);
        desk.until("it is tried again", async |d| d.net.clock.next().is_some()).await;
    }
    desk.until("it is called offline", async |d| d.line().connection == Connection::Offline).await;
    assert!(desk.line().offline_since.is_some());
    net.offline(false);
    desk.handle.sync_now();
    desk.settled().await;
    assert_eq!(desk.line().connection, Connection::Online);
    assert!(desk.line().complete && desk.line().as_of == Some(desk.handle.now()));
    desk.is_the_server().await;
}

#[tokio::test]
async fn after_a_loss_it_hears_what_happened_meanwhile() {
    let net = Net::new(Model::with(5, 5));
    let mut desk = Desk::whole(&net).await;
    net.offline(true);
    desk.until("the line is noticed to be broken", async |d| d.line().connection == Connection::Reconnecting).await;
    other_accepts(&net, 0);
    let mine = desk.accept(1).await;
    desk.until("it was tried", async |d| d.net.count(Op::Live) > 1 || d.net.count(Op::Commands) > 0).await;
    assert_eq!(desk.status(1).await, Some(Accepted), "shown at once, without any line");
    net.offline(false);
    desk.handle.sync_now();
    desk.becomes(mine, CommandState::Applied).await;
    desk.settled().await;
    assert_eq!(desk.status(0).await, Some(Accepted));
    desk.is_the_server().await;
}

#[tokio::test]
async fn who_waits_for_a_network_goes_on_as_soon_as_another_exchange_succeeds() {
    let net = Net::new(Model::with(3, 0));
    let mut desk = Desk::whole(&net).await;
    net.fails(Op::Commands, Fault::Unreachable);
    let mine = desk.accept(0).await;
    desk.until("the sender waits", async |d| d.net.count(Op::Commands) == 1 && d.line().connection == Connection::Reconnecting).await;
    net.beat();
    desk.becomes(mine, CommandState::Applied).await;
}

#[tokio::test]
async fn a_server_that_restarts_is_found_again_without_anybody_pressing() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    net.kill_streams();
    net.clock.pass(5_250..=5_250).await;
    net.clock.pass(14_750..=14_750).await;
    desk.until("the daily check is made, and it listens again", async |d| {
        d.cabinet.stand().await.unwrap().checked_at.is_some() && d.listens()
    })
    .await;
    net.fails(Op::Live, Fault::Unreachable);
    net.fails(Op::Live, problem(503, "unavailable", None));
    net.kill_streams();
    other_accepts(&net, 2);
    // All desks come back now, and not all at once; each next wait is longer.
    for wait in [5_250, 14_000, 19_500] {
        net.clock.pass(wait..=wait).await;
    }
    desk.settled().await;
    assert_eq!((desk.status(2).await, desk.line().connection), (Some(Accepted), Connection::Online));
}

#[tokio::test]
async fn a_stream_that_is_silent_for_two_heartbeats_is_not_believed() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    let pages = net.count(Op::Up);
    net.mute(true);
    other_accepts(&net, 0);
    net.clock.pass(30_000..=30_000).await;
    desk.until("the page is asked", async |d| d.net.count(Op::Up) > pages).await;
    desk.until("and brings the news", async |d| d.status(0).await == Some(Accepted)).await;
}

#[tokio::test]
async fn where_streams_are_held_back_pages_are_asked_and_held() {
    let net = Net::new(Model::with(3, 0));
    net.mute(true);
    let desk = Desk::new(&net).await;
    for n in 1..=2 {
        net.clock.pass(12_000..=12_000).await;
        desk.until("the page says that the server is there", async |d| d.net.count(Op::Up) >= n).await;
    }
    desk.until("a page is held", async |d| d.net.last(Op::Up).contains("wait: 25")).await;
    let streams = net.count(Op::Live);
    other_accepts(&net, 0);
    desk.until("it brings news at once", async |d| d.status(0).await == Some(Accepted)).await;
    assert_eq!(net.count(Op::Live), streams, "no stream is tried meanwhile");
    net.mute(false);
    net.clock.advance(600_000);
    desk.until("after a while a stream is tried again", async |d| d.net.count(Op::Live) > streams).await;
    desk.settled().await;
}

#[tokio::test]
async fn a_stream_that_is_behind_asks_the_page() {
    let net = Net::new(Model::with(50, 0));
    let desk = Desk::whole(&net).await;
    net.kill_streams();
    for n in 0..45 {
        other_accepts(&net, n);
    }
    net.clock.pass(5_250..=5_250).await;
    desk.settled().await;
    assert!(net.count(Op::Up) >= 2, "several pages");
    desk.is_the_server().await;
}

/// A word of the server's, or a broken bit in it, must not send a desk away for years.
#[tokio::test]
async fn nobody_is_sent_away_for_longer_than_an_hour() {
    let net = Net::new(Model::with(2, 0));
    let desk = Desk::whole(&net).await;
    net.say(Event::Bye { retry: Some(Duration::from_millis(u64::MAX)) });
    net.clock.pass(HOUR..=HOUR).await;
    other_accepts(&net, 1);
    desk.until("it is there again", async |d| d.status(1).await == Some(Accepted)).await;
}

#[tokio::test]
async fn a_stream_that_says_goodbye_is_opened_again_when_it_said() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    let streams = net.count(Op::Live);
    net.say(Event::Bye { retry: Some(Duration::from_millis(700)) });
    net.clock.sleeper(700..=700).await;
    assert_eq!((net.count(Op::Live), desk.line().connection), (streams, Connection::Online), "a goodbye is no failure");
    net.clock.advance(700);
    desk.until("the stream is opened again", async |d| d.net.count(Op::Live) == streams + 1).await;
}

#[tokio::test]
async fn a_login_page_of_a_network_is_never_taken_for_data() {
    let net = Net::new(Model::with(3, 0));
    net.captive(true);
    let desk = Desk::new(&net).await;
    desk.until("it is said what stands in the way", async |d| d.line().stuck == Some("captive-portal")).await;
    assert_eq!(desk.cabinet.stand().await.unwrap().live, None);
    net.captive(false);
    desk.handle.sync_now();
    desk.settled().await;
    assert_eq!(desk.line().stuck, None);
}

#[tokio::test]
async fn a_wrong_clock_of_this_computer_is_seen_through() {
    let net = Net::new(Model::with(3, 0));
    net.clock.set_wall(-DAY);
    let desk = Desk::whole(&net).await;
    assert!(desk.handle.now().since(net.server_now()).abs() <= SECOND, "the date of an answer corrects it");
    net.expire(desk.who);
    net.kill_streams();
    net.clock.pass(5_250..=5_250).await;
    desk.until("the session is renewed", async |d| d.net.count(Op::Refresh) == 1 && d.heard(|n| matches!(n, News::Line)) > 0).await;
    desk.until("to the millisecond", async |d| d.handle.now() == d.net.server_now()).await;
    assert_eq!(desk.line().offset_ms, DAY);
    // Somebody sets it right while the program runs.
    net.clock.set_wall(DAY);
    net.clock.pass(5_000..=5_000).await;
    desk.until("it is noticed", async |d| d.handle.now().since(d.net.server_now()).abs() <= SECOND).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_changes_nothing_that_is_shown() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    net.offline(true);
    net.clock.set_wall(-HOUR);
    net.clock.pass(5_000..=5_000).await;
    desk.until("the estimate follows, also without a line", async |d| d.handle.now().since(d.net.server_now()).abs() <= SECOND).await;
}

#[tokio::test]
async fn after_a_sleep_the_server_is_asked_at_once() {
    let net = Net::new(Model::with(3, 0));
    let desk = Desk::whole(&net).await;
    let streams = net.count(Op::Live);
    net.mute(true);
    // The lid was closed for eight hours: the wall clock went on, the monotonic one stood still.
    net.clock.set_wall(8 * HOUR);
    net.clock.pass(5_000..=5_000).await;
    desk.until("another stream is opened", async |d| d.net.count(Op::Live) > streams).await;
}

#[tokio::test]
async fn a_pause_is_a_pause() {
    let net = Net::new(Model::with(3, 0));
    let mut desk = Desk::whole(&net).await;
    desk.handle.pause(true);
    desk.until("it is shown", async |d| d.line().connection == Connection::Paused).await;
    let calls = net.calls().len();
    let mine = desk.accept(0).await;
    other_accepts(&net, 1);
    assert!(!desk.handle.flush(Duration::from_secs(1)).await);
    assert_eq!(net.calls().len(), calls, "nothing is asked, nothing is sent");
    desk.handle.pause(false);
    desk.becomes(mine, CommandState::Applied).await;
    desk.settled().await;
    assert!(desk.shown(consultation(1)).await.is_some() && net.clock.mono() > 0);
}
