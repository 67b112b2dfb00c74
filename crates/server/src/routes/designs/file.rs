//! `GET /api/orders/{id}/designs/{version}/file`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::{named, of_version};
use crate::{
    app::App,
    files::Holding,
    http::{Client, Fault},
    routes::{
        Endpoint, Who,
        files::serve::{ServeError, described, serve},
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not yours, not there, or not shown")]
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
    let endpoint = Endpoint::get("/api/orders/{id}/designs/{version}/file", handler)
        .says("client", "The file of a version that one was shown. It is to be saved, never to be shown as a page.")
        .by(Who::Client);
    described(of_version(endpoint))
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let mut now = app.store.read().await?;
    let design = named(&mut *now, &who, &path).await?.ok_or(RouteError::NotFound)?;
    // Reading may take long, and a snapshot keeps others waiting.
    drop(now);
    Ok(serve(&app, &design.sha256, &Holding::from(&design), &headers).await?)
}
