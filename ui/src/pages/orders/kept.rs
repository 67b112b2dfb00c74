//! Files of an order that stay on this computer: keeping them, letting go of them, and how far they are. It is nobody's affair but the
//! person's: no command, and nothing to be taken back.

use std::rc::Rc;

use bridge::{KeepOrder, KeepOrderReply, KeptFiles};
use dioxus::prelude::*;
use domain::{
    id::OrderId,
    records::Order,
    status::{Connection, Tone},
    words::{Words, isolate},
};

use super::state::{OrdersState, reference};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Look},
        icon::Icon,
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::use_words,
};

/// What lets the rest of the files wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rests {
    /// Nothing but their turn.
    Nothing,
    /// There is no line.
    Offline,
    /// A person paused the line.
    Paused,
}

impl Rests {
    /// As the line stands.
    pub(crate) fn now(shell: Shell) -> Self {
        let paused = shell.status.read().as_ref().is_some_and(|status| status.connection == Connection::Paused);
        if paused {
            Self::Paused
        } else if shell.is_offline() {
            Self::Offline
        } else {
            Self::Nothing
        }
    }
}

/// How far the files of a kept order are, and what the rest of them waits for.
pub(crate) fn how_far(words: &Words, kept: &KeptFiles, rests: Rests) -> String {
    let n = |n: u32| -> i64 { n.into() };
    if kept.files == 0 {
        return words.text("kept-none");
    }
    if kept.is_whole() {
        return words.count("kept-whole", n(kept.files));
    }
    let part = words.with("kept-part", &[("here", words.whole(n(kept.here)).into()), ("files", words.whole(n(kept.files)).into())]);
    let left = kept.files - kept.here;
    let rest = match rests {
        _ if kept.refused == left => words.count("kept-refused", n(kept.refused)),
        Rests::Paused => words.text("kept-paused"),
        Rests::Offline => words.text("kept-offline"),
        Rests::Nothing if kept.fetching => words.text("kept-fetching"),
        Rests::Nothing if kept.full => words.text("kept-full"),
        Rests::Nothing => words.text("kept-waits"),
    };
    format!("{part} {rest}")
}

impl OrdersState {
    /// How far the files of the open order are, where they are kept.
    pub(crate) fn kept(self) -> Option<KeptFiles> {
        self.opened.read().reply.as_ref().and_then(|reply| reply.kept)
    }
    /// The key of what would be done about them: keeping, letting go, or calling off what is still on its way.
    pub(super) fn keep_word(self) -> &'static str {
        self.kept().map_or("do-keep-files", |kept| keep_word(&kept))
    }
    /// The files of a kept order are further.
    pub(crate) fn hear_kept(mut self, order: OrderId, kept: Option<KeptFiles>) {
        let before = self.kept_of(order);
        if self.opened.peek().record == Some(reference(order)) {
            let mut opened = self.opened.write();
            if let Some(reply) = &mut opened.reply {
                Rc::make_mut(reply).kept = kept;
            }
        }
        self.designs.hear_kept(order);
        self.kept_heard.with_mut(|n| *n = n.wrapping_add(1));
        let was_coming = before.is_some_and(|before| !before.is_whole());
        if was_coming
            && kept.is_some_and(|kept| kept.is_whole())
            && let Some(it) = self.order().filter(|it| it.id == order)
        {
            self.shell.say(&about(&self.shell.words(), "kept-all-here", &it));
        }
    }
    fn kept_of(self, order: OrderId) -> Option<KeptFiles> {
        let opened = self.opened.peek();
        opened.reply.as_ref().filter(|reply| reply.order.id == order).and_then(|reply| reply.kept)
    }
    /// Keeps the files of the open order, or lets go of them. They are shown with it: nobody keeps what they do not see.
    pub(super) fn keep_or_let_go(mut self) {
        // What is not read yet cannot be the other way round.
        let Some((it, kept)) = self.opened.peek().reply.as_ref().map(|reply| (reply.order.clone(), reply.kept)) else { return };
        self.show_designs();
        self.keep_refused.set(None);
        let keep = kept.is_none();
        task(async move {
            let mut shell = self.shell;
            match ask(KeepOrder { order: it.id, keep }).await {
                Ok(KeepOrderReply::Done { kept }) => {
                    shell.say(&about(&shell.words(), if kept.is_some() { "kept-begun" } else { "kept-ended" }, &it));
                }
                Ok(refused) => {
                    let said = why_not(&shell.words(), refused);
                    shell.say(&said);
                    put(self.keep_refused, Some((it.id, said)));
                }
                Err(error) => {
                    shell.say(&shell.trouble(&error));
                    shell.refused.set(Some(error));
                }
            }
        });
    }
}

