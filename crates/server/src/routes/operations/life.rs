//! `GET /healthz`, `GET /readyz`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

use crate::{
    app::App,
    files::FilesError,
    http::{Fault, json},
    routes::Endpoint,
};

/// How long the files may take to answer. Whoever asks whether a server is ready does not wait for long.
const PATIENCE: Duration = Duration::from_secs(5);

/// A sign of life.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
struct Life {
    /// `ok`
    status: &'static str,
}

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/healthz", health).says("operations", "Whether the process lives.").answers::<Life>(200, "It does."),
        Endpoint::get("/readyz", ready)
            .says("operations", "Whether database and files can be read and written.")
            .answers::<Life>(200, "They can.")
            .fault(503, "`unavailable`."),
    ]
}

async fn health() -> Response {
    json(StatusCode::OK, &Life { status: "ok" })
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the server drains")]
    Draining,
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Files(#[from] FilesError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match &self {
            Self::Draining => {}
            Self::Store(_) | Self::Files(_) => tracing::warn!(error = %self, "not ready"),
        }
        Fault::unavailable().into_response()
    }
}

async fn ready(State(app): State<App>) -> Result<Response, RouteError> {
    if *app.draining().borrow() {
        return Err(RouteError::Draining);
    }
    app.store.ready().await?;
    let mine = app.shell.uuid().simple().to_string();
    let probed = timeout(PATIENCE, app.shelf.probe(&mine)).await;
    probed.unwrap_or_else(|_| Err(FilesError::Unavailable("no answer in time".into())))?;
    Ok(json(StatusCode::OK, &Life { status: "ok" }))
}
