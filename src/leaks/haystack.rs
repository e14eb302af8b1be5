//! A file of the output as texts to look in: its name, and what its bytes say once they are
//! unpacked and decoded.

use std::io::Read as _;

use flate2::read::{GzDecoder, ZlibDecoder};

use crate::{model::output::OutputFile, text::fold::fold};

/// Unpacked, nothing of the output is larger; what is, is cut.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The texts of a file, folded.
pub(super) fn texts(file: &OutputFile) -> Vec<String> {
    let mut texts = vec![file.path.to_string()];
    for bytes in [Some(file.bytes.as_slice()), file.context.as_deref()] {
        texts.extend(bytes.into_iter().flat_map(read));
    }
    texts.iter().map(|text| fold(text)).collect()
}

fn read(bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return unpacked(GzDecoder::new(bytes)).map_or_else(Vec::new, |bytes| read(&bytes));
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return png(bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec![printable(bytes)];
    };
    let decoded = decode(text);
    match text.contains('<') {
        true => vec![
            decode(&between_tags(text).join(" ")),
            decode(&joined(text)),
            decoded,
        ],
        false => vec![decoded],
    }
}

fn unpacked(packed: impl std::io::Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    packed.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What a PNG says beside its pixels, unpacked where it is packed.
fn png(bytes: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = &bytes[8..];
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((kind, data)) = after.split_first_chunk::<4>() else {
            break;
        };
        let chunk = &data[..length.min(data.len())];
        if !matches!(kind, b"IDAT" | b"IHDR" | b"PLTE" | b"tRNS") {
            texts.push(printable(chunk));
            // The packed part follows a keyword; its first byte is that of zlib.
            let packed = (0..chunk.len()).filter(|at| chunk[*at] == 0x78);
            let found = packed.filter_map(|at| unpacked(ZlibDecoder::new(&chunk[at..])));
            texts.extend(found.map(|bytes| printable(&bytes)));
        }
        rest = data.get(length + 4..).unwrap_or_default();
    }
    texts
}

/// The runs of letters among bytes that are no text.
fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let runs = text.split(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    let long: Vec<&str> = runs.filter(|run| run.len() >= 6).collect();
    long.join("\n")
}

/// The texts between the tags of HTML or XML.
pub(super) fn between_tags(html: &str) -> Vec<String> {
    let pieces = html.split('<');
    pieces
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).trim())
        .filter(|text| !text.is_empty())
        .map(decode)
        .collect()
}

/// HTML without its tags: words that emphasis breaks are whole.
fn joined(html: &str) -> String {
    let pieces = html.split('<');
    pieces
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect()
}

/// Entities of HTML, escapes of JSON, JavaScript and addresses as the characters that they stand for.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\\', '%']) {
        out.push_str(&rest[..at]);
        let (decoded, length) = escape(&rest[at..]);
        out.push_str(&decoded);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The character that the escape at the start of `text` stands for, and its length.
fn escape(text: &str) -> (String, usize) {
    let plain = || (text[..1].to_owned(), 1);
    let character = |digits: &str, radix, length| {
        let code = u32::from_str_radix(digits, radix).ok();
        let found = code.and_then(char::from_u32);
        found.map_or_else(plain, |c| (c.to_string(), length))
    };
    if let Some(after) = text.strip_prefix("\\u") {
        return after
            .get(..4)
            .map_or_else(plain, |hex| character(hex, 16, 6));
    }
    if let Some(after) = text.strip_prefix('\\') {
        return match after.chars().next() {
            Some('n' | 't' | 'r') => (" ".to_owned(), 2),
            _ => (String::new(), 1),
        };
    }
    if let Some(after) = text.strip_prefix('%') {
        return after
            .get(..2)
            .map_or_else(plain, |hex| match hex.is_ascii() {
                true => character(hex, 16, 3),
                false => plain(),
            });
    }
    let Some((name, _)) = text[1..].split_once(';').filter(|(name, _)| name.len() < 9) else {
        return plain();
    };
    let length = name.len() + 2;
    let named = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            return match (name.strip_prefix("#x"), name.strip_prefix('#')) {
                (Some(hex), _) => character(hex, 16, length),
                (None, Some(digits)) => character(digits, 10, length),
                _ => plain(),
            };
        }
    };
    (named.to_owned(), length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn file(bytes: &[u8]) -> OutputFile {
        OutputFile {
            path: "a.bin".into(),
            bytes: bytes.to_vec(),
            context: None,
            sources: Default::default(),
        }
    }

    fn check(bytes: &[u8]) {
        let texts = texts(&file(bytes));
        assert!(
            texts.iter().any(|t| t.contains("jane o'hara & co")),
            "{texts:?}"
        );
    }

    #[test]
    fn texts_are_seen_through_their_escapes() {
        check(b"<p>Jane <em>O&#39;Ha</em>ra &amp; co</p>");
        check(b"{\"a\": \"Jane O\\u0027Hara \\u0026 co\"}");
        check(b"https://example.org/?q=Jane%20O%27Hara%20%26%20co");
        check(b"\xff\xd8\xff\xe1\0\x14Jane O'Hara & co\0\xff\xda");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"Jane O'Hara & co").unwrap();
        check(&packed.finish().unwrap());
    }

    #[test]
    fn packed_texts_of_pictures_are_unpacked() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"Jane O'Hara & co").unwrap();
        let chunk = [&b"Comment\0\0"[..], &packed.finish().unwrap()].concat();
        let length = u32::try_from(chunk.len()).unwrap().to_be_bytes();
        let png = [
            &b"\x89PNG\r\n\x1a\n"[..],
            &length,
            b"zTXt",
            &chunk,
            b"\0\0\0\0",
        ]
        .concat();
        check(&png);
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decode("100 % & a &b; \\"), "100 % & a &b; ");
    }
}
