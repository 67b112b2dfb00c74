//! «Permintaan baru»: the staff enters a request for a client. It works without a network too; the desk says when the
//! server must decide.

use bridge::{DeskError, NewIds, Prediction};
use dioxus::prelude::*;
use domain::{
    id::{ClientId, ConsultationId},
    records::Source,
    text::{RequestNote, Topic},
    time::{Day, Zone},
    words::isolate,
};

use super::{
    client::ClientPart,
    request_form::{Form, Part, Whose, Wrong},
};
use crate::{
    components::{
        button::{Button, Look},
        calendar::DayInput,
        choice::Select,
        dialog::{CancelButton, Dialog, close},
        field::{Field, FieldFoot, FormError, TextInput},
    },
    gateway::ask,
    giving::Giving,
    pages::inbox::{InboxState, state::reference},
    shell::{Shell, put, task},
    words::{invalid, use_words, wire_word},
};

/// The sources that the staff can name: a client's own request is never entered by hand.
const SOURCES: [Source; 5] = [Source::Phone, Source::Whatsapp, Source::Email, Source::WalkIn, Source::Other];

/// Enters the client, if they are new, and then their request. What was entered is not entered twice: the form keeps the
/// client when the request is refused.
async fn enter(form: Signal<Form>, giving: Giving, day: Day, shell: Shell) -> Result<(ConsultationId, Prediction), DeskError> {
    // The form as it was sent: by the time of an answer it may be closed.
    let mut typed = form.peek().clone();
    let ids = ask(NewIds { count: 2 }).await?.ids;
    let (Some(first), Some(second)) = (ids.first(), ids.get(1)) else { return Err(DeskError::new(bridge::ErrorCode::Internal)) };
    let client = match &typed.whose {
        Whose::Known { id, .. } => *id,
        Whose::New | Whose::Nobody => {
            let id = ClientId::from(*first);
            giving.give_quietly(typed.create_client(id).into(), Vec::new()).await?;
            typed.whose = Whose::Known { id, name: typed.name.clone(), waiting: None };
            put(form, typed.clone());
            id
        }
    };
    let id = ConsultationId::from(*second);
    let name = match &typed.whose {
        Whose::Known { name, .. } => name.clone(),
        _ => typed.name.clone(),
    };
    let done = shell.words().with("done-consultation-request", &[("name", isolate(&name).into())]);
    let submitted = giving.give(typed.request(id, client, day).into(), Vec::new(), done).await?;
    Ok((id, submitted.prediction))
}

/// The dialog.
#[component]
pub(super) fn NewRequest() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let form = use_signal(|| Form::new(shell.org_zone()));
    let mut tried = use_signal(|| false);
    let error = use_signal(|| None::<String>);
    // the day is judged in WIB, wherever the organisation is.
    let today = shell.clock.minute().day(Zone::Wib);
    let words = t.clone();
    let says = use_callback(move |part: Part| {
        let wrong = form.read().wrongs(today).into_iter().find(|(p, _)| *p == part).map(|(_, wrong)| wrong)?;
        // What is merely not typed yet is only said once somebody tried to send it.
        let unsaid = matches!(wrong, Wrong::Value(domain::text::Invalid::Required) | Wrong::Rule("new-request-no-client"));
        (tried() || !unsaid).then(|| match wrong {
            Wrong::Value(why) => invalid(&words, why),
            Wrong::Rule(key) => words.text(key),
            Wrong::Waiting(number) => words.with("client-waits-number", &[("number", isolate(&number).into())]),
        })
    });
    let send = use_callback(move |()| {
        tried.set(true);
        let day = form.peek().chosen_day(today);
        let wrong = form.peek().wrongs(today).first().map(|(part, _)| *part);
        let Some(day) = day.filter(|_| wrong.is_none()) else {
            focus_on(wrong.unwrap_or(Part::Day));
            return;
        };
        task(async move {
            match enter(form, giving, day, shell).await {
                Ok((id, prediction)) => {
                    close("new-request");
                    shell.close();
                    if prediction == Prediction::ServerDecides {
                        shell.say(&shell.words().text("predict-server"));
                    }
                    inbox.open(reference(id));
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        Dialog {
            id: "new-request",
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
            ClientPart { form, says }
            RequestPart { form, says, today }
            if let Some(error) = error() {
                FormError { id: "new-request-error", text: error }
            }
        }
    }
}

fn focus_on(part: Part) {
    crate::browser::focus(match part {
        Part::Client => "client-find",
        Part::Name => "client-name",
        Part::Phone => "client-phone",
        Part::Email => "client-email",
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
    let (topic_length, note_length) = (typed.topic.chars().count(), typed.note.chars().count());
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
            error: topic.clone(),
            TextInput {
                id: "request-topic",
                value: typed.topic,
                invalid: topic.is_some(),
                placeholder: t.text("topic-placeholder"),
                oninput: move |text| form.write().topic = text,
            }
        }
        div { class: "field",
            div { class: "label",
                label { r#for: "request-note", {t.text("fact-note")} }
                span { class: "push t3 num", "{note_length} / {RequestNote::MOST}" }
            }
            textarea {
                class: if note.is_some() { "input is-bad" } else { "input" },
                id: "request-note",
                rows: "2",
                value: typed.note,
                "aria-invalid": note.is_some().then_some("true"),
                "aria-describedby": note.is_some().then_some("request-note-hint"),
                oninput: move |event| form.write().note = event.value(),
            }
            FieldFoot { id: "request-note", hint: None, error: note.clone() }
        }
    }
}
