//! Every step of M-06, and who may take it.

use domain::{
    decision::{Changes, Code, Refusal},
    records::{NotificationKind, OrderStatus, ProductStatus},
};

use super::{arrange, order_of, product, to, told, world};
use crate::world::{NOW, Who};

/// From (down) to (across): `f` anybody of the staff, `c` anybody with a reason, `j` an admin with a reason, `-` nobody.
const STEPS: &str = "
            pending approved in_progress review completed cancelled
pending     -       f        j           j      j         c
approved    j       -        f           j      j         c
in_progress j       j        -           f      j         c
review      j       j        f           -      f         c
completed   j       j        j           j      -         j
cancelled   j       j        j           j      j         -
";
const PRODUCT_STEPS: &str = "
        pending proses selesai
pending -       f      j
proses  j       -      f
selesai j       j      -
";

fn code(answer: Result<Changes, Refusal>) -> Option<&'static str> {
    answer.err().map(|r| match r.code {
        Code::NotNext => "not_next",
        Code::ReasonRequired => "reason_required",
        other => panic!("{other}"),
    })
}

fn check_steps(table: &str, judge: impl Fn(&str, &str, Who, Option<&str>) -> Option<&'static str>) {
    let mut lines = table.trim_start_matches('\n').lines();
    let targets: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    for line in lines {
        let mut cells = line.split_whitespace();
        let from = cells.next().unwrap();
        for (target, cell) in targets.iter().zip(cells) {
            let said = |who, reason| judge(from, target, who, reason);
            let answers =
                [said(Who::Admin, None), said(Who::Admin, Some("Kata klien")), said(Who::Cs, None), said(Who::Cs, Some("Kata klien"))];
            let (why, next) = (Some("reason_required"), Some("not_next"));
            let expected = match cell {
                "f" => [None, None, None, None],
                "c" => [why, None, why, None],
                "j" => [why, None, next, next],
                _ => [next, next, next, next],
            };
            assert_eq!(answers, expected, "{from} → {target}");
        }
    }
}

#[test]
fn every_step_of_an_order_and_who_may_take_it() {
    check_steps(STEPS, |from, target, who, reason| code(world(from).judge(who, NOW, to(OrderStatus::of_wire(target), reason), 1)));
}

#[test]
fn every_step_of_a_product_and_who_may_take_it() {
    check_steps(PRODUCT_STEPS, |from, target, who, reason| {
        let mut world = world("in_progress");
        arrange(&mut world, |it| (it.product_status, it.versions) = (ProductStatus::of_wire(from), 1));
        code(world.judge(who, NOW, product(ProductStatus::of_wire(target), reason), 1))
    });
}

#[test]
fn a_product_is_done_only_with_a_design_to_show_for_it() {
    let mut world = world("review");
    arrange(&mut world, |it| it.product_status = ProductStatus::Proses);
    let refusal = world.judge(Who::Cs, NOW, product(ProductStatus::Selesai, None), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.rule), (Code::DesignMissing, "M-06"));
    arrange(&mut world, |it| it.versions = 1);
    let done = world.run(Who::Cs, NOW, product(ProductStatus::Selesai, None)).unwrap();
    assert_eq!(order_of(&world).product_status, ProductStatus::Selesai);
    let said = |changes| told(changes).map(|line| (line.user_id, line.kind.clone(), line.detail.clone()));
    assert_eq!(said(&done), Some((Who::Owner.user(), NotificationKind::ProductSelesai, None)), "R-075: the client is told");
    let back = world.run(Who::Admin, NOW, product(ProductStatus::Proses, Some("Berkas salah"))).unwrap();
    assert_eq!(said(&back), Some((Who::Owner.user(), NotificationKind::ProductProses, None)), "and why is the house's own affair");
}
