//! The dialogs of Antrean, drawn above whatever screen is open.

mod assign;
mod chosen;
mod decide;
mod new_request;
mod request_form;
mod snooze;

use dioxus::prelude::*;

use crate::shell::{Layer, Shell};

pub(crate) use snooze::SnoozeBody;

/// The dialog that is open, if one of these is.
#[component]
pub(crate) fn Dialogs() -> Element {
    let shell = use_context::<Shell>();
    let layer = (shell.layer)();
    match layer {
        Some(Layer::Reject(record)) => rsx! {
            decide::Reject { key: "{record}", record }
        },
        Some(Layer::Cancel(record)) => rsx! {
            decide::Cancel { key: "{record}", record }
        },
        Some(Layer::Snooze(record)) => rsx! {
            snooze::Snooze { key: "{record}", record }
        },
        Some(Layer::RejectChosen) => rsx! {
            chosen::RejectChosen {}
        },
        Some(Layer::SnoozeChosen) => rsx! {
            chosen::SnoozeChosen {}
        },
        Some(Layer::Assign(record)) => rsx! {
            assign::Assign { key: "{record}", record }
        },
        Some(Layer::NewRequest) => rsx! {
            new_request::NewRequest {}
        },
        _ => rsx! {},
    }
}
