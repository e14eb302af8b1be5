#![allow(clippy::unwrap_used)]

use image::{Rgb, RgbImage};

use super::*;

/// A photograph for the encoder: no two neighbours alike, none far apart.
fn photo(width: u32, height: u32) -> DynamicImage {
    let mut noise = 7u32;
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 27) as u8;
        Rgb([(x / 8) as u8 ^ grain, (y / 8) as u8 ^ grain, 90 + grain])
    }))
}

fn png_of(image: &DynamicImage) -> Vec<u8> {
    encode::in_format(image, ImageFormat::Png).unwrap()
}

fn widths(made: &Made) -> Vec<u32> {
    made.picture.renditions.iter().map(|r| r.width).collect()
}

#[test]
fn no_picture_grows() {
    let made = renditions("a/quay.png", &png_of(&photo(1000, 500))).unwrap();
    assert_eq!(made.picture.size, (1000, 500));
    assert_eq!(widths(&made), [480, 960, 1000]);
    let small = renditions("quay.png", &png_of(&photo(40, 30))).unwrap();
    assert_eq!(widths(&small), [40]);
    let large = renditions("quay.png", &png_of(&photo(2000, 10))).unwrap();
    assert_eq!(widths(&large), [480, 960, 1600]);
    for (rendition, (_, bytes)) in made.picture.renditions.iter().zip(&made.files) {
        assert_eq!(
            image::load_from_memory(bytes).unwrap().width(),
            rendition.width
        );
    }
}

#[test]
fn photographs_become_jpeg_and_drawings_webp() {
    let made = renditions("a/quay.png", &png_of(&photo(600, 300))).unwrap();
    assert_eq!(made.files[0].0, "a/quay.png-480.jpg");
    let jpeg = encode::in_format(&photo(600, 300), ImageFormat::Jpeg).unwrap();
    assert_eq!(
        renditions("a/quay.jpg", &jpeg).unwrap().files[0].0,
        "a/quay-480.jpg"
    );
    let drawing = RgbImage::from_fn(600, 300, |x, _| {
        Rgb(if x < 300 { [0; 3] } else { [255; 3] })
    });
    let made = renditions("a/chart.png", &png_of(&drawing.into())).unwrap();
    assert_eq!(made.files[0].0, "a/chart.png-480.webp");
}

#[test]
fn a_picture_is_put_upright() {
    let mut turned = encode::in_format(&photo(64, 32), ImageFormat::Jpeg).unwrap();
    // An APP1 segment that says: turn it clockwise.
    let exif =
        b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    turned.splice(2..2, exif.iter().copied());
    let made = renditions("quay.jpg", &turned).unwrap();
    assert_eq!(made.picture.size, (32, 64));
    assert!(!made.files[0].1.windows(4).any(|part| part == b"Exif"));
    assert!(
        !cleaned(&turned)
            .unwrap()
            .windows(4)
            .any(|part| part == b"Exif")
    );
}

#[test]
fn a_wall_of_pixels_is_refused_before_it_is_decoded() {
    let mut bomb = png_of(&photo(8, 8));
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc_of(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(
        renditions("bomb.png", &bomb),
        Err(Fault::TooLarge(30_000, 30_000))
    );
    let cut = png_of(&photo(80, 80));
    assert!(matches!(
        renditions("cut.png", &cut[..200]),
        Err(Fault::Broken(_))
    ));
    assert!(matches!(
        renditions("text.png", b"no picture"),
        Err(Fault::Broken(_))
    ));
}

/// The checksum of a PNG chunk.
fn crc_of(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(!0, step)
}
