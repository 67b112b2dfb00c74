//! The header of the list: its name, the search, and the parts of it, each with how many there are.

use bridge::ConversationPart;
use dioxus::prelude::*;

use crate::{
    components::{button::IconButton, tabs::Tabs},
    pages::{
        conversations::ConversationsState,
        desk::DrawerButton,
        paper::PrintButton,
        rows::{Load, SearchRow},
    },
    words::use_words,
};

/// The id of what the parts are shown in.
pub(super) const PANEL: &str = "conversations-panel";

/// The parts, each with the id of its tab and the key of its name.
const PARTS: [(ConversationPart, &str, &str); 3] = [
    (ConversationPart::All, "conversations-tab-all", "conversations-all"),
    (ConversationPart::Unread, "conversations-tab-unread", "conversations-unread"),
    (ConversationPart::Waiting, "conversations-tab-waiting", "conversations-waiting"),
];

fn place(part: ConversationPart) -> usize {
    PARTS.iter().position(|(other, ..)| *other == part).unwrap_or(0)
}

/// The key of the name of a part.
pub(in crate::pages::conversations) fn word(part: ConversationPart) -> &'static str {
    PARTS[place(part)].2
}

/// The id of the tab of a part.
pub(super) fn tab(part: ConversationPart) -> &'static str {
    PARTS[place(part)].1
}

/// The header.
#[component]
pub(super) fn Head() -> Element {
    let conversations = use_context::<ConversationsState>();
    let t = use_words();
    // Nothing is counted before it is known.
    let counts = use_memo(move || {
        let list = conversations.list.read();
        (list.load == Load::Here).then_some(list.summary)
    });
    let counted = counts().map(|counts| [counts.all, counts.unread, counts.waiting].map(|n| t.whole(i64::from(n))).to_vec());
    let part = conversations.filter.read().part;
    rsx! {
        header { class: "head",
            DrawerButton {}
            h1 { {t.text("place-conversations")} }
            span { class: "push hstack hstack-1",
                PrintButton {}
                IconButton {
                    icon: "search",
                    label: t.text("do-search"),
                    expanded: (conversations.searching)(),
                    onpress: move |()| conversations.toggle_search(),
                }
            }
        }
        Tabs {
            label: t.text("conversations-parts"),
            tabs: PARTS.iter().map(|(_, id, word)| (*id, t.text(word))).collect::<Vec<_>>(),
            counts: counted.unwrap_or_default(),
            chosen: place(part),
            panel: PANEL,
            onchoose: move |n: usize| {
                if let Some((part, ..)) = PARTS.get(n).filter(|(other, ..)| *other != part) {
                    conversations.show_part(*part);
                }
            },
        }
        if (conversations.searching)() {
            SearchRow {
                id: "conversations-search",
                text: conversations.filter.read().text.clone(),
                label: t.text("conversations-search-label"),
                hint: t.text("conversations-search-hint"),
                oninput: move |text| conversations.search(text),
                onend: move |()| conversations.end_search(),
                ondown: move |()| conversations.take_focus(),
            }
        }
    }
}
