//! The place where the server's files lie: a disk on simulated time that both processes share. It can be full, and a process can end at
//! any of its steps. Everything that is put there under a hash is looked at.

use async_trait::async_trait;
use bytes::Bytes;
use domain::file::Sha256;
use futures_util::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions,
    PutPayload, PutResult, Result, memory::InMemory, path::Path,
};
use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::memory::turns;

use crate::time::HouseClock;

/// What the disk has before it, and what befell it.
#[derive(Debug, Default)]
struct Fortune {
    /// When each of its files was put there.
    put: BTreeMap<String, i64>,
    /// Writes until it is full, and for how many it stays so; 0 for never.
    full: (u32, u32),
    /// Writes until the program ends; 0 for never.
    dies: u32,
    died: bool,
    /// Something under the hash of other bytes.
    wrong: Option<String>,
    /// Files that were taken away since somebody asked.
    gone: Vec<Sha256>,
    /// How many pieces of uploads were put there.
    pieces: u64,
}

/// The disk.
#[derive(Debug)]
pub(crate) struct Disk {
    inner: InMemory,
    clock: Arc<HouseClock>,
    seed: u64,
    fortune: Mutex<Fortune>,
}

/// By what a file is known that lies at this place, if it is one.
fn named(path: &Path) -> Option<Sha256> {
    path.as_ref().strip_prefix("blobs/")?.rsplit('/').next()?.parse().ok()
}

impl Disk {
    pub(crate) fn new(clock: Arc<HouseClock>, seed: u64) -> Self {
        Self { inner: InMemory::new(), clock, seed, fortune: Mutex::default() }
    }
    /// It is full from the `nth` write on, for so many writes.
    pub(crate) fn fill(&self, nth: u32, many: u32) {
        self.fortune.lock().unwrap().full = (nth, many);
    }
    /// The program ends at the `nth` write.
    pub(crate) fn end_at(&self, nth: u32) {
        self.fortune.lock().unwrap().dies = nth;
    }
    /// Nothing goes wrong with it any more.
    pub(crate) fn mend(&self) {
        let mut fortune = self.fortune.lock().unwrap();
        (fortune.full, fortune.dies) = ((0, 0), 0);
    }
    /// Whether it ended the program since this was last asked.
    pub(crate) fn died(&self) -> bool {
        std::mem::take(&mut self.fortune.lock().unwrap().died)
    }
    pub(crate) fn wrong(&self) -> Option<String> {
        self.fortune.lock().unwrap().wrong.take()
    }
    pub(crate) fn gone(&self) -> Vec<Sha256> {
        std::mem::take(&mut self.fortune.lock().unwrap().gone)
    }
    /// How many pieces were put there in all.
    pub(crate) fn pieces(&self) -> u64 {
        self.fortune.lock().unwrap().pieces
    }
    /// What lies there as a file, and how many pieces of uploads do.
    pub(crate) fn lies(&self) -> (Vec<Sha256>, usize) {
        let fortune = self.fortune.lock().unwrap();
        let files = fortune.put.keys().filter_map(|path| named(&Path::from(path.as_str()))).collect();
        (files, fortune.put.keys().filter(|path| path.starts_with("uploads/")).count())
    }
    /// What becomes of a write.
    fn writes(&self) -> Fate {
        let mut it = self.fortune.lock().unwrap();
        if it.dies > 0 {
            it.dies -= 1;
            it.died |= it.dies == 0;
            if it.dies == 0 {
                return Fate::Dies;
            }
        }
        if it.full.0 > 1 {
            it.full.0 -= 1;
        } else if it.full.0 == 1 && it.full.1 > 0 {
            it.full.1 -= 1;
            return Fate::Full;
        }
        Fate::Runs
    }
    fn has(&self, path: &Path, bytes: &Bytes) {
        let now = server::shell::Clock::now(&*self.clock).ms();
        let mut it = self.fortune.lock().unwrap();
        it.put.insert(path.to_string(), now);
        it.pieces += u64::from(path.as_ref().starts_with("uploads/"));
        if let Some(sha256) = named(path).filter(|sha256| *sha256 != Sha256::of(bytes)) {
            it.wrong.get_or_insert(format!("under {sha256} other bytes were put, {}", Sha256::of(bytes)));
        }
    }
    fn lost(&self, path: &Path) {
        let mut it = self.fortune.lock().unwrap();
        if it.put.remove(path.as_ref()).is_some() {
            it.gone.extend(named(path));
        }
    }
    /// The same with the simulated time at which it was put there.
    fn dated(&self, mut meta: ObjectMeta) -> ObjectMeta {
        let put = self.fortune.lock().unwrap().put.get(meta.location.as_ref()).copied().unwrap_or(0);
        let by = put - meta.last_modified.timestamp_millis();
        let far = Duration::from_millis(by.unsigned_abs());
        meta.last_modified = if by < 0 { meta.last_modified - far } else { meta.last_modified + far };
        meta
    }
    /// Lets others have some turns, as they have while a real disk is asked.
    async fn turns(&self, what: &str, path: &str) {
        turns((self.seed, what, path)).await;
    }
}

