//! What is put on paper: the list as it is sifted, or the worksheet of one order («lembar kerja»).

use std::rc::Rc;

use bridge::{OrderDetailReply, OrderFilter, OrderRow};
use dioxus::prelude::*;
use domain::{
    phone::Phone,
    records::{Client, Order},
    words::Words,
};

use super::{list::sifting, state::OrdersState};
use crate::{
    pages::paper::{self, Column, Line, Sheet, Width, counted, left},
    shell::Shell,
    words::{use_words, wire_word},
};

/// What a list holds, and what it is sifted by: «128 pesanan · Menunggu · Logo · “rani”».
fn listed(words: &Words, total: u32, filter: &OrderFilter) -> String {
    let sifted = Some(sifting(words, filter)).filter(|said| !said.is_empty());
    paper::listed(counted(words, "orders-counted", total.into()), sifted, &filter.text)
}

impl OrdersState {
    /// What the list holds as it is sifted, in words.
    pub(crate) fn listed(self) -> String {
        listed(&self.shell.words(), self.list.read().total(), &self.filter.read())
    }
    /// The list on paper.
    pub(crate) fn sheet(self, rows: &[OrderRow], total: u32, filter: &OrderFilter) -> Sheet {
        let (t, zone) = (self.shell.words(), self.shell.zone());
        let mut columns = Column::all(
            &t,
            [
                ("csv-order-number", Width::Whole),
                ("csv-order-client", Width::Text),
                ("csv-order-kind", Width::Text),
                ("csv-order-deadline", Width::Whole),
                ("csv-order-budget", Width::Figures),
                ("csv-state", Width::Text),
                ("csv-order-assignee", Width::Text),
            ],
        );
        columns.push(Column::at(&t, "csv-order-created", zone));
        let line = |row: &OrderRow| {
            let it = &row.order;
            let cells = vec![
                it.number.clone(),
                it.client_name.to_string(),
                t.text(it.design_type.word()),
                it.deadline.map_or_else(String::new, |day| t.date(day)),
                it.budget.map_or_else(String::new, |amount| amount.to_string()),
                t.text(it.status.face().word),
                it.assignee.as_ref().map_or_else(String::new, |who| who.name.to_string()),
                t.date(it.created_at.day(zone)),
            ];
            Line::Row(cells, row.ours)
        };
        Sheet::of(
            t.text("place-orders"),
            listed(&t, total, filter),
            (columns, rows.iter().map(line).collect()),
            left(&t, total, rows.len()),
        )
    }
}

/// The worksheet of one order.
#[component]
pub(crate) fn Worksheet(reply: Rc<OrderDetailReply>) -> Element {
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
