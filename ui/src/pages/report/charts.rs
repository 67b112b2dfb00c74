//! The two charts: requests by step, and the middle of the times to an answer. Series differ by fill, hatch and outline; what is not
//! over is dashed.

use std::rc::Rc;

use bridge::ReportReply;
use dioxus::prelude::*;
use domain::{
    report::{Period, Step},
    time::{Day, MINUTE},
    words::Ago,
};

use super::{
    frame::{Axis, Chart, Names, Plot, Series},
    sentences::{bars, line},
    shapes::{BASE, TOP, count_ticks, height, minute_ticks, slot},
    state::ReportState,
};
use crate::{actions::Act, components::button::ActButton, shell::Shell, words::use_words};

/// The last day before which nothing is here, where the copy is not whole.
pub(super) fn missing_before(reply: &ReportReply, shell: Shell) -> Option<Day> {
    reply.oldest.filter(|_| !reply.complete).map(|at| at.day(shell.org_zone()))
}

/// Both of them.
#[component]
pub(super) fn Charts(reply: Rc<ReportReply>) -> Element {
    let t = use_words();
    let daily = reply.report.period == Period::FourWeeks;
    let title = t.text(if daily { "report-bars-day" } else { "report-bars-week" });
    rsx! {
        div { class: "rep",
            figure { class: "card card-pad",
                figcaption { class: "sec-h",
                    span { {title.clone()} }
                    Legend {}
                    ToTable {}
                }
                Chart { id: "chart-bars", title, finding: bars(&t, &reply.report), steps: reply.report.steps.clone(), period: reply.report.period, series: Series::Requests,
                    Bars { reply: reply.clone() }
                }
            }
            figure { class: "card card-pad",
                figcaption { class: "sec-h",
                    span { {t.text("report-line")} }
                    span { class: "n", {t.text("report-line-unit")} }
                }
                Chart { id: "chart-line", title: t.text("report-line"), finding: line(&t, &reply.report), steps: reply.report.steps.clone(), period: reply.report.period, series: Series::Time,
                    Line { reply: reply.clone() }
                }
            }
        }
    }
}

#[component]
fn ToTable() -> Element {
    let report = use_context::<ReportState>();
    let t = use_words();
    rsx! {
        ActButton { act: Act::Table, class: "btn-sm", text: t.text("report-show-table"), onpress: move |()| _ = report.run(Act::Table) }
    }
}

#[component]
fn Legend() -> Element {
    let t = use_words();
    rsx! {
        span { class: "push key",
            svg { view_box: "0 0 10 10", "aria-hidden": "true",
                rect { class: "ch-ok", width: "10", height: "10", rx: "2" }
            }
            {t.text("report-accepted")}
        }
        span { class: "key",
            svg { view_box: "0 0 10 10", "aria-hidden": "true",
                Hatch { id: "hatch-key" }
                rect { class: "ch-edge", width: "10", height: "10", rx: "2", fill: "url(#hatch-key)" }
            }
            {t.text("report-rejected")}
        }
        span { class: "key",
            svg { view_box: "0 0 10 10", "aria-hidden": "true",
                rect { class: "ch-wait", x: "0.5", y: "0.5", width: "9", height: "9", rx: "2" }
            }
            {t.text("report-waiting")}
        }
    }
}

/// The hatch of what was rejected.
#[component]
fn Hatch(id: &'static str) -> Element {
    rsx! {
        defs {
            pattern { id, width: "6", height: "6", pattern_units: "userSpaceOnUse", pattern_transform: "rotate(45)",
                rect { class: "ch-bg", width: "6", height: "6" }
                rect { class: "ch-bad", width: "2.5", height: "6" }
            }
        }
    }
}

#[component]
fn Bars(reply: Rc<ReportReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let steps = reply.report.steps.clone();
    let count = steps.len();
    let most = steps.iter().map(|step| step.figures.wanted()).max().unwrap_or(0);
    let ticks = count_ticks(most);
    let top = ticks.last().copied().unwrap_or(1);
    let missing = missing_before(&reply, shell);
    let labelled: Vec<(i64, String)> = ticks.iter().map(|n| (*n, t.whole(*n))).collect();
    rsx! {
        Hatch { id: "hatch" }
        Axis { ticks: labelled }
        for (n , step) in steps.iter().copied().enumerate() {
            Bar { key: "{n}", step, n, count, top, missing: missing.is_some_and(|day| step.first < day), named: most > 0 && step.figures.wanted() == most }
        }
        Names { steps }
    }
}

