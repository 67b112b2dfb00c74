//! Files that commands wait for. Their bytes stand beside the commands, so that both are there or neither.
//!
//! Invariant: staged bytes outlive everything but their act. “The bytes of a file are in the outbox in the same transaction as the
//! command that waits for them, and go when no command that is not finished waits for them: never before.”

use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{CommandId, UserId},
    status::CommandState,
    time::UtcMillis,
};
use sqlx::{Row, sqlite::SqliteRow};
use std::collections::HashSet;

use super::{Entry, New, Outbox};
use crate::error::{Error, Result};

/// How many bytes a piece has, the last one excepted.
const PIECE: usize = 1 << 20;
/// From so many bytes on what files have left empty is given back to the disk.
const EMPTY: u64 = 32 << 20;
/// While so many bytes are in use it is not: they are written once more for it, and pass through memory.
const IN_USE: u64 = 32 << 20;

/// A file that a person attaches: it was looked at, and `sha256` is that of its bytes.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// What it is uploaded for.
    pub policy: FilePolicy,
    /// What it is called.
    pub name: FileName,
    /// What it is.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A file in the outbox, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// Who attached it.
    pub author: UserId,
    /// What it is uploaded for.
    pub policy: FilePolicy,
    /// What it is called.
    pub name: FileName,
    /// What it is.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: u64,
    /// The server's name of the upload, once it was begun.
    pub upload: Option<String>,
    /// How many bytes the server has for certain.
    pub sent: u64,
    /// Whether the server has the file.
    pub done: bool,
    /// Whether a person wants it to rest.
    pub paused: bool,
}

impl Entry {
    /// The files that must be on the server before this can be done. A command of another program awaits none that is known here.
    #[must_use]
    pub fn awaits(&self) -> Vec<Sha256> {
        self.given().map(|given| given.command.awaits()).unwrap_or_default()
    }
}

