//! The conversation about an order: state × command × role, what exactly is written, and laws of places and marks.

mod attached;
mod laws;
mod table;
mod written;

pub(crate) use table::covers;

use domain::{
    command::Command,
    commands::{message, quick_reply},
    id::{ClientId, ConversationId, MessageId, NotificationId, OrderId, QuickReplyId, ReadMarkId, RecordId},
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Client, Conversation, Message, Notification, Order, QuickReply, ReadMark, Voice},
    time::MINUTE,
};

use crate::{
    orders,
    world::{NOW, Who, World, id},
};

pub(super) const PEOPLE: [Who; 5] = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
/// Where an order's conversation stands. `silent`: nobody has said anything; `spoken`: the client has, and waits; `completed`,
/// `cancelled`, `deleted`: what became of the order since; `unlinked`: its client has no account; `erased`: the client's data are gone.
pub(super) const STATES: [&str; 8] = ["none", "silent", "spoken", "completed", "cancelled", "deleted", "unlinked", "erased"];
const REPLY: u64 = 7_000;

pub(super) fn order() -> OrderId {
    id(orders::ORDER)
}

pub(super) fn send(n: u64, text: &str) -> message::Send {
    message::Send { id: id(6_000 + n), order_id: order(), text: text.into(), attachments: Vec::new(), read: None }
}

/// An order of `Owner`, and what was said about it.
pub(crate) fn world(state: &str) -> World {
    let mut world = match state {
        "none" => return World::new(),
        "completed" | "cancelled" | "deleted" => orders::world("pending"),
        _ => orders::world("review"),
    };
    if !matches!(state, "silent" | "unlinked") {
        world.run(Who::Owner, NOW.plus(-MINUTE), send(0, "Apakah sudah bisa dilihat?")).unwrap();
    }
    match state {
        "deleted" => drop(world.run(Who::Admin, NOW, orders::example("order.delete")).unwrap()),
        "completed" | "cancelled" => orders::arrange(&mut world, |it| it.status = domain::records::OrderStatus::of_wire(state)),
        "unlinked" => orders::arrange(&mut world, |it| it.client_user = None),
        "erased" => {
            let mut client = held::<Client>(&world, Who::Owner.client()).unwrap().clone();
            client.erased_at = Some(NOW);
            world.put(AnyRecord::Client(client));
        }
        _ => {}
    }
    world
}

/// A quick reply that is offered, was removed, or never was.
pub(super) fn reply_world(state: &str) -> World {
    let mut world = World::new();
    if state != "absent" {
        world.run(Who::Cs, NOW, example("quick_reply.save")).unwrap();
    }
    if state == "removed" {
        world.run(Who::Cs, NOW, example("quick_reply.remove")).unwrap();
    }
    world
}

/// A command of this name with arguments that nobody could object to.
pub(crate) fn example(name: &str) -> Command {
    match name {
        "message.send" => send(1, "Baik, terima kasih.").into(),
        "conversation.read" => message::MarkRead { order_id: order(), upto: 1 }.into(),
        "quick_reply.save" => {
            quick_reply::Save { id: id(REPLY), title: "Salam".into(), text: "Halo {klien}, pesanan {pesanan} {status}.".into() }.into()
        }
        "quick_reply.remove" => quick_reply::Remove { id: id(REPLY) }.into(),
        other => panic!("no example of {other}"),
    }
}

pub(super) fn held<R: Record>(world: &World, id: impl Into<RecordId>) -> Option<&R> {
    R::of(&world.rows.get(&RecordRef::new(R::KIND, id))?.record)
}
pub(super) fn head(world: &World) -> &Conversation {
    held(world, ConversationId::of(order())).unwrap()
}
pub(super) fn mark(world: &World, who: Who) -> Option<&ReadMark> {
    held(world, ReadMarkId::of(who.user(), ConversationId::of(order())))
}
pub(super) fn unread(world: &World, who: Who) -> i64 {
    let side = if who == Who::Owner { Voice::Client } else { Voice::Staff };
    head(world).unread(mark(world, who), &side)
}
pub(super) fn said(world: &World, n: u64) -> &Message {
    held(world, id::<MessageId>(6_000 + n)).unwrap()
}
pub(super) fn line(world: &World) -> Option<&Notification> {
    held(world, NotificationId::of_conversation(Who::Owner.user(), ConversationId::of(order())))
}
pub(super) fn reply(world: &World) -> Option<&QuickReply> {
    held(world, id::<QuickReplyId>(REPLY))
}
pub(super) fn client_of(world: &World) -> ClientId {
    held::<Order>(world, order()).unwrap().client_id
}
pub(super) fn messages(world: &World) -> Vec<&Message> {
    let mut all: Vec<&Message> =
        world.rows.values().filter(|h| h.record.kind() == Kind::Message).filter_map(|h| Message::of(&h.record)).collect();
    all.sort_by_key(|it| it.number);
    all
}
