//! The same figures as tables: step by step in place of the charts, and by whom.

use std::rc::Rc;

use bridge::ReportReply;
use dioxus::prelude::*;
use domain::{
    report::{Answers, Figures, Period, Step},
    words::{Ago, Words},
};

use super::{charts::missing_before, sentences::when, state::ReportState};
use crate::{
    actions::Act,
    components::{avatar::Avatar, button::ActButton},
    shell::Shell,
    words::use_words,
};

/// A share in whole percent.
pub(super) fn share(words: &Words, it: &Figures) -> String {
    it.share().map_or_else(|| words.text("none"), |share| format!("{share}%"))
}

/// The middle of the times to an answer.
pub(super) fn median(words: &Words, it: &Figures) -> String {
    it.median_ms.map_or_else(|| words.text("none"), |ms| words.hours(Ago(ms)))
}

/// The steps, the newest first.
#[component]
pub(super) fn StepTable(reply: Rc<ReportReply>) -> Element {
    let report = use_context::<ReportState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let daily = reply.report.period == Period::FourWeeks;
    let title = t.text(if daily { "report-bars-day" } else { "report-bars-week" });
    let missing = missing_before(&reply, shell);
    rsx! {
        div { class: "card",
            div { class: "card-pad hstack",
                h2 { class: "sec-h grow", id: "report-steps", {title} }
                ActButton { act: Act::Table, class: "btn-sm", text: t.text("report-show-charts"), onpress: move |()| _ = report.run(Act::Table) }
            }
            table { class: "table table-c", "aria-labelledby": "report-steps",
                thead {
                    tr {
                        th { scope: "col", {t.text("report-step")} }
                        for key in ["report-accepted", "report-rejected", "report-waiting", "report-cancelled", "report-late", "report-answered", "report-median"] {
                            th { key: "{key}", scope: "col", class: "num", {t.text(key)} }
                        }
                    }
                }
                tbody {
                    for step in reply.report.steps.iter().rev().copied() {
                        StepRow { key: "{step.first}", step, period: reply.report.period, missing: missing.is_some_and(|day| step.last < day) }
                    }
                }
                tfoot {
                    tr {
                        th { scope: "row", {t.text("report-total")} }
                        Cells { it: reply.report.whole }
                    }
                }
            }
        }
    }
}

#[component]
fn StepRow(step: Step, period: Period, missing: bool) -> Element {
    let t = use_words();
    rsx! {
        tr {
            th { scope: "row",
                {when(&t, period, &step)}
                if step.unfinished {
                    " "
                    span { class: "t3 s12", {t.text("report-unfinished")} }
                }
                if missing {
                    " "
                    span { class: "t3 s12", {t.text("report-missing")} }
                }
            }
            Cells { it: step.figures }
        }
    }
}

#[component]
fn Cells(it: Figures) -> Element {
    let t = use_words();
    rsx! {
        for (n , value) in [it.accepted, it.rejected, it.waiting, it.cancelled, it.late].into_iter().enumerate() {
            td { key: "{n}", class: "money", {t.whole(i64::from(value))} }
        }
        td { class: "money", {share(&t, &it)} }
        td { class: "money", {median(&t, &it)} }
    }
}

/// Who answered, the most first.
#[component]
pub(super) fn People(people: Vec<Answers>) -> Element {
    let t = use_words();
    if people.is_empty() {
        return rsx! { p { class: "t2 sec", {t.text("report-nobody")} } };
    }
    rsx! {
        div { class: "card sec",
            h2 { class: "sec-h card-pad", id: "report-people", {t.text("report-people")} }
            table { class: "table table-c", "aria-labelledby": "report-people",
                thead {
                    tr {
                        th { scope: "col", {t.text("report-person")} }
                        for key in ["report-person-answered", "report-accepted", "report-rejected", "report-late", "report-median"] {
                            th { key: "{key}", scope: "col", class: "num", {t.text(key)} }
                        }
                    }
                }
                tbody {
                    for line in people {
                        tr { key: "{line.who.id}",
                            th { scope: "row",
                                span { class: "hstack",
                                    Avatar { name: line.who.name.clone(), size: 24 }
                                    bdi { class: "med", "{line.who.name}" }
                                }
                            }
                            for (n , value) in [line.figures.answered(), line.figures.accepted, line.figures.rejected, line.figures.late].into_iter().enumerate() {
                                td { key: "{n}", class: "money", {t.whole(i64::from(value))} }
                            }
                            td { class: "money", {median(&t, &line.figures)} }
                        }
                    }
                }
            }
        }
    }
}
