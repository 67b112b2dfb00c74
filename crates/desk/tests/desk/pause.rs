//! A pause with an end: nothing is sent or received until then, over a lock and a restart, and then it goes on by itself.

use bridge::Pause;
use domain::{quiet::Rest, status::Connection, time::MINUTE};

use crate::{
    quiet::pass,
    world::{PASSWORD, Seat, World, rani},
};

async fn pause(seat: &Seat, rest: Option<Rest>) {
    seat.desk.pause(Pause { paused: true, rest }).await.unwrap();
    seat.until("it is paused", async |s| s.status().await.connection == Connection::Paused).await;
}

#[tokio::test]
async fn an_hour_without_sending_outlives_a_restart_and_ends_by_itself() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    pause(&seat, Some(Rest::Hour)).await;
    let until = seat.status().await.paused_until.unwrap();
    assert_eq!(until, seat.status().await.now.plus(60 * MINUTE));
    seat.accept(1).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.session().await;
    seat.until("it is paused still", async |s| s.status().await.connection == Connection::Paused).await;
    pass(&world, 59).await;
    let status = seat.status().await;
    assert_eq!((status.queued, status.paused_until), (1, Some(until)), "nothing went: {status:?}");
    pass(&world, 1).await;
    seat.until("what waited is sent", async |s| s.status().await.queued == 0).await;
    assert_eq!(seat.status().await.paused_until, None);
}

#[tokio::test]
async fn whoever_goes_on_earlier_has_no_end_to_wait_for_and_a_pause_without_one_ends_with_the_program() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    pause(&seat, Some(Rest::Tomorrow)).await;
    seat.desk.lock().await;
    assert!(seat.status().await.paused_until.is_some(), "a lock changes nothing");
    seat.desk.unlock(bridge::Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    assert_eq!(seat.status().await.connection, Connection::Paused);
    seat.desk.pause(Pause { paused: false, rest: None }).await.unwrap();
    assert_eq!(seat.status().await.paused_until, None);
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("what is new comes", async |s| s.waiting().await.total == 4).await;
    pause(&seat, None).await;
    assert_eq!(seat.status().await.paused_until, None);
    seat.quit().await;
    let seat = world.open().await;
    seat.session().await;
    seat.until("the line is looked for", async |s| s.status().await.connection != Connection::Paused).await;
}
