//! An order in somebody's hands, and one that was put off.

use domain::{
    commands::{design, note, order},
    decision::Code,
    id::OrderId,
    records::{Claim, OrderStatus, ProductStatus, Snooze},
    time::{DAY, HOUR, MINUTE},
};
use rstest::rstest;

use super::{ORDER, arrange, example, named, order_of, product, to, world};
use crate::world::{NOW, Who, World, id};

fn at() -> OrderId {
    id(ORDER)
}

/// Pending, in the hands of CS, and put off.
fn held() -> World {
    let mut world = world("pending");
    world.run(Who::Cs, NOW, example("order.claim")).unwrap();
    world.run(Who::Admin, NOW, example("order.snooze")).unwrap();
    world
}

#[test]
fn who_holds_an_order_moves_it_and_others_wait_until_the_claim_runs_out() {
    let mut world = held();
    let refusal = world.judge(Who::Admin, NOW, to(OrderStatus::Approved, None), 1).unwrap_err();
    let details = &refusal.details;
    assert_eq!(
        (refusal.code, details.by.as_ref().map(|by| by.id), details.until),
        (Code::ClaimedByOther, Some(Who::Cs.user()), Some(NOW.plus(15 * MINUTE)))
    );
    for act in [product(ProductStatus::Proses, None).into(), example("order.delete"), example("order.claim"), example("order.release")] {
        assert_eq!(world.judge(Who::Admin, NOW, act, 1).unwrap_err().code, Code::ClaimedByOther);
    }
    assert!(world.judge(Who::Admin, NOW.plus(15 * MINUTE), to(OrderStatus::Approved, None), 1).is_ok(), "at its end a claim is over");
    world.run(Who::Cs, NOW.plus(MINUTE), to(OrderStatus::Approved, None)).unwrap();
    let it = order_of(&world);
    assert_eq!((&it.claim, &it.snooze), (&None, &None), "what was decided about is in nobody's hands");
}

#[test]
fn a_claim_is_no_assignment_and_leaves_notes_and_words_to_everybody() {
    let mut world = held();
    assert_eq!(order_of(&world).assignee, None);
    for act in [example("order.edit"), example("order.set_note"), example("order.assign"), example("note.add")] {
        world.run(Who::Admin, NOW.plus(MINUTE), act).unwrap();
    }
    let it = order_of(&world);
    assert_eq!(it.assignee.as_ref().map(|to| to.id), Some(Who::Cs.user()));
    assert_eq!(it.claim.as_ref().map(|claim| claim.until), Some(NOW.plus(15 * MINUTE)), "another's acts do not renew it");
}

#[rstest]
#[case::note("note.add")]
#[case::kept("order.set_note")]
#[case::edit("order.edit")]
#[case::again("order.claim")]
fn any_act_of_the_holder_renews_the_claim(#[case] act: &str) {
    let mut world = held();
    let later = NOW.plus(5 * MINUTE);
    world.run(Who::Cs, later, example(act)).unwrap();
    assert_eq!(order_of(&world).claim, Some(Claim { by: Who::Cs.person(), until: later.plus(15 * MINUTE) }));
}

#[test]
fn a_note_of_somebody_else_writes_the_note_alone() {
    let mut world = held();
    let add = note::Add { id: id(3_002), record: named(), text: "Sudah".into(), private: false };
    assert_eq!(world.run(Who::Admin, NOW, add).unwrap().writes.len(), 1);
    let mut over = held();
    assert_eq!(over.run(Who::Cs, NOW.plus(HOUR), example("note.add")).unwrap().writes.len(), 1, "what is over is not renewed");
}

#[test]
fn who_lets_go_has_held_it() {
    let mut world = held();
    world.run(Who::Cs, NOW, example("order.release")).unwrap();
    assert_eq!(order_of(&world).claim, None);
    assert_eq!(world.judge(Who::Cs, NOW, example("order.release"), 1).unwrap_err().code, Code::NotClaimed);
}

#[rstest]
#[case(0, Some(Code::DateInPast))]
#[case(1, None)]
#[case(14 * DAY, None)]
#[case(14 * DAY + 1, Some(Code::DateTooFar))]
fn an_order_is_put_off_for_fourteen_days_at_most(#[case] ms: i64, #[case] expected: Option<Code>) {
    let mut world = world("approved");
    let answer = world.run(Who::Cs, NOW, order::SnoozeOrder { id: at(), until: NOW.plus(ms) });
    assert_eq!(answer.err().map(|refusal| refusal.code), expected);
    let snooze = expected.is_none().then(|| Snooze { by: Who::Cs.person(), until: NOW.plus(ms) });
    assert_eq!(order_of(&world).snooze, snooze);
}