/// One bar: accepted below, then rejected, then what waits. A step that is not over has a dashed outline.
#[component]
fn Bar(step: Step, n: usize, count: usize, top: i64, missing: bool, named: bool) -> Element {
    let t = use_words();
    let place = slot(n, count, Plot::here());
    let it = step.figures;
    let (accepted, answered, wanted) = (i64::from(it.accepted), i64::from(it.answered()), i64::from(it.wanted()));
    let part = |from: i64, to: i64| (height(to, top), height(from, top) - height(to, top));
    let ((y1, h1), (y2, h2), (y3, h3)) = (part(0, accepted), part(accepted, answered), part(answered, wanted));
    rsx! {
        if missing {
            rect { class: "ch-none", x: "{place.left}", y: "{TOP}", width: "{place.width}", height: "{BASE - TOP}", rx: "2" }
        }
        if h1 > 0.0 {
            rect { class: "ch-ok", x: "{place.left}", y: "{y1}", width: "{place.width}", height: "{h1}", rx: "2" }
        }
        if h2 > 0.0 {
            rect { class: "ch-edge", x: "{place.left}", y: "{y2}", width: "{place.width}", height: "{h2}", rx: "2", fill: "url(#hatch)" }
        }
        if h3 > 0.0 {
            rect { class: "ch-wait", x: "{place.left}", y: "{y3}", width: "{place.width}", height: "{h3}", rx: "2" }
        }
        if step.unfinished {
            rect { class: "ch-open", x: "{place.left - 2.0}", y: "{y3 - 2.0}", width: "{place.width + 4.0}", height: "{BASE - y3 + 2.0}", rx: "3" }
        }
        if named {
            text { class: "ch-v", x: "{place.middle}", y: "{y3 - 6.0}", "text-anchor": "middle", {t.whole(wanted)} }
        }
    }
}

#[component]
fn Line(reply: Rc<ReportReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let steps = reply.report.steps.clone();
    let count = steps.len();
    // Of a step that is here in part nothing is said: its median would be that of a few.
    let (missing, wide) = (missing_before(&reply, shell), Plot::here());
    let minutes = |step: &Step| step.figures.median_ms.filter(|_| missing.is_none_or(|day| day <= step.first)).map(|ms| ms / MINUTE);
    let ticks = minute_ticks(steps.iter().filter_map(minutes).max().unwrap_or(0));
    let top = ticks.last().copied().unwrap_or(1);
    let points: Vec<(f64, f64, i64, bool)> = steps
        .iter()
        .enumerate()
        .filter_map(|(n, step)| minutes(step).map(|value| (slot(n, count, wide).middle, height(value, top), value, step.unfinished)))
        .collect();
    let path = |points: &[(f64, f64, i64, bool)]| points.iter().map(|(x, y, ..)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    // The way to a step that is not over is dashed.
    let open = points.last().is_some_and(|(.., unfinished)| *unfinished) && points.len() > 1;
    let (whole, last) =
        if open { (path(&points[..points.len() - 1]), path(&points[points.len() - 2..])) } else { (path(&points), String::new()) };
    let labelled: Vec<(i64, String)> = ticks.iter().map(|n| (*n, if *n == 0 { t.whole(0) } else { t.hours(Ago(n * MINUTE)) })).collect();
    let newest = points.last().copied();
    rsx! {
        Axis { ticks: labelled }
        polyline { class: "ch-line", points: whole }
        if open {
            polyline { class: "ch-line ch-dash", points: last }
        }
        for (x , y , ..) in points.iter() {
            circle { key: "{x}", class: "ch-dot", cx: "{x}", cy: "{y}", r: "3" }
        }
        if let Some((x, y, value, _)) = newest {
            text { class: "ch-v", x: "{x}", y: "{y - 9.0}", "text-anchor": "end", {t.hours(Ago(value * MINUTE))} }
        }
        Names { steps }
    }
}
