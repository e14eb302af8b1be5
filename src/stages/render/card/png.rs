//! Numbers of a palette as a small PNG.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};

/// A PNG with a palette, from a number for each pixel. What packs the picture is best at runs of
/// zeros: the first colour should be the ground.
pub(super) fn write(palette: &[u8], indices: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_depth(BitDepth::Eight);
    // The higher levels take twice as long and save a third.
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(indices).ok()?;
    writer.finish().ok()?;
    Some(out)
}
