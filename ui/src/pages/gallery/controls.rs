//! What is pressed, typed and chosen.

use dioxus::prelude::*;
use domain::{
    calendar::Holiday,
    daytime::{self, Typed},
    text::{Invalid, Topic},
    time::Zone,
};

use super::Case;
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, IconButton, Kbd, Look},
        calendar::DayInput,
        choice::{Check, Radio, Select, Switch},
        field::{Field, FieldFoot, LongText, PasswordInput, TextInput},
        when::WhenField,
    },
    shell::Shell,
    words::{invalid, use_words},
};

#[component]
pub(super) fn Buttons() -> Element {
    let t = use_words();
    let looks = [("btn", Look::Plain), ("btn-pri", Look::Primary), ("btn-bad", Look::Danger), ("btn-quiet", Look::Quiet)];
    rsx! {
        for (name , look) in looks {
            Case { key: "{name}", name,
                Button { text: t.text("retry"), look, onpress: |()| () }
                Button { text: t.text("retry"), look, icon: "refresh", keys: "Ctrl+Enter", onpress: |()| () }
                Button { text: t.text("retry"), look, class: "btn-sm", onpress: |()| () }
                Button { text: t.text("retry"), look, class: "btn-lg", onpress: |()| () }
                Button { text: t.text("retry"), look, disabled: true, described_by: "gallery-why", onpress: |()| () }
            }
        }
        Case { name: "described_by",
            span { id: "gallery-why", class: "act-why", {t.text("error-no-session")} }
        }
        Case { name: "ActButton",
            ActButton { act: Act::Accept, look: Look::Primary, onpress: |()| () }
            ActButton { act: Act::Snooze, why_not: t.text("error-no-session"), onpress: |()| () }
        }
        Case { name: "IconButton",
            IconButton { icon: "x", label: t.text("close"), onpress: |()| () }
            IconButton { icon: "search", label: t.text("inbox-search-label"), pressed: true, onpress: |()| () }
            IconButton { icon: "down", label: t.text("more"), expanded: false, popup: "menu", onpress: |()| () }
            IconButton { icon: "eye", label: t.text("password-show"), disabled: true, onpress: |()| () }
        }
        Case { name: "Kbd",
            for keys in ["J", "Shift+J", "Ctrl+Enter", "Escape", "ArrowDown", "PageUp"] {
                span { key: "{keys}", class: "hstack hstack-1",
                    Kbd { keys }
                }
            }
        }
    }
}

#[component]
pub(super) fn Fields() -> Element {
    let t = use_words();
    let mut topic = use_signal(String::new);
    let mut wrong = use_signal(|| "?".to_owned());
    let mut secret = use_signal(String::new);
    let mut long = use_signal(String::new);
    let length = topic.read().chars().count();
    rsx! {
        Case { name: "Field",
            Field {
                id: "gallery-topic",
                label: t.text("fact-topic"),
                aside: rsx! {
                    span { class: "t3 num", "{length} / {Topic::MOST}" }
                },
                hint: Some(t.text("optional")),
                TextInput {
                    id: "gallery-topic",
                    value: topic(),
                    described: true,
                    placeholder: t.text("topic-placeholder"),
                    oninput: move |text| topic.set(text),
                }
            }
        }
        Case { name: "is-bad",
            Field { id: "gallery-wrong", label: t.text("field-email"), error: Some(invalid(&t, Invalid::Malformed)),
                TextInput {
                    id: "gallery-wrong",
                    value: wrong(),
                    invalid: true,
                    required: true,
                    oninput: move |text| wrong.set(text),
                }
            }
        }
        Case { name: "LongText",
            LongText {
                id: "gallery-long",
                label: t.text("order-description"),
                value: long(),
                most: Topic::MOST,
                rows: 2,
                error: long.read().is_empty().then(|| invalid(&t, Invalid::Required)),
                oninput: move |text| long.set(text),
            }
        }
        Case { name: "PasswordInput",
            Field { id: "gallery-secret", label: t.text("set-password"),
                PasswordInput {
                    id: "gallery-secret",
                    value: secret(),
                    show_label: t.text("password-show"),
                    oninput: move |text| secret.set(text),
                }
            }
        }
        Case { name: "FieldFoot",
            FieldFoot { id: "gallery-foot-hint", hint: Some(t.text("optional")), error: None }
            FieldFoot { id: "gallery-foot-error", hint: None, error: Some(invalid(&t, Invalid::TooLong(500))) }
        }
    }
}

