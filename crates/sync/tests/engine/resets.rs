//! Another database: a backup was restored, or another server answers.

use domain::{
    records::ConsultationStatus::{Accepted, Waiting},
    status::CommandState,
};
use sync::{Event, Fault};
use testkit::{Mishap, Model, Net, Op, problem};

use crate::desk::{Desk, other_accepts};

fn restored(net: &Net, waiting: u64) {
    let mut model = Model::with(waiting, 3);
    model.epoch = 7;
    net.serve(|m| *m = model);
}

#[tokio::test]
async fn what_a_restored_server_does_not_know_is_for_a_person_and_nothing_is_replayed() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    let done = desk.accept(0).await;
    desk.becomes(done, CommandState::Applied).await;
    desk.settled().await;
    net.fails(Op::Work, Fault::Cut);
    restored(&net, 3);
    net.clock.sleeper(250..=375).await;
    assert_eq!(desk.status(0).await, Some(Accepted), "the old mirror is shown until the new one has what is open");
    net.clock.advance(375);
    desk.becomes(done, CommandState::Unknown).await;
    desk.settled().await;
    assert_eq!(desk.status(0).await, Some(Waiting));
    assert!(net.model().effects.is_empty(), "nothing was done again by itself");
    desk.is_the_server().await;
}

#[tokio::test]
async fn what_it_knows_keeps_its_answer() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    let done = desk.accept(0).await;
    desk.becomes(done, CommandState::Applied).await;
    net.serve(|model| model.epoch = 9);
    desk.until("it was asked", async |d| d.cabinet.stand().await.unwrap().asked && d.net.count(Op::Known) == 1).await;
    desk.settled().await;
    assert_eq!((desk.state(done).await, desk.status(0).await), (CommandState::Applied, Some(Accepted)));
}

#[tokio::test]
async fn a_program_that_ends_before_it_could_ask_asks_when_it_starts() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    let done = desk.accept(0).await;
    desk.becomes(done, CommandState::Applied).await;
    desk.settled().await;
    net.mishap(Op::Known, Mishap::Stuck);
    restored(&net, 3);
    desk.until("it asks", async |d| d.net.count(Op::Known) == 1).await;
    let desk = desk.restart().await;
    desk.becomes(done, CommandState::Unknown).await;
}

#[tokio::test]
async fn a_page_of_another_history_is_a_reset_as_well() {
    let net = Net::new(Model::with(3, 40));
    net.mishap(Op::Down, Mishap::CutAfter(11));
    let desk = Desk::new(&net).await;
    net.clock.sleeper(250..=375).await;
    net.fails(Op::Down, problem(410, "cursor_reset", None));
    net.clock.advance(375);
    desk.until("everything begins anew", async |d| d.net.count(Op::Work) == 2).await;
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_reset_while_something_waits_loses_nothing() {
    let net = Net::new(Model::with(3, 3));
    let mut desk = Desk::whole(&net).await;
    net.fails(Op::Commands, problem(503, "unavailable", Some(30)));
    let waiting = desk.accept(1).await;
    net.clock.sleeper(30_000..=40_000).await;
    restored(&net, 3);
    desk.settled().await;
    assert_eq!(desk.status(1).await, Some(Accepted), "it is laid over the new mirror");
    net.clock.advance(40_000);
    desk.becomes(waiting, CommandState::Applied).await;
    net.say(Event::Other);
    other_accepts(&net, 2);
    desk.settled().await;
    desk.is_the_server().await;
}
