//! Notes of the staff.

use crate::{
    id::{NoteId, UserId},
    record::{RecordRef, record},
    role::Person,
    text::NoteText,
    time::UtcMillis,
};

record! {
    /// A note of the staff about a record. Its audience is the staff that may see the record, or its author alone.
    /// A client never reads one.
    pub struct Note(Note) {
        /// Its id.
        pub id: NoteId,
        /// What it is about; also its scope.
        pub record: RecordRef,
        /// Who wrote it.
        pub author: Person,
        /// What it says.
        pub text: NoteText,
        /// Whether only its author may read it.
        pub private: bool,
        /// When it was written.
        pub created_at: UtcMillis,
    }
}

impl Note {
    /// The account of its author.
    #[must_use]
    pub const fn author_id(&self) -> UserId {
        self.author.id
    }
}
