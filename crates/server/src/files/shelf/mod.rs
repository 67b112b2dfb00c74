//! Where bytes lie: a folder, or a store that speaks S3. Whatever is put there appears under its name when it is whole, or not at all.
//! Files lie under their hash, pieces of uploads under the upload; so every instance on one shelf can go on with what another began.

mod bucket;
mod error;
#[cfg(test)]
pub(crate) mod tests;

use bytes::Bytes;
use domain::{file::Sha256, time::UtcMillis};
use futures_util::{
    FutureExt as _, StreamExt as _, TryStreamExt as _,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use object_store::{
    Error, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem, memory::InMemory,
    path::Path,
};
use std::{collections::BTreeSet, future::ready, ops::Range, sync::Arc};
use store::Part;
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use error::FilesError;

/// How many files are looked at as a whole at once: each is in memory then.
const AT_ONCE: usize = 4;
/// How many pieces of one upload are fetched at once.
const PIECES_AT_ONCE: usize = 8;
/// As much of a file as is asked for at once, in bytes. Whoever reads slowly keeps no line to the store open meanwhile, which would cut it
/// off sooner than they are through.
const AT_A_TIME: u64 = 1 << 20;
/// Below what files lie.
const FILES: &str = "blobs";
/// Below what small pictures of files lie.
const PREVIEWS: &str = "previews";
/// Below what pieces of uploads lie.
const UPLOADS: &str = "uploads";
/// Below what it is tried whether anything can lie there.
const TRIES: &str = ".ready";

/// Bytes that were found, as they are read.
pub struct Found {
    /// How many bytes the whole file has.
    pub size: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// They.
    pub bytes: BoxStream<'static, Result<Bytes, FilesError>>,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found").field("size", &self.size).field("range", &self.range).finish_non_exhaustive()
    }
}

/// A place for bytes. Cheap to clone.
#[derive(Clone)]
pub struct Shelf {
    store: Arc<dyn ObjectStore>,
    /// Held by whoever has a whole file in memory.
    places: Arc<Semaphore>,
    /// Held by whoever draws.
    easel: Arc<Semaphore>,
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shelf({})", self.store)
    }
}

