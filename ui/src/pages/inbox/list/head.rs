//! The header of the list: its name, the acts that belong to it, the lists to choose from, and the search.

use bridge::InboxView;
use dioxus::prelude::*;

use super::view_word;
use crate::{
    acting::Acting,
    actions::Act,
    browser,
    components::{
        button::{ActButton, IconButton},
        menu::{Item, Menu},
    },
    pages::{
        desk::DrawerButton,
        inbox::InboxState,
        rows::{Load, SearchRow},
    },
    shell::{Layer, Shell},
    words::use_words,
};

/// The lists that stand side by side; the others are in the menu.
const SIDE_BY_SIDE: [InboxView; 4] = [InboxView::Waiting, InboxView::Mine, InboxView::Snoozed, InboxView::Answered];

/// What else is in the menu.
const BESIDE: [Act; 4] = [Act::SaveView, Act::ArrangeViews, Act::Export, Act::Print];

/// The header.
#[component]
pub(super) fn Head() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut choosing = use_signal(|| false);
    let list = inbox.list.read();
    let count = (list.load == Load::Here).then(|| list.total());
    drop(list);
    rsx! {
        header { class: "head",
            DrawerButton {}
            h1 { {t.text("place-inbox")} }
            if let Some(count) = count {
                span { class: "t3 num", {t.whole(i64::from(count))} }
            }
            span { class: "push hstack hstack-1",
                if Act::NewRequest.spec().is_for(shell) {
                    ActButton {
                        act: Act::NewRequest,
                        text: t.text("do-new-request-short"),
                        class: "btn-sm",
                        onpress: move |()| shell.open(Layer::NewRequest),
                    }
                }
                IconButton { icon: "search", label: t.text("do-search"), onpress: move |()| inbox.toggle_search(), expanded: (inbox.searching)() }
                span { class: "menu-at",
                    IconButton {
                        id: "inbox-filter",
                        icon: "filter",
                        label: t.text("do-filter"),
                        popup: "menu",
                        expanded: choosing(),
                        onpress: move |()| choosing.toggle(),
                    }
                    if choosing() {
                        ViewMenu { choosing }
                    }
                }
            }
        }
        if (inbox.searching)() {
            SearchRow {
                id: "inbox-search",
                text: inbox.filter.read().text.clone(),
                label: t.text("inbox-search-label"),
                hint: t.text("inbox-search-hint"),
                oninput: move |text| inbox.search(text),
                onend: move |()| inbox.end_search(),
                ondown: move |()| inbox.take_focus(),
            }
        } else {
            Segments {}
        }
    }
}

#[component]
fn ViewMenu(mut choosing: Signal<bool>) -> Element {
    let inbox = use_context::<InboxState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let chosen = inbox.filter.read().view;
    let lists =
        InboxView::ALL.iter().map(|view| Item { text: t.text(view_word(*view)), checked: Some(*view == chosen), ..Item::default() });
    let act = |act: Act| Item { text: t.text(act.spec().word), icon: act.spec().glyph, keys: act.key(inbox.shell), ..Item::default() };
    let items = lists.chain(BESIDE.map(act));
    rsx! {
        Menu {
            id: "inbox-views",
            label: t.text("inbox-views"),
            items: items.collect::<Vec<_>>(),
            class: "menu-end",
            onchoose: move |n: usize| {
                choosing.set(false);
                match InboxView::ALL.get(n) {
                    Some(view) => inbox.show(*view),
                    None => _ = BESIDE.get(n - InboxView::ALL.len()).map(|act| acting.run(*act)),
                }
            },
            onclose: move |back: bool| {
                choosing.set(false);
                if back {
                    browser::focus("inbox-filter");
                }
            },
        }
    }
}

#[component]
fn Segments() -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    // Nothing is counted before it is known.
    let counts = use_memo(move || {
        let list = inbox.list.read();
        (list.load == Load::Here).then_some(list.summary.counts)
    });
    let chosen = inbox.filter.read().view;
    let answered = matches!(chosen, InboxView::Accepted | InboxView::Rejected | InboxView::Cancelled);
    let of_a_kind = matches!(chosen, InboxView::Requests | InboxView::Orders | InboxView::Conversations);
    rsx! {
        div { class: "sub", role: "group", "aria-label": t.text("inbox-views"),
            for view in SIDE_BY_SIDE {
                {
                    // A list of the menu stands under the one it is a part of, which then has its name.
                    let shown = match view {
                        InboxView::Waiting if of_a_kind => chosen,
                        InboxView::Answered if answered => chosen,
                        view => view,
                    };
                    let count = match shown {
                        InboxView::Waiting => counts().map(|c| c.waiting),
                        InboxView::Requests => counts().map(|c| c.requests),
                        InboxView::Orders => counts().map(|c| c.orders),
                        InboxView::Conversations => counts().map(|c| c.conversations),
                        InboxView::Mine => counts().map(|c| c.mine),
                        InboxView::Snoozed => counts().map(|c| c.snoozed),
                        _ => None,
                    };
                    rsx! {
                        button {
                            key: "{view:?}",
                            r#type: "button",
                            class: "seg",
                            "aria-pressed": (shown == chosen).to_string(),
                            onclick: move |_| inbox.show(view),
                            {t.text(view_word(shown))}
                            if let Some(count) = count {
                                " "
                                span { class: "n", {t.whole(i64::from(count))} }
                            }
                        }
                    }
                }
            }
        }
    }
}
