//! `POST /v1/uploads`

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::file::FilePolicy;
use inspect::{Check, Refused};
use store::Upload;

use super::{
    PATH, RouteError,
    tus::{self, Metadata},
};
use crate::{
    accounts::{Counted, Session},
    app::App,
    files::{Begin, keep_known},
    http::{Anyone, Fault},
    routes::{Endpoint, Who},
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(PATH, handler)
        .says("files", "Begins an upload. Nothing of the file is sent yet; `Location` says where to.")
        .by(Who::Anyone)
        .header(tus::RESUMABLE, "`1.0.0`")
        .header(tus::LENGTH, "How many bytes the file has.")
        .header(
            tus::METADATA,
            "`filename`, `sha256` (64 hexadecimal digits), `policy` (`design` or `proof`), and `filetype` where its media type is known: each \
             with its value in Base64, commas between them.",
        )
        .answers_nothing(201, "It was begun; where the same person has the same file already, `Upload-Offset` says that nothing is missing.")
        .fault(400, "`malformed`: a header is missing or cannot be read.")
        .fault(412, "`tus_version`: another version of tus, or none.")
        .fault(413, "`too_large`: more bytes than the policy takes.")
        .fault(422, "`policy_unknown`, `empty`, `name_unusable`, `extension_unknown` or `type_mismatch`.")
        .fault(429, "`too_many_uploads`: twenty are under way; or `too_many_requests`: a client begins too many.")
}

async fn handler(State(app): State<App>, Anyone(who): Anyone, headers: HeaderMap) -> Result<Response, RouteError> {
    tus::speaks(&headers)?;
    let size = tus::number(&headers, tus::LENGTH)?;
    let asked = Metadata::read(&headers)?;
    if !who.is_staff() {
        of_client(&app, &who, &asked.policy)?;
    }
    let announced = inspect::announced(&asked.policy, &asked.filename, asked.filetype.as_deref(), size)?;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let begin = Begin::new(app.shell.uuid(), who.id(), (asked.sha256, size), announced, (asked.policy, asked.sent));
    match app.writer.write(begin).await? {
        Some(upload) => begun(&app, &who, upload).await,
        None => Err(RouteError::TooMany),
    }
}

/// Anybody may open an account: a client puts there what clients send, and not without end.
fn of_client(app: &App, who: &Session, policy: &FilePolicy) -> Result<(), RouteError> {
    if !policy.is_for_clients() {
        return Err(RouteError::Refused(Refused { check: Check::PolicyUnknown }));
    }
    let counted = Counted::upload(who.id());
    app.failures.check(&counted).map_err(|wait| RouteError::Fault(Fault::too_many(wait)))?;
    app.failures.count(&counted);
    Ok(())
}

async fn begun(app: &App, who: &Session, upload: Upload) -> Result<Response, RouteError> {
    let upload = keep_known(app, who, upload).await?;
    let mut response = StatusCode::CREATED.into_response();
    tus::tell(response.headers_mut(), &upload);
    if let Ok(location) = HeaderValue::from_str(&format!("{PATH}/{}", upload.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}
