//! `POST /v1/commands/known`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::CommandId,
    text::Invalid,
    wire::{KnownAnswer, KnownRequest, Outcome},
};
use std::collections::HashSet;
use store::StoreError;

use crate::{
    app::App,
    http::{Fault, FieldFault, Json, Staff, json},
    routes::{Endpoint, Who},
};

/// The most bytes of a question.
const LIMIT: usize = 1 << 20;
/// The most ids in one.
const MOST: usize = 10_000;

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("too many ids")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::TooMany => Fault::malformed().with(vec![FieldFault::new("ids", Invalid::TooLong(MOST))]),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/commands/known", handler)
        .says("commands", "Which of these commands the server knows; judges nothing. Somebody else's are unknown.")
        .by(Who::Staff)
        .takes::<KnownRequest>()
        .answers::<KnownAnswer>(200, "The outcomes of those it knows, and the rest.")
}

async fn handler(State(app): State<App>, Staff(who): Staff, Json(asked): Json<KnownRequest, LIMIT>) -> Result<Response, RouteError> {
    if asked.ids.len() > MOST {
        return Err(RouteError::TooMany);
    }
    let mut outcomes = Vec::new();
    let mut found: HashSet<CommandId> = HashSet::new();
    for known in app.store.read().await?.known(&asked.ids).await? {
        if known.user != who.id() {
            continue;
        }
        found.insert(known.id);
        let outcome: Outcome = serde_json::from_str(&known.outcome).map_err(|error| StoreError::Inconsistent {
            table: "outcome".into(),
            column: "outcome".into(),
            id: known.id.to_string(),
            why: error.to_string(),
        })?;
        outcomes.push(outcome);
    }
    let mut said = HashSet::new();
    let unknown = asked.ids.into_iter().filter(|id| !found.contains(id) && said.insert(*id)).collect();
    Ok(json(StatusCode::OK, &KnownAnswer { outcomes, unknown }))
}
