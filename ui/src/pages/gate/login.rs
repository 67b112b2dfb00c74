//! Masuk: e-mail and password. What was wrong is never hinted at.

use bridge::{DeskError, ErrorCode, Login, ServerInfo};
use dioxus::prelude::*;
use domain::{status::Tone, text::Invalid, words::isolate};

use super::Step;
use crate::{
    browser,
    components::{
        button::{Button, Look},
        field::{Field, Form, PasswordInput, TextInput},
        icon::Icon,
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::{invalid, use_words},
};

/// What is typed, and what came of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Entry {
    shell: Shell,
    known: Signal<Option<ServerInfo>>,
    step: Signal<Step>,
    pub(super) email: Signal<String>,
    password: Signal<String>,
    pub(super) code: Signal<String>,
    /// Whether the account asks for a code beside the password.
    asks_code: Signal<bool>,
    remember: Signal<bool>,
    wrong: Signal<Option<String>>,
    tried: Signal<bool>,
    busy: Signal<bool>,
}

impl Entry {
    /// Asks to be let in.
    pub(super) fn enter(mut self) {
        self.tried.set(true);
        let Some(server) = self.known.peek().clone() else { return self.step.set(Step::Server) };
        let (email, password) = (self.email.peek().trim().to_owned(), self.password.peek().clone());
        if email.is_empty() || password.is_empty() {
            browser::focus(if email.is_empty() { "email" } else { "password" });
            return;
        }
        let code = self.asks_code.peek().then(|| self.code.peek().trim().to_owned());
        if code.as_deref() == Some("") {
            browser::focus(super::code::FIELD);
            return;
        }
        if *self.busy.peek() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        let login = Login { address: server.address, email, password, code, remember: *self.remember.peek() };
        task(async move {
            match ask(login).await {
                Ok(session) => self.shell.enter(session),
                Err(error) => self.refuse(&error),
            }
            put(self.busy, false);
        });
    }
    fn refuse(self, error: &DeskError) {
        put(self.tried, false);
        if error.code == ErrorCode::CodeRequired {
            return put(self.asks_code, true);
        }
        put(self.wrong, Some(self.shell.trouble(error)));
        if error.code == ErrorCode::CodeWrong {
            put(self.code, String::new());
        }
        if error.code == ErrorCode::InvalidCredentials {
            // The password was changed while the code was typed: it is asked for again.
            put(self.password, String::new());
            put(self.asks_code, false);
        }
        browser::focus(if *self.asks_code.peek() { super::code::FIELD } else { "password" });
    }
    /// Begins anew, with another account.
    pub(super) fn begin_anew(mut self) {
        self.password.set(String::new());
        self.code.set(String::new());
        self.wrong.set(None);
        self.tried.set(false);
        self.asks_code.set(false);
    }
    /// What is said below a field that was left empty.
    pub(super) fn missing(self, field: Signal<String>) -> Option<String> {
        (*self.tried.read() && field.read().trim().is_empty()).then(|| invalid(&self.shell.words(), Invalid::Required))
    }
}

/// The step.
#[component]
pub(super) fn LoginStep(known: Signal<Option<ServerInfo>>, step: Signal<Step>, email: Signal<String>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (password, remember) = (use_signal(String::new), use_signal(|| true));
    let (code, asks_code) = (use_signal(String::new), use_signal(|| false));
    let (wrong, tried, busy) = (use_signal(|| None), use_signal(|| false), use_signal(|| false));
    let entry = Entry { shell, known, step, email, password, code, asks_code, remember, wrong, tried, busy };
    use_effect(move || {
        let field = if email.peek().is_empty() { "email" } else { "password" };
        browser::focus(if asks_code() { super::code::FIELD } else { field });
    });
    if asks_code() {
        return rsx! {
            super::code::CodeForm { entry }
        };
    }
    rsx! {
        Form {
            class: "vstack gate-s",
            onsubmit: move |()| entry.enter(),
            div {
                h1 { class: "h1", {t.text("login-title")} }
                Where { known, step }
            }
            Wrong { entry }
            Fields { entry }
            Enter { entry }
            div { class: "note tone-netral",
                Icon { name: "lock" }
                span { {t.text(if remember() { "vault-note" } else { "vault-note-forget" })} }
            }
        }
    }
}

/// Why nobody was let in.
#[component]
pub(super) fn Wrong(entry: Entry) -> Element {
    rsx! {
        if let Some(text) = (entry.wrong)() {
            Note { tone: Tone::Cabai, icon: "sy-refuse", id: "login-wrong",
                span { {text} }
            }
        }
    }
}

/// «Masuk».
#[component]
pub(super) fn Enter(entry: Entry) -> Element {
    let t = use_words();
    rsx! {
        Button {
            text: t.text(if (entry.busy)() { "login-busy" } else { "do-login" }),
            look: Look::Primary,
            class: "btn-lg btn-full",
            keys: "Enter",
            submit: true,
            onpress: |()| {},
        }
    }
}

#[component]
fn Fields(entry: Entry) -> Element {
    let t = use_words();
    let Entry { mut email, mut password, mut remember, mut step, .. } = entry;
    let (no_email, no_password) = (entry.missing(email), entry.missing(password));
    rsx! {
        Field { id: "email", label: t.text("field-email"), error: no_email.clone(),
            TextInput {
                id: "email",
                value: email(),
                kind: "email",
                large: true,
                autocomplete: "username",
                invalid: no_email.is_some(),
                oninput: move |text| email.set(text),
            }
        }
        Field {
            id: "password",
            label: t.text("password"),
            aside: rsx! {
                button { r#type: "button", class: "linkish", onclick: move |_| step.set(Step::Forgot), {t.text("forgot")} }
            },
            error: no_password.clone(),
            PasswordInput {
                id: "password",
                value: password(),
                show_label: t.text("password-show"),
                invalid: no_password.is_some(),
                oninput: move |text| password.set(text),
            }
        }
        label { class: "hstack",
            input { class: "check", r#type: "checkbox", checked: remember(), onchange: move |event| remember.set(event.checked()) }
            span { {t.text("remember")} }
        }
    }
}

/// «ke Ruang Karsa · meja.ruangkarsa.id», and the way to another one.
#[component]
fn Where(known: Signal<Option<ServerInfo>>, mut step: Signal<Step>) -> Element {
    let t = use_words();
    let server = known.read().clone();
    rsx! {
        p { class: "t2",
            if let Some(server) = server {
                if let Some(name) = server.org_name {
                    {t.text("login-to")}
                    " "
                    b {
                        bdi { "{name}" }
                    }
                    " · "
                }
                {isolate(&server.shown)}
                " "
            }
            button { r#type: "button", class: "linkish s12", onclick: move |_| step.set(Step::Server), {t.text("server-other")} }
        }
    }
}
