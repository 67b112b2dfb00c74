//! What an answer is, before anything in it is believed: a network's login page answers 200 to everything.

use domain::{time::UtcMillis, wire::Problem};
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::{RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use std::{error::Error as _, time::Duration};

use crate::fault::{Distrust, Fault};

/// The most bytes of a document: a batch of outcomes, each with what stands now. What is longer comes as lines and is not kept.
const DOCUMENT: usize = 16 << 20;
/// The most bytes of a file: more than any policy takes.
const FILE: usize = 16 << 20;
/// The most bytes of a problem.
const PROBLEM: usize = 64 << 10;

/// What an error of the client means, and whether the request may have left.
pub(super) fn fault_of(error: &reqwest::Error) -> Fault {
    if error.is_connect() {
        return tls_fault(error).unwrap_or(Fault::Unreachable);
    }
    if error.is_timeout() {
        return Fault::TooSlow;
    }
    Fault::Cut
}

/// What TLS failed for, if it was what the other side showed. A connection that broke in the handshake is none of it.
fn tls_fault(error: &reqwest::Error) -> Option<Fault> {
    let mut cause = error.source()?;
    loop {
        match cause.downcast_ref::<rustls::Error>() {
            Some(rustls::Error::InvalidCertificate(why)) => return Some(Fault::Tls(distrust(why))),
            // It speaks no TLS, or none that we speak.
            Some(_) => return Some(Fault::NotMeja),
            None => {}
        }
        // The connector wraps one I/O error into another, and the source of such a one is not what it wraps.
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => wrapped,
            None => cause.source()?,
        };
    }
}

fn distrust(why: &rustls::CertificateError) -> Distrust {
    use rustls::CertificateError as Why;
    match why {
        Why::Expired | Why::ExpiredContext { .. } | Why::NotValidYet | Why::NotValidYetContext { .. } => Distrust::Date,
        Why::NotValidForName | Why::NotValidForNameContext { .. } => Distrust::Name,
        _ => Distrust::Issuer,
    }
}

/// The media type of an answer, without its parameters.
fn media(response: &Response) -> &str {
    let value = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim()
}

/// Whether it says of itself that it is JSON.
pub(super) fn is_json(response: &Response) -> bool {
    media(response).eq_ignore_ascii_case("application/json")
}

/// The server's clock, to the second.
pub(super) fn date(response: &Response) -> Option<UtcMillis> {
    let text = response.headers().get(header::DATE)?.to_str().ok()?;
    let stamp = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(UtcMillis::from_ms(stamp.as_millisecond()))
}

/// Sends, and lets through only a success of this media type.
pub(super) async fn send(request: RequestBuilder, wanted: &str) -> Result<Response, Fault> {
    let response = request.send().await.map_err(|e| fault_of(&e))?;
    if response.status() == StatusCode::OK && media(&response).eq_ignore_ascii_case(wanted) {
        return Ok(response);
    }
    Err(problem(response).await)
}

/// Sends, and reads the JSON of the answer.
pub(super) async fn document<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Fault> {
    let response = send(request, "application/json").await?;
    serde_json::from_slice(&whole(response, DOCUMENT).await?).map_err(|_| Fault::NotMeja)
}

/// Sends, and reads the file that is answered.
pub(super) async fn bytes(request: RequestBuilder, wanted: StatusCode) -> Result<Vec<u8>, Fault> {
    let response = request.send().await.map_err(|e| fault_of(&e))?;
    // A login page of a network is no file, whatever it says of itself.
    let is_file = response.status() == wanted && response.headers().contains_key(header::ETAG) && media(&response) != "text/html";
    if is_file { whole(response, FILE).await } else { Err(problem(response).await) }
}

