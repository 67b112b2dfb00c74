//! Images.

use flate2::{Compression, write::ZlibEncoder};
use std::io::Write as _;

/// A JPEG of one grey pixel, that every decoder takes.
pub const JPEG: &[u8] = &[
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, b'J', b'F', b'I', b'F', 0x00, 0x01, 0x01, 0x01, 0x00, 0x48, 0x00, 0x48, 0x00, 0x00, 0xff, 0xdb,
    0x00, 0x43, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x00, 0x01,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01,
    0x00, 0x00, 0x3f, 0x00, 0x37, 0xff, 0xd9,
];

/// The last chunk of every PNG.
pub const PNG_END: &[u8] = b"\x00\x00\x00\x00IEND\xae\x42\x60\x82";

/// A JPEG that says it is so large, with these bytes as its pixels.
#[must_use]
pub fn jpeg_of(width: u16, height: u16, scan: &[u8]) -> Vec<u8> {
    let mut head = JPEG[..JPEG.len() - 3].to_vec();
    let frame = head.windows(4).position(|bytes| bytes == [0xff, 0xc0, 0x00, 0x0b]).expect("a frame");
    head[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    head[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    [&head, scan, &[0xff, 0xd9]].concat()
}

/// A JPEG with so many bytes.
///
/// # Panics
/// When they are fewer than the smallest one has.
#[must_use]
pub fn jpeg(size: usize) -> Vec<u8> {
    let room = size.checked_sub(JPEG.len()).expect("room for an image");
    jpeg_of(64, 64, &vec![0x37; room + 1])
}

/// A chunk of a PNG, with its checksum.
#[must_use]
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("a chunk of less than 4 GiB");
    let covered = [&kind[..], data].concat();
    [&length.to_be_bytes()[..], &covered, &crc32fast::hash(&covered).to_be_bytes()].concat()
}

/// These bytes, packed as pixels are.
#[must_use]
pub fn deflated(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::new(level));
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

/// The rows of an image of eight bits and so many samples a pixel, each with its filter.
#[must_use]
pub fn pixels(width: usize, height: usize, samples: usize) -> Vec<u8> {
    let row = |y: usize| std::iter::once(0).chain((0..width * samples).map(move |x| u8::try_from((x ^ y) % 251).unwrap_or(0)));
    (0..height).flat_map(row).collect()
}

/// A PNG with this header (depth, colour, compression, filter, interlacing) and these chunks between it and the end.
#[must_use]
pub fn png_of(width: u32, height: u32, rest: [u8; 5], chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunks.concat(), PNG_END].concat()
}

/// A PNG of eight bits and four samples a pixel with so many bytes: what its pixels do not take, a comment does.
///
/// # Panics
/// When they are fewer than the smallest one has.
#[must_use]
pub fn png(size: usize) -> Vec<u8> {
    let data = chunk(b"IDAT", &deflated(&pixels(20, 10, 4), 6));
    let bare = png_of(20, 10, [8, 6, 0, 0, 0], std::slice::from_ref(&data)).len();
    let room = size.checked_sub(bare + 12 + 8).expect("room for an image");
    let comment = chunk(b"tEXt", &[&b"Comment\0"[..], &vec![b'x'; room]].concat());
    png_of(20, 10, [8, 6, 0, 0, 0], &[comment, data])
}
