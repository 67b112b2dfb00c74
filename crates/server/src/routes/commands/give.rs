//! `POST /v1/commands`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    record::RecordRef,
    role::Actor,
    wire::{CommandBatch, Current, Envelope, Outcome, Outcomes},
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use store::{Snapshot, Stored};

use crate::{
    app::App,
    http::{Fault, FieldFault, Json, Staff, json},
    routes::{Endpoint, Who},
    visible::visible,
    writer::{GiveCommands, Item, Judged, WriteError},
};
use domain::text::Invalid;

/// The most bytes of a batch.
const LIMIT: usize = 1 << 20;

#[derive(Debug, Deserialize)]
struct Body {
    commands: Vec<Box<RawValue>>,
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("a command without a well-formed {part}")]
    Malformed { n: usize, part: &'static str },
    #[error("too many commands")]
    TooMany,
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Malformed { n, part } => {
                Fault::malformed().with(vec![FieldFault::new(&format!("commands[{n}].{part}"), Invalid::Malformed)])
            }
            Self::TooMany => Fault::malformed().with(vec![FieldFault::new("commands", Invalid::TooLong(CommandBatch::MOST))]),
            Self::Write(error) => error.into(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/commands", handler)
        .says("commands", "Judges at most 100 commands in their order, each on its own. The same outcomes come by the feed.")
        .by(Who::Staff)
        .takes::<CommandBatch>()
        .answers::<Outcomes>(200, "One outcome for each command, in the same order.")
}

async fn handler(State(app): State<App>, Staff(who): Staff, Json(body): Json<Body, LIMIT>) -> Result<Response, RouteError> {
    if body.commands.len() > CommandBatch::MOST {
        return Err(RouteError::TooMany);
    }
    let read = |(n, text): (usize, &RawValue)| Item::read(&Envelope::value_of(text)).map_err(|part| RouteError::Malformed { n, part });
    let items: Vec<Item> = body.commands.iter().map(AsRef::as_ref).enumerate().map(read).collect::<Result<_, _>>()?;
    if items.is_empty() {
        return Ok(json(StatusCode::OK, &Outcomes { outcomes: Vec::new() }));
    }
    let actor = who.actor();
    let judged = app.writer.write(GiveCommands::new(actor.clone(), items)).await?;
    Ok(json(StatusCode::OK, &Outcomes { outcomes: answered(&app, &actor, judged).await? }))
}

/// The outcomes, each conflict with what stands now: made when answered, and never stored.
async fn answered(app: &App, actor: &Actor, judged: Vec<Judged>) -> store::Result<Vec<Outcome>> {
    let refs: Vec<RecordRef> = judged.iter().flat_map(|one| one.overtaken.iter().copied()).collect();
    let current = if refs.is_empty() { HashMap::new() } else { current(&mut *app.store.read().await?, actor, &refs).await? };
    let show = |one: Judged| {
        let current = one.overtaken.iter().filter_map(|r| current.get(r).cloned()).collect();
        Outcome { current, ..one.outcome }
    };
    Ok(judged.into_iter().map(show).collect())
}

/// What this person may see of these records now.
async fn current(snapshot: &mut dyn Snapshot, actor: &Actor, refs: &[RecordRef]) -> store::Result<HashMap<RecordRef, Current>> {
    let found = snapshot.records(refs).await?;
    let records: Vec<_> = found.iter().map(|stored| &*stored.held.record).collect();
    let visible = visible(snapshot, actor, &records).await?;
    let show = |stored: Stored| {
        let record = &stored.held.record;
        let body = RawValue::from_string(record.to_json().ok()?).ok()?;
        let (r, RecordRef { kind, id }) = (record.reference(), record.reference());
        visible.contains(&r).then_some((r, Current { kind, id, rev: stored.held.rev, seq: stored.seq, body }))
    };
    Ok(found.into_iter().filter_map(show).collect())
}
