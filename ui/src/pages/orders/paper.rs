//! What is printed: a list as it is sifted, or the worksheet of one order («lembar kerja»). It stands beside the screen and is
//! seen on paper alone. A dashed edge is ours on paper too (ui.md, principle 2).

use std::rc::Rc;

use bridge::{OrderDetailReply, OrderFilter, OrderRow};
use dioxus::prelude::*;
use domain::{
    phone::Phone,
    records::{Client, Order},
    time::UtcMillis,
    words::Words,
};

use super::{list::sifting, state::OrdersState};
use crate::{
    browser,
    shell::Shell,
    words::{many, use_words, wire_word},
};

/// The most rows of a printed list: some eighty pages.
pub(super) const MOST: u32 = 2_000;

/// What is printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Printed {
    /// The list.
    List {
        /// Its rows, at most [`MOST`].
        rows: Vec<OrderRow>,
        /// How many the list has.
        total: u32,
        /// What it is sifted by.
        filter: OrderFilter,
    },
    /// One order.
    Worksheet(Rc<OrderDetailReply>),
}

/// A thing that is printed, and when it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paper {
    /// What.
    pub(super) what: Printed,
    /// When it was laid on paper.
    pub(super) at: UtcMillis,
}

/// The paper, if something was printed since the screen was opened. What was printed last stays: a window system may ask for the
/// page again while its dialog is open.
#[component]
pub(crate) fn OrderPaper() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    use_effect(move || {
        if orders.paper.read().is_some() {
            browser::print();
        }
    });
    let paper = orders.paper.read();
    let Some(Paper { what, at }) = &*paper else { return rsx! {} };
    let printed = t.with("print-at", &[("at", t.moment(*at, shell.zone()).into())]);
    rsx! {
        section { class: "paper", id: "paper", "aria-hidden": "true",
            match what {
                Printed::List { rows, total, filter } => rsx! {
                    List { rows: rows.clone(), total: *total, filter: filter.clone() }
                },
                Printed::Worksheet(reply) => rsx! {
                    Worksheet { reply: reply.clone() }
                },
            }
            p { class: "paper-foot", {printed} }
        }
    }
}

#[component]
fn List(rows: Vec<OrderRow>, total: u32, filter: OrderFilter) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    let heads = [
        "csv-order-number",
        "csv-order-client",
        "csv-order-kind",
        "csv-order-deadline",
        "csv-order-budget",
        "csv-state",
        "csv-order-assignee",
    ];
    let left = i64::from(total) - many(rows.len());
    rsx! {
        h1 { {t.text("place-orders")} }
        p { {listed(&t, total, &filter)} }
        table {
            thead {
                tr {
                    for head in heads {
                        th { scope: "col", {t.text(head)} }
                    }
                    th { scope: "col",
                        {t.text("csv-order-created")}
                        " ({zone.label()})"
                    }
                }
            }
            tbody {
                for row in rows {
                    tr { key: "{row.order.id}", class: if row.ours { "ours" },
                        td { class: "num", "{row.order.number}" }
                        td {
                            bdi { "{row.order.client_name}" }
                        }
                        td { {t.text(row.order.design_type.word())} }
                        td { class: "num", {day(&t, &row.order)} }
                        td { class: "num", {budget(&row.order)} }
                        td { {t.text(row.order.status.face().word)} }
                        td {
                            bdi { {assignee(&row.order)} }
                        }
                        td { class: "num", {t.date(row.order.created_at.day(zone))} }
                    }
                }
            }
        }
        if left > 0 {
            p { {t.with("print-left", &[("n", t.whole(left).into())])} }
        }
    }
}

