//! «Gabungkan …»: who is the same person, both side by side, and which of them stays.

mod compare;
mod who;

use bridge::{ClientDetail, ClientDetailReply, DeskError, VerdictState};
use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::client,
    id::ClientId,
    record::RecordRef,
    records::Client,
    words::isolate,
};

use super::state::{ClientsState, reference};
use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::FormError,
    },
    gateway::ask,
    giving::Giving,
    pages::rows::done,
    shell::{Shell, put, task},
    words::{self, use_words},
};

const ID: &str = "client-merge";
const WHY: &str = "client-merge-why";

/// What is known of the one who stays, and of the one who goes.
type Both = (ClientDetailReply, ClientDetailReply);

/// The dialog, about the client who is open and whoever may be the same person.
#[component]
pub(super) fn MergeClient(record: RecordRef) -> Element {
    let clients = use_context::<ClientsState>();
    let known = use_hook(|| {
        let alike = clients.opened.peek().reply.as_ref().map(|reply| reply.alike.clone()).unwrap_or_default();
        clients.client().filter(|it| reference(it.id) == record).map(|it| (it, alike))
    });
    let Some((it, alike)) = known else { return rsx! {} };
    rsx! {
        Question { it, alike }
    }
}

/// Who stays unless somebody says otherwise: the one with an account, else whoever came first.
fn stays_first(one: &Client, other: &Client) -> ClientId {
    let rank = |it: &Client| (it.user_id.is_none(), it.since(), it.id);
    if rank(other) < rank(one) { other.id } else { one.id }
}

/// Reads both, and what the rulebook says of it.
async fn read(stays: ClientId, goes: ClientId) -> Result<Both, DeskError> {
    let one = ask(ClientDetail { record: reference(stays), merge: Some(goes) }).await?;
    Ok((one, ask(ClientDetail { record: reference(goes), merge: None }).await?))
}

/// Why these two cannot be one, in words.
fn why_not(shell: Shell, stays: &ClientDetailReply) -> Option<String> {
    let said = stays.verdicts.iter().find(|it| it.act == client::Merge::NAME)?;
    let VerdictState::Refused { code, details, .. } = &said.verdict else { return None };
    Some(words::refusal(&shell.words(), code, details, shell.clock.minute(), shell.zone()))
}

/// Makes them one, and opens whoever stays: everything of both is there from then on. `record` is the one who is open.
fn merge(
    record: RecordRef,
    (stays, goes): (Client, Client),
    mut busy: Signal<bool>,
    mut error: Signal<Option<String>>,
    (shell, clients, giving): (Shell, ClientsState, Giving),
) {
    if *busy.peek() {
        return;
    }
    busy.set(true);
    error.set(None);
    let merge = client::Merge { id: stays.id, from: goes.id };
    let done = done(shell, client::Merge::NAME, stays.name.as_str());
    task(async move {
        let given = giving.give(Command::from(merge), vec![reference(stays.id), reference(goes.id)], done).await;
        put(busy, false);
        match given {
            Ok(_) => {
                close(ID);
                shell.close();
                if reference(stays.id) != record {
                    clients.open(reference(stays.id));
                }
            }
            Err(failure) => put(error, Some(shell.trouble(&failure))),
        }
    });
}

#[component]
fn Question(it: Client, alike: Vec<Client>) -> Element {
    let shell = use_context::<Shell>();
    let clients = use_context::<ClientsState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let other = use_signal(|| alike.first().cloned());
    let chosen = use_signal(|| None::<ClientId>);
    let error = use_signal(|| None::<String>);
    let this = it.clone();
    // Who stays, and who goes.
    let pair = use_memo(move || {
        let other = other()?;
        let stays = chosen().filter(|id| [this.id, other.id].contains(id)).unwrap_or_else(|| stays_first(&this, &other));
        Some(if stays == this.id { (this.clone(), other) } else { (other, this.clone()) })
    });
    let both = use_resource(move || async move {
        match pair() {
            Some((stays, goes)) => Some(read(stays.id, goes.id).await),
            None => None,
        }
    });
    // What was read of another pair says nothing of this one.
    let here = |both: &Both, (stays, goes): &(Client, Client)| both.0.client.id == stays.id && both.1.client.id == goes.id;
    let told = match (&*both.read(), pair()) {
        (Some(Some(Ok(both))), Some(pair)) if here(both, &pair) => Some(both.clone()),
        _ => None,
    };
    let failed = match &*both.read() {
        Some(Some(Err(failure))) => Some(shell.trouble(failure)),
        _ => told.as_ref().and_then(|(stays, _)| why_not(shell, stays)),
    };
    let may = told.is_some() && failed.is_none();
    let (record, busy) = (reference(it.id), use_signal(|| false));
    let send = use_callback(move |()| {
        if let Some(pair) = pair.peek().clone().filter(|_| may) {
            merge(record, pair, busy, error, (shell, clients, giving));
        }
    });
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-w",
            title: rsx! {
                {t.with("client-merge-title", &[("name", isolate(it.name.as_str()).into())])}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                Foot { may, why: failed.is_some(), onsend: send }
            },
            who::Who { it: it.id, alike, other }
            if let Some((stays, goes)) = pair() {
                compare::Compare { first: it, stays, goes, told, chosen }
            }
            if let Some(text) = error().or(failed) {
                FormError { text, id: WHY }
            }
        }
    }
}

/// The buttons.
#[component]
fn Foot(may: bool, why: bool, onsend: Callback<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        span { class: "grow" }
        CancelButton { id: ID, oncancel: move |()| shell.close() }
        Button {
            text: t.text("client-merge-submit"),
            look: Look::Primary,
            keys: "Ctrl+Enter",
            disabled: !may,
            described_by: why.then(|| WHY.to_owned()),
            onpress: onsend,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn client(n: u8, account: bool, at: &str) -> Client {
        let id = format!("019abf6b-9d3c-7c11-8a52-0123456789{n:02x}");
        let mut it = json!({ "id": id, "name": "Rani Kusuma", "zone": "Asia/Jakarta", "created_at": at, "updated_at": at });
        if account {
            it["user_id"] = json!(id);
        }
        serde_json::from_value(it).unwrap()
    }

    #[test]
    fn who_has_an_account_stays_and_else_who_came_first() {
        let [old, new] = ["2026-01-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"];
        for (one, other) in [
            (client(1, true, new), client(2, false, old)),
            (client(1, false, old), client(2, false, new)),
            (client(1, false, old), client(2, false, old)),
        ] {
            assert_eq!(stays_first(&one, &other), one.id);
            assert_eq!(stays_first(&other, &one), one.id, "whichever is open");
        }
    }
}
