//! What can be taken back, and what was taken back and can be given again: until something else is given, as everywhere.

use bridge::{DeskError, ErrorCode, Submit, Submitted, Undone};
use dioxus::prelude::*;
use domain::{
    command::Act,
    commands::{design, message},
    id::CommandId,
};

use crate::{
    browser,
    gateway::ask,
    shell::{Shell, task},
    words::{act_word, many},
};

/// What can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    /// The commands: one, or those of an act on many.
    pub(crate) ids: Vec<CommandId>,
    /// What was done: «Made Ayu Lestari diterima».
    pub(crate) text: String,
    /// When it is sent, by the clock that nobody sets.
    pub(crate) until: f64,
    /// For how long it was held, in milliseconds.
    pub(crate) held: u32,
}

/// What was taken back together.
#[derive(Clone, Debug, PartialEq)]
struct Again {
    /// In the order in which it was given.
    acts: Vec<Undone>,
    /// What was done, where the bar said so.
    text: Option<String>,
}

/// The bar, and what it does.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Undoing {
    shell: Shell,
    pub(super) held: Signal<Option<Held>>,
    /// What was last taken back, for the screen that can put it before the person again.
    pub(crate) returned: Signal<Option<Undone>>,
    again: Signal<Option<Again>>,
    /// Who sits here: it counts up when somebody leaves.
    turn: Signal<u64>,
}

impl Undoing {
    /// Nothing to take back.
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, held: Signal::new(None), returned: Signal::new(None), again: Signal::new(None), turn: Signal::new(0) }
    }
    /// Somebody leaves: nothing of theirs is taken back or given again by whoever comes.
    pub(crate) fn leave(mut self) {
        self.held.set(None);
        self.returned.set(None);
        self.again.set(None);
        *self.turn.write() += 1;
    }
    /// Offers to take this back. What is sent at once is only said.
    pub(crate) fn offer(self, submitted: &Submitted, text: String) {
        let said = text.clone();
        self.offer_all(std::slice::from_ref(submitted), text, &said);
    }
    /// Offers to take all of these back together; `said` tells what was done where that is more than the bar shows. The first
    /// that was given is the first to be sent: the bar counts down to that.
    pub(crate) fn offer_all(mut self, submitted: &[Submitted], text: String, said: &str) {
        self.shell.say(said);
        self.again.set(None);
        self.shell.told.set(None);
        if let Some(held) = submitted.iter().filter_map(|one| one.held_ms).min() {
            let until = browser::monotonic_ms() + f64::from(held);
            self.held.set(Some(Held { ids: submitted.iter().map(|one| one.id).collect(), text, until, held }));
        }
    }

    // ---- taking back

    /// Takes back what is in the bar, or else the newest that can be.
    pub(crate) fn undo_newest(self) {
        let held = self.held.peek().clone();
        match held {
            Some(Held { ids, text, .. }) if ids.len() > 1 => self.undo_all(ids, text),
            held => self.undo(held.and_then(|held| held.ids.first().copied())),
        }
    }
    /// Takes the commands of an act on many back, the newest first, and says for how many it came too late.
    fn undo_all(mut self, ids: Vec<CommandId>, text: String) {
        let (shell, turn) = (self.shell, *self.turn.peek());
        self.held.set(None);
        task(async move {
            let (mut undone, mut late) = (Vec::new(), 0);
            for id in ids.into_iter().rev() {
                match ask(bridge::Undo { id: Some(id) }).await {
                    Ok(one) => undone.push(one),
                    Err(_) => late += 1,
                }
            }
            if turn != *self.turn.peek() {
                return;
            }
            let words = shell.words();
            let mut said = vec![words.count("undone-many", many(undone.len()))];
            said.extend((late > 0).then(|| words.count("undone-many-late", late)));
            shell.tell(&said.join(" "));
            undone.reverse();
            self.again.set(Again::of(undone, (late == 0).then_some(text)));
        });
    }
    /// Takes a command back: this one, or else the newest that can be.
    pub(crate) fn undo(mut self, id: Option<CommandId>) {
        let (shell, turn) = (self.shell, *self.turn.peek());
        task(async move {
            let answer = ask(bridge::Undo { id }).await;
            if turn != *self.turn.peek() {
                return;
            }
            let words = shell.words();
            match answer {
                Ok(undone) => {
                    let in_bar = self.held.peek().clone().filter(|held| held.ids == [undone.id]);
                    if in_bar.is_some() {
                        self.held.set(None);
                    }
                    let act = words.text(&act_word(&undone.act));
                    shell.tell(&words.with("undone", &[("act", act.into())]));
                    self.returned.set(Some(undone.clone()));
                    self.again.set(Again::of(vec![undone], in_bar.map(|held| held.text)));
                }
                Err(error) => {
                    let key = if error.code == ErrorCode::NotFound { "undo-nothing" } else { "undo-too-late" };
                    self.held.set(None);
                    shell.tell(&words.text(key));
                }
            }
        });
    }

    // ---- giving again

    /// Gives again what was last taken back. The rulebook is asked as for anything that is given: what stands may have changed.
    pub(crate) fn redo(mut self) {
        let (shell, turn) = (self.shell, *self.turn.peek());
        let Some(Again { acts, text }) = self.again.take() else {
            return shell.tell(&shell.words().text("redo-nothing"));
        };
        task(async move {
            let (together, first) = (acts.len() > 1, acts.first().map(|one| act_word(&one.act)).unwrap_or_default());
            let (mut taken, mut refused) = (Vec::new(), Vec::new());
            for Undone { act, args, seen, .. } in acts {
                let answer = ask(Submit { act, args, seen }).await;
                if turn != *self.turn.peek() {
                    return;
                }
                match answer {
                    Ok(submitted) => taken.push(submitted),
                    Err(error) => refused.push(error),
                }
            }
            self.tell_again(together, text, &first, &taken, &refused);
        });
    }
    fn tell_again(self, together: bool, text: Option<String>, act: &str, taken: &[Submitted], refused: &[DeskError]) {
        let mut shell = self.shell;
        let words = shell.words();
        if !taken.is_empty() {
            let all = text.filter(|_| refused.is_empty());
            let done = all.unwrap_or_else(|| {
                if together {
                    words.count("redone-many", many(taken.len()))
                } else {
                    words.with("redone", &[("act", words.text(act).into())])
                }
            });
            let mut said = vec![done.clone()];
            said.extend((!refused.is_empty()).then(|| words.count("bulk-refused", many(refused.len()))));
            self.offer_all(taken, done, &said.join(" "));
        } else if let Some(error) = refused.first() {
            shell.tell(&shell.trouble(error));
        }
        shell.refused.set(refused.first().cloned());
    }
}

impl Again {
    /// What can go with files is not given again: they are let go of when it is taken back. The text of a message is in its box again.
    fn of(acts: Vec<Undone>, text: Option<String>) -> Option<Self> {
        let with_files = |it: &Undone| [message::Send::NAME, design::Upload::NAME].contains(&it.act.as_str());
        (!acts.is_empty() && !acts.iter().any(with_files)).then_some(Self { acts, text })
    }
}
