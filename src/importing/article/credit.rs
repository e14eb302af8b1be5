//! Captions and credits of pictures, in lines of text.

use super::Picture;
use crate::text::fold::fold;

/// How a line begins that is a credit, folded.
const STARTS: &[&str] = &[
    "photo:",
    "photo by",
    "photo credit",
    "photograph:",
    "photograph by",
    "image:",
    "image by",
    "image credit",
    "image courtesy",
    "picture:",
    "picture by",
    "credit:",
    "credits:",
    "illustration:",
    "graphic:",
    "foto:",
    "bild:",
    "credit photo",
    "photo courtesy",
    "file photo",
    "via getty",
];

/// What a credit names, folded: agencies, libraries of pictures, licences.
const OWNERS: &[&str] = &[
    "cc-by",
    "cc by",
    "cc0",
    "cc-0",
    "creative commons",
    "public domain",
    "getty",
    "reuters",
    "afp",
    "epa",
    "ap photo",
    "associated press",
    "wikimedia",
    "wikipedia",
    "flickr",
    "unsplash",
    "pexels",
    "pixabay",
    "shutterstock",
    "istock",
    "tass",
    "anadolu",
    "xinhua",
    "handout",
    "courtesy",
    "©",
    "(c)",
    "press service",
    "screenshot",
    "pool",
];

/// Reads a line that is about a picture: a caption with its credit, or a credit alone. `None` for
/// any other line. `in_head` says that the line stands above the text, where a slash is sign enough.
pub(super) fn read(line: &str, in_head: bool) -> Option<Picture> {
    let line = line.trim();
    let line = line
        .strip_prefix('(')
        .and_then(|l| l.strip_suffix(')'))
        .unwrap_or(line);
    let folded = fold(line);
    if let Some(start) = STARTS.iter().find(|start| folded.starts_with(**start)) {
        if line.split_whitespace().count() > 25 {
            return None;
        }
        let rest = skip_chars(line, start.chars().count());
        return Some(of(None, after_by(rest)));
    }
    // "Caption. / Who, licence"
    if let Some((caption, credit)) = line.rsplit_once(" / ") {
        let short = credit.split_whitespace().count() <= 12;
        let looks = has_owner(credit) || (in_head && furniture_free(caption));
        if short && looks && !caption.trim().is_empty() {
            return Some(of(Some(caption), credit));
        }
    }
    let (caption, credit) = marked(line)?;
    Some(of(
        Some(caption).filter(|caption| !caption.trim().is_empty()),
        credit,
    ))
}

/// Reads words that are a credit and nothing else.
pub(super) fn alone(words: &str) -> Picture {
    let folded = fold(words);
    let start = STARTS.iter().find(|start| folded.starts_with(**start));
    let rest = start.map_or(words, |start| skip_chars(words, start.chars().count()));
    of(None, after_by(rest))
}

fn furniture_free(caption: &str) -> bool {
    caption.split_whitespace().count() >= 4
}

/// "Caption. Photo: Who", "Caption (Photo by Who)", "Caption © Who", "Caption [Who/Reuters]"
fn marked(line: &str) -> Option<(&str, &str)> {
    if line.split_whitespace().count() > 60 {
        return None;
    }
    for mark in [
        "Photo:",
        "Photo by",
        "Photograph:",
        "Image:",
        "Picture:",
        "Credit:",
        "Foto:",
        "(c)",
        "©",
    ] {
        if let Some((caption, credit)) = line.rsplit_once(mark)
            && caption
                .trim_end()
                .ends_with(['.', '(', '[', '|', '—', '–', '-', ' ', '"', '”'])
            && credit.split_whitespace().count() <= 12
            && (!caption.trim().is_empty() || mark == "©")
        {
            let caption = caption
                .trim_end()
                .trim_end_matches(['(', '[', '|', '—', '–', '-']);
            return Some((caption.trim_end(), credit.trim_end_matches([')', ']'])));
        }
    }
    let (caption, credit) = line.strip_suffix([']', ')'])?.rsplit_once(['[', '('])?;
    let is_credit = has_owner(credit) && credit.split_whitespace().count() <= 8;
    is_credit.then_some((caption, credit))
}

