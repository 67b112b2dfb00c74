use domain::file::MediaType;
use hostile::{bytes_near, most_allocated};
use image::{DynamicImage, ImageEncoder as _, Rgb, RgbImage, Rgba, RgbaImage, codecs::jpeg::JpegEncoder};
use proptest::prelude::*;
use rstest::rstest;
use std::io::Cursor;

use super::*;

/// A picture whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The EXIF of a camera that was held in this way (TIFF 6.0, tag 274), and that knows where it stood.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS -8.65 115.21");
    tiff
}

fn jpeg(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(image, image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn read(picture: &Picture) -> RgbImage {
    let image = image::load_from_memory(&picture.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (picture.width, picture.height));
    image.to_rgb8()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

#[rstest]
#[case(640, 320, Size::Thumb, (160, 80))]
#[case(320, 3_200, Size::Thumb, (16, 160))]
#[case(100, 40, Size::Thumb, (100, 40))]
#[case(5_000, 2_500, Size::Full, (2_048, 1_024))]
#[case(2_500, 1, Size::Full, (2_048, 1))]
fn the_longer_edge_fits_and_nothing_is_made_larger(#[case] w: u32, #[case] h: u32, #[case] size: Size, #[case] expected: (u32, u32)) {
    let picture = draw(&png(&halves(w, h).into()), &MediaType::Png, size).unwrap();
    assert_eq!((picture.width, picture.height), expected);
    assert_eq!(measured(&picture.bytes), Some((MediaType::Jpeg, picture.width, picture.height)));
    let made = read(&picture);
    assert!(is_red(made.get_pixel(0, 0)) && !is_red(made.get_pixel(made.width() - 1, 0)));
}

#[rstest]
#[case(1, true, (64, 32))]
#[case(3, false, (64, 32))]
#[case(6, true, (32, 64))]
#[case(8, false, (32, 64))]
fn a_camera_that_was_held_otherwise_is_turned_upright(#[case] held: u8, #[case] red_first: bool, #[case] size: (u32, u32)) {
    let picture = draw(&jpeg(&halves(64, 32), held), &MediaType::Jpeg, Size::Thumb).unwrap();
    assert_eq!((picture.width, picture.height), size);
    let made = read(&picture);
    assert_eq!(is_red(made.get_pixel(1, 1)), red_first);
    assert_eq!(is_red(made.get_pixel(size.0 - 2, size.1 - 2)), !red_first);
}

#[test]
fn nothing_but_pixels_comes_along() {
    let bytes = jpeg(&halves(64, 32), 6);
    let holds = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(holds(&bytes, b"GPS") && holds(&bytes, b"Exif"), "the test is about something");
    for size in Size::ALL {
        let made = draw(&bytes, &MediaType::Jpeg, size).unwrap().bytes;
        assert!(!holds(&made, b"GPS") && !holds(&made, b"Exif"));
    }
}

#[test]
fn what_is_seen_through_stays_so() {
    let clear = RgbaImage::from_pixel(300, 300, Rgba([10, 20, 30, 128]));
    let made = draw(&png(&clear.into()), &MediaType::Png, Size::Thumb).unwrap();
    assert_eq!(measured(&made.bytes), Some((MediaType::Png, 160, 160)));
    assert_eq!(measured(b"<svg/>"), None);
    let full = RgbaImage::from_pixel(300, 300, Rgba([10, 20, 30, 255]));
    assert_eq!(draw(&png(&full.into()), &MediaType::Png, Size::Thumb).unwrap().media_type, MediaType::Jpeg, "it only could have been");
}

#[test]
fn what_is_no_image_has_no_picture() {
    for kind in [MediaType::Pdf, MediaType::Zip, MediaType::Rar, MediaType::Unknown("image/svg+xml".into())] {
        assert_eq!(draw(b"<svg/>", &kind, Size::Thumb), Err(NoPicture::NotAnImage));
    }
    let png = png(&halves(64, 64).into());
    assert_eq!(draw(&png, &MediaType::Jpeg, Size::Thumb), Err(NoPicture::Damaged), "it is drawn as what it was inspected as");
    for cut in [0, 8, 20, png.len() / 2] {
        assert_eq!(draw(&png[..cut], &MediaType::Png, Size::Thumb), Err(NoPicture::Damaged), "{cut}");
    }
}

/// A header alone costs nothing to write: what it announces must not be made room for.
#[test]
fn an_image_that_says_it_is_huge_costs_no_memory() {
    let huge = inspect::testing::png_of(60_000, 60_000, [8, 6, 0, 0, 0], &[]);
    let (most, made) = most_allocated(|| draw(&huge, &MediaType::Png, Size::Full));
    assert!(matches!(made, Err(NoPicture::TooLarge | NoPicture::Damaged)), "{made:?}");
    assert!(most < 1 << 20, "{most}");
}

#[test]
fn sizes_have_names() {
    for size in Size::ALL {
        assert_eq!(Size::named(size.name()), Some(size));
    }
    assert_eq!(Size::named("huge"), None);
    assert!(Size::Full.edge() > Size::Thumb.edge());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_stands_in_a_file_nothing_panics(
        bytes in bytes_near(vec![png(&halves(24, 24).into()), jpeg(&halves(24, 24), 6)]),
        first in any::<bool>(),
    ) {
        let kind = if first { MediaType::Png } else { MediaType::Jpeg };
        if let Ok(made) = draw(&bytes, &kind, Size::Thumb) {
            prop_assert!(made.width <= 160 && made.height <= 160 && !made.bytes.is_empty());
        }
    }
}
