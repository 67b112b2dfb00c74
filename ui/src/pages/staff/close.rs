//! «Nonaktifkan …» and «Setel ulang verifikasi dua langkah …»: what happens then cannot be taken back, for devices destroy their
//! copies.

use dioxus::prelude::*;
use domain::{
    command::Command,
    commands::{account::SetStatus, factor::ResetFactor},
    id::UserId,
    records::UserStatus,
    words::isolate,
};

use super::state::StaffState;
use crate::{components::confirm::Confirm, giving::Giving, shell::Shell, words::use_words};

/// What a question is about.
struct Asked {
    id: &'static str,
    /// The words: title, text, the button, and what is said once it is done.
    words: [&'static str; 4],
    command: Command,
}

/// The question before an account is closed.
#[component]
pub(super) fn Close(id: UserId) -> Element {
    use_question(
        id,
        Asked {
            id: "staff-close",
            words: ["staff-close-title", "staff-close-text", "do-staff-disable", "done-staff-disable"],
            command: SetStatus { id, status: UserStatus::Disabled }.into(),
        },
    )
}

/// The question before a second factor is taken away: it is asked for by whoever has lost a telephone, or says so.
#[component]
pub(super) fn ResetFactorOf(id: UserId) -> Element {
    use_question(
        id,
        Asked {
            id: "staff-factor",
            words: ["staff-factor-title", "staff-factor-text", "do-staff-factor", "done-staff-factor"],
            command: ResetFactor { id }.into(),
        },
    )
}

fn use_question(person: UserId, asked: Asked) -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(person) = use_hook(|| staff.list.peek().person(person)) else { return rsx! {} };
    let Asked { id, words: [title, text, act, done], command } = asked;
    let name = isolate(person.user.name.as_str());
    rsx! {
        Confirm {
            id,
            title: t.with(title, &[("name", name.into())]),
            text: t.text(text),
            act: t.text(act),
            onconfirm: move |()| {
                shell.close();
                staff.give(command.clone(), &person, done, giving);
            },
            oncancel: move |()| shell.close(),
        }
    }
}
