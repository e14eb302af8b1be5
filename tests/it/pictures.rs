//! Pictures beside the content: several widths, upright, and nothing that the camera tells.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::site::TestSite;

/// A picture with the grain of a photograph.
pub(crate) fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut noise = 7u32;
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 27) as u8;
        Rgb([(x / 8) as u8 ^ grain, (y / 8) as u8 ^ grain, 90 + grain])
    });
    let mut bytes = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgb8(pixels);
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that says by whom and where it was taken, and that it lies on its side.
pub(crate) fn telling_photo() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        entry.extend(count.to_le_bytes());
        entry.extend(value);
        entry
    };
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    tiff.extend(entry(0x013b, 2, 12, [80, 0, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, [50, 0, 0, 0]));
    tiff.extend([0; 4]);
    // The GPS block: latitude north, and one rational number.
    tiff.extend(b"\x02\0");
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 1, [92, 0, 0, 0]));
    tiff.extend([0; 4]);
    tiff.truncate(80);
    tiff.extend(b"CameraCanary");
    tiff.extend([0x33, 0x77, 0x33, 0x77, 1, 0, 0, 0]);
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let mut bytes = photo(1200, 700, ImageFormat::Jpeg);
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let head = [
        &b"\xff\xe1"[..],
        &length,
        &segment,
        b"\xff\xfe\x00\x0fCommentCanary",
    ]
    .concat();
    bytes.splice(2..2, head);
    bytes
}

const LEAD: &str = "---\ntitle: Quays\ndate: 2024-07-21\nimage: {src: quay.jpg, alt: A quay, caption: Seen from the sea, credit: Jane Miller, licence: CC0}\n---\n\nText.\n\n![The quay again](quay.jpg \"Again\")\n\n[Its file](quay.jpg)\n";

#[test]
fn a_picture_tells_nothing_but_what_it_shows() {
    let site = TestSite::new()
        .file("content/briefings/quays.md", LEAD)
        .file("content/briefings/quay.jpg", telling_photo())
        .file("content/static/kept.jpg", telling_photo());
    site.build();
    let mut output = site.output();
    let kept = output.remove("kept.jpg").unwrap();
    assert_eq!(kept, telling_photo(), "static/ is copied as it is");
    for (path, bytes) in output {
        for told in [
            &b"CameraCanary"[..],
            b"CommentCanary",
            b"Exif",
            &[0x33, 0x77, 0x33, 0x77],
        ] {
            let tells = bytes.windows(told.len()).any(|part| part == told);
            assert!(!tells, "{path} holds {}", String::from_utf8_lossy(told));
        }
    }
    let page = site.page("briefings/quays/index.html");
    let folder = "../../briefings/";
    let set = format!(
        "src=\"{folder}quay-700.jpg\" alt=\"A quay\" srcset=\"{folder}quay-480.jpg 480w, {folder}quay-700.jpg 700w\""
    );
    assert!(page.contains(&set), "{page}");
    // It lay on its side: 1200 by 700 stands upright.
    assert!(page.contains("width=\"700\" height=\"1200\""), "{page}");
    assert!(
        page.contains("Seen from the sea <span class=\"credit\">Jane Miller, CC0</span>"),
        "{page}"
    );
    let lead = page.split("<figure class=\"lead-image\">").nth(1).unwrap();
    assert!(
        !lead.split('>').next().unwrap().contains("lazy"),
        "the lead picture is not lazy"
    );
    assert_eq!(page.matches("loading=\"lazy\"").count(), 1);
    let narrow = std::fs::read(site.path("public/briefings/quay-480.jpg")).unwrap();
    let narrow = image::load_from_memory(&narrow).unwrap();
    assert_eq!((narrow.width(), narrow.height()), (480, 822));
    let linked = std::fs::read(site.path("public/briefings/quay.jpg")).unwrap();
    assert_eq!(image::load_from_memory(&linked).unwrap().width(), 700);
}

#[test]
fn a_picture_of_a_draft_stays_at_home() {
    let site = TestSite::new()
        .file(
            "content/briefings/quays.md",
            LEAD.replace("title:", "draft: true\ntitle:"),
        )
        .file("content/briefings/quay.jpg", telling_photo());
    site.build();
    assert!(site.output().keys().all(|path| !path.contains("quay")));
}

#[test]
fn raw_html_keeps_its_attributes() {
    let raw = "<div>\n<img src=\"quay.png\" alt=\"A quay\" width=\"50\">\n</div>";
    let site = TestSite::new().article("a.md", raw).file(
        "content/briefings/quay.png",
        photo(600, 20, ImageFormat::Png),
    );
    site.build();
    let page = site.page("briefings/a/index.html");
    assert!(
        page.contains("quay.png-600.jpg\" alt=\"A quay\" width=\"50\">"),
        "{page}"
    );
}

#[test]
fn a_picture_that_cannot_be_decoded_is_reported_where_it_is_used() {
    let mut cut = photo(300, 300, ImageFormat::Png);
    cut.truncate(900);
    let site = TestSite::new()
        .article("a.md", "Text.\n\n![A quay](quay.png)")
        .file("content/briefings/quay.png", cut);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn one_that_moves_is_published_still() {
    let mut bytes = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        let frame =
            |shade| image::Frame::new(image::RgbaImage::from_pixel(9, 9, image::Rgba([shade; 4])));
        encoder.encode_frames([frame(255), frame(200)]).unwrap();
    }
    let site = TestSite::new()
        .article("a.md", "![A quay](quay.gif)")
        .file("content/briefings/quay.gif", bytes);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("image/animated"), "{}", run.stderr);
    assert!(site.path("public/briefings/quay.gif-9.webp").exists());
}
