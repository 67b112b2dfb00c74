//! The fields of an order, for a new one and for one that is changed.

use dioxus::prelude::*;
use domain::{
    commands::order::last_deadline,
    records::Source,
    text::Brief,
    time::{UtcMillis, Zone},
};

use super::form::{Form, KINDS, Part};
use crate::{
    components::{
        calendar::DayInput,
        choice::Select,
        field::{Field, LongText},
        money::MoneyField,
    },
    pages::dialogs::SOURCES,
    words::{use_words, wire_word},
};

/// The fields. `says` words what is wrong with a part, once it may be said.
#[component]
pub(super) fn Fields(
    form: Signal<Form>,
    says: Callback<Part, Option<String>>,
    now: UtcMillis,
    /// Whether it is asked how the order reached us.
    asks_source: bool,
) -> Element {
    let t = use_words();
    let typed = form.read().clone();
    let kinds = KINDS.iter().map(|kind| (kind.wire().to_owned(), t.text(kind.word())));
    let sources = SOURCES.iter().map(|source: &Source| (source.wire().to_owned(), wire_word(&t, "source", source.wire())));
    let mut form = form;
    rsx! {
        div { class: "two",
            Field { id: "order-kind", label: t.text("order-kind"),
                Select {
                    id: "order-kind",
                    options: kinds.collect::<Vec<_>>(),
                    chosen: typed.kind.wire(),
                    onchoose: move |n: usize| form.write().kind = KINDS[n].clone(),
                }
            }
            if asks_source {
                Field { id: "order-source", label: t.text("fact-source"),
                    Select {
                        id: "order-source",
                        options: sources.collect::<Vec<_>>(),
                        chosen: typed.source.wire(),
                        onchoose: move |n: usize| form.write().source = SOURCES[n].clone(),
                    }
                }
            }
        }
        LongText {
            id: Part::Description.id(),
            label: t.text("order-description"),
            value: typed.description,
            most: Brief::MOST,
            rows: 3,
            required: true,
            error: says.call(Part::Description),
            oninput: move |text| form.write().description = text,
        }
        LongText {
            id: Part::Needs.id(),
            label: t.text("order-needs"),
            value: typed.needs,
            most: Brief::MOST,
            rows: 2,
            error: says.call(Part::Needs),
            oninput: move |text| form.write().needs = text,
        }
        Limits { form, says, now }
    }
}

/// By when, and for how much.
#[component]
fn Limits(mut form: Signal<Form>, says: Callback<Part, Option<String>>, now: UtcMillis) -> Element {
    let t = use_words();
    let typed = form.read().clone();
    // the day is judged in WIB, wherever the organisation is.
    let today = now.day(Zone::Wib);
    let chosen = typed.day(today);
    let understood = chosen.map_or_else(|| format!("{} · {}", t.text("optional"), t.text("day-hint")), |day| t.date_long(day));
    let error = says.call(Part::Deadline);
    rsx! {
        div { class: "two",
            Field { id: Part::Deadline.id(), label: t.text("order-deadline"), hint: Some(understood), error: error.clone(),
                DayInput {
                    id: Part::Deadline.id(),
                    value: typed.deadline,
                    chosen,
                    today,
                    least: today,
                    most: last_deadline(today),
                    invalid: error.is_some(),
                    placeholder: t.text("day-placeholder"),
                    oninput: move |text| form.write().deadline = text,
                }
            }
            MoneyField {
                id: Part::Budget.id(),
                label: t.text("order-budget"),
                value: typed.budget,
                hint: Some(t.text("optional")),
                error: says.call(Part::Budget),
                oninput: move |text| form.write().budget = text,
            }
        }
    }
}
