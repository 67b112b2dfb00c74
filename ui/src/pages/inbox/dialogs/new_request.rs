//! «Permintaan baru»: the staff enters a request for a client. It works without a network too; the desk says when the
//! server must decide.

use bridge::{DeskError, Prediction};
use dioxus::prelude::*;
use domain::{
    id::ConsultationId,
    text::{Invalid, RequestNote, Topic},
    time::{Day, Zone},
    words::isolate,
};

use super::request_form::{Form, Part, Wrong};
use crate::{
    components::{
        button::{Button, Look},
        calendar::DayInput,
        choice::Select,
        dialog::{CancelButton, Dialog, close},
        field::{Field, FormError, LongText, TextInput},
    },
    giving::Giving,
    pages::{
        dialogs::{ClientField, ClientForm, ClientPart, SOURCES, entered},
        inbox::{InboxState, state::reference},
    },
    shell::{Shell, put, task},
    words::{invalid, use_words, wire_word},
};

/// Enters the client, if they are new, and then their request.
async fn enter(
    client: Signal<ClientForm>,
    form: Signal<Form>,
    giving: Giving,
    day: Day,
    shell: Shell,
) -> Result<(ConsultationId, Prediction), DeskError> {
    let typed = form.peek().clone();
    let (whose, name, id) = entered(client, giving).await?;
    let id = ConsultationId::from(id);
    let done = shell.words().with("done-consultation-request", &[("name", isolate(&name).into())]);
    let submitted = giving.give(typed.request(id, whose, day).into(), Vec::new(), done).await?;
    Ok((id, submitted.prediction))
}

/// The dialog.
#[component]
pub(super) fn NewRequest() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let client = use_signal(|| ClientForm::new(shell.org_zone()));
    let form = use_signal(Form::new);
    let mut tried = use_signal(|| false);
    let error = use_signal(|| None::<String>);
    // the day is judged in WIB, wherever the organisation is.
    let today = shell.clock.minute().day(Zone::Wib);
    let words = t.clone();
    let says_of_client = use_callback(move |field: ClientField| {
        let client = client.read();
        let waits = client.waits_for().filter(|_| field == ClientField::Who);
        let waits = waits.map(|request| words.with("client-waits-number", &[("number", isolate(&request.number).into())]));
        waits.or_else(|| client.says(field, tried(), &words))
    });
    let words = t.clone();
    let says = use_callback(move |part: Part| {
        let wrong = form.read().wrongs(today).into_iter().find(|(p, _)| *p == part).map(|(_, wrong)| wrong)?;
        // What is merely not typed yet is only said once somebody tried to send it.
        (tried() || wrong != Wrong::Value(Invalid::Required)).then(|| match wrong {
            Wrong::Value(why) => invalid(&words, why),
            Wrong::Rule(key) => words.text(key),
        })
    });
    let open = use_callback(move |id| lead_to(inbox, id));
    let send = use_callback(move |()| {
        tried.set(true);
        let of_client = client.peek().wrongs().first().map(|(field, _)| *field);
        let of_client = of_client.or_else(|| client.peek().waits_for().map(|_| ClientField::Who));
        let wrong = form.peek().wrongs(today).first().map(|(part, _)| *part);
        let day = form.peek().chosen_day(today).filter(|_| wrong.is_none());
        let day = match (of_client, day) {
            (None, Some(day)) => day,
            (Some(field), _) => return field.focus(),
            (None, None) => return focus_on(wrong.unwrap_or(Part::Day)),
        };
        task(async move {
            match enter(client, form, giving, day, shell).await {
                Ok((id, prediction)) => {
                    if prediction == Prediction::ServerDecides {
                        shell.say(&shell.words().text("predict-server"));
                    }
                    lead_to(inbox, id);
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        Dialog {
            id: "new-request",
            guarded: true,
            title: rsx! {
                {t.text("new-request-title")}
            },
            sub: rsx! {
                {t.text("new-request-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "act-why grow", {t.text("new-request-foot")} }
                CancelButton { id: "new-request", oncancel: move |()| shell.close() }
                Button { text: t.text("new-request-submit"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            ClientPart { form: client, says: says_of_client, next: "request-day", onwaiting: open }
            RequestPart { form, says, today }
            if let Some(error) = error() {
                FormError { id: "new-request-error", text: error }
            }
        }
    }
}

/// Closes the dialog and opens a request: the one that was entered, or the one that waits.
fn lead_to(inbox: InboxState, id: ConsultationId) {
    close("new-request");
    inbox.shell.close();
    inbox.open(reference(id));
}

fn focus_on(part: Part) {
    crate::browser::focus(match part {
        Part::Day => "request-day",
        Part::Topic => "request-topic",
        Part::Note => "request-note",
    });
}

/// What is asked for.
#[component]
fn RequestPart(mut form: Signal<Form>, says: Callback<Part, Option<String>>, today: Day) -> Element {
    let t = use_words();
    let typed = form.read().clone();
    let chosen = typed.chosen_day(today);
    let understood = chosen.map(|day| t.date_long(day)).unwrap_or_else(|| t.text("day-hint"));
    let (day, topic, note) = (says.call(Part::Day), says.call(Part::Topic), says.call(Part::Note));
    let topic_length = typed.topic.chars().count();
    rsx! {
        div { class: "two",
            Field { id: "request-day", label: t.text("fact-date"), hint: Some(understood), error: day.clone(),
                DayInput {
                    id: "request-day",
                    value: typed.day,
                    chosen,
                    today,
                    least: today,
                    most: today.next_year(),
                    invalid: day.is_some(),
                    required: true,
                    placeholder: t.text("day-placeholder"),
                    oninput: move |text| form.write().day = text,
                }
            }
            Field { id: "request-source", label: t.text("fact-source"),
                Select {
                    id: "request-source",
                    options: SOURCES.iter().map(|source| (source.wire().to_owned(), wire_word(&t, "source", source.wire()))).collect::<Vec<_>>(),
                    chosen: typed.source.wire(),
                    onchoose: move |n: usize| form.write().source = SOURCES[n].clone(),
                }
            }
        }
        Field {
            id: "request-topic",
            label: t.text("fact-topic"),
            aside: rsx! {
                span { class: "t3 num", "{topic_length} / {Topic::MOST}" }
            },
            hint: Some(t.text("optional")),
            error: topic.clone(),
            TextInput {
                id: "request-topic",
                value: typed.topic,
                invalid: topic.is_some(),
                described: true,
                placeholder: t.text("topic-placeholder"),
                oninput: move |text| form.write().topic = text,
            }
        }
        LongText {
            id: "request-note",
            label: t.text("fact-note"),
            value: typed.note,
            most: RequestNote::MOST,
            rows: 2,
            error: note,
            oninput: move |text| form.write().note = text,
        }
    }
}