#[component]
fn Worksheet(reply: Rc<OrderDetailReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    let it = &reply.order;
    let none = || "-".to_owned();
    let facts: [(&str, String); 10] = [
        ("csv-order-client", it.client_name.to_string()),
        ("print-contact", contact(reply.client.as_ref())),
        ("csv-order-kind", t.text(it.design_type.word())),
        ("csv-state", format!("{} · {}", t.text(it.status.face().word), t.moment(it.status_at, zone))),
        ("csv-order-product", t.text(it.product_status.face().word)),
        ("csv-order-deadline", it.deadline.map_or_else(none, |day| t.date_long(day))),
        ("csv-order-budget", budget(it)),
        ("csv-order-assignee", assignee(it)),
        ("csv-order-version", it.current_version.map_or_else(none, |n| t.whole(n))),
        ("csv-order-source", wire_word(&t, "source", it.source.wire())),
    ];
    let texts = [
        ("csv-order-description", Some(it.description.to_string())),
        ("csv-order-needs", it.needs.as_ref().map(ToString::to_string)),
        ("csv-order-staff-note", it.staff_note.as_ref().map(ToString::to_string)),
        ("csv-reason", it.reason.as_ref().map(ToString::to_string)),
    ];
    rsx! {
        h1 {
            {t.text("print-worksheet")}
            " "
            span { class: if it.has_real_number() { "num" } else { "num ours" }, "{it.number}" }
        }
        if reply.ours {
            p { class: "ours", {t.text("print-ours")} }
        }
        dl {
            for (name , value) in facts {
                dt { {t.text(name)} }
                dd {
                    bdi { {value} }
                }
            }
        }
        for (name , text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
            h2 { {t.text(name)} }
            p { class: "long",
                bdi { {text} }
            }
        }
        if !reply.notes.is_empty() {
            h2 { {t.text("print-notes")} }
            for note in reply.notes.iter() {
                p { key: "{note.note.id}", class: if note.ours { "long ours" } else { "long" },
                    b {
                        bdi { "{note.note.author.name}" }
                        " · {t.moment(note.note.created_at, zone)}"
                    }
                    br {}
                    bdi { "{note.note.text}" }
                }
            }
        }
        h2 { {t.text("print-by-hand")} }
        div { class: "paper-lines", aria_hidden: "true" }
    }
}

/// What a list holds, and what it is sifted by: «128 pesanan · Menunggu · Logo · “rani”».
fn listed(words: &Words, total: u32, filter: &OrderFilter) -> String {
    let shown = words.whole(i64::from(total));
    let counted = words.with("orders-counted", &[("n", total.to_string().into()), ("shown", shown.into())]);
    let text = filter.text.trim();
    let sought = (!text.is_empty()).then(|| format!("“{text}”"));
    let sifted = Some(sifting(words, filter)).filter(|said| !said.is_empty());
    [Some(counted), sifted, sought].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn day(words: &Words, it: &Order) -> String {
    it.deadline.map_or_else(|| "-".to_owned(), |day| words.date(day))
}
fn budget(it: &Order) -> String {
    it.budget.map_or_else(|| "-".to_owned(), |amount| amount.to_string())
}
fn assignee(it: &Order) -> String {
    it.assignee.as_ref().map_or_else(|| "-".to_owned(), |who| who.name.to_string())
}
fn contact(client: Option<&Client>) -> String {
    let Some(client) = client else { return "-".to_owned() };
    let (phone, email) = (client.phone.as_ref().map(Phone::spoken), client.email.as_ref().map(ToString::to_string));
    let said: Vec<String> = [phone, email].into_iter().flatten().collect();
    if said.is_empty() { "-".to_owned() } else { said.join(" · ") }
}

impl OrdersState {
    /// What the list holds as it is sifted, in words.
    pub(super) fn listed(self) -> String {
        listed(&self.shell.words(), self.list.read().total(), &self.filter.read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{records::OrderStatus, words::Lang};

    #[test]
    fn a_list_says_how_many_it_holds_and_why_these() {
        let filter = OrderFilter { status: Some(OrderStatus::Pending), text: " rani ".to_owned(), ..OrderFilter::default() };
        assert_eq!(listed(&Words::new(Lang::Id), 1_280, &filter), "1.280 pesanan · Menunggu · “rani”");
        assert_eq!(listed(&Words::new(Lang::En), 1, &OrderFilter::default()), "1 order");
    }
}
