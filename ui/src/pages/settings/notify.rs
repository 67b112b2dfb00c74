//! Notifikasi: which kinds are told of, and in which ways. What is told when, the desk keeps.

use bridge::{Notify, TestToast, Ways};
use dioxus::prelude::*;
use domain::{
    status::Tone,
    words::{Words, isolate},
};

use super::rows::{SetRow, Switch};
use crate::{
    components::{
        button::Button,
        choice::Check,
        icon::{Icon, Logo},
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::use_words,
};

/// A kind of notification.
#[derive(Clone, Copy)]
struct Kind {
    /// The id of its first switch, which is also the key of its name.
    id: &'static str,
    /// The key of what is said of it.
    more: &'static str,
    glyph: &'static str,
    /// Its place among the settings.
    place: fn(&mut Notify) -> &mut Ways,
    /// Whether it counts in the number at the tray, and can wait for the end of quiet hours.
    lasts: bool,
}

const fn kind(id: &'static str, more: &'static str, glyph: &'static str, place: fn(&mut Notify) -> &mut Ways, lasts: bool) -> Kind {
    Kind { id, more, glyph, place, lasts }
}

const KINDS: [Kind; 7] = [
    kind("set-notify-request", "set-notify-request-more", "consult", |notify| &mut notify.request, true),
    kind("set-notify-order", "set-notify-order-more", "design", |notify| &mut notify.order, true),
    kind("set-notify-message", "set-notify-message-more", "chat", |notify| &mut notify.message, true),
    kind("set-notify-near", "set-notify-near-more", "clock", |notify| &mut notify.near, false),
    kind("set-notify-assigned", "set-notify-assigned-more", "right", |notify| &mut notify.assigned, true),
    kind("set-notify-decision", "set-notify-decision-more", "sy-refuse", |notify| &mut notify.decision, false),
    kind("set-notify-stuck", "set-notify-stuck-more", "sy-off", |notify| &mut notify.stuck, false),
];

/// A way of telling: the key of its name, its place, and whether it is there for a kind.
type Way = (&'static str, fn(&mut Ways) -> &mut bool, fn(Kind) -> bool);

const WAYS: [Way; 4] = [
    ("way-system", |ways| &mut ways.system, |_| true),
    ("way-sound", |ways| &mut ways.sound, |_| true),
    ("way-count", |ways| &mut ways.count, |kind| kind.lasts),
    ("way-summary", |ways| &mut ways.summary, |kind| kind.lasts),
];

/// What came of a try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Try {
    Asked,
    Shown,
    Refused,
}

/// Names, a picture of one, and the ways of each kind.
#[component]
pub(super) fn NotifyRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let hidden = (shell.preferences)().notify.hide_names;
    rsx! {
        div { class: "notif-top",
            SetRow { id: "set-hide-names", title: t.text("set-hide-names"), more: t.text("set-hide-names-more"),
                Switch {
                    id: "set-hide-names",
                    on: hidden,
                    onswitch: move |on| shell.change_preferences(|p| p.notify.hide_names = on),
                }
            }
            Sample { hidden }
        }
        h2 { class: "sec-h sec", id: "notify-kinds", {t.text("set-notify-kinds")}
            " "
            span { class: "n", {t.text("set-notify-kinds-more")} }
        }
        table { class: "matrix", "aria-labelledby": "notify-kinds",
            thead {
                tr {
                    th { scope: "col", {t.text("set-notify-event")} }
                    for (way , ..) in WAYS {
                        th { key: "{way}", scope: "col", {t.text(way)} }
                    }
                }
            }
            tbody {
                for (n , kind) in KINDS.into_iter().enumerate() {
                    KindRow { key: "{kind.id}", n }
                }
            }
        }
    }
}

