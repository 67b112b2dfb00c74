//! The gallery: every component in every state it has, made from the components themselves (ui.md, section 5). It is for whoever
//! draws, writes or tests them, stands in no build that goes out, and is opened in a browser by `?page=gallery`. What it says
//! comes from the catalogues; its headings and captions are the names that stand in the code.
//!
//! How to add one more: a line in [`SECTIONS`] under the name of the component's folder, and a function that draws its states,
//! each in a [`Case`]. A component without a section fails a test here and one in the browser.

mod above;
mod controls;
mod lists;
mod marks;
mod money;
mod tables;
mod talks;
mod uploads;

use dioxus::prelude::*;

use crate::components::{icon::Icon, toast::UndoBar};

/// What draws the states of a component.
type States = fn() -> Element;

/// The components, by the names of their folders in `ui/src/components/`, and what draws their states.
const SECTIONS: &[(&str, States)] = &[
    ("avatar", marks::Avatars),
    ("badge", marks::Badges),
    ("button", controls::Buttons),
    ("calendar", controls::Days),
    ("choice", controls::Choices),
    ("confirm", above::Confirms),
    ("dialog", above::Dialogs),
    ("due", marks::Dues),
    ("empty", marks::Empties),
    ("export", marks::Exports),
    ("field", controls::Fields),
    ("icon", marks::Icons),
    ("list", lists::Lists),
    ("menu", above::Menus),
    ("money", money::Money),
    ("note", marks::Notes),
    ("qr", marks::Codes),
    ("separator", lists::Separators),
    ("table", tables::Tables),
    ("tabs", lists::AllTabs),
    ("talk", talks::Talks),
    ("timeline", lists::Timelines),
    ("toast", above::Toasts),
    ("upload", uploads::Uploads),
    ("when", controls::Moments),
];

/// The id of a section's heading.
fn heading(name: &str) -> String {
    format!("section-{name}")
}

/// The page.
#[component]
pub(crate) fn Gallery() -> Element {
    rsx! {
        div { class: "app",
            nav { class: "side", "aria-labelledby": "gallery",
                div { class: "side-views",
                    for (name , _) in SECTIONS {
                        Way { key: "{name}", name }
                    }
                }
            }
            main { class: "work work-1",
                div { class: "pane",
                    header { class: "head",
                        h1 { id: "gallery", class: "mono", "ui/src/components" }
                    }
                    div { class: "scroll pad ring-in", id: "gallery-scroll", role: "region", "aria-labelledby": "gallery", tabindex: "0",
                        for n in 0..SECTIONS.len() {
                            Section { key: "{n}", n }
                        }
                    }
                    UndoBar {}
                }
            }
        }
    }
}

/// A section, by its place among them.
#[component]
fn Section(n: usize) -> Element {
    let (name, states) = SECTIONS[n];
    rsx! {
        section { class: "sec", "aria-labelledby": heading(name),
            h2 { class: "h1 mono", id: heading(name), lang: "en", tabindex: "-1", {name} }
            dl { class: "facts facts-1 sec-s", {states()} }
        }
    }
}

/// The way to a section.
#[component]
fn Way(name: &'static str) -> Element {
    rsx! {
        a {
            class: "nav",
            href: "#{heading(name)}",
            "aria-label": name,
            lang: "en",
            Icon { name: "right" }
            span { class: "lbl mono", {name} }
        }
    }
}

/// One state of a component, under the name that it has in the code.
#[component]
fn Case(name: String, children: Element) -> Element {
    rsx! {
        dt { class: "mono s11 part", lang: "en", {name} }
        dd { class: "hstack hstack-3 wrap", {children} }
    }
}

#[cfg(test)]
mod tests {
    use super::SECTIONS;

    #[test]
    fn every_component_has_its_section() {
        let folder = std::path::Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("src/components");
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut names: Vec<String> =
            entries.filter(|e| e.is_dir()).map(|e| e.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(SECTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }
}
