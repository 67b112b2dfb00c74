//! The dialogs of an act on everything that is chosen: one reason, or one time, for all.

use dioxus::prelude::*;

use super::snooze::SnoozeDialog;
use crate::{
    components::dialog::close,
    drafts::Draft,
    giving::Giving,
    pages::{
        dialogs::{ReasonDialog, Reasons},
        inbox::InboxState,
        rows::name_some,
    },
    shell::Shell,
    words::{many, use_words},
};

/// «Tolak 4 permintaan».
#[component]
pub(super) fn RejectChosen() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    // Those that were chosen when it opened: what is read anew meanwhile does not change them.
    let requests = use_hook(|| inbox.chosen_requests());
    let names: Vec<&str> = requests.iter().map(|it| it.client_name.as_str()).collect();
    let title = t.count("reject-many-title", many(requests.len()));
    rsx! {
        ReasonDialog {
            reasons: Reasons::Reject,
            title: rsx! {
                {title.clone()}
            },
            sub: rsx! {
                {name_some(&t, &names)}
            },
            submit: title,
            initial: inbox.drafts.of(Draft::RejectChosen),
            error: None,
            unread: requests.iter().all(|it| it.client_user.is_none()),
            ondraft: move |text: String| inbox.drafts.keep(Draft::RejectChosen, &text),
            onsubmit: move |reason: String| {
                close("reason");
                inbox.drafts.keep(Draft::RejectChosen, "");
                shell.close();
                inbox.reject_chosen(giving, reason);
            },
            onclose: move |()| shell.close(),
        }
    }
}

/// «Tunda 4 permintaan».
#[component]
pub(super) fn SnoozeChosen() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let requests = use_hook(|| inbox.chosen_requests());
    // The first that is due says which times come too late.
    let Some(first) = requests.first() else { return rsx! {} };
    let pick = use_callback(move |until| {
        close("snooze");
        shell.close();
        inbox.snooze_chosen(giving, until);
    });
    rsx! {
        SnoozeDialog { title: t.count("snooze-many-title", many(requests.len())), due_at: first.due_at, error: None, onpick: pick }
    }
}
