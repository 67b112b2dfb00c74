//! One person of the staff: who they are here, where they are logged in, and what can be done.

use std::rc::Rc;

use bridge::PersonRow;
use dioxus::prelude::*;

use super::{DETAIL, acts::word_of, devices::DevicesOf, state::StaffState};
use crate::{
    actions::Act,
    components::{
        badge::Badge,
        button::{ActButton, IconButton, Look},
        empty::NothingOpen,
        icon::Icon,
        toast::UndoBar,
    },
    giving::Giving,
    shell::Shell,
    words::{role_word, use_words},
};

/// The pane.
#[component]
pub(super) fn DetailPane() -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let narrow = (shell.narrow)();
    let back = rsx! {
        if narrow {
            IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = staff.run(Act::Back, giving) }
        }
    };
    let Some(person) = staff.opened() else {
        return rsx! {
            section { class: "pane", id: "pane-detail", "aria-label": t.text("staff-detail-label"), "data-keys": "detail", tabindex: "-1",
                header { class: "head", {back} }
                NothingOpen {}
                UndoBar {}
            }
        };
    };
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "staff-name", "data-keys": "detail", tabindex: "-1",
            header { class: "head",
                {back}
                Badge { face: person.user.status.face(), ours: person.ours, large: true }
            }
            div { class: "scroll pad", id: DETAIL, role: "region", "aria-label": t.text("staff-detail-label"), tabindex: "0",
                h1 { class: "h1", id: "staff-name",
                    bdi { "{person.user.name}" }
                }
                Facts { person: person.clone() }
                DevicesOf { person: person.clone() }
            }
            UndoBar {}
            Bar { person }
        }
    }
}

#[component]
fn Facts(person: Rc<PersonRow>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let user = &person.user;
    let zone = shell.zone();
    let roles: Vec<String> = user.roles.iter().map(|role| role_word(&t, role)).collect();
    let facts = [
        ("field-email", user.email.to_string()),
        ("field-roles", roles.join(", ")),
        ("staff-since", t.moment(user.created_at, zone)),
        ("staff-changed", t.moment(user.updated_at, zone)),
    ];
    rsx! {
        dl { class: "facts sec",
            for (word , value) in facts {
                dt { key: "{word}", {t.text(word)} }
                dd { class: "span",
                    bdi { {value} }
                }
            }
        }
    }
}

/// The acts, in the order of the list of acts.
#[component]
fn Bar(person: Rc<PersonRow>) -> Element {
    let staff = use_context::<StaffState>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let refused = (shell.refused)();
    let acts =
        [(Act::EditUser, Look::Primary), (Act::SendLink, Look::Plain), (Act::ResetFactor, Look::Plain), (Act::UserStatus, Look::Plain)];
    let whys: Vec<String> = acts.iter().filter_map(|(act, _)| staff.why_not_act(*act, &person)).collect();
    rsx! {
        footer { class: "act act-col",
            if let Some(error) = refused {
                p { class: "err", role: "alert",
                    Icon { name: "sy-refuse", size: 14 }
                    {shell.trouble(&error)}
                }
            }
            p { class: "act-why",
                if let Some(why) = whys.first() {
                    {why.clone()}
                } else {
                    {t.text("staff-foot")}
                }
            }
            div { class: "hstack wrap", role: "group", "aria-label": t.text("acts"),
                for (act , look) in acts {
                    ActButton {
                        key: "{act:?}",
                        act,
                        look,
                        text: t.text(if act == Act::ResetFactor { "staff-factor-short" } else { word_of(act, &person) }),
                        why_not: staff.why_not_act(act, &person),
                        onpress: move |()| _ = staff.run(act, giving),
                    }
                }
            }
        }
    }
}
