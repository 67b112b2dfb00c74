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
    files::{Holding, held_by},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint(), preview::endpoint()]
}

/// An endpoint about a file, which its path names by its bytes.
fn of_file(endpoint: Endpoint) -> Endpoint {
    endpoint.path("sha256", "By what its bytes are known.", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
}

/// The file that a path names, if whoever asks may see a record that holds it. Reading its bytes may take long, and a snapshot keeps
/// others waiting: none is held on to.
async fn held(app: &App, who: &Session, sha256: &str) -> store::Result<Option<(Sha256, Holding)>> {
    let Ok(sha256) = sha256.parse::<Sha256>() else { return Ok(None) };
    let held = held_by(&mut *app.store.read().await?, app.shell.now(), who, &sha256).await?;
    Ok(held.map(|holding| (sha256, holding)))
}
