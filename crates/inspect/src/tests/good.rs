//! What must pass.

use domain::{
    file::{FilePolicy, MediaType, Sha256},
    words::{Lang, Words},
};

use super::{MOST, looked_at};
use crate::{
    Check, Dimensions, Entry, inspect,
    testing::{JPEG, Member, chunk, deflated, jpeg, pdf, pixels, png, png_of, rar4, rar5, zip},
};

fn archive() -> Vec<u8> {
    zip(&[
        Member { mode: 0o040_755, ..Member::kept("desain/", b"") },
        Member::packed("desain/logo.svg", &b"<svg xmlns='http://www.w3.org/2000/svg'/>".repeat(9)),
        Member::packed("desain/foto.jpg", JPEG).streamed(),
        Member::kept("desain/brief.docx", &zip(&[Member::kept("word/document.xml", b"<x/>")])),
    ])
}

#[test]
fn a_file_of_each_kind_passes_and_says_what_it_is() {
    let names = [("foto.jpg", JPEG.to_vec(), MediaType::Jpeg), ("FOTO.JPEG", jpeg(5_000), MediaType::Jpeg)];
    let others = [
        ("logo.png", png(3_000), MediaType::Png),
        ("brief.pdf", pdf(2_000), MediaType::Pdf),
        ("desain.zip", archive(), MediaType::Zip),
        ("desain.rar", rar4(b"..."), MediaType::Rar),
        ("desain.rar", rar5(b"..."), MediaType::Rar),
    ];
    for (name, bytes, media_type) in names.into_iter().chain(others) {
        for declared in [None, Some(""), Some(media_type.wire())] {
            let facts = looked_at(name, declared, &bytes).unwrap();
            assert_eq!((&facts.media_type, facts.size, facts.name.as_str()), (&media_type, bytes.len() as u64, name));
            assert_eq!(facts.sha256, Sha256::of(&bytes));
        }
    }
}

#[test]
fn other_names_for_the_same_kind_are_understood() {
    for declared in ["application/x-zip-compressed", "Application/ZIP", "application/zip; charset=binary"] {
        assert!(looked_at("a.zip", Some(declared), &archive()).is_ok(), "{declared}");
    }
    assert!(looked_at("a.rar", Some("application/x-rar-compressed"), &rar5(b"")).is_ok());
    assert!(looked_at("a.jpg", Some("image/jpg"), JPEG).is_ok());
}

#[test]
fn images_say_how_large_they_are_and_archives_what_they_hold() {
    let size = |name, bytes: &[u8]| looked_at(name, None, bytes).unwrap().dimensions;
    assert_eq!(size("a.jpg", JPEG), Some(Dimensions { width: 1, height: 1 }));
    assert_eq!(size("a.png", &png(900)), Some(Dimensions { width: 20, height: 10 }));
    assert_eq!(size("a.pdf", &pdf(900)), None);
    let held = looked_at("a.zip", None, &archive()).unwrap().entries;
    let names: Vec<&str> = held.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["desain/", "desain/logo.svg", "desain/foto.jpg", "desain/brief.docx"]);
    assert_eq!(held[2], Entry { name: "desain/foto.jpg".into(), size: JPEG.len() as u64 });
}

#[test]
fn pngs_of_every_depth_and_colour_and_interlaced_ones_pass() {
    let palette = chunk(b"PLTE", &[0; 6]);
    for (depth, colour, row) in [(1, 0, 2), (16, 0, 26), (8, 2, 39), (2, 3, 4), (8, 4, 26), (16, 6, 104)] {
        let data = chunk(b"IDAT", &deflated(&vec![0; 7 * (1 + row)], 6));
        let image = png_of(13, 7, [depth, colour, 0, 0, 0], &[palette.clone(), data]);
        assert!(looked_at("a.png", None, &image).is_ok(), "{depth} bits of colour {colour}");
    }
    // Adam7 for 5 by 3 pixels of one byte: rows of 1, 1, none, 1, 3, twice 2, 5 pixels.
    let passes = [vec![0; 2], vec![0; 2], vec![0; 2], vec![0; 4], vec![0; 6], vec![0; 6]].concat();
    let data = |bytes: &[u8]| vec![chunk(b"IDAT", &deflated(bytes, 6))];
    assert!(looked_at("a.png", None, &png_of(5, 3, [8, 0, 0, 0, 1], &data(&passes))).is_ok());
    assert_eq!(looked_at("a.png", None, &png_of(5, 3, [8, 0, 0, 0, 1], &data(&passes[1..]))), Err(Check::Damaged));
    let split: Vec<Vec<u8>> = deflated(&pixels(20, 10, 4), 6).chunks(7).map(|part| chunk(b"IDAT", part)).collect();
    assert!(looked_at("a.png", None, &png_of(20, 10, [8, 6, 0, 0, 0], &split)).is_ok(), "in as many pieces as one likes");
}

#[test]
fn exactly_ten_megabytes_pass_and_one_byte_more_does_not() {
    for (name, make) in [("a.jpg", jpeg as fn(usize) -> Vec<u8>), ("a.png", png), ("a.pdf", pdf)] {
        assert!(looked_at(name, None, &make(MOST)).is_ok(), "{name}");
        assert_eq!(looked_at(name, None, &make(MOST + 1)), Err(Check::TooLarge), "{name}");
    }
    let filled = |size: usize| zip(&[Member::kept("a.bin", &vec![7; size - zip(&[Member::kept("a.bin", b"")]).len()])]);
    assert!(looked_at("a.zip", None, &filled(MOST)).is_ok());
    assert_eq!(looked_at("a.zip", None, &filled(MOST + 1)), Err(Check::TooLarge));
}

/// What packs well is no bomb as long as it is small, or as large as what is usual.
#[test]
fn honest_archives_that_pack_well_pass() {
    let small = Member::packed("kosong.bmp", &vec![0; 1 << 20]);
    assert!(small.data.len() * 200 < 1 << 20, "it packs better than 200 to 1");
    assert!(looked_at("a.zip", None, &zip(&[small])).is_ok());
    let thousand: Vec<Member> = (0..1_000).map(|n| Member::kept(&format!("{n}.txt"), b"x")).collect();
    assert_eq!(looked_at("a.zip", None, &zip(&thousand)).unwrap().entries.len(), 1_000);
}

#[test]
fn a_proof_is_no_archive_and_nothing_is_taken_for_what_comes_later() {
    let proof = |name, bytes: &[u8]| inspect(&FilePolicy::Proof, name, None, bytes).map_err(|refused| refused.check);
    assert!(proof("bukti.jpg", JPEG).is_ok() && proof("bukti.png", &png(900)).is_ok() && proof("bukti.pdf", &pdf(900)).is_ok());
    assert_eq!((proof("a.zip", &archive()), proof("a.rar", &rar5(b""))), (Err(Check::ExtensionUnknown), Err(Check::ExtensionUnknown)));
    for later in [FilePolicy::Avatar, FilePolicy::Result, FilePolicy::of_wire("x")] {
        assert_eq!(inspect(&later, "a.jpg", None, JPEG).map_err(|refused| refused.check), Err(Check::PolicyUnknown));
    }
}

#[test]
fn every_check_has_its_words() {
    for lang in [Lang::Id, Lang::En] {
        let words = Words::new(lang);
        for check in Check::ALL {
            let key = format!("file-{}", check.wire().replace('_', "-"));
            assert!(words.has(&key), "{key}");
        }
    }
}
