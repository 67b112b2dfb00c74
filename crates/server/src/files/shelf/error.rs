//! What can go wrong with the shelf, in words that may stand in a log.

use object_store::Error;
use std::error::Error as _;

/// The most characters of what somebody else said that are kept.
const MOST: usize = 500;

/// Why bytes could not be put away or fetched.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// They are not there.
    #[error("not there: {0}")]
    Missing(String),
    /// What they lie on does not answer as it should.
    #[error("the files cannot be reached: {0}")]
    Unavailable(String),
    /// What was set cannot be a place for files.
    #[error("{0}")]
    BadPlace(String),
}

impl From<Error> for FilesError {
    fn from(error: Error) -> Self {
        match error {
            // A bucket that is not there is no reason to take anything for lost.
            Error::NotFound { path, source } if !source.to_string().contains("<Code>NoSuchBucket</Code>") => Self::Missing(path),
            other => Self::Unavailable(told(&other)),
        }
    }
}

/// What was said, from the outside to the innermost cause: that a connection was refused stands there.
fn told(error: &Error) -> String {
    let mut told = plain(&error.to_string());
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = plain(&inner.to_string());
        if !told.contains(&text) {
            told = format!("{told}: {text}");
        }
        cause = inner.source();
    }
    told.chars().take(MOST).collect()
}

/// Stores answer with XML that repeats what was signed, with which key: of all that only their code is kept.
fn plain(text: &str) -> String {
    let (said, xml) = text.split_at(text.find('<').unwrap_or(text.len()));
    let code = xml.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map_or("", |(code, _)| code);
    format!("{} {code}", said.trim_end()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_store_says_only_its_code_is_kept() {
        let body = "<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIA1</AWSAccessKeyId>\
                    <StringToSign>AWS4-HMAC-SHA256 20261130</StringToSign></Error>";
        let denied = Error::PermissionDenied { path: "blobs/x".into(), source: format!("403 Forbidden: {body}").into() };
        let told = FilesError::from(denied).to_string();
        assert!(told.contains("403 Forbidden: SignatureDoesNotMatch"), "{told}");
        assert!(!told.contains("AKIA1") && !told.contains("HMAC"), "{told}");
        let long = Error::Generic { store: "S3", source: "x".repeat(10_000).into() };
        assert!(FilesError::from(long).to_string().len() < MOST + 100);
    }

    #[test]
    fn no_bucket_is_something_else_than_no_file() {
        let missing = |code: &str| Error::NotFound { path: "x".into(), source: format!("404: <Error><Code>{code}</Code>").into() };
        assert!(matches!(FilesError::from(missing("NoSuchKey")), FilesError::Missing(path) if path == "x"));
        assert!(matches!(FilesError::from(missing("NoSuchBucket")), FilesError::Unavailable(told) if told.contains("NoSuchBucket")));
    }
}
