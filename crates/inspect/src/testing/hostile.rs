//! What an attacker would send, and what takes the most work.

use super::{JPEG, Member, PNG_END, chunk, deflated, jpeg, jpeg_of, pdf, pixels, png, png_of, rar4, rar5, zip, zip_with};
use crate::Check;

/// The most bytes of a design.
const MOST: usize = 10_485_760;

/// A name, a declared type, bytes, and the check.
pub type Hostile = (&'static str, Option<&'static str>, Vec<u8>, Check);

const RGBA: [u8; 5] = [8, 6, 0, 0, 0];

fn image() -> Vec<u8> {
    chunk(b"IDAT", &deflated(&pixels(20, 10, 4), 6))
}
fn page() -> Member {
    Member::packed("index.html", b"<script>alert(1)</script>")
}
fn one(member: Member) -> Vec<u8> {
    zip(&[member])
}
fn behind(first: Vec<u8>, second: &[u8]) -> Vec<u8> {
    [first, second.to_vec()].concat()
}
fn turned(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 0x55;
    bytes
}
fn cut(mut bytes: Vec<u8>, by: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - by);
    bytes
}

fn names_and_types() -> Vec<Hostile> {
    let script = b"#!/bin/sh\nrm -rf ~".to_vec();
    vec![
        ("a.png", None, Vec::new(), Check::Empty),
        ("a.exe", None, b"MZ\x90\0".to_vec(), Check::ExtensionUnknown),
        ("a.png.svg", None, b"<svg onload='x()'/>".to_vec(), Check::ExtensionUnknown),
        ("png", None, png(900), Check::ExtensionUnknown),
        ("a\u{202e}gpj.exe", None, JPEG.to_vec(), Check::ExtensionUnknown),
        ("../..", None, JPEG.to_vec(), Check::NameUnusable),
        ("a.jpg", Some("text/html"), JPEG.to_vec(), Check::TypeMismatch),
        ("a.jpg", Some("application/octet-stream"), JPEG.to_vec(), Check::TypeMismatch),
        ("a.pdf", Some("application/zip"), pdf(900), Check::TypeMismatch),
        ("a.jpg", None, png(900), Check::MagicMismatch),
        ("a.png", Some("image/png"), JPEG.to_vec(), Check::MagicMismatch),
        ("a.zip", None, rar5(b""), Check::MagicMismatch),
        ("a.rar", None, one(page()), Check::MagicMismatch),
        ("a.pdf", None, script.clone(), Check::MagicMismatch),
        ("a.pdf", None, behind(b"\n".to_vec(), &pdf(900)), Check::MagicMismatch),
        ("a.rar", None, behind(b"MZ\x90\0 a program that unpacks itself".to_vec(), &rar5(b"")), Check::MagicMismatch),
        ("a.jpg", None, script, Check::MagicMismatch),
    ]
}

fn images_that_are_more() -> Vec<Hostile> {
    let archive = one(page());
    // An archive whose comment is the end of the image, so that nothing stands behind either.
    let swallowed = |end: &[u8]| {
        let length = u8::try_from(end.len()).expect("a short end");
        zip_with(&[page()], |record| record[20] = length)
    };
    let in_jpeg = |kind: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).expect("a segment").to_be_bytes();
        [&JPEG[..2], &[0xff, kind], &length, data, &JPEG[2..]].concat()
    };
    let last_chunk = |data: &[u8]| png_of(20, 10, RGBA, &[image(), chunk(b"prIv", data)]);
    vec![
        ("a.jpg", None, behind(JPEG.to_vec(), &archive), Check::TrailingData),
        ("a.jpg", None, behind(JPEG.to_vec(), &rar5(b"")), Check::TrailingData),
        ("a.jpg", None, behind(JPEG.to_vec(), b"<?php system($_GET['c']); ?>"), Check::TrailingData),
        ("a.jpg", None, behind(JPEG.to_vec(), JPEG), Check::TrailingData),
        ("a.png", None, behind(png(900), &archive), Check::TrailingData),
        ("a.png", None, behind(png(900), b"\n"), Check::TrailingData),
        ("a.png", None, png_of(20, 10, RGBA, &[chunk(b"IDAT", &behind(deflated(&pixels(20, 10, 4), 6), b"PK"))]), Check::TrailingData),
        ("a.jpg", None, in_jpeg(0xfe, &swallowed(&JPEG[2..])), Check::TwoKinds),
        ("a.jpg", None, in_jpeg(0xe1, &rar4(b"...")), Check::TwoKinds),
        ("a.jpg", None, in_jpeg(0xfe, b"7z\xbc\xaf\x27\x1c..."), Check::TwoKinds),
        ("a.jpg", None, in_jpeg(0xfe, &pdf(900)), Check::TwoKinds),
        ("a.png", None, last_chunk(&swallowed(&[&[0; 4], PNG_END].concat())), Check::TwoKinds),
        ("a.png", None, last_chunk(&rar5(b"")), Check::TwoKinds),
        ("a.pdf", None, [&b"%PDF-1.7\n"[..], &rar5(b""), &pdf(900)].concat(), Check::TwoKinds),
        ("a.pdf", None, [pdf(900), swallowed(b"\n%%EOF\n"), b"\n%%EOF\n".to_vec()].concat(), Check::TwoKinds),
        ("a.rar", None, rar5(&archive), Check::TwoKinds),
        ("a.pdf", None, behind(pdf(900), b"<script>"), Check::TrailingData),
    ]
}

