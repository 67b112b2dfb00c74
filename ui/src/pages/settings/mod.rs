//! Pengaturan: the person's own settings for this computer, and who sits here. Each says how far it reaches.

mod devices;
mod letters;
mod notify;
mod password;
mod rows;

use bridge::{Logout, Quit};
use dioxus::prelude::*;

pub(crate) use devices::{DeviceList, EndDialog, Told};
pub(crate) use letters::LetterKey;

use crate::{
    actions::Act,
    components::{
        avatar::Avatar,
        button::{ActButton, Button, Look},
        dialog::{Dialog, close},
        icon::{Icon, Logo},
    },
    gateway::ask,
    pages::{desk::DrawerButton, gate::lock_now},
    shell::{Layer, Shell, task},
    words::{role_word, use_words},
};

/// The parts of the screen, each with its name, its glyph, and how far it reaches.
const PARTS: [(&str, &str, &str, &str); 7] = [
    ("set-notify", "settings-notify", "bell", "settings-scope"),
    ("set-quiet", "settings-quiet", "moon", "settings-scope"),
    ("set-look", "settings-look", "sun", "settings-scope"),
    ("set-work", "settings-work", "clock", "settings-scope"),
    ("set-keys", "keys", "keyboard", "settings-scope"),
    ("set-account", "settings-account", "lock", "settings-scope"),
    ("set-about", "settings-about", "info", "settings-scope-computer"),
];

/// The settings, by the ids of their controls, which are also the keys of their names: the palette leads to each.
pub(crate) const SETTINGS: [&str; 18] = [
    "set-notify-request",
    "set-notify-assigned",
    "set-notify-decision",
    "set-hide-names",
    "set-sound",
    "set-try",
    "set-quiet-on",
    "set-quiet-from",
    "set-lang",
    "set-theme",
    "set-text",
    "set-contrast",
    "set-motion",
    "set-hold",
    "set-letters",
    "set-lock-after",
    "set-devices",
    "set-password",
];

/// The screen.
#[component]
pub(crate) fn SettingsPage() -> Element {
    let t = use_words();
    rsx! {
        section { class: "pane pane-sunk hide-s", id: "pane-list", "aria-label": t.text("place-settings"), tabindex: "-1",
            header { class: "head",
                h1 { {t.text("place-settings")} }
            }
            nav { class: "setnav", "aria-label": t.text("settings-parts"),
                for (id , word , glyph , _) in PARTS {
                    a {
                        key: "{id}",
                        class: "nav",
                        href: "#{id}",
                        onclick: move |event| {
                            event.prevent_default();
                            crate::browser::show(id);
                            crate::browser::focus(id);
                        },
                        Icon { name: glyph }
                        span { {t.text(word)} }
                    }
                }
            }
        }
        section { class: "pane", id: "pane-detail", "aria-label": t.text("settings-body"), tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { class: "only-s-t", {t.text("place-settings")} }
            }
            div { class: "scroll pad",
                div { class: "set",
                    Part { n: 0, notify::NotifyRows {} }
                    Part { n: 1, notify::QuietRows {} }
                    Part { n: 2, rows::LookRows {} }
                    Part { n: 3, rows::WorkRows {} }
                    Part { n: 4, letters::LetterRows {} }
                    Part { n: 5,
                        rows::LockRow {}
                        Account {}
                        devices::DeviceRows {}
                    }
                    Part { n: 6, About {} }
                }
            }
        }
    }
}

#[component]
fn Part(n: usize, children: Element) -> Element {
    let t = use_words();
    let (id, word, _, scope) = PARTS[n];
    rsx! {
        section { class: "set-part", "aria-labelledby": id,
            h2 { class: "h1", id, tabindex: "-1", {t.text(word)} }
            p { class: "t3 s12", {t.text(scope)} }
            {children}
        }
    }
}

/// Asks the desk to log out; with something unsent it asks the person first.
pub(crate) fn log_out(shell: Shell, anyway: bool) {
    task(async move {
        match ask(Logout { anyway }).await {
            Ok(reply) if reply.done => shell.close(),
            Ok(reply) => shell.open(Layer::Logout(reply.unsent)),
            Err(error) => shell.say(&shell.trouble(&error)),
        }
    });
}

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
                    p { class: "t2 s12", "{user.email} · {roles.join(\", \")}" }
                    p { class: "t3 s12", "{user.org_name} · {user.server}" }
                }
            }
            div { class: "hstack",
                ActButton { act: Act::Lock, onpress: move |()| lock_now(shell) }
                Button { text: t.text("do-logout"), onpress: move |()| log_out(shell, false) }
            }
        }
    }
}

#[component]
fn About() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let status = (shell.status)();
    rsx! {
        div { class: "set-row",
            div { class: "hstack hstack-3",
                Logo { large: true }
                div {
                    p { class: "semi", {t.with("about-version", &[("version", shell.version.read().clone().into())])} }
                    if let Some(status) = status {
                        p { class: "t2 s12", {t.with("about-records", &[("n", t.whole(i64::try_from(status.records).unwrap_or(0)).into())])} }
                        p { class: "t3 s12", {t.text(if status.complete { "about-complete" } else { "about-incomplete" })} }
                    }
                }
            }
        }
    }
}

/// «Keluar», when something is unsent: what is not sent stays in its file and goes out after the next login.
#[component]
pub(crate) fn LogoutDialog(unsent: u32) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Unsent {
            id: "logout",
            title: t.count("logout-title", i64::from(unsent)),
            sub: t.text("logout-sub"),
            text: t.text("logout-text"),
            anyway: t.text("logout-anyway"),
            oncancel: move |()| {},
            onanyway: move |()| log_out(shell, true),
        }
    }
}

/// «Keluar dari Meja», when something is unsent. The tray asked for it, and whatever is answered goes back there.
#[component]
pub(crate) fn QuitDialog(unsent: u32) -> Element {
    let t = use_words();
    let answer = |quit| task(async move { drop(ask(Quit { quit }).await) });
    rsx! {
        Unsent {
            id: "quit",
            title: t.count("quit-title", i64::from(unsent)),
            sub: t.text("logout-sub"),
            text: t.text("quit-text"),
            anyway: t.text("quit-anyway"),
            oncancel: move |()| answer(false),
            onanyway: move |()| answer(true),
        }
    }
}

/// Something is unsent, and somebody wants to go.
#[component]
fn Unsent(
    id: &'static str,
    title: String,
    sub: String,
    text: String,
    anyway: String,
    oncancel: EventHandler<()>,
    onanyway: EventHandler<()>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Dialog {
            id,
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {sub}
            },
            onclose: move |()| {
                shell.close();
                oncancel.call(());
            },
            footer: rsx! {
                span { class: "grow" }
                Button {
                    text: t.text("cancel"),
                    look: Look::Quiet,
                    keys: "Escape",
                    onpress: move |()| {
                        close(id);
                        shell.close();
                        oncancel.call(());
                    },
                }
                Button {
                    text: anyway,
                    look: Look::Danger,
                    onpress: move |()| {
                        close(id);
                        shell.close();
                        onanyway.call(());
                    },
                }
            },
            p { {text} }
        }
    }
}
