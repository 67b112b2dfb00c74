//! «Hapus data klien»: what goes, what stays, and the name, typed by whoever means it. It cannot be taken back, so it is asked of the server
//! at once and waits nowhere.

use bridge::ClientErase;
use dioxus::prelude::*;
use domain::{record::RecordRef, records::Client, words::isolate};

use super::state::{ClientsState, reference};
use crate::{
    browser,
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::{Field, FormError, TextInput},
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::use_words,
};

const ID: &str = "client-erase";
const NAME: &str = "client-erase-name";

/// The dialog.
#[component]
pub(super) fn EraseClient(record: RecordRef) -> Element {
    let clients = use_context::<ClientsState>();
    let Some(it) = use_hook(|| clients.client().filter(|it| reference(it.id) == record)) else { return rsx! {} };
    rsx! {
        Question { it }
    }
}

#[component]
fn Question(it: Client) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut typed = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let failed = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let name = isolate(it.name.as_str());
    let said = |key: &str| t.with(key, &[("name", name.as_str().into())]);
    let (other, done) = (said("client-erase-other"), said("done-client-erase"));
    let (id, called) = (it.id, it.name.to_string());
    let send = use_callback(move |()| {
        let name = typed.peek().trim().to_owned();
        if name != called {
            wrong.set(Some(other.clone()));
            _ = browser::focus(NAME);
            return;
        }
        if *busy.peek() {
            return;
        }
        busy.set(true);
        let done = done.clone();
        task(async move {
            let answer = ask(ClientErase { client: id, name }).await;
            put(busy, false);
            match answer {
                Ok(()) => {
                    close(ID);
                    shell.close();
                    shell.say(&done);
                }
                Err(error) => put(failed, Some(shell.trouble(&error))),
            }
        });
    });
    use_effect(|| _ = browser::focus(NAME));
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {said("client-erase-title")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: ID, oncancel: move |()| shell.close() }
                Button { text: t.text("do-client-erase"), look: Look::Danger, keys: "Ctrl+Enter", onpress: send }
            },
            p { {t.text("client-erase-goes")} }
            p { {t.text("client-erase-stays")} }
            Field { id: NAME, label: said("client-erase-name"), error: wrong(),
                TextInput {
                    id: NAME,
                    value: typed(),
                    invalid: wrong().is_some(),
                    required: true,
                    oninput: move |text| {
                        wrong.set(None);
                        typed.set(text);
                    },
                }
            }
            if let Some(text) = failed() {
                FormError { text }
            }
        }
    }
}
