//! What the desk could not do. The window acts on the code alone and never on the text.

use domain::decision::Details;
use serde::{Deserialize, Serialize};

/// Only what the window acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// E-mail or password are wrong; it is not said which.
    InvalidCredentials,
    /// The code from the mail is wrong, used up, or too old.
    BadToken,
    /// The account has a second factor: a code is wanted beside the password.
    CodeRequired,
    /// The code is wrong, was used, or has lapsed.
    CodeWrong,
    /// The second factor was turned on or off meanwhile, from elsewhere.
    FactorChanged,
    /// The server cannot check codes: it lacks the key of the second factors.
    FactorUnavailable,
    /// The account is a client's.
    NotStaff,
    /// The account is closed.
    AccountDisabled,
    /// Too many tries; `retry_after` says how many seconds to wait.
    TooManyTries,
    /// The server cannot be reached.
    Unreachable,
    /// Something answers there, but not a Meja server.
    NotMeja,
    /// The keyring did not answer in time, or is locked.
    VaultLocked,
    /// The passphrase or password does not open the files.
    WrongPassphrase,
    /// A passphrase must be chosen first, because there is no keyring.
    NeedsPassphrase,
    /// Nobody is logged in, or the desk is locked.
    NoSession,
    /// The rulebook refused what was asked; `details` say why.
    Refused,
    /// There is no such record or command here.
    NotFound,
    /// It was sent already and cannot be undone.
    TooLate,
    /// The arguments of the call are not what it takes.
    BadCall,
    /// The file on disk is from a newer program.
    TooNew,
    /// The disk is full, or the file cannot be written.
    Disk,
    /// Anything else; the log knows more.
    Internal,
}

/// An error on its way to the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskError {
    /// What the window acts on.
    pub code: ErrorCode,
    /// For a refusal: the rulebook's or the server's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// For a refusal: who, when, which argument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Box<Details>>,
    /// Seconds to wait, where there is something to wait for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// A short text for copying into a report; never shown as the message.
    #[serde(default)]
    pub diagnosis: String,
}

impl DeskError {
    /// An error without more to say.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self { code, refusal: None, details: None, retry_after: None, diagnosis: String::new() }
    }
}

impl std::fmt::Display for DeskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: {}", self.code, self.diagnosis)
    }
}
impl std::error::Error for DeskError {}
