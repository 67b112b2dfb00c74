//! Who may read a file: whoever may see a record that holds it. Every kind of record that can hold one has its line here.

use domain::{
    file::{FileName, MediaType, Sha256},
    id::FileId,
    record::{Kind, Record as _, RecordRef},
    records::File,
};
use store::Snapshot;

use crate::accounts::Session;

/// What a reader is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// What it is called there.
    pub name: FileName,
    /// What its bytes are.
    pub media_type: MediaType,
}

/// A record that holds this file and that this person may see; nothing where there is none.
///
/// # Errors
/// [`store::StoreError`].
pub async fn held_by(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    own(now, who, sha256).await
}

/// Whoever put it there has it.
async fn own(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let file = RecordRef::new(Kind::File, FileId::named(who.id(), sha256));
    let found = now.records(&[file]).await?;
    let file = found.first().and_then(|stored| File::of(&stored.held.record));
    Ok(file.map(|file| Holding { name: file.name.clone(), media_type: file.media_type.clone() }))
}
