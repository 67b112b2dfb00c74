//! Before the desk opens: Masuk, the server's address, a forgotten password, a passphrase where there is no keyring, a device
//! that was ended, and the lock (pictures 10 and 11).

mod code;
mod forgot;
mod lock;
mod login;
mod opening;
mod passphrase;
mod server;

use bridge::{ServerInfo, SessionState};
use dioxus::prelude::*;
use domain::status::Tone;

use crate::{
    components::{icon::Logo, note::Note},
    shell::Shell,
    words::{LANGUAGES, use_words},
};

pub(crate) use lock::{LockPage, lock_now};
pub(crate) use server::problem_word;

/// The step that is open.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// The server's address.
    Server,
    /// E-mail and password.
    Login,
    /// A forgotten password.
    Forgot,
}

/// The screen of whoever is not logged in.
#[component]
pub(crate) fn GatePage(state: SessionState) -> Element {
    rsx! {
        Frame {
            match state {
                SessionState::LoggedOut { server, email, unsent } => rsx! {
                    LoggedOut { server, email: email.unwrap_or_default(), unsent, revoked: false }
                },
                SessionState::Revoked { server, email, unsent } => rsx! {
                    LoggedOut { server, email, unsent, revoked: true }
                },
                SessionState::NeedsPassphrase { vault, choose, email } => rsx! {
                    passphrase::Passphrase { vault, choose, email }
                },
                SessionState::Open { .. } | SessionState::Locked { .. } => rsx! {},
            }
        }
    }
}

#[component]
fn LoggedOut(server: Option<ServerInfo>, email: String, unsent: u32, revoked: bool) -> Element {
    let t = use_words();
    let known = use_signal(|| server);
    let email = use_signal(|| email);
    let mut shell = use_context::<Shell>();
    let first = use_hook(|| match (known.peek().is_some(), shell.forgot.take()) {
        (false, _) => Step::Server,
        (true, true) => Step::Forgot,
        (true, false) => Step::Login,
    });
    let step = use_signal(|| first);
    rsx! {
        div { class: "gate-f",
            if revoked {
                Note { tone: Tone::Cabai, icon: "sy-refuse",
                    span {
                        b { {t.text("revoked-title")} }
                        " "
                        {t.text("revoked-text")}
                    }
                }
            }
            if unsent > 0 {
                Note { tone: Tone::Kunyit, icon: "outbox",
                    span {
                        b { {t.count("unsent-title", i64::from(unsent))} }
                        " "
                        {t.text(if revoked { "unsent-revoked" } else { "unsent-text" })}
                    }
                }
            }
            match step() {
                Step::Server => rsx! {
                    server::ServerStep { known, step }
                },
                Step::Login => rsx! {
                    login::LoginStep { known, step, email }
                },
                Step::Forgot => rsx! {
                    forgot::ForgotStep { known, step, email }
                },
            }
        }
    }
}

/// The frame: what the program is at the left, the form at the right.
#[component]
pub(crate) fn Frame(children: Element) -> Element {
    let t = use_words();
    rsx! {
        main { class: "gate", id: "content",
            section { class: "gate-l", "aria-label": "Meja",
                div { class: "hstack",
                    Logo { large: true }
                    span { class: "semi s14", "Meja" }
                }
                div { class: "gate-t",
                    p { class: "gate-h", {t.text("gate-title")} }
                    p { class: "t2 s14", {t.text("gate-text")} }
                }
                Art {}
            }
            section { class: "gate-r",
                Languages {}
                {children}
            }
        }
    }
}

/// The languages by their own names: who cannot read one finds the other before anything else is asked.
#[component]
fn Languages() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        div { class: "gate-lang", role: "group", "aria-label": t.text("set-lang"),
            for (lang , name) in LANGUAGES {
                button {
                    key: "{name}",
                    r#type: "button",
                    class: "seg",
                    lang: lang.tag(),
                    "aria-pressed": (t.lang() == lang).to_string(),
                    onclick: move |_| shell.change_preferences(|p| p.lang = lang),
                    {name}
                }
            }
        }
    }
}

/// A desk with a screen, a paper that is ours and not yet acknowledged, and a cup.
#[component]
fn Art() -> Element {
    rsx! {
        svg { class: "gate-art", view_box: "66 136 648 290", "aria-hidden": "true", "focusable": "false",
            path { class: "ga-1", d: "M0 392h780" }
            path { class: "ga-2", d: "M96 300h588v18H96z" }
            path { class: "ga-2", d: "M128 318h18v74h-18zM634 318h18v74h-18z" }
            rect { class: "ga-2", x: "176", y: "170", width: "196", height: "122", rx: "8" }
            path { class: "ga-1", d: "M176 196h196M196 183h40" }
            rect { class: "ga-5", x: "194", y: "210", width: "60", height: "7", rx: "3.5" }
            rect { class: "ga-5", x: "194", y: "228", width: "96", height: "7", rx: "3.5" }
            rect { class: "ga-4", x: "194", y: "246", width: "160", height: "26", rx: "5" }
            path { class: "ga-2", d: "M252 292h44l6 8h-56z" }
            rect { class: "ga-6", x: "404", y: "226", width: "92", height: "74", rx: "6" }
            rect { class: "ga-2", x: "418", y: "214", width: "92", height: "78", rx: "6" }
            rect { class: "ga-5", x: "432", y: "230", width: "46", height: "6", rx: "3" }
            rect { class: "ga-5", x: "432", y: "244", width: "64", height: "6", rx: "3" }
            circle { class: "ga-3", cx: "494", cy: "274", r: "10" }
            path { class: "ga-8", d: "M489.5 274.5l3 3l6-6.5" }
            path { class: "ga-2", d: "M556 262h40v32a6 6 0 0 1-6 6h-28a6 6 0 0 1-6-6zM596 270h7a9 9 0 0 1 0 18h-7" }
            path { class: "ga-1", d: "M568 252c-4-7 5-9 1-16M582 252c-4-7 5-9 1-16" }
        }
    }
}
