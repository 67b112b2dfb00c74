//! Texts that were typed and not sent. The desk keeps them, so that nobody types one twice: not after a lock, not after a crash.

use std::collections::{HashMap, HashSet};

use bridge::KeepDraft;
use dioxus::prelude::*;
use domain::id::RecordId;

use crate::{browser, gateway::ask, shell::task};

/// For how long is typed on before a text is kept, in milliseconds.
const KEPT: i32 = 400;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Draft {
    /// Why a request is rejected.
    Reject(RecordId),
    /// Why a request or an order is called off.
    Cancel(RecordId),
    /// Why an order is moved against the usual way.
    Step(RecordId),
    /// Why an order is deleted.
    Delete(RecordId),
    /// Why the file of a version is taken away.
    Purge(RecordId),
    /// A note about a request or an order.
    Note(RecordId),
    /// What is being said about an order.
    Message(RecordId),
    /// Why all that are chosen are rejected.
    RejectChosen,
    /// Why all orders that are chosen are called off.
    CancelChosen,
}

impl Draft {
    /// Its name at the desk.
    fn key(self) -> String {
        match self {
            Self::Reject(id) => format!("reject/{id}"),
            Self::Cancel(id) => format!("cancel/{id}"),
            Self::Step(id) => format!("step/{id}"),
            Self::Delete(id) => format!("delete/{id}"),
            Self::Purge(id) => format!("purge/{id}"),
            Self::Note(id) => format!("note/{id}"),
            Self::Message(id) => format!("message/{id}"),
            Self::RejectChosen => "reject-chosen".to_owned(),
            Self::CancelChosen => "cancel-chosen".to_owned(),
        }
    }
    /// The draft of this name; nothing for what another version kept.
    fn of(key: &str) -> Option<Self> {
        match key {
            "reject-chosen" => return Some(Self::RejectChosen),
            "cancel-chosen" => return Some(Self::CancelChosen),
            _ => {}
        }
        let (what, id) = key.split_once('/')?;
        let id = id.parse().ok()?;
        match what {
            "reject" => Some(Self::Reject(id)),
            "cancel" => Some(Self::Cancel(id)),
            "step" => Some(Self::Step(id)),
            "delete" => Some(Self::Delete(id)),
            "purge" => Some(Self::Purge(id)),
            "note" => Some(Self::Note(id)),
            "message" => Some(Self::Message(id)),
            _ => None,
        }
    }
}

/// The texts, and which of them the desk does not have yet.
#[derive(Clone, Debug, PartialEq, Default)]
struct Texts {
    texts: HashMap<Draft, String>,
    unkept: HashSet<Draft>,
    keeping: bool,
}

/// The drafts of whoever sits here.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Drafts {
    all: Signal<Texts>,
    turn: Signal<u64>,
}

impl Drafts {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { all: Signal::default(), turn: Signal::new(0) }
    }
    /// Somebody left: what is still to be kept is not kept as another person's.
    pub(crate) fn leave(mut self) {
        self.turn.with_mut(|turn| *turn += 1);
    }
    /// Reads what was typed before this window was opened. What is typed here already is newer.
    pub(crate) fn read(mut self) {
        task(async move {
            let Ok(kept) = ask(bridge::Drafts {}).await else { return };
            let mut drafts = self.all.write();
            for KeepDraft { key, text } in kept {
                if let Some(draft) = Draft::of(&key).filter(|draft| !drafts.unkept.contains(draft)) {
                    drafts.texts.entry(draft).or_insert(text);
                }
            }
        });
    }
    /// Forgets what somebody typed: somebody else sits here now. Their desk has it.
    pub(crate) fn forget(mut self) {
        let mut drafts = self.all.write();
        drafts.texts.clear();
        drafts.unkept.clear();
    }
    /// What was typed before.
    pub(crate) fn of(self, draft: Draft) -> String {
        self.all.peek().texts.get(&draft).cloned().unwrap_or_default()
    }
    /// The same; whoever asks is told when it was read from the desk.
    pub(crate) fn watch(self, draft: Draft) -> String {
        self.all.read().texts.get(&draft).cloned().unwrap_or_default()
    }
    /// Keeps what is typed; an empty text is no draft.
    pub(crate) fn keep(mut self, draft: Draft, text: &str) {
        let mut drafts = self.all.write();
        let before = if text.trim().is_empty() { drafts.texts.remove(&draft) } else { drafts.texts.insert(draft, text.to_owned()) };
        if before.as_deref().unwrap_or_default() == text {
            return;
        }
        drafts.unkept.insert(draft);
        if !std::mem::replace(&mut drafts.keeping, true) {
            drop(drafts);
            task(async move { self.keep_all().await });
        }
    }
    async fn keep_all(mut self) {
        // Whoever comes after this person has drafts of their own.
        let turn = *self.turn.peek();
        while !self.all.peek().unkept.is_empty() {
            browser::sleep(KEPT).await;
            if turn != *self.turn.peek() {
                break;
            }
            let unkept = std::mem::take(&mut self.all.write().unkept);
            let texts: Vec<KeepDraft> = unkept.into_iter().map(|draft| KeepDraft { key: draft.key(), text: self.of(draft) }).collect();
            for text in texts.into_iter().take_while(|_| turn == *self.turn.peek()) {
                // What the desk cannot keep is still here, and is kept with the next letter.
                let _ = ask(text).await;
            }
        }
        self.all.write().keeping = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_found_again_by_its_name() {
        let id: RecordId = "019abf6b-9d3c-7000-8000-000000000001".parse().unwrap();
        for draft in [
            Draft::Reject(id),
            Draft::Cancel(id),
            Draft::Step(id),
            Draft::Delete(id),
            Draft::Note(id),
            Draft::Message(id),
            Draft::RejectChosen,
            Draft::CancelChosen,
        ] {
            assert_eq!(Draft::of(&draft.key()), Some(draft));
        }
        assert!(
            ["", "reject", "reject/", "reject/1", "elsewhere/019abf6b-9d3c-7000-8000-000000000001"]
                .iter()
                .all(|key| Draft::of(key).is_none())
        );
    }
}
