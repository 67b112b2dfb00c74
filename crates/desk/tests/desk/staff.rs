//! What an admin does with colleagues' accounts, at the desk: predicted where it can be known, and queued without a line.

use bridge::{DeskError, ErrorCode, NewIds, People, PersonRow, Prediction, Submit, Submitted};
use domain::{
    id::UserId,
    record::{Kind, RecordRef},
    records::UserStatus,
    status::CommandState,
};
use serde_json::{Value, json};
use testkit::records::person;

use crate::world::{Seat, World};

async fn people(seat: &Seat) -> Vec<PersonRow> {
    seat.desk.people(People {}).await.unwrap().people
}
async fn row(seat: &Seat, id: UserId) -> Option<PersonRow> {
    people(seat).await.into_iter().find(|row| row.user.id == id)
}
async fn give(seat: &Seat, act: &str, args: Value) -> Result<Submitted, DeskError> {
    seat.desk.submit(Submit { act: act.to_owned(), args, seen: Vec::new() }).await
}

#[tokio::test]
async fn a_closed_account_is_shown_as_ours_until_the_server_says_so() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = person(2).id;
    assert_eq!(row(&seat, id).await.map(|row| (row.user.status, row.ours, row.mark)), Some((UserStatus::Active, false, None)));
    let given = give(&seat, "user.set_status", json!({ "id": id, "status": "disabled" })).await.unwrap();
    assert_eq!(given.prediction, Prediction::Applied);
    let shown = row(&seat, id).await.unwrap();
    assert_eq!((shown.user.status, shown.ours, shown.mark), (UserStatus::Disabled, true, Some(CommandState::Queued)));
    assert_eq!(people(&seat).await.len(), 4, "who is closed is still of the staff");
    assert!(!seat.desk.staff(bridge::Staff {}).await.unwrap().people.iter().any(|(known, ..)| *known == id), "and gets no work");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    seat.until("the server says so", async |seat| row(seat, id).await.is_some_and(|row| !row.ours && row.mark.is_none())).await;
    assert_eq!(row(&seat, id).await.unwrap().user.status, UserStatus::Disabled);
}

#[tokio::test]
async fn an_invitation_waits_for_a_line_and_whether_its_address_is_free_the_server_says() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.desk.new_ids(NewIds { count: 1 }).await.unwrap().ids[0];
    let invite = json!({ "id": id, "name": "Sari Wulandari", "email": "sari@x.id", "roles": ["cs"] });
    let given = give(&seat, "user.invite", invite).await.unwrap();
    assert_eq!(given.prediction, Prediction::ServerDecides, "clients' accounts are not on a desk");
    let running = seat.outbox().await.running;
    assert_eq!(running.iter().map(|entry| (entry.id, entry.title.as_str())).collect::<Vec<_>>(), [(given.id, "Sari Wulandari")]);
    assert!(row(&seat, id.into()).await.is_none(), "nothing is shown that nobody can know");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    seat.until("it comes", async |seat| row(seat, id.into()).await.is_some()).await;
    assert_eq!(row(&seat, id.into()).await.unwrap().user.status, UserStatus::Invited);
}

#[tokio::test]
async fn the_rulebook_refuses_at_the_desk_what_nobody_does_to_themselves() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    let own = person(1).id;
    for args in [json!({ "id": own, "status": "disabled" }), json!({ "id": own, "roles": ["cs"] })] {
        let act = if args["status"].is_null() { "user.edit" } else { "user.set_status" };
        let refused = give(&seat, act, args).await.unwrap_err();
        assert_eq!((refused.code, refused.refusal.as_deref()), (ErrorCode::Refused, Some("own_account")), "{act}");
    }
}

#[tokio::test]
async fn a_device_of_a_colleague_is_ended_by_a_command_under_their_name() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    let (user, device) = (person(2), testkit::records::uuid(9));
    let given = give(&seat, "device.revoke", json!({ "user": user.id, "device": device.to_string() })).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    let entry = seat.command(given.id).await.entry;
    assert_eq!((entry.record, entry.title.as_str()), (Some(RecordRef::new(Kind::User, user.id)), user.name.as_str()));
}
