//! «Ubah klien»: what is known of a client, corrected.

use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::client,
    record::RecordRef,
    records::Client,
    words::isolate,
};

use super::state::{ClientsState, reference};
use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::FormError,
    },
    giving::Giving,
    pages::{
        dialogs::{ClientField, ClientFields, ClientForm},
        rows::done,
    },
    shell::{Shell, put, task},
    words::use_words,
};

const ID: &str = "client-edit";

/// The dialog. It keeps the client as they were when it was opened: what is otherwise then is what was typed.
#[component]
pub(super) fn EditClient(record: RecordRef) -> Element {
    let clients = use_context::<ClientsState>();
    let Some(before) = use_hook(|| clients.client().filter(|it| reference(it.id) == record)) else { return rsx! {} };
    rsx! {
        Form { before, record }
    }
}

#[component]
fn Form(before: Client, record: RecordRef) -> Element {
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let form = use_signal(|| ClientForm::of(&before));
    let mut tried = use_signal(|| false);
    let mut error = use_signal(|| None::<String>);
    let words = t.clone();
    let says = use_callback(move |field: ClientField| form.read().says(field, tried(), &words));
    let (title, same) = (t.with("client-edit-title", &[("name", isolate(before.name.as_str()).into())]), t.text("staff-edit-same"));
    let send = use_callback(move |()| {
        tried.set(true);
        if let Some((field, _)) = form.peek().wrongs().first() {
            return field.focus();
        }
        let Some(edit) = form.peek().edit(&before) else { return error.set(Some(same.clone())) };
        let done = done(shell, client::Edit::NAME, before.name.as_str());
        task(async move {
            match giving.give(Command::from(edit), vec![record], done).await {
                Ok(_) => {
                    close(ID);
                    shell.close();
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        Dialog {
            id: ID,
            guarded: true,
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: ID, oncancel: move |()| shell.close() }
                Button { text: t.text("client-edit-submit"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            ClientFields { form, says }
            if let Some(error) = error() {
                FormError { text: error }
            }
        }
    }
}