fn broken_images() -> Vec<Hostile> {
    let pixel = &deflated(&pixels(20, 10, 4), 6);
    let data = |bytes: &[u8]| chunk(b"IDAT", bytes);
    let bomb = deflated(&vec![0; 32 << 20], 9);
    vec![
        ("a.jpg", None, cut(JPEG.to_vec(), 2), Check::Truncated),
        ("a.jpg", None, JPEG[..40].to_vec(), Check::Truncated),
        ("a.jpg", None, JPEG[..3].to_vec(), Check::Truncated),
        ("a.jpg", None, [&JPEG[..2], &[0xff, 0xd9]].concat(), Check::Damaged),
        ("a.jpg", None, [&JPEG[..20], &[0xff, 0xd8], &JPEG[20..]].concat(), Check::Damaged),
        ("a.jpg", None, [&JPEG[..2], &[0xff, 0xe0, 0, 1], &JPEG[2..]].concat(), Check::Damaged),
        ("a.jpg", None, [&JPEG[..20], b"junk", &JPEG[20..]].concat(), Check::Damaged),
        ("a.jpg", None, jpeg_of(0, 64, &[0x37]), Check::Damaged),
        ("a.jpg", None, jpeg_of(65_535, 65_535, &[0x37]), Check::TooManyPixels),
        ("a.jpg", None, jpeg_of(8_000, 5_001, &[0x37]), Check::TooManyPixels),
        ("a.png", None, cut(png(900), PNG_END.len()), Check::Truncated),
        ("a.png", None, png(900)[..20].to_vec(), Check::Truncated),
        ("a.png", None, turned(png(900), 30), Check::Damaged),
        ("a.png", None, turned(png(900), 100), Check::Damaged),
        ("a.png", None, png_of(20, 10, RGBA, &[]), Check::Truncated),
        ("a.png", None, png_of(20, 10, RGBA, &[data(&pixel[..pixel.len() - 9])]), Check::Truncated),
        ("a.png", None, png_of(20, 11, RGBA, &[data(pixel)]), Check::Damaged),
        ("a.png", None, png_of(20, 9, RGBA, &[data(pixel)]), Check::Damaged),
        ("a.png", None, png_of(20, 10, RGBA, &[data(&bomb)]), Check::Damaged),
        ("a.png", None, png_of(20, 10, RGBA, &[data(&turned(pixel.clone(), pixel.len() - 1))]), Check::Damaged),
        ("a.png", None, png_of(20, 10, RGBA, &[data(&pixel[..9]), chunk(b"tEXt", b"a\0b"), data(&pixel[9..])]), Check::Damaged),
        ("a.png", None, png_of(20, 10, RGBA, &[image(), chunk(b"EVIL", b"x")]), Check::Damaged),
        ("a.png", None, png_of(20, 10, [8, 3, 0, 0, 0], &[data(&deflated(&pixels(20, 10, 1), 6))]), Check::Damaged),
        ("a.png", None, png_of(20, 10, [3, 6, 0, 0, 0], &[image()]), Check::Damaged),
        ("a.png", None, png_of(0, 10, RGBA, &[image()]), Check::Damaged),
        ("a.png", None, png_of(u32::MAX, u32::MAX, RGBA, &[image()]), Check::TooManyPixels),
        ("a.png", None, png_of(40_000_001, 1, RGBA, &[image()]), Check::TooManyPixels),
        ("a.pdf", None, b"%PDF-1.7\n1 0 obj".to_vec(), Check::Truncated),
        ("a.pdf", None, [&pdf(900)[..], &vec![b' '; 2_000]].concat(), Check::Truncated),
        ("a.pdf", None, b"%PDF-x\n%%EOF".to_vec(), Check::Damaged),
        ("a.rar", None, turned(rar5(b""), 10), Check::Damaged),
        ("a.rar", None, turned(rar4(b""), 8), Check::Damaged),
        ("a.rar", None, rar5(b"")[..9].to_vec(), Check::Truncated),
        ("a.rar", None, rar4(b"")[..12].to_vec(), Check::Truncated),
        ("a.rar", None, [&b"Rar!\x1a\x07\x01\x00\0\0\0\0"[..], &[0xff; 12]].concat(), Check::Damaged),
    ]
}