enum Fate {
    Runs,
    Full,
    Dies,
}

/// The disk as a process has it, until it ends.
#[derive(Debug)]
pub(crate) struct Plug {
    pub(crate) disk: Arc<Disk>,
    pub(crate) runs: Arc<AtomicBool>,
}

impl fmt::Display for Plug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a simulated disk")
    }
}

impl Plug {
    /// What a process that has ended was about to do never happens.
    async fn lives(&self) {
        if !self.runs.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    }
    async fn may_write(&self, path: &Path) -> Result<()> {
        self.disk.turns("write", path.as_ref()).await;
        self.lives().await;
        match self.disk.writes() {
            Fate::Runs => Ok(()),
            Fate::Full => Err(Error::Generic { store: "simulated", source: "no space is left".into() }),
            Fate::Dies => std::future::pending().await,
        }
    }
}

#[async_trait]
impl ObjectStore for Plug {
    async fn put_opts(&self, path: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.may_write(path).await?;
        let bytes = Bytes::from(payload.iter().flatten().copied().collect::<Vec<u8>>());
        let put = self.disk.inner.put_opts(path, bytes.clone().into(), options).await?;
        self.disk.has(path, &bytes);
        Ok(put)
    }
    async fn put_multipart_opts(&self, path: &Path, _: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        Err(Error::NotSupported { source: format!("{path}: the server puts everything at once").into() })
    }
    async fn get_opts(&self, path: &Path, options: GetOptions) -> Result<GetResult> {
        self.disk.turns("read", path.as_ref()).await;
        self.lives().await;
        let mut found = self.disk.inner.get_opts(path, options).await?;
        found.meta = self.disk.dated(found.meta);
        Ok(found)
    }
    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        let (disk, runs) = (Arc::clone(&self.disk), Arc::clone(&self.runs));
        paths
            .and_then(move |path| {
                let plug = Self { disk: Arc::clone(&disk), runs: Arc::clone(&runs) };
                async move {
                    plug.disk.turns("delete", path.as_ref()).await;
                    plug.lives().await;
                    let mut gone = plug.disk.inner.delete_stream(futures_util::stream::iter([Ok(path.clone())]).boxed());
                    while gone.try_next().await?.is_some() {}
                    plug.disk.lost(&path);
                    Ok(path)
                }
            })
            .boxed()
    }
    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let disk = Arc::clone(&self.disk);
        self.disk.inner.list(prefix).map_ok(move |meta| disk.dated(meta)).boxed()
    }
    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.disk.inner.list_with_delimiter(prefix).await
    }
    async fn copy_opts(&self, from: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        Err(Error::NotSupported { source: format!("{from}: the server copies nothing").into() })
    }
}
