//! Who is the same person: those with the same number or address, or whoever is looked for.

use bridge::Clients;
use dioxus::prelude::*;
use domain::{id::ClientId, phone::Phone, records::Client};

use crate::{
    components::{
        choice::Radio,
        field::{Field, TextInput},
    },
    gateway::ask,
    words::use_words,
};

const FIND: &str = "client-merge-find";

/// The choice. `it` is never offered: nobody is merged with themselves.
#[component]
pub(super) fn Who(it: ClientId, alike: Vec<Client>, mut other: Signal<Option<Client>>) -> Element {
    let t = use_words();
    let mut text = use_signal(String::new);
    let found = use_resource(move || async move {
        let text = text().trim().to_owned();
        if text.is_empty() { Ok(Vec::new()) } else { ask(Clients { text }).await }
    });
    let hits: Vec<Client> = match &*found.read() {
        Some(Ok(hits)) => hits.iter().map(|hit| hit.client.clone()).collect(),
        _ => Vec::new(),
    };
    let offered = if text.read().trim().is_empty() { alike } else { hits };
    let chosen = other();
    // Who was chosen stays in sight, whatever is looked for next.
    let kept = chosen.clone().filter(|chosen| offered.iter().all(|it| it.id != chosen.id));
    let options: Vec<Client> = kept.into_iter().chain(offered).filter(|client| client.id != it && client.erased_at.is_none()).collect();
    rsx! {
        fieldset { class: "field",
            legend { class: "label", {t.text("client-merge-who")} }
            if options.is_empty() {
                p { class: "t2", {t.text("client-merge-none")} }
            } else {
                div { class: "opts opts-merge",
                    for client in options {
                        Candidate {
                            key: "{client.id}",
                            chosen: chosen.as_ref().is_some_and(|it| it.id == client.id),
                            client,
                            onchoose: move |client| other.set(Some(client)),
                        }
                    }
                }
            }
        }
        Field { id: FIND, label: t.text("client-merge-find"),
            TextInput {
                id: FIND,
                value: text(),
                placeholder: t.text("client-merge-find-placeholder"),
                oninput: move |typed| text.set(typed),
            }
        }
    }
}

#[component]
fn Candidate(client: Client, chosen: bool, onchoose: EventHandler<Client>) -> Element {
    let phone = client.phone.as_ref().map(Phone::spoken).unwrap_or_default();
    let name = client.name.to_string();
    rsx! {
        label { class: if chosen { "opt is-on" } else { "opt" },
            Radio { name: "client-merge-who", checked: chosen, onchoose: move |()| onchoose.call(client.clone()) }
            span {
                bdi { "{name}" }
            }
            bdi { class: "push s12 t3 num", dir: "ltr", "{phone}" }
        }
    }
}
