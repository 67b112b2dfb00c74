//! `GET /api/orders/{id}/designs/{version}/file`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{named, of_version};
use crate::{
    app::App,
    files::Holding,
    http::Client,
    routes::{
        Endpoint, Who,
        files::serve::{ServeError, can_be_purged, described, serve},
    },
};

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::get("/api/orders/{id}/designs/{version}/file", handler)
        .says("client", "The file of a version that one was shown. It is to be saved, never to be shown as a page.")
        .by(Who::Client);
    described(can_be_purged(of_version(endpoint)))
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ServeError> {
    let mut now = app.store.read().await?;
    let design = named(&mut *now, &who, &path).await?.ok_or(ServeError::NotFound)?;
    // Reading may take long, and a snapshot keeps others waiting.
    drop(now);
    if design.purged.is_some() {
        return Err(ServeError::Purged);
    }
    serve(&app, &design.sha256, &Holding::from(&design), &headers).await
}
