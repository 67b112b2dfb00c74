//! What the staff keeps with an order: whose it is, and what is kept in mind with it.

use dioxus::prelude::*;
use domain::{command::Act as _, commands::order, id::OrderId, record::RecordRef, text::NoteText, words::isolate};

use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::{FormError, LongText},
    },
    giving::Giving,
    pages::{
        dialogs::AssignDialog,
        orders::{OrdersState, state::reference},
        rows::done,
    },
    shell::{Shell, put, task},
    words::{invalid, use_words},
};

/// «Teruskan pesanan …»: to a colleague who sees orders.
#[component]
pub(super) fn Assign(record: RecordRef) -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let it = use_hook(|| orders.order());
    let command = use_callback(move |to| order::Assign { id: OrderId::from(record.id), to }.into());
    let Some(it) = it.filter(|it| reference(it.id) == record) else { return rsx! {} };
    rsx! {
        AssignDialog {
            record,
            title: t.with("assign-order-title", &[("name", isolate(it.client_name.as_str()).into())]),
            name: it.client_name.to_string(),
            before: it.assignee.as_ref().map(|p| p.id),
            among: order::WORKED_BY,
            command,
        }
    }
}

/// «Catatan admin pada pesanan …».
#[component]
pub(super) fn StaffNote(record: RecordRef) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let it = use_hook(|| orders.order()).filter(|it| reference(it.id) == record);
    let before = it.as_ref().and_then(|it| it.staff_note.as_ref()).map(ToString::to_string).unwrap_or_default();
    let mut text = use_signal(|| before.clone());
    let error = use_signal(|| None::<String>);
    let name = it.as_ref().map(|it| it.client_name.clone());
    let send = use_callback(move |()| {
        let note = text.peek().clone();
        let Some(name) = &name else { return };
        if NoteText::optional(Some(&note)).is_err() {
            crate::browser::focus("order-note-text");
            return;
        }
        let done = done(shell, order::SetNote::NAME, name.as_str());
        let given = order::SetNote { id: OrderId::from(record.id), note: Some(note) };
        task(async move {
            match giving.give(given.into(), vec![record], done).await {
                Ok(_) => {
                    close("order-note");
                    shell.close();
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    let Some(it) = it else { return rsx! {} };
    let wrong = NoteText::optional(Some(&text.read())).err().map(|why| invalid(&t, why));
    rsx! {
        Dialog {
            id: "order-note",
            guarded: true,
            class: "dialog-m",
            title: rsx! {
                {t.with("order-note-title", &[("name", isolate(it.client_name.as_str()).into())])}
            },
            sub: rsx! {
                {t.text("order-note-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "order-note", oncancel: move |()| shell.close() }
                Button { text: t.text("order-save"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            LongText {
                id: "order-note-text",
                label: t.text("order-staff-note"),
                value: text(),
                most: NoteText::MOST,
                rows: 4,
                error: wrong,
                oninput: move |value| text.set(value),
            }
            if let Some(error) = error() {
                FormError { text: error }
            }
        }
    }
}
