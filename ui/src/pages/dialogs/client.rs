//! Whose something is: a client found by a part of their name, number or address, or a new one.

use bridge::{ClientHit, Clients};
use dioxus::prelude::*;
use domain::{id::ConsultationId, time::Zone, words::isolate};

use super::client_form::{ClientField, ClientForm, Whose};
use crate::{
    browser,
    components::{
        avatar::Avatar,
        button::{Button, IconButton, Look},
        choice::Select,
        field::{Field, FormError, TextInput},
        icon::Icon,
    },
    gateway::ask,
    words::use_words,
};

/// The client part of a form. `says` words what is wrong with a field, once it may be said; `next` is what has the focus when a
/// client was chosen. Whoever waits for an answer to a request is told
/// of where that matters, with the way to it.
#[component]
pub(crate) fn ClientPart(
    form: Signal<ClientForm>,
    says: Callback<ClientField, Option<String>>,
    next: &'static str,
    #[props(default)] onwaiting: Option<Callback<ConsultationId>>,
) -> Element {
    let whose = form.read().whose.clone();
    match whose {
        Whose::Nobody => rsx! {
            FindClient { form, error: says.call(ClientField::Who), tells_waiting: onwaiting.is_some() }
        },
        Whose::Known { name, .. } => rsx! {
            KnownClient { form, name, error: says.call(ClientField::Who), next, onwaiting }
        },
        Whose::New => rsx! {
            NewClient { form, says }
        },
    }
}

/// Finds a client: a combobox, whose options are read out as the arrows move.
#[component]
fn FindClient(mut form: Signal<ClientForm>, error: Option<String>, tells_waiting: bool) -> Element {
    let t = use_words();
    use_effect(|| {
        browser::focus("client-find");
    });
    let mut text = use_signal(String::new);
    let mut at = use_signal(|| 0_usize);
    let hits = use_resource(move || async move {
        let text = text().trim().to_owned();
        if text.is_empty() { Ok(Vec::new()) } else { ask(Clients { text }).await }
    });
    let found: Vec<ClientHit> = match &*hits.read() {
        Some(Ok(found)) => found.clone(),
        _ => Vec::new(),
    };
    let open = !text.read().trim().is_empty();
    // After what was found comes the way to enter somebody new.
    let count = found.len() + 1;
    let reached = at().min(count - 1);
    let options = found.clone();
    let choose = use_callback(move |n: usize| {
        let mut form = form.write();
        match options.get(n) {
            Some(hit) => {
                form.whose = Whose::Known { id: hit.client.id, name: hit.client.name.to_string(), waiting: hit.waiting.clone() };
                form.zone = hit.client.zone;
            }
            None => {
                form.whose = Whose::New;
                form.name = text.peek().trim().to_owned();
            }
        }
    });
    rsx! {
        Field { id: "client-find", label: t.text("client"), hint: Some(t.text("client-find-hint")), error,
            div { class: "combo",
                div { class: "input",
                    Icon { name: "search", size: 14 }
                    input {
                        id: "client-find",
                        r#type: "text",
                        role: "combobox",
                        autocomplete: "off",
                        spellcheck: "false",
                        value: text,
                        placeholder: t.text("client-find-placeholder"),
                        "aria-expanded": open.to_string(),
                        "aria-controls": "client-hits",
                        "aria-autocomplete": "list",
                        "aria-activedescendant": open.then(|| format!("client-hit-{reached}")),
                        "aria-describedby": "client-find-hint",
                        oninput: move |event| {
                            at.set(0);
                            text.set(event.value());
                        },
                        onkeydown: move |event| match event.key() {
                            Key::ArrowDown => {
                                event.prevent_default();
                                at.set((reached + 1) % count);
                            }
                            Key::ArrowUp => {
                                event.prevent_default();
                                at.set((reached + count - 1) % count);
                            }
                            Key::Enter if open && event.modifiers().is_empty() => {
                                event.prevent_default();
                                choose.call(reached);
                            }
                            _ => {}
                        },
                    }
                }
                if open {
                    Hits { found, named: text.read().trim().to_owned(), reached, tells_waiting, onchoose: choose }
                }
            }
        }
    }
}

/// What was found, and after it the way to enter somebody new.
#[component]
fn Hits(found: Vec<ClientHit>, named: String, reached: usize, tells_waiting: bool, onchoose: Callback<usize>) -> Element {
    let t = use_words();
    let last = found.len();
    rsx! {
        div { class: "menu combo-l", id: "client-hits", role: "listbox", "aria-label": t.text("client-hits"),
            for (n , hit) in found.into_iter().enumerate() {
                Hit { key: "{hit.client.id}", hit, n, reached: n == reached, tells_waiting, onchoose }
            }
            div {
                id: "client-hit-{last}",
                class: "menu-i",
                role: "option",
                "aria-selected": (reached == last).to_string(),
                onclick: move |_| onchoose.call(last),
                Icon { name: "plus" }
                span { class: "grow", {t.with("client-new-named", &[("name", isolate(&named).into())])} }
            }
        }
    }
}

