//! Archives.

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write as _;

/// What stands in an archive, and what is said of it in either place.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name before its bytes.
    pub name: Vec<u8>,
    /// Its name in the directory.
    pub listed: Vec<u8>,
    /// Its bytes as they stand there.
    pub data: Vec<u8>,
    /// 0 kept, 8 deflated.
    pub method: u16,
    /// How many bytes it says it has.
    pub unpacked: u32,
    /// The checksum it says it has.
    pub sum: u32,
    /// Flags.
    pub flags: u16,
    /// What kind of file it is on Unix.
    pub mode: u16,
    /// The extra fields of its line in the directory.
    pub extra: Vec<u8>,
    /// Where it says it begins; where it does, if nothing is said.
    pub offset: Option<u32>,
    /// What stands behind its bytes.
    pub behind: Vec<u8>,
}

impl Member {
    /// A file that is only kept.
    #[must_use]
    pub fn kept(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.into(),
            listed: name.into(),
            data: data.to_vec(),
            method: 0,
            unpacked: u32::try_from(data.len()).expect("less than 4 GiB"),
            sum: crc32fast::hash(data),
            flags: 0,
            mode: 0o100_644,
            extra: Vec::new(),
            offset: None,
            behind: Vec::new(),
        }
    }
    /// A file that is packed.
    #[must_use]
    pub fn packed(name: &str, data: &[u8]) -> Self {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(data).expect("memory");
        Self { data: packed.finish().expect("memory"), method: 8, ..Self::kept(name, data) }
    }
    /// The same, written by a program that did not know its size when it began.
    #[must_use]
    pub fn streamed(mut self) -> Self {
        self.flags |= 8;
        let packed = u32::try_from(self.data.len()).expect("less than 4 GiB");
        self.behind = [&b"PK\x07\x08"[..], &self.sum.to_le_bytes(), &packed.to_le_bytes(), &self.unpacked.to_le_bytes()].concat();
        self
    }
    fn numbers(&self, known: bool) -> Vec<u8> {
        let packed = u32::try_from(self.data.len()).expect("less than 4 GiB");
        let numbers = if known { [self.sum, packed, self.unpacked] } else { [0; 3] };
        let time = [0x5c, 0x77, 0x7d, 0x5b];
        let head = [self.flags.to_le_bytes(), self.method.to_le_bytes()].concat();
        [head, time.to_vec(), numbers.iter().flat_map(|n| n.to_le_bytes()).collect()].concat()
    }
    fn local(&self) -> Vec<u8> {
        let lengths = [short(self.name.len()), [0, 0]].concat();
        let known = self.flags & 8 == 0;
        [&b"PK\x03\x04\x14\x00"[..], &self.numbers(known), &lengths, &self.name, &self.data, &self.behind].concat()
    }
    fn line(&self, at: usize) -> Vec<u8> {
        let lengths = [short(self.listed.len()), short(self.extra.len()), [0; 2], [0; 2], [0; 2], [0; 2]].concat();
        let offset = self.offset.unwrap_or_else(|| u32::try_from(at).expect("less than 4 GiB"));
        let place = [&lengths[..], &self.mode.to_le_bytes(), &offset.to_le_bytes()].concat();
        [&b"PK\x01\x02\x14\x03\x14\x00"[..], &self.numbers(true), &place, &self.listed, &self.extra].concat()
    }
}

fn short(n: usize) -> [u8; 2] {
    u16::try_from(n).expect("less than 64 KiB").to_le_bytes()
}

/// An archive of these.
#[must_use]
pub fn zip(members: &[Member]) -> Vec<u8> {
    zip_with(members, |_| {})
}

/// The same, with its last 22 bytes changed: the record at the end.
#[must_use]
pub fn zip_with(members: &[Member], change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        directory.extend(member.line(bytes.len()));
        bytes.extend(member.local());
    }
    let count = short(members.len());
    let place = [directory.len(), bytes.len()].map(|n| u32::try_from(n).expect("less than 4 GiB").to_le_bytes()).concat();
    let mut end = [&b"PK\x05\x06\x00\x00\x00\x00"[..], &count, &count, &place, &[0, 0]].concat();
    change(&mut end);
    [bytes, directory, end].concat()
}

/// An archive of RAR 5 with these bytes behind its first header.
#[must_use]
pub fn rar5(rest: &[u8]) -> Vec<u8> {
    let header = [3, 1, 0, 0];
    [&b"Rar!\x1a\x07\x01\x00"[..], &crc32fast::hash(&header).to_le_bytes(), &header, rest].concat()
}

/// An archive of RAR 4 with these bytes behind its first header.
#[must_use]
pub fn rar4(rest: &[u8]) -> Vec<u8> {
    let header = [0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0];
    let [low, high, ..] = crc32fast::hash(&header).to_le_bytes();
    [&b"Rar!\x1a\x07\x00"[..], &[low, high], &header, rest].concat()
}