#[component]
pub(super) fn Choices() -> Element {
    let t = use_words();
    let mut on = use_signal(|| true);
    let mut off = use_signal(|| false);
    let mut checks = use_signal(|| [true, false]);
    let mut radio = use_signal(|| 0_usize);
    let mut zone = use_signal(Zone::default);
    let zones: Vec<(String, String)> = Zone::ALL.iter().map(|z| (z.label().to_owned(), format!("{} · {}", z.label(), z.city()))).collect();
    rsx! {
        Case { name: "Switch",
            label { class: "sr", r#for: "gallery-on", {t.text("set-quiet-on")} }
            Switch { id: "gallery-on", on: on(), onswitch: move |to| on.set(to) }
            span { class: "t2 s12", id: "gallery-on-more", {t.text("set-quiet-on-more")} }
        }
        Case { name: "Switch off",
            label { class: "sr", r#for: "gallery-off", {t.text("set-contrast")} }
            Switch { id: "gallery-off", on: off(), onswitch: move |to| off.set(to) }
            span { class: "t2 s12", id: "gallery-off-more", {t.text("set-contrast-more")} }
        }
        Case { name: "Check",
            for n in 0..2_usize {
                label { key: "{n}", class: "hstack",
                    Check { checked: checks()[n], onswitch: move |to| checks.write()[n] = to }
                    {t.text(["note-only-me", "note-private"][n])}
                }
            }
        }
        Case { name: "Radio",
            for n in 0..3_usize {
                label { key: "{n}", class: "opt",
                    Radio { name: "gallery-radio", checked: radio() == n, onchoose: move |()| radio.set(n) }
                    {t.text(["view-waiting", "view-mine", "view-snoozed"][n])}
                }
            }
        }
        Case { name: "Select",
            Field { id: "gallery-zone", label: t.text("fact-zone"),
                Select { id: "gallery-zone", options: zones, chosen: zone().label(), onchoose: move |n: usize| zone.set(Zone::ALL[n]) }
            }
        }
    }
}

#[component]
pub(super) fn Days() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let today = shell.clock.minute().day(shell.zone());
    let mut typed = use_signal(String::new);
    let mut wrong = use_signal(|| "?".to_owned());
    // The month that opens has a day that is free, where the table of them reaches that far.
    let next = use_hook(|| Holiday::bundled().into_iter().map(|holiday| holiday.date).find(|date| *date > today));
    let chosen = daytime::day(&typed.read(), today).or(next);
    let understood = chosen.map(|day| t.date_long(day));
    rsx! {
        Case { name: "is-bad",
            Field { id: "gallery-no-day", label: t.text("fact-due"), error: Some(invalid(&t, Invalid::Malformed)),
                DayInput {
                    id: "gallery-no-day",
                    value: wrong(),
                    chosen: None,
                    today,
                    least: today,
                    most: today.next_year(),
                    invalid: true,
                    required: true,
                    oninput: move |text| wrong.set(text),
                }
            }
        }
        Case { name: "DayInput",
            // Room for the month that opens.
            div { class: "grow", height: "420px",
                Field { id: "gallery-day", label: t.text("fact-date"), hint: understood,
                    DayInput {
                        id: "gallery-day",
                        value: typed(),
                        chosen,
                        today,
                        least: today,
                        most: today.next_year(),
                        placeholder: t.text("day-placeholder"),
                        oninput: move |text| typed.set(text),
                    }
                }
            }
        }
    }
}

#[component]
pub(super) fn Moments() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let today = shell.clock.minute().day(shell.zone());
    let of = |day: &str, hour: &str, zone| Typed { day: day.to_owned(), hour: hour.to_owned(), zone };
    let fields = [
        ("WhenField", ["gallery-when", "gallery-when-hour", "gallery-when-zone"], use_signal(|| of("", "", Zone::Wib)), None),
        ("typed", ["gallery-at", "gallery-at-hour", "gallery-at-zone"], use_signal(|| of("2026-12-01", "14:00", Zone::Wita)), None),
        ("is-bad", ["gallery-no-when", "gallery-no-hour", "gallery-no-zone"], use_signal(|| of("2026-12-01", "25", Zone::Wit)), None),
        (
            "error",
            ["gallery-busy", "gallery-busy-hour", "gallery-busy-zone"],
            use_signal(|| of("2026-12-01", "14:00", Zone::Wib)),
            Some(t.text("refusal-claimed-by-other")),
        ),
    ];
    rsx! {
        for (name , ids , mut value , error) in fields {
            Case { key: "{name}", name,
                WhenField {
                    ids,
                    label: t.text("fact-due"),
                    value: value(),
                    least: today,
                    most: today.next_year(),
                    client: Zone::Wit,
                    error,
                    oninput: move |to| value.set(to),
                }
            }
        }
    }
}
