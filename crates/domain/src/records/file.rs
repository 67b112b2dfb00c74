//! Files that were put on the server.

use crate::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::FileId,
    record::record,
    role::Person,
    time::UtcMillis,
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
        /// When it came first.
        pub created_at: UtcMillis,
    }
}
