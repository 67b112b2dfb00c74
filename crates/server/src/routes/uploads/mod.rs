//! `/v1/uploads`: files on their way, by tus 1.0.0 (core, creation, checksum, expiration, termination).

mod append;
mod create;
mod end;
mod fault;
mod look;
mod offer;
#[cfg(test)]
mod tests;
mod tus;

use store::Upload;

use super::{Endpoint, Who};
use crate::{accounts::Session, app::App, files::Turn};
use fault::RouteError;
pub(super) use fault::files_fault;

/// What is said of every endpoint that wants the files.
pub(super) const FILES_UNAVAILABLE: &str = "`files_unavailable`: the files are in trouble. Try again after `Retry-After`.";

const PATH: &str = "/v1/uploads";
const ONE: &str = "/v1/uploads/{id}";

pub(super) fn endpoints() -> Vec<Endpoint> {
    let all = [offer::endpoint(), create::endpoint(), look::endpoint(), append::endpoint(), append::overridden(), end::endpoint()];
    all.into_iter().map(|endpoint| endpoint.carries(tus::RESUMABLE, tus::VERSION)).collect()
}

/// What every endpoint for one upload has in common.
fn of_one(endpoint: Endpoint, says: &'static str) -> Endpoint {
    let known = endpoint.says("files", says).by(Who::Anyone).id("The upload.").header(tus::RESUMABLE, "`1.0.0`");
    known
        .fault(404, "`not_found`: not yours, or not there.")
        .fault(410, "`upload_expired`: a week has gone by; or `upload_lost`: what had arrived is gone.")
        .fault(412, "`tus_version`: another version of tus, or none.")
        .fault(503, FILES_UNAVAILABLE)
}

/// An upload of whoever asks that has not expired.
async fn own(app: &App, who: &Session, id: &str) -> Result<Upload, RouteError> {
    let id = domain::id::parse_uuid(id).map_err(|_| RouteError::NotFound)?;
    let found = app.store.read().await?.upload(id).await?;
    let upload = found.filter(|upload| upload.user == who.id()).ok_or(RouteError::NotFound)?;
    if upload.until > app.shell.now() { Ok(upload) } else { Err(RouteError::Expired) }
}

/// The same, once whoever is at it has made room: as they leave it.
async fn taken(app: &App, who: &Session, id: &str) -> Result<(Upload, Turn), RouteError> {
    let turn = app.turns.take(own(app, who, id).await?.id).await;
    Ok((own(app, who, id).await?, turn))
}

/// How many bytes of it are there.
fn offset(upload: &Upload) -> i64 {
    if upload.finished_at.is_some() { upload.size } else { upload.received }
}
