//! Pages: the first, the walk, cuts, the daily check.

use domain::{records::ConsultationStatus::Accepted, time::DAY};
use sync::{Fault, News};
use testkit::{
    Mishap, Model, Net, Op, problem,
    records::{client, consultation},
};

use crate::desk::{Desk, other_accepts};

#[tokio::test]
async fn the_first_page_is_enough_to_work_with() {
    let net = Net::new(Model::with(3, 30));
    net.mishap(Op::Down, Mishap::Stuck);
    let mut desk = Desk::new(&net).await;
    desk.until("what is open is here", async |d| d.status(0).await.is_some()).await;
    assert!(desk.shown(consultation(20)).await.is_none(), "history comes later");
    let mine = desk.accept(0).await;
    desk.becomes(mine, domain::status::CommandState::Applied).await;
    other_accepts(&net, 1);
    desk.until("it hears of changes", async |d| d.status(1).await == Some(Accepted)).await;
    assert!(!desk.line().complete);
}

#[tokio::test]
async fn a_beginning_that_was_cut_off_is_shown_and_leaves_nothing() {
    let net = Net::new(Model::with(120, 5));
    net.mishap(Op::Work, Mishap::CutAfter(150));
    let desk = Desk::new(&net).await;
    desk.until("the first of it is shown", async |d| d.shown(client(0)).await.is_some()).await;
    assert_eq!(desk.cabinet.stand().await.unwrap().live, None, "and counts for nothing");
    net.serve(|model| model.lose(client(0)));
    net.clock.pass(250..=375).await;
    desk.settled().await;
    assert_eq!(net.count(Op::Work), 2);
    assert!(desk.shown(client(0)).await.is_none(), "nobody says that it is gone: the beginning that came to its end does not have it");
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_line_that_never_carries_what_is_open_in_one_answer_carries_it_in_the_walk() {
    let net = Net::new(Model::with(120, 5));
    net.mishap(Op::Work, Mishap::CutAfter(110));
    net.mishap(Op::Work, Mishap::CutAfter(120));
    net.mishap(Op::Down, Mishap::CutAfter(15));
    let desk = Desk::new(&net).await;
    net.clock.pass(250..=375).await;
    net.clock.pass(250..=375).await;
    desk.until("the walk is cut off too", async |d| d.net.count(Op::Down) == 1).await;
    net.clock.pass(250..=375).await;
    desk.settled().await;
    assert_eq!((net.count(Op::Work), net.count(Op::Head)), (2, 1));
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_walk_has_ended_when_the_feed_was_read_to_where_it_ended() {
    let net = Net::new(Model::with(3, 40));
    net.fails(Op::Live, problem(503, "unavailable", None));
    let desk = Desk::new(&net).await;
    // A request that is answered now leaves the place where the walk would have found it, and no stream tells this desk.
    desk.until("the last page of the walk is asked for", async |d| d.net.count(Op::Down) == 5).await;
    other_accepts(&net, 2);
    net.clock.sleeper(5_250..=5_250).await;
    assert!(!desk.cabinet.stand().await.unwrap().walked, "something may have been filed above it");
    net.clock.advance(5_250);
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_page_that_was_cut_off_is_good_up_to_its_last_mark() {
    let net = Net::new(Model::with(2, 40));
    net.mishap(Op::Down, Mishap::CutAfter(11));
    let desk = Desk::new(&net).await;
    net.clock.sleeper(250..=375).await;
    let walk = desk.cabinet.stand().await.unwrap().walk.unwrap();
    assert_ne!(net.last(Op::Down), format!("{:?}", sync::Ask::Down { before: walk.clone(), limit: 5_000 }), "the walk stands at a mark");
    net.clock.advance(375);
    desk.settled().await;
    let again = net.calls().into_iter().filter(|(op, _)| *op == Op::Down).nth(1).unwrap().1;
    assert!(again.contains(&walk), "it went on from the mark: {again}");
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_login_page_in_the_middle_of_a_page_spoils_nothing() {
    let net = Net::new(Model::with(2, 40));
    net.mishap(Op::Down, Mishap::HtmlAfter(9));
    let desk = Desk::new(&net).await;
    desk.until("it is said", async |d| d.line().stuck == Some("not-meja")).await;
    net.clock.pass(250..=375).await;
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn catching_up_goes_on_where_it_was_cut_off() {
    let net = Net::new(Model::with(50, 0));
    let desk = Desk::whole(&net).await;
    net.mishap(Op::Up, Mishap::CutAfter(8));
    net.kill_streams();
    for n in 0..45 {
        other_accepts(&net, n);
    }
    net.clock.pass(5_250..=5_250).await;
    net.clock.pass(5_250..=5_250).await;
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn live_changes_and_losses_go_on_during_the_walk() {
    let net = Net::new(Model::with(6, 40));
    for _ in 0..4 {
        net.mishap(Op::Down, Mishap::CutAfter(5));
    }
    let desk = Desk::new(&net).await;
    desk.until("what is open is here", async |d| d.status(0).await.is_some()).await;
    for n in 0..6 {
        other_accepts(&net, n);
        net.serve(|model| model.lose(client(n + 10)));
        desk.handle.sync_now();
    }
    net.mend();
    desk.handle.sync_now();
    desk.settled().await;
    assert!(desk.shown(client(12)).await.is_none());
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_mirror_that_is_wrong_is_found_by_the_daily_check_and_built_again() {
    let net = Net::new(Model::with(4, 10));
    let desk = Desk::whole(&net).await;
    net.kill_streams();
    net.clock.pass(5_250..=5_250).await;
    // What was just started does not begin with reading everything.
    net.clock.pass(14_750..=14_750).await;
    desk.until("it was checked", async |d| d.cabinet.stand().await.unwrap().checked_at.is_some()).await;
    assert_eq!(net.count(Op::Work), 1, "and it was right");
    // A record vanishes from the mirror as no server would say it.
    let at = desk.cabinet.stand().await.unwrap().live.unwrap();
    let lost = consultation(9);
    let line = format!(r#"{{"gone":{{"kind":"consultation","id":"{}","seq":{}}}}}"#, lost.id, net.model().head);
    let mut chunk = mirror::Chunk::default();
    chunk.take(serde_json::from_str(&line).unwrap());
    let whole = Some(net.model().head);
    desk.cabinet.apply(chunk, mirror::Place::Up { cursor: at, whole }, desk.handle.now()).await.unwrap();
    assert!(desk.shown(lost).await.is_none());
    net.clock.advance(DAY);
    net.kill_streams();
    desk.until("it is built again", async |d| d.net.count(Op::Work) == 2).await;
    desk.settled().await;
    assert!(desk.shown(lost).await.is_some());
    desk.is_the_server().await;
}

#[tokio::test]
async fn what_came_into_being_is_told_once() {
    let net = Net::new(Model::with(2, 4));
    let desk = Desk::whole(&net).await;
    let fresh = |desk: &Desk| desk.heard(|n| matches!(n, News::Applied(a) if !a.fresh.is_empty()));
    assert_eq!(fresh(&desk), 0, "what was there already is nothing new");
    net.serve(|model| {
        let status = domain::records::ConsultationStatus::Waiting;
        model.commit([testkit::records::client_record(90), testkit::records::request(90, status)]);
    });
    desk.settled().await;
    assert_eq!(fresh(&desk), 1);
    net.fails(Op::Live, Fault::Cut);
    net.kill_streams();
    net.clock.pass(5_250..=5_250).await;
    desk.settled().await;
    assert_eq!(fresh(&desk), 1);
}