/// The n-th kind, and its ways.
#[component]
fn KindRow(n: usize) -> Element {
    let kind = KINDS[n];
    let shell = use_context::<Shell>();
    let t = use_words();
    let ways = *(kind.place)(&mut (shell.preferences)().notify);
    let change = move |place: fn(&mut Ways) -> &mut bool, on: bool| shell.change_preferences(|p| *place((kind.place)(&mut p.notify)) = on);
    rsx! {
        tr {
            th { scope: "row",
                span { class: "hstack hstack-3",
                    Icon { name: kind.glyph }
                    span {
                        label { class: "med", r#for: kind.id, {t.text(kind.id)} }
                        " "
                        span { class: "s12 t3", id: "{kind.id}-more", {t.text(kind.more)} }
                    }
                }
            }
            for (n , (way , place , is_there)) in WAYS.into_iter().enumerate() {
                td { key: "{way}",
                    if is_there(kind) {
                        Check {
                            id: if n == 0 { kind.id.to_owned() } else { format!("{}-{way}", kind.id) },
                            label: t.with("way-of", &[("kind", t.text(kind.id).into()), ("way", t.text(way).into())]),
                            described_by: format!("{}-more", kind.id),
                            // Without a notification there is none to sound, or to be told of later.
                            disabled: !ways.system && matches!(way, "way-sound" | "way-summary"),
                            checked: *place(&mut { ways }),
                            onswitch: move |on| change(place, on),
                        }
                    } else {
                        span { class: "t3", "aria-hidden": "true", "–" }
                    }
                }
            }
        }
    }
}

/// What one looks like, and a real one.
#[component]
fn Sample(hidden: bool) -> Element {
    let t = use_words();
    let tried = use_signal(|| None::<Try>);
    let (title, body) =
        if hidden { (t.count("toast-locked-requests", 2), None) } else { (t.count("toast-new-requests-title", 2), Some(sample(&t))) };
    rsx! {
        figure { class: "vstack",
            div { class: "os-toast",
                Logo {}
                div { class: "hstack s12",
                    span { class: "semi", {t.text("window-title")} }
                    span { class: "push t3", {t.text("sample-now")} }
                }
                span {}
                div {
                    p { class: "semi", {title} }
                    if let Some(body) = body {
                        p { class: "t2", {body} }
                    }
                }
            }
            figcaption { class: "hstack",
                span { class: "s12 t3 grow", {t.text("set-notify-looks")} }
                TryButton { tried, small: true }
            }
            TrySaid { tried }
        }
    }
}

/// What stands in it while names may be said.
fn sample(t: &Words) -> String {
    let names = ["sample-name-1", "sample-name-2"].map(|name| isolate(&t.text(name)));
    let list = t.listed(&names);
    t.with("toast-several-body", &[("names", list.into()), ("due", t.text("sample-due").into())])
}

/// «Kirim uji», and what the system made of it.
#[component]
pub(crate) fn TryRow() -> Element {
    let t = use_words();
    let tried = use_signal(|| None::<Try>);
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-try")} }
                p { class: "t2 s12", {t.text("set-try-more")} }
            }
            TryButton { tried }
        }
        TrySaid { tried }
    }
}

#[component]
fn TryButton(tried: Signal<Option<Try>>, #[props(default)] small: bool) -> Element {
    let t = use_words();
    let mut asked = tried;
    let class = if small { "btn-sm" } else { "" };
    rsx! {
        Button {
            id: "set-try".to_owned(),
            text: t.text("do-try-toast"),
            icon: "bell",
            class,
            disabled: tried() == Some(Try::Asked),
            onpress: move |()| {
                asked.set(Some(Try::Asked));
                task(async move {
                    let shown = ask(TestToast {}).await.is_ok_and(|reply| reply.shown);
                    put(asked, Some(if shown { Try::Shown } else { Try::Refused }));
                });
            },
        }
    }
}

#[component]
fn TrySaid(tried: Signal<Option<Try>>) -> Element {
    let t = use_words();
    rsx! {
        div { role: "status",
            match tried() {
                Some(Try::Shown) => rsx! {
                    Note { tone: Tone::Daun, icon: "check",
                        span { {t.text("try-shown")} }
                    }
                },
                Some(Try::Refused) => rsx! {
                    Note { tone: Tone::Cabai, icon: "sy-refuse",
                        span { {t.text("try-refused")} }
                    }
                },
                _ => rsx! {},
            }
        }
    }
}