/// The key of what is done about an order that is kept.
pub(crate) const fn keep_word(kept: &KeptFiles) -> &'static str {
    if kept.fetching { "do-keep-cancel" } else { "do-keep-stop" }
}

fn about(words: &Words, key: &str, it: &Order) -> String {
    words.with(key, &[("name", isolate(it.client_name.as_str()).into())])
}

/// Why it is not kept, in words.
fn why_not(words: &Words, reply: KeepOrderReply) -> String {
    match reply {
        KeepOrderReply::NoRoom { needs, left } => {
            words.with("kept-no-room", &[("needs", words.size(needs).into()), ("left", words.size(left).into())])
        }
        KeepOrderReply::TooMany { most } => words.with("kept-too-many", &[("n", words.whole(most.into()).into())]),
        KeepOrderReply::Done { .. } => String::new(),
    }
}

/// Above the versions: the way to keep them, or how far they are and the way to let go.
#[component]
pub(super) fn KeptBar(it: Order, onact: EventHandler<Act>) -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let refused = (orders.keep_refused)().filter(|(order, _)| *order == it.id);
    let kept = orders.kept();
    // What is not known yet is not offered.
    let known = orders.opened.read().reply.is_some();
    rsx! {
        if known && it.deleted.is_none() {
            div { class: "kept", id: "kept-files",
                if let Some(kept) = kept {
                    KeptPart { kept, name: it.client_name.to_string() }
                }
                ActButton {
                    act: Act::KeepFiles,
                    text: t.text(orders.keep_word()),
                    look: Look::Quiet,
                    class: "btn-sm",
                    onpress: move |()| onact.call(Act::KeepFiles),
                }
                if let Some((_, said)) = refused {
                    Note { tone: Tone::Kunyit, icon: "info", class: "ver-not",
                        span { class: "grow", {said} }
                    }
                }
            }
        }
    }
}

/// How far the files of an order are.
#[component]
pub(crate) fn KeptPart(kept: KeptFiles, name: String) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let said = how_far(&t, &kept, Rests::now(shell));
    let percent = bridge::percent(kept.bytes_here, kept.bytes);
    let bytes = [("done", t.size(kept.bytes_here).into()), ("total", t.size(kept.bytes).into())];
    rsx! {
        p { class: "s12 t2 kept-t",
            Icon { name: "pin", size: 14 }
            span { class: "grow", {said} }
        }
        if !kept.is_whole() {
            progress {
                class: "prog",
                max: "100",
                value: percent.to_string(),
                "aria-label": t.with("kept-progress", &[("name", isolate(&name).into())]),
            }
            p { class: "s12 t3 num", {t.with("upload-part", &bytes)} }
        }
    }
}

/// The mark of an order whose files are kept.
#[component]
pub(crate) fn KeptMark() -> Element {
    let t = use_words();
    rsx! {
        span { class: "t3 kept-m", title: t.text("kept-mark"),
            Icon { name: "pin", size: 14 }
            span { class: "sr", {t.text("kept-mark")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn it_is_said_how_many_are_here_and_what_the_rest_waits_for() {
        let words = Words::new(Lang::Id);
        let kept = KeptFiles { files: 5, here: 3, bytes: 50, bytes_here: 30, ..KeptFiles::default() };
        let said = |kept: KeptFiles, rests| how_far(&words, &kept, rests);
        let all = [
            said(kept, Rests::Nothing),
            said(kept, Rests::Offline),
            said(kept, Rests::Paused),
            said(KeptFiles { fetching: true, ..kept }, Rests::Nothing),
            said(KeptFiles { full: true, ..kept }, Rests::Nothing),
            said(KeptFiles { refused: 2, ..kept }, Rests::Offline),
        ];
        assert!(all.iter().all(|text| text.starts_with("3 dari 5 berkas di sini.")), "{all:?}");
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len(), "each in words of its own: {all:?}");
        assert_eq!(said(KeptFiles { here: 5, ..kept }, Rests::Offline), words.count("kept-whole", 5));
        assert_eq!(said(KeptFiles::default(), Rests::Nothing), words.text("kept-none"));
    }
}
