//! Pemberitahuan: the person's own list. It is the truth, toasts are haste (ui.md, section 8).

mod state;

use dioxus::prelude::*;
use domain::{
    records::Notification,
    words::{Words, isolate},
};

use crate::{
    acting::Acting,
    browser,
    components::{
        button::Button,
        empty::{Empty, Skeleton},
        icon::Icon,
        list::row_id,
    },
    giving::Giving,
    pages::{
        desk::{DrawerButton, Failed, Notes},
        rows::Load,
    },
    shell::Shell,
    words::{use_words, when, wire_word},
};

pub(crate) use state::NoticesState;

/// The id of the list.
const LIST: &str = "notices-list";

/// What a notification says besides its title.
fn line(words: &Words, notice: &Notification) -> String {
    let by = notice.by.as_ref().map(|p| isolate(p.name.as_str()));
    let detail = notice.detail.as_deref().map(isolate);
    match (by, detail) {
        (Some(by), Some(name)) => words.with("notice-by-about", &[("by", by.into()), ("name", name.into())]),
        (Some(by), None) => words.with("notice-by", &[("by", by.into())]),
        (None, detail) => detail.unwrap_or_default(),
    }
}

/// The screen.
#[component]
pub(crate) fn NoticesPage() -> Element {
    let notices = use_context::<NoticesState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    use_hook(|| notices.read());
    let (load, count, unread) = {
        let list = notices.list.read();
        (list.load.clone(), list.items.len(), list.unread)
    };
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-notices"), "data-keys": "list", tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-notices")} }
                if load == Load::Here {
                    span { class: "t3 num", {t.whole(i64::from(unread))} }
                }
                if unread > 0 {
                    span { class: "push",
                        Button { text: t.text("notices-read-all"), class: "btn-sm", icon: "check", onpress: move |()| notices.read_all(giving) }
                    }
                }
            }
            Notes {}
            match load {
                Load::Failed(error) => rsx! {
                    Failed { error, title: t.text("notices-failed"), onretry: move |()| notices.read() }
                },
                Load::Coming => rsx! {
                    Skeleton { rows: 5, label: t.text("loading") }
                },
                Load::Here if count == 0 => rsx! {
                    Empty { icon: "bell", title: t.text("notices-empty"),
                        p { {t.text("notices-empty-text")} }
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
    let notices = use_context::<NoticesState>();
    let t = use_words();
    let at = (notices.at)();
    // Whoever came by key is in the list once it is there.
    use_effect(move || {
        if browser::focus_is_idle("pane-list") {
            // The row says that it has the focus while it gets it.
            let row = row_id(LIST, u32::try_from(*notices.at.peek()).unwrap_or(0));
            browser::focus(&row);
        }
    });
    let items = notices.list.read().items.clone();
    rsx! {
        div { class: "scroll", id: LIST, tabindex: "-1",
            ul { "aria-label": t.text("place-notices"),
                for (n , notice) in items.into_iter().enumerate() {
                    li { key: "{notice.id}",
                        Row { notice, n, reached: n == at }
                    }
                }
            }
        }
    }
}

#[component]
fn Row(notice: Notification, n: usize, reached: bool) -> Element {
    let mut notices = use_context::<NoticesState>();
    let acting = use_context::<Acting>();
    let giving = use_context::<Giving>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let unread = notice.read_at.is_none();
    let (id, record) = (notice.id, notice.record);
    rsx! {
        button {
            id: row_id(LIST, u32::try_from(n).unwrap_or(0)),
            r#type: "button",
            class: if unread { "row row-b is-new" } else { "row row-b" },
            tabindex: if reached { "0" } else { "-1" },
            onfocus: move |_| notices.at.set(n),
            onclick: move |_| {
                if unread {
                    notices.mark(vec![id], giving);
                }
                acting.open(record);
            },
            span { class: "k",
                Icon { name: "bell" }
            }
            span { class: "ln",
                span { class: "l1",
                    span { class: "ttl cut",
                        if unread {
                            span { class: "sr", {t.text("row-unread")} " " }
                        }
                        {wire_word(&t, "notification", notice.kind.wire())}
                    }
                }
                span { class: "l1 r",
                    time { class: "due", datetime: notice.created_at.to_string(), title: t.moment(notice.created_at, zone), {when(&t, notice.created_at, now, zone)} }
                }
            }
            span { class: "ln",
                span { class: "l2",
                    span { class: "sum cut", {line(&t, &notice)} }
                }
            }
        }
    }
}
