//! Pictures of a size that a repository can keep: the 256 colours that stand there most, and the best deflation. A screen has few
//! colours; what is lost is a shade within the edge of a letter.

use e2e::webdriver::{Answer, Failure};
use std::collections::HashMap;

type Colour = [u8; 3];

pub(crate) fn broken(error: impl std::fmt::Display) -> Failure {
    Failure { code: "no picture".to_owned(), message: error.to_string() }
}

/// The same picture in 256 colours.
pub(crate) fn smaller(png: &[u8]) -> Answer<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().map_err(broken)?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or_else(|| broken("too large"))?];
    let info = reader.next_frame(&mut bytes).map_err(broken)?;
    let pixels: Vec<Colour> = bytes[..info.buffer_size()].chunks_exact(info.color_type.samples()).map(|p| [p[0], p[1], p[2]]).collect();
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    pixels.iter().for_each(|pixel| *counts.entry(*pixel).or_default() += 1);
    let mut colours: Vec<Colour> = counts.keys().copied().collect();
    // By their number, and those of one number in one order, so that the same picture is the same file.
    colours.sort_by_key(|colour| (std::cmp::Reverse(counts[colour]), *colour));
    let palette = &colours[..colours.len().min(256)];
    let nearest: HashMap<Colour, u8> = colours.iter().map(|colour| (*colour, near(*colour, palette))).collect();
    let indexed: Vec<u8> = pixels.iter().map(|pixel| nearest[pixel]).collect();
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(broken)?;
    writer.write_image_data(&indexed).map_err(broken)?;
    writer.finish().map_err(broken)?;
    Ok(made)
}

fn near(colour: Colour, palette: &[Colour]) -> u8 {
    let apart = |other: &Colour| colour.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
    let found = palette.iter().enumerate().min_by_key(|(_, other)| apart(other));
    found.and_then(|(n, _)| u8::try_from(n).ok()).unwrap_or_default()
}