fn archives() -> Vec<Hostile> {
    let (a, b) = (Member::kept("a.txt", b"aaaa"), Member::kept("b.txt", b"bbbb"));
    let many: Vec<Member> = (0..1_001).map(|n| Member::kept(&format!("{n}.txt"), b"x")).collect();
    let zeros = Member::packed("nol.bin", &vec![0; 4 << 20]);
    let huge = |n: usize| Member { unpacked: 600 << 20, ..Member::packed(&format!("{n}.bin"), &[u8::try_from(n).unwrap_or(0); 64]) };
    let named = |name: &str| one(Member::kept(name, b"x"));
    let behind_other = [b"MZ\x90\0".to_vec(), one(a.clone())].concat();
    let renamed = [&[0x75, 0x70, 11, 0, 1, 0, 0, 0, 0][..], b"../../a"].concat();
    let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    vec![
        ("a.zip", None, empty, Check::ZipEmpty),
        ("a.zip", None, [b"PK\x03\x04".to_vec(), zip(&[])].concat(), Check::ZipEmpty),
        ("a.zip", None, behind(b"PK\x07\x08".to_vec(), &one(a.clone())), Check::ZipSpanned),
        ("a.zip", None, zip_with(std::slice::from_ref(&a), |end| end[4] = 1), Check::ZipSpanned),
        ("a.zip", None, behind_other, Check::ZipNotAtStart),
        ("a.zip", None, zip(&[Member { offset: Some(39), ..a.clone() }, b.clone()]), Check::ZipNotAtStart),
        ("a.zip", None, cut(one(a.clone()), 22), Check::Truncated),
        ("a.zip", None, cut(one(a.clone()), 1), Check::Truncated),
        ("a.zip", None, b"PK\x03\x04".to_vec(), Check::Truncated),
        ("a.zip", None, behind(one(a.clone()), b"junk"), Check::TrailingData),
        ("a.zip", None, zip_with(std::slice::from_ref(&a), |end| end[8..12].copy_from_slice(&[2, 0, 2, 0])), Check::ZipDirectory),
        ("a.zip", None, zip_with(&[a.clone(), b.clone()], |end| end[8..12].copy_from_slice(&[1, 0, 1, 0])), Check::ZipDirectory),
        ("a.zip", None, zip_with(std::slice::from_ref(&a), |end| end[16] += 1), Check::ZipDirectory),
        ("a.zip", None, one(Member { listed: b"b.txt".to_vec(), ..a.clone() }), Check::ZipDirectory),
        ("a.zip", None, one(Member { unpacked: 3, ..a.clone() }), Check::ZipDirectory),
        ("a.zip", None, one(Member { behind: b"hidden".to_vec(), ..a.clone() }), Check::ZipDirectory),
        ("a.zip", None, one(Member { behind: vec![0; 16], ..a.clone().streamed() }), Check::ZipDirectory),
        ("a.zip", None, one(Member { flags: 1 << 13, ..a.clone() }), Check::ZipDirectory),
        ("a.zip", None, zip(&[a.clone(), a.clone()]), Check::ZipDirectory),
        ("a.zip", None, zip(&many), Check::ZipTooManyEntries),
        ("a.zip", None, zip(&[huge(1), huge(2)]), Check::ZipTooLarge),
        ("a.zip", None, one(Member { unpacked: u32::MAX, ..page() }), Check::ZipTooLarge),
        ("a.zip", None, one(zeros.clone()), Check::ZipRatio),
        ("a.zip", None, zip(&[zeros, Member::kept("acak.bin", &vec![7; 1 << 20])]), Check::ZipRatio),
        ("a.zip", None, zip(&[a.clone(), Member { offset: Some(0), ..b.clone() }]), Check::ZipOverlap),
        ("a.zip", None, overlapping(), Check::ZipOverlap),
        ("a.zip", None, named("../../.bashrc"), Check::ZipPath),
        ("a.zip", None, named("a/..\\..\\b"), Check::ZipPath),
        ("a.zip", None, named("/etc/passwd"), Check::ZipPath),
        ("a.zip", None, named("\\\\server\\share"), Check::ZipPath),
        ("a.zip", None, named("C:\\Windows\\x.dll"), Check::ZipPath),
        ("a.zip", None, named("a\0.png"), Check::ZipPath),
        ("a.zip", None, named(""), Check::ZipPath),
        ("a.zip", None, one(Member { extra: renamed, ..a.clone() }), Check::ZipPath),
        ("a.zip", None, one(Member { mode: 0o120_777, ..Member::kept("a.txt", b"/etc/passwd") }), Check::ZipLink),
        ("a.zip", None, named("bom.zip"), Check::ZipNested),
        ("a.zip", None, named("desain/bom.7Z. "), Check::ZipNested),
        ("a.zip", None, one(Member::kept("a.dat", &one(a.clone()))), Check::ZipNested),
        ("a.zip", None, one(Member::kept("a.dat", &rar5(b""))), Check::ZipNested),
    ]
}

