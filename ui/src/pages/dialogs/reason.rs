//! A reason that the client reads. The radios fill the box; the box is what is sent (ui.md, «Decisions that stand above the
//! pictures»).

use dioxus::prelude::*;
use domain::{
    records::{NotificationKind, OrderStatus},
    text::{Invalid, Reason},
};

use crate::{
    browser,
    components::{
        button::{Button, Kbd, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog},
        field::FieldFoot,
    },
    shell::Shell,
    words::{client_reads, for_clients, invalid, use_words},
};

/// How many characters may be left before it is read out.
const SOON: usize = 20;

/// Which ready reasons are offered: the keys are `{group}-reason-1`… for the person and `{group}-text-1`… for the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reasons {
    /// For the rejection of a request.
    Reject,
    /// For calling a request off.
    Cancel,
    /// For calling an order off.
    CancelOrder,
    /// For moving an order here against the usual way.
    MoveOrder(OrderStatus),
    /// For moving its product against the usual way, of which the client is not told.
    MoveProduct,
    /// For deleting an order.
    DeleteOrder,
    /// For taking the file of a version away, of which the client is not told.
    PurgeDesign,
}

impl Reasons {
    const fn group(&self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Cancel => "cancel",
            Self::CancelOrder => "order-cancel",
            Self::MoveOrder(_) | Self::MoveProduct => "order-move",
            Self::DeleteOrder => "order-delete",
            Self::PurgeDesign => "design-purge",
        }
    }
    /// How many there are; the last one is «Alasan lain», which fills nothing.
    const COUNT: usize = 5;

    /// What the client reads for a ready reason. Clients read Indonesian, whatever the language of the window.
    fn text(&self, n: usize) -> String {
        if n + 1 == Self::COUNT { String::new() } else { for_clients(|words| words.text(&format!("{}-text-{}", self.group(), n + 1))) }
    }
    /// As what the client is told of it; nothing where they are not.
    fn told(&self) -> Option<NotificationKind> {
        Some(match self {
            Self::Reject => NotificationKind::ConsultationRejected,
            Self::Cancel => NotificationKind::ConsultationCancelled,
            Self::CancelOrder => NotificationKind::of_order(&OrderStatus::Cancelled),
            Self::MoveOrder(to) => NotificationKind::of_order(to),
            Self::DeleteOrder => NotificationKind::OrderDeleted,
            Self::MoveProduct | Self::PurgeDesign => return None,
        })
    }
}

/// A reason as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct Typing {
    shell: Shell,
    /// Which ready reasons are offered; they stay the same as long as the dialog is open.
    reasons: Signal<Reasons>,
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
            let ready = self.reasons.peek().text(n);
            self.put(ready);
        }
    }
    /// Which ready reason is in the box; any other text is the person's own.
    fn chosen(self) -> Option<usize> {
        let text = self.text.read();
        let reasons = self.reasons.read();
        let ready = (0..Reasons::COUNT - 1).find(|n| reasons.text(*n) == *text);
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
    let told = reasons.told().is_some();
    let reasons = use_signal(|| reasons);
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
                    if shell.is_offline() {
                        {t.text("sent-later")}
                    } else if hold > 0 {
                        {t.count("sent-in", i64::from(hold))}
                    } else {
                        {t.text("sent-at-once")}
                    }
                }
                CancelButton { id: "reason", oncancel: move |()| onclose.call(()) }
                Button { text: submit, look: Look::Danger, keys: "Ctrl+Enter", onpress: move |()| typing.send() }
            },
            Ready { typing }
            Words { typing, error, unread: told && unread, told }
            if told && !unread {
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
    let group = typing.reasons.read().group();
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
fn Words(typing: Typing, error: Option<String>, unread: bool, told: bool) -> Element {
    let t = use_words();
    let length = typing.text.read().chars().count();
    let wrong = (typing.wrong)().or(error);
    let left = Reason::MOST.saturating_sub(length);
    rsx! {
        div { class: "field",
            div { class: "label",
                label { r#for: BOX, {t.text(if told { "reason-text" } else { "reason" })} }
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
    let Some(told) = typing.reasons.read().told() else { return rsx! {} };
    let title = client_reads(&told);
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
