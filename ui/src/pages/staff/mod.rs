//! Staf: who works here, what they may do, and where they are logged in; for admins. The list is the copy on this desk, devices are
//! asked of the server, and everything that is changed is a command.

mod acts;
mod close;
mod detail;
mod devices;
mod form;
mod invite;
mod list;
mod state;

use dioxus::prelude::*;

use crate::{
    components::empty::Empty,
    pages::{desk::DrawerButton, rows::Pane},
    shell::{Layer, Shell},
    words::use_words,
};

pub(crate) use state::StaffState;

/// The id of the list.
pub(crate) const LIST: &str = "staff-list";
/// The id of the detail.
pub(crate) const DETAIL: &str = "staff-detail";

/// The screen.
#[component]
pub(crate) fn StaffPage() -> Element {
    let staff = use_context::<StaffState>();
    let shell = use_context::<Shell>();
    use_hook(|| staff.read(true));
    let narrow = (shell.narrow)();
    let pane = (staff.pane)();
    if !staff.may() {
        return rsx! {
            NotForThem {}
        };
    }
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            detail::DetailPane {}
        }
    }
}

/// Whoever is no admin any more while the screen is open.
#[component]
fn NotForThem() -> Element {
    let t = use_words();
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-staff"), tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-staff")} }
            }
            Empty { icon: "lock", title: t.text("staff-refused"),
                p { {t.text("staff-refused-text")} }
            }
        }
    }
}

/// What lies above the screen.
#[component]
pub(crate) fn StaffDialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::Invite) => rsx! {
            invite::Invite {}
        },
        Some(Layer::EditUser(id)) => rsx! {
            invite::Edit { key: "{id}", id }
        },
        Some(Layer::CloseUser(id)) => rsx! {
            close::Close { id }
        },
        Some(Layer::ResetFactor(id)) => rsx! {
            close::ResetFactorOf { id }
        },
        _ => rsx! {},
    }
}
