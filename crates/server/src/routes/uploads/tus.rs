//! The headers of tus 1.0.0.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    file::{FilePolicy, Sha256},
    text::Invalid,
    time::UtcMillis,
};
use std::time::{Duration, SystemTime};
use store::Upload;

use super::{RouteError, offset};
use crate::{
    files::Checksum,
    http::{Fault, FieldFault},
};

pub(super) const RESUMABLE: &str = "tus-resumable";
pub(super) const VERSION: &str = "1.0.0";
pub(super) const OFFSET: &str = "upload-offset";
pub(super) const LENGTH: &str = "upload-length";
pub(super) const METADATA: &str = "upload-metadata";
pub(super) const EXPIRES: &str = "upload-expires";
pub(super) const CHECKSUM: &str = "upload-checksum";
pub(super) const CHUNK: &str = "application/offset+octet-stream";
/// The most bytes of metadata: a name, a hash, and a few words.
const MOST_METADATA: usize = 4_096;

/// Whoever asks must speak this version.
pub(super) fn speaks(headers: &HeaderMap) -> Result<(), RouteError> {
    if text(headers, RESUMABLE) == Some(VERSION) { Ok(()) } else { Err(RouteError::Version) }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// A header that is a number and must be there.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Result<u64, RouteError> {
    let digits = text(headers, name).filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    // A number that is too large for us is larger than anything we take.
    digits.map(|digits| digits.parse().unwrap_or(u64::MAX)).ok_or_else(|| wrong(name, Invalid::Malformed))
}

/// 400, with the header or the field that is to blame.
fn wrong(name: &str, why: Invalid) -> RouteError {
    RouteError::Fault(Fault::malformed().with(vec![FieldFault::new(name, why)]))
}

/// What is said of a file.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) filename: String,
    pub(super) filetype: Option<String>,
    pub(super) sha256: Sha256,
    pub(super) policy: FilePolicy,
    /// As it was sent.
    pub(super) sent: String,
}

impl Metadata {
    /// Pairs of a key and a value in Base64, with commas between them.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, RouteError> {
        let sent = text(headers, METADATA).filter(|sent| sent.len() <= MOST_METADATA).ok_or_else(|| wrong(METADATA, Invalid::Required))?;
        let (mut filename, mut filetype, mut sha256, mut policy) = (None, None, None, None);
        for pair in sent.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let value = value.ok_or_else(|| wrong(METADATA, Invalid::Malformed))?;
            match key {
                "filename" => filename = Some(value),
                "filetype" => filetype = Some(value),
                "sha256" => sha256 = Some(value),
                "policy" => policy = Some(value),
                _ => {}
            }
        }
        let must = |value: Option<String>, name| value.ok_or_else(|| wrong(name, Invalid::Required));
        let sha256 = must(sha256, "sha256")?.parse().map_err(|_| wrong("sha256", Invalid::Malformed))?;
        let policy = FilePolicy::of_wire(&must(policy, "policy")?);
        Ok(Self { filename: must(filename, "filename")?, filetype, sha256, policy, sent: sent.to_owned() })
    }
}

/// `sha1` or `sha256`, and the sum in Base64.
pub(super) fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, RouteError> {
    if !headers.contains_key(CHECKSUM) {
        return Ok(None);
    }
    let parts = text(headers, CHECKSUM).and_then(|text| text.split_once(' '));
    let sum = parts.and_then(|(algorithm, sum)| Some((algorithm, STANDARD.decode(sum.trim()).ok()?)));
    match sum {
        Some(("sha1", sum)) => Ok(Some(Checksum::Sha1(sum))),
        Some(("sha256", sum)) => Ok(Some(Checksum::Sha256(sum))),
        Some(_) => Err(wrong(CHECKSUM, Invalid::Unknown)),
        None => Err(wrong(CHECKSUM, Invalid::Malformed)),
    }
}

/// The bytes of a chunk are called so.
pub(super) fn is_chunk(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE.as_str()) == Some(CHUNK)
}

/// Says in an answer how an upload stands.
pub(super) fn tell(headers: &mut HeaderMap, upload: &Upload) {
    headers.insert(OFFSET, HeaderValue::from(offset(upload)));
    if let Ok(until) = HeaderValue::from_str(&http_date(upload.until)) {
        headers.insert(EXPIRES, until);
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn http_date(at: UtcMillis) -> String {
    let since = Duration::from_millis(u64::try_from(at.ms()).unwrap_or(0));
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::text_near;
    use proptest::prelude::*;

    fn named(name: &'static str, value: &str) -> Option<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).ok()?);
        Some(headers)
    }

    const SENT: &str = "filename bG9nby5wbmc=,sha256 \
        YmE3ODE2YmY4ZjAxY2ZlYTQxNDE0MGRlNWRhZTIyMjNiMDAzNjFhMzk2MTc3YTljYjQxMGZmNjFmMjAwMTVhZA==,policy ZGVzaWdu,is_secret";

    #[test]
    fn metadata_is_read_pair_by_pair() {
        let read = Metadata::read(&named(METADATA, SENT).unwrap()).unwrap();
        assert_eq!((read.filename.as_str(), read.sha256, read.policy), ("logo.png", Sha256::of(b"abc"), FilePolicy::Design));
        assert_eq!((read.filetype, read.sent.as_str()), (None, SENT));
    }

    #[test]
    fn a_moment_is_told_as_http_tells_it() {
        assert_eq!(http_date(UtcMillis::from_ms(784_111_777_999)), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    proptest! {
        #[test]
        fn no_header_is_too_strange(text in text_near(&[SENT, "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "10485760"])) {
            if let Some(headers) = named(METADATA, &text) {
                let _ = Metadata::read(&headers);
            }
            if let Some(headers) = named(CHECKSUM, &text) {
                let _ = checksum(&headers);
            }
            if let Some(headers) = named(LENGTH, &text) {
                let read = number(&headers, LENGTH);
                prop_assert_eq!(read.is_ok(), !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }
}
