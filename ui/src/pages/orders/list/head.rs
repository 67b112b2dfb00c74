//! The header of the list: its name and the acts that belong to it, the counters, the search, and what it is sifted by.

use bridge::{OrderCounts, OrderFilter};
use dioxus::prelude::*;
use domain::{records::OrderStatus, words::Words};

use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, IconButton, Look},
        icon::Icon,
    },
    pages::{
        desk::DrawerButton,
        orders::OrdersState,
        rows::{Load, SearchRow},
    },
    shell::{Layer, Shell},
    words::use_words,
};

/// The header.
#[component]
pub(super) fn Head() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let sifted = is_sifted(&orders.filter.read());
    rsx! {
        header { class: "head",
            DrawerButton {}
            h1 { {t.text("place-orders")} }
            // In a narrow window the palette and the keys have what there is no room for.
            span { class: "push hstack hstack-1",
                if Act::NewOrder.spec().is_for(shell) {
                    ActButton {
                        act: Act::NewOrder,
                        text: t.text("do-new-request-short"),
                        class: "btn-sm",
                        onpress: move |()| shell.open(Layer::NewOrder),
                    }
                }
                IconButton { icon: "search", label: t.text("do-search"), onpress: move |()| orders.toggle_search(), expanded: (orders.searching)() }
                IconButton {
                    id: "orders-filter",
                    icon: "filter",
                    label: t.text("do-filter"),
                    popup: "dialog",
                    onpress: move |()| shell.open(Layer::OrderFilter),
                }
                IconButton {
                    id: "orders-export",
                    icon: "download",
                    class: "hide-m",
                    label: t.text("do-export"),
                    popup: "dialog",
                    onpress: move |()| shell.open(Layer::Export),
                }
                IconButton {
                    icon: "bookmark",
                    class: "hide-m",
                    label: t.text("do-save-view"),
                    popup: "dialog",
                    onpress: move |()| shell.open(Layer::SaveView),
                }
            }
        }
        Counters {}
        if (orders.searching)() {
            SearchRow {
                id: "orders-search",
                text: orders.filter.read().text.clone(),
                label: t.text("orders-search-label"),
                hint: t.text("orders-search-hint"),
                oninput: move |text| orders.search(text),
                onend: move |()| orders.end_search(),
                ondown: move |()| orders.take_focus(),
            }
        }
        if sifted {
            Sifted {}
        }
    }
}

/// Whether the list is sifted by more than its counters and its search say.
fn is_sifted(filter: &OrderFilter) -> bool {
    let counted = filter.status.as_ref().is_none_or(|status| COUNTERS.contains(&Some(status.clone())));
    filter.design_type.is_some() || filter.mine || filter.deleted || !counted
}

/// The counters, each a list to choose: those that wait, those that are worked on, those that are done, and all of them.
const COUNTERS: [Option<OrderStatus>; 4] = [Some(OrderStatus::Pending), Some(OrderStatus::InProgress), Some(OrderStatus::Completed), None];

const fn counted(counts: &OrderCounts, status: Option<&OrderStatus>) -> u32 {
    match status {
        Some(OrderStatus::Pending) => counts.pending,
        Some(OrderStatus::InProgress) => counts.in_progress,
        Some(OrderStatus::Completed) => counts.completed,
        _ => counts.total(),
    }
}

#[component]
fn Counters() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    // Nothing is counted before it is known.
    let counts = use_memo(move || {
        let list = orders.list.read();
        (list.load == Load::Here).then_some(list.summary)
    });
    let chosen = orders.filter.read().status.clone();
    rsx! {
        div { class: "stats stats-b", role: "group", "aria-label": t.text("orders-counters"),
            for (n , status) in COUNTERS.into_iter().enumerate() {
                {
                    let (glyph, word) = status.as_ref().map_or(("design", "orders-total"), |s| (s.face().glyph, s.face().word));
                    let pressed = chosen == status;
                    let count = counts().map(|counts| t.whole(i64::from(counted(&counts, status.as_ref()))));
                    rsx! {
                        button {
                            key: "{n}",
                            r#type: "button",
                            class: "stat",
                            "aria-pressed": pressed.to_string(),
                            onclick: move |_| {
                                let filter = OrderFilter { status: status.clone(), ..orders.filter.peek().clone() };
                                orders.sift(filter);
                            },
                            b { {count.unwrap_or_else(|| "–".to_owned())} }
                            span {
                                Icon { name: glyph, size: 12 }
                                {t.text(word)}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a list of orders is sifted by, in words.
pub(crate) fn sifted_by(words: &Words, filter: &OrderFilter) -> Vec<String> {
    let status = filter.status.as_ref().map(|status| words.text(status.face().word));
    let kind = filter.design_type.as_ref().map(|kind| words.text(kind.word()));
    let mine = filter.mine.then(|| words.text("orders-mine"));
    let deleted = filter.deleted.then(|| words.text("orders-deleted"));
    [status, kind, mine, deleted].into_iter().flatten().collect()
}

/// The same in one line.
pub(in crate::pages::orders) fn sifting(words: &Words, filter: &OrderFilter) -> String {
    sifted_by(words, filter).join(" · ")
}

/// What the list is sifted by, and the way back to all of it.
#[component]
fn Sifted() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let said = sifting(&t, &orders.filter.read());
    rsx! {
        div { class: "sub", role: "status",
            Icon { name: "filter", size: 14 }
            span { class: "s12 t2 grow cut", {said} }
            Button {
                text: t.text("orders-show-all"),
                look: Look::Quiet,
                class: "btn-sm",
                onpress: move |()| {
                    let text = orders.filter.peek().text.clone();
                    orders.sift(OrderFilter { text, ..OrderFilter::default() });
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{records::DesignType, words::Lang};

    #[test]
    fn what_the_counters_say_is_not_said_twice() {
        let of = |status| OrderFilter { status, ..OrderFilter::default() };
        assert!(!is_sifted(&OrderFilter::default()) && !is_sifted(&of(Some(OrderStatus::Pending))));
        assert!(is_sifted(&of(Some(OrderStatus::Review))), "no counter stands for it");
        let more = OrderFilter { design_type: Some(DesignType::Logo), mine: true, ..of(Some(OrderStatus::Pending)) };
        assert_eq!(sifting(&Words::new(Lang::Id), &more), "Menunggu · Logo · Milik saya");
    }

    #[test]
    fn each_counter_counts_its_own() {
        let counts = OrderCounts { pending: 1, approved: 2, in_progress: 4, review: 8, completed: 16, cancelled: 32, deleted: 64 };
        let all: Vec<u32> = COUNTERS.iter().map(|status| counted(&counts, status.as_ref())).collect();
        assert_eq!(all, [1, 4, 16, 63], "deleted ones are in no counter");
    }
}
