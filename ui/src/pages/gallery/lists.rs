//! Lists and what is walked by arrows.

use std::rc::Rc;

use bridge::{ConversationRow, InboxGroup, InboxRow, OrderRow};
use dioxus::prelude::*;
use domain::{
    record::AnyRecord,
    records::{Claim, ConsultationStatus, HistoryEntry, Order},
    status::CommandState,
    time::{MINUTE, UtcMillis},
    waiting::{Item, waits_for},
};

use super::Case;
use crate::{
    components::{
        badge::Badge,
        icon::Icon,
        list::{Coming, DataList, Layout, ListRow, RowAt},
        separator::{Separator, Widths},
        tabs::Tabs,
        timeline::{Node, Timeline},
    },
    mock,
    pages::{
        conversations,
        inbox::{LIST, Row},
        orders,
    },
    shell::Shell,
    words::use_words,
};

/// How many rows the gallery's lists have in a group.
const ROWS: u32 = 5;

#[component]
pub(super) fn Lists() -> Element {
    let shell = use_context::<Shell>();
    let rows = samples(shell.clock.minute());
    rsx! {
        Case { name: "ListRow", Plain {} }
        Case { name: "Row", Requests { rows } }
        Case { name: "orders::Row", Orders {} }
        Case { name: "orders::Steps", Ways {} }
        Case { name: "conversations::Row", Conversations {} }
    }
}

/// The list by itself: one row is open, one is done, two groups.
#[component]
fn Plain() -> Element {
    let t = use_words();
    let mut cursor = use_signal(|| 1_u32);
    let mut focus = use_signal(|| false);
    let headers = [t.text("group-today"), t.text("group-done")];
    let words = t.clone();
    rsx! {
        div { class: "pane card grow", height: "360px",
            DataList {
                id: "gallery-list",
                label: t.text("place-notices"),
                layout: Layout::new([ROWS, ROWS]),
                cursor: Some(cursor()),
                focus,
                header: move |n: usize| rsx! {
                    {headers[n].clone()}
                    span { class: "n", "{ROWS}" }
                },
                row: move |at: RowAt| {
                    let done = at.index >= ROWS;
                    let face = if done { ConsultationStatus::Accepted.face() } else { ConsultationStatus::Waiting.face() };
                    let title = words.text("kind-consultation");
                    let summary = words.text("note-hint");
                    rsx! {
                        ListRow {
                            key: "{at.index}",
                            list: "gallery-list",
                            at,
                            total: 2 * ROWS,
                            current: at.index == cursor(),
                            done,
                            glyph: rsx! {
                                Icon { name: "bell" }
                            },
                            title: rsx! {
                                {title}
                            },
                            title_end: rsx! {
                                span { class: "due", "{at.index + 1}" }
                            },
                            summary: rsx! {
                                {summary}
                            },
                            summary_end: rsx! {
                                Badge { face }
                            },
                            onopen: move |()| {
                                cursor.set(at.index);
                                focus.set(true);
                            },
                        }
                    }
                },
                onview: |_| (),
            }
        }
    }
}

/// A row of Antrean and how it stands: open, chosen.
type Sample = (Rc<InboxRow>, bool, bool);

/// A record as Antrean has it.
fn row_of(record: AnyRecord, now: UtcMillis) -> Option<InboxRow> {
    let me = mock::colleague(0).id;
    let waits = waits_for(&record, me);
    let group = if waits.is_some_and(|waits| waits.due <= now) { InboxGroup::Late } else { InboxGroup::Today };
    Some(InboxRow { item: Item::of(record)?, waits, group, ours: false, mark: None, command: None, claim_ours: false, unseen: false })
}

/// The other kinds that wait: a new order, orders that are being made, one that its client wants changed, and clients who wrote.
fn others(now: UtcMillis) -> impl Iterator<Item = Sample> {
    let mut orders: Vec<Order> = mock::orders().into_iter().take(4).collect();
    if let Some((last, word)) = orders.last_mut().and_then(|it| Some((it.history.0.last()?.clone(), it))) {
        word.history.push(HistoryEntry { at: now.plus(-20 * MINUTE), act: "design.request_revision".to_owned(), to: None, ..last });
    }
    let talks = mock::conversations().into_iter().take(2).map(|row| AnyRecord::Conversation(row.conversation));
    let rows = orders.into_iter().map(AnyRecord::Order).chain(talks);
    rows.filter_map(move |record| row_of(record, now)).map(|row| (Rc::new(row), false, false))
}

