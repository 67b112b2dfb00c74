//! Laws that hold whatever people do, in any order.

use domain::{
    command::Command,
    commands::{design, order, setting},
    file::Sha256,
    record::AnyRecord,
    records::{Design, DesignStatus, OrderStatus, SettingKey},
    status,
    time::DAY,
};
use proptest::prelude::*;

use super::{order as order_of, put_at, upload};
use crate::{
    orders::{self, ORDER},
    world::{NOW, Who, World, id},
};

const FIRST: u64 = 4_100;

fn bytes(n: u64) -> Vec<u8> {
    n.to_be_bytes().to_vec()
}

fn any_act() -> impl Strategy<Value = Command> {
    let at = || FIRST..FIRST + 4;
    let sum = |n: u64| Sha256::of(&bytes(n));
    prop_oneof![
        3 => (at(), at()).prop_map(|(n, of)| upload(n, &bytes(of)).into()),
        2 => at().prop_map(|n| design::Submit { id: id(n) }.into()),
        1 => at().prop_map(|n| design::SetCurrent { id: id(n) }.into()),
        1 => (at(), at()).prop_map(move |(n, of)| design::Approve { id: id(n), sha256: sum(of) }.into()),
        1 => (at(), at(), "[a-z]{0,5}", 0_i64..1_200).prop_map(move |(n, of, comment, x)| {
            let pins = vec![design::PinAt { x, y: 1_000, text: "di sini".into() }];
            design::RequestRevision { id: id(n), sha256: sum(of), comment, pins }.into()
        }),
        1 => at().prop_map(|n| design::Purge { id: id(n), reason: "Masa simpan habis".into() }.into()),
        1 => (0_usize..6).prop_map(|s| {
            let to = OrderStatus::KNOWN[s % OrderStatus::KNOWN.len()].clone();
            order::SetStatus { id: id(ORDER), to, reason: Some("Sesuai pembicaraan".into()) }.into()
        }),
    ]
}

fn designs(world: &World) -> Vec<Design> {
    let all = world.rows.values().filter_map(|held| if let AnyRecord::Design(it) = &*held.record { Some(it.clone()) } else { None });
    all.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_people_do_versions_keep_their_laws(
        acts in prop::collection::vec((prop::sample::select(vec![Who::Admin, Who::Cs, Who::Owner, Who::OtherClient]), any_act(), 0_i64..60), 1..30),
    ) {
        let mut world = orders::world("in_progress");
        let keep = setting::Set { key: SettingKey::DesignRetentionDays, value: 30.into(), effective_from: None };
        world.run(Who::Admin, NOW, keep).unwrap();
        let mut now = NOW;
        for (who, act, days) in acts {
            let before = designs(&world);
            now = now.plus(days * DAY);
            // Whoever uploads has put the file there anew.
            if let Command::DesignUpload(it) = &act {
                for n in (FIRST..FIRST + 4).filter(|n| it.sha256 == Sha256::of(&bytes(*n))) {
                    put_at(&mut world, who, &bytes(n), now);
                }
            }
            let done = world.run(who, now, act.clone()).is_ok();
            let after = designs(&world);
            for was in &before {
                let now = after.iter().find(|it| it.id == was.id).unwrap();
                prop_assert_eq!((was.version, was.sha256, &was.name, was.size), (now.version, now.sha256, &now.name, now.size));
                let step = status::DESIGN.iter().any(|t| t.from == was.status && t.to == now.status);
                prop_assert!(was.status == now.status || (step && done), "{:?} by {:?}", act, who);
                prop_assert!(was.purged.is_none() || was.purged == now.purged, "what is gone is gone");
                prop_assert!(now.reviewed_at.is_none() || now.submitted_at.is_some());
                prop_assert_eq!(now.comment.is_some(), now.status == DesignStatus::RevisionRequested);
                prop_assert!(now.pins.0.iter().all(|pin| now.comment.is_some() && pin.x <= 1_000));
            }
            let order = order_of(&world);
            let mut numbers: Vec<i64> = after.iter().map(|it| it.version).collect();
            numbers.sort_unstable();
            prop_assert_eq!(numbers, (1..=order.versions).collect::<Vec<_>>(), "without gap and without repeat");
            let current = after.iter().filter(|it| Some(it.version) == order.current_version).count();
            prop_assert_eq!(current, usize::from(!after.is_empty()), "exactly one is current");
            let mut hashes: Vec<Sha256> = after.iter().filter(|it| it.purged.is_none()).map(|it| it.sha256).collect();
            let whole = hashes.len();
            hashes.sort_unstable();
            hashes.dedup();
            prop_assert_eq!(hashes.len(), whole, "no bytes twice");
        }
    }
}
