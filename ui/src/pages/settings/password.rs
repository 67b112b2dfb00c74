//! Kata sandi: another one for the account. The server judges it; from then on it unlocks this desk as well.

use bridge::{ChangePassword, DeskError, ErrorCode, PasswordChanged};
use dioxus::prelude::*;
use domain::{password::Password, status::Tone, text::Invalid};

use crate::{
    browser,
    components::{
        button::{Button, Look},
        field::{Field, Form, FormError, PasswordInput},
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::{invalid, use_words},
};

const CURRENT: &str = "set-password-current";
const NEW: &str = "set-password-new";

/// The form.
#[derive(Clone, Copy, PartialEq)]
struct Change {
    shell: Shell,
    current: Signal<String>,
    new: Signal<String>,
    wrong_current: Signal<Option<String>>,
    wrong_new: Signal<Option<String>>,
    failed: Signal<Option<String>>,
    done: Signal<Option<PasswordChanged>>,
    busy: Signal<bool>,
    onchanged: EventHandler<()>,
}

impl Change {
    fn submit(mut self) {
        if *self.busy.peek() {
            return;
        }
        let words = self.shell.words();
        let wrong_current = self.current.peek().is_empty().then(|| invalid(&words, Invalid::Required));
        let wrong_new = Password::new(&self.new.peek()).err().map(|why| invalid(&words, why));
        let first = [(CURRENT, wrong_current.is_some()), (NEW, wrong_new.is_some())].into_iter().find(|(_, wrong)| *wrong);
        self.wrong_current.set(wrong_current);
        self.wrong_new.set(wrong_new);
        self.failed.set(None);
        self.done.set(None);
        if let Some((field, _)) = first {
            browser::focus(field);
            return;
        }
        self.busy.set(true);
        let query = ChangePassword { current: self.current.peek().clone(), new: self.new.peek().clone() };
        task(async move {
            match ask(query).await {
                Ok(changed) => self.changed(changed),
                Err(error) => self.refuse(&error),
            }
            put(self.busy, false);
        });
    }
    fn changed(self, changed: PasswordChanged) {
        put(self.done, Some(changed));
        self.onchanged.call(());
        put(self.current, String::new());
        put(self.new, String::new());
    }
    /// Says it at the field that is to blame; the others keep what was typed.
    fn refuse(self, error: &DeskError) {
        let field = error.details.as_ref().and_then(|details| details.field.as_deref());
        let (place, focus, text) = match error.code {
            ErrorCode::InvalidCredentials => (self.wrong_current, CURRENT, self.shell.words().text("password-current-wrong")),
            ErrorCode::Refused if field.is_some() => (self.wrong_new, NEW, self.shell.trouble(error)),
            _ => return put(self.failed, Some(self.shell.trouble(error))),
        };
        put(place, Some(text));
        browser::focus(focus);
    }
}

/// The part of the screen.
#[component]
pub(super) fn PasswordForm(onchanged: EventHandler<()>) -> Element {
    let form = Change {
        shell: use_context::<Shell>(),
        current: use_signal(String::new),
        new: use_signal(String::new),
        wrong_current: use_signal(|| None),
        wrong_new: use_signal(|| None),
        failed: use_signal(|| None),
        done: use_signal(|| None),
        busy: use_signal(|| false),
        onchanged,
    };
    let t = use_words();
    rsx! {
        Form {
            class: "vstack set-form",
            labelled_by: "set-password",
            onsubmit: move |()| form.submit(),
            div {
                h3 { class: "semi", id: "set-password", tabindex: "-1", {t.text("set-password")} }
                p { class: "t2 s12", {t.text("set-password-more")} }
            }
            PasswordField { id: CURRENT, label: t.text("password-current"), value: form.current, wrong: form.wrong_current, autocomplete: "current-password" }
            PasswordField { id: NEW, label: t.text("password-new"), value: form.new, wrong: form.wrong_new, autocomplete: "new-password" }
            Outcome { form }
            div {
                Button { text: t.text("password-change"), look: Look::Primary, submit: true, disabled: (form.busy)(), onpress: |()| {} }
            }
        }
    }
}

/// A password of the account, and what is wrong with it until it is typed anew.
#[component]
pub(super) fn PasswordField(
    id: &'static str,
    label: String,
    value: Signal<String>,
    wrong: Signal<Option<String>>,
    autocomplete: &'static str,
) -> Element {
    let t = use_words();
    let hint = (id == NEW).then(|| t.text("password-hint"));
    rsx! {
        Field { id, label, hint: hint.clone(), error: wrong(),
            PasswordInput {
                id,
                value: value(),
                show_label: t.text("password-show"),
                autocomplete,
                described: hint.is_some(),
                invalid: wrong.read().is_some(),
                oninput: move |text| {
                    value.set(text);
                    wrong.set(None);
                },
            }
        }
    }
}

#[component]
fn Outcome(form: Change) -> Element {
    let t = use_words();
    if let Some(text) = (form.failed)() {
        return rsx! {
            FormError { text }
        };
    }
    match (form.done)() {
        None => rsx! {},
        Some(PasswordChanged { unlocks: true }) => rsx! {
            Note { tone: Tone::Daun, icon: "check",
                span { {t.text("password-changed")} }
            }
        },
        Some(PasswordChanged { unlocks: false }) => rsx! {
            Note { tone: Tone::Kunyit, icon: "sy-stale",
                span { {t.text("password-changed-not-here")} }
            }
        },
    }
}