#[test]
fn what_was_put_off_is_woken_once_by_anybody_who_works_on_orders() {
    let mut world = held();
    world.run(Who::Cs, NOW, example("order.wake")).unwrap();
    let it = order_of(&world);
    assert!(it.snooze.is_none() && it.claim.is_some(), "only the snooze ends");
    assert_eq!(world.judge(Who::Admin, NOW, example("order.wake"), 1).unwrap_err().code, Code::NotSnoozed);
    let over = held();
    assert_eq!(over.judge(Who::Admin, NOW.plus(DAY), example("order.wake"), 1).unwrap_err().code, Code::NotSnoozed, "it is over by itself");
}

#[test]
fn a_snooze_ends_when_the_client_acts() {
    let mut world = held();
    world.run(Who::Owner, NOW, example("order.edit")).unwrap();
    let it = order_of(&world);
    assert!(it.snooze.is_none() && it.claim.is_some(), "what the staff holds, a client does not take from them");
    let mut shown = crate::designs::world("submitted");
    arrange(&mut shown, |it| it.snooze = Some(Snooze { by: Who::Admin.person(), until: NOW.plus(DAY) }));
    let approve = crate::designs::example(<design::Approve as domain::command::Act>::NAME);
    shown.run(Who::Owner, NOW, approve).unwrap();
    assert!(order_of(&shown).snooze.is_none(), "a decision about a version is an act too");
}

#[test]
fn an_order_that_a_version_takes_along_stays_in_the_hands_of_who_holds_it() {
    let claim = |who: Who| Some(Claim { by: who.person(), until: NOW.plus(HOUR) });
    let mut revised = crate::designs::world("submitted");
    arrange(&mut revised, |it| (it.status, it.claim) = (OrderStatus::Review, claim(Who::Cs)));
    revised.run(Who::Owner, NOW, crate::designs::example("design.request_revision")).unwrap();
    let it = order_of(&revised);
    assert_eq!((&it.status, it.claim.as_ref().map(|claim| claim.by.id)), (&OrderStatus::InProgress, Some(Who::Cs.user())));
    for (holder, stays) in [(Who::Admin, true), (Who::Cs, false)] {
        let mut submitted = crate::designs::world("uploaded");
        arrange(&mut submitted, |it| (it.status, it.claim) = (OrderStatus::InProgress, claim(holder)));
        submitted.run(Who::Cs, NOW, crate::designs::example("design.submit")).unwrap();
        let it = order_of(&submitted);
        assert_eq!((&it.status, it.claim.is_some()), (&OrderStatus::Review, stays), "of {holder:?}");
    }
}

#[test]
fn the_product_of_an_order_that_ended_is_set_right_by_an_admin_with_a_reason() {
    for status in [OrderStatus::Completed, OrderStatus::Cancelled] {
        let mut world = world("pending");
        arrange(&mut world, |it| (it.status, it.versions) = (status.clone(), 1));
        let next = product(ProductStatus::Proses, None);
        assert_eq!(world.judge(Who::Cs, NOW, next.clone(), 1).unwrap_err().code, Code::NotOpen);
        assert_eq!(world.judge(Who::Admin, NOW, next, 1).unwrap_err().code, Code::ReasonRequired, "also for what would be the next step");
        world.run(Who::Admin, NOW, product(ProductStatus::Selesai, Some("Sudah diserahkan"))).unwrap();
        let it = order_of(&world);
        assert_eq!((&it.status, &it.product_status), (&status, &ProductStatus::Selesai), "the order stays as it is");
    }
}

#[test]
fn who_deletes_an_order_lets_go_of_it() {
    let mut world = held();
    world.run(Who::Cs, NOW, example("order.release")).unwrap();
    world.run(Who::Admin, NOW, example("order.claim")).unwrap();
    world.run(Who::Admin, NOW, example("order.delete")).unwrap();
    world.run(Who::Admin, NOW, example("order.restore")).unwrap();
    let it = order_of(&world);
    assert_eq!((&it.claim, &it.snooze), (&None, &None));
}
