//! What the desk could not do, as the window acts on it. Diagnoses name files and codes, never a person or a secret.

use bridge::{DeskError, ErrorCode};
use domain::decision::Refusal;
use std::io;
use sync::Fault;

use crate::keys::KeyError;

/// An error with a text for a report.
pub(crate) fn told(code: ErrorCode, diagnosis: &str) -> DeskError {
    DeskError { diagnosis: diagnosis.to_owned(), ..DeskError::new(code) }
}

/// A file could not be read or written.
pub(crate) fn io_error(error: &io::Error) -> DeskError {
    told(ErrorCode::Disk, &error.kind().to_string())
}

/// One of the two files could not do it.
pub(crate) fn file_error(error: mirror::Error) -> DeskError {
    use mirror::Error;
    let code = match &error {
        Error::TooNew { .. } => ErrorCode::TooNew,
        Error::Disk | Error::Io(_) => ErrorCode::Disk,
        Error::Closed { .. } => ErrorCode::NoSession,
        Error::NoCipher
        | Error::WrongKey { .. }
        | Error::InUse { .. }
        | Error::Damaged { .. }
        | Error::Inconsistent { .. }
        | Error::Sql(_) => ErrorCode::Internal,
    };
    tracing::error!(%error, "the desk's files");
    // Paths stay in the log: they hold the name of whoever is logged in to the computer.
    let diagnosis = match &error {
        Error::Inconsistent { table, column, .. } => format!("inconsistent {table}.{column}"),
        Error::Sql(_) => "sql".to_owned(),
        Error::WrongKey { .. } => "wrong key".to_owned(),
        Error::Damaged { .. } => "damaged".to_owned(),
        Error::InUse { .. } => "in use".to_owned(),
        Error::NoCipher => "no cipher".to_owned(),
        Error::TooNew { found, known, .. } => format!("version {found}, known {known}"),
        Error::Disk | Error::Io(_) | Error::Closed { .. } => String::new(),
    };
    told(code, &diagnosis)
}

/// The rulebook refused.
pub(crate) fn refused(refusal: &Refusal) -> DeskError {
    DeskError {
        refusal: Some(refusal.code.wire().to_owned()),
        details: Some(refusal.details.clone()),
        ..DeskError::new(ErrorCode::Refused)
    }
}

/// The keys cannot be had.
pub(crate) fn key_error(error: &KeyError) -> DeskError {
    match error {
        KeyError::Wrong | KeyError::PasswordNeeded => DeskError::new(ErrorCode::WrongPassphrase),
        KeyError::Unreadable => told(ErrorCode::Internal, "keys.json"),
    }
}

/// The server did not answer what a person asked of it at work.
pub(crate) fn unanswered(fault: &Fault) -> DeskError {
    let code = match (fault, fault.status()) {
        (Fault::NotMeja | Fault::Captive, _) => ErrorCode::NotMeja,
        // The session is the engine's to renew or to end.
        (_, Some(401)) => ErrorCode::NoSession,
        (_, Some(403)) => ErrorCode::Refused,
        (_, Some(429)) => ErrorCode::TooManyTries,
        (_, Some(400 | 422)) => ErrorCode::BadCall,
        (_, Some(404 | 405 | 415)) => ErrorCode::NotMeja,
        _ => ErrorCode::Unreachable,
    };
    let refusal = fault.code().filter(|_| code == ErrorCode::Refused).map(str::to_owned);
    let retry_after = fault.retry_after().filter(|_| code == ErrorCode::TooManyTries).map(|wait| wait.as_secs().max(1));
    DeskError { refusal, retry_after, ..told(code, &fault.to_string()) }
}

/// The same of something that may not be there: the server's own 404 is about what was asked for, any other is not of a Meja server.
pub(crate) fn not_there(fault: &Fault) -> DeskError {
    match (fault.status(), fault.code()) {
        (Some(404), Some("not_found")) | (Some(410), Some("purged")) => told(ErrorCode::NotFound, &fault.to_string()),
        _ => unanswered(fault),
    }
}

