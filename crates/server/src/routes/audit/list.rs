//! `GET /v1/audit`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::reads_all_acts,
    audit::Diff,
    id::UserId,
    record::RecordRef,
    wire::{AuditActor, AuditChange, AuditEntry, AuditPage},
};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashSet;
use store::{AuditFilter, AuditRow};

use crate::{
    accounts::Session,
    app::App,
    http::{BadQuery, Fault, Query, Staff, json as answer, limit, part},
    routes::{Endpoint, Who},
    visible::visible,
};

/// The most entries of a page.
const MOST: u32 = 200;
/// The entries of a page where nothing else is said.
const USUAL: u32 = 50;

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    record: Option<String>,
    actor: Option<String>,
    act: Option<String>,
    from: Option<String>,
    until: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
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

pub(in crate::routes) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/audit", handler)
        .says("audit", "Who did what, when and why: admins read all, everybody their own acts. Values of records that the asker may not see are left out.")
        .by(Who::Staff)
        .query("record", "Only acts on this record, `kind/id`.", json!({ "type": "string" }))
        .query("actor", "Only acts of this person. Who reads only their own acts is answered with those, or with none.", json!({ "type": "string", "format": "uuid" }))
        .query("act", "Only acts of this name, `area.verb`.", json!({ "type": "string" }))
        .query("from", "Only acts at this moment or later.", json!({ "type": "string", "format": "date-time" }))
        .query("until", "Only acts before this moment.", json!({ "type": "string", "format": "date-time" }))
        .query("after", "Where a page before this one ended.", json!({ "type": "string" }))
        .query("limit", "How many entries.", json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .answers::<AuditPage>(200, "Newest first.")
        .fault(400, "`malformed`: a record, a person, a moment, a place or a number that cannot be read.")
}

/// What is asked for; nothing where no act can be both that person's and this asker's to read.
fn filter(asked: &Asked, who: &Session) -> Result<Option<AuditFilter>, BadQuery> {
    let limit = limit(asked.limit, USUAL, MOST)?;
    let wanted: Option<UserId> = part("actor", asked.actor.as_deref())?;
    let own = (!reads_all_acts(&who.actor())).then(|| who.id());
    let filter = AuditFilter {
        record: part("record", asked.record.as_deref())?,
        actor: own.or(wanted),
        act: asked.act.clone(),
        from: part("from", asked.from.as_deref())?,
        until: part("until", asked.until.as_deref())?,
        before: part("after", asked.after.as_deref())?,
        limit,
    };
    Ok(Some(filter).filter(|_| own.is_none() || wanted.is_none() || own == wanted))
}

async fn handler(State(app): State<App>, Staff(who): Staff, Query(asked): Query<Asked>) -> Result<Response, RouteError> {
    let Some(filter) = filter(&asked, &who)? else { return Ok(answer(StatusCode::OK, &AuditPage::default())) };
    let mut snapshot = app.store.read().await?;
    let page = snapshot.audit(&filter).await?;
    let refs: Vec<RecordRef> = page.rows.iter().flat_map(|row| row.entry.values.iter().map(|(r, _, _)| *r)).collect();
    let records = snapshot.records(&refs).await?;
    let records: Vec<_> = records.iter().map(|stored| &*stored.held.record).collect();
    let visible = visible(&mut *snapshot, &who.actor(), &records).await?;
    let next = page.rows.last().filter(|_| page.more).map(|row| row.n.to_string());
    let items = page.rows.into_iter().map(|row| entry(row, &visible)).collect();
    Ok(answer(StatusCode::OK, &AuditPage { items, next }))
}

fn entry(row: AuditRow, visible: &HashSet<RecordRef>) -> AuditEntry {
    let hash = row.entry.hash().iter().map(|byte| format!("{byte:02x}")).collect();
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
        changes.push(AuditChange { record, rev, before, after, reason, erased });
    }
    let actor = AuditActor { id: row.entry.actor, name };
    let (command, at, device, act) = (row.entry.command, row.entry.at, row.entry.device, row.entry.act);
    AuditEntry { number: row.n, command, at, actor, device, act, changes, link: row.link, hash }
}
