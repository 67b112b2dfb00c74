//! The header of the list: its name, the search, and the orders it can have.

use bridge::ClientSort;
use dioxus::prelude::*;

use crate::{
    acting::Acting,
    actions::Act,
    components::{button::IconButton, tabs::Tabs},
    pages::{clients::ClientsState, desk::DrawerButton, paper::PrintButton, rows::SearchRow},
    shell::Place,
    words::use_words,
};

/// The id of what the list is shown in.
pub(super) const PANEL: &str = "clients-panel";

/// The orders, each with the id of its tab and the key of its name.
const SORTS: [(ClientSort, &str, &str); 2] =
    [(ClientSort::Name, "clients-tab-name", "clients-by-name"), (ClientSort::Last, "clients-tab-last", "clients-by-last")];

fn place(sort: ClientSort) -> usize {
    SORTS.iter().position(|(other, ..)| *other == sort).unwrap_or(0)
}

/// The key of the name of an order.
pub(in crate::pages::clients) fn word(sort: ClientSort) -> &'static str {
    SORTS[place(sort)].2
}

/// The id of the tab of an order.
pub(super) fn tab(sort: ClientSort) -> &'static str {
    SORTS[place(sort)].1
}

/// The header.
#[component]
pub(super) fn Head() -> Element {
    let clients = use_context::<ClientsState>();
    let acting = use_context::<Acting>();
    let shell = acting.shell;
    let t = use_words();
    let sort = clients.filter.read().sort;
    rsx! {
        header { class: "head",
            DrawerButton {}
            h1 { {t.text("place-clients")} }
            span { class: "push hstack hstack-1",
                if shell.has(Place::Import) {
                    IconButton { id: "clients-import", icon: "import", label: t.text("import-open"), onpress: move |()| _ = acting.run(Act::GoImport) }
                }
                PrintButton {}
                IconButton {
                    icon: "search",
                    label: t.text("do-search"),
                    expanded: (clients.searching)(),
                    onpress: move |()| clients.toggle_search(),
                }
            }
        }
        Tabs {
            label: t.text("clients-sorts"),
            tabs: SORTS.iter().map(|(_, id, word)| (*id, t.text(word))).collect::<Vec<_>>(),
            chosen: place(sort),
            panel: PANEL,
            onchoose: move |n: usize| {
                if let Some((sort, ..)) = SORTS.get(n).filter(|(other, ..)| *other != sort) {
                    clients.sort(*sort);
                }
            },
        }
        if (clients.searching)() {
            SearchRow {
                id: "clients-search",
                text: clients.filter.read().text.clone(),
                label: t.text("clients-search-label"),
                hint: t.text("client-find-hint"),
                oninput: move |text| clients.search(text),
                onend: move |()| clients.end_search(),
                ondown: move |()| clients.take_focus(),
            }
        }
    }
}
