//! Opening the files: by a passphrase where there is no keyring, by the account's password where they are locked.

use bridge::Unlock;
use dioxus::prelude::*;

use crate::{
    browser,
    gateway::ask,
    shell::{Shell, put, task},
};

/// What is typed, and what came of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Opening {
    pub(super) shell: Shell,
    /// The field that gets the focus when it was wrong.
    pub(super) field: &'static str,
    pub(super) secret: Signal<String>,
    pub(super) wrong: Signal<Option<String>>,
    busy: Signal<bool>,
}

/// Nothing typed yet.
pub(super) fn use_opening(field: &'static str) -> Opening {
    let shell = use_context::<Shell>();
    use_effect(move || {
        browser::focus(field);
    });
    Opening { shell, field, secret: use_signal(String::new), wrong: use_signal(|| None), busy: use_signal(|| false) }
}

impl Opening {
    /// Takes in what is typed.
    pub(super) fn write(mut self, text: String) {
        self.secret.set(text);
        self.wrong.set(None);
    }
    /// Says what is wrong.
    pub(super) fn refuse(self, text: String, field: &str) {
        put(self.wrong, Some(text));
        browser::focus(field);
    }
    /// Opens the files.
    pub(super) fn open(mut self) {
        if *self.busy.peek() || self.secret.peek().is_empty() {
            return;
        }
        self.busy.set(true);
        let secret = self.secret.peek().clone();
        task(async move {
            match ask(Unlock { secret }).await {
                Ok(session) => self.shell.enter(session),
                Err(error) => {
                    put(self.secret, String::new());
                    self.refuse(self.shell.trouble(&error), self.field);
                }
            }
            put(self.busy, false);
        });
    }
}
