//! What both charts have: a name, a finding, axes, and points that are stepped through by key.

use dioxus::prelude::*;
use domain::{
    report::{Period, Step},
    words::Words,
};

use super::{
    sentences::{bar_point, line_point, short_day},
    shapes::{BASE, LEAST, LEFT, MOST, RIGHT, TOP, height, is_named, slot},
};
use crate::{shell::Shell, words::use_words};

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    /// How many came.
    Requests,
    /// How soon they were answered.
    Time,
}

/// The least room that a name of a step takes, in pixels.
const NAME: f64 = 48.0;

/// How wide the plot of a chart is: what its card leaves it, so that its words are of the size of all words.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Plot(Signal<f64>);

impl Plot {
    /// Of the chart that is being drawn.
    pub(super) fn here() -> f64 {
        (use_context::<Self>().0)()
    }
    /// It has so much room now.
    fn fit(mut self, room: f64) {
        let wide = (room - LEFT - RIGHT).clamp(LEAST, MOST);
        // What changes by less than a pixel changes for nobody.
        if (wide - *self.0.peek()).abs() >= 1.0 {
            self.0.set(wide);
        }
    }
}

impl Series {
    /// The width of its plot until it is known how much room there is.
    const fn first(self) -> f64 {
        match self {
            Self::Requests => 476.0,
            Self::Time => 336.0,
        }
    }
    /// A point of it, in words.
    fn says(self, words: &Words, period: Period, step: &Step) -> String {
        match self {
            Self::Requests => bar_point(words, period, step),
            Self::Time => line_point(words, period, step),
        }
    }
}

/// How many names of steps there is room for.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
fn names_in(wide: f64) -> usize {
    (wide / NAME).max(1.0) as usize
}

/// The place that a key leads to among so many points.
fn stepped(at: usize, of: usize, key: &Key) -> Option<usize> {
    let last = of.checked_sub(1)?;
    match key {
        Key::ArrowLeft => Some(at.saturating_sub(1)),
        Key::ArrowRight => Some((at + 1).min(last)),
        Key::Home => Some(0),
        Key::End => Some(last),
        _ => None,
    }
}

/// A chart that can be stepped through. The point it stands at is marked, said, and written below it.
#[component]
pub(super) fn Chart(
    id: &'static str,
    title: String,
    finding: String,
    steps: Vec<Step>,
    period: Period,
    series: Series,
    children: Element,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let count = steps.len();
    let mut at = use_signal(|| None::<usize>);
    let here = at().map(|n| n.min(count.saturating_sub(1)));
    let shown = here.and_then(|n| steps.get(n)).map(|step| series.says(&t, period, step));
    let plot = use_context_provider(|| Plot(Signal::new(series.first())));
    let wide = (plot.0)();
    let marked = here.map(|n| slot(n, count, wide));
    rsx! {
        svg {
            id,
            class: "chart ring-in",
            view_box: "0 0 {LEFT + wide + RIGHT} 210",
            role: "img",
            tabindex: "0",
            "aria-labelledby": "{id}-title {id}-finding",
            onblur: move |_| at.set(None),
            onresize: move |event| {
                if let Ok(size) = event.get_content_box_size() {
                    plot.fit(size.width);
                }
            },
            onkeydown: move |event| {
                let Some(to) = stepped(at().unwrap_or(count), count, &event.key()) else { return };
                event.prevent_default();
                event.stop_propagation();
                at.set(Some(to));
                if let Some(step) = steps.get(to) {
                    shell.say(&series.says(&shell.words(), period, step));
                }
            },
            title { id: "{id}-title", {title} }
            desc { id: "{id}-finding", {finding.clone()} }
            if let Some(place) = marked {
                rect { class: "ch-at", x: "{place.left - 3.0}", y: "{TOP - 6.0}", width: "{place.width + 6.0}", height: "{BASE - TOP + 8.0}", rx: "4" }
            }
            {children}
        }
        // The voice says it; this is for the eye.
        p { class: "s12 t2", "aria-hidden": "true", {shown.unwrap_or(finding)} }
    }
}

/// The lines of an axis, with their values.
#[component]
pub(super) fn Axis(ticks: Vec<(i64, String)>) -> Element {
    let wide = Plot::here();
    let most = ticks.last().map_or(1, |(value, _)| *value);
    rsx! {
        for (value , text) in ticks {
            path { key: "{value}", class: "ch-grid", d: "M{LEFT} {height(value, most)} H{LEFT + wide}" }
            text { class: "ch-x", x: "{LEFT - 6.0}", y: "{height(value, most) + 4.0}", "text-anchor": "end", {text} }
        }
    }
}

/// The names of the steps.
#[component]
pub(super) fn Names(steps: Vec<Step>) -> Element {
    let t = use_words();
    let (count, wide) = (steps.len(), Plot::here());
    let room = names_in(wide);
    rsx! {
        for (n , step) in steps.iter().enumerate().filter(|(n, _)| is_named(*n, count, room)) {
            text { key: "{n}", class: "ch-x", x: "{slot(n, count, wide).middle}", y: "204", "text-anchor": "middle", {short_day(&t, step.first)} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_close_as_they_can_be_read() {
        assert_eq!((names_in(476.0), names_in(336.0), names_in(10.0)), (9, 7, 1));
    }

    #[test]
    fn arrows_step_and_stay_within() {
        assert_eq!(stepped(10, 10, &Key::ArrowLeft), Some(9), "the first step from the right is the newest");
        assert_eq!(stepped(9, 10, &Key::ArrowRight), Some(9));
        assert_eq!((stepped(0, 10, &Key::ArrowLeft), stepped(4, 10, &Key::Home), stepped(4, 10, &Key::End)), (Some(0), Some(0), Some(9)));
        assert_eq!((stepped(0, 0, &Key::Home), stepped(0, 3, &Key::Tab)), (None, None));
    }
}
