//! The list of the staff, a group for each state.

use std::rc::Rc;

use bridge::PersonRow;
use dioxus::prelude::*;

use super::{LIST, state::StaffState};
use crate::{
    actions::Act,
    components::{
        avatar::Avatar,
        badge::{Badge, Mark},
        button::ActButton,
        empty::{Empty, Skeleton},
        list::{DataList, ListRow, RowAt},
    },
    giving::Giving,
    pages::{
        desk::{DrawerButton, Failed, Notes},
        rows::{Load, Pane},
    },
    shell::Shell,
    words::{role_word, use_words},
};

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let (load, count) = {
        let list = staff.list.read();
        (list.load.clone(), list.count())
    };
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-staff"), "data-keys": "list", tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-staff")} }
                if load == Load::Here {
                    span { class: "t3 num", {t.whole(i64::from(count))} }
                }
                span { class: "push",
                    ActButton { act: Act::InviteUser, class: "btn-sm", onpress: move |()| _ = staff.run(Act::InviteUser, giving) }
                }
            }
            Notes {}
            match load {
                Load::Failed(error) => rsx! {
                    Failed { error, title: t.text("staff-failed"), onretry: move |()| staff.read(true) }
                },
                Load::Coming => rsx! {
                    Skeleton { rows: 5, label: t.text("loading") }
                },
                Load::Here if count == 0 => rsx! {
                    Empty { icon: "expert", title: t.text("staff-empty"),
                        p { {t.text("staff-empty-text")} }
                    }
                },
                Load::Here => rsx! {
                    Rows {}
                },
            }
        }
    }
}

#[component]
fn Rows() -> Element {
    let staff = use_context::<StaffState>();
    let t = use_words();
    let list = staff.list;
    let layout = use_memo(move || list.read().layout());
    let total = layout().rows();
    let header = use_callback(move |n: usize| rsx! { Header { n } });
    let row = use_callback(move |at: RowAt| match list.read().get(at.index) {
        Some(person) => rsx! {
            Row { key: "{person.user.id}", person, at, total, current: (staff.cursor)().0 == at.index }
        },
        // Beside rows with keys everything has one.
        None => rsx! {
            Fragment { key: "gone-{at.index}", "" }
        },
    });
    rsx! {
        DataList {
            id: LIST,
            label: t.text("staff-label"),
            layout: layout(),
            cursor: Some((staff.cursor)().0),
            focus: staff.focus,
            header,
            row,
            onview: |_| {},
        }
    }
}

#[component]
fn Header(n: usize) -> Element {
    let staff = use_context::<StaffState>();
    let t = use_words();
    let Some((status, count)) = staff.list.read().parts().get(n).cloned() else { return rsx! {} };
    rsx! {
        span { {t.text(status.face().word)} }
        span { class: "n", {t.whole(i64::from(count))} }
    }
}

#[component]
fn Row(person: Rc<PersonRow>, at: RowAt, total: u32, current: bool) -> Element {
    let mut staff = use_context::<StaffState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let user = &person.user;
    let roles: Vec<String> = user.roles.iter().map(|role| role_word(&t, role)).collect();
    let me = shell.me() == Some(user.id);
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            glyph: rsx! {
                Avatar { name: user.name.clone(), size: 24 }
            },
            title: rsx! {
                bdi { "{user.name}" }
                if me {
                    " "
                    span { class: "t3", {t.text("assign-me")} }
                }
            },
            title_end: rsx! {
                Badge { face: user.status.face(), ours: person.ours }
            },
            summary: rsx! { "{roles.join(\", \")} · {user.email}" },
            summary_end: rsx! {
                if let Some(state) = person.mark.filter(|state| *state != domain::status::CommandState::Held) {
                    Mark { state: state }
                }
            },
            onopen: move |()| {
                staff.move_to(at.index);
                if (shell.narrow)() {
                    staff.pane.set(Pane::Detail);
                }
            },
        }
    }
}
