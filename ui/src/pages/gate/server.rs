//! The server's address: entered, and checked with a diagnosis that says what is wrong and what to do.

use bridge::{ServerCheck, ServerInfo, ServerProblem};
use dioxus::prelude::*;

use super::Step;
use crate::{
    browser,
    components::{
        button::{Button, Look},
        field::{Field, Form, TextInput},
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::use_words,
};

/// The key of the words for a problem.
pub(crate) const fn problem_word(problem: ServerProblem) -> &'static str {
    match problem {
        ServerProblem::BadAddress => "server-bad-address",
        ServerProblem::Unreachable => "server-unreachable",
        ServerProblem::PlainHttp => "server-plain-http",
        ServerProblem::Tls => "server-tls",
        ServerProblem::TlsDate => "server-tls-date",
        ServerProblem::TlsName => "server-tls-name",
        ServerProblem::CaptivePortal => "server-captive-portal",
        ServerProblem::NotMeja => "server-not-meja",
        ServerProblem::NotReady => "server-not-ready",
    }
}

/// What is typed, and what came of checking it.
#[derive(Clone, Copy, PartialEq)]
struct Check {
    shell: Shell,
    address: Signal<String>,
    wrong: Signal<Option<String>>,
    busy: Signal<bool>,
    known: Signal<Option<ServerInfo>>,
    step: Signal<Step>,
}

impl Check {
    fn write(mut self, text: String) {
        self.address.set(text);
        self.wrong.set(None);
    }
    /// Asks whether a server is there; if one is, goes on to the login.
    fn check(mut self) {
        if *self.busy.peek() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        let address = self.address.peek().trim().to_owned();
        task(async move {
            match ask(ServerCheck { address }).await {
                Ok(info) => self.found(info),
                Err(error) => put(self.wrong, Some(self.shell.trouble(&error))),
            }
            put(self.busy, false);
        });
    }
    fn found(self, info: ServerInfo) {
        match info.problem {
            None => {
                put(self.known, Some(info));
                put(self.step, Step::Login);
            }
            Some(problem) => {
                put(self.wrong, Some(self.shell.words().with(problem_word(problem), &[("address", info.shown.into())])));
                browser::focus("server");
            }
        }
    }
}

/// The step.
#[component]
pub(super) fn ServerStep(known: Signal<Option<ServerInfo>>, mut step: Signal<Step>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let before = use_hook(|| known.peek().clone());
    let address = use_signal(|| before.as_ref().map(|s| s.shown.clone()).unwrap_or_default());
    let (wrong, busy) = (use_signal(|| None), use_signal(|| false));
    let form = Check { shell, address, wrong, busy, known, step };
    use_effect(|| {
        browser::focus("server");
        browser::select("server");
    });
    rsx! {
        Form {
            class: "vstack gate-s",
            onsubmit: move |()| form.check(),
            div {
                h1 { class: "h1", {t.text("server-title")} }
                p { class: "t2", {t.text("server-sub")} }
            }
            Field { id: "server", label: t.text("server"), hint: Some(t.text("server-hint")), error: wrong(),
                TextInput {
                    id: "server",
                    value: address(),
                    large: true,
                    invalid: wrong.read().is_some(),
                    described: true,
                    inputmode: "url",
                    placeholder: "meja.perusahaan.id",
                    oninput: move |text| form.write(text),
                }
            }
            Button {
                text: t.text(if busy() { "server-checking" } else { "server-check" }),
                look: Look::Primary,
                class: "btn-lg btn-full",
                keys: "Enter",
                submit: true,
                onpress: |()| {},
            }
            if before.is_some() {
                Button { text: t.text("server-keep"), look: Look::Quiet, class: "btn-full", onpress: move |()| step.set(Step::Login) }
            }
            span { class: "sr", role: "status",
                if busy() {
                    {t.text("server-checking")}
                }
            }
        }
    }
}
