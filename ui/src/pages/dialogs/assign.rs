//! «Teruskan»: to whom of the colleagues.

use dioxus::prelude::*;
use domain::{command::Command, id::UserId, record::RecordRef, role::Role, words::isolate};

use crate::{
    components::{
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        empty::Skeleton,
        field::TextInput,
    },
    gateway::ask,
    giving::Giving,
    shell::{Shell, put, task},
    words::{role_word, use_words},
};

/// Above so many colleagues there is a field to find one.
const MANY: usize = 8;

/// Whether a colleague's name has this in it.
fn named(name: &str, text: &str) -> bool {
    name.to_lowercase().contains(&text.trim().to_lowercase())
}

/// «Teruskan …», with the command of whatever is given. It is closed by its owner's layer.
#[component]
pub(crate) fn AssignDialog(
    record: RecordRef,
    /// «Teruskan permintaan Rani».
    title: String,
    /// Whose it is, for what is said when it is done.
    name: String,
    before: Option<UserId>,
    /// Which of the colleagues can be given it; everybody where this says nothing.
    #[props(default)]
    among: Option<&'static [Role]>,
    command: Callback<Option<UserId>, Command>,
) -> Element {
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let to = use_signal(|| before);
    let mut error = use_signal(|| None::<String>);
    let words = t.clone();
    let send = use_callback(move |()| {
        let to = to();
        if to == before {
            error.set(Some(words.text("assign-same")));
            return;
        }
        let key = if to.is_some() { "done-item-assign" } else { "done-item-unassign" };
        let done = words.with(key, &[("name", isolate(&name).into())]);
        let given = command.call(to);
        task(async move {
            match giving.give(given, vec![record], done).await {
                Ok(_) => {
                    close("assign");
                    shell.close();
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        Dialog {
            id: "assign",
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {t.text("assign-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "assign", oncancel: move |()| shell.close() }
                Button { text: t.text("do-assign"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            Colleagues { to, before, among }
            if let Some(error) = error() {
                p { class: "err", role: "alert", {error} }
            }
        }
    }
}

/// The colleagues to choose from.
#[component]
pub(crate) fn Colleagues(mut to: Signal<Option<UserId>>, before: Option<UserId>, among: Option<&'static [Role]>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let staff = use_resource(move || async move { ask(bridge::Staff {}).await });
    let mut text = use_signal(String::new);
    let people = match &*staff.read() {
        None => return rsx! { Skeleton { rows: 3, label: t.text("loading") } },
        Some(Err(failure)) => return rsx! { p { class: "err", role: "alert", {shell.trouble(failure)} } },
        Some(Ok(reply)) => reply.people.clone(),
    };
    let can = |roles: &[Role]| among.is_none_or(|among| roles.iter().any(|role| among.contains(role)));
    let people: Vec<_> = people.into_iter().filter(|(_, _, roles)| can(roles)).collect();
    rsx! {
        if people.len() > MANY {
            label { class: "sr", r#for: "assign-find", {t.text("assign-find")} }
            TextInput { id: "assign-find", value: text(), placeholder: t.text("assign-find"), oninput: move |value| text.set(value) }
        }
        fieldset { class: "field",
            legend { class: "sr", {t.text("assign-who")} }
            div { class: "opts opts-long",
                for (id , name , roles) in people.into_iter().filter(|(_, name, _)| named(name, &text.read())) {
                    Colleague { key: "{id}", id, name, roles, chosen: to() == Some(id), onchoose: move |id| to.set(Some(id)) }
                }
                if before.is_some() {
                    label { class: if to().is_none() { "opt is-on" } else { "opt" },
                        Radio { name: "assign-to", checked: to().is_none(), onchoose: move |()| to.set(None) }
                        span { {t.text("assign-nobody")} }
                    }
                }
            }
        }
    }
}

#[component]
fn Colleague(id: UserId, name: String, roles: Vec<Role>, chosen: bool, onchoose: EventHandler<UserId>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let me = shell.me() == Some(id);
    let roles: Vec<String> = roles.iter().filter(|r| r.is_staff()).map(|r| role_word(&t, r)).collect();
    rsx! {
        label { class: if chosen { "opt is-on" } else { "opt" },
            Radio { name: "assign-to", checked: chosen, onchoose: move |()| onchoose.call(id) }
            span {
                bdi { "{name}" }
                if me {
                    " "
                    span { class: "t3", {t.text("assign-me")} }
                }
            }
            span { class: "push s12 t3", {roles.join(", ")} }
        }
    }
}
