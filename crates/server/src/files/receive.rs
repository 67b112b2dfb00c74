//! Bytes as they arrive. They are put away piece by piece, so that no more than a piece is in memory; and what arrived before a
//! connection broke is kept, because that is what makes going on worth while.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use sha1::Digest as _;
use std::time::Duration;
use store::{Part, Upload};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Advance, Behind, FilesError, MOST_PARTS, Turn};
use crate::{app::App, origin::Origin, writer::WriteError};

/// How large a piece is, in bytes.
const PIECE: usize = 1 << 20;
/// What is less than this is not kept when a connection breaks, in bytes: sending it again costs less than keeping it.
const WORTHWHILE: usize = 16 << 10;
/// How long nothing may arrive.
const SILENCE: Duration = Duration::from_secs(30);
/// How long one request may take. Whoever needs longer goes on in another.
const WHOLE: Duration = Duration::from_secs(600);
/// How long somebody who waits for an answer waits for pieces to be taken away again: a full disk gives them back at once, a store that
/// does not answer never does, and what is left is swept.
const GIVING_BACK: Duration = Duration::from_secs(2);

/// What the bytes of one request are said to add up to (tus, checksum).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

/// What is about to arrive.
#[derive(Debug)]
pub struct Arriving {
    /// To what it is added.
    pub upload: Upload,
    /// The turn of whoever sends it.
    pub turn: Turn,
    /// The bytes.
    pub body: Body,
    /// How many are announced.
    pub announced: Option<u64>,
    /// What they add up to. Without one, what a broken connection brought is kept.
    pub checksum: Option<Checksum>,
}

/// What arrived.
#[derive(Debug)]
pub struct Received {
    /// How the upload stands now.
    pub upload: Upload,
    /// Whether nothing was missing at the end; otherwise the connection broke, or was too slow.
    pub whole: bool,
    /// The turn, which goes on until it is dropped.
    pub turn: Turn,
}

/// Why nothing of it counts.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// More than was announced when the upload was begun.
    #[error("more bytes than were announced")]
    TooMuch,
    /// The bytes do not add up to what was said.
    #[error("the bytes do not have their checksum")]
    Mismatch,
    /// In too many pieces.
    #[error("in too many pieces")]
    TooManyParts,
    /// Somebody else was faster.
    #[error("the upload moved on meanwhile")]
    Elsewhere,
    /// The upload is no more.
    #[error("the upload is gone")]
    Gone,
    /// The shelf.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Takes the bytes of one request. It goes on when whoever asked is gone: their connection broke, and what they sent is here.
///
/// # Errors
/// [`Stopped`]; then nothing was added.
pub async fn receive(app: &App, arriving: Arriving) -> Result<Received, Stopped> {
    let (app, origin) = (app.clone(), Origin::current());
    let work = async move { Taking::new(&app, &arriving.upload, arriving.checksum.is_some()).take(arriving).await };
    let taken = match origin {
        Some(origin) => tokio::spawn(origin.scope(work)).await,
        None => tokio::spawn(work).await,
    };
    taken.unwrap_or(Err(Stopped::Write(WriteError::Internal)))
}

/// How the bytes of a request ended.
enum End {
    Whole,
    Broken,
}

enum Sum {
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    None,
}

impl Sum {
    fn of(checksum: Option<&Checksum>) -> Self {
        match checksum {
            Some(Checksum::Sha1(_)) => Self::Sha1(sha1::Sha1::new()),
            Some(Checksum::Sha256(_)) => Self::Sha256(sha2::Sha256::new()),
            None => Self::None,
        }
    }
    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(sum) => sum.update(bytes),
            Self::Sha256(sum) => sum.update(bytes),
            Self::None => {}
        }
    }
    fn is(self, checksum: Option<&Checksum>) -> bool {
        match (self, checksum) {
            (Self::Sha1(sum), Some(Checksum::Sha1(expected))) => *sum.finalize() == **expected,
            (Self::Sha256(sum), Some(Checksum::Sha256(expected))) => *sum.finalize() == **expected,
            (_, checksum) => checksum.is_none(),
        }
    }
}

struct Taking<'a> {
    app: &'a App,
    id: uuid::Uuid,
    at: u64,
    left: u64,
    buffer: BytesMut,
    parts: Vec<Part>,
    room_for: usize,
    checked: bool,
}

