//! The steps of «Verifikasi dua langkah», as they are drawn.

use bridge::FactorSecret;
use dioxus::prelude::*;
use domain::wire::SecondFactor;

use super::{
    factor::{CODE, Flow, PASSWORD, Stage},
    password::PasswordField,
};
use crate::{
    components::{
        button::{Button, Look},
        field::{Field, Form, FormError, TextInput},
        icon::Icon,
        qr::Qr,
    },
    words::use_words,
};

/// How it stands, and what can be done.
#[component]
pub(super) fn Standing(flow: Flow, state: SecondFactor) -> Element {
    let t = use_words();
    if !state.on {
        return rsx! {
            div { class: "hstack wrap",
                span { class: "badge tone-netral",
                    Icon { name: "sy-off", size: 14 }
                    {t.text("factor-is-off")}
                }
                Button { id: "factor-begin", text: t.text("factor-begin"), look: Look::Primary, onpress: move |()| flow.go(Stage::Begin) }
            }
        };
    }
    let since = state.since.map(|at| t.with("factor-since", &[("at", t.moment(at, flow.shell.zone()).into())]));
    let left = t.count("factor-left", i64::from(state.recovery_left));
    rsx! {
        div { class: "hstack wrap",
            span { class: "badge tone-daun",
                Icon { name: "check", size: 14 }
                {t.text("factor-is-on")}
            }
            span { class: "t2 s12", {since.into_iter().chain([left]).collect::<Vec<_>>().join(" · ")} }
        }
        div { class: "hstack wrap",
            Button { id: "factor-renew", text: t.text("factor-renew"), onpress: move |()| flow.go(Stage::Renew) }
            Button { id: "factor-off", text: t.text("factor-off"), onpress: move |()| flow.go(Stage::Off) }
        }
    }
}

/// A step that asks for the password, for a code, or for both.
#[component]
pub(super) fn Typed(flow: Flow, stage: Stage) -> Element {
    let t = use_words();
    let (text, submit, look) = match stage {
        Stage::Renew => (Some("factor-renew-text"), "factor-renew-submit", Look::Primary),
        Stage::Off => (Some("factor-off-text"), "factor-off-submit", Look::Danger),
        _ => (None, "factor-begin-next", Look::Primary),
    };
    rsx! {
        Step { flow, submit, look,
            if let Some(text) = text {
                p { {t.text(text)} }
            }
            if stage.wants_password() {
                PasswordField {
                    id: PASSWORD,
                    label: t.text("password-current"),
                    value: flow.password,
                    wrong: flow.wrong_password,
                    autocomplete: "current-password",
                }
            }
            if stage.wants_code() {
                Code { flow, label: t.text("factor-code-any"), mode: "text" }
            }
        }
    }
}

/// The secret, and the code that confirms it.
#[component]
pub(super) fn Scan(flow: Flow, secret: FactorSecret) -> Element {
    let t = use_words();
    let text = secret.secret.clone();
    // In groups it is typed without losing the place.
    let groups: Vec<String> = text.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    rsx! {
        Step { flow, submit: "factor-confirm", look: Look::Primary,
            p { {t.text("factor-scan")} }
            if let Some(code) = secret.qr {
                Qr { code, label: t.text("factor-qr") }
            }
            div { class: "hstack wrap",
                span { class: "t2 s12", {t.text("factor-secret")} }
                code { class: "mono factor-secret", {groups.join(" ")} }
                Button { text: t.text("factor-copy"), class: "btn-sm", onpress: move |()| flow.copy(text.clone()) }
            }
            Code { flow, label: t.text("factor-code"), mode: "numeric" }
        }
    }
}

/// The recovery codes.
#[component]
pub(super) fn Codes(flow: Flow, codes: Vec<String>) -> Element {
    let t = use_words();
    let all = codes.join("\n");
    rsx! {
        div { class: "vstack", role: "group", "aria-labelledby": "factor-codes",
            h4 { class: "semi", id: "factor-codes", {t.text("factor-codes")} }
            p { {t.text("factor-codes-text")} }
            ul { class: "factor-codes mono",
                for code in codes {
                    li { key: "{code}", {code.clone()} }
                }
            }
            div { class: "hstack wrap",
                Button { text: t.text("factor-codes-kept"), look: Look::Primary, onpress: move |()| flow.leave() }
                Button { text: t.text("factor-codes-copy"), onpress: move |()| flow.copy(all.clone()) }
            }
        }
    }
}

#[component]
fn Step(flow: Flow, submit: &'static str, look: Look, children: Element) -> Element {
    let t = use_words();
    rsx! {
        Form {
            class: "vstack",
            labelled_by: "set-factor",
            onsubmit: move |()| flow.submit(),
            onescape: move |()| flow.leave(),
            {children}
            if let Some(text) = (flow.failed)() {
                FormError { text }
            }
            div { class: "hstack wrap",
                Button { text: t.text(submit), look, submit: true, disabled: (flow.busy)(), onpress: |()| {} }
                Button { text: t.text("cancel"), look: Look::Quiet, onpress: move |()| flow.leave() }
            }
        }
    }
}

#[component]
fn Code(flow: Flow, label: String, mode: &'static str) -> Element {
    let Flow { mut code, mut wrong_code, .. } = flow;
    rsx! {
        div { class: "factor-code",
            Field { id: CODE, label, error: wrong_code(),
                TextInput {
                    id: CODE,
                    value: code(),
                    large: true,
                    autocomplete: "one-time-code",
                    inputmode: mode,
                    invalid: wrong_code.read().is_some(),
                    oninput: move |text| {
                        code.set(text);
                        wrong_code.set(None);
                    },
                }
            }
        }
    }
}