impl Shelf {
    /// On whatever keeps objects: simulations bring a disk of their own.
    #[must_use]
    pub fn on(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, places: Arc::new(Semaphore::new(AT_ONCE)), easel: Arc::new(Semaphore::new(1)) }
    }
    /// One that is gone with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::on(Arc::new(InMemory::new()))
    }
    /// A folder, which must be there.
    ///
    /// # Errors
    /// [`FilesError::BadPlace`] when it is none.
    pub fn folder(folder: &std::path::Path) -> Result<Self, FilesError> {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| FilesError::BadPlace(error.to_string()))?;
        Ok(Self::on(Arc::new(store.with_fsync(true).with_automatic_cleanup(true))))
    }
    /// A bucket: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`. Keys come from the environment (`AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`), as does what the address does not say. Nobody is asked yet whether it is there.
    ///
    /// # Errors
    /// [`FilesError::BadPlace`] when it cannot be one, leads elsewhere by plain HTTP, or there are no keys.
    pub fn bucket(address: &str) -> Result<Self, FilesError> {
        Ok(Self::on(bucket::open(address, std::env::vars(), bucket::Patience::USUAL)?))
    }

    fn file(sha256: &Sha256) -> Path {
        let name = sha256.to_string();
        Path::from_iter([FILES, &name[..2], &name])
    }
    fn small(sha256: &Sha256, size: &str) -> Path {
        let name = sha256.to_string();
        Path::from_iter([PREVIEWS, &name[..2], &name, size])
    }
    fn upload(upload: Uuid) -> Path {
        Path::from_iter([UPLOADS, &upload.simple().to_string()])
    }
    fn part(upload: Uuid, part: &Part) -> Path {
        Self::upload(upload).join(format!("{}-{}", part.at, part.id.simple()))
    }

    /// Whether something can be put there, found, read and taken away, for `/readyz`; `name` is nobody else's.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn probe(&self, name: &str) -> Result<(), FilesError> {
        let folder = Path::from_iter([TRIES, name]);
        let path = folder.clone().join("x");
        self.put_at(&path, Bytes::from_static(b"ready")).await?;
        let read = self.store.get(&path).await?.bytes().await?;
        let found = self.store.list(Some(&folder)).try_next().await?;
        self.store.delete(&path).await?;
        if read == "ready" && found.is_some() { Ok(()) } else { Err(other_bytes(&path)) }
    }
    /// Puts something whole under its name. A place that takes nothing is none, whatever it calls it.
    async fn put_at(&self, path: &Path, bytes: Bytes) -> Result<(), FilesError> {
        match self.store.put(path, PutPayload::from(bytes)).await.map_err(FilesError::from) {
            Ok(_) => Ok(()),
            Err(FilesError::Missing(path)) => Err(FilesError::Unavailable(format!("there is no place for {path}"))),
            Err(error) => Err(error),
        }
    }
    /// Puts a file away. One that lies there already is written anew, so that it counts as fresh.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn put(&self, sha256: &Sha256, bytes: Bytes) -> Result<(), FilesError> {
        self.put_at(&Self::file(sha256), bytes).await
    }
    /// Whether a file lies there, and how many bytes it has.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn size(&self, sha256: &Sha256) -> Result<Option<u64>, FilesError> {
        match self.store.head(&Self::file(sha256)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
    /// A file, or a part of it, as it is read: no file is empty. What cannot be reached in its middle ends it with an error.
    ///
    /// # Errors
    /// [`FilesError::Missing`] among them.
    pub async fn get(&self, sha256: &Sha256, range: Option<Range<u64>>) -> Result<Found, FilesError> {
        let (store, path, wanted) = (Arc::clone(&self.store), Self::file(sha256), range.unwrap_or(0..u64::MAX));
        let (first, size) = some(&store, &path, wanted.clone()).await?;
        let range = wanted.start..wanted.end.min(size);
        let (read, end) = (range.start + first.len() as u64, range.end);
        let rest = stream::try_unfold((store, path, read), move |(store, path, at)| async move {
            if at >= end {
                return Ok(None);
            }
            let (bytes, _) = some(&store, &path, at..end).await?;
            let at = at + bytes.len() as u64;
            Ok(Some((bytes, (store, path, at))))
        });
        Ok(Found { size, range, bytes: stream::once(ready(Ok(first))).chain(rest).boxed() })
    }

    /// The small picture of a file, if one was made.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn preview(&self, sha256: &Sha256, size: &str) -> Result<Option<Bytes>, FilesError> {
        match self.store.get(&Self::small(sha256, size)).await.map_err(FilesError::from) {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(FilesError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
    /// Puts a small picture of a file away.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn put_preview(&self, sha256: &Sha256, size: &str, bytes: Bytes) -> Result<(), FilesError> {
        self.put_at(&Self::small(sha256, size), bytes).await
    }
    /// The one place where pictures are drawn.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`] when the process ends.
    pub async fn easel(&self) -> Result<tokio::sync::OwnedSemaphorePermit, FilesError> {
        Arc::clone(&self.easel).acquire_owned().await.map_err(|error| FilesError::Unavailable(error.to_string()))
    }

    /// Puts a piece of an upload away.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn put_part(&self, upload: Uuid, part: &Part, bytes: Bytes) -> Result<(), FilesError> {
        self.put_at(&Self::part(upload, part), bytes).await
    }
    /// Takes pieces away again that count for nothing. What cannot be taken away now is swept later.
    pub async fn drop_parts(&self, upload: Uuid, parts: &[Part]) {
        let paths: Vec<_> = parts.iter().map(|part| Ok(Self::part(upload, part))).collect();
        let mut gone = self.store.delete_stream(stream::iter(paths).boxed());
        while let Some(one) = gone.next().await {
            match one {
                Ok(_) | Err(Error::NotFound { .. }) => {}
                Err(error) => {
                    tracing::debug!(error = %FilesError::from(error), "pieces of an upload could not be taken away");
                    return;
                }
            }
        }
    }
    /// All pieces of an upload, put together. Only so many are put together at once as memory is kept for.
    ///
    /// # Errors
    /// [`FilesError::Missing`] among them: somebody took them away meanwhile.
    pub async fn whole(&self, upload: Uuid, parts: &[Part]) -> Result<Bytes, FilesError> {
        let mut bytes = Vec::with_capacity(parts.iter().filter_map(|part| usize::try_from(part.length).ok()).sum());
        let one = |part: &Part| piece(Arc::clone(&self.store), Self::part(upload, part), part.length).boxed();
        let all: Vec<BoxFuture<'static, Result<Bytes, FilesError>>> = parts.iter().map(one).collect();
        let mut found = stream::iter(all).buffered(PIECES_AT_ONCE);
        while let Some(piece) = found.try_next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.into())
    }
    /// A place among those who have a whole file in memory.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`] when the process ends.
    pub async fn place(&self) -> Result<tokio::sync::OwnedSemaphorePermit, FilesError> {
        Arc::clone(&self.places).acquire_owned().await.map_err(|error| FilesError::Unavailable(error.to_string()))
    }

    /// Takes pieces of uploads away that were put there before this moment, whatever they belong to; how many. What a probe has left
    /// behind goes with them.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn sweep_parts(&self, before: UtcMillis) -> Result<u64, FilesError> {
        self.sweep_below(TRIES, before).await?;
        self.sweep_below(UPLOADS, before).await
    }
    async fn sweep_below(&self, below: &str, before: UtcMillis) -> Result<u64, FilesError> {
        let mut gone = self.store.delete_stream(self.older(below, before));
        let mut count = 0;
        while let Some(one) = gone.next().await {
            match one {
                Ok(_) => count += 1,
                // Another instance sweeps as well.
                Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(count)
    }
    /// The files that were put there before this moment.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn old_files(&self, before: UtcMillis) -> Result<Vec<Sha256>, FilesError> {
        let mut old = self.older(FILES, before);
        let mut found = Vec::new();
        while let Some(path) = old.try_next().await? {
            found.extend(path.filename().and_then(|name| name.parse::<Sha256>().ok()));
        }
        Ok(found)
    }
    /// The files that have small pictures which were put there before this moment, whether they are still there or not.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn old_previews(&self, before: UtcMillis) -> Result<BTreeSet<Sha256>, FilesError> {
        let named = |path: Path| path.parts().nth(2).and_then(|name| name.as_ref().parse::<Sha256>().ok());
        Ok(self.older(PREVIEWS, before).try_filter_map(|path| ready(Ok(named(path)))).try_collect().await?)
    }
    /// Takes a file away if it still is as old. Whether it did: another one may have been faster.
    ///
    /// # Errors
    /// [`FilesError`]; then nobody knows whether it did.
    pub async fn drop_file(&self, sha256: &Sha256, before: UtcMillis) -> Result<bool, FilesError> {
        let path = Self::file(sha256);
        let is_old = match self.store.head(&path).await {
            Ok(meta) => is_older(&meta, before),
            Err(Error::NotFound { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        if !is_old {
            return Ok(false);
        }
        match self.store.delete(&path).await {
            Ok(()) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
    /// Takes the small pictures of a file away, which can be made again as long as it is there.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn drop_previews(&self, sha256: &Sha256) -> Result<(), FilesError> {
        let name = sha256.to_string();
        self.sweep_below(&format!("{PREVIEWS}/{}/{name}", &name[..2]), UtcMillis::from_ms(i64::MAX)).await?;
        Ok(())
    }
    fn older(&self, below: &str, before: UtcMillis) -> BoxStream<'static, Result<Path, Error>> {
        let all = self.store.list(Some(&Path::from(below)));
        all.try_filter_map(move |meta| ready(Ok(is_older(&meta, before).then_some(meta.location)))).boxed()
    }
}

fn is_older(meta: &ObjectMeta, before: UtcMillis) -> bool {
    meta.last_modified.timestamp_millis() < before.ms()
}

/// As much of this part as is asked for at once, from its beginning, and how many bytes there are in all.
async fn some(store: &Arc<dyn ObjectStore>, path: &Path, wanted: Range<u64>) -> Result<(Bytes, u64), FilesError> {
    let wanted = wanted.start..wanted.end.min(wanted.start.saturating_add(AT_A_TIME));
    let options = GetOptions { range: Some(GetRange::Bounded(wanted)), ..GetOptions::default() };
    let found = store.get_opts(path, options).await?;
    let (size, length) = (found.meta.size, found.range.end - found.range.start);
    let bytes = found.bytes().await?;
    if bytes.len() as u64 == length && length > 0 { Ok((bytes, size)) } else { Err(other_bytes(path)) }
}

/// A piece of an upload, all of it.
async fn piece(store: Arc<dyn ObjectStore>, path: Path, length: u64) -> Result<Bytes, FilesError> {
    let bytes = store.get(&path).await?.bytes().await?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(other_bytes(&path)) }
}

/// What lies there is not what was put there.
fn other_bytes(path: &Path) -> FilesError {
    FilesError::Unavailable(format!("{path} is not as it was put there"))
}
