//! Files on their way, as the server has them.

use bytes::Bytes;
use domain::{
    file::Sha256,
    id::FileId,
    record::{AnyRecord, Kind, RecordRef},
    records::File,
    role::Actor,
};
use std::collections::BTreeMap;
use sync::{Announce, Begun, Fault};

use crate::net::{Net, problem};

/// The uploads of one server.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    begun: BTreeMap<String, (Announce, Vec<u8>)>,
    /// The check that the next file does not pass.
    refused: Option<&'static str>,
    next: u32,
    /// Where each part that was taken began, and how long it was.
    parts: Vec<(u64, usize)>,
}

impl Net {
    /// The next file that is whole does not pass this check.
    pub fn refuse_file(&self, check: &'static str) {
        self.state().uploads.refused = Some(check);
    }
    /// The server has none of the uploads any more.
    pub fn lose_uploads(&self) {
        self.state().uploads.begun.clear();
    }
    /// Where each part of a file that was taken began, and how long it was.
    pub fn parts(&self) -> Vec<(u64, usize)> {
        self.state().uploads.parts.clone()
    }
    pub(crate) fn begin_upload(&self, who: &Actor, file: &Announce) -> Begun {
        let file_name = RecordRef::new(Kind::File, FileId::named(who.id(), &file.sha256));
        let known = self.model().held(file_name).is_some();
        let mut state = self.state();
        let uploads = &mut state.uploads;
        uploads.next += 1;
        let upload = format!("upload-{}", uploads.next);
        uploads.begun.insert(upload.clone(), (file.clone(), Vec::new()));
        Begun { upload, offset: if known { file.size } else { 0 } }
    }
    pub(crate) fn upload_offset(&self, upload: &str) -> Result<u64, Fault> {
        let state = self.state();
        let (_, bytes) = state.uploads.begun.get(upload).ok_or_else(|| problem(404, "not_found", None))?;
        Ok(bytes.len() as u64)
    }
    pub(crate) fn take_bytes(&self, who: &Actor, upload: &str, from: u64, bytes: &Bytes) -> Result<u64, Fault> {
        let file = {
            let mut state = self.state();
            let uploads = &mut state.uploads;
            let (file, held) = uploads.begun.get_mut(upload).ok_or_else(|| problem(404, "not_found", None))?;
            if from != held.len() as u64 {
                return Err(problem(409, "upload_offset", None));
            }
            held.extend_from_slice(bytes);
            uploads.parts.push((from, bytes.len()));
            if (held.len() as u64) < file.size {
                return Ok(held.len() as u64);
            }
            let (file, right) = (file.clone(), Sha256::of(held) == file.sha256);
            let refused = uploads.refused.take().or((!right).then_some("hash_mismatch"));
            if let Some(check) = refused {
                uploads.begun.remove(upload);
                return Err(problem(422, check, None));
            }
            file
        };
        let size = i64::try_from(file.size).unwrap();
        let Announce { sha256, policy, name, media_type, .. } = file;
        let id = FileId::named(who.id(), &sha256);
        let by = who.person.clone();
        self.serve(|model| {
            let created_at = model.now;
            model.commit([AnyRecord::File(File { id, sha256, size, media_type, name, by, policy, created_at })]);
        });
        u64::try_from(size).map_err(|_| Fault::NotMeja)
    }
    pub(crate) fn end_upload(&self, upload: &str) -> Result<(), Fault> {
        self.state().uploads.begun.remove(upload).map(drop).ok_or_else(|| problem(404, "not_found", None))
    }
}
