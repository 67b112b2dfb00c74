//! What stands where there is nothing: why, since when, and what can be done. And the shape of what is still coming.

use dioxus::prelude::*;

use super::{button::Kbd, icon::Icon};
use crate::{browser, shell::Shell, words::use_words};

/// After how long it is said in words that something is still coming, in milliseconds.
const LATE: i32 = 2_000;

/// Nothing here, and why.
#[component]
pub(crate) fn Empty(icon: &'static str, title: String, #[props(default)] centred: bool, children: Element) -> Element {
    rsx! {
        div { class: if centred { "empty empty-c" } else { "empty" },
            Icon { name: icon, size: 24 }
            h2 { {title} }
            {children}
        }
    }
}

/// No row is open beside a list, and how one is opened.
#[component]
pub(crate) fn NothingOpen() -> Element {
    let t = use_words();
    rsx! {
        Empty { icon: "keyboard", title: t.text("detail-nothing"), centred: true,
            p { class: "hstack",
                Kbd { keys: "J" }
                Kbd { keys: "K" }
                {t.text("hint-move")}
            }
        }
    }
}

/// Rows that are still coming. It shows itself only after a moment (the styles wait 150 ms), because most come sooner; what takes longer is
/// said in words, with how much is here already while everything is fetched for the first time.
#[component]
pub(crate) fn Skeleton(rows: u32, label: String) -> Element {
    let mut late = use_signal(|| false);
    use_hook(move || {
        // It ends with what it stands for.
        spawn(async move {
            browser::sleep(LATE).await;
            late.set(true);
        });
    });
    rsx! {
        div { class: "skeleton", role: "status", "aria-label": "{label}",
            if late() {
                Late { label: label.clone() }
            }
            for n in 0..rows {
                div { key: "{n}", class: "skeleton-row", "aria-hidden": "true",
                    span { class: "sk sk-a" }
                    span { class: "sk sk-b" }
                }
            }
        }
    }
}

/// What is still coming, in words.
#[component]
fn Late(label: String) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let fetching = shell.status.read().as_ref().filter(|status| !status.complete).map(|status| i64::try_from(status.records).unwrap_or(0));
    let said = fetching.map_or_else(|| format!("{label}…"), |n| t.with("catching-up-so-far", &[("n", t.whole(n).into())]));
    rsx! {
        p { class: "skeleton-t t2 s12", {said} }
    }
}
