//! Which orders are kept on this computer, how much of them is here, and the way to let go of each.

use std::rc::Rc;

use bridge::{KeepOrder, KeptOrder, KeptOrders, KeptOrdersReply};
use dioxus::prelude::*;
use domain::{id::OrderId, words::isolate};

use crate::{
    browser,
    components::{
        button::{Button, Look},
        empty::Skeleton,
    },
    gateway::ask,
    pages::{
        desk::Failed,
        orders::{KeptPart, Number, OrdersState, keep_word},
        rows::Load,
    },
    rounds::Rounds,
    shell::{Shell, put, task},
    words::use_words,
};

/// The id of the heading, and of its setting.
const HEADING: &str = "set-kept-orders";

/// What is kept, as long as somebody looks at it.
#[derive(Clone, Copy, PartialEq)]
struct Keeping {
    shell: Shell,
    load: Signal<Load>,
    reply: Signal<Option<Rc<KeptOrdersReply>>>,
    rounds: Rounds,
}

impl Keeping {
    fn read(self) {
        self.rounds.run(async move || match ask(KeptOrders {}).await {
            Ok(reply) => {
                put(self.reply, Some(Rc::new(reply)));
                put(self.load, Load::Here);
            }
            Err(error) => put(self.load, Load::Failed(error)),
        });
    }
    /// Lets go of one. The focus goes to the one that comes in its place, or to the heading.
    fn let_go(self, it: &KeptOrder) {
        let words = self.shell.words();
        let (order, name) = (it.order, isolate(&it.client_name));
        let next = self.reply.peek().as_ref().and_then(|reply| next_of(&reply.orders, order));
        task(async move {
            match ask(KeepOrder { order, keep: false }).await {
                Ok(_) => {
                    self.shell.say(&words.with("kept-ended", &[("name", name.into())]));
                    browser::focus(&next.map_or_else(|| HEADING.to_owned(), button));
                }
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
            self.read();
        });
    }
}

/// Which one stands below this one, or above it where it is the last.
fn next_of(orders: &[KeptOrder], order: OrderId) -> Option<OrderId> {
    let at = orders.iter().position(|it| it.order == order)?;
    let next = orders.get(at + 1).or_else(|| at.checked_sub(1).and_then(|above| orders.get(above)));
    next.map(|it| it.order)
}

fn button(order: OrderId) -> String {
    format!("let-go-{order}")
}

/// The part of the section.
#[component]
pub(super) fn KeptOrderRows() -> Element {
    let shell = use_context::<Shell>();
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let keeping = Keeping { shell, load: use_signal(Load::default), reply: use_signal(|| None), rounds: use_hook(Rounds::new) };
    use_effect(move || {
        let _ = (orders.kept_heard)();
        keeping.read();
    });
    let reply = (keeping.reply)();
    rsx! {
        section { class: "set-kept", "aria-labelledby": HEADING,
            div { class: "set-row",
                div {
                    h3 { class: "semi", id: HEADING, tabindex: "-1", {t.text(HEADING)} }
                    p { class: "t2 s12", {t.text("set-kept-orders-more")} }
                    if let Some(reply) = &reply {
                        p { class: "t3 s12 num", id: "kept-sum",
                            {t.with("kept-sum", &[
                                ("bytes", t.size(reply.bytes).into()),
                                ("most", t.size(reply.most).into()),
                                ("cached", t.size(reply.cached).into()),
                            ])}
                        }
                    }
                }
            }
            match ((keeping.load)(), reply) {
                (Load::Failed(error), _) => rsx! {
                    Failed { error, title: t.text("kept-orders-failed"), onretry: move |()| keeping.read() }
                },
                (_, None) => rsx! {
                    Skeleton { rows: 2, label: t.text("loading") }
                },
                (_, Some(reply)) => rsx! {
                    List { reply, onletgo: move |it: KeptOrder| keeping.let_go(&it) }
                },
            }
        }
    }
}

/// The list.
#[component]
fn List(reply: Rc<KeptOrdersReply>, onletgo: EventHandler<KeptOrder>) -> Element {
    let t = use_words();
    rsx! {
        if reply.unknown > 0 {
            p { class: "t3 s12", {t.count("kept-unknown", i64::from(reply.unknown))} }
        }
        if reply.orders.is_empty() && reply.unknown == 0 {
            p { class: "t3 kept-e", id: "kept-empty", {t.text("kept-orders-none")} }
        } else {
            ul { class: "kept-l", id: "kept-orders",
                for it in reply.orders.iter().cloned() {
                    li { key: "{it.order}", class: "kept-row",
                        div { class: "grow kept",
                            p {
                                bdi { class: "semi", {it.client_name.clone()} }
                                " · "
                                Number { number: it.number.clone(), real: it.has_real_number }
                            }
                            KeptPart { kept: it.files, name: it.client_name.clone() }
                        }
                        Button {
                            id: button(it.order),
                            text: t.text(keep_word(&it.files)),
                            label: t.with("kept-act-of", &[("act", t.text(keep_word(&it.files)).into()), ("name", isolate(&it.client_name).into())]),
                            look: Look::Quiet,
                            icon: "x",
                            class: "btn-sm",
                            onpress: move |()| onletgo.call(it.clone()),
                        }
                    }
                }
            }
        }
    }
}
