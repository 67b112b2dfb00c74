//! Where the order stands on its way (M-06): what is behind it, where it is, what is to come. One that was called off says where it
//! had come to, and shows nothing that will not come.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::order::SetStatus,
    records::{Order, OrderStatus},
    status::Face,
};

use crate::{components::icon::Icon, words::use_words};

/// The usual way of an order.
pub(crate) const PATH: [OrderStatus; 5] =
    [OrderStatus::Pending, OrderStatus::Approved, OrderStatus::InProgress, OrderStatus::Review, OrderStatus::Completed];

/// How a step is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Past,
    Now,
    Next,
}

/// Where on the usual way the order last stood, by its history: where it is now, unless that is beside the way.
fn last_on_path(it: &Order) -> usize {
    let place = |wire: &str| PATH.iter().position(|status| status.wire() == wire);
    let went = it.history.0.iter().rev().filter(|entry| entry.act == SetStatus::NAME);
    place(it.status.wire()).or_else(|| went.filter_map(|entry| place(entry.to.as_deref()?)).next()).unwrap_or(0)
}

/// The steps of an order, in their order.
fn steps(it: &Order) -> Vec<(Face, Part)> {
    let at = last_on_path(it);
    if !PATH.contains(&it.status) {
        let past = PATH.iter().take(at + 1).map(|status| (status.face(), Part::Past));
        return past.chain([(it.status.face(), Part::Now)]).collect();
    }
    let part = |n: usize| match n.cmp(&at) {
        std::cmp::Ordering::Less => Part::Past,
        std::cmp::Ordering::Equal => Part::Now,
        std::cmp::Ordering::Greater => Part::Next,
    };
    PATH.iter().enumerate().map(|(n, status)| (status.face(), part(n))).collect()
}

/// The steps. Where only this computer says that the order stands there, the step has a dashed edge.
#[component]
pub(crate) fn Steps(it: Order, ours: bool) -> Element {
    let t = use_words();
    rsx! {
        ol { class: "sub steps", "aria-label": t.text("order-steps"),
            for (face , part) in steps(&it) {
                {
                    let (class, glyph) = match part {
                        Part::Past => ("step is-past", "st-done"),
                        Part::Now if ours => ("step is-now is-ours", face.glyph),
                        Part::Now => ("step is-now", face.glyph),
                        Part::Next => ("step", "st-wait"),
                    };
                    rsx! {
                        li { key: "{face.word}", class, "aria-current": (part == Part::Now).then_some("step"),
                            span { class: "step-i",
                                Icon { name: glyph, size: 14 }
                                {t.text(face.word)}
                                if part == Part::Past {
                                    span { class: "sr", " " {t.text("order-step-past")} }
                                }
                                if part == Part::Now && ours {
                                    span { class: "sr", " " {t.text("badge-ours")} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::orders::sample;
    use serde_json::json;

    fn order(status: &str, went: &[&str]) -> Order {
        let entry = |to: &&str| json!({ "at": "2026-11-24T01:54:00Z", "by": sample::by(), "act": "order.set_status", "to": to });
        sample::order(json!({ "status": status, "history": went.iter().map(entry).collect::<Vec<_>>() }))
    }
    fn drawn(it: &Order) -> Vec<(&'static str, Part)> {
        steps(it).into_iter().map(|(face, part)| (face.word.trim_start_matches("status-order-"), part)).collect()
    }

    #[test]
    fn what_is_behind_it_and_what_is_to_come() {
        let all = drawn(&order("in_progress", &["approved", "in_progress"]));
        assert_eq!(
            all,
            [
                ("pending", Part::Past),
                ("approved", Part::Past),
                ("in-progress", Part::Now),
                ("review", Part::Next),
                ("completed", Part::Next)
            ]
        );
    }

    #[test]
    fn one_that_was_called_off_says_where_it_had_come_to_and_promises_nothing() {
        let all = drawn(&order("cancelled", &["approved", "cancelled"]));
        assert_eq!(all, [("pending", Part::Past), ("approved", Part::Past), ("cancelled", Part::Now)]);
        assert_eq!(drawn(&order("cancelled", &["cancelled"])), [("pending", Part::Past), ("cancelled", Part::Now)]);
    }

    #[test]
    fn every_state_of_the_rulebook_is_on_the_way_or_the_end_of_it() {
        let beside: Vec<&OrderStatus> = OrderStatus::KNOWN.iter().filter(|status| !PATH.contains(status)).collect();
        assert_eq!(beside, [&OrderStatus::Cancelled]);
        for pair in PATH.windows(2) {
            assert!(domain::status::ORDER.iter().any(|t| t.from == pair[0] && t.to == pair[1]), "{pair:?} is a step of the table");
        }
    }
}
