//! Pixels of few colours as a small PNG.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};

/// Bits of each channel by which colours are told apart.
const BITS: u32 = 5;
const NONE: u16 = u16::MAX;

/// A PNG with a palette, from opaque RGBA pixels. Colours that the eye cannot tell apart are one;
/// the first in the picture stands for all of them. Where there are more than 256, full colour.
pub(super) fn indexed(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut known = vec![NONE; 1 << (3 * BITS)];
    // The ground is the first colour: what packs the picture is best at runs of zeros.
    let ground = rgba.last_chunk::<4>().copied()?;
    let mut palette: Vec<u8> = ground[..3].to_vec();
    known[key(ground)] = 0;
    let mut indices = Vec::with_capacity(rgba.len() / 4);
    let (mut last, mut index) = ([0u8; 4], None);
    for pixel in rgba.chunks_exact(4) {
        if index.is_none() || pixel != last {
            last.copy_from_slice(pixel);
            let entry = &mut known[key(last)];
            if *entry == NONE {
                *entry = u16::try_from(palette.len() / 3).ok()?;
                palette.extend_from_slice(&last[..3]);
            }
            index = Some(*entry);
        }
        match index.and_then(|index| u8::try_from(index).ok()) {
            Some(index) => indices.push(index),
            None => return full(rgba, width, height),
        }
    }
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette);
    write(encoder, &indices)?;
    Some(out)
}

fn key(pixel: [u8; 4]) -> usize {
    pixel[..3].iter().fold(0, |key, channel| {
        key << BITS | usize::from(channel >> (8 - BITS))
    })
}

fn full(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Rgba);
    write(encoder, rgba)?;
    Some(out)
}

fn write(mut encoder: Encoder<'_, &mut Vec<u8>>, data: &[u8]) -> Option<()> {
    encoder.set_depth(BitDepth::Eight);
    // The higher levels take twice as long and save a third.
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()
}
