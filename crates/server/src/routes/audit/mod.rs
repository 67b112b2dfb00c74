//! `GET /v1/audit`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::{may_see, reads_all_acts, scope_of},
    audit::Diff,
    id::{CommandId, DeviceId, UserId},
    record::RecordRef,
    time::UtcMillis,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use store::{AuditFilter, AuditRow, Snapshot, Stored};

use crate::{
    accounts::Session,
    app::App,
    http::{Fault, Query, Staff, json as answer},
    routes::{Endpoint, Who},
};

/// The most entries of a page.
const MOST: u32 = 200;
/// The entries of a page where nothing else is said.
const USUAL: u32 = 50;

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    record: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

/// A page of the audit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Page {
    /// Newest first.
    items: Vec<Entry>,
    /// What to ask next with, if there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One act.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Entry {
    /// The command.
    command: CommandId,
    /// When, by the server's clock.
    at: UtcMillis,
    /// Who.
    actor: Actor,
    /// On which device.
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<DeviceId>,
    /// `area.verb`.
    act: String,
    /// What it changed.
    changes: Vec<Change>,
}

/// Who acted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Actor {
    /// Their account.
    id: UserId,
    /// Their name as it was then; missing where it was erased, or nothing of the act may be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// What an act changed in one record.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Change {
    /// The record.
    record: RecordRef,
    /// The revision it got.
    rev: i64,
    /// The fields as they were; missing for a new record, or where the asker may not see them, or where they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Map<String, Value>>,
    /// The fields as they became.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Map<String, Value>>,
    /// The reason that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether the values were erased at a client's wish.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the query cannot be read")]
    Query,
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Query => Fault::malformed(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/audit", handler)
        .says("audit", "Who did what, when and why: admins read all, everybody their own acts. Values of records that the asker may not see are left out.")
        .by(Who::Staff)
        .query("record", "Only acts on this record, `kind/id`.", json!({ "type": "string" }))
        .query("after", "Where a page before this one ended.", json!({ "type": "string" }))
        .query("limit", "How many entries.", json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .answers::<Page>(200, "Newest first.")
        .fault(400, "`malformed`: a record, a place or a number that cannot be read.")
}

async fn handler(State(app): State<App>, Staff(who): Staff, Query(asked): Query<Asked>) -> Result<Response, RouteError> {
    let record = asked.record.as_deref().map(str::parse).transpose().map_err(|_| RouteError::Query)?;
    let before = asked.after.as_deref().map(str::parse).transpose().map_err(|_| RouteError::Query)?;
    let limit = match asked.limit {
        Some(0) => return Err(RouteError::Query),
        limit => limit.unwrap_or(USUAL).min(MOST),
    };
    let actor = (!reads_all_acts(&who.actor())).then(|| who.id());
    let filter = AuditFilter { record, actor, before, limit };
    let mut snapshot = app.store.read().await?;
    let page = snapshot.audit(&filter).await?;
    let visible = visible(&mut *snapshot, &who, &page.rows).await?;
    let next = page.rows.last().filter(|_| page.more).map(|row| row.n.to_string());
    let items = page.rows.into_iter().map(|row| entry(row, &visible)).collect();
    Ok(answer(StatusCode::OK, &Page { items, next }))
}

/// Those of the records in these entries that the asker may see as they are now.
async fn visible(snapshot: &mut dyn Snapshot, who: &Session, rows: &[AuditRow]) -> store::Result<HashSet<RecordRef>> {
    let actor = who.actor();
    let refs: Vec<RecordRef> = rows.iter().flat_map(|row| row.entry.values.iter().map(|(r, _, _)| *r)).collect();
    let records = snapshot.records(&refs).await?;
    let scopes: Vec<RecordRef> = records.iter().filter_map(|stored| scope_of(&stored.held.record)).collect();
    let scopes: HashMap<RecordRef, Stored> =
        snapshot.records(&scopes).await?.into_iter().map(|stored| (stored.held.record.reference(), stored)).collect();
    let may = |stored: &&Stored| {
        let scope = scope_of(&stored.held.record).and_then(|r| scopes.get(&r)).map(|scope| &*scope.held.record);
        may_see(&actor, &stored.held.record, scope)
    };
    Ok(records.iter().filter(may).map(|stored| stored.held.record.reference()).collect())
}

fn entry(row: AuditRow, visible: &HashSet<RecordRef>) -> Entry {
    let mut name = None;
    let mut changes = Vec::with_capacity(row.values.len());
    for ((record, rev, _), value) in row.entry.values.into_iter().zip(row.values) {
        let erased = value.is_none();
        let diff = value.filter(|_| visible.contains(&record)).and_then(|(_, text)| serde_json::from_str::<Diff>(&text).ok());
        let (mut before, mut after, mut reason) = (None, None, None);
        if let Some(diff) = diff {
            name = Some(diff.by);
            (before, after, reason) = (diff.before, Some(diff.after), diff.reason);
        }
        changes.push(Change { record, rev, before, after, reason, erased });
    }
    let actor = Actor { id: row.entry.actor, name };
    Entry { command: row.entry.command, at: row.entry.at, actor, device: row.entry.device, act: row.entry.act, changes }
}
