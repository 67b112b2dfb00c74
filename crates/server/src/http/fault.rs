//! What goes wrong, as the asker reads it: RFC 9457 with a stable code. Internals are logged once, here, and never sent.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    decision::{Code, Refusal},
    text::Invalid,
    wire::{FieldError, Outcome, Problem},
    words::Words,
};
use std::{borrow::Cow, time::Duration};
use store::StoreError;

use crate::{
    accounts::{Busy, NoSession},
    writer::WriteError,
};

/// What is wrong with one field of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field, by its path.
    pub field: String,
    /// The stable code (`required`, `too_long`, …).
    pub code: String,
    /// The bound that was passed.
    pub bound: Option<u64>,
}

impl FieldFault {
    /// A value that is not valid.
    #[must_use]
    pub fn new(field: &str, why: Invalid) -> Self {
        let bound = why.bound().and_then(|n| u64::try_from(n).ok());
        Self { field: field.to_owned(), code: why.code().to_owned(), bound }
    }
}

/// An answer that is a problem. The frame around every request gives it its words and its request id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code.
    pub code: Cow<'static, str>,
    /// The fields that are wrong.
    pub errors: Vec<FieldFault>,
    /// When to try again.
    pub retry_after: Option<Duration>,
}

/// A fault of ours, by the place where it was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Internal(pub &'static str);

impl Fault {
    /// A fault with this status and code.
    #[must_use]
    pub const fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code: Cow::Borrowed(code), errors: Vec::new(), retry_after: None }
    }
    /// 400: it cannot be read.
    #[must_use]
    pub const fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed")
    }
    /// 404: not there, or not yours.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }
    /// 422: fields that are well-formed and not valid.
    #[must_use]
    pub const fn invalid(errors: Vec<FieldFault>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, code: Cow::Borrowed("invalid_args"), errors, retry_after: None }
    }
    /// 429: try again after this time.
    #[must_use]
    pub fn too_many(wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests") }
    }
    /// 503: try again soon.
    #[must_use]
    pub fn unavailable() -> Self {
        Self { retry_after: Some(Duration::from_secs(1)), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable") }
    }
    /// 503: the files are in trouble. Whatever keeps them is tried for a while before this is said, so it is not asked again at once.
    #[must_use]
    pub fn files_unavailable() -> Self {
        Self { retry_after: Some(Duration::from_secs(5)), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "files_unavailable") }
    }
    /// 500: a fault of ours, which was logged.
    #[must_use]
    pub const fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }
    /// With fields that are wrong.
    #[must_use]
    pub fn with(mut self, errors: Vec<FieldFault>) -> Self {
        self.errors = errors;
        self
    }
    /// What a refusal of the rulebook is over HTTP (protocol.md, Common): not yours 404, not for your role 403, against a rule 422.
    #[must_use]
    pub fn refused(outcome: &Outcome) -> Self {
        let code = outcome.code.clone().unwrap_or(Code::Internal);
        let status = match &code {
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::NotAllowed => StatusCode::FORBIDDEN,
            Code::EmailTaken | Code::AlreadyExists => StatusCode::CONFLICT,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::NotWaiting
            | Code::NotOpen
            | Code::NotPending
            | Code::NotNext
            | Code::DesignMissing
            | Code::FileMissing
            | Code::SameDesign
            | Code::NotUploaded
            | Code::NotSubmitted
            | Code::IsCurrent
            | Code::Purged
            | Code::StillOpen
            | Code::Delivered
            | Code::TooEarly
            | Code::Deleted
            | Code::NotDeleted
            | Code::TwoClients
            | Code::Merged
            | Code::TwoAccounts
            | Code::TooMany
            | Code::Undone
            | Code::UndoOver
            | Code::ReasonRequired
            | Code::DateInPast
            | Code::DateTooFar
            | Code::AlreadyWaiting
            | Code::ClaimedByOther
            | Code::NotClaimed
            | Code::NotSnoozed
            | Code::CannotWork
            | Code::NoAccount
            | Code::Erased
            | Code::NoContact
            | Code::InvalidArgs
            | Code::UnknownCommand
            | Code::CommandIdReused
            | Code::TooOld
            | Code::TooLarge
            | Code::Stale
            | Code::OwnAccount
            | Code::AccountDisabled
            | Code::NotJoined
            | Code::Unknown(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let field = outcome.details.as_ref().and_then(|details| {
            let code = details.invalid.clone().unwrap_or_else(|| code.wire().to_owned());
            details.field.clone().map(|field| FieldFault { field, code, bound: details.bound })
        });
        Self { status, code: Cow::Owned(code.wire().to_owned()), errors: field.into_iter().collect(), retry_after: None }
    }
    /// The problem in words.
    pub(super) fn problem(&self, words: &Words, request_id: &str) -> Problem {
        let message =
            |fault: &FieldFault| FieldError { field: fault.field.clone(), code: fault.code.clone(), message: field_words(words, fault) };
        Problem {
            type_: "about:blank".into(),
            title: self.status.canonical_reason().unwrap_or("Error").into(),
            status: self.status.as_u16(),
            code: self.code.clone().into_owned(),
            detail: code_words(words, &self.code),
            errors: self.errors.iter().map(message).collect(),
            request_id: request_id.to_owned(),
        }
    }
}

fn code_words(words: &Words, code: &str) -> String {
    let code = code.replace('_', "-");
    let key = [format!("problem-{code}"), format!("refusal-{code}"), format!("file-{code}")].into_iter().find(|key| words.has(key));
    words.text(&key.unwrap_or_else(|| "refusal-unknown".to_owned()))
}

fn field_words(words: &Words, fault: &FieldFault) -> String {
    let key = format!("invalid-{}", fault.code.replace('_', "-"));
    match fault.bound {
        _ if !words.has(&key) => code_words(words, &fault.code),
        Some(bound) => words.with(&key, &[("bound", bound.to_string().into())]),
        None => words.text(&key),
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        if error.is_temporary() {
            tracing::warn!(%error, "the database is not available");
            Self::unavailable()
        } else {
            tracing::error!(%error, "the database could not be read");
            Self::internal()
        }
    }
}

impl From<WriteError> for Fault {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Unavailable(_) => Self::unavailable(),
            WriteError::Internal => Self::internal(),
        }
    }
}

impl From<Busy> for Fault {
    fn from(Busy: Busy) -> Self {
        Self::unavailable()
    }
}

impl From<Internal> for Fault {
    fn from(Internal(place): Internal) -> Self {
        tracing::error!(place, "a fault of ours");
        Self::internal()
    }
}

impl From<NoSession> for Fault {
    fn from(error: NoSession) -> Self {
        let unauthorized = |code| Self::new(StatusCode::UNAUTHORIZED, code);
        match error {
            NoSession::Unknown => unauthorized("token_unknown"),
            NoSession::Expired => unauthorized("token_expired"),
            NoSession::DeviceEnded => unauthorized("device_ended"),
            NoSession::Disabled => Self::new(StatusCode::FORBIDDEN, "account_disabled"),
            NoSession::Store(error) => error.into(),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let id = domain::id::CommandId::from_uuid(uuid::Uuid::nil());
        // The words are chosen by the frame; an outcome only carries the same parts.
        Self::refused(&Outcome { code: Some(refusal.code), details: Some(refusal.details), ..Outcome::blocked(id) })
    }
}
