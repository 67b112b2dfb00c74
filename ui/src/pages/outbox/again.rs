//! «Ubah dan kirim lagi»: what was typed comes back before the person, and goes out under a new id.

use bridge::{DeskError, OutboxEntry, Settle, SettleHow};
use dioxus::prelude::*;
use domain::{time::UtcMillis, words::isolate};
use serde_json::{Value, json};

use super::{acts::reasons_of, list::name_of};
use crate::{
    components::dialog::{CancelButton, Dialog, close},
    gateway::ask,
    pages::{dialogs::ReasonDialog, inbox::SnoozeBody},
    shell::{Shell, put, task},
    words::use_words,
};

/// The arguments with one of them changed.
fn with(args: &Value, field: &str, value: Value) -> Value {
    let mut args = args.clone();
    if let Some(fields) = args.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
    args
}

async fn send(entry: &OutboxEntry, args: Value) -> Result<(), DeskError> {
    ask(Settle { id: entry.id, how: SettleHow::SendAgain { args } }).await
}

/// The dialog for a command.
#[component]
pub(crate) fn Again(entry: OutboxEntry) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    let given = entry.clone();
    let again = use_callback(move |(dialog, field, value): (&'static str, &'static str, Value)| {
        let entry = given.clone();
        task(async move {
            match send(&entry, with(&entry.args, field, value)).await {
                Ok(()) => {
                    close(dialog);
                    shell.close();
                    shell.say(&shell.words().text("settled-sent"));
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    let title = t.with("again-title", &[("act", name_of(&t, &entry.act).into()), ("name", isolate(&entry.title).into())]);
    let reason = entry.args.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some((reasons, submit)) = reasons_of(&entry) {
        return rsx! {
            ReasonDialog {
                reasons,
                title: rsx! {
                    {title}
                },
                sub: rsx! {
                    {t.text("again-sub")}
                },
                submit: t.text(submit),
                initial: reason,
                error: error(),
                unread: false,
                ondraft: |_| {},
                onsubmit: move |reason: String| again.call(("reason", "reason", json!(reason))),
                onclose: move |()| shell.close(),
            }
        };
    }
    rsx! {
        Dialog {
            id: "again",
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {t.text("again-sub")}
            },
            onclose: move |()| shell.close(),
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "again", oncancel: move |()| shell.close() }
            },
            if let Some(error) = error() {
                p { class: "err", role: "alert", {error} }
            }
            SnoozeBody {
                due_at: UtcMillis::from_ms(i64::MAX),
                onpick: move |until: UtcMillis| again.call(("again", "until", json!(until))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_edited_changes() {
        let args = json!({"id": "x", "reason": "lama", "later": 1});
        assert_eq!(with(&args, "reason", json!("baru")), json!({"id": "x", "reason": "baru", "later": 1}));
    }
}
