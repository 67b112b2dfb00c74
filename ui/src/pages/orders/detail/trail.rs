//! Jejak: what happened to the order, its notes among it, and what this desk has done and the server has not said yet.

use bridge::OrderDetailReply;
use dioxus::prelude::*;
use domain::{
    name::PersonName,
    records::{HistoryEntry, Order},
    role::Person,
};

use crate::{
    components::timeline::{Node, Timeline, nodes},
    pages::orders::OrdersState,
    shell::Shell,
    words::use_words,
};

/// The nodes of an order, oldest first: its history, its notes, and acts of which nobody can say yet what they will bring.
fn all(reply: &OrderDetailReply, me: Option<&Person>) -> Vec<Node> {
    let mut all = nodes(&reply.order.history, reply.server.as_deref().map(|it| &it.history), reply.rev);
    all.extend(reply.notes.iter().map(|view| {
        let note = &view.note;
        let (at, by, act) = (note.created_at, note.author.clone(), "note.add".to_owned());
        Node { entry: HistoryEntry { at, by, act, reason: Some(note.text.to_string()), to: None }, ours: view.ours }
    }));
    let foreseen: Vec<String> = all.iter().filter(|node| node.ours).map(|node| node.entry.act.clone()).collect();
    let waiting = reply.pending.iter().filter(|act| act.state.is_waiting() && !foreseen.contains(&act.act));
    all.extend(waiting.filter_map(|act| {
        let entry = HistoryEntry { at: act.made_at, by: me?.clone(), act: act.act.clone(), reason: None, to: None };
        Some(Node { entry, ours: true })
    }));
    all.sort_by_key(|node| node.entry.at);
    all
}

/// The trail.
#[component]
pub(super) fn Trail(it: Order) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let me = shell.user().and_then(|user| Some(Person { id: user.user, name: PersonName::new(&user.name).ok()? }));
    let opened = orders.opened.read();
    // Until all of it is here nothing is known of what the server has; a history that blinked from dashed to solid would lie.
    let nodes = match &opened.reply {
        Some(reply) => all(reply, me.as_ref()),
        None => nodes(&it.history, None, 1),
    };
    rsx! {
        section { "aria-labelledby": "order-trail",
            h2 { class: "sr", id: "order-trail", {t.text("order-trail")} }
            Timeline { nodes }
        }
    }
}
