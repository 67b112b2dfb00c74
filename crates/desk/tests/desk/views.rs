//! Views that a person saved are theirs on this computer: after a restart, behind a lock, and gone with the local data.

use bridge::{ErrorCode, InboxFilter, InboxView, KeepViews, Lock, OrderFilter, SavedView, SavedViews, Unlock, ViewFilter, Wipe};
use domain::records::OrderStatus;

use crate::world::{PASSWORD, Seat, World};

fn view(name: &str, view: InboxView, text: &str) -> SavedView {
    SavedView { name: name.to_owned(), filter: ViewFilter::Inbox(InboxFilter { view, text: text.to_owned() }) }
}
async fn names(seat: &Seat) -> Vec<String> {
    seat.desk.saved_views(SavedViews {}).await.unwrap().into_iter().map(|view| view.name).collect()
}

#[tokio::test]
async fn what_was_saved_is_there_after_a_restart_in_its_order_and_cleaned() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    assert_eq!(seat.desk.saved_views(SavedViews {}).await.unwrap(), []);
    let views = vec![view("  Rani\tsaya ", InboxView::Mine, " rani "), view("Ditolak", InboxView::Rejected, "")];
    let kept = seat.desk.keep_views(KeepViews { views }).await.unwrap();
    let expected = [view("Rani saya", InboxView::Mine, "rani"), view("Ditolak", InboxView::Rejected, "")];
    assert_eq!(kept, expected);
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(seat.desk.saved_views(SavedViews {}).await.unwrap(), expected);
    let moved = vec![kept[1].clone(), kept[0].clone()];
    seat.desk.keep_views(KeepViews { views: moved }).await.unwrap();
    assert_eq!(names(&seat).await, ["Ditolak", "Rani saya"]);
    seat.desk.keep_views(KeepViews { views: Vec::new() }).await.unwrap();
    assert_eq!(names(&seat).await, [""; 0]);
}

#[tokio::test]
async fn a_list_of_orders_is_kept_with_all_it_is_sifted_by() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let orders =
        |text: &str| OrderFilter { status: Some(OrderStatus::Review), mine: true, text: text.to_owned(), ..OrderFilter::default() };
    let view = |text| SavedView { name: "Ditinjau".to_owned(), filter: ViewFilter::Orders { orders: orders(text) } };
    assert_eq!(seat.desk.keep_views(KeepViews { views: vec![view(" kopi ")] }).await.unwrap(), [view("kopi")]);
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(seat.desk.saved_views(SavedViews {}).await.unwrap(), [view("kopi")]);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_and_changes_nothing() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    seat.desk.keep_views(KeepViews { views: vec![view("Rani", InboxView::Waiting, "rani")] }).await.unwrap();
    let long = "a".repeat(41);
    for odd in [
        vec![view("", InboxView::Waiting, "")],
        vec![view(&long, InboxView::Waiting, "")],
        vec![view("Rani", InboxView::Waiting, ""), view("RANI", InboxView::Mine, "")],
        (0..21).map(|n| view(&format!("Tampilan {n}"), InboxView::Waiting, "")).collect(),
    ] {
        let error = seat.desk.keep_views(KeepViews { views: odd }).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::BadCall);
    }
    assert_eq!(names(&seat).await, ["Rani"]);
}

#[tokio::test]
async fn a_locked_desk_tells_none_and_a_wiped_one_has_none() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    seat.desk.keep_views(KeepViews { views: vec![view("Rani", InboxView::Waiting, "rani")] }).await.unwrap();
    seat.desk.lock_now(Lock {}).await.unwrap();
    assert_eq!(seat.desk.saved_views(SavedViews {}).await.unwrap_err().code, ErrorCode::NoSession);
    assert_eq!(seat.desk.keep_views(KeepViews { views: Vec::new() }).await.unwrap_err().code, ErrorCode::NoSession);
    seat.desk.unlock(Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    assert_eq!(names(&seat).await, ["Rani"]);
    seat.desk.wipe(Wipe { told: 0 }).await.unwrap();
    seat.log_in(true).await;
    assert_eq!(names(&seat).await, [""; 0]);
}
