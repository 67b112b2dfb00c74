//! `DELETE /v1/uploads/{id}`

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{ONE, RouteError, of_one, taken, tus};
use crate::{
    accounts::Session,
    app::App,
    files::forget,
    http::{Anyone, no_content},
    routes::Endpoint,
};

pub(super) fn endpoint() -> Endpoint {
    of_one(Endpoint::delete(ONE, handler), "Gives an upload up. A file that was made of one stays.")
        .answers_nothing(204, "What had arrived is gone.")
}

async fn handler(State(app): State<App>, Anyone(who): Anyone, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, RouteError> {
    end(&app, &who, &id, &headers).await
}

pub(super) async fn end(app: &App, who: &Session, id: &str, headers: &HeaderMap) -> Result<Response, RouteError> {
    tus::speaks(headers)?;
    let (upload, _turn) = taken(app, who, id).await?;
    forget(app, &upload).await?;
    Ok(no_content())
}
