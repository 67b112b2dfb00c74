//! Icons: drawn in place, so that the window needs no file and no markup from strings.

mod drawings;

use dioxus::prelude::*;

#[cfg(feature = "mock")]
pub(crate) use drawings::DRAWINGS;
pub(crate) use drawings::drawing;

/// An icon beside a word that says the same; screen readers pass it over.
#[component]
pub(crate) fn Icon(name: &'static str, #[props(default)] size: Option<u8>) -> Element {
    let it = drawing(name);
    let class = size.map_or_else(|| "i".to_owned(), |size| format!("i i-{size}"));
    rsx! {
        svg { class, view_box: "0 0 16 16", "aria-hidden": "true", "focusable": "false",
            if !it.strokes.is_empty() {
                path { d: it.strokes }
            }
            if !it.dashes.is_empty() {
                path { d: it.dashes, stroke_dasharray: "2.2 2.2" }
            }
            if !it.fills.is_empty() {
                path { d: it.fills, fill: "currentColor", stroke: "none" }
            }
            if !it.cuts.is_empty() {
                path { class: "i-cut", d: it.cuts }
            }
        }
    }
}

/// The mark of the program: a desk.
#[component]
pub(crate) fn Logo(#[props(default)] large: bool) -> Element {
    rsx! {
        svg { class: if large { "logo logo-28" } else { "logo" }, view_box: "0 0 22 22", "aria-hidden": "true", "focusable": "false",
            rect { class: "logo-bg", width: "22", height: "22", rx: "6" }
            path { class: "logo-fg", d: "M4 9.6h14v2H4z" }
            path { class: "logo-fg", d: "M5.4 11.6h1.9v5.2H5.4zM14.7 11.6h1.9v5.2h-1.9z" }
            path { class: "logo-fg2", d: "M8.6 5.2h6v4.4h-6z" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        records::{ConsultationStatus, DesignType, OrderStatus, ProductStatus},
        status::{CommandState, Connection},
    };

    #[test]
    fn drawings_stand_by_name_so_that_they_are_found() {
        assert!(drawings::DRAWINGS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn every_glyph_that_a_state_or_an_act_names_is_drawn() {
        let states = ConsultationStatus::KNOWN.iter().map(|s| s.face().glyph);
        let orders = OrderStatus::KNOWN.iter().map(|s| s.face().glyph).chain(ProductStatus::KNOWN.iter().map(|s| s.face().glyph));
        let states = states.chain(orders).chain(DesignType::KNOWN.iter().map(DesignType::glyph));
        let commands = CommandState::ALL.iter().map(|s| s.face().glyph);
        let connections = Connection::ALL.iter().map(|s| s.face().glyph);
        let acts = crate::actions::REGISTRY.iter().map(|s| s.glyph).filter(|g| !g.is_empty());
        let places = crate::shell::Place::ALL.iter().map(|p| p.glyph());
        for glyph in states.chain(commands).chain(connections).chain(acts).chain(places) {
            assert!(drawings::lookup(glyph).is_some(), "there is no drawing «{glyph}»");
        }
    }
}
