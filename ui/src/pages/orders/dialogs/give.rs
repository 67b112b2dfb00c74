//! «Pesanan baru» and «Ubah pesanan …»: the staff enters an order for a client, or changes one.

use bridge::{DeskError, Prediction};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::order,
    id::OrderId,
    record::RecordRef,
    time::{UtcMillis, Zone},
    words::isolate,
};

use super::{
    fields::Fields,
    form::{Form, Part},
};
use crate::{
    browser,
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::FormError,
    },
    giving::Giving,
    pages::{
        dialogs::{ClientField, ClientForm, ClientPart, entered},
        orders::{OrdersState, state::reference},
        rows::done,
    },
    shell::{Shell, put, task},
    words::use_words,
};

/// Enters the client, if they are new, and then their order.
async fn enter(
    client: Signal<ClientForm>,
    form: Signal<Form>,
    giving: Giving,
    now: UtcMillis,
    shell: Shell,
) -> Result<(OrderId, Prediction), DeskError> {
    let typed = form.peek().clone();
    let (whose, name, id) = entered(client, giving).await?;
    let id = OrderId::from(id);
    let done = shell.words().with("done-order-create", &[("name", isolate(&name).into())]);
    let submitted = giving.give(typed.create(id, whose, now.day(Zone::Wib)).into(), Vec::new(), done).await?;
    Ok((id, submitted.prediction))
}

/// «Pesanan baru».
#[component]
pub(super) fn NewOrder() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let client = use_signal(|| ClientForm::new(shell.org_zone()));
    let form = use_signal(Form::new);
    let mut tried = use_signal(|| false);
    let error = use_signal(|| None::<String>);
    let now = shell.clock.minute();
    let words = t.clone();
    let says_of_client = use_callback(move |field: ClientField| client.read().says(field, tried(), &words));
    let words = t.clone();
    let says = use_callback(move |part: Part| form.read().says(part, tried(), now, &words));
    let send = use_callback(move |()| {
        tried.set(true);
        let of_client = client.peek().wrongs().first().map(|(field, _)| *field);
        let wrong = form.peek().wrongs(now).first().map(|(part, _)| *part);
        match (of_client, wrong) {
            (Some(field), _) => return field.focus(),
            (None, Some(part)) => {
                browser::focus(part.id());
                return;
            }
            (None, None) => {}
        }
        task(async move {
            match enter(client, form, giving, now, shell).await {
                Ok((id, prediction)) => {
                    close("new-order");
                    shell.close();
                    if prediction == Prediction::ServerDecides {
                        shell.say(&shell.words().text("predict-server"));
                    }
                    orders.open(reference(id));
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        Dialog {
            id: "new-order",
            guarded: true,
            title: rsx! {
                {t.text("new-order-title")}
            },
            sub: rsx! {
                {t.text("new-order-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "act-why grow", {t.text("new-request-foot")} }
                CancelButton { id: "new-order", oncancel: move |()| shell.close() }
                Button { text: t.text("new-order-submit"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            ClientPart { form: client, says: says_of_client, next: "order-kind" }
            Fields { form, says, now, asks_source: true }
            if let Some(error) = error() {
                FormError { id: "new-order-error", text: error }
            }
        }
    }
}

/// «Ubah pesanan …».
#[component]
pub(super) fn EditOrder(record: RecordRef) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    // The order as it was when the dialog opened: a change from elsewhere does not take away what somebody types.
    let it = use_hook(|| orders.order()).filter(|it| reference(it.id) == record);
    let words = t.clone();
    let form = use_signal(|| it.as_ref().map_or_else(Form::new, |it| Form::of(it, &words)));
    let mut error = use_signal(|| None::<String>);
    let now = shell.clock.minute();
    let words = t.clone();
    let says = use_callback(move |part: Part| form.read().says(part, true, now, &words));
    let before = it.clone();
    let words = t.clone();
    let send = use_callback(move |()| {
        let Some(it) = &before else { return };
        if let Some((part, _)) = form.peek().wrongs(now).first() {
            browser::focus(part.id());
            return;
        }
        let Some(edit) = form.peek().edit(it, now.day(Zone::Wib)) else {
            return error.set(Some(words.text("staff-edit-same")));
        };
        let done = done(shell, order::Edit::NAME, it.client_name.as_str());
        task(async move {
            match giving.give(edit.into(), vec![record], done).await {
                Ok(_) => {
                    close("edit-order");
                    shell.close();
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    let Some(it) = it else { return rsx! {} };
    rsx! {
        Dialog {
            id: "edit-order",
            guarded: true,
            title: rsx! {
                {t.with("edit-order-title", &[("name", isolate(it.client_name.as_str()).into())])}
            },
            sub: rsx! {
                bdi { dir: "ltr", "{it.number}" }
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "edit-order", oncancel: move |()| shell.close() }
                Button { text: t.text("order-save"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            Fields { form, says, now, asks_source: false }
            if let Some(error) = error() {
                FormError { text: error }
            }
        }
    }
}
