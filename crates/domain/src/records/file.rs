//! Files that were put on the server.

use crate::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::FileId,
    record::record,
    role::Person,
    time::{DAY, UtcMillis},
};

record! {
    /// That a person has put a file on the server, and that it passed the inspection of its policy. Nobody's feed holds it: a later
    /// command of the same person reads it as a fact, and ties the file to a record that others may see.
    pub struct File(File) {
        /// Its id, made from the person and the hash.
        pub id: FileId,
        /// What its bytes are known by.
        pub sha256: Sha256,
        /// How many they are.
        pub size: i64,
        /// What they are, as the bytes themselves say.
        pub media_type: MediaType,
        /// What it was called when it came last.
        pub name: FileName,
        /// Who put it there.
        pub by: Person,
        /// What for, when it came last.
        pub policy: FilePolicy,
        /// When it came; one that came again a day and more afterwards, when it did so last.
        pub created_at: UtcMillis,
    }
}

impl File {
    /// How long it is kept for a record to be tied to it, in milliseconds.
    pub const KEPT: i64 = 30 * DAY;

    /// Whether a record can be tied to it at this moment: for a day less than it is kept, so that nobody ties what is just being taken
    /// away.
    #[must_use]
    pub const fn can_be_tied(&self, now: UtcMillis) -> bool {
        now.since(self.created_at) < Self::KEPT - DAY
    }
    /// Whether it came so long ago that coming again counts.
    #[must_use]
    pub const fn is_of_another_day(&self, now: UtcMillis) -> bool {
        now.since(self.created_at) >= DAY
    }
}