/// Each way in which a row of Antrean can look.
fn samples(now: UtcMillis) -> Vec<Sample> {
    let all = mock::requests();
    let row = |n: usize, change: &dyn Fn(&mut InboxRow)| {
        let it = all[n % all.len()].clone();
        let waits = waits_for(&AnyRecord::Consultation(it.clone()), mock::colleague(0).id);
        let (item, group) = (Item::Consultation(Box::new(it)), InboxGroup::Today);
        let mut row = InboxRow { item, waits, group, ours: false, mark: None, command: None, claim_ours: false, unseen: false };
        change(&mut row);
        Rc::new(row)
    };
    let claimed = |row: &mut InboxRow| {
        if let Item::Consultation(it) = &mut row.item {
            it.claim = Some(Claim { by: mock::colleague(1), until: now.plus(12 * MINUTE) });
        }
    };
    let mark = |state| move |row: &mut InboxRow| row.mark = Some(state);
    let requests = vec![
        (row(0, &|row| row.unseen = true), false, false),
        (row(1, &|_| ()), true, false),
        (row(2, &|_| ()), false, true),
        (row(3, &|row| row.ours = true), true, true),
        (row(4, &mark(CommandState::Queued)), false, false),
        (row(5, &mark(CommandState::Refused)), false, false),
        (row(6, &claimed), false, false),
        (
            row(8, &|row| {
                claimed(row);
                row.claim_ours = true;
            }),
            false,
            false,
        ),
        (
            row(7, &|row| {
                if let Item::Consultation(it) = &mut row.item {
                    it.status = ConsultationStatus::Rejected;
                }
                row.waits = None;
            }),
            false,
            false,
        ),
    ];
    requests.into_iter().chain(others(now)).collect()
}

/// The rows of Antrean, and one that is still coming.
#[component]
fn Requests(rows: Vec<Sample>) -> Element {
    let t = use_words();
    let focus = use_signal(|| false);
    let total = u32::try_from(rows.len()).unwrap_or(0);
    let header = t.text("group-today");
    rsx! {
        div { class: "pane card grow", height: "640px",
            DataList {
                id: LIST,
                label: t.text("place-inbox"),
                layout: Layout::new([total + 1]),
                cursor: Some(1),
                focus,
                multi: true,
                header: move |_| rsx! {
                    {header.clone()}
                },
                row: move |at: RowAt| match rows.get(usize::try_from(at.index).unwrap_or(0)).cloned() {
                    Some((row, current, chosen)) => rsx! {
                        Row {
                            key: "{at.index}",
                            row,
                            at,
                            total,
                            current,
                            chosen,
                            reached: at.index == 1,
                        }
                    },
                    None => rsx! {
                        Coming { key: "{at.index}", top: at.top }
                    },
                },
                onview: |_| (),
            }
        }
    }
}

/// Each way in which a row of Pesanan desain can look, in a list without groups.
#[component]
fn Orders() -> Element {
    let t = use_words();
    let focus = use_signal(|| false);
    let row = |order: Order| OrderRow { order, ours: false, claim_ours: false, mark: None, command: None, unseen: false, kept: false };
    let mut rows: Vec<OrderRow> = mock::orders().into_iter().take(8).map(row).collect();
    if let [first, second, third, fourth, ..] = &mut rows[..] {
        first.unseen = true;
        (second.ours, second.mark) = (true, Some(CommandState::Queued));
        third.mark = Some(CommandState::Refused);
        "ORD-202611-~K3F9".clone_into(&mut fourth.order.number);
        fourth.ours = true;
    }
    let total = u32::try_from(rows.len()).unwrap_or(0);
    let rows: Vec<Rc<OrderRow>> = rows.into_iter().map(Rc::new).collect();
    rsx! {
        div { class: "pane card grow", height: "480px",
            DataList {
                id: orders::LIST,
                label: t.text("place-orders"),
                layout: Layout::flat(total),
                cursor: Some(1),
                focus,
                header: |_| rsx! {},
                row: move |at: RowAt| match rows.get(usize::try_from(at.index).unwrap_or(0)).cloned() {
                    Some(row) => rsx! {
                        orders::Row {
                            key: "{at.index}",
                            row,
                            at,
                            total,
                            current: at.index == 1,
                            chosen: at.index == 2,
                            reached: at.index == 1,
                        }
                    },
                    None => rsx! {
                        Coming { key: "{at.index}", top: at.top }
                    },
                },
                onview: |_| (),
            }
        }
    }
}

