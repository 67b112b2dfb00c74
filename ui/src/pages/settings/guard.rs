//! Perangkat & kunci: when the desk locks itself, whose desk it is, where else they are logged in, and their password.

use dioxus::prelude::*;

use super::{
    devices,
    leaving::log_out,
    rows::{Choose, SetRow},
};
use crate::{
    actions::Act,
    components::{
        avatar::Avatar,
        button::{ActButton, Button},
    },
    pages::gate::lock_now,
    shell::Shell,
    words::{role_word, use_words},
};

/// After how many minutes a desk can lock itself.
const LOCKS: [u8; 5] = [1, 5, 10, 30, 0];

/// The section.
#[component]
pub(super) fn GuardRows() -> Element {
    rsx! {
        LockRow {}
        Account {}
        devices::DeviceRows {}
    }
}

/// When the desk locks itself.
#[component]
fn LockRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let chosen = (shell.preferences)().lock_after;
    let text = |minutes: u8| if minutes == 0 { t.text("lock-never") } else { t.count("lock-minutes", i64::from(minutes)) };
    rsx! {
        SetRow { id: "set-lock-after", title: t.text("set-lock-after"), more: t.text("set-lock-after-more"),
            Choose {
                id: "set-lock-after",
                options: LOCKS.iter().map(|m| (m.to_string(), text(*m))).collect::<Vec<_>>(),
                chosen: chosen.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.lock_after = LOCKS[n]),
            }
        }
    }
}

/// Whose desk it is, and the ways to leave it.
#[component]
fn Account() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(user) = shell.user() else { return rsx! {} };
    let roles: Vec<String> = user.roles.iter().map(|r| role_word(&t, r)).collect();
    let name = domain::name::PersonName::new(&user.name).unwrap_or_else(|_| domain::name::PersonName::of_program("-"));
    rsx! {
        div { class: "set-row",
            div { class: "hstack hstack-3",
                Avatar { name, size: 40 }
                div {
                    p { class: "semi",
                        bdi { "{user.name}" }
                    }
                    p { class: "t2 s12",
                        bdi { "{user.email}" }
                        " · {roles.join(\", \")}"
                    }
                    p { class: "t3 s12",
                        bdi { "{user.org_name}" }
                        " · {user.server}"
                    }
                }
            }
            div { class: "hstack",
                ActButton { act: Act::Lock, onpress: move |()| lock_now(shell) }
                Button { text: t.text("do-logout"), onpress: move |()| log_out(shell, false) }
            }
        }
    }
}
