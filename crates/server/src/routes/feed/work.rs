//! `GET /v1/feed/work`

use axum::{extract::State, response::Response};
use domain::wire::Line;

use super::{NDJSON, RouteError, page::planned};
use crate::{
    app::App,
    feed::{Ask, Page},
    http::{Staff, streamed},
    routes::{Endpoint, Who},
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/feed/work", handler)
        .says("feed", "Every open record of whoever asks, and the records they name, at one head, in one answer without marks.")
        .by(Who::Staff)
        .answers_as::<Line<'static>>(200, "Lines of NDJSON; the cursor of the page is good for `after` and `before`.", NDJSON)
}

async fn handler(State(app): State<App>, Staff(who): Staff) -> Result<Response, RouteError> {
    let (turn, reader, plan) = planned(&app, &who, Ask::Work).await?;
    Ok(streamed(NDJSON, Page::write(reader, plan, turn)))
}
