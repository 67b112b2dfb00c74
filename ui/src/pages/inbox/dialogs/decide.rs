//! «Tolak permintaan …» and «Batalkan permintaan …»: a reason that the client reads.

use dioxus::prelude::*;
use domain::{
    commands::consultation,
    id::ConsultationId,
    record::RecordRef,
    records::Consultation,
    words::{Words, isolate},
};

use crate::{
    components::dialog::close,
    drafts::Draft,
    giving::Giving,
    pages::{
        dialogs::{ReasonDialog, Reasons},
        inbox::{InboxState, state::reference},
        rows::done,
    },
    shell::{Shell, put, task},
    words::use_words,
};

/// The title of a dialog about somebody's request.
fn about(words: &Words, key: &str, it: &Consultation) -> Element {
    let text = words.with(key, &[("name", isolate(it.client_name.as_str()).into())]);
    rsx! { {text} }
}

/// A reason for an act on a request of Antrean: what is typed is kept as a draft until it is sent.
#[component]
fn Asked(
    record: RecordRef,
    reasons: Reasons,
    title: &'static str,
    submit: &'static str,
    draft: Draft,
    command: Callback<(ConsultationId, String), domain::command::Command>,
) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    // The request as it was when the dialog opened: a change from elsewhere does not take it away while somebody types.
    let it = use_hook(|| inbox.request());
    let Some(it) = it.filter(|it| reference(it.id) == record) else { return rsx! {} };
    let name = it.clone();
    rsx! {
        ReasonDialog {
            reasons,
            title: about(&t, title, &it),
            sub: rsx! {
                {t.with("reason-sub", &[("date", t.date_long(it.requested_date).into())])}
            },
            submit: t.text(submit),
            initial: inbox.drafts.of(draft),
            error: error(),
            unread: it.client_user.is_none(),
            ondraft: move |text: String| inbox.drafts.keep(draft, &text),
            onsubmit: move |reason: String| {
                let given = command.call((name.id, reason));
                let done = done(shell, given.spec().name, name.client_name.as_str());
                task(async move {
                    match giving.give(given, vec![record], done).await {
                        Ok(_) => {
                            close("reason");
                            inbox.drafts.keep(draft, "");
                            shell.close();
                            inbox.go_on();
                        }
                        Err(failure) => put(error, Some(shell.trouble(&failure))),
                    }
                });
            },
            onclose: move |()| shell.close(),
        }
    }
}

/// «Tolak permintaan …».
#[component]
pub(super) fn Reject(record: RecordRef) -> Element {
    let command = use_callback(|(id, reason)| consultation::Reject { id, reason }.into());
    rsx! {
        Asked { record, reasons: Reasons::Reject, title: "reject-title", submit: "reject-submit", draft: Draft::Reject(record.id), command }
    }
}

/// «Batalkan permintaan …».
#[component]
pub(super) fn Cancel(record: RecordRef) -> Element {
    let command = use_callback(|(id, reason)| consultation::Cancel { id, reason: Some(reason) }.into());
    rsx! {
        Asked { record, reasons: Reasons::Cancel, title: "cancel-title", submit: "cancel-submit", draft: Draft::Cancel(record.id), command }
    }
}
