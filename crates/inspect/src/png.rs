//! PNG: walked over chunk by chunk with every checksum, and its pixels inflated to the last byte into a buffer that is used over and
//! over again (PNG, third edition). So nothing can stand between, within or behind them, and no image is ever in memory.

use flate2::{Decompress, FlushDecompress, Status};

use crate::{Check, Dimensions, bytes::Numbers as _};

/// By what a PNG begins.
pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// How much is inflated at a time, in bytes.
const ROOM: usize = 64 << 10;

pub(crate) fn walk(bytes: &[u8]) -> Result<Dimensions, Check> {
    let mut at = SIGNATURE.len();
    let (kind, header) = chunk(bytes, &mut at)?;
    if kind != *b"IHDR" {
        return Err(Check::Damaged);
    }
    let header = Header::read(header)?;
    let (mut palette, mut pixels, mut last) = (false, Pixels::new(header.raw_bytes()), kind);
    loop {
        let (kind, data) = chunk(bytes, &mut at)?;
        match &kind {
            b"IDAT" if pixels.begun && last != *b"IDAT" => return Err(Check::Damaged),
            b"IDAT" => pixels.take(data)?,
            b"PLTE" if !palette && !pixels.begun => palette = true,
            b"IEND" if data.is_empty() => {
                pixels.end()?;
                let indexed = header.colour == 3;
                return match at == bytes.len() {
                    false => Err(Check::TrailingData),
                    true if indexed && !palette => Err(Check::Damaged),
                    true => Ok(header.dimensions),
                };
            }
            // A small first letter: whoever does not know it passes it over.
            [b'a'..=b'z', ..] => {}
            _ => return Err(Check::Damaged),
        }
        last = kind;
    }
}

/// A chunk whose checksum holds: its kind and what it holds.
fn chunk<'b>(bytes: &'b [u8], at: &mut usize) -> Result<([u8; 4], &'b [u8]), Check> {
    let (length, kind) = bytes.be32(*at).zip(bytes.array::<4>(*at + 4)).ok_or(Check::Truncated)?;
    let length = usize::try_from(length).ok().filter(|n| *n <= i32::MAX as usize).ok_or(Check::Damaged)?;
    let covered = bytes.get(*at + 4..*at + 8 + length).ok_or(Check::Truncated)?;
    let sum = bytes.be32(*at + 8 + length).ok_or(Check::Truncated)?;
    if !kind.iter().all(u8::is_ascii_alphabetic) || crc32fast::hash(covered) != sum {
        return Err(Check::Damaged);
    }
    *at += 12 + length;
    Ok((kind, &covered[4..]))
}

struct Header {
    dimensions: Dimensions,
    bits: u64,
    colour: u8,
    interlaced: bool,
}

impl Header {
    /// Width, height, bits of a sample, colour, compression, filter, interlacing.
    fn read(data: &[u8]) -> Result<Self, Check> {
        let (width, height) = data.be32(0).zip(data.be32(4)).ok_or(Check::Damaged)?;
        let dimensions = Dimensions::checked(width, height)?;
        let Some(&[depth, colour, 0, 0, interlaced @ 0..=1]) = data.get(8..) else { return Err(Check::Damaged) };
        let samples = match (colour, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
            (4, 8 | 16) => 2,
            (2, 8 | 16) => 3,
            (6, 8 | 16) => 4,
            _ => return Err(Check::Damaged),
        };
        Ok(Self { dimensions, bits: samples * u64::from(depth), colour, interlaced: interlaced == 1 })
    }
    /// How many bytes its pixels are before they are packed: each row begins with its filter.
    fn raw_bytes(&self) -> u64 {
        let (width, height) = (u64::from(self.dimensions.width), u64::from(self.dimensions.height));
        let pass = |width: u64, height: u64| if width == 0 { 0 } else { height * (1 + (width * self.bits).div_ceil(8)) };
        if !self.interlaced {
            return pass(width, height);
        }
        // Adam7: where each pass begins, and how far apart its pixels are.
        const PASSES: [(u64, u64, u64, u64); 7] =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        let count = |all: u64, first: u64, step: u64| all.saturating_sub(first).div_ceil(step);
        PASSES.iter().map(|(x, y, dx, dy)| pass(count(width, *x, *dx), count(height, *y, *dy))).sum()
    }
}

/// The pixels on their way: how many bytes must still come out.
struct Pixels {
    inflate: Decompress,
    room: Vec<u8>,
    left: u64,
    begun: bool,
    ended: bool,
}

impl Pixels {
    fn new(left: u64) -> Self {
        Self { inflate: Decompress::new(true), room: vec![0; ROOM], left, begun: false, ended: false }
    }
    fn take(&mut self, mut data: &[u8]) -> Result<(), Check> {
        self.begun = true;
        while !data.is_empty() {
            if self.ended {
                return Err(Check::TrailingData);
            }
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(data, &mut self.room, FlushDecompress::None).map_err(|_| Check::Damaged)?;
            let taken = usize::try_from(self.inflate.total_in() - before_in).map_err(|_| Check::Damaged)?;
            let made = self.inflate.total_out() - before_out;
            data = data.get(taken..).ok_or(Check::Damaged)?;
            self.left = self.left.checked_sub(made).ok_or(Check::Damaged)?;
            self.ended = status == Status::StreamEnd;
            if taken == 0 && made == 0 && !self.ended {
                return Err(Check::Damaged);
            }
        }
        Ok(())
    }
    /// What waits inside comes out, and it must be exactly what is missing.
    fn end(&mut self) -> Result<(), Check> {
        while !self.ended {
            let before = self.inflate.total_out();
            let status = self.inflate.decompress(&[], &mut self.room, FlushDecompress::Finish).map_err(|_| Check::Damaged)?;
            let made = self.inflate.total_out() - before;
            self.left = self.left.checked_sub(made).ok_or(Check::Damaged)?;
            self.ended = status == Status::StreamEnd;
            if made == 0 && !self.ended {
                return Err(Check::Truncated);
            }
        }
        if self.left == 0 { Ok(()) } else { Err(Check::Damaged) }
    }
}
