//! The lock: a clock, who sits here, counts without names. Sending and notifications go on meanwhile.

use bridge::{Lock, SessionInfo};
use dioxus::prelude::*;
use domain::{name::PersonName, status::Tone, time::UtcMillis};

use super::opening::use_opening;
use crate::{
    components::{
        avatar::Avatar,
        button::{Button, Look},
        field::Form,
        icon::Icon,
    },
    gateway::ask,
    pages::settings::{LogoutDialog, log_out},
    shell::{Layer, Shell, task},
    words::{role_word, use_words, when},
};

/// The screen.
#[component]
pub(crate) fn LockPage(session: SessionInfo, since: UtcMillis) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let now = shell.clock.minute();
    let zone = session.zone;
    let roles: Vec<String> = session.roles.iter().map(|r| role_word(&t, r)).collect();
    let who: Vec<String> = [roles.join(", "), session.org_name.clone()].into_iter().filter(|part| !part.is_empty()).collect();
    let name = PersonName::new(&session.name).unwrap_or_else(|_| PersonName::of_program("-"));
    let layer = (shell.layer)();
    rsx! {
        main { class: "lock", id: "content",
            div { class: "lock-c",
                div { class: "lock-f",
                    p { class: "clock num", {t.clock(now, zone)} }
                    p { class: "t2 s14 lock-d", "{t.date_long(now.day(zone))} · {zone.label()}" }
                    Avatar { name, size: 64 }
                    div {
                        h1 { class: "semi s14",
                            bdi { "{session.name}" }
                        }
                        p { class: "t3", {who.join(" · ")} }
                    }
                    Secret {}
                    Counts {}
                    p { class: "s12 t3",
                        if shell.status.read().as_ref().is_some_and(|status| status.waiting > 0) {
                            {t.with("lock-counts", &[("at", t.clock(since, zone).into())])}
                            " "
                        }
                        {t.text("lock-text")}
                    }
                }
            }
            div { class: "lock-b",
                span { class: "hstack",
                    Icon { name: "lock", size: 14 }
                    {t.with("lock-since", &[("at", when(&t, since, now, zone).into())])}
                }
                span { class: "hstack",
                    Icon { name: "sy-send", size: 14 }
                    {t.text("lock-goes-on")}
                }
            }
            if let Some(Layer::Logout(unsent)) = layer {
                LogoutDialog { unsent }
            }
        }
    }
}

#[component]
fn Secret() -> Element {
    let t = use_words();
    let opening = use_opening("lock-secret");
    let wrong = (opening.wrong)();
    rsx! {
        Form {
            class: "field lock-w",
            onsubmit: move |()| opening.open(),
            label { class: "sr", r#for: "lock-secret", {t.text("password")} }
            div { class: if wrong.is_some() { "input input-lg is-bad" } else { "input input-lg" },
                Icon { name: "lock" }
                input {
                    id: "lock-secret",
                    r#type: "password",
                    autocomplete: "current-password",
                    placeholder: t.text("password"),
                    value: (opening.secret)(),
                    "aria-invalid": wrong.is_some().then_some("true"),
                    "aria-describedby": "lock-wrong",
                    oninput: move |event| opening.write(event.value()),
                }
                button { r#type: "submit", class: "btn btn-quiet btn-ic", "aria-label": t.text("do-unlock"), title: t.text("do-unlock"),
                    kbd { class: "kbd", "aria-hidden": "true", "Enter" }
                }
            }
            p { class: "err", id: "lock-wrong", role: "status",
                if let Some(wrong) = &wrong {
                    Icon { name: "sy-refuse", size: 14 }
                    "{wrong}"
                }
            }
        }
        div { class: "hstack",
            Button { text: t.text("forgot"), look: Look::Quiet, class: "btn-sm", icon: "info", onpress: move |()| leave(opening.shell, true) }
            Button { text: t.text("lock-other"), look: Look::Quiet, class: "btn-sm", icon: "person", onpress: move |()| leave(opening.shell, false) }
        }
    }
}

/// To the login: what is unsent stays in its file, and goes out when its owner is back. A forgotten password is set anew there.
fn leave(mut shell: Shell, forgot: bool) {
    shell.forgot.set(forgot);
    log_out(shell, false);
}

/// Locks the desk.
pub(crate) fn lock_now(shell: Shell) {
    task(async move {
        match ask(Lock {}).await {
            Ok(session) => shell.enter(session),
            Err(error) => shell.say(&shell.trouble(&error)),
        }
    });
}

/// «13 menunggu · 2 lewat tenggat · 3 antre kirim»: numbers, and nobody's name. What waits here is as it was when it was locked;
/// what waits to be sent goes on.
#[component]
fn Counts() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(status) = (shell.status)() else { return rsx! {} };
    let badges = [
        (status.waiting, "lock-waiting", Tone::Netral, "inbox", false),
        (status.late, "lock-late", Tone::Cabai, "st-fail", false),
        (status.queued, "lock-queued", Tone::Netral, "sy-queue", true),
    ];
    rsx! {
        div { class: "hstack wrap lock-n",
            for (n , word , tone , glyph , ours) in badges.into_iter().filter(|(n, ..)| *n > 0) {
                span { key: "{word}", class: if ours { "badge tone-{tone.token()} is-ours" } else { "badge tone-{tone.token()}" },
                    Icon { name: glyph, size: 14 }
                    {t.count(word, i64::from(n))}
                }
            }
        }
    }
}