/// Reads an answer to its end. One that does not end within its limit is none of ours, and nothing of it is kept: whoever answers
/// must not fill this computer's memory.
async fn whole(mut response: Response, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|e| fault_of(&e))? {
        if bytes.len() + part.len() > most {
            return Err(Fault::NotMeja);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// Sends, and wants nothing but that it was taken.
pub(super) async fn nothing(request: RequestBuilder) -> Result<(), Fault> {
    let response = request.send().await.map_err(|e| fault_of(&e))?;
    match response.status() {
        StatusCode::NO_CONTENT | StatusCode::ACCEPTED => Ok(()),
        _ => Err(problem(response).await),
    }
}

/// What an answer that was not wanted is.
pub(super) async fn problem(response: Response) -> Fault {
    let status = response.status();
    let wait = retry_after(&response);
    let html = media(&response).eq_ignore_ascii_case("text/html");
    if media(&response).eq_ignore_ascii_case("application/problem+json") {
        return match whole(response, PROBLEM).await {
            Ok(bytes) => told(&bytes, status.as_u16(), wait),
            Err(fault) => fault,
        };
    }
    match status {
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => Fault::Captive,
        s if s.is_redirection() => Fault::Captive,
        s if s.is_success() && html => Fault::Captive,
        // A proxy answers for a server that is away or overrun.
        s if s.is_server_error() || s == StatusCode::TOO_MANY_REQUESTS || s == StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::Problem { status: s.as_u16(), code: String::new(), detail: String::new(), errors: Vec::new(), retry_after: wait }
        }
        // Without our code a 401 says nothing of our tokens, nor a 410 of our cursors.
        _ => Fault::NotMeja,
    }
}

/// What a problem says.
fn told(bytes: &[u8], status: u16, retry_after: Option<Duration>) -> Fault {
    let Ok(Problem { code, detail, errors, .. }) = serde_json::from_slice(bytes) else { return Fault::NotMeja };
    Fault::Problem { status, code, detail, errors, retry_after }
}

/// When to come back, if the answer says.
fn retry_after(response: &Response) -> Option<Duration> {
    wait(response.headers().get(header::RETRY_AFTER)?.to_str().ok()?, date(response))
}

/// `Retry-After` in seconds; a date is turned into the time left by the answer's own clock.
fn wait(text: &str, date: Option<UtcMillis>) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTimeParser::new().parse_timestamp(text).ok()?.as_millisecond();
    let left = at - date?.ms();
    u64::try_from(left).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{bytes_near, most_allocated, text_near};
    use proptest::prelude::*;
    use rustls::CertificateError;

    #[test]
    fn each_distrust_has_its_own_next_step() {
        let cases = [
            (CertificateError::Expired, Distrust::Date),
            (CertificateError::NotValidYet, Distrust::Date),
            (CertificateError::NotValidForName, Distrust::Name),
            (CertificateError::UnknownIssuer, Distrust::Issuer),
            (CertificateError::BadSignature, Distrust::Issuer),
            (CertificateError::Revoked, Distrust::Issuer),
        ];
        for (why, expected) in cases {
            assert_eq!(distrust(&why), expected, "{why:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_problem_is_it_is_told_or_none_of_ours(bytes in bytes_near(vec![
            br#"{"type":"about:blank","title":"x","status":429,"code":"too_many_requests","detail":"x","errors":[{"field":"a","code":"b","message":"c"}],"request_id":"r"}"#.to_vec(),
        ])) {
            let (most, fault) = most_allocated(|| told(&bytes, 429, None));
            prop_assert!(matches!(fault, Fault::NotMeja | Fault::Problem { status: 429, .. }), "its own word on the status counts for nothing");
            prop_assert!(most <= 64 * 1024 + 100 * bytes.len() as u64, "{} bytes cost {most}", bytes.len());
        }
        #[test]
        fn no_wait_makes_it_panic(text in text_near(&["7", "18446744073709551615", "Sat, 21 Nov 2026 10:00:30 GMT"]), ms in any::<i64>()) {
            let _ = wait(&text, Some(UtcMillis::from_ms(ms)));
        }
    }
}
