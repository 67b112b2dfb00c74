//! The dialogs of an act on everything that is chosen: one reason, or one time, for all.

use dioxus::prelude::*;

use super::snooze::{SnoozeDialog, due_of};
use crate::{
    components::dialog::close,
    drafts::Draft,
    giving::Giving,
    pages::{
        dialogs::{ReasonDialog, Reasons},
        inbox::InboxState,
        rows::name_some,
    },
    shell::{Place, Shell},
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

/// «Tunda 4 permintaan», «Tunda 4 pesanan»; in Antrean both may be chosen.
#[component]
pub(super) fn SnoozeChosen() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let (requests, orders) = use_hook(|| match *shell.place.peek() {
        Place::Orders => (Vec::new(), inbox.orders.chosen_here()),
        _ => (inbox.chosen_requests(), inbox.chosen_orders()),
    });
    // The first that is due says which times come too late.
    let due = requests.iter().map(|it| it.due_at).chain(orders.iter().map(|it| due_of(shell, it))).min();
    let Some(due_at) = due else { return rsx! {} };
    let n = many(requests.len() + orders.len());
    let title = match (requests.is_empty(), orders.is_empty()) {
        (false, true) => t.count("snooze-many-title", n),
        (true, false) => t.count("snooze-orders-title", n),
        _ => t.count("snooze-chosen-title", n),
    };
    let pick = use_callback(move |until| {
        close("snooze");
        shell.close();
        if *shell.place.peek() == Place::Orders {
            inbox.orders.snooze_chosen(giving, until);
        } else {
            inbox.snooze_chosen(giving, until);
        }
    });
    rsx! {
        SnoozeDialog { title, due_at, error: None, onpick: pick }
    }
}
