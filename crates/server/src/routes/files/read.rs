//! `GET /v1/files/{sha256}`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::file::Sha256;
use serde_json::json;

use super::serve::{ServeError, described, serve};
use crate::{
    app::App,
    files::held_by,
    http::{Fault, Staff},
    routes::{Endpoint, Who},
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("no record that may be seen holds it")]
    NotFound,
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Fault::not_found().into_response(),
            Self::Serve(error) => error.into_response(),
            Self::Store(error) => Fault::from(error).into_response(),
        }
    }
}

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::get("/v1/files/{sha256}", handler)
        .says("files", "A file, for whoever may see a record that holds it. It is to be saved, never to be shown as a page.")
        .by(Who::Staff)
        .path("sha256", "By what its bytes are known.", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
        .fault(404, "`not_found`: no record that you may see holds it, or it is not there.");
    described(endpoint)
}

async fn handler(
    State(app): State<App>,
    Staff(who): Staff,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let sha256: Sha256 = sha256.parse().map_err(|_| RouteError::NotFound)?;
    let mut now = app.store.read().await?;
    let holding = held_by(&mut *now, app.shell.now(), &who, &sha256).await?.ok_or(RouteError::NotFound)?;
    // Reading may take long, and a snapshot keeps others waiting.
    drop(now);
    Ok(serve(&app, &sha256, &holding, &headers).await?)
}
