//! Who may read a file: whoever may see a record that holds it. Every kind of record that can hold one has its line here.

use domain::{
    facts::Lookup,
    file::{FileName, MediaType, Sha256},
    id::FileId,
    record::{Kind, Record as _, RecordRef},
    records::{Design, File},
};
use store::Snapshot;

use crate::{accounts::Session, visible::visible};

/// What a reader is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// What it is called there.
    pub name: FileName,
    /// What its bytes are.
    pub media_type: MediaType,
}

impl From<&Design> for Holding {
    fn from(it: &Design) -> Self {
        Self { name: it.download_name(), media_type: it.media_type.clone() }
    }
}

/// A record that holds this file and that this person may see; nothing where there is none. What a file was made for says more than
/// what somebody called it, so a design comes before their own.
///
/// # Errors
/// [`store::StoreError`].
pub async fn held_by(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    match of_design(now, who, sha256).await? {
        None => own(now, who, sha256).await,
        found => Ok(found),
    }
}

/// Whoever sees a design version has its file; of several the newest one says what it is called.
async fn of_design(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let found = now.lookup(&Lookup::DesignsWith(*sha256)).await?;
    let records: Vec<_> = found.iter().map(|held| &*held.record).collect();
    let visible = visible(now, &who.actor(), &records).await?;
    let seen = records.into_iter().filter(|record| visible.contains(&record.reference())).filter_map(Design::of);
    Ok(seen.max_by_key(|design| (design.created_at, design.id)).map(Holding::from))
}

/// Whoever put it there has it.
async fn own(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let file = RecordRef::new(Kind::File, FileId::named(who.id(), sha256));
    let found = now.records(&[file]).await?;
    let file = found.first().and_then(|stored| File::of(&stored.held.record));
    Ok(file.map(|file| Holding { name: file.name.clone(), media_type: file.media_type.clone() }))
}
