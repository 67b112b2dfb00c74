//! Files that people put on the server.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Stop},
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::FileId,
    record::{Kind, RecordRef},
    records::File,
    role::Role,
    rule::{Cx, at_hand, create, field, writes},
    text::Invalid,
};

/// What is known here of a file that the actor ties to a record.
pub(crate) enum Known {
    /// It is so long, and this, as the server has it.
    Is(i64, MediaType),
    /// They did not put it there, or so long ago that its bytes may be gone.
    Missing,
    /// A desk holds no files: the server says it.
    NotHere,
}

/// The file with these bytes that the actor has put on the server.
///
/// # Errors
/// [`Stop`] where it must be loaded first.
pub(crate) fn put_there(cx: &Cx<'_>, sha256: &Sha256) -> Result<Known, Stop> {
    Ok(match at_hand(cx.lookup::<File>(FileId::named(cx.actor.id(), sha256)))? {
        None => Known::NotHere,
        Some(Some(file)) if file.record.can_be_tied(cx.now) => Known::Is(file.record.size, file.record.media_type),
        Some(_) => Known::Missing,
    })
}

/// `file.put`: a file of this person has come to the server whole, and passed the inspection of its policy. The system notes it under
/// their name. Whoever puts the same bytes there once more has one file, which is called as it was last and kept for what it was last. What no
/// record is tied to within a month is taken away ([`File::KEPT`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Put {
    /// Its id: [`FileId::named`] of the person and the hash.
    pub id: FileId,
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many they are.
    pub size: u64,
    /// What they are.
    pub media_type: MediaType,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub policy: FilePolicy,
}

impl Put {
    fn file(&self, cx: &Cx<'_>) -> Result<File, Stop> {
        let name = field("name", FileName::new(&self.name))?;
        field("policy", self.policy.limits().ok_or(Invalid::Unknown))?;
        let size = field("size", self.policy.size(self.size))?;
        field("media_type", self.policy.takes(size, &self.media_type))?;
        if self.id != FileId::named(cx.actor.id(), &self.sha256) {
            return field("id", Err(Invalid::Malformed));
        }
        let (sha256, media_type, policy) = (self.sha256, self.media_type.clone(), self.policy.clone());
        Ok(File { id: self.id, sha256, size, media_type, name, by: cx.actor.person.clone(), policy, created_at: cx.now })
    }
}

impl Act for Put {
    const NAME: &'static str = "file.put";
    const RULE: &'static str = "R-077, R-096, C-34";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::File, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let file = self.file(cx)?;
        let Some(mut read) = cx.lookup::<File>(self.id)? else { return Ok(writes(vec![create(file)])) };
        if read.record.is_of_another_day(cx.now) {
            read.record.created_at = cx.now;
        } else if (&read.record.name, &read.record.policy) == (&file.name, &file.policy) {
            return Ok(Changes::default());
        }
        (read.record.name, read.record.policy) = (file.name, file.policy);
        Ok(writes(vec![read.write()]))
    }
}
