//! `PATCH /v1/uploads/{id}`, and `POST` for those who cannot say `PATCH` or `DELETE`

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use http_body::Body as HttpBody;
use store::Upload;

use super::{ONE, RouteError, end, of_one, offset, taken, tus};
use crate::{
    accounts::Session,
    app::App,
    files::{Arriving, Stopped, complete, receive},
    http::{Anyone, Fault, no_content, pour},
    routes::Endpoint,
};

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
        _ => Err(RouteError::Fault(Fault::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"))),
    }
}

async fn append(app: &App, who: &Session, id: &str, headers: &HeaderMap, mut body: Body) -> Result<Response, RouteError> {
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
    let announced = HttpBody::size_hint(&body).exact();
    let left = u64::try_from(upload.size - stands).unwrap_or(0);
    if announced.is_some_and(|announced| announced > left) {
        pour(&mut body).await;
        return Err(RouteError::Stopped(Stopped::TooMuch));
    }
    if upload.finished_at.is_some() {
        return if announced == Some(0) { Ok(told(&upload)) } else { Err(RouteError::Stopped(Stopped::TooMuch)) };
    }
    let received = receive(app, Arriving { upload, turn, body, announced, checksum }).await?;
    if received.upload.received == received.upload.size {
        complete(app, who, &received.upload).await?;
    } else if !received.whole {
        return Err(RouteError::Broken);
    }
    Ok(told(&received.upload))
}

fn told(upload: &Upload) -> Response {
    let mut response = no_content().into_response();
    tus::tell(response.headers_mut(), upload);
    response
}
