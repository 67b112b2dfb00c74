//! # The inspector of files
//!
//! Looks whether a file is what it says it is, and nothing else besides (facts 4.9): on a desk before a byte of it moves, on the server
//! again when all of it is there. It reads headers and directories; nothing is unpacked, drawn or run, and whatever comes in it needs
//! little memory and little time. Which files are taken for what, and the limits, stand in `domain::file`.
//!
//! How to add a kind of file: a value of [`MediaType`] in `domain`, a module here that walks over its bytes, a line in
//! `structure`, a good file in `testing`, and whatever an attacker would make of it in `tests/hostile.rs`.

mod bytes;
mod foreign;
mod jpeg;
mod magic;
mod pdf;
mod png;
mod rar;
mod refused;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod zip;

pub use refused::{Check, Refused};

use domain::file::{FileName, FilePolicy, MOST_PIXELS, MediaType, Sha256};

/// What a file is, as its own bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it is called, made harmless.
    pub name: FileName,
    /// What it is.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: u64,
    /// What it is known by.
    pub sha256: Sha256,
    /// How large an image is.
    pub dimensions: Option<Dimensions>,
    /// What a ZIP archive says it holds, in the order of its directory; empty for every other file.
    pub entries: Vec<Entry>,
}

/// The size of an image, in pixels; neither is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Dimensions {
    /// These, where an image may have so many pixels; looked at before anything else of it is read.
    fn checked(width: u32, height: u32) -> Result<Self, Check> {
        match u64::from(width) * u64::from(height) {
            0 => Err(Check::Damaged),
            pixels if pixels > MOST_PIXELS => Err(Check::TooManyPixels),
            _ => Ok(Self { width, height }),
        }
    }
}

/// A file or folder in an archive, as its directory says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the archive; a folder's ends with `/`.
    pub name: String,
    /// How many bytes it has when it is unpacked.
    pub size: u64,
}

/// What is known of a file before its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// What it is called, made harmless.
    pub name: FileName,
    /// What its name says it is.
    pub media_type: MediaType,
}

/// Looks at what is said of a file: whether one of this name, declared as this and of so many bytes, is taken for this policy at all.
///
/// # Errors
/// [`Refused`], with the first check it does not pass.
pub fn announced(policy: &FilePolicy, filename: &str, declared: Option<&str>, size: u64) -> Result<Announced, Refused> {
    let limits = policy.limits().ok_or(Check::PolicyUnknown)?;
    if size > limits.bytes {
        return Err(Check::TooLarge.into());
    }
    if size == 0 {
        return Err(Check::Empty.into());
    }
    let name = FileName::new(filename).map_err(|_| Check::NameUnusable)?;
    let ending = name.ending().and_then(|ending| MediaType::of_ending(&ending));
    let media_type = ending.filter(|media| limits.media.contains(media)).ok_or(Check::ExtensionUnknown)?;
    if declared.is_some_and(|declared| !declared.is_empty() && MediaType::of_declared(declared) != media_type) {
        return Err(Check::TypeMismatch.into());
    }
    Ok(Announced { name, media_type })
}

/// Looks at a whole file. `declared` is the media type that whoever sends it says; nothing, or nothing in it, where they say none.
///
/// # Errors
/// [`Refused`], with the first check it does not pass.
pub fn inspect(policy: &FilePolicy, filename: &str, declared: Option<&str>, bytes: &[u8]) -> Result<Facts, Refused> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let Announced { name, media_type } = announced(policy, filename, declared, size)?;
    magic::check(&media_type, bytes)?;
    let Structure { dimensions, entries } = structure(&media_type, bytes)?;
    Ok(Facts { name, media_type, size, sha256: Sha256::of(bytes), dimensions, entries })
}

/// What walking over a file's bytes tells.
#[derive(Debug, Default)]
struct Structure {
    dimensions: Option<Dimensions>,
    entries: Vec<Entry>,
}

impl From<Dimensions> for Structure {
    fn from(dimensions: Dimensions) -> Self {
        Self { dimensions: Some(dimensions), entries: Vec::new() }
    }
}

fn structure(media_type: &MediaType, bytes: &[u8]) -> Result<Structure, Check> {
    match media_type {
        MediaType::Jpeg => {
            let dimensions = jpeg::walk(bytes)?;
            foreign::none_in_image(bytes)?;
            Ok(dimensions.into())
        }
        MediaType::Png => {
            let dimensions = png::walk(bytes)?;
            foreign::none_in_image(bytes)?;
            Ok(dimensions.into())
        }
        MediaType::Pdf => {
            pdf::walk(bytes)?;
            foreign::none_in_document(bytes)?;
            Ok(Structure::default())
        }
        MediaType::Rar => {
            rar::walk(bytes)?;
            foreign::no_zip_behind(bytes)?;
            Ok(Structure::default())
        }
        MediaType::Zip => Ok(Structure { dimensions: None, entries: zip::walk(bytes)? }),
        MediaType::Unknown(_) => Err(Check::ExtensionUnknown),
    }
}
