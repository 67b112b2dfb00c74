//! Laporan: what became of requests in a period, counted from the copy on this computer (picture 16).

mod charts;
mod frame;
mod paper;
mod sentences;
mod shapes;
mod state;
mod tables;

use std::rc::Rc;

use bridge::ReportReply;
use dioxus::prelude::*;
use domain::{
    report::{Figures, Period},
    role::Role,
    status::Tone,
    words::Words,
};

use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button},
        empty::{Empty, Skeleton},
        export::ExportNote,
        note::Note,
    },
    pages::{
        desk::{DrawerButton, Failed, Notes},
        outbox::sync_now,
        paper::PrintButton,
        rows::Load,
    },
    shell::Shell,
    words::use_words,
};

pub(crate) use state::ReportState;

/// The screen.
#[component]
pub(crate) fn ReportPage() -> Element {
    let report = use_context::<ReportState>();
    let t = use_words();
    use_hook(|| report.read());
    let (load, reply) = ((report.load)(), (report.reply)());
    rsx! {
        section { class: "pane", id: "pane-detail", "aria-label": t.text("place-report"), "data-keys": "detail", tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-report")} }
                AsOf {}
                span { class: "push hstack",
                    Periods {}
                    if reply.is_some() {
                        PrintButton {}
                    }
                    ActButton { act: Act::Export, class: "btn-sm", onpress: move |()| _ = report.run(Act::Export) }
                }
            }
            Notes {}
            ExportNote { export: report.export }
            match (load, reply) {
                (Load::Failed(error), _) => rsx! {
                    Failed { error, title: t.text("report-failed"), onretry: move |()| report.read() }
                },
                (_, None) => rsx! {
                    Skeleton { rows: 6, label: t.text("loading") }
                },
                (_, Some(reply)) => rsx! {
                    Body { reply }
                },
            }
        }
    }
}

/// «dihitung dari cermin lokal, per 10:42 WIB».
#[component]
fn AsOf() -> Element {
    let report = use_context::<ReportState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let as_of = report.reply.read().as_ref().and_then(|reply| reply.as_of);
    let text = match as_of {
        Some(at) => t.with("report-as-of", &[("at", t.time(at, shell.zone()).into())]),
        None => t.text("report-local"),
    };
    rsx! {
        span { class: "t3 s12 cut hide-s", {text} }
    }
}

/// The key of a period's name.
const fn period_word(period: Period) -> &'static str {
    match period {
        Period::FourWeeks => "period-four-weeks",
        Period::TenWeeks => "period-ten-weeks",
        Period::Year => "period-year",
    }
}

#[component]
fn Periods() -> Element {
    let report = use_context::<ReportState>();
    let t = use_words();
    let chosen = (report.period)();
    rsx! {
        span { class: "segs", role: "group", "aria-label": t.text("report-period"),
            for period in Period::ALL {
                button {
                    key: "{period:?}",
                    r#type: "button",
                    class: "seg",
                    "aria-pressed": (period == chosen).to_string(),
                    onclick: move |_| report.choose(period),
                    {t.text(period_word(period))}
                }
            }
        }
    }
}

#[component]
fn Body(reply: Rc<ReportReply>) -> Element {
    let report = use_context::<ReportState>();
    let t = use_words();
    let it = &reply.report;
    let empty = it.whole.wanted() == 0 && it.whole.cancelled == 0;
    rsx! {
        Partial { reply: reply.clone() }
        div { class: "scroll", id: "report-body", tabindex: "0", role: "region", "aria-label": t.text("report-figures"),
            Stats { whole: it.whole }
            if empty {
                Empty { icon: "chart", title: t.text("report-empty"),
                    p { {t.text("report-empty-text")} }
                }
            } else {
                div { class: "pad",
                    if (report.as_table)() {
                        tables::StepTable { reply: reply.clone() }
                    } else {
                        charts::Charts { reply: reply.clone() }
                    }
                    tables::People { people: it.people.clone() }
                }
            }
        }
    }
}

/// What is not in the copy, and whose requests are counted.
#[component]
fn Partial(reply: Rc<ReportReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let own = !shell.is_any(&[Role::Admin, Role::Cs]);
    let text = match reply.oldest {
        Some(at) => t.with("report-partial", &[("day", t.date(at.day(shell.org_zone())).into())]),
        None => t.text("report-partial-none"),
    };
    rsx! {
        if !reply.complete {
            Note { tone: Tone::Kunyit, icon: "sy-stale", class: "cal-note", id: "report-partial",
                span { class: "grow",
                    b { {t.text("report-partial-title")} }
                    " "
                    {text}
                }
                Button { text: t.text("do-sync"), class: "btn-sm", onpress: move |()| sync_now(shell) }
            }
        }
        if own {
            Note { tone: Tone::Netral, icon: "person", class: "cal-note",
                span { {t.text("report-own")} }
            }
        }
    }
}

/// The four figures: name, value, and what it is of.
fn stats(words: &Words, it: &Figures) -> [(&'static str, String, String); 4] {
    let n = |n: u32| words.whole(i64::from(n));
    let of = words.with("report-answered-of", &[("n", n(it.answered()).into()), ("of", n(it.wanted()).into())]);
    [
        ("report-answered", tables::share(words, it), of),
        ("report-median", tables::median(words, it), words.text("report-median-text")),
        ("report-late", n(it.late), words.count("report-late-text", i64::from(it.answered()))),
        ("report-cancelled", n(it.cancelled), words.text("report-cancelled-text")),
    ]
}

#[component]
fn Stats(whole: Figures) -> Element {
    let t = use_words();
    rsx! {
        dl { class: "stats stats-lg",
            for (key , value , text) in stats(&t, &whole) {
                div { key: "{key}", class: "stat",
                    dt { {t.text(key)} }
                    dd {
                        b { {value} }
                        span { {text} }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{time::MINUTE, words::Lang};

    #[test]
    fn the_four_figures_say_of_what_they_are() {
        let it = Figures { accepted: 2, rejected: 1, cancelled: 1, waiting: 1, late: 1, median_ms: Some(52 * MINUTE) };
        let said = stats(&Words::new(Lang::Id), &it).map(|(_, value, text)| format!("{value}, {text}"));
        let expected = ["75%, 3 dari 4 permintaan", "52 mnt, dalam jam kerja", "1, dari 3 jawaban", "1, sebelum dijawab, tidak dihitung"];
        assert_eq!(said, expected);
        let none = stats(&Words::new(Lang::Id), &Figures::default());
        assert_eq!((none[0].1.as_str(), none[1].1.as_str()), ("-", "-"), "nothing is no percent");
    }
}
