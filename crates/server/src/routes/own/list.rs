//! A list of one's own: `GET /api/consultations`, `GET /api/orders`.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::RecordId, wire::ListPage};
use serde::Deserialize;
use serde_json::json as schema;
use store::Stored;

use super::Shown;
use crate::{
    app::App,
    http::{BadQuery, Client, Fault, Query, json, limit, part},
    routes::{Endpoint, Who},
};

/// The most records of a page.
pub(in crate::routes) const MOST: u32 = 100;
/// The records of a page where nothing else is said.
pub(in crate::routes) const USUAL: u32 = 15;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::routes) struct Asked {
    /// The `next` of the page before.
    pub(in crate::routes) after: Option<String>,
    limit: Option<u32>,
}

/// Cuts a list that was asked for with one more than a page has; whether there was one more.
pub(in crate::routes) fn cut(found: &mut Vec<Stored>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    more
}

impl Asked {
    /// How many records are wanted, no more than a page has.
    pub(in crate::routes) fn limit(&self) -> Result<u32, BadQuery> {
        limit(self.limit, USUAL, MOST)
    }
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    Query(#[from] BadQuery),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Query(error) => error.into(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

/// The list at this address.
pub(in crate::routes) fn endpoint<T: Shown>(path: &'static str, says: &'static str) -> Endpoint {
    Endpoint::get(path, handler::<T>)
        .says("client", says)
        .by(Who::Client)
        .query("after", "The `next` of the page before.", schema!({ "type": "string" }))
        .query("limit", "How many.", schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .answers::<ListPage<T>>(200, "A page, and where it goes on.")
        .fault(400, "`malformed`: a place or a number that cannot be read.")
}

async fn handler<T: Shown>(State(app): State<App>, Client(who): Client, Query(asked): Query<Asked>) -> Result<Response, RouteError> {
    let limit = asked.limit()?;
    let before: Option<RecordId> = part("after", asked.after.as_deref())?;
    let mut found = app.store.read().await?.own(T::KIND, who.id(), before, limit + 1).await?;
    let more = cut(&mut found, limit);
    let next = found.last().filter(|_| more).map(|stored| stored.held.record.id().to_string());
    let items: Vec<T> = found.iter().filter_map(|stored| T::of(&stored.held.record)).collect();
    Ok(json(StatusCode::OK, &ListPage { items, next }))
}