impl<'a> Taking<'a> {
    fn new(app: &'a App, upload: &Upload, checked: bool) -> Self {
        let bytes = |n: i64| u64::try_from(n).unwrap_or(0);
        let (at, left) = (bytes(upload.received), bytes(upload.size - upload.received));
        let room_for = MOST_PARTS.saturating_sub(upload.parts.len());
        Self { app, id: upload.id, at, left, buffer: BytesMut::new(), parts: Vec::new(), room_for, checked }
    }
    async fn take(mut self, arriving: Arriving) -> Result<Received, Stopped> {
        let Arriving { upload, mut turn, mut body, announced, checksum } = arriving;
        let mut sum = Sum::of(checksum.as_ref());
        let done = match self.read(&mut body, announced, &mut sum, &mut turn).await {
            // Bytes whose sum cannot be known count for nothing.
            Ok(End::Broken) if self.checked => Ok(None),
            Ok(End::Whole) if !sum.is(checksum.as_ref()) && !domain::planted::planted("sum_unchecked") => Err(Stopped::Mismatch),
            Ok(end) => self.keep(&end).await.map(Some),
            Err(stopped) => Err(stopped),
        };
        match done {
            Ok(Some((upload, whole))) => return Ok(Received { upload, whole, turn }),
            // Nobody knows whether it was written: pieces that do not count after all are swept.
            Err(Stopped::Write(error)) => return Err(error.into()),
            Ok(None) | Err(_) => drop(timeout(GIVING_BACK, self.app.shelf.drop_parts(self.id, &self.parts)).await),
        }
        done.map(|_| Received { upload, whole: false, turn })
    }
    /// Reads to the end, or to where it breaks off.
    async fn read(&mut self, body: &mut Body, announced: Option<u64>, sum: &mut Sum, turn: &mut Turn) -> Result<End, Stopped> {
        let (mut drain, last) = (self.app.draining(), Instant::now() + WHOLE);
        let mut read = 0_u64;
        // Whatever happens after the last byte: the request brought what it said.
        while announced != Some(read) {
            let next = timeout_at(last.min(Instant::now() + SILENCE), body.frame());
            let frame = tokio::select! {
                frame = next => frame,
                () = turn.wanted() => return Ok(End::Broken),
                _ = drain.wait_for(|draining| *draining) => return Ok(End::Broken),
            };
            let data = match frame {
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
                Ok(None) if announced.is_none() => return Ok(End::Whole),
                Ok(None | Some(Err(_))) | Err(_) => return Ok(End::Broken),
            };
            read += data.len() as u64;
            self.left = self.left.checked_sub(data.len() as u64).ok_or(Stopped::TooMuch)?;
            sum.update(&data);
            self.buffer.extend_from_slice(&data);
            while self.buffer.len() >= PIECE {
                let piece = self.buffer.split_to(PIECE).freeze();
                self.put(piece).await?;
            }
        }
        Ok(End::Whole)
    }
    async fn put(&mut self, bytes: Bytes) -> Result<(), Stopped> {
        if self.parts.len() >= self.room_for {
            return Err(Stopped::TooManyParts);
        }
        let part = Part { at: self.at, length: bytes.len() as u64, id: self.app.shell.uuid() };
        self.at += part.length;
        // It is ours from here on, to be taken away again if it comes to nothing.
        self.parts.push(part);
        Ok(self.app.shelf.put_part(self.id, &part, bytes).await?)
    }
    /// Makes what was read count.
    async fn keep(&mut self, end: &End) -> Result<(Upload, bool), Stopped> {
        let whole = matches!(end, End::Whole);
        let rest = self.buffer.split().freeze();
        if !rest.is_empty() && (whole || rest.len() >= WORTHWHILE) {
            self.put(rest).await?;
        }
        let from = self.at - self.parts.iter().map(|part| part.length).sum::<u64>();
        let advance = Advance::new(self.id, i64::try_from(from).unwrap_or(i64::MAX), self.parts.clone());
        match self.app.writer.write(advance).await? {
            Ok(upload) => Ok((upload, whole)),
            Err(Behind::Elsewhere) => Err(Stopped::Elsewhere),
            Err(Behind::Gone) => Err(Stopped::Gone),
        }
    }
}
