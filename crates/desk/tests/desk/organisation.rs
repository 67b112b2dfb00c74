//! The organisation's settings: set at a desk, and kept to by every desk, also without a line.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{Designs, OrgSetting, OrgSettings, PasteDesign, Submit, VerdictState};
use domain::{
    file::MediaType,
    id::OrderId,
    record::AnyRecord,
    records::{Order, OrderStatus, SettingKey, Uploaders},
    role::{Actor, Role},
    status::CommandState,
    time::DAY,
};
use inspect::testing::png;
use serde_json::json;
use testkit::records::{NOW, colleague, design_record, order, person, reachable};

use crate::world::{Seat, World};

async fn uploaders(seat: &Seat) -> OrgSetting<Uploaders> {
    seat.desk.org_settings(OrgSettings {}).await.unwrap().uploaders
}

#[tokio::test]
async fn what_is_set_without_a_line_holds_here_at_once_and_is_marked_until_the_server_has_it() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    assert_eq!(uploaders(&seat).await, OrgSetting { value: Uploaders::Staff, set: None, mark: None });
    world.offline(true);
    let args = json!({"key": "design.uploaders", "value": "admin"});
    let id = seat.desk.submit(Submit { act: "setting.set".to_owned(), args, seen: Vec::new() }).await.unwrap().id;
    let shown = uploaders(&seat).await;
    assert_eq!((shown.value, shown.mark), (Uploaders::Admin, Some(CommandState::Queued)));
    assert!(shown.set.is_some_and(|(by, _)| by.id == person(1).id), "it says who set it");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(id, CommandState::Applied).await;
    seat.until("the server has it", async |s| uploaders(s).await.mark.is_none()).await;
    assert_eq!(uploaders(&seat).await.value, Uploaders::Admin);
}

#[tokio::test]
async fn for_how_long_files_are_kept_is_set_and_says_from_when_on_one_can_be_taken_away() {
    let world = World::new(0, 0);
    let [client, AnyRecord::Order(it)] = reachable(0, OrderStatus::Cancelled) else { panic!("an order") };
    let ended = Order { status_at: NOW.plus(-100 * DAY), versions: 1, current_version: Some(1), ..it };
    let design = design_record(0, 1, MediaType::Png, &png(600));
    world.net.serve(|model| model.commit([client, AnyRecord::Order(ended), AnyRecord::Design(design)]));
    let seat = world.whole().await;
    seat.hold(0).await;
    let purge = async |s: &Seat| {
        let reply = s.desk.designs(Designs { order: OrderId::from(order(0).id) }).await.unwrap();
        reply.versions[0].verdicts.iter().find(|it| it.act == "design.purge").map(|it| it.verdict.clone()).unwrap()
    };
    let VerdictState::Refused { code, details, .. } = purge(&seat).await else { panic!("it is too early") };
    assert_eq!((code.as_str(), details.until), ("too_early", Some(NOW.plus(265 * DAY))));
    let args = json!({"key": "design.retention_days", "value": 90});
    let id = seat.desk.submit(Submit { act: "setting.set".to_owned(), args, seen: Vec::new() }).await.unwrap().id;
    assert_eq!(purge(&seat).await, VerdictState::Allowed);
    seat.becomes(id, CommandState::Applied).await;
    assert_eq!(seat.desk.org_settings(OrgSettings {}).await.unwrap().retention_days.value, 90);
}

#[tokio::test]
async fn where_admins_alone_upload_the_desk_of_cs_says_so_also_without_a_line() {
    let world = World::new(0, 0);
    world.net.serve(|model| model.commit(reachable(0, OrderStatus::InProgress)));
    *world.door.person.lock().unwrap() = Actor::person(person(1), vec![Role::Cs], None, None);
    let seat = world.whole().await;
    let order_id = OrderId::from(order(0).id);
    let upload = async |s: &Seat| s.desk.designs(Designs { order: order_id }).await.unwrap().upload.unwrap().verdict;
    assert_eq!(upload(&seat).await, VerdictState::Allowed);
    let set = json!({"key": "design.uploaders", "value": "admin"});
    let outcome = world.net.serve(|model| model.act(&colleague(), 60, "setting.set", set));
    assert!(outcome.code.is_none(), "{outcome:?}");
    seat.until("it has heard of it", async |s| upload(s).await != VerdictState::Allowed).await;
    let VerdictState::Refused { code, rule, details } = upload(&seat).await else { panic!("it is refused") };
    assert_eq!((code.as_str(), rule.as_str()), ("not_allowed", "C-13"));
    assert_eq!((details.roles.as_slice(), &details.setting), ([Role::Admin].as_slice(), &Some(SettingKey::DesignUploaders)));
    world.offline(true);
    let paste = PasteDesign { order: order_id, name: "satu.png".to_owned(), data: STANDARD.encode(png(600)) };
    let attached = seat.desk.paste_design(paste).await.unwrap();
    assert_eq!((attached.design, attached.refused.as_deref()), (None, Some("not_allowed")));
    assert_eq!(attached.details.and_then(|details| details.setting), Some(SettingKey::DesignUploaders), "and who may is said");
    assert!(seat.outbox().await.running.is_empty(), "nothing waits that would be refused");
}
