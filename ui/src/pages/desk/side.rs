//! The sidebar: the areas that this role has. What may not be opened is absent, not grey.

use dioxus::prelude::*;
use domain::name::PersonName;

use crate::{
    acting::Acting,
    actions::{Act, aria},
    browser,
    components::{
        avatar::Avatar,
        button::{ActKbd, shortcut},
        dialog::{Dialog, close},
        icon::{Icon, Logo},
    },
    pages::{conversations::ConversationsState, notices::NoticesState, orders::OrdersState, views::Views},
    shell::{Place, Shell},
    words::{role_word, use_words},
};

/// The sidebar.
#[component]
pub(super) fn Side() -> Element {
    let t = use_words();
    rsx! {
        nav { class: "side", id: "pane-side", "aria-label": t.text("navigation"), tabindex: "-1",
            Areas { onchoose: |()| {} }
        }
    }
}

/// The same as a drawer, in narrow windows.
#[component]
pub(super) fn Drawer() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Dialog {
            id: "drawer",
            class: "drawer",
            title: rsx! {
                {t.text("navigation")}
            },
            onclose: move |()| shell.close(),
            nav { class: "drawer-n", "aria-label": t.text("navigation"),
                Areas { onchoose: move |()| close("drawer") }
            }
        }
    }
}

#[component]
fn Areas(onchoose: EventHandler<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let notices = use_context::<NoticesState>();
    let to_do = use_context::<OrdersState>().open_count();
    let unread_talks = (use_context::<ConversationsState>().counts)().unread;
    let Some(user) = shell.user() else { return rsx! {} };
    let status = (shell.status)();
    let status = status.as_ref();
    let (waiting, unread) = (status.map_or(0, |s| s.waiting), notices.list.read().unread);
    let (decide, queued) = (status.map_or(0, |s| s.refused + s.conflicts), status.map_or(0, |s| s.queued));
    let name = PersonName::new(&user.name).unwrap_or_else(|_| PersonName::of_program("-"));
    let org = if user.org_name.is_empty() { "Meja".to_owned() } else { user.org_name.clone() };
    rsx! {
        div { class: "brand",
            Logo {}
            span { class: "lbl grow cut",
                bdi { "{org}" }
            }
        }
        Find { onchoose }
        Area { place: Place::Inbox, act: Act::GoInbox, onchoose,
            if waiting > 0 {
                span { class: "nav-n", {t.whole(i64::from(waiting))} }
            }
        }
        if shell.has(Place::Orders) {
            Area { place: Place::Orders, act: Act::GoOrders, onchoose,
                if to_do > 0 {
                    span { class: "nav-n", {t.whole(i64::from(to_do))} }
                }
            }
        }
        if shell.has(Place::Conversations) {
            Area { place: Place::Conversations, act: Act::GoConversations, onchoose,
                Unread { n: unread_talks }
            }
        }
        Area { place: Place::Notices, act: Act::GoNotices, onchoose,
            Unread { n: unread }
        }
        if shell.has(Place::Clients) {
            Area { place: Place::Clients, act: Act::GoClients, onchoose }
        }
        Area { place: Place::Report, act: Act::GoReport, onchoose }
        Area { place: Place::Audit, act: Act::GoAudit, onchoose }
        if shell.has(Place::Staff) {
            Area { place: Place::Staff, act: Act::GoStaff, onchoose }
        }
        Views { onchoose }
        div { class: "side-foot",
            Area { place: Place::Outbox, act: Act::GoOutbox, onchoose,
                if decide > 0 {
                    span { class: "nav-n",
                        span { class: "dot dot-cabai",
                            span { class: "sr", {t.text("needs-decision")} " " }
                            {t.whole(i64::from(decide))}
                        }
                    }
                } else if queued > 0 {
                    span { class: "nav-n",
                        span { class: "sr", {t.text("waits-to-be-sent")} " " }
                        {t.whole(i64::from(queued))}
                    }
                }
            }
            Area { place: Place::Settings, act: Act::GoSettings, onchoose }
            div { class: "me",
                Avatar { name, size: 24 }
                span { class: "lbl grow cut med",
                    bdi { "{user.name}" }
                }
                if let Some(role) = user.roles.first() {
                    span { class: "lbl t3 s12", {role_word(&t, role)} }
                }
            }
        }
    }
}

/// How many are unread, where there are any.
#[component]
fn Unread(n: u32) -> Element {
    let t = use_words();
    rsx! {
        if n > 0 {
            span { class: "nav-n",
                span { class: "sr", {t.text("unread")} " " }
                {t.whole(i64::from(n))}
            }
        }
    }
}

/// The way to the palette for whoever does not know its key yet.
#[component]
fn Find(onchoose: EventHandler<()>) -> Element {
    let acting = use_context::<Acting>();
    let t = use_words();
    let name = t.text("find-or-do");
    rsx! {
        button {
            r#type: "button",
            class: "find",
            title: name.clone(),
            "aria-label": name.clone(),
            "aria-haspopup": "dialog",
            "aria-keyshortcuts": shortcut(Act::Palette, acting.shell),
            onclick: move |_| {
                onchoose.call(());
                acting.run(Act::Palette);
            },
            Icon { name: "search", size: 14 }
            span { class: "lbl s12", {name.clone()} }
            span { class: "lbl kbds",
                ActKbd { act: Act::Palette }
            }
        }
    }
}

#[component]
fn Area(place: Place, act: Act, onchoose: EventHandler<()>, children: Element) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let name = t.text(shell.place_word(place));
    let keys = act.spec().keys(&shell.letters());
    let chord = keys.into_iter().find(|key| key.starts_with("Ctrl+"));
    rsx! {
        a {
            class: "nav",
            href: "#{place.wire()}",
            title: name.clone(),
            "aria-current": ((shell.place)() == place).then_some("page"),
            "aria-keyshortcuts": chord.map(|keys| aria(keys, browser::is_mac())),
            onclick: move |event| {
                event.prevent_default();
                onchoose.call(());
                shell.go(place);
            },
            Icon { name: place.glyph() }
            span { class: "lbl", {name.clone()} }
            {children}
        }
    }
}
