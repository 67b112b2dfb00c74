//! Balasan cepat: the texts for answering quickly that the whole staff has.

use bridge::{DeskError, QuickReplies, QuickReplyView};
use dioxus::prelude::*;
use domain::{
    command::Command,
    id::QuickReplyId,
    record::{Kind, RecordRef},
    words::isolate,
};

use crate::{
    components::{
        badge::Mark,
        button::Button,
        empty::{Empty, Skeleton},
    },
    gateway::ask,
    giving::Giving,
    pages::{desk::Failed, rows::Load},
    shell::{Layer, Shell, put, task},
    words::use_words,
};

/// The texts, and whether they are here.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct RepliesState {
    pub(super) shell: Shell,
    giving: Giving,
    load: Signal<Load>,
    all: Signal<Vec<QuickReplyView>>,
}

impl RepliesState {
    /// None yet.
    pub(crate) fn new(shell: Shell, giving: Giving) -> Self {
        Self { shell, giving, load: Signal::default(), all: Signal::default() }
    }
    /// Forgets them: somebody left.
    pub(crate) fn leave(mut self) {
        self.load.set(Load::Coming);
        self.all.set(Vec::new());
    }
    /// The desk says that something changed.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        let about = records.is_empty() || records.iter().any(|record| record.kind == Kind::QuickReply);
        if about && *self.load.peek() != Load::Coming {
            self.read();
        }
    }
    fn read(self) {
        task(async move {
            match ask(QuickReplies { order_id: None }).await {
                Ok(all) => {
                    put(self.all, all);
                    put(self.load, Load::Here);
                }
                Err(error) => put(self.load, Load::Failed(error)),
            }
        });
    }
    /// The one of this id.
    pub(super) fn get(self, id: QuickReplyId) -> Option<QuickReplyView> {
        self.all.read().iter().find(|reply| reply.id == id).cloned()
    }
    /// Gives a command about one of them.
    ///
    /// # Errors
    /// What the desk says.
    pub(super) async fn give(self, command: Command, said: String) -> Result<(), DeskError> {
        let seen = command.subject().into_iter().collect();
        self.giving.give_quietly(command, seen).await?;
        self.shell.say(&said);
        Ok(())
    }
}

/// The list, and the way to a new one.
#[component]
pub(super) fn ReplyRows() -> Element {
    let replies = use_context::<RepliesState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    use_hook(|| replies.read());
    let all = replies.all.read().clone();
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("replies-title")} }
                p { class: "t2 s12", {t.text("replies-more")} }
            }
            Button {
                id: "set-reply-new",
                text: t.text("set-reply-new"),
                icon: "plus",
                popup: "dialog",
                onpress: move |()| shell.open(Layer::EditReply(None)),
            }
        }
        match (replies.load)() {
            Load::Failed(error) => rsx! {
                Failed { error, title: t.text("replies-failed"), onretry: move |()| replies.read() }
            },
            Load::Coming => rsx! {
                Skeleton { rows: 4, label: t.text("loading") }
            },
            Load::Here if all.is_empty() => rsx! {
                Empty { icon: "bolt", title: t.text("pick-empty"),
                    p { {t.text("replies-empty-text")} }
                }
            },
            Load::Here => rsx! {
                ul { class: "replies", "aria-label": t.text("settings-replies"),
                    for reply in all {
                        ReplyRow { key: "{reply.id}", reply }
                    }
                }
            },
        }
    }
}

#[component]
fn ReplyRow(reply: QuickReplyView) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let id = reply.id;
    let named = |key| t.with(key, &[("title", isolate(&reply.title).into())]);
    rsx! {
        li { class: if reply.ours { "replies-i is-ours" } else { "replies-i" },
            div { class: "grow",
                p { class: "semi hstack wrap",
                    bdi { "{reply.title}" }
                    if reply.ours {
                        Mark { state: domain::status::CommandState::Queued }
                    }
                }
                p { class: "t2 s12 long",
                    bdi { "{reply.text}" }
                }
            }
            Button {
                id: "reply-edit-{id}",
                text: t.text("reply-edit-word"),
                class: "btn-quiet btn-sm",
                label: named("reply-edit"),
                popup: "dialog",
                onpress: move |()| shell.open(Layer::EditReply(Some(id))),
            }
            Button {
                id: "reply-drop-{id}",
                text: t.text("reply-drop-word"),
                class: "btn-quiet btn-sm",
                label: named("reply-drop"),
                popup: "dialog",
                onpress: move |()| shell.open(Layer::DropReply(id)),
            }
        }
    }
}
