//! By what files of a kind begin (facts 4.9).

use domain::file::MediaType;

use crate::{Check, foreign, png, rar, zip};

/// Whether these bytes begin as files of this kind do. What a ZIP archive must not begin with has names of its own.
pub(crate) fn check(media_type: &MediaType, bytes: &[u8]) -> Result<(), Check> {
    let begins = match media_type {
        MediaType::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
        MediaType::Png => bytes.starts_with(png::SIGNATURE),
        MediaType::Pdf => bytes.starts_with(b"%PDF-"),
        MediaType::Rar => bytes.starts_with(rar::RAR4) || bytes.starts_with(rar::RAR5),
        MediaType::Zip => return zip_begins(bytes),
        MediaType::Unknown(_) => false,
    };
    if begins { Ok(()) } else { Err(Check::MagicMismatch) }
}

fn zip_begins(bytes: &[u8]) -> Result<(), Check> {
    match bytes.first_chunk::<4>() {
        Some(zip::LOCAL) => Ok(()),
        Some(zip::END) => Err(Check::ZipEmpty),
        // An archive in parts, and one that was to have parts and has one.
        Some(b"PK\x07\x08" | b"PK00") => Err(Check::ZipSpanned),
        _ if foreign::no_zip_behind(bytes).is_err() => Err(Check::ZipNotAtStart),
        _ => Err(Check::MagicMismatch),
    }
}
