//! The id under which a request stands in answers and logs.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::shell::Shell;

/// The header.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: as it was sent, or made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The one that was sent, if it has the form of the page (`[A-Za-z0-9._-]{1,64}`); a new one otherwise.
    #[must_use]
    pub fn of(headers: &HeaderMap, shell: &Shell) -> Self {
        let sent = headers.get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_well_formed(id));
        Self(sent.map_or_else(|| shell.uuid().simple().to_string(), str::to_owned))
    }
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The id as a header.
    pub(super) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("-"))
    }
}

fn is_well_formed(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("abc.DEF_1-2", true)]
    #[case(&"x".repeat(64), true)]
    #[case("", false)]
    #[case("has space", false)]
    #[case("a/b", false)]
    #[case(&"x".repeat(65), false)]
    fn forms(#[case] sent: &str, #[case] kept: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_str(sent).unwrap());
        let id = RequestId::of(&headers, &Shell::system());
        assert_eq!(id.as_str() == sent, kept);
        assert!(is_well_formed(id.as_str()));
    }
}
