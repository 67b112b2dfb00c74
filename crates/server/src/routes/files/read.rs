//! `GET /v1/files/{sha256}`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{
    held, of_file,
    serve::{ServeError, described, serve},
};
use crate::{
    app::App,
    http::Anyone,
    routes::{Endpoint, Who},
};

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::get("/v1/files/{sha256}", handler)
        .says("files", "A file, for whoever may see a record that holds it. It is to be saved, never to be shown as a page.")
        .by(Who::Anyone)
        .fault(404, "`not_found`: no record that you may see holds it, or it is not there.");
    described(of_file(endpoint))
}

async fn handler(
    State(app): State<App>,
    Anyone(who): Anyone,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServeError> {
    let (sha256, holding) = held(&app, &who, &sha256).await?;
    serve(&app, &sha256, &holding, &headers).await
}
