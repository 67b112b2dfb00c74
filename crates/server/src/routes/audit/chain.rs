//! `GET /v1/audit/chain`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::reads_all_acts,
    time::MINUTE,
    wire::{AuditBreak, AuditProof},
};
use store::StoreError;

use crate::{
    app::App,
    chain::{Broken, Verified, prove},
    http::{Fault, Staff, json},
    routes::{Endpoint, Who},
};

/// How long a proof is answered again, in milliseconds: it walks over everything that was ever done, and nobody shall be able to make
/// the server do little else.
const FRESH: i64 = MINUTE;

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("only who reads all acts may have them proved")]
    NotAllowed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotAllowed => Fault::new(StatusCode::FORBIDDEN, "not_allowed"),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(in crate::routes) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/audit/chain", handler)
        .says(
            "audit",
            "Proves the audit: walks over its chain of hashes from the beginning to the head. A proof is answered again for a minute.",
        )
        .by(Who::Staff)
        .answers::<AuditProof>(200, "What holds, and the first place that does not.")
        .fault(403, "`not_allowed`: who is no admin.")
}

async fn handler(State(app): State<App>, Staff(who): Staff) -> Result<Response, RouteError> {
    if !reads_all_acts(&who.actor()) {
        return Err(RouteError::NotAllowed);
    }
    // Whoever asks while another one is answered waits for that answer.
    let mut last = app.proof.lock().await;
    let now = app.shell.now();
    if let Some(proof) = last.as_ref().filter(|proof| (0..FRESH).contains(&now.since(proof.at))) {
        return Ok(json(StatusCode::OK, proof));
    }
    let (proved, broken) = prove(&*app.store).await;
    let broken = match broken {
        Some(broken) => Some(place(broken)?),
        None => None,
    };
    let proof = last.insert(AuditProof { at: now, holds: broken.is_none(), broken, ..figures(proved) });
    Ok(json(StatusCode::OK, proof))
}

fn figures(proved: Verified) -> AuditProof {
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (until, values, erased) = (n(proved.entries), n(proved.values), n(proved.erased));
    AuditProof { at: domain::time::UtcMillis::from_ms(0), holds: false, until, links: proved.links, values, erased, broken: None }
}

/// Where the chain does not hold.
///
/// # Errors
/// A database that does not answer says nothing about the chain.
fn place(broken: Broken) -> Result<AuditBreak, StoreError> {
    tracing::error!(%broken, "the audit does not hold");
    let (why, link, command) = match broken {
        Broken::Gap { expected, .. } => ("gap", Some(expected), None),
        Broken::Link(link) => ("link", Some(link), None),
        Broken::Value { link, command } => ("value", Some(link), Some(command)),
        Broken::Head => ("head", None, None),
        Broken::Store(StoreError::Inconsistent { .. }) => ("unreadable", None, None),
        Broken::Store(error) => return Err(error),
    };
    Ok(AuditBreak { why: why.to_owned(), link, command })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_named_and_a_database_that_is_away_is_none() {
        let command = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let row = || StoreError::Inconsistent { table: "audit".into(), column: "act".into(), id: String::new(), why: String::new() };
        let cases = [
            (Broken::Gap { expected: 4, found: 6 }, "gap", Some(4)),
            (Broken::Link(7), "link", Some(7)),
            (Broken::Value { link: 2, command }, "value", Some(2)),
            (Broken::Head, "head", None),
            (Broken::Store(row()), "unreadable", None),
        ];
        for (broken, why, link) in cases {
            let said = place(broken).unwrap();
            assert_eq!((said.why.as_str(), said.link), (why, link));
        }
        assert!(place(Broken::Store(StoreError::Unavailable(String::new()))).is_err());
    }
}
