//! `GET /v1/clients/{id}/export`, `POST /v1/clients/{id}/erase`: what the law gives clients, done by an admin.

#[cfg(test)]
mod left;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    command::Command,
    commands::client::{Erase, Export, KEEPERS},
    decision::Code,
    id::{ClientId, CommandId, UserId},
    records::Client,
    role::Actor,
    wire::{EraseClient, OutcomeStatus},
};

use crate::{
    accounts::{AccountChange, ChangeAccount, Session},
    app::App,
    client_data::{self, export, lookup},
    http::{Fault, Json, Staff, json, no_content},
    routes::{Endpoint, Who},
    writer::WriteError,
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/v1/clients/{id}/export", take)
            .says("clients", "Everything of a client that is theirs to read, for whoever asks for it on their behalf.")
            .by(Who::Staff)
            .id("The client.")
            .answers::<client_data::Export>(200, "The same as `meja-server client export` prints.")
            .fault(403, "`not_allowed`: who is no admin.")
            .fault(404, "`not_found`: there is no such client."),
        Endpoint::post("/v1/clients/{id}/erase", erase)
            .says("clients", "Erases everything that tells who a client is, also beside the records. Numbers, days and verdicts stay.")
            .by(Who::Staff)
            .id("The client.")
            .takes::<EraseClient>()
            .answers_nothing(204, "They are erased. The records come by the feed.")
            .fault(403, "`not_allowed`: who is no admin.")
            .fault(404, "`not_found`: there is no such client.")
            .fault(422, "`stale`: they are called otherwise. `erased`: they were erased before."),
    ]
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("there is no such client")]
    NotFound,
    #[error("only an admin may")]
    NotAllowed,
    #[error("the client is called otherwise")]
    OtherName,
    #[error("the rulebook refuses")]
    Refused(Fault),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::NotAllowed => Fault::new(StatusCode::FORBIDDEN, "not_allowed"),
            Self::OtherName => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "stale"),
            Self::Refused(fault) => fault,
            Self::Store(error) => error.into(),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

/// The client that a path names, for whoever may look after their data.
async fn client(app: &App, who: &Session, id: &str) -> Result<Client, RouteError> {
    if !who.actor().is_any(KEEPERS) {
        return Err(RouteError::NotAllowed);
    }
    let id: ClientId = id.parse().map_err(|_| RouteError::NotFound)?;
    lookup(&mut *app.store.read().await?, id).await?.ok_or(RouteError::NotFound)
}

async fn take(State(app): State<App>, Staff(who): Staff, Path(id): Path<String>) -> Result<Response, RouteError> {
    let client = client(&app, &who, &id).await?;
    // Noted before it is given. Of somebody who was erased there is nothing left to give.
    if client.erased_at.is_none() {
        give(&app, &who, Export { id: client.id }.into(), None, AccountChange::Record).await?;
    }
    Ok(json(StatusCode::OK, &export(&*app.store, &app.shell, client).await?))
}

async fn erase(
    State(app): State<App>,
    Staff(who): Staff,
    Path(id): Path<String>,
    Json(asked): Json<EraseClient>,
) -> Result<Response, RouteError> {
    let client = client(&app, &who, &id).await?;
    // Of somebody who was erased nobody knows the name any more: that they were is what is answered.
    if client.erased_at.is_none() && asked.name.trim() != client.name.as_str() {
        return Err(RouteError::OtherName);
    }
    give(&app, &who, Erase { id: client.id }.into(), client.user_id, AccountChange::End).await?;
    Ok(no_content())
}

/// Gives a command of the system's, with this person as who did it.
async fn give(app: &App, who: &Session, command: Command, user: Option<UserId>, change: AccountChange) -> Result<(), RouteError> {
    let actor = Actor::system_for(who.user.person(), who.device);
    let change = ChangeAccount::new(CommandId::from_uuid(app.shell.uuid()), command, user, change).by(actor);
    let outcome = app.writer.write(change).await?.outcome;
    match outcome.code {
        _ if outcome.status == OutcomeStatus::Applied => Ok(()),
        Some(Code::NotFound) => Err(RouteError::NotFound),
        _ => Err(RouteError::Refused(Fault::refused(&outcome))),
    }
}
