//! Asking twice is asking once: the idempotency keys of the client side. The first answer is kept together with the effect, in
//! one transaction (protocol.md, Client side).

use async_trait::async_trait;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    audit::Hash,
    command::{Command, account_of},
    facts::Key,
    id::CommandId,
    record::{AnyRecord, RecordRef},
    role::Actor,
    text::Invalid,
    wire::OutcomeStatus,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use store::{IdempotencyKey, Remembered};

use crate::{
    accounts::Session,
    app::App,
    http::{Fault, FieldFault, Internal},
    writer::{Item, Operation, Wants, Work, WriteError},
};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum OnceError {
    /// No key.
    #[error("the key is missing")]
    NoKey,
    /// One that is none.
    #[error("the key is malformed")]
    BadKey,
    /// The key was used with another body.
    #[error("the key was used with another body")]
    Reused,
    /// A request under the key is still running.
    #[error("a request under the key is still running")]
    Running,
    /// It was refused, now or the first time.
    #[error("refused")]
    Refused(Fault),
    /// The writer.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<OnceError> for Fault {
    fn from(error: OnceError) -> Self {
        match error {
            OnceError::NoKey => Self::new(StatusCode::BAD_REQUEST, "idempotency_key_required"),
            OnceError::BadKey => Self::malformed().with(vec![FieldFault::new(KEY, Invalid::Malformed)]),
            OnceError::Reused => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused"),
            OnceError::Running => Self::new(StatusCode::CONFLICT, "idempotency_in_progress"),
            OnceError::Refused(fault) => fault,
            OnceError::Write(error) => error.into(),
        }
    }
}

impl IntoResponse for OnceError {
    fn into_response(self) -> Response {
        Fault::from(self).into_response()
    }
}

/// Why an act on a record that the path names has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum ActError {
    /// The path names nothing.
    #[error("not yours, or not there")]
    NotFound,
    /// It was not done.
    #[error(transparent)]
    Once(#[from] OnceError),
}

impl IntoResponse for ActError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Fault::not_found().into_response(),
            Self::Once(error) => error.into_response(),
        }
    }
}

/// The header it comes in.
const KEY: &str = "idempotency-key";

/// A key as it was sent: 1 to 255 visible ASCII characters.
fn key_of(headers: &HeaderMap) -> Result<&str, OnceError> {
    let key = headers.get(KEY).filter(|key| !key.is_empty()).ok_or(OnceError::NoKey)?;
    let visible = |key: &&str| key.len() <= 255 && key.bytes().all(|b| b.is_ascii_graphic());
    key.to_str().ok().filter(visible).ok_or(OnceError::BadKey)
}

/// The key of what is done once. It is asked for before the path and the body are read: without one nothing is said about them.
pub(super) struct OnceKey(String);

impl<S: Sync> FromRequestParts<S> for OnceKey {
    type Rejection = OnceError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, OnceError> {
        Ok(Self(key_of(&parts.headers)?.to_owned()))
    }
}

/// What is asked: a command of this person about one record, which the answer shows.
pub(super) struct Asking<'a, B> {
    pub(super) path: &'a str,
    pub(super) key: OnceKey,
    pub(super) body: &'a B,
    pub(super) status: StatusCode,
    pub(super) command: Command,
    pub(super) about: RecordRef,
    pub(super) show: fn(&AnyRecord, &domain::words::Words) -> Option<String>,
}

/// Gives the command once, and answers with what stands then.
pub(super) async fn once<B: Serialize>(app: &App, who: &Session, asking: Asking<'_, B>) -> Result<Response, OnceError> {
    let key = IdempotencyKey { user: who.id(), method: Method::POST.as_str().to_owned(), path: asking.path.to_owned(), key: asking.key.0 };
    let _in_use = app.take_key(&key).ok_or(OnceError::Running)?;
    // serde_json sorts the keys of its objects, so equal bodies have equal text.
    let canonical = serde_json::to_value(asking.body).unwrap_or_default().to_string();
    let operation = Once {
        key,
        fingerprint: Sha256::digest(canonical.as_bytes()).into(),
        actor: who.actor(),
        item: Item::of(CommandId::from_uuid(app.shell.uuid()), asking.command),
        status: asking.status.as_u16(),
        about: asking.about,
        show: asking.show,
        done: None,
    };
    match app.writer.write(operation).await? {
        Done::Reused => Err(OnceError::Reused),
        Done::Answer { answer, again } => replay(&answer, again),
    }
}

/// A refusal, as it is remembered: the words are made when it is answered.
#[derive(Debug, Serialize, Deserialize)]
struct KeptFault {
    code: String,
    errors: Vec<(String, String, Option<u64>)>,
}

fn replay(answer: &Remembered, again: bool) -> Result<Response, OnceError> {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_success() {
        let mut response = (status, answer.body.clone()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if again {
            response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
        }
        return Ok(response);
    }
    let Ok(kept) = serde_json::from_str::<KeptFault>(&answer.body) else {
        return Err(OnceError::Refused(Internal("a remembered answer that cannot be read").into()));
    };
    let errors = kept.errors.into_iter().map(|(field, code, bound)| FieldFault { field, code, bound }).collect();
    Err(OnceError::Refused(Fault { status, code: Cow::Owned(kept.code), errors, retry_after: None }))
}

#[derive(Debug)]
enum Done {
    Reused,
    Answer { answer: Remembered, again: bool },
}

/// The operation: the first answer if there is one, else the command, its effect and its answer together.
struct Once {
    key: IdempotencyKey,
    fingerprint: Hash,
    actor: Actor,
    item: Item,
    status: u16,
    about: RecordRef,
    show: fn(&AnyRecord, &domain::words::Words) -> Option<String>,
    done: Option<Done>,
}

impl Once {
    async fn answer_to(&self, work: &mut Work) -> store::Result<Remembered> {
        let judged = work.judge(&self.actor, &self.item).await?;
        let applied = judged.outcome.status == OutcomeStatus::Applied;
        let shown = match work.record(self.about).await? {
            Some(held) if applied => (self.show)(&held.record, work.shell().words(domain::words::Lang::Id)),
            _ => None,
        };
        let (status, body) = match shown {
            Some(body) => (self.status, body),
            None => {
                let fault = if applied { Fault::not_found() } else { Fault::refused(&judged.outcome) };
                let errors = fault.errors.into_iter().map(|e| (e.field, e.code, e.bound)).collect();
                let kept = KeptFault { code: fault.code.into_owned(), errors };
                (fault.status.as_u16(), serde_json::to_string(&kept).unwrap_or_default())
            }
        };
        Ok(Remembered { fingerprint: self.fingerprint, status, body, at: work.now() })
    }
}

#[async_trait]
impl Operation for Once {
    type Answer = Done;

    fn wants(&self, wants: &mut Wants) {
        wants.commands.push(self.item.id);
        wants.keys.extend(account_of(&self.actor).map(Key::Record));
        wants.keys.extend(self.item.keys());
    }
    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let done = match work.remembered(&self.key).await? {
            Some(first) if first.fingerprint == self.fingerprint => Done::Answer { answer: first, again: true },
            Some(_) => Done::Reused,
            None => {
                let answer = self.answer_to(work).await?;
                work.remember(self.key.clone(), answer.clone());
                Done::Answer { answer, again: false }
            }
        };
        self.done = Some(done);
        Ok(())
    }
    fn answer(self) -> Option<Done> {
        self.done
    }
}
