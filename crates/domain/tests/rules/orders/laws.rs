//! Laws that hold whatever people do, in any order.

use domain::{
    command::Command,
    commands::order,
    record::AnyRecord,
    records::{Order, OrderStatus, ProductStatus},
    status,
    time::DAY,
};
use proptest::prelude::*;

use super::{ORDER, PEOPLE, create, edit};
use crate::world::{NOW, Who, World, id};

fn any_act() -> impl Strategy<Value = Command> {
    let at = 0_u64..3;
    let why = || prop::option::of("[a-z]{0,5}");
    let known = |n: usize| OrderStatus::KNOWN[n % OrderStatus::KNOWN.len()].clone();
    let made = |n: usize| ProductStatus::KNOWN[n % ProductStatus::KNOWN.len()].clone();
    prop_oneof![
        (at.clone(), any::<bool>()).prop_map(|(n, mine)| {
            let client_id = if mine { Who::Owner.client() } else { Who::OtherClient.client() };
            order::Create { id: id(ORDER + n), client_id, ..create() }.into()
        }),
        (at.clone(), "[a-z ]{0,3}").prop_map(|(n, text)| order::Edit { id: id(ORDER + n), description: Some(text), ..edit() }.into()),
        (at.clone(), 0_usize..6, why()).prop_map(move |(n, s, reason)| order::SetStatus { id: id(ORDER + n), to: known(s), reason }.into()),
        (at.clone(), 0_usize..3, why())
            .prop_map(move |(n, s, reason)| order::SetProductStatus { id: id(ORDER + n), to: made(s), reason }.into()),
        (at.clone(), why()).prop_map(|(n, note)| order::SetNote { id: id(ORDER + n), note }.into()),
        at.clone().prop_map(|n| order::Assign { id: id(ORDER + n), to: Some(Who::Cs.user()) }.into()),
        at.clone().prop_map(|n| order::ClaimOrder { id: id(ORDER + n) }.into()),
        at.clone().prop_map(|n| order::ReleaseOrder { id: id(ORDER + n) }.into()),
        (at.clone(), -1_i64..20).prop_map(|(n, days)| order::SnoozeOrder { id: id(ORDER + n), until: NOW.plus(days * DAY) }.into()),
        at.clone().prop_map(|n| order::WakeOrder { id: id(ORDER + n) }.into()),
        (at.clone(), "[a-z]{0,5}").prop_map(|(n, reason)| order::Delete { id: id(ORDER + n), reason }.into()),
        at.prop_map(|n| order::Restore { id: id(ORDER + n) }.into()),
    ]
}

fn orders(world: &World) -> impl Iterator<Item = &Order> {
    world.rows.values().filter_map(|held| if let AnyRecord::Order(it) = &*held.record { Some(it) } else { None })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_people_do_orders_keep_their_laws(
        acts in prop::collection::vec((prop::sample::select(PEOPLE.to_vec()), any_act()), 1..30),
    ) {
        let mut world = World::new();
        for (who, act) in acts {
            let before: Vec<Order> = orders(&world).cloned().collect();
            let done = world.run(who, NOW, act.clone()).is_ok();
            for was in &before {
                let now = orders(&world).find(|it| it.id == was.id).unwrap();
                prop_assert_eq!((&was.number, was.client_id, was.created_at), (&now.number, now.client_id, now.created_at));
                prop_assert!(done || was == now, "a refused {:?} wrote", act);
                let step = status::ORDER.iter().any(|t| t.from == was.status && t.to == now.status);
                prop_assert!(was.status == now.status || step || (who == Who::Admin && now.reason.is_some()), "{:?} by {:?}", act, who);
                let held = was.claim.as_ref().is_some_and(|claim| claim.by.id != who.user());
                prop_assert!(!held || was.status == now.status, "{:?} by {:?} moved what another holds", act, who);
                let moved = was.status != now.status || (was.deleted.is_none() && now.deleted.is_some());
                prop_assert!(!moved || (now.claim.is_none() && now.snooze.is_none()), "what was decided about is in nobody's hands");
                prop_assert!(was.deleted.is_none() || was.status == now.status, "a deleted order does not move");
            }
            let mut numbers: Vec<&str> = orders(&world).map(|it| it.number.as_str()).collect();
            numbers.sort_unstable();
            let counted: Vec<String> = (1..=numbers.len()).map(|n| format!("ORD-202611-{n:04}")).collect();
            prop_assert_eq!(numbers, counted, "without gap and without repeat");
            prop_assert!(orders(&world).all(|it| it.status != OrderStatus::Cancelled || it.reason.is_some()));
            prop_assert!(orders(&world).all(|it| it.product_status != ProductStatus::Selesai || it.versions > 0));
        }
    }
}
