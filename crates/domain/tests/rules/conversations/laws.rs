//! Laws that hold whatever is said and read, in any order.

use domain::{command::Command, commands::message, records::Voice, time::MINUTE};
use proptest::prelude::*;

use super::{head, mark, messages, order, send, unread, world};
use crate::{
    orders,
    world::{NOW, Who, World},
};

#[derive(Clone, Debug)]
enum Did {
    Said { who: Who, read: Option<i64> },
    Read { who: Who, upto: i64 },
    Deleted,
    Restored,
}

fn somebody() -> impl Strategy<Value = Who> {
    prop::sample::select(vec![Who::Admin, Who::Cs, Who::Owner, Who::OtherClient, Who::Expert])
}

fn any_act() -> impl Strategy<Value = Did> {
    prop_oneof![
        5 => (somebody(), prop::option::of(-1_i64..12)).prop_map(|(who, read)| Did::Said { who, read }),
        3 => (somebody(), -1_i64..12).prop_map(|(who, upto)| Did::Read { who, upto }),
        1 => Just(Did::Deleted),
        1 => Just(Did::Restored),
    ]
}

/// How many messages of others stand above what this person has read, counted one by one.
fn counted(world: &World, who: Who) -> i64 {
    let side = if who == Who::Owner { Voice::Client } else { Voice::Staff };
    let upto = head(world).read_by(mark(world, who), &side);
    let above = messages(world).into_iter().filter(|it| it.number > upto && it.author.id != who.user()).count();
    i64::try_from(above).unwrap()
}

proptest! {
    #[test]
    fn places_have_no_gap_and_nothing_unread_is_hidden(acts in prop::collection::vec(any_act(), 1..30)) {
        let mut world = world("spoken");
        for (n, act) in (1_u64..).zip(acts) {
            let before = [Who::Admin, Who::Cs, Who::Owner].map(|who| mark(&world, who).map_or(0, |it| it.upto));
            let (who, command): (Who, Command) = match act {
                Did::Said { who, read } => (who, message::Send { read, ..send(n, "Begitu.") }.into()),
                Did::Read { who, upto } => (who, message::MarkRead { order_id: order(), upto }.into()),
                Did::Deleted => (Who::Admin, orders::example("order.delete")),
                Did::Restored => (Who::Admin, orders::example("order.restore")),
            };
            drop(world.run(who, NOW.plus(MINUTE * i64::try_from(n).unwrap()), command));
            let said = messages(&world);
            let numbers: Vec<i64> = said.iter().map(|it| it.number).collect();
            prop_assert_eq!(&numbers, &(1..=head(&world).messages).collect::<Vec<_>>(), "places without gap");
            let last = said.last().unwrap();
            prop_assert_eq!((&head(&world).last_text, head(&world).last_at), (&last.text, last.created_at), "the head says what was said last");
            let waits = said.iter().rev().take_while(|it| it.from == Voice::Client).last().map(|it| it.created_at);
            prop_assert_eq!(head(&world).waiting_since, waits, "the client waits from their first unanswered word on");
            for (who, before) in [Who::Admin, Who::Cs, Who::Owner].into_iter().zip(before) {
                prop_assert!(mark(&world, who).map_or(0, |it| it.upto) >= before, "a mark never goes back");
                prop_assert!(unread(&world, who) >= counted(&world, who), "nothing unread is hidden from {:?}", who);
            }
        }
    }
}