/// The server did not do what a person asked before logging in.
pub(crate) fn fault(fault: &Fault) -> DeskError {
    let wait = fault.retry_after().map(|wait| wait.as_secs().max(1));
    let code = match (fault, fault.status(), fault.code().unwrap_or_default()) {
        (Fault::NotMeja | Fault::Captive, ..) => ErrorCode::NotMeja,
        (_, Some(429), _) => ErrorCode::TooManyTries,
        (_, _, "invalid_credentials") => ErrorCode::InvalidCredentials,
        (_, _, "code_required") => ErrorCode::CodeRequired,
        (_, _, "code_wrong") => ErrorCode::CodeWrong,
        (_, _, "second_factor_unavailable") => ErrorCode::FactorUnavailable,
        (_, _, "not_staff") => ErrorCode::NotStaff,
        (_, _, "account_disabled") => ErrorCode::AccountDisabled,
        (_, _, "reset_token_invalid") => ErrorCode::BadToken,
        // An address that is none, a password longer than any: it is not said which.
        (_, Some(400 | 401 | 422), _) => ErrorCode::InvalidCredentials,
        (_, Some(404 | 405 | 415), _) => ErrorCode::NotMeja,
        _ => ErrorCode::Unreachable,
    };
    let retry_after = wait.filter(|_| code == ErrorCode::TooManyTries);
    DeskError { retry_after, ..told(code, &fault.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_the_server_says_before_a_login_is_told_by_its_code() {
        let problem = |status, code: &str| Fault::Problem {
            status,
            code: code.to_owned(),
            detail: String::new(),
            errors: Vec::new(),
            retry_after: (status == 429).then(|| Duration::from_millis(90_000)),
        };
        let cases = [
            (problem(401, "invalid_credentials"), ErrorCode::InvalidCredentials),
            (problem(403, "code_required"), ErrorCode::CodeRequired),
            (problem(403, "code_wrong"), ErrorCode::CodeWrong),
            (problem(503, "second_factor_unavailable"), ErrorCode::FactorUnavailable),
            (problem(403, "not_staff"), ErrorCode::NotStaff),
            (problem(403, "account_disabled"), ErrorCode::AccountDisabled),
            (problem(422, "reset_token_invalid"), ErrorCode::BadToken),
            (problem(429, "too_many_requests"), ErrorCode::TooManyTries),
            (problem(503, "unavailable"), ErrorCode::Unreachable),
            (problem(404, ""), ErrorCode::NotMeja),
            (Fault::Unreachable, ErrorCode::Unreachable),
            (Fault::Tls(sync::Distrust::Issuer), ErrorCode::Unreachable),
            (Fault::Captive, ErrorCode::NotMeja),
        ];
        for (from, code) in cases {
            assert_eq!(fault(&from).code, code, "{from:?}");
        }
        assert_eq!(fault(&problem(429, "")).retry_after, Some(90));
    }

    #[test]
    fn what_the_server_does_not_answer_at_work_is_told_by_what_helps() {
        let problem = |status, code: &str| Fault::Problem {
            status,
            code: code.to_owned(),
            detail: String::new(),
            errors: Vec::new(),
            retry_after: None,
        };
        let cases = [
            (problem(403, "not_allowed"), ErrorCode::Refused, Some("not_allowed")),
            (problem(401, "device_ended"), ErrorCode::NoSession, None),
            (problem(400, "malformed"), ErrorCode::BadCall, None),
            (problem(404, "not_found"), ErrorCode::NotMeja, None),
            (problem(503, "unavailable"), ErrorCode::Unreachable, None),
            (Fault::Cut, ErrorCode::Unreachable, None),
            (Fault::Captive, ErrorCode::NotMeja, None),
        ];
        for (from, code, refusal) in cases {
            let error = unanswered(&from);
            assert_eq!((error.code, error.refusal.as_deref()), (code, refusal), "{from:?}");
        }
    }
}
