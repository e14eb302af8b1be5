//! Files compressed beforehand, for servers that send them as they are.
//!
//! The same file gives the same bytes: the header of a `.gz` holds no time and no name.

use std::io::{self, Write};

use flate2::{Compression, GzBuilder};

use crate::model::output::OutputFile;

/// Formats of text; pictures and books are compressed already.
const TEXT: [&str; 16] = [
    "css",
    "csv",
    "gexf",
    "geojson",
    "html",
    "ics",
    "js",
    "json",
    "jsonl",
    "md",
    "opml",
    "svg",
    "txt",
    "webmanifest",
    "xml",
    "yaml",
];
/// Below this a packet carries the file as it is, in bytes.
const SMALL: usize = 1_024;
/// Of 11: the next ones take ten times as long for a few per cent.
const BROTLI: i32 = 9;
/// Two to this power is how far Brotli looks back, in bytes.
const WINDOW: i32 = 22;

/// The `.gz` and the `.br` to stand beside a file of text, where it gets smaller by them.
#[must_use]
pub fn packed(file: &OutputFile) -> Vec<OutputFile> {
    let is_text = file.path.extension().is_some_and(|own| TEXT.contains(&own));
    if !is_text || file.bytes.len() < SMALL {
        return Vec::new();
    }
    let both = [("gz", gzip(&file.bytes)), ("br", brotli(&file.bytes))];
    both.into_iter()
        .filter_map(|(suffix, bytes)| Some((suffix, bytes.ok()?)))
        .filter(|(_, bytes)| bytes.len() < file.bytes.len())
        .map(|(suffix, bytes)| OutputFile {
            path: format!("{}.{suffix}", file.path).into(),
            bytes,
            sources: file.sources.clone(),
            context: None,
        })
        .collect()
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    out.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let how = ::brotli::enc::BrotliEncoderParams {
        quality: BROTLI,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    ::brotli::BrotliCompress(&mut &*bytes, &mut out, &how)?;
    Ok(out)
}
