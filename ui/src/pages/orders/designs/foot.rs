//! The foot of the tab: what showing a version to the client will bring, or why it has to wait, and the acts.

use bridge::{DesignView, VerdictState};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::design,
    records::{NotificationKind, Order},
    words::Words,
};

use super::{
    DesignsState,
    acts::{PURGE, SET_CURRENT, SUBMIT},
    spoken,
    state::verdict,
};
use crate::{
    actions::Act,
    pages::rows::{Foot, FootAct},
    words::{client_reads, use_words},
};

/// The foot.
#[component]
pub(crate) fn DesignFoot(it: Order, onact: EventHandler<Act>) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let foot = |act| FootAct { act, primary: false, why_not: None, text: None };
    let shell = designs.shell;
    let (mut acts, mut said) = (Vec::new(), Vec::new());
    let open = designs.open_one().filter(|view| view.design.order_id == it.id);
    match designs.to_submit().filter(|view| view.design.order_id == it.id) {
        Some(view) if shell.may(SUBMIT) => {
            let why_not = designs.why_not(&view, SUBMIT);
            said.push(why_not.clone().unwrap_or_else(|| foreseen(&t, &view, &it)));
            let text = t.with("design-submit-named", &[("version", spoken(&t, &view).into())]);
            acts.push(FootAct { why_not, primary: true, text: Some(text), ..foot(Act::DesignSubmit) });
        }
        None if shell.may(design::Upload::NAME) && designs.of(it.id).is_some() => {
            let why_not = designs.why_not_added(it.id);
            said.push(why_not.clone().unwrap_or_else(|| t.text("predict-design-none")));
            acts.push(FootAct { why_not, primary: true, ..foot(Act::DesignUpload) });
        }
        _ => {}
    }
    let is_whole = |view: &DesignView| view.design.purged.is_none();
    if let Some(view) = open.filter(is_whole) {
        let text = t.with("design-save", &[("version", spoken(&t, &view).into())]);
        acts.push(FootAct { text: Some(text), why_not: designs.why_not_saved(&view), ..foot(Act::DesignSave) });
        if designs.another_counts(&view) && verdict(&view, SET_CURRENT).is_some() {
            acts.push(FootAct { why_not: designs.why_not(&view, SET_CURRENT), ..foot(Act::DesignCurrent) });
        }
        // Of an order that somebody works on it is beside the point.
        if shell.may(PURGE) && !it.status.is_open() && verdict(&view, PURGE).is_some() {
            let why_not = designs.why_not(&view, PURGE);
            said.extend(why_not.clone());
            acts.push(FootAct { why_not, ..foot(Act::DesignPurge) });
        }
    }
    rsx! {
        Foot { said, acts, beside: true, onact }
    }
}

/// What showing it will bring.
fn foreseen(words: &Words, view: &DesignView, it: &Order) -> String {
    if verdict(view, SUBMIT) == Some(VerdictState::ServerDecides) {
        return words.text("predict-server");
    }
    let text = client_reads(&NotificationKind::DesignSubmitted);
    let key = if it.client_user.is_some() { "predict-design-submit" } else { "predict-design-submit-unregistered" };
    words.with(key, &[("version", spoken(words, view).into()), ("text", text.into())])
}
