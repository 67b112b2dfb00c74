//! The store that speaks S3 which `cargo xtask test` starts, of which `MEJA_TEST_S3` tells (one line of JSON).

use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where servers are told to keep files: in a bucket, if this says `s3`.
const CHOICE: &str = "MEJA_TEST_FILES";

fn told() -> Value {
    let told = std::env::var("MEJA_TEST_S3")
        .expect("MEJA_TEST_S3 tells of a store that speaks S3; `cargo xtask test` starts one, and by hand `cargo xtask s3`");
    serde_json::from_str(&told).expect("one line of JSON")
}

fn text(it: &Value) -> String {
    it.as_str().expect("a text").to_owned()
}

/// Where the store listens: `http://127.0.0.1:PORT`.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn endpoint() -> String {
    text(&told()["endpoint"])
}

/// The variables with the keys of a server.
///
/// # Panics
/// As [`endpoint`].
#[must_use]
pub fn keys() -> [(String, String); 2] {
    let user = &told()["server"];
    [("AWS_ACCESS_KEY_ID".to_owned(), text(&user["key"])), ("AWS_SECRET_ACCESS_KEY".to_owned(), text(&user["secret"]))]
}

/// The address of a place that nobody else has, in the bucket that is reached here.
///
/// # Panics
/// As [`endpoint`].
#[must_use]
pub fn place_by(endpoint: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (bucket, n) = (text(&told()["bucket"]), NEXT.fetch_add(1, Ordering::Relaxed));
    format!("s3://{bucket}/berkas/e2e-{}-{n}?endpoint={endpoint}", std::process::id())
}

/// The address of a new place for files, if servers are to keep them in a bucket.
#[must_use]
pub fn chosen() -> Option<String> {
    (std::env::var(CHOICE).as_deref() == Ok("s3")).then(|| place_by(&endpoint()))
}
