//! What the designers of the demo have made: some works in several forms, each version a little different from the one before.

use anyhow::{Result, anyhow};
use bytes::Bytes;
use domain::{
    file::{FilePolicy, MediaType, Sha256},
    records::DesignType,
};
use inspect::inspect;
use std::{collections::BTreeMap, sync::Arc};

use super::drawing::{Colour, Drawing, Shape};

/// How many versions of a work there can be.
pub(super) const VERSIONS: usize = 3;

/// Ground, and three colours upon it.
const PALETTES: [[Colour; 4]; 4] = [
    [[0xf6, 0xee, 0xdf], [0x6b, 0x3f, 0x1d], [0xc6, 0x8b, 0x3c], [0x2f, 0x5d, 0x50]],
    [[0xe9, 0xf1, 0xf4], [0x14, 0x3d, 0x59], [0xf4, 0xb4, 0x1a], [0x3f, 0x88, 0xa8]],
    [[0xfb, 0xf7, 0xf0], [0x7a, 0x1f, 0x3d], [0xe0, 0x7a, 0x5f], [0x3d, 0x40, 0x5b]],
    [[0xf1, 0xf5, 0xea], [0x2f, 0x4a, 0x36], [0x8a, 0xb1, 0x7d], [0xd9, 0x8e, 0x04]],
];

/// What a work is called, without version and ending.
const NAMES: [&str; 9] =
    ["logo-kedai", "logo-koperasi", "logo-puncak", "halaman-depan", "kemasan", "spanduk", "brosur-lipat", "berkas-sumber", "sketsa-klien"];
/// The one that clients bring themselves: what they have in mind.
pub(super) const SKETCH: usize = 8;

/// Which works fit what was ordered, by their places.
pub(super) const fn works_of(ordered: &DesignType) -> &'static [usize] {
    match ordered {
        DesignType::Logo => &[0, 1, 2],
        DesignType::Branding => &[1, 2, 7],
        DesignType::WebDesign | DesignType::UiUx => &[3],
        DesignType::PrintDesign => &[4, 5, 6],
        DesignType::Dll | DesignType::Unknown(_) => &[2, 5, 7],
    }
}

/// A file, as its inspection found it.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) name: String,
    pub(super) sha256: Sha256,
    pub(super) size: u64,
    pub(super) media_type: MediaType,
    pub(super) bytes: Bytes,
}

/// Everything that was made so far.
#[derive(Debug, Default)]
pub(super) struct Pieces(BTreeMap<(usize, usize), Arc<Piece>>);

impl Pieces {
    /// This version of a work, from 0; it is made when it is first asked for.
    pub(super) fn get(&mut self, work: usize, version: usize) -> Result<Arc<Piece>> {
        if let Some(piece) = self.0.get(&(work, version)) {
            return Ok(Arc::clone(piece));
        }
        let piece = Arc::new(made(work, version)?);
        self.0.insert((work, version), Arc::clone(&piece));
        Ok(piece)
    }
}

fn made(work: usize, version: usize) -> Result<Piece> {
    let drawing = drawn(work, version);
    let (bytes, ending) = match work {
        6 => (drawing.pdf(), "pdf"),
        7 => (zip(&[("sumber/gambar.png", &drawing.png()?), ("sumber/cetak.pdf", &drawing.pdf())])?, "zip"),
        _ => (drawing.png()?, "png"),
    };
    let name = format!("{}-v{}.{ending}", NAMES.get(work).copied().unwrap_or("karya"), version + 1);
    let facts = inspect(&FilePolicy::Design, &name, None, &bytes).map_err(|why| anyhow!("{name} is not taken: {}", why.check.wire()))?;
    Ok(Piece { name, sha256: facts.sha256, size: facts.size, media_type: facts.media_type, bytes: bytes.into() })
}

fn drawn(work: usize, version: usize) -> Drawing {
    let [ground, dark, warm, other] = PALETTES[(work + version) % PALETTES.len()];
    let moved = 14 * i32::try_from(version).unwrap_or(0);
    let shapes = match work {
        0 => cup(moved, [ground, dark, warm]),
        1 => boat(moved, [dark, warm, other]),
        2 => peaks(moved, [dark, warm, other]),
        3 => page(moved, [dark, warm, other]),
        4 => pack(moved, [ground, dark, warm, other]),
        5 => banner(moved, [dark, warm, other]),
        6 => page(40 - moved, [other, dark, warm]),
        SKETCH => boat(50 - moved, [warm, other, dark]),
        _ => peaks(30 - moved, [other, dark, warm]),
    };
    Drawing { ground, shapes }
}

fn cup(moved: i32, [ground, dark, warm]: [Colour; 3]) -> Vec<(Shape, Colour)> {
    vec![
        (Shape::Disc((240, 180), 140 - moved), warm),
        (Shape::Disc((240, 180), 124 - moved), ground),
        (Shape::Disc((305, 190), 34), dark),
        (Shape::Disc((305, 190), 20), ground),
        (Shape::Block((180, 150), (300, 220)), dark),
        (Shape::Triangle([(180, 220), (300, 220), (240, 262)]), dark),
        (Shape::Block((205, 104 - moved / 2), (214, 138)), warm),
        (Shape::Block((236, 96 - moved / 2), (245, 138)), warm),
        (Shape::Block((267, 104 - moved / 2), (276, 138)), warm),
    ]
}