#[component]
fn Hit(hit: ClientHit, n: usize, reached: bool, tells_waiting: bool, onchoose: Callback<usize>) -> Element {
    let t = use_words();
    let phone = hit.client.phone.as_ref().map(domain::phone::Phone::spoken).unwrap_or_default();
    rsx! {
        div {
            id: "client-hit-{n}",
            class: "menu-i",
            role: "option",
            "aria-selected": reached.to_string(),
            onclick: move |_| onchoose.call(n),
            Avatar { name: hit.client.name.clone(), size: 24 }
            span { class: "grow",
                bdi { "{hit.client.name}" }
                bdi { class: "menu-why num", "{phone}" }
            }
            if tells_waiting && hit.waiting.is_some() {
                span { class: "s12 fg-kunyit", {t.text("client-waits")} }
            }
        }
    }
}

/// The client that was chosen.
#[component]
fn KnownClient(
    mut form: Signal<ClientForm>,
    name: String,
    error: Option<String>,
    next: &'static str,
    onwaiting: Option<Callback<ConsultationId>>,
) -> Element {
    let t = use_words();
    let waiting = onwaiting.zip(form.read().waits_for().cloned());
    // The field that was typed in is gone: the next one is what follows.
    use_effect(move || {
        browser::focus(next);
    });
    rsx! {
        div { class: "field",
            span { class: "label", {t.text("client")} }
            div { class: "card card-pad hstack",
                Icon { name: "person" }
                span { class: "grow semi",
                    bdi { "{name}" }
                }
                IconButton {
                    icon: "x",
                    label: t.text("client-other"),
                    onpress: move |()| form.write().whose = Whose::Nobody,
                }
            }
            if let Some(error) = error {
                FormError { text: error }
            }
            if let Some((onwaiting, request)) = waiting {
                span {
                    Button {
                        id: "client-waiting",
                        text: t.with("client-waits-open", &[("number", isolate(&request.number).into())]),
                        icon: "consult",
                        class: "btn-sm",
                        onpress: move |()| onwaiting.call(request.id),
                    }
                }
            }
        }
    }
}

/// A new client.
#[component]
fn NewClient(mut form: Signal<ClientForm>, says: Callback<ClientField, Option<String>>) -> Element {
    let t = use_words();
    rsx! {
        fieldset { class: "card card-pad vstack",
            legend { class: "sr", {t.text("client-new")} }
            div { class: "hstack",
                span { class: "label grow", "aria-hidden": "true", {t.text("client-new")} }
                Button {
                    text: t.text("client-find"),
                    look: Look::Quiet,
                    class: "btn-sm",
                    icon: "search",
                    onpress: move |()| form.write().whose = Whose::Nobody,
                }
            }
            ClientFields { form, says }
        }
    }
}

/// What is known of a client: their name, how they are reached, where they live.
#[component]
pub(crate) fn ClientFields(mut form: Signal<ClientForm>, says: Callback<ClientField, Option<String>>) -> Element {
    let t = use_words();
    use_effect(|| {
        browser::focus("client-name");
    });
    let typed = form.read().clone();
    let (name, phone, email) = (says.call(ClientField::Name), says.call(ClientField::Phone), says.call(ClientField::Email));
    // Which numbers are meant does not show from one that is none of them.
    let phone = phone.map(|why| format!("{why} {}", t.text("phone-form")));
    rsx! {
        Field { id: "client-name", label: t.text("field-name"), error: name.clone(),
            TextInput {
                id: "client-name",
                value: typed.name,
                invalid: name.is_some(),
                required: true,
                oninput: move |text| form.write().name = text,
            }
        }
        div { class: "two",
            Field { id: "client-phone", label: t.text("field-phone"), hint: Some(t.text("optional")), error: phone.clone(),
                TextInput {
                    id: "client-phone",
                    value: typed.phone,
                    kind: "tel",
                    invalid: phone.is_some(),
                    described: true,
                    placeholder: "0812-3456-7890",
                    oninput: move |text| form.write().phone = text,
                }
            }
            Field { id: "client-email", label: t.text("field-email"), hint: Some(t.text("optional")), error: email.clone(),
                TextInput {
                    id: "client-email",
                    value: typed.email,
                    kind: "email",
                    invalid: email.is_some(),
                    described: true,
                    oninput: move |text| form.write().email = text,
                }
            }
        }
        Field { id: "client-zone", label: t.text("fact-zone"),
            Select {
                id: "client-zone",
                options: Zone::ALL.map(|zone| (zone.label().to_owned(), format!("{} · {}", zone.label(), zone.city()))).to_vec(),
                chosen: typed.zone.label(),
                onchoose: move |n: usize| form.write().zone = Zone::ALL[n],
            }
        }
    }
}
