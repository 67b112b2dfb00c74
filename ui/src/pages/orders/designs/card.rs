//! What the client wants changed about the version that is looked at, and the way to answer.

use bridge::DesignView;
use dioxus::prelude::*;
use domain::{records::Order, words::isolate};

use super::{DesignsState, pins::Remarks, spoken};
use crate::{
    actions::Act,
    components::button::ActButton,
    words::{use_words, when},
};

/// The card; nothing where the client said nothing. What is answered is the version that is looked at, not the one beside it.
#[component]
pub(super) fn Comment(view: DesignView, it: Order, #[props(default)] beside: bool, onact: EventHandler<Act>) -> Element {
    let designs = use_context::<DesignsState>();
    let shell = designs.shell;
    let t = use_words();
    let Some(comment) = view.design.comment.clone() else { return rsx! {} };
    let at = view.design.reviewed_at.unwrap_or(view.design.updated_at);
    let at = format!("{} {}", when(&t, at, shell.clock.minute(), shell.zone()), shell.zone().label());
    let by = t.with(
        "design-comment-by",
        &[("name", isolate(it.client_name.as_str()).into()), ("at", at.into()), ("version", spoken(&t, &view).into())],
    );
    let label = if beside { t.with("design-comment-beside", &[("version", spoken(&t, &view).into())]) } else { t.text("design-comment") };
    rsx! {
        section { class: "card card-pad remark", "aria-label": label,
            div { class: "grow",
                p { class: "long",
                    "“"
                    bdi { {comment.to_string()} }
                    "”"
                }
                Remarks { view: view.clone() }
                p { class: "s12 t2", {by} }
            }
            if !beside && shell.may(Act::Reply.spec().command.unwrap_or_default()) {
                ActButton { act: Act::Reply, text: t.text("do-reply"), class: "btn-sm", onpress: move |()| onact.call(Act::Reply) }
            }
        }
    }
}
