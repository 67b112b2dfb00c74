//! A forgotten password: a code by mail, and a new password with it. Nothing says whether the account exists.

use bridge::{DeskError, ErrorCode, Forgot, NewPassword, ServerInfo};
use dioxus::prelude::*;
use domain::{name::Email, password::Password, status::Tone, text::Invalid, words::isolate};

use super::Step;
use crate::{
    browser,
    components::{
        button::{Button, Look},
        field::{Field, Form, PasswordInput, TextInput},
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::{invalid, use_words},
};

/// What is typed, and how far it has come.
#[derive(Clone, Copy, PartialEq)]
struct Reset {
    shell: Shell,
    known: Signal<Option<ServerInfo>>,
    step: Signal<Step>,
    email: Signal<String>,
    /// Whether the code is being typed.
    asked: Signal<bool>,
    done: Signal<bool>,
    code: Signal<String>,
    password: Signal<String>,
    wrong_email: Signal<Option<String>>,
    wrong_code: Signal<Option<String>>,
    wrong_password: Signal<Option<String>>,
}

impl Reset {
    fn server(mut self) -> Option<String> {
        let address = self.known.peek().as_ref().map(|server| server.address.clone());
        if address.is_none() {
            self.step.set(Step::Server);
        }
        address
    }
    /// Asks for a mail with a code.
    fn ask_for_code(mut self) {
        let Some(address) = self.server() else { return };
        let email = match Email::new(&self.email.peek()) {
            Ok(email) => email.to_string(),
            Err(why) => return self.wrong_email.set(Some(invalid(&self.shell.words(), why))),
        };
        task(async move {
            match ask(Forgot { address, email }).await {
                Ok(()) => put(self.asked, true),
                Err(error) => put(self.wrong_email, Some(self.shell.trouble(&error))),
            }
        });
    }
    /// Sets the new password with the code.
    fn set_password(mut self) {
        let Some(address) = self.server() else { return };
        let words = self.shell.words();
        let token = self.code.peek().trim().to_owned();
        let wrong_code = token.is_empty().then(|| invalid(&words, Invalid::Required));
        let wrong_password = Password::new(&self.password.peek()).err().map(|why| invalid(&words, why));
        let right = wrong_code.is_none() && wrong_password.is_none();
        self.wrong_code.set(wrong_code);
        self.wrong_password.set(wrong_password);
        if !right {
            return;
        }
        let query = NewPassword { address, token, password: self.password.peek().clone() };
        task(async move {
            match ask(query).await {
                Ok(()) => {
                    put(self.done, true);
                    self.shell.say(&self.shell.words().text("reset-done"));
                }
                Err(error) => self.refuse(&error),
            }
        });
    }
    fn refuse(self, error: &DeskError) {
        let text = self.shell.trouble(error);
        if error.code == ErrorCode::Refused {
            put(self.wrong_password, Some(text));
            browser::focus("new-password");
        } else {
            put(self.wrong_code, Some(text));
            browser::focus("code");
        }
    }
}

/// The step: first the address, then the code.
#[component]
pub(super) fn ForgotStep(known: Signal<Option<ServerInfo>>, step: Signal<Step>, email: Signal<String>) -> Element {
    let shell = use_context::<Shell>();
    let reset = Reset {
        shell,
        known,
        step,
        email,
        asked: use_signal(|| false),
        done: use_signal(|| false),
        code: use_signal(String::new),
        password: use_signal(String::new),
        wrong_email: use_signal(|| None),
        wrong_code: use_signal(|| None),
        wrong_password: use_signal(|| None),
    };
    use_effect(move || {
        browser::focus(if (reset.asked)() { "code" } else { "email" });
    });
    rsx! {
        if (reset.done)() {
            Done { reset }
        } else if (reset.asked)() {
            CodeForm { reset }
        } else {
            AddressForm { reset }
        }
    }
}

#[component]
fn AddressForm(reset: Reset) -> Element {
    let t = use_words();
    let Reset { mut step, mut email, mut asked, mut wrong_email, .. } = reset;
    rsx! {
        Form {
            class: "vstack gate-s",
            onsubmit: move |()| reset.ask_for_code(),
            div {
                h1 { class: "h1", {t.text("forgot-title")} }
                p { class: "t2", {t.text("forgot-sub")} }
            }
            Field { id: "email", label: t.text("field-email"), error: wrong_email(),
                TextInput {
                    id: "email",
                    value: email(),
                    kind: "email",
                    large: true,
                    autocomplete: "username",
                    invalid: wrong_email.read().is_some(),
                    oninput: move |text| {
                        email.set(text);
                        wrong_email.set(None);
                    },
                }
            }
            Button { text: t.text("forgot-send"), look: Look::Primary, class: "btn-lg btn-full", keys: "Enter", submit: true, onpress: |()| {} }
            Button { text: t.text("forgot-have-code"), look: Look::Quiet, class: "btn-full", onpress: move |()| asked.set(true) }
            Button { text: t.text("forgot-back"), look: Look::Quiet, class: "btn-full", onpress: move |()| step.set(Step::Login) }
        }
    }
}

#[component]
fn CodeForm(reset: Reset) -> Element {
    let t = use_words();
    let Reset { email, mut asked, mut code, mut password, mut wrong_code, mut wrong_password, .. } = reset;
    let known = email.read().trim().to_owned();
    let sub = if known.is_empty() { t.text("reset-sub") } else { t.with("reset-sub-sent", &[("email", isolate(&known).into())]) };
    rsx! {
        Form {
            class: "vstack gate-s",
            onsubmit: move |()| reset.set_password(),
            div {
                h1 { class: "h1", {t.text("reset-title")} }
                p { class: "t2", {sub} }
            }
            Field { id: "code", label: t.text("code"), error: wrong_code(),
                TextInput {
                    id: "code",
                    value: code(),
                    large: true,
                    autocomplete: "one-time-code",
                    invalid: wrong_code.read().is_some(),
                    oninput: move |text| {
                        code.set(text);
                        wrong_code.set(None);
                    },
                }
            }
            Field { id: "new-password", label: t.text("password-new"), hint: Some(t.text("password-hint")), error: wrong_password(),
                PasswordInput {
                    id: "new-password",
                    value: password(),
                    show_label: t.text("password-show"),
                    autocomplete: "new-password",
                    described: true,
                    invalid: wrong_password.read().is_some(),
                    oninput: move |text| {
                        password.set(text);
                        wrong_password.set(None);
                    },
                }
            }
            Button { text: t.text("reset-submit"), look: Look::Primary, class: "btn-lg btn-full", keys: "Enter", submit: true, onpress: |()| {} }
            Button { text: t.text("reset-resend"), look: Look::Quiet, class: "btn-full", onpress: move |()| asked.set(false) }
        }
    }
}

#[component]
fn Done(reset: Reset) -> Element {
    let t = use_words();
    let mut step = reset.step;
    rsx! {
        div { class: "vstack gate-s",
            h1 { class: "h1", {t.text("reset-title")} }
            Note { tone: Tone::Daun, icon: "st-ok",
                span { {t.text("reset-done")} }
            }
            Button { text: t.text("forgot-back"), look: Look::Primary, class: "btn-lg btn-full", onpress: move |()| step.set(Step::Login) }
        }
    }
}
