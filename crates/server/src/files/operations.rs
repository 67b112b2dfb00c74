//! What is written of files on their way.

use async_trait::async_trait;
use domain::{
    commands::file::Put,
    file::{FilePolicy, MediaType, Sha256},
    id::{CommandId, FileId, UserId},
    role::{Actor, Person},
    time::{MINUTE, UtcMillis},
    wire::OutcomeStatus,
};
use std::time::Duration;
use store::{Part, Upload, UploadWrite};
use tokio::time::timeout;
use uuid::Uuid;

use super::{FilesError, KEPT, MOST_UNDER_WAY, Shelf, is_held};
use crate::{
    accounts::Session,
    writer::{Item, Operation, Work},
};

/// How many expired uploads go in one commit.
const AT_ONCE: u32 = 100;

/// How long an upload that nothing came for is left alone where its place is wanted, in milliseconds.
const IDLE: i64 = 10 * MINUTE;

/// Begins an upload. The answer is how it stands; nothing where the person has too many under way.
///
/// Where the answer to one is lost on its way, nobody knows of that upload, and it would take a place for a week. So the oldest that
/// nothing came for gives way where all places are taken.
#[derive(Debug)]
pub struct Begin {
    upload: Upload,
    begun: bool,
}

impl Begin {
    /// This person's upload of what was announced; it expires a week from when it is begun.
    #[must_use]
    pub fn new(
        id: Uuid,
        user: UserId,
        (sha256, size): (Sha256, i64),
        announced: inspect::Announced,
        (policy, metadata): (FilePolicy, String),
    ) -> Self {
        let inspect::Announced { name, media_type } = announced;
        // When it is begun is for the writer to say.
        let (created_at, until) = (UtcMillis::from_ms(0), UtcMillis::from_ms(0));
        let (received, parts, finished_at) = (0, Vec::new(), None);
        let upload = Upload { id, user, sha256, size, name, media_type, policy, metadata, received, parts, created_at, until, finished_at };
        Self { upload, begun: false }
    }
}

#[async_trait]
impl Operation for Begin {
    type Answer = Option<Upload>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let now = work.now();
        (self.upload.created_at, self.upload.until) = (now, now.plus(KEPT));
        let (user, add) = (self.upload.user, UploadWrite::Add(self.upload.clone()));
        let writes = if work.stored().uploads_under_way(user, now).await? < MOST_UNDER_WAY {
            vec![add]
        } else {
            let idle = work.stored().idle_upload(user, now, now.plus(-IDLE)).await?;
            idle.map_or_else(Vec::new, |idle| vec![UploadWrite::Drop(idle), add])
        };
        self.begun = !writes.is_empty();
        work.write_uploads(writes).await
    }
    fn answer(self) -> Option<Option<Upload>> {
        Some(self.begun.then_some(self.upload))
    }
}

/// Adds pieces to an upload, if it still stands where they begin.
#[derive(Debug)]
pub struct Advance {
    id: Uuid,
    from: i64,
    parts: Vec<Part>,
    done: Result<Upload, Behind>,
}

/// Why pieces were not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It stands elsewhere: somebody else was faster.
    Elsewhere,
    /// It is no more.
    Gone,
}

impl Advance {
    /// Adds these, which begin where it stood with so many bytes.
    #[must_use]
    pub const fn new(id: Uuid, from: i64, parts: Vec<Part>) -> Self {
        Self { id, from, parts, done: Err(Behind::Gone) }
    }
}

#[async_trait]
impl Operation for Advance {
    type Answer = Result<Upload, Behind>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (id, from) = (self.id, self.from);
        self.done = match work.stored().upload(id).await? {
            None => Err(Behind::Gone),
            Some(upload) if upload.received != from || upload.finished_at.is_some() => Err(Behind::Elsewhere),
            Some(mut upload) => {
                let more: u64 = self.parts.iter().map(|part| part.length).sum();
                upload.received += i64::try_from(more).unwrap_or(i64::MAX);
                upload.parts.extend_from_slice(&self.parts);
                let (to, parts) = (upload.received, upload.parts.clone());
                work.write_uploads(vec![UploadWrite::Move { id, from, to, parts }]).await?;
                Ok(upload)
            }
        };
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.done)
    }
}

/// Forgets an upload.
#[derive(Debug)]
pub struct Drop(pub Uuid);

#[async_trait]
impl Operation for Drop {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        work.write_uploads(vec![UploadWrite::Drop(self.0)]).await
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}

/// Writes that a person has a file, in one commit with the end of its upload. The answer says whether the rulebook took it.
#[derive(Debug)]
pub(super) struct Keep {
    id: CommandId,
    actor: Actor,
    put: Put,
    upload: Uuid,
    done: bool,
}

impl Keep {
    /// This file of whoever asks in this session. `id` is a new one, for the audit.
    pub(super) fn new(id: CommandId, who: &Session, facts: (Sha256, u64, MediaType), upload: &Upload) -> Self {
        let (sha256, size, media_type) = facts;
        let (name, policy) = (upload.name.as_str().to_owned(), upload.policy.clone());
        let put = Put { id: FileId::named(who.id(), &sha256), sha256, size, media_type, name, policy };
        let person = Person { id: who.id(), name: who.user.name.clone() };
        Self { id, actor: Actor::system_for(person, who.device), put, upload: upload.id, done: false }
    }
}

#[async_trait]
impl Operation for Keep {
    type Answer = bool;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let judged = work.judge(&self.actor, &Item::of(self.id, self.put.clone())).await?;
        self.done = judged.outcome.status == OutcomeStatus::Applied;
        let finish = UploadWrite::Finish { id: self.upload, at: work.now() };
        if self.done { work.write_uploads(vec![finish]).await } else { Ok(()) }
    }
    fn answer(self) -> Option<bool> {
        Some(self.done)
    }
}

/// Forgets expired uploads, at most a hundred; the answer is which.
#[derive(Debug, Default)]
pub struct SweepUploads(Vec<Upload>);

#[async_trait]
impl Operation for SweepUploads {
    type Answer = Vec<Upload>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let now = work.now();
        self.0 = work.stored().expired_uploads(now, AT_ONCE).await?;
        let drops = self.0.iter().map(|upload| UploadWrite::Drop(upload.id)).collect();
        work.write_uploads(drops).await
    }
    fn answer(self) -> Option<Vec<Upload>> {
        Some(self.0)
    }
}

/// How long everybody who writes waits for a file to be taken away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Takes a file away that no record holds and that lies there since before a moment. Both within a transaction of the one writer: nobody
/// can come to hold it between the look and the taking away. The answer is whether it is gone.
#[derive(Debug)]
pub struct SweepFile {
    shelf: Shelf,
    sha256: Sha256,
    before: UtcMillis,
    gone: Result<bool, FilesError>,
}

impl SweepFile {
    /// This one, if it was put there before this moment.
    #[must_use]
    pub const fn new(shelf: Shelf, sha256: Sha256, before: UtcMillis) -> Self {
        Self { shelf, sha256, before, gone: Ok(false) }
    }
}

#[async_trait]
impl Operation for SweepFile {
    type Answer = Result<bool, FilesError>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let now = work.now();
        let held = is_held(work.stored(), now, &self.sha256).await? && !domain::planted::planted("swept_unasked");
        if !held {
            let gone = timeout(PATIENCE, self.shelf.drop_file(&self.sha256, self.before)).await;
            self.gone = gone.unwrap_or_else(|_| Err(FilesError::Unavailable("a file was not taken away in time".into())));
        }
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.gone)
    }
}
