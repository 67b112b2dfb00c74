//! Going away: logging out, and ending the program. What is unsent is told first.

use bridge::{Logout, Quit};
use dioxus::prelude::*;

use crate::{
    components::confirm::Confirm,
    gateway::ask,
    shell::{Layer, Shell, task},
    words::use_words,
};

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
    rsx! {
        Confirm {
            id,
            title,
            sub,
            text,
            act: anyway,
            onconfirm: move |()| {
                shell.close();
                onanyway.call(());
            },
            oncancel: move |()| {
                shell.close();
                oncancel.call(());
            },
        }
    }
}
