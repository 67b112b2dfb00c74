//! `GET /v1/feed`

use axum::{extract::State, response::Response};
use domain::wire::Line;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

use super::{NDJSON, RouteError};
use crate::{
    accounts::Session,
    app::App,
    feed::{Ask, Page, Plan, Reader},
    http::{BadQuery, Query, Staff, limit, streamed},
    routes::{Endpoint, Who},
};

/// The most rows of a page.
const MOST: u32 = 5_000;
/// The rows of a page where nothing else is said.
const USUAL: u32 = 1_000;
/// The longest an answer is held, in seconds.
const LONGEST: u64 = 25;

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    after: Option<String>,
    before: Option<String>,
    limit: Option<u32>,
    wait: Option<u64>,
    check: Option<u8>,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/feed", handler)
        .says("feed", "A page of one's feed: upwards from `after`, downwards from `before`, or empty with the head.")
        .by(Who::Staff)
        .query("after", "Upwards: numbers above this cursor's.", json!({ "type": "string" }))
        .query("before", "Downwards: puts only, numbers up to this cursor's.", json!({ "type": "string" }))
        .query("limit", "About how many records.", json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .query(
            "wait",
            "With `after`: seconds the answer is held while there is nothing.",
            json!({ "type": "integer", "minimum": 0, "maximum": LONGEST }),
        )
        .query("check", "Adds count and sum to a page that ends at the head, upwards.", json!({ "type": "integer", "enum": [0, 1] }))
        .answers_as::<Line<'static>>(200, "Lines of NDJSON; each is one of these.", NDJSON)
        .fault(400, "`malformed`: a cursor or a number that cannot be read.")
        .fault(410, "`cursor_reset`: the cursor belongs to another database, another history or other rights.")
}

impl Asked {
    fn read(&self) -> Result<Ask, RouteError> {
        let limit = limit(self.limit, USUAL, MOST)?;
        let check = match self.check {
            None | Some(0) => false,
            Some(1) => true,
            Some(_) => return Err(BadQuery("check").into()),
        };
        match (&self.after, &self.before) {
            (None, None) => Ok(Ask::Head { check }),
            (Some(after), None) => Ok(Ask::Up { after: after.parse().map_err(|_| BadQuery("after"))?, limit, check }),
            (None, Some(before)) => Ok(Ask::Down { before: before.parse().map_err(|_| BadQuery("before"))?, limit }),
            (Some(_), Some(_)) => Err(BadQuery("before").into()),
        }
    }
}

async fn handler(State(app): State<App>, Staff(who): Staff, Query(asked): Query<Asked>) -> Result<Response, RouteError> {
    let ask = asked.read()?;
    let wait = Duration::from_secs(asked.wait.unwrap_or(0).min(LONGEST));
    let (turn, reader, plan) = match ask {
        Ask::Up { .. } if !wait.is_zero() => held(&app, &who, ask, wait).await?,
        _ => planned(&app, &who, ask).await?,
    };
    Ok(streamed(NDJSON, Page::write(reader, plan, turn)))
}

type Planned = (Option<tokio::sync::OwnedSemaphorePermit>, Reader, Plan);

pub(super) async fn planned(app: &App, who: &Session, ask: Ask) -> Result<Planned, RouteError> {
    let turn = app.pages.turn(&ask).await;
    let mut reader = Reader::open(&*app.store, who).await?;
    let plan = reader.plan(ask).await?;
    Ok((turn, reader, plan))
}

/// Holds the answer while there is nothing, without holding a snapshot.
async fn held(app: &App, who: &Session, ask: Ask, wait: Duration) -> Result<Planned, RouteError> {
    let until = Instant::now() + wait;
    let mut drain = app.draining();
    loop {
        let mut moved = app.ring.moved();
        let (turn, reader, plan) = planned(app, who, ask).await?;
        if !plan.is_empty() || Instant::now() >= until || *drain.borrow() {
            return Ok((turn, reader, plan));
        }
        let read_to = plan.place.seq;
        drop((turn, reader, plan));
        loop {
            tokio::select! {
                biased;
                _ = moved.changed() => {}
                _ = drain.changed() => break,
                () = sleep_until(until) => break,
            }
            if app.ring.has_news(who, read_to) {
                break;
            }
        }
    }
}
