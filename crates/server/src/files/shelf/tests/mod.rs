//! One suite for everything that a shelf can lie on, and what befalls one that lies in a bucket.

mod alike;
mod faults;
mod proxy;

use super::{
    FilesError, Shelf,
    bucket::{self, Patience},
};
use bytes::Bytes;
use domain::{file::Sha256, time::UtcMillis};
use futures_util::TryStreamExt as _;
use serde_json::Value;
use std::{
    ops::Range,
    sync::atomic::{AtomicU32, Ordering},
};
use store::Part;
use uuid::Uuid;

const PAST: UtcMillis = UtcMillis::from_ms(0);
const FUTURE: UtcMillis = UtcMillis::from_ms(i64::MAX / 2);

/// What a shelf lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Memory,
    Folder,
    Bucket,
}

/// A shelf of its own for one test.
pub(crate) struct Place {
    pub(crate) shelf: Shelf,
    /// Goes with the test.
    _folder: Option<tempfile::TempDir>,
}

impl Place {
    pub(crate) fn new(on: On) -> Self {
        let folder = (on == On::Folder).then(|| tempfile::tempdir().unwrap());
        let shelf = match (on, &folder) {
            (On::Bucket, _) => Bucket::running().shelf(),
            (_, Some(folder)) => Shelf::folder(folder.path()).unwrap(),
            (_, None) => Shelf::in_memory(),
        };
        Self { shelf, _folder: folder }
    }
}

/// The bucket that `cargo xtask test` makes, and a place in it that nobody else has.
#[derive(Clone, Debug)]
struct Bucket {
    endpoint: String,
    name: String,
    prefix: String,
    key: String,
    secret: String,
    patience: Patience,
}

impl Bucket {
    /// With the rights that docs/running.md gives a server.
    fn running() -> Self {
        Self::of("server")
    }
    fn of(user: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let told = std::env::var("MEJA_TEST_S3")
            .expect("MEJA_TEST_S3 tells of a store that speaks S3: `cargo xtask test server` starts one, and by hand `cargo xtask s3`");
        let told: Value = serde_json::from_str(&told).unwrap();
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        Self {
            endpoint: text(&told["endpoint"]),
            name: text(&told["bucket"]),
            prefix: format!("berkas/{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)),
            key: text(&told[user]["key"]),
            secret: text(&told[user]["secret"]),
            patience: Patience::USUAL,
        }
    }
    fn shelf(&self) -> Shelf {
        let address = format!("s3://{}/{}?endpoint={}", self.name, self.prefix, self.endpoint);
        let keys = [("AWS_ACCESS_KEY_ID", &self.key), ("AWS_SECRET_ACCESS_KEY", &self.secret)];
        Shelf::on(bucket::open(&address, keys.map(|(name, value)| (name.to_owned(), value.clone())), self.patience).unwrap())
    }
}

/// Bytes of which no two stretches are alike, so that what is read from elsewhere is seen.
fn bytes(size: usize) -> Bytes {
    (0..size).map(|n| u8::try_from((n ^ (n >> 8).wrapping_mul(31) ^ (n >> 16).wrapping_mul(101)) & 0xff).unwrap()).collect()
}

fn part(at: u64, length: u64) -> Part {
    Part { at, length, id: Uuid::from_u128(u128::from(at) + 1) }
}

/// All that is read of a file, or of a part of it, and how long it is.
async fn read(shelf: &Shelf, sha256: &Sha256, range: Option<Range<u64>>) -> Result<(Vec<u8>, Range<u64>, u64), FilesError> {
    let found = shelf.get(sha256, range).await?;
    let all: Vec<Bytes> = found.bytes.try_collect().await?;
    Ok((all.concat(), found.range, found.size))
}

/// The names of all that lies there.
async fn names(shelf: &Shelf) -> Vec<String> {
    let mut names: Vec<String> = shelf.store.list(None).map_ok(|meta| meta.location.to_string()).try_collect().await.unwrap();
    names.sort();
    names
}
