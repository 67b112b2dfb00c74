//! The line between two panes, which makes the first one wider or narrower: dragged, or by the arrows (ui.md, section 3; ARIA, window splitter).

use dioxus::prelude::*;

use crate::browser;

/// How far an arrow moves it, in pixels.
const STEP: u16 = 16;

/// How wide the first pane can be, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    pub(crate) least: u16,
    pub(crate) most: u16,
}

impl Widths {
    /// Where a key moves it from here.
    fn stepped(self, width: u16, key: &Key) -> Option<u16> {
        let to = match key {
            Key::ArrowLeft => width.saturating_sub(STEP),
            Key::ArrowRight => width.saturating_add(STEP),
            Key::Home => self.least,
            Key::End => self.most,
            _ => return None,
        };
        Some(to.clamp(self.least, self.most))
    }
    /// Where a pointer has dragged it that began at `from` and is at `to`.
    fn dragged(self, width: u16, from: f64, to: f64) -> u16 {
        let wanted = (f64::from(width) + to - from).clamp(f64::from(self.least), f64::from(self.most));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between two widths")]
        let width = wanted.round() as u16;
        width
    }
}

/// The separator. `onmove` is told while it is dragged, `onrest` where it was left; `None` is the usual place.
#[component]
pub(crate) fn Separator(
    id: &'static str,
    /// The id of the pane that it makes wider.
    pane: &'static str,
    width: u16,
    widths: Widths,
    label: String,
    /// Where it stands, as CSS says it; where the stylesheet has it if left out.
    at: Option<String>,
    onmove: EventHandler<u16>,
    onrest: EventHandler<Option<u16>>,
) -> Element {
    // What is beside the pane may leave it less than it was given.
    let drawn = move || browser::width_of(pane).unwrap_or(width);
    let mut from = use_signal(|| None::<(f64, u16)>);
    let dragged = move |event: &PointerEvent| (*from.peek()).map(|(x, width)| widths.dragged(width, x, event.client_coordinates().x));
    rsx! {
        div {
            class: "sep",
            id,
            role: "separator",
            tabindex: "0",
            left: at,
            "aria-orientation": "vertical",
            "aria-controls": pane,
            "aria-label": label,
            "aria-valuemin": widths.least.to_string(),
            "aria-valuemax": widths.most.to_string(),
            "aria-valuenow": width.to_string(),
            onkeydown: move |event| {
                if !event.modifiers().is_empty() {
                    return;
                }
                if let Some(to) = widths.stepped(drawn(), &event.key()) {
                    event.prevent_default();
                    event.stop_propagation();
                    onrest.call(Some(to));
                }
            },
            ondoubleclick: move |_| onrest.call(None),
            onpointerdown: move |event| {
                if event.is_primary() && event.trigger_button() == Some(dioxus::html::input_data::MouseButton::Primary) {
                    from.set(Some((event.client_coordinates().x, drawn())));
                }
            },
        }
        // As long as it is dragged the pointer is its own, wherever it is.
        if from().is_some() {
            div {
                class: "sep-drag",
                onpointermove: move |event| {
                    if let Some(to) = dragged(&event) {
                        onmove.call(to);
                    }
                },
                onpointerup: move |event| {
                    let moved = (*from.peek()).is_some_and(|(x, _)| (event.client_coordinates().x - x).abs() >= 1.0);
                    if let Some(to) = dragged(&event).filter(|_| moved) {
                        onrest.call(Some(to));
                    }
                    from.set(None);
                },
                onpointercancel: move |_| from.set(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_between_its_ends() {
        let widths = Widths { least: 300, most: 600 };
        let step = |width, key| widths.stepped(width, &key);
        assert_eq!((step(404, Key::ArrowLeft), step(404, Key::ArrowRight)), (Some(388), Some(420)));
        assert_eq!((step(305, Key::ArrowLeft), step(595, Key::ArrowRight)), (Some(300), Some(600)));
        assert_eq!((step(404, Key::Home), step(404, Key::End), step(404, Key::Tab)), (Some(300), Some(600), None));
        assert_eq!(
            (widths.dragged(404, 10.0, 60.4), widths.dragged(404, 10.0, 5_000.0), widths.dragged(404, 10.0, -5_000.0)),
            (454, 600, 300)
        );
    }
}
