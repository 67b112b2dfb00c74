//! Files that people attach, and what is remembered of their way to the server, to judge by.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{CommandId, DesignId, OrderId},
};
use mirror::Attachment;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use crate::wire::Request;

/// How many bytes they have: one is as long as what a desk sends at once, one a byte longer.
const SIZES: [usize; 6] = [900, 40_000, 262_144, 262_145, 600_000, 2_000];
/// How many there are to choose from: so few that several desks attach the same one.
pub(crate) const GOODS: usize = SIZES.len();
/// The one that is not what it says: no server takes it.
pub(crate) const UNSOUND: usize = GOODS - 1;

/// Bytes that may be attached.
#[derive(Debug)]
pub(crate) struct Good {
    pub(crate) sha256: Sha256,
    pub(crate) bytes: Vec<u8>,
    media_type: MediaType,
    name: FileName,
}

impl Good {
    fn of(n: usize) -> Self {
        let (head, end) = (&b"%PDF-1.7\n"[..], &b"\n%%EOF\n"[..]);
        let body = (0..SIZES[n] - head.len() - end.len()).map(|at| b'a' + u8::try_from((at * (n + 3)) % 23).unwrap_or(0));
        let bytes: Vec<u8> = head.iter().copied().chain(body).chain(end.iter().copied()).collect();
        let (media_type, ending) = if n == UNSOUND { (MediaType::Png, "png") } else { (MediaType::Pdf, "pdf") };
        let name = FileName::new(&format!("desain-{n}.{ending}")).unwrap();
        Self { sha256: Sha256::of(&bytes), bytes, media_type, name }
    }
    /// The same as a person attaches it.
    pub(crate) fn attachment(&self) -> Attachment {
        Attachment {
            sha256: self.sha256,
            policy: FilePolicy::Design,
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            bytes: self.bytes.clone(),
        }
    }
}

/// All of them.
pub(crate) fn goods() -> &'static [Good] {
    static ALL: OnceLock<Vec<Good>> = OnceLock::new();
    ALL.get_or_init(|| (0..GOODS).map(Good::of).collect())
}

/// The one with this hash.
pub(crate) fn good(sha256: &Sha256) -> Option<&'static Good> {
    goods().iter().find(|good| good.sha256 == *sha256)
}

/// Of which file it is said here that it is coming.
pub(crate) fn announced(request: &Request) -> Option<Sha256> {
    let metadata = request.header("upload-metadata")?;
    goods().iter().map(|good| good.sha256).find(|sha256| metadata.contains(&STANDARD.encode(sha256.to_string())))
}

/// An act that waits for a file, as it was given.
#[derive(Clone, Debug)]
pub(crate) struct Tied {
    pub(crate) desk: usize,
    pub(crate) act: CommandId,
    pub(crate) design: DesignId,
    pub(crate) order: OrderId,
    pub(crate) sha256: Sha256,
}

/// How far a file of a desk is, as the desk was told.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    pub(crate) upload: String,
    /// How far it is.
    pub(crate) told: u64,
    /// How many bytes the server said it took, in all requests together.
    pub(crate) taken: u64,
}

/// What is remembered of files on their way.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    /// The acts.
    pub(crate) tied: Vec<Tied>,
    /// By which upload each desk sends each file.
    pub(crate) passages: BTreeMap<(usize, Sha256), Passage>,
    /// Requests about uploads that came to the server as it is: a restored one answers none that came before.
    pub(crate) arrived: BTreeSet<usize>,
    /// Requests that begin an upload of a file which was sent whole before, and how many bytes it has.
    pub(crate) whole: BTreeMap<usize, i64>,
    /// Which file each upload is for.
    pub(crate) files: BTreeMap<String, Sha256>,
    /// Uploads of which the server said that they are no more.
    pub(crate) gone: BTreeSet<String>,
    /// Whether days have gone by.
    pub(crate) days: bool,
    /// How many errands were run by hand.
    pub(crate) errands: usize,
}
