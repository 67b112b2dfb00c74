//! What is drawn around such a list and its open record: the pill of what came, the search, the pager, the mark of a command, whose
//! record it is, and the acts at its foot.

use dioxus::prelude::*;
use domain::{
    id::CommandId,
    phone::Phone,
    record::{Kind, RecordRef},
    records::Client,
    status::{CommandState, Tone},
};

use super::{Listing, Load, state::ListState};
use crate::{
    acting::Acting,
    actions::Act,
    browser,
    components::{
        badge::Mark,
        button::{ActButton, ActKbd, IconButton, Kbd, Look, act_id, shortcut},
        empty::Skeleton,
        icon::Icon,
        note::Note,
    },
    pages::{desk::Failed, outbox::OutboxState},
    shell::{Place, Shell},
    words::{Rich, client_since, many, use_words},
};

/// «3 baru»: what came is let in when the person says so, because nothing moves under the cursor.
#[component]
pub(crate) fn NewRows(newer: u32, onletin: EventHandler<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        div { class: "pill-at", role: "status",
            if newer > 0 {
                button { r#type: "button", class: "pill", "aria-keyshortcuts": shortcut(Act::LetIn, shell), onclick: move |_| onletin.call(()),
                    Icon { name: "up", size: 14 }
                    {t.count("inbox-newer", i64::from(newer))}
                    ActKbd { act: Act::LetIn }
                }
            }
        }
    }
}

/// A list as far as it is here: coming, failed, without a row, or with its rows.
#[component]
pub(crate) fn ListBody<L: Listing>(
    list: ListState<L>,
    /// What is said where it could not be read.
    failed: String,
    /// What is shown where it has no row.
    nothing: Element,
    /// The rows.
    children: Element,
) -> Element {
    let t = use_words();
    let load = use_memo(move || list.list.read().load.clone());
    let total = use_memo(move || list.list.read().total());
    match load() {
        Load::Failed(error) => rsx! {
            Rest {}
            Failed { error, title: failed, onretry: move |()| list.let_in(true) }
        },
        Load::Coming => rsx! {
            Rest {}
            Skeleton { rows: 7, label: t.text("loading") }
        },
        Load::Here if total() == 0 => rsx! {
            Rest {}
            {nothing}
        },
        Load::Here => children,
    }
}

/// Where a list has no row, or none yet, its pane has the focus, unless something has it.
#[component]
fn Rest() -> Element {
    use_effect(|| {
        if browser::focus_is_idle("content") {
            browser::focus("pane-list");
        }
    });
    rsx! {}
}

/// The field in which a list is searched. It has the focus when it comes; Escape ends the search, Enter and an arrow lead to what
/// was found.
#[component]
pub(crate) fn SearchRow(
    id: &'static str,
    text: String,
    label: String,
    hint: String,
    oninput: EventHandler<String>,
    onend: EventHandler<()>,
    ondown: EventHandler<()>,
) -> Element {
    use_effect(move || {
        browser::focus(id);
        browser::select(id);
    });
    rsx! {
        div { class: "sub", role: "search",
            div { class: "input input-sm",
                Icon { name: "search", size: 14 }
                input {
                    id,
                    r#type: "text",
                    value: text,
                    autocomplete: "off",
                    spellcheck: "false",
                    "aria-label": label,
                    placeholder: hint,
                    oninput: move |event| oninput.call(event.value()),
                    onkeydown: move |event| match event.key() {
                        Key::Escape => {
                            event.stop_propagation();
                            onend.call(());
                        }
                        // The first row is at hand at once: what was looked for is there.
                        Key::Enter | Key::ArrowDown => {
                            event.prevent_default();
                            ondown.call(());
                        }
                        _ => {}
                    },
                }
                Kbd { keys: "Escape" }
            }
        }
    }
}

/// «3 dari 13», with the way to the one before and the one after.
#[component]
pub(crate) fn Pager(
    /// Where the open one stands, if the list has it.
    at: Option<u32>,
    total: u32,
    onstep: EventHandler<i64>,
) -> Element {
    let t = use_words();
    rsx! {
        span { class: "pager hide-s",
            IconButton { icon: "up", label: t.text("do-previous"), onpress: move |()| onstep.call(-1) }
            if let Some(at) = at.filter(|_| total > 0) {
                span { {t.with("pager", &[("at", t.whole(i64::from(at) + 1).into()), ("total", t.whole(i64::from(total)).into())])} }
            }
            IconButton { icon: "down", label: t.text("do-next"), onpress: move |()| onstep.call(1) }
        }
    }
}