fn has_owner(text: &str) -> bool {
    let folded = fold(text);
    OWNERS.iter().any(|owner| folded.contains(owner))
}

fn skip_chars(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or("", |(at, _)| &text[at..])
}

fn after_by(text: &str) -> &str {
    let text = text.trim_start_matches([':', ' ']);
    text.strip_prefix("by ").unwrap_or(text)
}

fn of(caption: Option<&str>, credit: &str) -> Picture {
    let (credit, licence) = split_licence(credit.trim().trim_end_matches('.'));
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Picture {
        caption: caption.and_then(text),
        credit: text(credit),
        licence,
        ..Picture::default()
    }
}

/// "xiquinho, cc-by-2.0" is a name and a licence.
fn split_licence(credit: &str) -> (&str, Option<String>) {
    let lower = credit.to_ascii_lowercase();
    let marks = [
        "cc-by",
        "cc by",
        "cc0",
        "cc-0",
        "public domain",
        "creative commons",
    ];
    let Some(at) = marks.iter().filter_map(|mark| lower.find(mark)).min() else {
        return (credit, None);
    };
    let tail = credit[at..].trim_end_matches([')', ']']);
    let (licence, rest) = match tail.find([',', ';', '/']) {
        Some(end) => (&tail[..end], &tail[end..]),
        None => (tail, ""),
    };
    let name = credit[..at].trim_end_matches([' ', ',', '/', '(', '[', ';', '-', '|']);
    let name = if name.is_empty() {
        rest.trim_start_matches([' ', ',', '/', ';'])
    } else {
        name
    };
    (name, Some(licence_name(licence)))
}

/// `cc-by-sa-2.0` as its owners write it: `CC BY-SA 2.0`.
fn licence_name(written: &str) -> String {
    let lower = written.trim().to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("cc") else {
        return written.trim().to_owned();
    };
    let parts: Vec<&str> = rest
        .split(['-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let known = |part: &&str| matches!(*part, "by" | "sa" | "nc" | "nd");
    let is_number = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    if rest.starts_with('0') || rest.starts_with("-0") {
        return "CC0".to_owned();
    }
    if parts.is_empty() || !parts.iter().all(|part| known(part) || is_number(part)) {
        return written.trim().to_owned();
    }
    let terms: Vec<String> = parts
        .iter()
        .filter(|p| known(p))
        .map(|p| p.to_uppercase())
        .collect();
    let version = parts.iter().find(|part| is_number(part));
    let version = version
        .map(|version| format!(" {version}"))
        .unwrap_or_default();
    format!("CC {}{version}", terms.join("-"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(String, String, String)> {
        let picture = read(line, true)?;
        let text = |part: Option<String>| part.unwrap_or_default();
        Some((
            text(picture.caption),
            text(picture.credit),
            text(picture.licence),
        ))
    }

    #[test]
    fn reads_captions_and_credits() {
        for (line, caption, credit, licence) in [
            (
                "The quay at dawn. / harbourfan from Delft, cc-by-sa-2.0",
                "The quay at dawn.",
                "harbourfan from Delft",
                "CC BY-SA 2.0",
            ),
            (
                "The quay. Photo: Jane Miller/Reuters",
                "The quay.",
                "Jane Miller/Reuters",
                "",
            ),
            (
                "The quay at dawn (Photo by Jane Miller)",
                "The quay at dawn",
                "Jane Miller",
                "",
            ),
            ("Photo: Jane Miller", "", "Jane Miller", ""),
            (
                "Image credit: Wikimedia Commons, CC BY 4.0",
                "",
                "Wikimedia Commons",
                "CC BY 4.0",
            ),
            (
                "A crane [Jane Miller/AFP]",
                "A crane",
                "Jane Miller/AFP",
                "",
            ),
        ] {
            let expected = (caption.to_owned(), credit.to_owned(), licence.to_owned());
            assert_eq!(parts(line).unwrap(), expected, "{line}");
        }
        for line in [
            "The port was closed on Monday.",
            "Reuters on July 19 reported that the port was closed (ISKP, or ISIS-K).",
            "By Jane Miller July 21, 2024",
        ] {
            assert!(parts(line).is_none(), "{line}");
        }
    }
}
