//! Uploads in the simulated network: the requests that go over HTTP, and the same reading of answers.

use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use domain::file::Sha256;
use sync::{Announce, Begun, Fault, offset_refused};

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
    let mut request = about(Op::Begin, Method::POST, "", access);
    PATH.clone_into(&mut request.path);
    request.headers.extend([("upload-length", file.size.to_string()), ("upload-metadata", file.metadata())]);
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

pub(crate) async fn looked(mut answer: Answer) -> Result<u64, Fault> {
    match answer.head.status {
        200 => answer.head.offset.ok_or(Fault::NotMeja),
        _ if !answer.head.speaks_tus => Err(answer.problem().await),
        status => Err(offset_refused(status)),
    }
}

pub(crate) async fn sent(mut answer: Answer) -> Result<u64, Fault> {
    if answer.head.status != 204 {
        return Err(answer.problem().await);
    }
    answer.head.offset.ok_or(Fault::NotMeja)
}
