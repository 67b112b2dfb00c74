//! «Undang staf» and «Ubah …»: one form, for somebody new and for somebody who is here.

use dioxus::prelude::*;
use domain::{
    command::Command,
    commands::{account::EditUser, staff},
    id::UserId,
    record::{Kind, RecordRef},
    words::isolate,
};

use super::{
    form::{Form, Part, ROLES},
    state::StaffState,
};
use crate::{
    browser,
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::{Field, FieldFoot, FormError, TextInput},
    },
    gateway::new_id,
    giving::Giving,
    shell::{Shell, put, task},
    words::{invalid, role_word, use_words},
};

const ID: &str = "staff-form";

/// «Undang staf».
#[component]
pub(super) fn Invite() -> Element {
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let form = use_signal(Form::default);
    let error = use_signal(|| None::<String>);
    let words = t.clone();
    let send = move |typed: Form| {
        let done = words.with("done-staff-invite", &[("name", isolate(typed.name.trim()).into())]);
        task(async move {
            let given = async {
                let Form { name, email, roles } = typed;
                giving.give(staff::Invite { id: new_id().await?, name, email, roles }.into(), Vec::new(), done).await
            };
            finish(shell, error, given.await.map(drop));
        });
    };
    rsx! {
        FormDialog {
            title: t.text("do-staff-invite"),
            sub: t.text("staff-invite-sub"),
            act: t.text("staff-invite-submit"),
            form,
            with_email: true,
            error: error(),
            onsend: send,
        }
    }
}

/// «Ubah …».
#[component]
pub(super) fn Edit(id: UserId) -> Element {
    let staff = use_context::<StaffState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let person = use_hook(|| staff.list.peek().person(id));
    let before = person.as_ref().map(|row| row.user.clone());
    let form = use_signal(|| {
        let user = before.as_ref();
        let roles = user.map(|user| user.roles.clone()).unwrap_or_default();
        Form { name: user.map(|user| user.name.to_string()).unwrap_or_default(), email: String::new(), roles }
    });
    let mut error = use_signal(|| None::<String>);
    let Some(before) = person.as_ref().map(|row| row.user.clone()) else { return rsx! {} };
    let title = t.with("staff-edit-title", &[("name", isolate(before.name.as_str()).into())]);
    let words = t.clone();
    let send = move |typed: Form| {
        let name = Some(typed.name.trim().to_owned()).filter(|name| name != before.name.as_str());
        let roles = Some(typed.roles).filter(|roles| *roles != before.roles);
        if name.is_none() && roles.is_none() {
            error.set(Some(words.text("staff-edit-same")));
            return;
        }
        let command: Command = EditUser { id, name, roles }.into();
        if let Some(why) = staff.why_not(command.clone()) {
            error.set(Some(why));
            return;
        }
        let done = words.with("done-staff-edit", &[("name", isolate(before.name.as_str()).into())]);
        task(async move {
            let given = giving.give(command, vec![RecordRef::new(Kind::User, id)], done).await;
            finish(shell, error, given.map(drop));
        });
    };
    rsx! {
        FormDialog {
            title,
            sub: t.text("staff-edit-sub"),
            act: t.text("staff-edit-submit"),
            form,
            with_email: false,
            error: error(),
            onsend: send,
        }
    }
}

/// Closes the dialog, or says why not; what was typed stays then.
fn finish(shell: Shell, error: Signal<Option<String>>, given: Result<(), bridge::DeskError>) {
    match given {
        Ok(()) => {
            close(ID);
            shell.close();
        }
        Err(failure) => put(error, Some(shell.trouble(&failure))),
    }
}

#[component]
fn FormDialog(
    title: String,
    sub: String,
    act: String,
    form: Signal<Form>,
    with_email: bool,
    error: Option<String>,
    onsend: EventHandler<Form>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut tried = use_signal(|| false);
    let parts: &'static [Part] = if with_email { &[Part::Name, Part::Email, Part::Roles] } else { &[Part::Name, Part::Roles] };
    let words = t.clone();
    let says = use_callback(move |part: Part| form.read().wrong(part).filter(|_| tried()).map(|why| invalid(&words, why)));
    let send = use_callback(move |()| {
        tried.set(true);
        match form.peek().first_wrong(parts) {
            Some(part) => _ = browser::focus(part.id()),
            None => onsend.call(form.peek().clone()),
        }
    });
    use_effect(|| _ = browser::focus(Part::Name.id()));
    rsx! {
        Dialog {
            guarded: true,
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {sub}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: ID, oncancel: move |()| shell.close() }
                Button { text: act, look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            Line { part: Part::Name, label: t.text("field-name"), form, error: says.call(Part::Name) }
            if with_email {
                Line { part: Part::Email, label: t.text("field-email"), form, error: says.call(Part::Email) }
            }
            Roles { form, error: says.call(Part::Roles) }
            if let Some(error) = error {
                FormError { text: error }
            }
        }
    }
}

#[component]
fn Line(part: Part, label: String, mut form: Signal<Form>, error: Option<String>) -> Element {
    let (id, email) = (part.id(), part == Part::Email);
    let kind = if email { "email" } else { "text" };
    let value = if email { form.read().email.clone() } else { form.read().name.clone() };
    rsx! {
        Field { id, label, error: error.clone(),
            TextInput {
                id,
                value,
                kind,
                invalid: error.is_some(),
                required: true,
                oninput: move |text| {
                    let mut form = form.write();
                    if email { form.email = text } else { form.name = text }
                },
            }
        }
    }
}

#[component]
fn Roles(mut form: Signal<Form>, error: Option<String>) -> Element {
    let t = use_words();
    let wrong = error.is_some();
    rsx! {
        fieldset { class: "field", "aria-describedby": wrong.then_some("staff-form-roles-hint"),
            legend { class: "label", {t.text("field-roles")} }
            div { class: "opts opts-long",
                for role in ROLES {
                    label { key: "{role}", class: if form.read().roles.contains(&role) { "opt is-on" } else { "opt" },
                        input {
                            class: "check",
                            id: "staff-form-role-{role}",
                            r#type: "checkbox",
                            checked: form.read().roles.contains(&role),
                            onchange: {
                                let role = role.clone();
                                move |event: Event<FormData>| form.write().switch(&role, event.checked())
                            },
                        }
                        span {
                            span { class: "semi", {role_word(&t, &role)} }
                            span { class: "t2 s12", " · " {t.text(&format!("staff-role-{role}"))} }
                        }
                    }
                }
            }
            FieldFoot { id: "staff-form-roles", hint: None, error }
        }
    }
}
