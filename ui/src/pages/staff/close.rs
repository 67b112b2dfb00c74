//! «Nonaktifkan …» and «Setel ulang verifikasi dua langkah …»: what happens then cannot be taken back, for devices destroy their
//! copies.

use dioxus::prelude::*;
use domain::{
    commands::{account::SetStatus, factor::ResetFactor},
    id::UserId,
    records::UserStatus,
    words::isolate,
};

use super::state::StaffState;
use crate::{components::confirm::Confirm, giving::Giving, shell::Shell, words::use_words};

/// The question before an account is closed.
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

/// The question before a second factor is taken away: it is asked for by whoever has lost a telephone, or says so.
#[component]
pub(super) fn ResetFactorOf(id: UserId) -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(person) = use_hook(|| staff.list.peek().person(id)) else { return rsx! {} };
    let name = isolate(person.user.name.as_str());
    rsx! {
        Confirm {
            id: "staff-factor",
            title: t.with("staff-factor-title", &[("name", name.into())]),
            text: t.text("staff-factor-text"),
            act: t.text("do-staff-factor"),
            onconfirm: move |()| {
                shell.close();
                staff.give(ResetFactor { id }.into(), &person, "done-staff-factor", giving);
            },
            oncancel: move |()| shell.close(),
        }
    }
}
