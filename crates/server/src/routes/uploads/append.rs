//! `PATCH /v1/uploads/{id}`, and `POST` for those who cannot say `PATCH` or `DELETE`

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body::Body as HttpBody;
use std::time::Duration;
use store::Upload;
use tokio::time::timeout;

use super::{ONE, RouteError, end, of_one, offset, taken, tus};
use crate::{
    accounts::Session,
    app::App,
    files::{Arriving, Checksum, Stopped, Turn, complete, receive},
    http::{Anyone, Fault, no_content, pour},
    routes::Endpoint,
};

/// How much of what is refused is read all the same, in bytes, and thrown away: a connection that is closed over bytes nobody took loses
/// the answer with them (RFC 9112, 9.6). A whole file of the largest size, and a part of another.
const POURED: usize = 16 << 20;
/// For how long.
const PATIENCE: Duration = Duration::from_secs(30);

/// tus: the method that is meant.
const OVERRIDE: &str = "x-http-method-override";

pub(super) fn endpoint() -> Endpoint {
    faults(of_one(Endpoint::patch(ONE, handler), "Sends bytes, from where the upload stands. With the last of them the file is looked at."))
}

pub(super) fn overridden() -> Endpoint {
    faults(of_one(Endpoint::post(ONE, other_method), "`PATCH` or `DELETE` by another name, which `X-HTTP-Method-Override` says."))
        .header(OVERRIDE, "`PATCH` or `DELETE`.")
        .fault(405, "`method_not_allowed`: another method, or none.")
}

fn faults(endpoint: Endpoint) -> Endpoint {
    endpoint
        .takes_bytes(tus::CHUNK)
        .header(tus::OFFSET, "Where the bytes belong: where the upload stands.")
        .header(
            tus::CHECKSUM,
            "`sha1` or `sha256`, and the sum of this request's bytes in Base64. With one they count together or not at all.",
        )
        .answers_nothing(204, "They arrived; `Upload-Offset` says how far it is.")
        .fault(400, "`malformed`: a header is missing or cannot be read.")
        .fault(408, "`request_timeout`: nothing came for 30 seconds, or not all within ten minutes. What came is kept.")
        .fault(409, "`upload_offset`: the upload stands elsewhere (`Upload-Offset`).")
        .fault(413, "`too_large`: more bytes than were announced.")
        .fault(415, "`unsupported_media_type`.")
        .fault(
            422,
            "`hash_mismatch`, or the check that the file did not pass: the upload is gone. Or `too_many_parts`: more than a thousand.",
        )
        .fault(460, "`checksum_mismatch`: nothing of it was added.")
}

async fn handler(
    State(app): State<App>,
    Anyone(who): Anyone,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, RouteError> {
    append(&app, &who, &id, &headers, body).await
}

async fn other_method(
    State(app): State<App>,
    Anyone(who): Anyone,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, RouteError> {
    let (parts, body) = request.into_parts();
    match parts.headers.get(OVERRIDE).map(|method| method.as_bytes()) {
        Some(b"PATCH") => append(&app, &who, &id, &parts.headers, body).await,
        Some(b"DELETE") => end::end(&app, &who, &id, &parts.headers).await,
        _ => {
            let mut answer = Fault::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed").into_response();
            answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("HEAD,PATCH,DELETE"));
            Ok(answer)
        }
    }
}

async fn append(app: &App, who: &Session, id: &str, headers: &HeaderMap, mut body: Body) -> Result<Response, RouteError> {
    let size = HttpBody::size_hint(&body);
    let begun = begin(app, who, id, headers, size.exact()).await;
    let Begun { upload, turn, checksum } = match begun {
        Ok(begun) => begun,
        Err(refused) => {
            if size.lower() <= POURED as u64 {
                drop(timeout(PATIENCE, pour(&mut body, POURED)).await);
            }
            return Err(refused);
        }
    };
    if upload.finished_at.is_some() {
        return Ok(told(&upload));
    }
    let received = receive(app, Arriving { upload, turn, body, announced: size.exact(), checksum }).await?;
    if received.upload.received == received.upload.size {
        complete(app, who, &received.upload).await?;
    } else if !received.whole {
        return Err(RouteError::Broken);
    }
    Ok(told(&received.upload))
}

/// An upload that may be gone on with.
struct Begun {
    upload: Upload,
    turn: Turn,
    checksum: Option<Checksum>,
}

/// Whether so many bytes may come, before the first of them is read.
async fn begin(app: &App, who: &Session, id: &str, headers: &HeaderMap, announced: Option<u64>) -> Result<Begun, RouteError> {
    tus::speaks(headers)?;
    if !tus::is_chunk(headers) {
        return Err(RouteError::MediaType);
    }
    let (at, checksum) = (tus::number(headers, tus::OFFSET)?, tus::checksum(headers)?);
    let (upload, turn) = taken(app, who, id).await?;
    let stands = offset(&upload);
    if i64::try_from(at) != Ok(stands) {
        return Err(RouteError::Elsewhere(stands));
    }
    let left = u64::try_from(upload.size - stands).unwrap_or(0);
    let is_too_much = announced.map_or(upload.finished_at.is_some(), |announced| announced > left);
    if is_too_much { Err(RouteError::Stopped(Stopped::TooMuch)) } else { Ok(Begun { upload, turn, checksum }) }
}

fn told(upload: &Upload) -> Response {
    let mut response = no_content().into_response();
    tus::tell(response.headers_mut(), upload);
    response
}
