//! The saved views in the sidebar.

use dioxus::prelude::*;
use domain::{views::WITH_KEY, words::isolate};

use super::state::{ViewsState, place_of, summary};
use crate::{
    acting::Acting,
    actions::Act,
    components::{button::IconButton, icon::Icon},
    shell::Place,
    words::use_words,
};

/// Those that there are; nothing where nobody saved one.
#[component]
pub(crate) fn Views(onchoose: EventHandler<()>) -> Element {
    let views = use_context::<ViewsState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let shell = views.shell;
    let all = (shell.views)();
    let shown = matches!(*shell.place.read(), Place::Inbox | Place::Orders).then(|| views.shown());
    if all.is_empty() {
        return rsx! {};
    }
    rsx! {
        div { class: "side-views", role: "group", "aria-label": t.text("views"),
            div { class: "nav-h hstack",
                span { class: "grow", {t.text("views")} }
                IconButton {
                    icon: "gear",
                    label: t.text("do-arrange-views"),
                    class: "btn-sm",
                    popup: "dialog",
                    onpress: move |()| {
                        onchoose.call(());
                        acting.run(Act::ArrangeViews);
                    },
                }
            }
            for (n , view) in (1..=u8::MAX).zip(all) {
                a {
                    key: "{view.name}",
                    class: "nav",
                    href: "#{place_of(&view.filter).wire()}",
                    title: "{isolate(&view.name)} ({summary(&t, &view.filter)})",
                    "aria-current": (shown.as_ref() == Some(&view.filter)).then_some("true"),
                    onclick: move |event| {
                        event.prevent_default();
                        onchoose.call(());
                        views.open(n);
                    },
                    if usize::from(n) <= WITH_KEY {
                        span { class: "nav-d", "aria-hidden": "true", "{n}" }
                    } else {
                        Icon { name: "bookmark" }
                    }
                    span { class: "lbl grow cut",
                        bdi { "{view.name}" }
                    }
                }
            }
        }
    }
}
