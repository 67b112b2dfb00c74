//! Banners: they stay until what they say is no longer so.

use dioxus::prelude::*;
use domain::status::Tone;

use super::icon::Icon;

/// A banner. It is read out when it comes, politely.
#[component]
pub(crate) fn Note(
    tone: Tone,
    icon: &'static str,
    #[props(default)] class: &'static str,
    #[props(default)] id: Option<String>,
    children: Element,
) -> Element {
    rsx! {
        div { id, class: "note tone-{tone.token()} {class}", role: "status",
            Icon { name: icon }
            {children}
        }
    }
}
