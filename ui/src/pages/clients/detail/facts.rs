//! How a client is reached, where they live, what they agreed to; and who may be the same person.

use bridge::ClientDetailReply;
use dioxus::prelude::*;
use domain::{
    phone::Phone,
    records::{Client, Former},
    status::Tone,
};

use crate::{
    actions::Act,
    components::{
        button::{ActButton, IconButton},
        note::Note,
    },
    pages::clients::{ClientsState, state::reference},
    shell::Shell,
    words::use_words,
};

/// What is known of a client.
#[component]
pub(super) fn Facts(it: Client) -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    rsx! {
        dl { class: "facts sec",
            dt { {t.text("field-phone")} }
            dd { class: "span hstack wrap",
                if let Some(phone) = &it.phone {
                    bdi { class: "num semi", dir: "ltr", {Phone::spoken(phone)} }
                    IconButton { icon: "copy", label: t.text("client-copy-phone"), onpress: move |()| clients.copy() }
                } else {
                    "-"
                }
            }
            dt { {t.text("field-email")} }
            dd { class: "span hstack wrap",
                if let Some(email) = &it.email {
                    bdi { dir: "ltr", "{email}" }
                } else {
                    "-"
                }
            }
            dt { {t.text("fact-zone")} }
            dd { "{it.zone.label()} · {it.zone.city()}" }
            dt { {t.text("client-account")} }
            dd { {t.text(if it.user_id.is_some() { "client-account-own" } else { "client-account-none" })} }
            dt { {t.text("client-consent")} }
            dd { class: "span",
                if let Some(consent) = &it.consent {
                    {t.with("client-consent-at", &[("version", domain::words::isolate(&consent.version).into()), ("at", t.moment(consent.at, zone).into())])}
                } else {
                    "-"
                }
            }
            if !it.formers.0.is_empty() && it.erased_at.is_none() {
                dt { {t.text("client-formers")} }
                dd { class: "span",
                    for former in it.formers.0.iter() {
                        p { key: "{former.id}",
                            bdi { {former_line(former)} }
                        }
                    }
                }
            }
            if let Some(at) = it.erased_at {
                dt { {t.text("client-erased-at")} }
                dd { class: "span num", {t.moment(at, zone)} }
            }
        }
    }
}

/// What was known of a record that was merged into the client's.
fn former_line(it: &Former) -> String {
    let phone = it.phone.as_ref().map(Phone::spoken);
    let known = [Some(it.name.to_string()), phone, it.email.as_ref().map(ToString::to_string)];
    known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Others who may be the same person: they have the same number, or the same address.
#[component]
pub(super) fn Alike() -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let opened = clients.opened.read();
    let alike: Vec<Client> = opened.reply.as_deref().map(|ClientDetailReply { alike, .. }| alike.clone()).unwrap_or_default();
    if alike.is_empty() {
        return rsx! {};
    }
    rsx! {
        Note { tone: Tone::Kunyit, icon: "person", class: "sec",
            div { class: "grow",
                p { {t.text("client-alike")} }
                ul {
                    for other in alike {
                        li { key: "{other.id}",
                            button {
                                r#type: "button",
                                class: "linkish",
                                onclick: move |_| clients.open(reference(other.id)),
                                bdi { "{other.name}" }
                            }
                        }
                    }
                }
            }
            if Act::MergeClient.spec().is_for(shell) {
                ActButton { act: Act::MergeClient, class: "btn-sm", onpress: move |()| _ = clients.run(Act::MergeClient) }
            }
        }
    }
}