impl Outbox {
    /// The files that are here, oldest first.
    pub(crate) fn staged(&self) -> &[Staged] {
        &self.staged
    }
    /// One of them.
    pub(crate) fn staged_file(&self, sha256: &Sha256) -> Option<&Staged> {
        self.staged.iter().find(|it| it.sha256 == *sha256)
    }
    /// Takes in a command and the files it waits for. All of it is on the disk when this returns.
    pub(crate) async fn attach(&mut self, new: New, files: Vec<Attachment>) -> Result<()> {
        if files.is_empty() {
            let entry = self.insert_alone(new).await?;
            self.live.push(entry);
            return Ok(());
        }
        self.file.begin().await?;
        let (author, made_at) = (new.author, new.made_at);
        let entry = self.insert(new).await?;
        let mut staged = Vec::with_capacity(files.len());
        for file in files {
            if self.staged_file(&file.sha256).is_none() {
                staged.push(self.insert_staged(file, author, made_at).await?);
            }
        }
        self.commit().await?;
        self.live.push(entry);
        self.staged.extend(staged);
        Ok(())
    }
    async fn insert_staged(&mut self, file: Attachment, author: UserId, made_at: UtcMillis) -> Result<Staged> {
        let Attachment { sha256, policy, name, media_type, bytes } = file;
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sql = "INSERT INTO staged (sha256, author, policy, name, media_type, size, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
        let query = sqlx::query(sql)
            .bind(hash(&sha256))
            .bind(author.uuid().as_bytes().to_vec())
            .bind(policy.wire().to_owned())
            .bind(name.as_str().to_owned())
            .bind(media_type.wire().to_owned())
            .bind(size)
            .bind(made_at.ms());
        self.file.run(query).await?;
        for (piece, bytes) in (0_i64..).zip(bytes.chunks(PIECE)) {
            let query = sqlx::query("INSERT OR REPLACE INTO staged_chunk (sha256, piece, bytes) VALUES (?, ?, ?)");
            self.file.run(query.bind(hash(&sha256)).bind(piece).bind(bytes.to_vec())).await?;
        }
        let size = u64::try_from(size).unwrap_or(0);
        Ok(Staged { sha256, author, policy, name, media_type, size, upload: None, sent: 0, done: false, paused: false })
    }
    /// Reads again which files are here, and lets those go that no command needs.
    pub(super) async fn reload_staged(&mut self) -> Result<()> {
        let sql = "SELECT sha256, author, policy, name, media_type, size, upload, sent, done, paused FROM staged ORDER BY n";
        let rows = self.file.all(sqlx::query(sql)).await?;
        self.staged = rows.iter().map(Staged::read).collect::<Result<_>>()?;
        self.let_files_go().await
    }
    /// Lets the files go that no command needs any more. A command that this program cannot read may need any of them.
    pub(super) async fn let_files_go(&mut self) -> Result<()> {
        if self.staged.is_empty() {
            return Ok(());
        }
        let early = domain::planted::planted("bytes_cleared_early");
        let open = || self.live.iter().filter(|e| e.is_open() && !(early && e.state == CommandState::Sent));
        if open().any(|e| e.given().is_err()) {
            return Ok(());
        }
        let needed: HashSet<Sha256> = open().flat_map(Entry::awaits).collect();
        let over: Vec<Sha256> = self.staged.iter().map(|it| it.sha256).filter(|sha256| !needed.contains(sha256)).collect();
        if over.is_empty() {
            return Ok(());
        }
        self.file.begin().await?;
        for sha256 in &over {
            for sql in ["DELETE FROM staged WHERE sha256 = ?", "DELETE FROM staged_chunk WHERE sha256 = ?"] {
                self.file.run(sqlx::query(sql).bind(hash(sha256))).await?;
            }
        }
        self.file.commit().await?;
        self.staged.retain(|it| needed.contains(&it.sha256));
        Ok(())
    }
    /// Gives back to the disk what files that have gone have left empty: SQLite keeps it for what may come.
    pub(crate) async fn give_back(&mut self) -> Result<()> {
        // What stands here is small without them, and so this is not in the way of whoever acts.
        if self.staged.is_empty() {
            self.file.give_back(EMPTY, IN_USE).await?;
        }
        Ok(())
    }
    /// Whether a command waits for a file that the server lacks, and that is here to be sent. What is not here the server may have:
    /// it says so.
    pub(super) fn waits_for_bytes(&self, entry: &Entry) -> bool {
        // Arguments are read only where there is something to wait for.
        let lacks = |sha256: &Sha256| self.staged_file(sha256).is_some_and(|it| !it.done);
        if domain::planted::planted("act_before_bytes") {
            return false;
        }
        self.staged.iter().any(|it| !it.done) && entry.awaits().iter().any(lacks)
    }
    /// The commands that wait for this file and are not held, in their order.
    pub(crate) fn waiting_for(&self, sha256: &Sha256) -> Vec<CommandId> {
        let waits = |e: &&Entry| e.state == CommandState::Queued && e.awaits().contains(sha256);
        self.live.iter().filter(waits).map(|e| e.id).collect()
    }
    /// The file that is to be sent next: the oldest that a command waits for and nobody paused.
    pub(crate) fn next_transfer(&self) -> Option<Staged> {
        let wanted = |it: &&Staged| !it.done && !it.paused && !self.waiting_for(&it.sha256).is_empty();
        self.staged.iter().find(wanted).cloned()
    }
    /// At most `most` of its bytes, from this one on; nothing where they are not here.
    pub(crate) async fn staged_bytes(&mut self, sha256: &Sha256, from: u64, most: usize) -> Result<Vec<u8>> {
        let piece = PIECE as u64;
        let sql = "SELECT substr(bytes, ?, ?) FROM staged_chunk WHERE sha256 = ? AND piece = ?";
        let at = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let query = sqlx::query(sql).bind(at(from % piece + 1)).bind(at(most as u64)).bind(hash(sha256)).bind(at(from / piece));
        let row = self.file.optional(query).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default())
    }
    /// Notes the server's name of an upload, and how far it is.
    pub(crate) async fn note_transfer(&mut self, sha256: &Sha256, upload: Option<&str>, sent: u64, done: bool) -> Result<()> {
        let sql = "UPDATE staged SET upload = ?, sent = ?, done = ? WHERE sha256 = ?";
        let bytes = i64::try_from(sent).unwrap_or(i64::MAX);
        self.write(sqlx::query(sql).bind(upload.map(str::to_owned)).bind(bytes).bind(done).bind(hash(sha256))).await?;
        if let Some(it) = self.staged.iter_mut().find(|it| it.sha256 == *sha256) {
            (it.upload, it.sent, it.done) = (upload.map(str::to_owned), sent, done);
        }
        Ok(())
    }
    /// Notes that a person wants it to rest, or to go on.
    pub(crate) async fn pause_transfer(&mut self, sha256: &Sha256, paused: bool) -> Result<()> {
        self.write(sqlx::query("UPDATE staged SET paused = ? WHERE sha256 = ?").bind(paused).bind(hash(sha256))).await?;
        self.staged.iter_mut().filter(|it| it.sha256 == *sha256).for_each(|it| it.paused = paused);
        Ok(())
    }
}

impl Staged {
    fn read(row: &SqliteRow) -> Result<Self> {
        let bad = |column| move || Error::Inconsistent { table: "staged", column, id: String::new() };
        let sha256: Vec<u8> = row.try_get("sha256")?;
        let sha256 = sha256.try_into().map(Sha256::from_bytes).map_err(|_| bad("sha256")())?;
        let author: Vec<u8> = row.try_get("author")?;
        let count = |column| -> Result<u64> { u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| bad(column)()) };
        Ok(Self {
            sha256,
            author: uuid::Uuid::from_slice(&author).map(UserId::from_uuid).map_err(|_| bad("author")())?,
            policy: FilePolicy::of_wire(row.try_get("policy")?),
            name: FileName::new(row.try_get("name")?).map_err(|_| bad("name")())?,
            media_type: MediaType::of_wire(row.try_get("media_type")?),
            size: count("size")?,
            upload: row.try_get("upload")?,
            sent: count("sent")?,
            done: row.try_get("done")?,
            paused: row.try_get("paused")?,
        })
    }
}

/// A hash as it stands in the tables.
fn hash(sha256: &Sha256) -> Vec<u8> {
    sha256.bytes().to_vec()
}
