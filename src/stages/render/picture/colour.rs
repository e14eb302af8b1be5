//! Colours of other profiles to sRGB, which is what a picture without a profile is taken for.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The same colours in sRGB. Where the profile is none of red, green and blue, or cannot be read,
/// the picture stays as it is.
pub(super) fn to_srgb(image: DynamicImage, profile: &[u8]) -> DynamicImage {
    converted(&image, profile).unwrap_or(image)
}

fn converted(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let source = ColorProfile::new_from_slice(profile).ok()?;
    if source.color_space != DataColorSpace::Rgb {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    let run = |layout: Layout, pixels: &[u8]| {
        let options = TransformOptions::default();
        let transform = source.create_transform_8bit(layout, &srgb, layout, options);
        let mut out = vec![0; pixels.len()];
        transform.ok()?.transform(pixels, &mut out).ok()?;
        Some(out)
    };
    let (width, height) = (image.width(), image.height());
    match image {
        DynamicImage::ImageRgb8(pixels) => {
            let out = run(Layout::Rgb, pixels.as_raw())?;
            RgbImage::from_raw(width, height, out).map(DynamicImage::ImageRgb8)
        }
        DynamicImage::ImageRgba8(pixels) => {
            let out = run(Layout::Rgba, pixels.as_raw())?;
            RgbaImage::from_raw(width, height, out).map(DynamicImage::ImageRgba8)
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn a_wide_gamut_is_brought_to_srgb() {
        let pixel = |profile: &[u8]| {
            let image = RgbImage::from_pixel(4, 4, Rgb([200, 80, 60])).into();
            to_srgb(image, profile).into_rgb8().get_pixel(1, 1).0
        };
        let wide = pixel(&ColorProfile::new_display_p3().encode().unwrap());
        // Red of Display P3 is stronger than the same number in sRGB.
        assert!(wide[0] > 205 && wide[1] < 80, "{wide:?}");
        let same = pixel(&ColorProfile::new_srgb().encode().unwrap());
        assert!(
            same[0].abs_diff(200) < 2 && same[1].abs_diff(80) < 2,
            "{same:?}"
        );
        assert_eq!(pixel(b"no profile"), [200, 80, 60]);
    }
}
