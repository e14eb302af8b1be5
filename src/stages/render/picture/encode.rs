//! Pixels to files. No encoder here is given anything but pixels.

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder as _, ImageFormat,
    codecs::{
        gif::GifEncoder,
        png::{CompressionType, FilterType, PngEncoder},
        webp::WebPEncoder,
    },
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Where a photograph cannot be told from its original at arm's length.
const QUALITY: u8 = 80;
/// For a picture that is linked to be looked at closely.
const QUALITY_OF_LINKED: u8 = 92;

/// A format of the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// For photographs.
    Jpeg,
    /// Lossless: for drawings, screenshots, and whatever is translucent.
    WebP,
}

impl Encoding {
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }
}

/// The encoding that is smaller: JPEG for photographs, lossless WebP for drawings.
pub(super) fn best(image: &DynamicImage) -> Encoding {
    if image.color().has_alpha() {
        return Encoding::WebP;
    }
    let size = |encoding| encode(image, encoding).map_or(usize::MAX, |bytes| bytes.len());
    if size(Encoding::WebP) <= size(Encoding::Jpeg) {
        Encoding::WebP
    } else {
        Encoding::Jpeg
    }
}

/// True where something shows through.
pub(super) fn is_translucent(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX),
        DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u8::MAX),
        other => other.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX),
    }
}

/// The file of an image.
pub(super) fn encode(image: &DynamicImage, encoding: Encoding) -> Result<Vec<u8>, String> {
    match encoding {
        Encoding::Jpeg => jpeg(image, QUALITY),
        Encoding::WebP => webp(image),
    }
}

/// The file of an image in the format that its author chose.
pub(super) fn in_format(image: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, String> {
    match format {
        ImageFormat::Jpeg => jpeg(image, QUALITY_OF_LINKED),
        ImageFormat::WebP => webp(image),
        ImageFormat::Gif => gif(image),
        _ => png(image),
    }
}

fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, String> {
    let pixels = image.to_rgb8();
    let side = |pixels: u32| {
        u16::try_from(pixels).map_err(|_| "it is too wide or too high for a JPEG".to_owned())
    };
    let (width, height) = (side(pixels.width())?, side(pixels.height())?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let done = encoder.encode(pixels.as_raw(), width, height, ColorType::Rgb);
    done.map_err(|error| error.to_string())?;
    Ok(out)
}

fn webp(image: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let (color, pixels) = samples(image);
    WebPEncoder::new_lossless(&mut out)
        .encode(&pixels, image.width(), image.height(), color)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn png(image: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let (color, pixels) = samples(image);
    PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
        .write_image(&pixels, image.width(), image.height(), color)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn gif(image: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let (color, pixels) = samples(image);
    GifEncoder::new(&mut out)
        .encode(&pixels, image.width(), image.height(), color)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn samples(image: &DynamicImage) -> (ExtendedColorType, Vec<u8>) {
    if image.color().has_alpha() {
        (ExtendedColorType::Rgba8, image.to_rgba8().into_raw())
    } else {
        (ExtendedColorType::Rgb8, image.to_rgb8().into_raw())
    }
}
