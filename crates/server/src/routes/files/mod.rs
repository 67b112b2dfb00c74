//! `GET /v1/files/{sha256}`, small pictures of it, and how any endpoint answers with a file.

mod name;
mod preview;
mod range;
mod read;
pub(super) mod serve;

use domain::file::Sha256;
use serde_json::json;

use super::Endpoint;
use crate::{
    accounts::Session,
    app::App,
    files::{Holding, held_by, was_purged},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint(), preview::endpoint()]
}

/// An endpoint about a file, which its path names by its bytes.
fn of_file(endpoint: Endpoint) -> Endpoint {
    serve::can_be_purged(endpoint).path("sha256", "By what its bytes are known.", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
}

/// Why somebody has no file.
#[derive(Debug, thiserror::Error)]
enum NotHeld {
    /// They may see no record that holds it.
    #[error("no record that may be seen holds it")]
    NotFound,
    /// The record that they may see held it until it was taken away.
    #[error("it was taken away")]
    Purged,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// The file that a path names, if whoever asks may see a record that holds it. Reading its bytes may take long, and a snapshot keeps
/// others waiting: none is held on to.
async fn held(app: &App, who: &Session, sha256: &str) -> Result<(Sha256, Holding), NotHeld> {
    let sha256: Sha256 = sha256.parse().map_err(|_| NotHeld::NotFound)?;
    let mut now = app.store.read().await?;
    match held_by(&mut *now, app.shell.now(), who, &sha256).await? {
        Some(holding) => Ok((sha256, holding)),
        None if was_purged(&mut *now, who, &sha256).await? => Err(NotHeld::Purged),
        None => Err(NotHeld::NotFound),
    }
}
