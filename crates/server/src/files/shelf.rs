//! Where bytes lie: a folder, or a store that speaks S3. Whatever is put there appears under its name when it is whole, or not at all.
//! Files lie under their hash, pieces of uploads under the upload; so every instance on one shelf can go on with what another began.

use bytes::Bytes;
use domain::{file::Sha256, time::UtcMillis};
use futures_util::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use object_store::{
    Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem,
    memory::InMemory, path::Path, prefix::PrefixStore,
};
use std::{ops::Range, sync::Arc};
use store::Part;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How many files are looked at as a whole at once: each is in memory then.
const AT_ONCE: usize = 4;
/// Below what files lie.
const FILES: &str = "blobs";
/// Below what small pictures of files lie.
const PREVIEWS: &str = "previews";
/// Below what pieces of uploads lie.
const UPLOADS: &str = "uploads";

/// Why bytes could not be put away or fetched.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// They are not there.
    #[error("not there: {0}")]
    Missing(String),
    /// What they lie on does not answer as it should.
    #[error("the files cannot be reached: {0}")]
    Unavailable(String),
    /// What was set cannot be a place for files.
    #[error("{0}")]
    BadPlace(String),
}

impl From<Error> for FilesError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { path, .. } => Self::Missing(path),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Bytes that were found, as they are read.
pub struct Found {
    /// How many bytes the whole file has.
    pub size: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// They.
    pub bytes: BoxStream<'static, Result<Bytes, Error>>,
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
    /// `AWS_SECRET_ACCESS_KEY`), as does what the address does not say.
    ///
    /// # Errors
    /// [`FilesError::BadPlace`] when it cannot be one.
    pub fn bucket(url: &str) -> Result<Self, FilesError> {
        let bad = |why: &str| FilesError::BadPlace(format!("the address of the files {why}: s3://BUCKET/PREFIX?endpoint=URL&region=NAME"));
        let rest = url.strip_prefix("s3://").ok_or_else(|| bad("does not begin with s3://"))?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            return Err(bad("names no bucket"));
        }
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        for (name, value) in query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| pair.split_once('=')) {
            builder = match name {
                "endpoint" => builder.with_endpoint(value).with_allow_http(is_loopback(value)),
                "region" => builder.with_region(value),
                _ => return Err(bad(&format!("has an unknown part, {name}"))),
            };
        }
        // The client of the store takes whatever cryptography the process has chosen.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = builder.build().map_err(|error| bad(&format!("cannot be used ({error})")))?;
        Ok(Self::on(Arc::new(PrefixStore::new(store, prefix))))
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

    /// Whether something can be put there, read and taken away, for `/readyz`; `name` is nobody else's.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn probe(&self, name: &str) -> Result<(), FilesError> {
        let path = Path::from_iter([".ready", name]);
        self.store.put(&path, PutPayload::from_static(b"ready")).await?;
        let read = self.store.get(&path).await?.bytes().await?;
        self.store.delete(&path).await?;
        if read == "ready" { Ok(()) } else { Err(FilesError::Unavailable("what was written is not what is read".into())) }
    }
    /// Puts a file away. One that lies there already is written anew, so that it counts as fresh.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn put(&self, sha256: &Sha256, bytes: Bytes) -> Result<(), FilesError> {
        self.store.put(&Self::file(sha256), bytes.into()).await?;
        Ok(())
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
    /// A file, or a part of it, as it is read.
    ///
    /// # Errors
    /// [`FilesError::Missing`] among them.
    pub async fn get(&self, sha256: &Sha256, range: Option<Range<u64>>) -> Result<Found, FilesError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store.get_opts(&Self::file(sha256), options).await?;
        Ok(Found { size: found.meta.size, range: found.range.clone(), bytes: found.into_stream() })
    }

    /// The small picture of a file, if one was made.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn preview(&self, sha256: &Sha256, size: &str) -> Result<Option<Bytes>, FilesError> {
        match self.store.get(&Self::small(sha256, size)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
    /// Puts a small picture of a file away.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn put_preview(&self, sha256: &Sha256, size: &str, bytes: Bytes) -> Result<(), FilesError> {
        self.store.put(&Self::small(sha256, size), bytes.into()).await?;
        Ok(())
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
        self.store.put(&Self::part(upload, part), bytes.into()).await?;
        Ok(())
    }
    /// Takes pieces away again that count for nothing. What cannot be taken away now is swept later.
    pub async fn drop_parts(&self, upload: Uuid, parts: &[Part]) {
        for part in parts {
            if let Err(error) = self.store.delete(&Self::part(upload, part)).await {
                tracing::debug!(%error, "a piece of an upload could not be taken away");
            }
        }
    }
    /// All pieces of an upload, put together. Only so many are put together at once as memory is kept for.
    ///
    /// # Errors
    /// [`FilesError::Missing`] among them: somebody took them away meanwhile.
    pub async fn whole(&self, upload: Uuid, parts: &[Part]) -> Result<Bytes, FilesError> {
        let mut bytes = Vec::with_capacity(parts.iter().filter_map(|part| usize::try_from(part.length).ok()).sum());
        for part in parts {
            let mut found = self.store.get(&Self::part(upload, part)).await?.into_stream();
            while let Some(some) = found.try_next().await? {
                bytes.extend_from_slice(&some);
            }
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

    /// Takes pieces of uploads away that were put there before this moment, whatever they belong to; how many.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn sweep_parts(&self, before: UtcMillis) -> Result<u64, FilesError> {
        let mut old = self.older(UPLOADS, before);
        let mut gone = 0;
        while let Some(path) = old.try_next().await? {
            self.store.delete(&path).await?;
            gone += 1;
        }
        Ok(gone)
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
    /// Takes a file away if it still is as old, and the small pictures of it. Whether it did: another one may have been faster.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn drop_file(&self, sha256: &Sha256, before: UtcMillis) -> Result<bool, FilesError> {
        let path = Self::file(sha256);
        let is_old = match self.store.head(&path).await {
            Ok(meta) => meta.last_modified.timestamp_millis() < before.ms(),
            Err(Error::NotFound { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        if is_old {
            self.store.delete(&path).await?;
            let all = self.store.list(Some(&Path::from_iter([PREVIEWS, &sha256.to_string()[..2], &sha256.to_string()])));
            let small: Vec<Path> = all.map_ok(|meta| meta.location).try_collect().await?;
            for path in small {
                self.store.delete(&path).await?;
            }
        }
        Ok(is_old)
    }
    fn older(&self, below: &str, before: UtcMillis) -> BoxStream<'static, Result<Path, Error>> {
        let is_old = move |meta: &object_store::ObjectMeta| meta.last_modified.timestamp_millis() < before.ms();
        let all = self.store.list(Some(&Path::from(below)));
        all.try_filter_map(move |meta| std::future::ready(Ok(is_old(&meta).then_some(meta.location)))).boxed()
    }
}

/// Plain HTTP is for the machine itself.
fn is_loopback(endpoint: &str) -> bool {
    let host = endpoint.strip_prefix("http://").map(|rest| rest.split('/').next().unwrap_or_default());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']));
    name.is_some_and(|name| name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(at: u64, length: u64) -> Part {
        Part { at, length, id: Uuid::from_u128(u128::from(at) + 1) }
    }

    async fn behaves(shelf: &Shelf) {
        let (one, bytes) = (Sha256::of(b"satu"), Bytes::from_static(b"satu"));
        assert_eq!(shelf.size(&one).await.unwrap(), None);
        assert!(matches!(shelf.get(&one, None).await, Err(FilesError::Missing(_))));
        for _ in 0..2 {
            shelf.put(&one, bytes.clone()).await.unwrap();
        }
        assert_eq!(shelf.size(&one).await.unwrap(), Some(4));
        let read = async |range| {
            let found = shelf.get(&one, range).await.unwrap();
            let all: Vec<Bytes> = found.bytes.try_collect().await.unwrap();
            (found.size, found.range, all.concat())
        };
        assert_eq!(read(None).await, (4, 0..4, b"satu".to_vec()));
        assert_eq!(read(Some(1..3)).await, (4, 1..3, b"at".to_vec()));
        shelf.probe("x").await.unwrap();
        let upload = Uuid::from_u128(7);
        let parts = [part(0, 2), part(2, 3)];
        shelf.put_part(upload, &parts[1], Bytes::from_static(b"cde")).await.unwrap();
        shelf.put_part(upload, &parts[0], Bytes::from_static(b"ab")).await.unwrap();
        assert_eq!(shelf.whole(upload, &parts).await.unwrap(), "abcde");
        let (past, future) = (UtcMillis::from_ms(0), UtcMillis::from_ms(i64::MAX / 2));
        assert_eq!((shelf.sweep_parts(past).await.unwrap(), shelf.old_files(past).await.unwrap()), (0, Vec::new()));
        assert_eq!(shelf.old_files(future).await.unwrap(), [one]);
        assert_eq!(shelf.preview(&one, "thumb").await.unwrap(), None);
        shelf.put_preview(&one, "thumb", Bytes::from_static(b"kecil")).await.unwrap();
        assert_eq!(shelf.preview(&one, "thumb").await.unwrap().as_deref(), Some(&b"kecil"[..]));
        assert_eq!(shelf.preview(&one, "full").await.unwrap(), None);
        assert_eq!(shelf.old_files(future).await.unwrap(), [one], "a small picture is no file");
        assert!(!shelf.drop_file(&one, past).await.unwrap() && shelf.drop_file(&one, future).await.unwrap());
        assert!(!shelf.drop_file(&one, future).await.unwrap(), "what is gone is nobody's trouble");
        assert_eq!((shelf.size(&one).await.unwrap(), shelf.preview(&one, "thumb").await.unwrap()), (None, None));
        shelf.drop_parts(upload, &parts[..1]).await;
        assert!(matches!(shelf.whole(upload, &parts).await, Err(FilesError::Missing(_))));
        assert_eq!(shelf.sweep_parts(future).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn memory_and_a_folder_behave_alike() {
        behaves(&Shelf::in_memory()).await;
        let folder = tempfile::tempdir().unwrap();
        behaves(&Shelf::folder(folder.path()).unwrap()).await;
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name != "uploads"), "what is empty is taken away: {left:?}");
        assert!(Shelf::folder(&folder.path().join("nowhere")).is_err());
    }

    #[test]
    fn a_bucket_is_named_by_its_address() {
        let named = "s3://meja/berkas?endpoint=https://minio.example.id:9000&region=ap-southeast-3";
        let shelf = Shelf::bucket(named).unwrap();
        assert!(format!("{shelf:?}").contains("berkas"), "{shelf:?}");
        for bad in ["https://meja", "s3://", "s3://meja?secret=x"] {
            assert!(matches!(Shelf::bucket(bad), Err(FilesError::BadPlace(_))), "{bad}");
        }
        assert!(is_loopback("http://127.0.0.1:9000") && is_loopback("http://localhost") && is_loopback("http://[::1]:9000/x"));
        assert!(!is_loopback("http://minio.example.id") && !is_loopback("http://127.0.0.1.example.id"));
    }
}