fn boat(moved: i32, [dark, warm, other]: [Colour; 3]) -> Vec<(Shape, Colour)> {
    let mut all = vec![
        (Shape::Disc((350 - moved, 96), 42), warm),
        (Shape::Triangle([(236, 70), (236, 222), (130 + moved, 222)]), dark),
        (Shape::Triangle([(248, 96), (248, 222), (330, 222)]), other),
        (Shape::Triangle([(120, 236), (360, 236), (170, 286)]), dark),
        (Shape::Triangle([(360, 236), (310, 286), (170, 286)]), dark),
    ];
    all.extend((0..8).map(|n| (Shape::Disc((30 + 60 * n, 330 + moved / 4), 40), other)));
    all
}

fn peaks(moved: i32, [dark, warm, other]: [Colour; 3]) -> Vec<(Shape, Colour)> {
    vec![
        (Shape::Disc((240 + moved, 130), 70), warm),
        (Shape::Triangle([(60, 290), (190, 110 + moved), (320, 290)]), other),
        (Shape::Triangle([(180, 290), (310, 80 + moved), (440, 290)]), dark),
        (Shape::Block((60, 290), (440, 302)), dark),
        (Shape::Block((120, 314), (380, 322)), warm),
    ]
}

fn page(moved: i32, [dark, warm, other]: [Colour; 3]) -> Vec<(Shape, Colour)> {
    let mut all = vec![
        (Shape::Block((40, 30), (440, 62)), dark),
        (Shape::Disc((62, 46), 9), warm),
        (Shape::Block((40, 74), (440, 176 + moved)), other),
        (Shape::Triangle([(250, 176 + moved), (340, 98), (430, 176 + moved)]), dark),
        (Shape::Block((64, 104), (190, 118)), warm),
        (Shape::Block((64, 128), (150, 136)), warm),
    ];
    all.extend((0..3).map(|n| (Shape::Block((40 + 138 * n, 194 + moved), (164 + 138 * n, 310)), if n == 1 { warm } else { other })));
    all
}

fn pack(moved: i32, [ground, dark, warm, other]: [Colour; 4]) -> Vec<(Shape, Colour)> {
    vec![
        (Shape::Block((140, 40), (340, 330)), dark),
        (Shape::Block((140, 40), (340, 62)), warm),
        (Shape::Block((140, 308), (340, 330)), warm),
        (Shape::Block((140, 190 - moved), (340, 262)), other),
        (Shape::Disc((240, 140), 58 - moved), ground),
        (Shape::Triangle([(204, 158), (240, 96 + moved), (276, 158)]), warm),
    ]
}

fn banner(moved: i32, [dark, warm, other]: [Colour; 3]) -> Vec<(Shape, Colour)> {
    let mut all = vec![(Shape::Block((20, 60), (460, 300)), dark)];
    all.extend((0..5).map(|n| (Shape::Triangle([(20 + 88 * n, 60), (108 + 88 * n, 60), (64 + 88 * n, 104 + moved)]), warm)));
    all.extend([
        (Shape::Disc((120, 200), 56), other),
        (Shape::Block((210, 168), (420, 190)), warm),
        (Shape::Block((210, 206), (420 - 2 * moved, 220)), other),
    ]);
    all
}

/// An archive of these files, as they are.
fn zip(files: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let (size, length, place) = (u32::try_from(data.len())?, u16::try_from(name.len())?, u32::try_from(bytes.len())?);
        // Version 2.0, no flags, kept as it is, made on the first day that such files know; checksum, and both sizes.
        let mut same = [&[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0][..], &crc32fast::hash(data).to_le_bytes()].concat();
        same.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        same.extend([length.to_le_bytes(), [0, 0]].concat());
        bytes.extend([&b"PK\x03\x04"[..], &same, name.as_bytes(), data].concat());
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &same, &[0; 10], &place.to_le_bytes(), name.as_bytes()].concat());
    }
    let (count, at) = (u16::try_from(files.len())?.to_le_bytes(), u32::try_from(bytes.len())?.to_le_bytes());
    let size = u32::try_from(directory.len())?.to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &at, &[0, 0]].concat();
    Ok([bytes, directory, end].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_version_of_every_work_is_taken_and_is_no_other() {
        let mut pieces = Pieces::default();
        let all: Vec<Arc<Piece>> =
            (0..NAMES.len()).flat_map(|work| (0..VERSIONS).map(move |n| (work, n))).map(|(work, n)| pieces.get(work, n).unwrap()).collect();
        let hashes: BTreeSet<Sha256> = all.iter().map(|piece| piece.sha256).collect();
        let media: BTreeSet<&str> = all.iter().map(|piece| piece.media_type.wire()).collect();
        assert_eq!((hashes.len(), media.len()), (all.len(), 3));
    }
}
