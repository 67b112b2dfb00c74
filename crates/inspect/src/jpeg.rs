//! JPEG: walked over marker by marker to its end (ITU-T T.81, Annex B). The pixels are not decoded: whatever they are, nothing can
//! stand behind them.

use memchr::memchr;

use crate::{Check, Dimensions, bytes::Numbers as _};

/// An image has a scan for each colour and each refinement; thousands of them only keep decoders busy.
const MOST_SCANS: usize = 256;

/// What was met so far.
#[derive(Default)]
struct Met {
    frame: Option<Dimensions>,
    tables: bool,
    scans: usize,
}

pub(crate) fn walk(bytes: &[u8]) -> Result<Dimensions, Check> {
    let (mut at, mut met) = (2, Met::default());
    loop {
        let marker = marker(bytes, &mut at)?;
        if marker == 0xd9 {
            let dimensions = met.frame.filter(|_| met.scans > 0).ok_or(Check::Damaged)?;
            return if at == bytes.len() { Ok(dimensions) } else { Err(Check::TrailingData) };
        }
        // Frames, Huffman's tables, scans, quantisation, restarts, application data, comments. Anything else is of kinds of JPEG that
        // nothing shows (lossless, hierarchical, arithmetic), or does not stand between segments.
        if !matches!(marker, 0xc0..=0xc2 | 0xc4 | 0xda | 0xdb | 0xdd | 0xe0..=0xef | 0xfe) {
            return Err(Check::Damaged);
        }
        let segment = segment(bytes, &mut at)?;
        match marker {
            0xc0..=0xc2 => met.frame(segment)?,
            0xda => {
                met.scan(segment)?;
                at = behind_scan(bytes, at)?;
            }
            0xdb => met.tables = true,
            _ => {}
        }
    }
}

/// The next marker, behind any number of fill bytes.
fn marker(bytes: &[u8], at: &mut usize) -> Result<u8, Check> {
    if *bytes.get(*at).ok_or(Check::Truncated)? != 0xff {
        return Err(Check::Damaged);
    }
    while *bytes.get(*at).ok_or(Check::Truncated)? == 0xff {
        *at += 1;
    }
    *at += 1;
    Ok(bytes[*at - 1])
}

/// What stands behind a marker, without its length.
fn segment<'b>(bytes: &'b [u8], at: &mut usize) -> Result<&'b [u8], Check> {
    let length = usize::from(bytes.be16(*at).ok_or(Check::Truncated)?);
    if length < 2 {
        return Err(Check::Damaged);
    }
    let found = bytes.get(*at + 2..*at + length).ok_or(Check::Truncated)?;
    *at += length;
    Ok(found)
}

impl Met {
    /// Precision, height, width, components of three bytes each.
    fn frame(&mut self, segment: &[u8]) -> Result<(), Check> {
        let (height, width) = segment.be16(1).zip(segment.be16(3)).ok_or(Check::Damaged)?;
        let dimensions = Dimensions::checked(width.into(), height.into())?;
        let components = usize::from(*segment.get(5).ok_or(Check::Damaged)?);
        let fits = (1..=4).contains(&components) && segment.len() == 6 + 3 * components;
        if !fits || self.frame.is_some() {
            return Err(Check::Damaged);
        }
        self.frame = Some(dimensions);
        Ok(())
    }
    /// Components of two bytes each, and three bytes besides.
    fn scan(&mut self, segment: &[u8]) -> Result<(), Check> {
        let components = usize::from(*segment.first().ok_or(Check::Damaged)?);
        let fits = (1..=4).contains(&components) && segment.len() == 4 + 2 * components;
        self.scans += 1;
        let comes_in_order = self.frame.is_some() && self.tables && self.scans <= MOST_SCANS;
        if fits && comes_in_order { Ok(()) } else { Err(Check::Damaged) }
    }
}

/// The place of the marker that ends a scan: the first one that neither stands for a byte nor restarts.
fn behind_scan(bytes: &[u8], from: usize) -> Result<usize, Check> {
    let mut at = from;
    loop {
        at += memchr(0xff, bytes.get(at..).ok_or(Check::Truncated)?).ok_or(Check::Truncated)?;
        match bytes.get(at + 1).ok_or(Check::Truncated)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ if at == from => return Err(Check::Damaged),
            _ => return Ok(at),
        }
    }
}