/// Two entries over the same bytes: the second begins within the first, as in the bombs that unpack to petabytes.
fn overlapping() -> Vec<u8> {
    let inner = Member::kept("b.txt", b"bbbb");
    let inside = one(inner.clone());
    // The header and bytes of the inner one are the bytes of the outer one.
    let data = &inside[..30 + 5 + 4];
    let outer = Member { method: 8, unpacked: 100, ..Member::kept("a.txt", data) };
    let first = one(outer.clone());
    let at = u32::try_from(30 + 5).expect("a short header");
    // The line of the second entry is taken from an archive of its own, the place from here.
    let line = |member: Member| {
        let alone = one(member);
        let directory = alone.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("a directory");
        alone[directory..alone.len() - 22].to_vec()
    };
    let local = &first[..30 + 5 + data.len()];
    let lines = [line(outer), line(Member { offset: Some(at), ..inner })].concat();
    let place = [lines.len(), local.len()].map(|n| u32::try_from(n).expect("small").to_le_bytes()).concat();
    [local, &lines, b"PK\x05\x06\0\0\0\0\x02\0\x02\0", &place, &[0, 0]].concat()
}

/// What an attacker would send, each with the one check it must not pass.
#[must_use]
pub fn hostile() -> Vec<Hostile> {
    [names_and_types(), images_that_are_more(), broken_images(), archives()].concat()
}

/// What takes the most work: as large as a file may be, of the parts that cost the most; a name, the bytes, and whether they are a design.
#[must_use]
pub fn largest() -> Vec<(&'static str, Vec<u8>, bool)> {
    let bomb = png_of(8_000, 5_000, RGBA, &[chunk(b"IDAT", &deflated(&vec![0; 5_000 * (1 + 8_000 * 4)], 9))]);
    let tiny: Vec<Vec<u8>> = (0..MOST / 13).map(|_| chunk(b"prIv", b"")).collect();
    let chunks = png_of(20, 10, RGBA, &[tiny[..800_000].concat(), image()]);
    let stuffed = jpeg_of(64, 64, &[0xff, 0x00].repeat((MOST - JPEG.len()) / 2));
    let ends = [&b"PK\x03\x04"[..], &b"PK\x05\x06".repeat(2_600_000)].concat();
    vec![
        // Forty megapixels are allowed.
        ("a.png", bomb, true),
        ("a.png", chunks, true),
        ("a.jpg", jpeg(MOST), true),
        ("a.jpg", stuffed, true),
        ("a.zip", ends, false),
    ]
}
