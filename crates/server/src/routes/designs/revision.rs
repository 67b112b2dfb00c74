//! `POST /api/orders/{id}/designs/{version}/revision`

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{commands::design::RequestRevision, wire::RevisionRequest};

use super::decide::{DecideError, Decision, decide, described};
use crate::{
    app::App,
    http::{Client, Json},
    routes::{Endpoint, once::OnceKey},
};

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::post("/api/orders/{id}/designs/{version}/revision", handler)
        .says("client", "Something is wanted otherwise in the version with these bytes. An order in review is being made again since.")
        .takes::<RevisionRequest>()
        .fault(422, "`reason_required`: it is not said what; `invalid_args`: that is too long, the hash is none, or a place lies outside the picture.");
    described(endpoint)
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(path): Path<(String, String)>,
    Json(body): Json<RevisionRequest>,
) -> Result<Response, DecideError> {
    let decision = Decision { path: &path, verb: "revision", key, body: &body, sha256: &body.sha256 };
    let (comment, pins) = (body.comment.clone(), body.pins.clone());
    decide(&app, &who, decision, |id, sha256| RequestRevision { id, sha256, comment, pins }.into()).await
}
