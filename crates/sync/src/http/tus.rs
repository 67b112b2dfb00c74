//! Uploads by tus 1.0.0: the headers, and what an answer says.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use domain::file::Sha256;
use reqwest::{RequestBuilder, Response, StatusCode, header};

use super::answer::{fault_of, problem};
use crate::{
    fault::Fault,
    transport::{Announce, Begun},
};

pub(super) const PATH: &str = "/v1/uploads";
const RESUMABLE: &str = "tus-resumable";
const VERSION: &str = "1.0.0";
const OFFSET: &str = "upload-offset";
/// The most characters of a server's name of an upload.
const MOST_NAME: usize = 64;

/// The path of one upload. Its name came from [`begin`] and is of `[A-Za-z0-9-]`.
pub(super) fn one(upload: &str) -> String {
    format!("{PATH}/{upload}")
}

/// Says which version is spoken.
pub(super) fn speaking(request: RequestBuilder) -> RequestBuilder {
    request.header(RESUMABLE, VERSION)
}

pub(super) async fn begin(request: RequestBuilder, file: &Announce) -> Result<Begun, Fault> {
    let request = speaking(request).header("upload-length", file.size).header("upload-metadata", file.metadata());
    let response = request.send().await.map_err(|e| fault_of(&e))?;
    if response.status() != StatusCode::CREATED {
        return Err(problem(response).await);
    }
    let upload = response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok()).and_then(name_of);
    // An answer that does not say where to send is none that was spoken of; without an offset nothing is there yet.
    Ok(Begun { upload: upload.ok_or(Fault::NotMeja)?, offset: offset(&response).unwrap_or(0) })
}

pub(super) async fn look(request: RequestBuilder) -> Result<u64, Fault> {
    let response = speaking(request).send().await.map_err(|e| fault_of(&e))?;
    match response.status().as_u16() {
        200 => offset(&response).ok_or(Fault::NotMeja),
        _ if !response.headers().contains_key(RESUMABLE) => Err(problem(response).await),
        status => Err(offset_refused(status)),
    }
}

/// What it means that a server answers the question how far an upload is with this status: an answer to `HEAD` has no body, and a problem
/// has its status alone.
#[must_use]
pub fn offset_refused(status: u16) -> Fault {
    let (status, code) = match status {
        401 => (status, "token_expired"),
        404 => (status, "not_found"),
        410 => (status, "upload_expired"),
        // It is gone, because its file is not taken; why is told to whoever sends the last bytes.
        422 => (410, "upload_lost"),
        _ => (status, ""),
    };
    Fault::Problem { status, code: code.to_owned(), detail: String::new(), errors: Vec::new(), retry_after: None }
}

pub(super) async fn send(request: RequestBuilder, from: u64, bytes: Bytes) -> Result<u64, Fault> {
    let sum = format!("sha256 {}", STANDARD.encode(Sha256::of(&bytes).bytes()));
    let request = speaking(request).header(header::CONTENT_TYPE, "application/offset+octet-stream").header(OFFSET, from);
    let response = request.header("upload-checksum", sum).body(bytes).send().await.map_err(|e| fault_of(&e))?;
    if response.status() != StatusCode::NO_CONTENT {
        return Err(problem(response).await);
    }
    offset(&response).ok_or(Fault::NotMeja)
}

fn offset(response: &Response) -> Option<u64> {
    response.headers().get(OFFSET)?.to_str().ok()?.trim().parse().ok()
}

impl Announce {
    /// What stands in the header of an upload that begins: pairs of a key and a value in Base64.
    #[must_use]
    pub fn metadata(&self) -> String {
        let sha256 = self.sha256.to_string();
        let pairs =
            [("filename", self.name.as_str()), ("filetype", self.media_type.wire()), ("sha256", &sha256), ("policy", self.policy.wire())];
        pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",")
    }
}

/// The server's name of an upload, from where it says that the upload is: below [`PATH`] on the same server, whatever host it names.
fn name_of(location: &str) -> Option<String> {
    let (_, name) = location.rsplit_once("/v1/uploads/")?;
    let is_name = !name.is_empty() && name.len() <= MOST_NAME && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::file::{FileName, FilePolicy, MediaType};

    #[test]
    fn what_is_said_of_a_file_is_one_value_each() {
        let file = Announce {
            sha256: Sha256::of(b"abc"),
            policy: FilePolicy::Design,
            name: FileName::new("lo, go é.png").unwrap(),
            media_type: MediaType::Png,
            size: 3,
        };
        let expected = "filename bG8sIGdvIMOpLnBuZw==,filetype aW1hZ2UvcG5n,sha256 \
            YmE3ODE2YmY4ZjAxY2ZlYTQxNDE0MGRlNWRhZTIyMjNiMDAzNjFhMzk2MTc3YTljYjQxMGZmNjFmMjAwMTVhZA==,policy ZGVzaWdu";
        assert_eq!(file.metadata(), expected);
    }

    #[test]
    fn where_an_upload_is_is_never_elsewhere() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        for good in [format!("/v1/uploads/{id}"), format!("https://other.example/v1/uploads/{id}")] {
            assert_eq!(name_of(&good).as_deref(), Some(id), "only its name counts: {good}");
        }
        for bad in [
            "",
            id,
            "/v1/uploads/",
            "/v1/uploads/../files",
            "/v1/uploads/a?b",
            "/v1/uploads/a/b",
            &format!("/v1/uploads/{}", "a".repeat(65)),
        ] {
            assert_eq!(name_of(bad), None, "{bad}");
        }
    }
}
