//! «Tolak permintaan …» and «Batalkan permintaan …»: a reason that the client reads. The radios fill the box; the box is what
//! is sent (ui.md, «Decisions that stand above the pictures»).

use dioxus::prelude::*;
use domain::{
    commands::consultation,
    id::ConsultationId,
    record::RecordRef,
    records::{Consultation, NotificationKind},
    text::{Invalid, Reason},
    words::{Lang, Words as Catalogue, isolate},
};

use crate::{
    browser,
    components::{
        button::{Button, Kbd, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        field::FieldFoot,
    },
    giving::Giving,
    pages::inbox::{InboxState, draft::Draft, state::reference},
    shell::{Shell, put, task},
    words::{invalid, use_words, wire_word},
};

/// How many characters may be left before it is read out.
const SOON: usize = 20;

/// Which ready reasons are offered: the keys are `{group}-reason-1`… for the person and `{group}-text-1`… for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reasons {
    /// For a rejection.
    Reject,
    /// For calling off.
    Cancel,
}

impl Reasons {
    const fn group(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Cancel => "cancel",
        }
    }
    /// How many there are; the last one is «Alasan lain», which fills nothing.
    const COUNT: usize = 5;

    /// What the client reads for a ready reason. Clients read Indonesian, whatever the language of the window.
    fn text(self, n: usize) -> String {
        if n + 1 == Self::COUNT { String::new() } else { Catalogue::new(Lang::Id).text(&format!("{}-text-{}", self.group(), n + 1)) }
    }
    fn kind(self) -> NotificationKind {
        match self {
            Self::Reject => NotificationKind::ConsultationRejected,
            Self::Cancel => NotificationKind::ConsultationCancelled,
        }
    }
}

/// A reason as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct Typing {
    shell: Shell,
    reasons: Reasons,
    /// What is in the box.
    text: Signal<String>,
    /// What the person typed themselves: «Alasan lain» brings it back.
    own: Signal<String>,
    wrong: Signal<Option<String>>,
    ondraft: EventHandler<String>,
    onsubmit: EventHandler<String>,
}

impl Typing {
    fn put(mut self, text: String) {
        self.ondraft.call(text.clone());
        self.wrong.set(None);
        self.text.set(text);
    }
    /// Takes in what is typed.
    fn write(mut self, text: String) {
        self.own.set(text.clone());
        self.put(text);
    }
    /// A ready reason fills the box; the last one gives it back to the person.
    fn choose(self, n: usize) {
        if n + 1 == Reasons::COUNT {
            let own = self.own.peek().clone();
            self.put(own);
            browser::focus(BOX);
        } else {
            self.put(self.reasons.text(n));
        }
    }
    /// Which ready reason is in the box; any other text is the person's own.
    fn chosen(self) -> Option<usize> {
        let text = self.text.read();
        let ready = (0..Reasons::COUNT - 1).find(|n| self.reasons.text(*n) == *text);
        ready.or((!text.is_empty()).then_some(Reasons::COUNT - 1))
    }
    /// Sends it, if the rulebook takes it.
    fn send(mut self) {
        let words = self.shell.words();
        let text = self.text.peek().clone();
        match Reason::new(&text) {
            Ok(reason) => return self.onsubmit.call(reason.to_string()),
            Err(Invalid::Required | Invalid::TooShort(_)) => self.wrong.set(Some(words.text("refusal-reason-required"))),
            Err(why) => self.wrong.set(Some(invalid(&words, why))),
        }
        browser::focus(BOX);
    }
    /// Figures choose; alone they belong to the box while it is typed into.
    fn key(self, event: &KeyboardEvent) {
        let figure = match event.code() {
            Code::Digit1 | Code::Numpad1 => 0,
            Code::Digit2 | Code::Numpad2 => 1,
            Code::Digit3 | Code::Numpad3 => 2,
            Code::Digit4 | Code::Numpad4 => 3,
            Code::Digit5 | Code::Numpad5 => 4,
            _ => return,
        };
        if event.modifiers().alt() || (event.modifiers().is_empty() && !browser::focus_is_within(BOX)) {
            event.prevent_default();
            self.choose(figure);
        }
    }
}

/// The box in which the reason stands.
const BOX: &str = "reason-text";

/// A dialog for a reason.
#[component]
pub(crate) fn ReasonDialog(
    reasons: Reasons,
    title: Element,
    sub: Element,
    submit: String,
    initial: String,
    /// What the desk did not take.
    error: Option<String>,
    /// Whether the client has no account, and reads nothing of it.
    unread: bool,
    ondraft: EventHandler<String>,
    onsubmit: EventHandler<String>,
    onclose: EventHandler<()>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (text, own) = (use_signal(|| initial.clone()), use_signal(|| initial.clone()));
    let typing = Typing { shell, reasons, text, own, wrong: use_signal(|| None), ondraft, onsubmit };
    let hold = shell.preferences.read().hold_seconds;
    rsx! {
        Dialog {
            id: "reason",
            title,
            sub,
            onclose,
            onconfirm: move |()| typing.send(),
            onkey: move |event: KeyboardEvent| typing.key(&event),
            footer: rsx! {
                span { class: "act-why grow",
                    if hold > 0 {
                        {t.count("sent-in", i64::from(hold))}
                    } else {
                        {t.text("sent-at-once")}
                    }
                }
                CancelButton { id: "reason", oncancel: move |()| onclose.call(()) }
                Button { text: submit, look: Look::Danger, keys: "Ctrl+Enter", onpress: move |()| typing.send() }
            },
            Ready { typing }
            Words { typing, error, unread }
            if !unread {
                Preview { typing }
            }
        }
    }
}