/// The sync mark of a row. It leads to its command; the whole row leads to the record.
#[component]
pub(crate) fn MarkAt(state: CommandState, command: Option<CommandId>) -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    rsx! {
        span {
            class: "mark-at",
            onclick: move |event| {
                if let Some(command) = command {
                    event.stop_propagation();
                    outbox.open(command);
                    shell.go(Place::Outbox);
                }
            },
            Mark { state }
        }
    }
}

/// «Klien sejak Mar 2025 · 4 permintaan · +62 812-3456-7890».
#[component]
pub(crate) fn ClientLine(
    client: Option<Client>,
    /// How much of theirs there is, in words.
    counted: String,
) -> Element {
    let shell = use_context::<Shell>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let Some(client) = client else {
        return rsx! { p { class: "t2", {t.text("client-hidden")} } };
    };
    let name = RecordRef::new(Kind::Client, client.id);
    if client.erased_at.is_some() {
        return rsx! { p { class: "t2", {t.text("client-erased")} } };
    }
    let mut parts = vec![client_since(&t, client.since().day(shell.zone())), counted];
    parts.extend(client.phone.as_ref().map(Phone::spoken));
    parts.extend(client.email.as_ref().map(ToString::to_string));
    rsx! {
        p { class: "t2",
            for (n , part) in parts.into_iter().enumerate() {
                if n > 0 {
                    " · "
                }
                bdi { class: "part", {part} }
            }
            if shell.has(Place::Clients) {
                " · "
                button { r#type: "button", class: "linkish", onclick: move |_| acting.open(name), {t.text("open-client")} }
            }
        }
    }
}

/// An act at the foot of a detail.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FootAct {
    /// Which.
    pub(crate) act: Act,
    /// Whether it is the one that is meant.
    pub(crate) primary: bool,
    /// Why it cannot be done now.
    pub(crate) why_not: Option<String>,
    /// Another name than the act's own.
    pub(crate) text: Option<String>,
}

const fn look_of(act: Act, primary: bool) -> Look {
    match act {
        _ if primary => Look::Primary,
        Act::Whatsapp => Look::Quiet,
        _ => Look::Plain,
    }
}
/// WhatsApp is a helper, and stands apart.
const fn class_of(act: Act) -> &'static str {
    if matches!(act, Act::Whatsapp) { "act-wa" } else { "" }
}

/// The foot of what is open while many are chosen: a key does then what the bar above the list says, and so nothing is offered here that
/// a click alone would do to this one.
#[component]
pub(crate) fn ChosenFoot(n: usize) -> Element {
    let t = use_words();
    rsx! {
        Foot { said: vec![t.count("chosen-foot", many(n))], acts: Vec::new(), onact: |_| {} }
    }
}

/// The foot of a detail: what will happen, or why it cannot, and the acts. Their order is the same for every kind of record.
#[component]
pub(crate) fn Foot(
    /// The sentences, with `**strong**` parts.
    said: Vec<String>,
    acts: Vec<FootAct>,
    /// Whether the sentences stand beside the acts, where there is room, and not above them.
    #[props(default)]
    beside: bool,
    onact: EventHandler<Act>,
) -> Element {
    let t = use_words();
    let count = acts.len();
    let mut at = use_signal(|| 0_usize);
    let ids: Vec<String> = acts.iter().map(|foot| act_id(foot.act)).collect();
    let reached = at().min(count.saturating_sub(1));
    rsx! {
        footer { class: if beside { "act act-col act-row" } else { "act act-col" },
            Refused {}
            p { class: "act-why", id: "act-why",
                if said.is_empty() {
                    " "
                }
                for (n , text) in said.into_iter().enumerate() {
                    span { key: "{n}", class: "act-why-i", Rich { text } }
                }
            }
            if count > 0 {
                div {
                    class: "hstack wrap",
                    role: "toolbar",
                    "aria-label": t.text("acts"),
                    onkeydown: move |event| {
                        let to = match event.key() {
                            Key::ArrowRight => (reached + 1) % count,
                            Key::ArrowLeft => (reached + count - 1) % count,
                            Key::Home => 0,
                            Key::End => count - 1,
                            _ => return,
                        };
                        event.prevent_default();
                        at.set(to);
                        browser::focus(&ids[to]);
                    },
                    for (n , FootAct { act , primary , why_not , text }) in acts.into_iter().enumerate() {
                        ActButton {
                            key: "{act:?}",
                            act,
                            look: look_of(act, primary),
                            class: class_of(act),
                            why_not,
                            text,
                            tabindex: if n == reached { 0 } else { -1 },
                            onpress: move |()| onact.call(act),
                        }
                    }
                }
            }
        }
    }
}

/// What the desk did not take, until the next act: the undo bar never carries an error.
#[component]
fn Refused() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(error) = (shell.refused)() else { return rsx! {} };
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse",
            span { class: "grow",
                b { {t.text("refused-here")} }
                " "
                {shell.trouble(&error)}
            }
        }
    }
}
