//! Why an exchange failed: what a caller does differently, and nothing more. Nothing in it names a person or a token.

use domain::wire::FieldError;
use std::time::Duration;

/// Why a certificate is not trusted: each has another next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// Nobody whom this computer trusts has signed it, or it is no certificate for a server.
    #[error("nobody this computer trusts has signed it")]
    Issuer,
    /// It is over or has not begun; or this computer's clock is wrong.
    #[error("it is over or has not begun by this computer's clock")]
    Date,
    /// It is for another host.
    #[error("it is for another host")]
    Name,
}

/// Why an exchange failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No connection: no network, no such host, refused, or no answer to the connection. The request did not leave.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The server's certificate is not trusted. The request did not leave.
    #[error("the server's certificate is not trusted: {0}")]
    Tls(Distrust),
    /// The login page of a network answered instead of the server.
    #[error("the login page of a network stands in the way")]
    Captive,
    /// Something answers that does not speak the protocol.
    #[error("what answers is not a Meja server")]
    NotMeja,
    /// The connection broke after the request may have left.
    #[error("the connection broke")]
    Cut,
    /// No answer in time, after the request may have left.
    #[error("no answer in time")]
    TooSlow,
    /// The server answered with a problem (RFC 9457).
    #[error("the server answered {status} {code}")]
    Problem {
        /// The HTTP status.
        status: u16,
        /// The stable code; empty where a proxy answered in the server's place.
        code: String,
        /// The same for people, in the server's words.
        detail: String,
        /// The fields that are wrong.
        errors: Vec<FieldError>,
        /// When to try again.
        retry_after: Option<Duration>,
    },
}

impl Fault {
    /// Whether the request surely did not leave this computer: then nothing came of it.
    #[must_use]
    pub const fn did_not_leave(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Tls(_))
    }
    /// The status of a problem.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        if let Self::Problem { status, .. } = self { Some(*status) } else { None }
    }
    /// The stable code of a problem.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        if let Self::Problem { code, .. } = self { Some(code) } else { None }
    }
    /// Whether the access token has run out, and another one would do.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        self.status() == Some(401) && self.code() == Some("token_expired")
    }
    /// When to try again, if the server said.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        if let Self::Problem { retry_after, .. } = self { *retry_after } else { None }
    }
    /// Why nothing moves, where a person can do something about it: one of [`crate::STUCK`].
    #[must_use]
    pub const fn stuck(&self) -> Option<&'static str> {
        match self {
            Self::Captive => Some("captive-portal"),
            Self::Tls(Distrust::Issuer) => Some("tls"),
            Self::Tls(Distrust::Date) => Some("tls-date"),
            Self::Tls(Distrust::Name) => Some("tls-name"),
            Self::NotMeja => Some("not-meja"),
            Self::Unreachable | Self::Cut | Self::TooSlow | Self::Problem { .. } => None,
        }
    }
}
