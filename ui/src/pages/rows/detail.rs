//! The pane of a detail while there is no record in it to show.

use dioxus::prelude::*;

use super::{ListState, Listing};
use crate::{
    components::{empty::Skeleton, toast::UndoBar},
    pages::desk::Failed,
    words::use_words,
};

/// Where no record is here: because none is open, because it comes, or because it could not be read.
#[component]
pub(crate) fn NotHere<L: Listing>(
    list: ListState<L>,
    label: String,
    /// What is said where it could not be read.
    failed: String,
    /// What is shown where none is open.
    nothing: Element,
    /// The header.
    children: Element,
) -> Element {
    let t = use_words();
    let opened = list.opened.read();
    rsx! {
        section { class: "pane", id: "pane-detail", "aria-label": label, "data-keys": "detail", tabindex: "-1",
            {children}
            match (opened.record, opened.error.clone()) {
                (Some(_), Some(error)) => rsx! {
                    Failed { error, title: failed, onretry: move |()| list.read_detail() }
                },
                (Some(_), None) => rsx! {
                    Skeleton { rows: 4, label: t.text("loading") }
                },
                (None, _) => nothing,
            }
            UndoBar {}
        }
    }
}