/// The ready reasons.
#[component]
fn Ready(typing: Typing) -> Element {
    let t = use_words();
    let chosen = typing.chosen();
    let group = typing.reasons.group();
    rsx! {
        fieldset { class: "field",
            legend { class: "label",
                {t.text("reason")}
                span { class: "t3", {t.text("required")} }
            }
            div { class: "opts",
                for n in 0..Reasons::COUNT {
                    label { key: "{n}", class: if chosen == Some(n) { "opt is-on" } else { "opt" },
                        Radio { name: "reason-ready", checked: chosen == Some(n), onchoose: move |()| typing.choose(n) }
                        span { {t.text(&format!("{group}-reason-{}", n + 1))} }
                        Kbd { keys: ["1", "2", "3", "4", "5"][n] }
                    }
                }
            }
        }
    }
}

/// The box.
#[component]
fn Words(typing: Typing, error: Option<String>, unread: bool) -> Element {
    let t = use_words();
    let length = typing.text.read().chars().count();
    let wrong = (typing.wrong)().or(error);
    let left = Reason::MOST.saturating_sub(length);
    rsx! {
        div { class: "field",
            div { class: "label",
                label { r#for: BOX, {t.text("reason-text")} }
                span { class: "push t3 num", "{length} / {Reason::MOST}" }
            }
            textarea {
                class: if wrong.is_some() || length > Reason::MOST { "input is-bad" } else { "input" },
                id: BOX,
                rows: "3",
                value: typing.text,
                "aria-required": "true",
                "aria-invalid": wrong.is_some().then_some("true"),
                "aria-describedby": (wrong.is_some() || unread).then_some("reason-text-hint"),
                oninput: move |event| typing.write(event.value()),
            }
            span { class: "sr", role: "status",
                if left <= SOON {
                    {t.with("left", &[("n", left.to_string().into())])}
                }
            }
            FieldFoot { id: "reason-text", hint: unread.then(|| t.text("reason-unread")), error: wrong.clone() }
        }
    }
}

/// What the client will read.
#[component]
fn Preview(typing: Typing) -> Element {
    let t = use_words();
    let title = wire_word(&Catalogue::new(Lang::Id), "notification", typing.reasons.kind().wire());
    rsx! {
        div { class: "field",
            span { class: "label", {t.text("client-reads")} }
            div { class: "msg-prev", lang: "id",
                p { class: "semi", {title} }
                p { class: "t2",
                    bdi { {typing.text.read().clone()} }
                }
            }
        }
    }
}

/// The title of a dialog about somebody's request.
fn about(words: &Catalogue, key: &str, it: &Consultation) -> Element {
    let text = words.with(key, &[("name", isolate(it.client_name.as_str()).into())]);
    rsx! { {text} }
}

/// A reason for an act on a request of Antrean: what is typed is kept as a draft until it is sent.
#[component]
fn Asked(
    record: RecordRef,
    reasons: Reasons,
    title: &'static str,
    submit: &'static str,
    draft: Draft,
    command: Callback<(ConsultationId, String), domain::command::Command>,
) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    // The request as it was when the dialog opened: a change from elsewhere does not take it away while somebody types.
    let it = use_hook(|| inbox.request());
    let Some(it) = it.filter(|it| reference(it.id) == record) else { return rsx! {} };
    let name = it.clone();
    rsx! {
        ReasonDialog {
            reasons,
            title: about(&t, title, &it),
            sub: rsx! {
                {t.with("reason-sub", &[("date", t.date_long(it.requested_date).into())])}
            },
            submit: t.text(submit),
            initial: inbox.draft(draft),
            error: error(),
            unread: it.client_user.is_none(),
            ondraft: move |text: String| inbox.keep_draft(draft, &text),
            onsubmit: move |reason: String| {
                let given = command.call((name.id, reason));
                let done = inbox.done(given.spec().name, &name);
                task(async move {
                    match giving.give(given, vec![record], done).await {
                        Ok(_) => {
                            close("reason");
                            inbox.keep_draft(draft, "");
                            shell.close();
                            inbox.go_on();
                        }
                        Err(failure) => put(error, Some(shell.trouble(&failure))),
                    }
                });
            },
            onclose: move |()| shell.close(),
        }
    }
}

/// «Tolak permintaan …».
#[component]
pub(super) fn Reject(record: RecordRef) -> Element {
    let command = use_callback(|(id, reason)| consultation::Reject { id, reason }.into());
    rsx! {
        Asked { record, reasons: Reasons::Reject, title: "reject-title", submit: "reject-submit", draft: Draft::Reject(record.id), command }
    }
}

/// «Batalkan permintaan …».
#[component]
pub(super) fn Cancel(record: RecordRef) -> Element {
    let command = use_callback(|(id, reason)| consultation::Cancel { id, reason: Some(reason) }.into());
    rsx! {
        Asked { record, reasons: Reasons::Cancel, title: "cancel-title", submit: "cancel-submit", draft: Draft::Cancel(record.id), command }
    }
}
