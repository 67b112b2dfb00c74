//! Who sees a version, and its order's history.

use domain::{
    audience::{audience, may_see, scope_of},
    role::{Principal, Role},
    wire::ApiOrderDetail,
};

use super::{DESIGN, example, named, order, world};
use crate::world::{NOW, Who};

#[test]
fn a_client_sees_a_version_from_the_moment_it_is_submitted_on() {
    for (state, seen) in [("uploaded", false), ("submitted", true), ("approved", true), ("revision_requested", true), ("deleted", false)] {
        let world = world(state);
        let record = &*world.rows[&named(DESIGN)].record;
        let scope = scope_of(record).map(|scope| &*world.rows[&scope].record);
        let sees = |who: Who| may_see(&who.actor(), record, scope);
        assert_eq!(sees(Who::Owner), seen, "{state}");
        assert!(sees(Who::Admin) && !sees(Who::Expert) && !sees(Who::OtherClient), "{state}");
        assert_eq!(sees(Who::Cs), state != "deleted", "{state}");
        assert!(audience(record, None).is_empty(), "without its order nobody knows who sees it");
        let wanted = [Principal::Role(Role::Admin), Principal::Role(Role::Cs), Principal::User(Who::Owner.user())];
        assert!(audience(record, scope).iter().all(|p| wanted.contains(p)));
    }
}

#[test]
fn a_version_that_the_client_does_not_see_leaves_no_trace_in_what_they_read_of_the_order() {
    let mut world = world("uploaded");
    world.run(Who::Cs, NOW, example("design.upload")).unwrap();
    world.run(Who::Cs, NOW, example("design.set_current")).unwrap();
    let read = serde_json::to_string(&ApiOrderDetail::from(order(&world))).unwrap();
    assert!(read.contains(r#""design":null"#), "{read}");
    assert!(!read.contains("design.") && !read.contains("V1") && !read.contains("V2"), "{read}");
    world.run(Who::Cs, NOW, example("design.submit")).unwrap();
    let read = ApiOrderDetail::from(order(&world));
    assert!(read.history.iter().any(|line| line.act == "design.submit"));
    assert_eq!(read.order.design, Some(1), "Hasil Desain Tersedia (R-078)");
}
