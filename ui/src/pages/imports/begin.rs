//! The fourth step: the rows that pass are brought in. Until this button nothing has changed.

use dioxus::prelude::*;
use domain::status::Tone;

use super::{
    StepHead, Trouble,
    state::{At, ImportsState},
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Look},
        note::Note,
    },
    words::use_words,
};

/// The step.
#[component]
pub(super) fn BeginStep() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let why_not = imports.why_not_begun();
    let tried = (imports.tried)();
    let n = |n: u32| t.whole(i64::from(n));
    let (text, button) = match &tried {
        Some(tried) => {
            let said = &tried.said;
            let left_out = said.rows.saturating_sub(said.good);
            let will = t.with("import-will", &[("clients", n(said.clients).into()), ("orders", n(said.orders).into())]);
            let left = (left_out > 0).then(|| t.count("import-left-out", i64::from(left_out)));
            let text = why_not.clone().unwrap_or_else(|| [Some(will), left].into_iter().flatten().collect::<Vec<_>>().join(" "));
            (text, t.with("import-begin-n", &[("rows", t.count("import-rows-n", i64::from(said.good)).into())]))
        }
        None => (t.text("import-not-tried"), t.text("do-import-begin")),
    };
    let busy = (imports.beginning)();
    rsx! {
        section { class: "card imp-s", "aria-labelledby": "import-begin", "aria-busy": busy.then_some("true"),
            StepHead { n: 4, id: "import-begin", title: t.text("import-step-begin") }
            p { class: "t2", id: "import-will", {text} }
            if imports.shell.is_offline() {
                Note { tone: Tone::Kunyit, icon: "sy-off", id: "import-offline",
                    span { class: "grow", {t.text("import-offline")} }
                }
            }
            Trouble { at: At::Begin }
            div { class: "hstack wrap",
                ActButton {
                    act: Act::ImportBegin,
                    text: if busy { t.text("import-beginning") } else { button },
                    look: Look::Primary,
                    why_not,
                    onpress: move |()| imports.begin(),
                }
                span { class: "t3 s12 grow", {t.text("import-begin-text")} }
            }
        }
    }
}