/// Each way in which a row of Obrolan can look.
#[component]
fn Conversations() -> Element {
    let t = use_words();
    let focus = use_signal(|| false);
    let mut rows = mock::conversations();
    if let Some(row) = rows.last_mut() {
        (row.ours, row.mark) = (true, Some(CommandState::Queued));
    }
    let total = u32::try_from(rows.len()).unwrap_or(0);
    let rows: Vec<Rc<ConversationRow>> = rows.into_iter().map(Rc::new).collect();
    rsx! {
        div { class: "pane card grow", height: "320px",
            DataList {
                id: conversations::LIST,
                label: t.text("place-conversations"),
                layout: Layout::flat(total),
                cursor: Some(1),
                focus,
                header: |_| rsx! {},
                row: move |at: RowAt| match rows.get(usize::try_from(at.index).unwrap_or(0)).cloned() {
                    Some(row) => rsx! {
                        conversations::Row {
                            key: "{at.index}",
                            row,
                            at,
                            total,
                            current: at.index == 1,
                            reached: at.index == 1,
                        }
                    },
                    None => rsx! {
                        Coming { key: "{at.index}", top: at.top }
                    },
                },
                onview: |_| (),
            }
        }
    }
}

/// Where orders stand on their way: in the middle of it, there by this computer alone, called off.
#[component]
fn Ways() -> Element {
    use domain::records::OrderStatus::{Cancelled, InProgress, Review};
    let all = mock::orders();
    let of = |status| all.iter().find(|it| it.status == status).cloned();
    let ways: Vec<(Order, bool)> =
        [of(InProgress).map(|it| (it, false)), of(Review).map(|it| (it, true)), of(Cancelled).map(|it| (it, false))]
            .into_iter()
            .flatten()
            .collect();
    rsx! {
        div { class: "grow",
            for (it , ours) in ways {
                orders::Steps { key: "{it.id}", it, ours }
            }
        }
    }
}

#[component]
pub(super) fn AllTabs() -> Element {
    let t = use_words();
    let mut chosen = use_signal(|| 0_usize);
    let names = [("gallery-tab-0", "view-waiting"), ("gallery-tab-1", "view-mine"), ("gallery-tab-2", "view-snoozed")];
    rsx! {
        Case { name: "Tabs",
            div { class: "grow",
                Tabs {
                    label: t.text("inbox-views"),
                    tabs: names.iter().map(|(id, key)| (*id, t.text(key))).collect::<Vec<_>>(),
                    chosen: chosen(),
                    panel: "gallery-panel",
                    onchoose: move |n| chosen.set(n),
                }
                div { id: "gallery-panel", class: "card-pad", role: "tabpanel", "aria-labelledby": names[chosen()].0, {t.text(names[chosen()].1)} }
            }
        }
        Case { name: "Tabs lined",
            div { class: "grow",
                Tabs {
                    label: t.text("order-parts"),
                    tabs: vec![("gallery-part-0", t.text("order-design")), ("gallery-part-1", t.text("order-facts"))],
                    chosen: 1,
                    panel: "gallery-part",
                    lined: true,
                    onchoose: |_| (),
                }
                div { id: "gallery-part", class: "card-pad", role: "tabpanel", "aria-labelledby": "gallery-part-1", {t.text("order-facts")} }
            }
        }
    }
}

#[component]
pub(super) fn Timelines() -> Element {
    // One that was called off, with its reason; the last act is not acknowledged yet.
    let Some(it) = mock::requests().into_iter().find(|it| it.status == ConsultationStatus::Cancelled) else { return rsx! {} };
    let last = it.history.0.len().saturating_sub(1);
    let nodes: Vec<Node> = it.history.0.into_iter().enumerate().map(|(n, entry)| Node { entry, ours: n == last }).collect();
    rsx! {
        Case { name: "Timeline",
            div { class: "grow",
                Timeline { nodes, due_at: Some(it.due_at) }
            }
        }
    }
}

#[component]
pub(super) fn Separators() -> Element {
    let t = use_words();
    const USUAL: u16 = 160;
    let widths = Widths { least: 80, most: 240 };
    let mut width = use_signal(|| USUAL);
    rsx! {
        Case { name: "Separator",
            div { class: "pane card", id: "gallery-panes", width: "320px", height: "48px",
                Separator {
                    id: "gallery-separator",
                    pane: "gallery-panes",
                    width: width(),
                    widths,
                    label: t.text("pane-separator"),
                    at: format!("{}px", width()),
                    onmove: move |to| width.set(to),
                    onrest: move |to: Option<u16>| width.set(to.unwrap_or(USUAL)),
                }
            }
        }
    }
}
