//! «Kenali Meja»: a minute for whoever sits at this desk for the first time. It can be left at any moment, and begun again in the settings.

use bridge::{ServerCheck, ServerInfo};
use dioxus::prelude::*;
use domain::status::Tone;

use crate::{
    actions::{Act, aria},
    browser,
    components::{
        button::{Button, Kbd, Look},
        dialog::{Dialog, close},
        note::Note,
    },
    gateway::ask,
    pages::{gate::problem_word, settings::TryRow},
    shell::{Layer, Shell, focus_drawn, put, task},
    words::{many, use_words},
};

const ID: &str = "welcome";
/// The heading of the open step.
const STEP: &str = "welcome-step";
/// The five keys that carry through a day.
const KEYS: [Act; 5] = [Act::Next, Act::Accept, Act::Reject, Act::Palette, Act::Sheet];

/// The steps, by the keys of their headings.
const STEPS: [&str; 3] = ["welcome-server", "welcome-toasts", "welcome-keys"];

/// Says once on a desk that there is such a minute. It takes no key from anybody.
#[component]
pub(super) fn WelcomeNote() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    if (shell.preferences)().welcomed {
        return rsx! {};
    }
    rsx! {
        Note { tone: Tone::Langit, icon: "info", id: "welcome-note", class: "cal-note",
            span { class: "grow",
                b { {t.text("welcome-title")} }
                " "
                {t.text("welcome-text")}
            }
            Button { text: t.text("welcome-begin"), class: "btn-sm", onpress: move |()| shell.open(Layer::Welcome) }
            Button { text: t.text("welcome-skip"), look: Look::Quiet, class: "btn-sm", onpress: move |()| welcomed(shell) }
        }
    }
}

/// It is not offered again by itself.
fn welcomed(shell: Shell) {
    if !shell.preferences.peek().welcomed {
        shell.change_preferences(|p| p.welcomed = true);
    }
}

/// The minute.
#[component]
pub(super) fn WelcomeDialog() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut step = use_signal(|| 0_usize);
    let mut turn = move |to: usize| {
        step.set(to);
        // The heading is another one only when it is drawn.
        focus_drawn(STEP);
    };
    let end = move || {
        welcomed(shell);
        close(ID);
        shell.close();
    };
    let (at, last) = (step(), STEPS.len() - 1);
    let number = |n: usize| t.whole(many(n)).into();
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {t.text("welcome-title")}
            },
            sub: rsx! {
                {t.with("welcome-sub", &[("n", number(at + 1)), ("of", number(STEPS.len()))])}
            },
            onclose: move |()| end(),
            footer: rsx! {
                if at < last {
                    Button { text: t.text("welcome-skip"), look: Look::Quiet, keys: "Escape", onpress: move |()| end() }
                }
                span { class: "grow" }
                if at > 0 {
                    Button { text: t.text("welcome-back"), look: Look::Quiet, onpress: move |()| turn(at - 1) }
                }
                Button {
                    text: t.text(if at < last { "welcome-next" } else { "welcome-end" }),
                    look: Look::Primary,
                    onpress: move |()| if at < last { turn(at + 1) } else { end() },
                }
            },
            h3 { id: STEP, tabindex: "-1", {t.text(STEPS[at])} }
            match at {
                0 => rsx! {
                    ServerPart {}
                },
                1 => rsx! {
                    p { {t.text("welcome-toasts-text")} }
                    TryRow {}
                },
                _ => rsx! {
                    p { {t.text("welcome-keys-text")} }
                    KeyPart {}
                },
            }
        }
    }
}

/// Which server this desk works with, and whether it answers.
#[component]
fn ServerPart() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (mut busy, found) = (use_signal(|| false), use_signal(|| None::<Result<ServerInfo, String>>));
    let server = shell.user().map(|user| user.server).unwrap_or_default();
    let address = server.clone();
    let check = move |()| {
        busy.set(true);
        let address = address.clone();
        task(async move {
            let answer = ask(ServerCheck { address }).await.map_err(|error| shell.trouble(&error));
            put(found, Some(answer));
            put(busy, false);
        });
    };
    let (tone, icon, said) = match &*found.read() {
        None => (Tone::Netral, "info", None),
        Some(Ok(info)) => match info.problem {
            None => (Tone::Daun, "check", Some(t.with("welcome-server-answers", &[("address", info.shown.clone().into())]))),
            Some(problem) => (Tone::Cabai, "sy-refuse", Some(t.with(problem_word(problem), &[("address", info.shown.clone().into())]))),
        },
        Some(Err(text)) => (Tone::Cabai, "sy-refuse", Some(text.clone())),
    };
    rsx! {
        p { {t.with("welcome-server-text", &[("address", server.into())])} }
        Button {
            text: t.text(if busy() { "server-checking" } else { "welcome-server-check" }),
            icon: "refresh",
            disabled: busy(),
            onpress: check,
        }
        div { role: "status",
            if let Some(said) = said {
                Note { tone, icon,
                    span { {said} }
                }
            }
        }
    }
}

/// The keys, as this person has them.
#[component]
fn KeyPart() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        dl { class: "sheet-l",
            for act in KEYS {
                if let Some(keys) = act.key(shell) {
                    div { key: "{act.spec().word}", class: "sheet-i",
                        dt { {t.text(act.spec().word)} }
                        dd {
                            Kbd { keys }
                            span { class: "sr", {aria(keys, browser::is_mac())} }
                        }
                    }
                }
            }
        }
    }
}
