//! A passphrase, where the system's keyring is missing or locked: why, what it protects, and what happens if it is lost.

use bridge::{StartAfresh, VaultState};
use dioxus::prelude::*;
use domain::{status::Tone, words::isolate};

use super::opening::{Opening, use_opening};
use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::{Field, Form, PasswordInput},
        note::Note,
    },
    gateway::ask,
    pages::settings::log_out,
    shell::{Layer, Shell, task},
    words::{Rich, use_words},
};

/// The fewest characters of a passphrase that is chosen here: it alone guards the files.
const LEAST: usize = 12;

/// What is wrong with a passphrase that is being chosen, as a key.
fn wrong_choice(secret: &str, again: &str) -> Option<&'static str> {
    if secret.chars().count() < LEAST {
        Some("passphrase-short")
    } else if secret != again {
        Some("passphrase-differs")
    } else {
        None
    }
}

/// Opens the files, or says what is wrong with what was chosen.
fn open(opening: Opening, choose: bool, again: &str) {
    let why = if choose { wrong_choice(&opening.secret.peek(), again) } else { None };
    match why {
        None => opening.open(),
        Some(why) => {
            let text = opening.shell.words().with(why, &[("bound", LEAST.to_string().into())]);
            opening.refuse(text, if why == "passphrase-differs" { "passphrase-again" } else { opening.field });
        }
    }
}

/// The screen.
#[component]
pub(super) fn Passphrase(vault: VaultState, choose: bool, email: Option<String>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let opening = use_opening("passphrase");
    let again = use_signal(String::new);
    let why = match vault {
        VaultState::Absent => "vault-absent",
        VaultState::Locked => "vault-locked",
        VaultState::Ok => "vault-ok",
    };
    rsx! {
        Form {
            class: "gate-f",
            onsubmit: move |()| open(opening, choose, &again.peek()),
            div {
                h1 { class: "h1", {t.text(if choose { "passphrase-choose-title" } else { "passphrase-title" })} }
                if let Some(email) = email {
                    p { class: "t2", {t.with("passphrase-of", &[("email", isolate(&email).into())])} }
                }
            }
            Note { tone: Tone::Kunyit, icon: "lock",
                span { {t.text(why)} }
            }
            Fields { opening, choose, again }
            Button {
                text: t.text(if choose { "passphrase-choose" } else { "passphrase-open" }),
                look: Look::Primary,
                class: "btn-lg btn-full",
                keys: "Enter",
                submit: true,
                onpress: |()| {},
            }
            if choose {
                p { class: "t2 s12", {t.text("passphrase-lost-choose")} }
            } else {
                div { class: "hstack wrap",
                    Button { text: t.text("passphrase-forgot"), look: Look::Quiet, class: "btn-sm", onpress: move |()| shell.open(Layer::Afresh) }
                    Button { text: t.text("passphrase-other"), look: Look::Quiet, class: "btn-sm", onpress: move |()| log_out(shell, false) }
                }
            }
        }
        if (shell.layer)() == Some(Layer::Afresh) {
            AfreshDialog {}
        }
    }
}

/// What is lost without the passphrase and what is not, before anything is given up.
#[component]
fn AfreshDialog() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let leave = move || {
        close("afresh");
        shell.close();
    };
    rsx! {
        Dialog {
            id: "afresh",
            class: "dialog-m",
            title: rsx! {
                {t.text("afresh-title")}
            },
            sub: rsx! {
                {t.text("afresh-sub")}
            },
            onclose: move |()| shell.close(),
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "afresh", oncancel: move |()| shell.close() }
                Button {
                    text: t.text("afresh-do"),
                    look: Look::Danger,
                    onpress: move |()| {
                        leave();
                        start_afresh(shell);
                    },
                }
            },
            div { class: "vstack",
                p {
                    Rich { text: t.text("afresh-lost") }
                }
                p {
                    Rich { text: t.text("afresh-kept") }
                }
                p { class: "t2", {t.text("afresh-aside")} }
            }
        }
    }
}

fn start_afresh(shell: Shell) {
    task(async move {
        match ask(StartAfresh {}).await {
            Ok(session) => shell.enter(session),
            Err(error) => shell.say(&shell.trouble(&error)),
        }
    });
}

#[component]
fn Fields(opening: Opening, choose: bool, mut again: Signal<String>) -> Element {
    let t = use_words();
    let wrong = (opening.wrong)();
    let hint = choose.then(|| t.with("passphrase-hint", &[("bound", LEAST.to_string().into())]));
    let completes = if choose { "new-password" } else { "current-password" };
    rsx! {
        Field { id: "passphrase", label: t.text("passphrase"), hint, error: wrong.clone(),
            PasswordInput {
                id: "passphrase",
                value: (opening.secret)(),
                show_label: t.text("password-show"),
                autocomplete: completes,
                described: choose,
                invalid: wrong.is_some(),
                oninput: move |text| opening.write(text),
            }
        }
        if choose {
            Field { id: "passphrase-again", label: t.text("passphrase-again"),
                PasswordInput {
                    id: "passphrase-again",
                    value: again(),
                    show_label: t.text("password-show"),
                    autocomplete: "new-password",
                    oninput: move |text| again.set(text),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_passphrase_is_long_and_typed_twice() {
        assert_eq!(wrong_choice("pendek", "pendek"), Some("passphrase-short"));
        assert_eq!(wrong_choice("meja kayu jati tua", "meja kayu jati"), Some("passphrase-differs"));
        assert_eq!(wrong_choice("meja kayu jati tua", "meja kayu jati tua"), None);
    }
}
