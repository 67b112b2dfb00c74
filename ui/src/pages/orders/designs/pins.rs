//! The places in a picture that its client says something of: numbered buttons where they are, and the same numbers beside what is said.
//! Each leads to the other (ui.md, «Preview / compare»).

use std::rc::Rc;

use bridge::DesignView;
use dioxus::prelude::*;
use domain::{id::DesignId, records::Pins, words::isolate};

use super::{DesignsState, preview::use_has_picture, spoken, state::Mode};
use crate::{browser, pictures::Picture, words::use_words};

/// Which place is meant: of which version, and which one, from 1.
pub(super) type Place = (DesignId, usize);

fn pin_id((design, n): Place) -> String {
    format!("pin-{design}-{n}")
}

fn remark_id((design, n): Place) -> String {
    format!("remark-{design}-{n}")
}

/// How far along a side of the picture a place is; one at the edge is whole, too.
fn along(thousandths: u16) -> String {
    let share = f64::from(thousandths.min(Pins::EDGE)) / 10.0;
    format!("clamp(12px, {share}%, 100% - 12px)")
}

/// A picture with its places, as large as there is room.
#[component]
pub(super) fn Pinned(view: DesignView, picture: Rc<Picture>, alt: String) -> Element {
    let (width, height) = (picture.width.max(1), picture.height.max(1));
    let fits = format!("min(100cqw, 100cqh * {width} / {height})");
    rsx! {
        div { class: "canvas-p",
            div { class: "canvas-o", width: fits, aspect_ratio: "{width} / {height}",
                img { class: "canvas-i", src: picture.url.clone(), alt, draggable: "false" }
                for n in 1..=view.design.pins.0.len() {
                    Pin { key: "{n}", view: view.clone(), n }
                }
            }
        }
    }
}

/// A place in the picture. It leads to what is said of it.
#[component]
fn Pin(view: DesignView, n: usize) -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    let place = (view.design.id, n);
    let Some(pin) = view.design.pins.0.get(n - 1) else { return rsx! {} };
    let text = isolate(pin.text.as_str());
    let label =
        t.with("design-pin", &[("n", t.whole(crate::words::many(n)).into()), ("version", spoken(&t, &view).into()), ("text", text.into())]);
    rsx! {
        button {
            id: pin_id(place),
            r#type: "button",
            class: if (designs.place)() == Some(place) { "pin on" } else { "pin" },
            left: along(pin.x),
            top: along(pin.y),
            "aria-label": label,
            onfocus: move |_| designs.place.set(Some(place)),
            onclick: move |_| {
                browser::focus(&remark_id(place));
            },
            {t.whole(crate::words::many(n))}
        }
    }
}

/// What is said of the places, in their order.
#[component]
pub(super) fn Remarks(view: DesignView) -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    // Only where the places are drawn is there something to lead to.
    let drawn = use_has_picture(&view) == Some(true) && matches!((designs.mode)(), Mode::Single | Mode::Side);
    if view.design.pins.0.is_empty() {
        return rsx! {};
    }
    let design = view.design.id;
    rsx! {
        ol { class: "pins", "aria-label": t.text("design-pins"),
            for (n , pin) in (1..).zip(view.design.pins.0.iter()) {
                li { key: "{n}", class: "pins-i",
                    if drawn {
                        button {
                            id: remark_id((design, n)),
                            r#type: "button",
                            class: if (designs.place)() == Some((design, n)) { "pin-n on" } else { "pin-n" },
                            "aria-label": t.with("design-pin-show", &[("n", t.whole(crate::words::many(n)).into())]),
                            onfocus: move |_| designs.place.set(Some((design, n))),
                            onclick: move |_| {
                                browser::focus(&pin_id((design, n)));
                            },
                            {t.whole(crate::words::many(n))}
                        }
                    } else {
                        span { class: "pin-n", "aria-hidden": "true", {t.whole(crate::words::many(n))} }
                    }
                    p { class: "long",
                        "“"
                        bdi { {pin.text.to_string()} }
                        "”"
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::along;

    #[test]
    fn a_place_is_within_the_picture_whatever_a_row_says() {
        assert_eq!(along(766), "clamp(12px, 76.6%, 100% - 12px)");
        assert_eq!(along(u16::MAX), along(1_000));
    }
}
