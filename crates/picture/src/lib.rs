//! # Pictures of files
//!
//! Makes a small picture of an image: on the server once for each size, on a desk of bytes that are there (facts 4.9). It is made anew
//! from the pixels, so that nothing else of the file comes with it: no place, no camera, no profile, no second file behind its end. What
//! the file says of its own orientation is done to the pixels first.
//!
//! The bytes were inspected before ([`domain::file`] has the limits); they are not trusted all the same. How many pixels are drawn is
//! looked at before any is, and at most one image should be drawn at a time: the largest takes 160 MB while it is.

use domain::file::{MOST_PIXELS, MediaType};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};
use std::io::Cursor;

/// How large a picture is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// For a tile.
    Thumb,
    /// For a screen.
    Full,
}

impl Size {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Thumb, Self::Full];

    /// Its longer edge, in pixels, at most.
    #[must_use]
    pub const fn edge(self) -> u32 {
        match self {
            Self::Thumb => 160,
            Self::Full => 2_048,
        }
    }
    /// Its name in addresses and on shelves.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Full => "full",
        }
    }
    /// The size of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }
}

/// A picture that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A PNG where something is seen through, a JPEG elsewhere.
    pub media_type: MediaType,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why there is no picture of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// It is a PDF or an archive, of which none is made.
    #[error("no picture is made of such a file")]
    NotAnImage,
    /// It has more pixels than are drawn.
    #[error("too many pixels")]
    TooLarge,
    /// Its bytes cannot be drawn.
    #[error("the image cannot be drawn")]
    Damaged,
}

/// What a JPEG is made with, of 100: where letters still have clean edges.
const QUALITY: u8 = 88;
/// The most bytes that drawing one may take: 40 million pixels with four samples, and as much again for what stands between.
const MEMORY: u64 = MOST_PIXELS * 8;

/// Draws a file that says it is of this kind. It takes as long as the file is large: not for a thread that others wait for.
///
/// # Errors
/// [`NoPicture`].
pub fn draw(bytes: &[u8], media_type: &MediaType, size: Size) -> Result<Picture, NoPicture> {
    let format = match media_type {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        _ => return Err(NoPicture::NotAnImage),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NoPicture::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(NoPicture::TooLarge);
    }
    // A file without a word of it, or with one that cannot be read, stands as it is.
    let orientation = decoder.orientation().ok();
    let image = DynamicImage::from_decoder(decoder).map_err(|_| NoPicture::Damaged)?;
    let mut image = reduced(&image, size);
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    written(&image)
}

/// What bytes that were drawn here or on the server are, and how large; nothing where they are neither a JPEG nor a PNG. Their head alone
/// is read.
#[must_use]
pub fn measured(bytes: &[u8]) -> Option<(MediaType, u32, u32)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let media_type = match reader.format()? {
        ImageFormat::Jpeg => MediaType::Jpeg,
        ImageFormat::Png => MediaType::Png,
        _ => return None,
    };
    let (width, height) = reader.into_dimensions().ok()?;
    Some((media_type, width, height))
}

/// At most as large as the size, and never larger than it was.
fn reduced(image: &DynamicImage, size: Size) -> DynamicImage {
    let edge = size.edge();
    if image.width() <= edge && image.height() <= edge {
        return image.clone();
    }
    // Whole pixels are added up first; what is left is then small enough for a filter that keeps edges clean.
    let twice = edge.saturating_mul(2);
    if image.width() > twice || image.height() > twice {
        return image.thumbnail(twice, twice).resize(edge, edge, FilterType::CatmullRom);
    }
    image.resize(edge, edge, FilterType::CatmullRom)
}

fn written(image: &DynamicImage) -> Result<Picture, NoPicture> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let pixels = image.to_rgba8();
    let seen_through = image.color().has_alpha() && pixels.pixels().any(|pixel| pixel.0[3] != u8::MAX);
    let media_type = if seen_through {
        PngEncoder::new(&mut bytes).write_image(&pixels, width, height, ExtendedColorType::Rgba8).map_err(|_| NoPicture::Damaged)?;
        MediaType::Png
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        encoder.write_image(&image.to_rgb8(), width, height, ExtendedColorType::Rgb8).map_err(|_| NoPicture::Damaged)?;
        MediaType::Jpeg
    };
    Ok(Picture { media_type, width, height, bytes })
}

#[cfg(test)]
mod tests;
