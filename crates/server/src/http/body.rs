//! Bodies: JSON, of bounded size, arriving in bounded time.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::time::Duration;

use super::{Fault, FieldFault};
use domain::text::Invalid;

/// How long a body may take to arrive.
const TIME: Duration = Duration::from_secs(20);
/// How large a body may be where nothing else is said, in bytes.
pub(crate) const SMALL: usize = 64 << 10;
/// How much of a body that is too large is read all the same, in bytes, and thrown away: a connection that is closed over bytes
/// nobody took loses the answer with them (RFC 9112, 9.6). One that says it is larger still is not read at all.
const POURED: usize = 4 << 20;

/// A JSON body of at most `LIMIT` bytes.
#[derive(Clone, Copy, Debug)]
pub struct Json<T, const LIMIT: usize = SMALL>(pub T);

impl<S: Send + Sync, T: DeserializeOwned, const LIMIT: usize> FromRequest<S> for Json<T, LIMIT> {
    type Rejection = Fault;
    async fn from_request(request: Request, _state: &S) -> Result<Self, Fault> {
        must_be_json(&request)?;
        parse(&read(request.into_body(), LIMIT).await?).map(Self)
    }
}

/// A JSON body, or none at all.
#[derive(Clone, Copy, Debug)]
pub struct MaybeJson<T>(pub Option<T>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for MaybeJson<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, _state: &S) -> Result<Self, Fault> {
        let typed = request.headers().contains_key(header::CONTENT_TYPE);
        let checked = must_be_json(&request);
        let bytes = read(request.into_body(), SMALL).await?;
        if bytes.is_empty() && !typed {
            return Ok(Self(None));
        }
        checked?;
        if bytes.is_empty() { Ok(Self(None)) } else { parse(&bytes).map(|value| Self(Some(value))) }
    }
}

/// JSON in UTF-8, as it is: nothing here unpacks a body, or reads another character set.
fn must_be_json(request: &Request) -> Result<(), Fault> {
    let says = |name| request.headers().get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?").trim().to_ascii_lowercase());
    let media = says(header::CONTENT_TYPE).unwrap_or_default();
    let mut parts = media.split(';').map(str::trim);
    let json = parts.next() == Some("application/json");
    let utf8 = parts.filter_map(|part| part.strip_prefix("charset=")).all(|set| matches!(set.trim_matches('"'), "utf-8" | "utf8"));
    let plain = says(header::CONTENT_ENCODING).is_none_or(|coding| matches!(coding.as_str(), "" | "identity"));
    if json && utf8 && plain { Ok(()) } else { Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")) }
}

async fn read(mut body: Body, limit: usize) -> Result<Bytes, Fault> {
    let announced = usize::try_from(http_body::Body::size_hint(&body).lower()).unwrap_or(usize::MAX);
    let reading = async {
        let read = if announced > limit { Err(too_large()) } else { collect(&mut body, limit).await };
        if announced <= POURED && read.as_ref().is_err_and(|fault| *fault == too_large()) {
            pour(&mut body, POURED).await;
        }
        read
    };
    tokio::time::timeout(TIME, reading).await.unwrap_or(Err(Fault::new(StatusCode::REQUEST_TIMEOUT, "request_timeout")))
}

async fn collect(body: &mut Body, limit: usize) -> Result<Bytes, Fault> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        // The connection broke; nobody will read this.
        Err(_) => Err(Fault::malformed()),
    }
}

/// Reads on, at most so many bytes, and keeps nothing.
pub(crate) async fn pour(body: &mut Body, most: usize) {
    let mut left = most;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

const fn too_large() -> Fault {
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    // The whole of it: what no field takes would not be looked at otherwise.
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::malformed())?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let text = error.inner().to_string();
        let path = error.path().to_string();
        let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let fault = match (missing, path.as_str()) {
            (Some(missing), ".") => FieldFault::new(missing, Invalid::Required),
            (Some(missing), path) => FieldFault::new(&format!("{path}.{missing}"), Invalid::Required),
            (None, "." | "?") => return Fault::malformed(),
            (None, path) => FieldFault::new(path, Invalid::Malformed),
        };
        Fault::malformed().with(vec![fault])
    })?;
    reader.end().map_err(|_| Fault::malformed())?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::wire::Login;
    use proptest::prelude::*;

    #[test]
    fn what_is_missing_or_of_another_type_is_named() {
        let named = |text: &str| parse::<Login>(text.as_bytes()).unwrap_err().errors.first().map(|e| (e.field.clone(), e.code.clone()));
        assert_eq!(named(r#"{"password":"x"}"#), Some(("email".into(), "required".into())));
        assert_eq!(named(r#"{"email":7,"password":"x"}"#), Some(("email".into(), "malformed".into())));
        assert_eq!(named(r#"{"email":"a","password":"x","device":{"name":"x"}}"#), Some(("device.platform".into(), "required".into())));
        assert_eq!(named("{"), None);
        assert_eq!(named(r#"{"email":"a","password":"x"} x"#), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse::<Login>(&bytes);
            let _ = parse::<serde_json::Value>(&bytes);
        }
    }
}
