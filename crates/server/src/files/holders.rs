//! Who may read a file: whoever may see a record that holds it. Every kind of record that can hold one has its line here.

use domain::{
    facts::{Held, Lookup},
    file::{FileName, MediaType, Sha256},
    id::FileId,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Attachment, Design, File, Message},
    time::UtcMillis,
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

impl From<&Attachment> for Holding {
    fn from(it: &Attachment) -> Self {
        Self { name: it.name.clone(), media_type: it.media_type.clone() }
    }
}

/// A record that holds this file at this moment and that this person may see; nothing where there is none. What a file was made for says more than
/// what somebody called it, so a design comes before a message, and a message before their own.
///
/// # Errors
/// [`store::StoreError`].
pub async fn held_by(now: &mut dyn Snapshot, at: UtcMillis, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    if let Some(found) = of_design(now, who, sha256).await? {
        return Ok(Some(found));
    }
    match of_message(now, who, sha256).await? {
        None => own(now, at, who, sha256).await,
        found => Ok(found),
    }
}

/// Whether this person sees a record that held this file until it was taken away.
///
/// # Errors
/// [`store::StoreError`].
pub async fn was_purged(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<bool> {
    Ok(!seen::<Design>(now, who, Lookup::DesignsPurged(*sha256)).await?.is_empty())
}

/// Whether some record holds this file, whoever may see it: then its bytes stay.
///
/// # Errors
/// [`store::StoreError`].
pub async fn is_held(now: &mut dyn Snapshot, at: UtcMillis, sha256: &Sha256) -> store::Result<bool> {
    let waits = |held: &Held| File::of(&held.record).is_some_and(|file| at.since(file.created_at) < File::KEPT);
    for holders in [Lookup::DesignsWith(*sha256), Lookup::MessagesWith(*sha256)] {
        if !now.lookup(&holders).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(now.lookup(&Lookup::FilesWith(*sha256)).await?.iter().any(waits))
}

/// Whoever sees a design version has its file; of several the newest one says what it is called.
async fn of_design(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let seen = seen::<Design>(now, who, Lookup::DesignsWith(*sha256)).await?;
    Ok(seen.iter().max_by_key(|design| (design.created_at, design.id)).map(Holding::from))
}

/// Whoever sees a message has its files; of several messages the newest one says what a file is called.
async fn of_message(now: &mut dyn Snapshot, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let seen = seen::<Message>(now, who, Lookup::MessagesWith(*sha256)).await?;
    let newest = seen.iter().max_by_key(|message| (message.created_at, message.id));
    Ok(newest.and_then(|message| message.attachments.with(sha256)).map(Holding::from))
}

/// What a lookup finds that this person may see.
async fn seen<R: Record>(now: &mut dyn Snapshot, who: &Session, lookup: Lookup) -> store::Result<Vec<R>> {
    let found = now.lookup(&lookup).await?;
    let records: Vec<_> = found.iter().map(|held| &*held.record).collect();
    let visible = visible(now, &who.actor(), &records).await?;
    Ok(records.into_iter().filter(|record| visible.contains(&record.reference())).filter_map(R::of).cloned().collect())
}

/// Whoever put it there has it until they tie it to something, and as long as they can. From then on it is that record's: whoever may not
/// see it any more has lost its file too, their own as well.
async fn own(now: &mut dyn Snapshot, at: UtcMillis, who: &Session, sha256: &Sha256) -> store::Result<Option<Holding>> {
    let file = RecordRef::new(Kind::File, FileId::named(who.id(), sha256));
    let found = now.records(&[file]).await?;
    let Some(file) = found.first().and_then(|stored| File::of(&stored.held.record)).filter(|file| file.can_be_tied(at)) else {
        return Ok(None);
    };
    for holders in [Lookup::DesignsWith(*sha256), Lookup::DesignsPurged(*sha256), Lookup::MessagesWith(*sha256)] {
        if now.lookup(&holders).await?.iter().any(|held| was_tied_by(who, &held.record)) {
            return Ok(None);
        }
    }
    Ok(Some(Holding { name: file.name.clone(), media_type: file.media_type.clone() }))
}

fn was_tied_by(who: &Session, holder: &AnyRecord) -> bool {
    let by = Design::of(holder).map(|it| it.by.id).or_else(|| Message::of(holder).map(|it| it.author.id));
    by == Some(who.id())
}
