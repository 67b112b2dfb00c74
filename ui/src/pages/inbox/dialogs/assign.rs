//! «Teruskan permintaan …».

use dioxus::prelude::*;
use domain::{commands::item, record::RecordRef, words::isolate};

use crate::{
    pages::{
        dialogs::AssignDialog,
        inbox::{InboxState, state::reference},
    },
    words::use_words,
};

/// To whom of the colleagues.
#[component]
pub(super) fn Assign(record: RecordRef) -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let it = use_hook(|| inbox.request());
    let command = use_callback(move |to| item::Assign { record, to }.into());
    let Some(it) = it.filter(|it| reference(it.id) == record) else { return rsx! {} };
    rsx! {
        AssignDialog {
            record,
            title: t.with("assign-title", &[("name", isolate(it.client_name.as_str()).into())]),
            name: it.client_name.to_string(),
            before: it.assignee.as_ref().map(|p| p.id),
            command,
        }
    }
}
