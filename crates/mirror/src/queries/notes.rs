//! Finding notes by what they say.

use domain::{
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, Note},
    search::Wanted,
    time::UtcMillis,
};
use std::{cmp::Reverse, collections::HashMap};

use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    queries::{first_by, newest_first},
};

/// A note that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteHit {
    /// The note.
    pub note: Note,
    /// The request it is about.
    pub consultation: Consultation,
}

impl Cabinet {
    /// The notes about requests that a text finds, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn notes(&self, text: &str, limit: usize, now: UtcMillis) -> Result<Vec<NoteHit>> {
        let mut inner = self.lock(now).await?;
        inner.find_notes(&Wanted::new(text), limit).await
    }
    /// Reads the next part of what can be found, so that the first search does not wait for all of it. Whether all has been read.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn prepare_search(&self, now: UtcMillis) -> Result<bool> {
        self.lock(now).await?.mirror.read_texts().await
    }
}

impl Inner {
    async fn find_notes(&mut self, wanted: &Wanted, limit: usize) -> Result<Vec<NoteHit>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let finder = self.mirror.find_text(Kind::Note, wanted).await?;
        let newest = first_by(finder.found(Kind::Note), limit, |a, b| newest_first(a, b));
        let names: Vec<RecordRef> = newest.into_iter().map(|it| RecordRef { kind: Kind::Note, id: it.id }).collect();
        let mut notes = Vec::with_capacity(names.len());
        for stored in self.mirror.records(&names).await? {
            if let AnyRecord::Note(note) = stored.record()? {
                notes.push(note);
            }
        }
        notes.sort_unstable_by_key(|note| Reverse((note.created_at, note.id)));
        let about: Vec<RecordRef> = notes.iter().map(|note| note.record).filter(|r| r.kind == Kind::Consultation).collect();
        let mut requests = HashMap::new();
        for stored in self.mirror.records(&about).await? {
            if let AnyRecord::Consultation(it) = stored.record()? {
                requests.insert(stored.name.id, it);
            }
        }
        let hit = |note: Note| requests.get(&note.record.id).cloned().map(|consultation| NoteHit { note, consultation });
        Ok(notes.into_iter().filter_map(hit).collect())
    }
}
