//! Pictures: decoded, put upright, resized and written anew.
//!
//! Input: the bytes of a file. Output: the bytes to publish, which hold pixels and nothing else:
//! no EXIF, no place where it was taken, no thumbnail, no comment. The same bytes make the same
//! files; nothing is read or written here.

mod colour;
mod encode;

use std::io::Cursor;

use camino::Utf8Path;
use image::{
    AnimationDecoder as _, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    imageops::FilterType,
};

use crate::model::picture::{Picture, Rendition};
use encode::Encoding;

/// Widths in pixels that a picture is offered in: a phone, a column of text, the same on a fine screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];
/// A picture with more pixels is refused: a small file can hold a wall of them.
const MOST_PIXELS: u64 = 64_000_000;
/// The decoder's own memory, in bytes.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// Why a picture cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has more pixels than are allowed: width and height.
    TooLarge(u32, u32),
    /// It cannot be decoded, and why.
    Broken(String),
}

/// A picture, ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What pages say of it.
    pub picture: Picture,
    /// The files: path in the output, and bytes. One for each rendition.
    pub files: Vec<(String, Vec<u8>)>,
    /// True where the file holds more frames than the one that is published.
    pub animated: bool,
}

/// A decoded file.
struct Decoded {
    image: DynamicImage,
    format: ImageFormat,
    animated: bool,
}

/// True for the files that this module takes, by the ending of their name.
#[must_use]
pub fn is_picture(path: &Utf8Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    matches!(&*ending, "png" | "jpg" | "jpeg" | "webp" | "gif")
}

/// The renditions of a picture whose file would stand at `path` in the output.
///
/// # Errors
/// When the bytes are no picture, or one that is too large.
pub fn renditions(path: &str, bytes: &[u8]) -> Result<Made, Fault> {
    let Decoded {
        image, animated, ..
    } = decode(bytes)?;
    let size = (image.width(), image.height());
    let narrower = WIDTHS.into_iter().filter(|width| *width < size.0);
    let mut widths: Vec<u32> = narrower.collect();
    if size.0 <= WIDTHS[WIDTHS.len() - 1] {
        widths.push(size.0);
    }
    // Each is made of the next wider one, which is much faster and looks the same.
    let mut scaled: Vec<DynamicImage> = Vec::with_capacity(widths.len());
    for width in widths.iter().rev() {
        let next = resized(scaled.last().unwrap_or(&image), *width);
        scaled.push(next);
    }
    let encoding = scaled.last().map_or(Encoding::WebP, encode::best);
    let (mut renditions, mut files) = (Vec::new(), Vec::new());
    for image in scaled.iter().rev() {
        let path = rendition_path(path, image.width(), encoding);
        let bytes = encode::encode(image, encoding).map_err(Fault::Broken)?;
        files.push((path.clone(), bytes));
        let width = image.width();
        renditions.push(Rendition { width, path });
    }
    let picture = Picture { size, renditions };
    Ok(Made {
        picture,
        files,
        animated,
    })
}

/// A picture that is linked, in its own size and format, without what is no pixel.
///
/// # Errors
/// When the bytes are no picture, or one that is too large.
pub fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let Decoded { image, format, .. } = decode(bytes)?;
    encode::in_format(&image, format).map_err(Fault::Broken)
}

/// A picture that was encoded here, as PNG: not all readers of books know WebP.
///
/// # Errors
/// When it cannot be decoded, which is a bug where [`renditions`] made it.
pub fn as_png(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let Decoded { image, .. } = decode(bytes)?;
    encode::in_format(&image, ImageFormat::Png).map_err(Fault::Broken)
}

/// `quay.jpg` in 960 pixels is `quay-960.jpg`; where the format changes, the old one stays in the
/// name, so that `quay.png` and `quay.jpg` stay apart.
fn rendition_path(path: &str, width: u32, encoding: Encoding) -> String {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let new = encoding.ending();
    if ending.eq_ignore_ascii_case(new) {
        format!("{stem}-{width}.{new}")
    } else {
        format!("{path}-{width}.{new}")
    }
}

fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    let broken = |error: image::ImageError| Fault::Broken(error.to_string());
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| Fault::Broken(error.to_string()))?;
    let Some(format) = reader.format() else {
        return Err(Fault::Broken("it is in none of these formats".to_owned()));
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::TooLarge(width, height));
    }
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no pixels".to_owned()));
    }
    let orientation = decoder.orientation().map_err(broken)?;
    // A profile that cannot be read leaves the colours as they are.
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    // One depth for all that follows; alpha stays only where something shows through.
    let image = if image.color().has_alpha() && encode::is_translucent(&image) {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    let image = match profile {
        Some(profile) => colour::to_srgb(image, &profile),
        None => image,
    };
    let animated = is_animated(bytes, format).map_err(broken)?;
    Ok(Decoded {
        image,
        format,
        animated,
    })
}

fn is_animated(bytes: &[u8], format: ImageFormat) -> image::ImageResult<bool> {
    let bytes = Cursor::new(bytes);
    Ok(match format {
        ImageFormat::Gif => GifDecoder::new(bytes)?.into_frames().take(2).count() > 1,
        ImageFormat::Png => PngDecoder::new(bytes)?.is_apng()?,
        ImageFormat::WebP => WebPDecoder::new(bytes)?.has_animation(),
        _ => false,
    })
}

fn resized(image: &DynamicImage, width: u32) -> DynamicImage {
    if width >= image.width() {
        return image.clone();
    }
    let share = u64::from(width) * u64::from(image.height()) / u64::from(image.width());
    let height = u32::try_from(share).unwrap_or(1).max(1);
    image.resize_exact(width, height, FilterType::CatmullRom)
}

#[cfg(test)]
mod tests;
