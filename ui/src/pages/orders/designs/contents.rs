//! What an archive says it holds, a part of it at a time; nothing of it is unpacked.

use std::rc::Rc;

use bridge::{ArchiveEntry, DesignContents, DeskError};
use dioxus::prelude::*;
use domain::{id::DesignId, words::Words};

use super::DesignsState;
use crate::{
    components::{button::Button, empty::Skeleton},
    gateway::ask,
    shell::task,
    words::{many, use_words},
};

/// How many are shown at once.
const PART: usize = 100;

/// What is known of an archive.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contents {
    design: DesignId,
    entries: Option<Result<Rc<Vec<ArchiveEntry>>, DeskError>>,
}

impl DesignsState {
    /// Asks what an archive holds, once.
    fn look_into(mut self, design: DesignId) {
        if self.contents.peek().as_ref().is_some_and(|contents| contents.design == design) {
            return;
        }
        self.contents.set(Some(Contents { design, entries: None }));
        task(async move {
            let entries = ask(DesignContents { design }).await.map(Rc::new);
            if self.contents.peek().as_ref().is_some_and(|contents| contents.design == design) {
                self.contents.set(Some(Contents { design, entries: Some(entries) }));
            }
        });
    }
}

/// The list; nothing where the file holds none.
#[component]
pub(super) fn ContentsList(design: DesignId) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let mut shown = use_signal(|| PART);
    use_effect(use_reactive((&design,), move |(design,)| {
        shown.set(PART);
        designs.look_into(design);
    }));
    let contents = designs.contents.read().clone().filter(|contents| contents.design == design);
    let entries = match contents.and_then(|contents| contents.entries) {
        None => {
            return rsx! {
                Skeleton { rows: 3, label: t.text("loading") }
            };
        }
        Some(Err(_)) => {
            return rsx! {
                p { class: "t2", {t.text("design-contents-failed")} }
            };
        }
        Some(Ok(entries)) if entries.is_empty() => return rsx! {},
        Some(Ok(entries)) => entries,
    };
    let left = entries.len().saturating_sub(shown());
    rsx! {
        section { class: "zip", "aria-labelledby": "design-contents",
            h2 { class: "sec-h", id: "design-contents",
                {t.text("design-contents")}
                span { class: "n", {files(&t, "design-files", entries.len())} }
            }
            ul { class: "zip-l",
                for (n , entry) in entries.iter().take(shown()).enumerate() {
                    li { key: "{n}", class: "zip-i",
                        bdi { class: "cut", "{entry.name}" }
                        span { class: "num t3", {t.size(entry.size)} }
                    }
                }
            }
            if left > 0 {
                Button { text: files(&t, "design-files-more", left.min(PART)), class: "btn-sm", onpress: move |()| shown += PART }
            }
        }
    }
}

/// «1.000 berkas».
fn files(words: &Words, key: &str, n: usize) -> String {
    words.with(key, &[("n", words.whole(many(n)).into())])
}
