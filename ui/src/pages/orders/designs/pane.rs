//! The tab as it is drawn, in whatever state it is: on the left what is looked at, on the right the versions.

use dioxus::prelude::*;
use domain::records::Order;

use super::{DesignsState, card::Comment, preview::Preview, state::Mode, versions::Versions};
use crate::{
    actions::Act,
    components::{
        empty::{Empty, Skeleton},
        export::ExportNote,
    },
    pages::{desk::Failed, rows::Load},
    words::use_words,
};

/// The tab.
#[component]
pub(crate) fn DesignsPane(it: Order, onact: EventHandler<Act>) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    use_effect(use_reactive((&it.id,), move |(order,)| designs.open(order)));
    let reply = designs.of(it.id);
    let load = (designs.load)();
    let Some(reply) = reply else {
        return match load {
            Load::Failed(error) => rsx! {
                Failed { error, title: t.text("designs-failed"), onretry: move |()| designs.read() }
            },
            _ => rsx! {
                Skeleton { rows: 4, label: t.text("loading") }
            },
        };
    };
    let open = designs.open_one();
    // Whoever compares asks whether what was wanted is done: what was said of the other one stands there, too.
    let beside = if (designs.mode)() == Mode::Single { None } else { designs.other_one() };
    rsx! {
        ExportNote { export: designs.export, id: "design-saved" }
        div { class: "designs",
            div { class: "designs-l",
                if let Some(view) = open {
                    Preview { view: view.clone() }
                    Comment { view, it: it.clone(), onact }
                    if let Some(view) = beside {
                        Comment { view, it: it.clone(), beside: true, onact }
                    }
                } else {
                    div { class: "canvas canvas-none",
                        Empty { icon: "design", title: t.text("order-no-designs") }
                    }
                }
            }
            Versions { reply, it, onact }
        }
    }
}
