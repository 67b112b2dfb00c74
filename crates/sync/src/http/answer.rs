//! What an answer is, before anything in it is believed: a network's login page answers 200 to everything.

use domain::{time::UtcMillis, wire::Problem};
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::{RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use std::{error::Error as _, time::Duration};

use crate::fault::{Distrust, Fault};

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
    let bytes = response.bytes().await.map_err(|e| fault_of(&e))?;
    serde_json::from_slice(&bytes).map_err(|_| Fault::NotMeja)
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
        let Ok(bytes) = response.bytes().await else { return Fault::Cut };
        let Ok(Problem { code, detail, errors, .. }) = serde_json::from_slice(&bytes) else { return Fault::NotMeja };
        return Fault::Problem { status: status.as_u16(), code, detail, errors, retry_after: wait };
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

/// `Retry-After` in seconds; a date is turned into the time left by the answer's own clock.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTimeParser::new().parse_timestamp(text).ok()?.as_millisecond();
    let left = at - date(response)?.ms();
    u64::try_from(left).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
