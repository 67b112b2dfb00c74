//! `POST /api/orders/{id}/designs/{version}/approve`

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{commands::design::Approve, wire::ApproveRequest};

use super::decide::{DecideError, Decision, decide, described};
use crate::{
    app::App,
    http::{Client, Json},
    routes::{Endpoint, once::OnceKey},
};

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::post("/api/orders/{id}/designs/{version}/approve", handler)
        .says("client", "Exactly this version is wanted: the one with these bytes.")
        .takes::<ApproveRequest>()
        .fault(422, "`invalid_args`: the hash is none.");
    described(endpoint)
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(path): Path<(String, String)>,
    Json(body): Json<ApproveRequest>,
) -> Result<Response, DecideError> {
    let decision = Decision { path: &path, verb: "approve", key, body: &body, sha256: &body.sha256 };
    decide(&app, &who, decision, |id, sha256| Approve { id, sha256 }.into()).await
}
