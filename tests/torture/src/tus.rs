//! Uploads in the simulated network: the requests that go over HTTP, and the same reading of answers.

use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use domain::file::Sha256;
use sync::{Announce, Begun, Fault};

use crate::wire::{Answer, Op, Request};

const PATH: &str = "/v1/uploads";

/// A request about one upload.
pub(crate) fn about(op: Op, method: Method, upload: &str, access: &str) -> Request {
    let headers = vec![("tus-resumable", "1.0.0".to_owned())];
    let (path, access, key) = (format!("{PATH}/{upload}"), Some(access.to_owned()), None);
    Request { op, method, path, access, key, headers, body: Bytes::new() }
}

/// Begins an upload of a file that is said to be this one.
pub(crate) fn begin(access: &str, file: &Announce) -> Request {
    let sha256 = file.sha256.to_string();
    let pairs =
        [("filename", file.name.as_str()), ("filetype", file.media_type.wire()), ("sha256", &sha256), ("policy", file.policy.wire())];
    let metadata = pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",");
    let mut request = about(Op::Begin, Method::POST, "", access);
    PATH.clone_into(&mut request.path);
    request.headers.extend([("upload-length", file.size.to_string()), ("upload-metadata", metadata)]);
    request
}

/// Sends bytes from this one on, with a sum or without.
pub(crate) fn bytes(access: &str, upload: &str, from: u64, bytes: Bytes, sum: Option<Sha256>) -> Request {
    let mut request = about(Op::Bytes, Method::PATCH, upload, access);
    request.headers.extend([("content-type", "application/offset+octet-stream".to_owned()), ("upload-offset", from.to_string())]);
    request.headers.extend(sum.map(|sum| ("upload-checksum", format!("sha256 {}", STANDARD.encode(sum.bytes())))));
    request.body = bytes;
    request
}

pub(crate) async fn begun(mut answer: Answer) -> Result<Begun, Fault> {
    if answer.head.status != 201 {
        return Err(answer.problem().await);
    }
    let upload = answer.head.upload.take().ok_or(Fault::NotMeja)?;
    Ok(Begun { upload, offset: answer.head.offset.unwrap_or(0) })
}

/// The answer to `HEAD` has no body: a problem has its status alone.
pub(crate) async fn looked(mut answer: Answer) -> Result<u64, Fault> {
    let status = answer.head.status;
    let (status, code) = match status {
        200 => return answer.head.offset.ok_or(Fault::NotMeja),
        _ if !answer.head.speaks_tus => return Err(answer.problem().await),
        401 => (status, "token_expired"),
        404 => (status, "not_found"),
        410 => (status, "upload_expired"),
        422 => (410, "upload_lost"),
        _ => (status, ""),
    };
    Err(Fault::Problem { status, code: code.to_owned(), detail: String::new(), errors: Vec::new(), retry_after: None })
}

pub(crate) async fn sent(mut answer: Answer) -> Result<u64, Fault> {
    if answer.head.status != 204 {
        return Err(answer.problem().await);
    }
    answer.head.offset.ok_or(Fault::NotMeja)
}
