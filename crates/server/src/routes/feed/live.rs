//! `GET /v1/feed/live`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::wire::{At, Changes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{EVENTS, RouteError};
use crate::{
    accounts::Session,
    app::App,
    feed::{Audience, Begin, Cursor, stream},
    http::{BadQuery, Query, Staff, bearer, part, streamed},
    routes::{Endpoint, Who},
};

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    after: Option<String>,
}

/// The data of an event.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only described, the stream writes the text itself")]
enum Event {
    /// `event: changes`
    Changes(Changes<'static>),
    /// `event: at`
    At(At),
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/feed/live", handler)
        .says("feed", "Changes as they happen: `changes`, `at` (at least every 15 s), `behind`, `bye` (with `retry`), `reset`.")
        .by(Who::Staff)
        .query("after", "From where; the head if left out.", json!({ "type": "string" }))
        .header("Last-Event-ID", "From where; wins over `after`.")
        .answers_as::<Event>(200, "Server-sent events; the id is a cursor.", EVENTS)
        .fault(400, "`malformed`: a cursor that cannot be read.")
}

async fn handler(
    State(app): State<App>,
    Staff(who): Staff,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let from = from(&headers, asked.after.as_deref())?;
    Ok(live(&app, &who, &headers, Audience::Desk, from).await?)
}

/// Where a stream begins: `Last-Event-ID` wins, an empty one is none.
pub(in crate::routes) fn from(headers: &HeaderMap, after: Option<&str>) -> Result<Option<Cursor>, BadQuery> {
    match headers.get(LAST).filter(|id| !id.is_empty()) {
        Some(id) => id.to_str().ok().and_then(|id| id.parse().ok()).map(Some).ok_or(BadQuery(LAST)),
        None => part("after", after),
    }
}
/// The header in which a stream's reader says what it heard last.
const LAST: &str = "last-event-id";

/// The live stream of this session.
///
/// # Errors
/// When the database is away.
pub(in crate::routes) async fn live(
    app: &App,
    who: &Session,
    headers: &HeaderMap,
    audience: Audience,
    from: Option<Cursor>,
) -> store::Result<Response> {
    let token = bearer(headers).unwrap_or_default().to_owned();
    let watcher = app.watcher();
    let begin = Begin::of(&watcher, who, from).await?;
    let mut response = streamed(EVENTS, stream(watcher, audience, token, who, begin)).into_response();
    *response.status_mut() = StatusCode::OK;
    // Proxies must not hold events back.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}
