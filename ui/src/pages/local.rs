//! What the desk keeps on this computer, for the screens that tell of it: the settings, and Sinkronisasi.

use std::rc::Rc;

use bridge::{CheckLocal, Checked, LocalFileKind, LocalState, LocalStateReply};
use dioxus::prelude::*;
use domain::{
    record::Kind,
    status::Tone,
    time::{UtcMillis, Zone},
    words::{Ago, Words},
};

use crate::{
    components::{button::Button, note::Note},
    gateway::ask,
    pages::rows::Load,
    shell::{Shell, put, task},
    words::use_words,
};

/// What is here, as long as somebody looks at it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Local {
    shell: Shell,
    /// Whether it is known.
    pub(crate) load: Signal<Load>,
    /// What is here; what was read last stands until the next is read.
    pub(crate) reply: Signal<Option<Rc<LocalStateReply>>>,
    /// Whether everything is being read.
    checking: Signal<bool>,
}

/// Asks what is here, and asks again when the line or the number of records has changed.
pub(crate) fn use_local() -> Local {
    let shell = use_context::<Shell>();
    let local = Local { shell, load: use_signal(Load::default), reply: use_signal(|| None), checking: use_signal(|| false) };
    let stand = use_memo(move || shell.status.read().as_ref().map(|it| (it.connection, it.complete, it.records, it.queued)));
    use_effect(move || {
        let _ = stand();
        local.read();
    });
    local
}

impl Local {
    /// Asks what is here.
    pub(crate) fn read(self) {
        task(async move {
            match ask(LocalState {}).await {
                Ok(reply) => {
                    put(self.reply, Some(Rc::new(reply)));
                    put(self.load, Load::Here);
                }
                Err(error) => put(self.load, Load::Failed(error)),
            }
        });
    }
    fn check(self) {
        put(self.checking, true);
        task(async move {
            let checked = ask(CheckLocal {}).await;
            put(self.checking, false);
            match checked {
                Ok(it) => self.shell.say(&outcome(&self.shell.words(), it)),
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
            self.read();
        });
    }
}

/// What came of reading everything.
fn outcome(words: &Words, it: Checked) -> String {
    let whole = |n: u64| words.whole(i64::try_from(n).unwrap_or(i64::MAX));
    if it.whole {
        words.with("check-whole", &[("records", whole(it.records).into()), ("commands", whole(it.commands).into())])
    } else {
        words.text("check-damaged")
    }
}

/// «12 mnt lalu, 10:30 WIB».
pub(crate) fn aged(words: &Words, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
    let ago = words.with("ago", &[("span", words.span(Ago(now.since(at))).into())]);
    format!("{ago}, {}", words.near_within(at, now, zone))
}

/// A kind of record in words; by its own name where a newer server has one that this window does not know.
pub(crate) fn kind_name(words: &Words, wire: &str) -> String {
    Kind::ALL.iter().find(|kind| kind.to_string() == wire).map_or_else(|| wire.to_owned(), |kind| words.text(&kinds_word(*kind)))
}

/// The key of what many of a kind are called.
fn kinds_word(kind: Kind) -> String {
    format!("kinds-{kind}").replace('_', "-")
}

/// The key of what files are for.
pub(crate) const fn file_word(kind: LocalFileKind) -> &'static str {
    match kind {
        LocalFileKind::Mirror => "file-mirror",
        LocalFileKind::Outbox => "file-outbox",
        LocalFileKind::Copies => "file-copies",
        LocalFileKind::SetAside => "file-set-aside",
        LocalFileKind::Keys => "file-keys",
        LocalFileKind::Log => "file-log",
    }
}

/// «Periksa sekarang»: when everything was read last, what came of it, and the way to do it again.
#[component]
pub(crate) fn CheckRow(local: Local) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let reply = (local.reply)();
    let checked = reply.as_ref().and_then(|reply| reply.checked);
    let compared = reply.as_ref().and_then(|reply| reply.compared_at);
    let compared = compared.map_or_else(|| t.text("compared-never"), |at| t.with("compared-at", &[("at", aged(&t, at, now, zone).into())]));
    let (tone, icon) = if checked.is_some_and(|it| it.whole) { (Tone::Daun, "check") } else { (Tone::Cabai, "sy-refuse") };
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-check")} }
                p { class: "t2 s12", {t.text("set-check-more")} }
                p { class: "t3 s12", {compared} }
            }
            Button { id: "set-check".to_owned(), text: t.text("do-check-now"), icon: "refresh", disabled: (local.checking)(), onpress: move |()| local.check() }
        }
        div { role: "status", id: "check-outcome",
            if (local.checking)() {
                p { class: "t2 s12", {t.text("checking")} }
            } else if let Some(it) = checked {
                Note { tone, icon,
                    span { {format!("{} {}", outcome(&t, it), t.with("check-at", &[("at", aged(&t, it.at, now, zone).into())]))} }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn a_table_names_the_many() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            assert!(Kind::ALL.iter().all(|kind| words.has(&kinds_word(*kind))), "{lang:?}");
        }
        let words = Words::new(Lang::En);
        assert_eq!((kind_name(&words, "order"), kind_name(&words, "quick_reply")), ("Orders".to_owned(), "Quick replies".to_owned()));
        assert_eq!(kind_name(&words, "moon"), "moon", "a kind of a newer server");
    }
}
