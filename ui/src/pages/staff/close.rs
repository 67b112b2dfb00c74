//! «Nonaktifkan …»: what happens then cannot be taken back, for devices destroy their copies.

use dioxus::prelude::*;
use domain::{commands::account::SetStatus, id::UserId, records::UserStatus, words::isolate};

use super::state::StaffState;
use crate::{components::confirm::Confirm, giving::Giving, shell::Shell, words::use_words};

/// The question.
#[component]
pub(super) fn Close(id: UserId) -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(person) = use_hook(|| staff.list.peek().person(id)) else { return rsx! {} };
    let name = isolate(person.user.name.as_str());
    rsx! {
        Confirm {
            id: "staff-close",
            title: t.with("staff-close-title", &[("name", name.into())]),
            text: t.text("staff-close-text"),
            act: t.text("do-staff-disable"),
            onconfirm: move |()| {
                shell.close();
                staff.give(SetStatus { id, status: UserStatus::Disabled }.into(), &person, "done-staff-disable", giving);
            },
            oncancel: move |()| shell.close(),
        }
    }
}
