//! Reads labelled documents, and turns spans of characters into labels of words.

use std::{fs::File, io::Read, path::Path};

use anyhow::{Context, Result};
use dateline::{
    evaluation::Gold,
    model::{document::Document, span::Span},
    stages::extract::{
        plain,
        token::{Case, Token, Tokens, tokens},
    },
    tagger::{chain_of, label::LABELS},
};
use flate2::read::GzDecoder;

/// All labels: what is allowed where nobody knows.
pub(crate) const ANY: u16 = (1 << LABELS) - 1;

/// A document to learn from or to be measured on.
pub(crate) struct Example {
    /// The name of its file, without endings.
    pub set: String,
    /// As read.
    pub gold: Gold,
    /// Its blocks.
    pub document: Document,
    /// Its words.
    pub words: Vec<Token>,
    /// For each word, the labels that it may bear, as bits.
    pub allowed: Vec<u16>,
}

/// Reads `path`, JSON lines, compressed where the name says so.
pub(crate) fn read(path: &Path) -> Result<Vec<Example>> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("cannot read {shown}"))?;
    let mut text = String::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)
    }
    .with_context(|| format!("cannot read {shown}"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let set = name.split('.').next().unwrap_or_default().to_owned();
    let parse = |line: &str| {
        let gold = serde_json::from_str(line).with_context(|| format!("in {shown}"))?;
        Ok(example(set.clone(), gold))
    };
    text.lines()
        .filter(|line| !line.is_empty())
        .map(parse)
        .collect()
}

fn example(set: String, gold: Gold) -> Example {
    let document = plain::document(&gold.text);
    let Tokens { words, .. } = tokens(&document);
    let allowed = allowed(&gold, &words);
    Example {
        set,
        gold,
        document,
        words,
        allowed,
    }
}

/// Byte offsets of character offsets.
fn bytes(text: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain([text.len()]).collect()
}

fn allowed(gold: &Gold, words: &[Token]) -> Vec<u16> {
    let text = &gold.text;
    let offsets = bytes(text);
    let (mut names, mut open) = (Vec::new(), Vec::new());
    for (from, to, kind) in &gold.spans {
        let (Some(start), Some(end)) = (offsets.get(*from), offsets.get(*to)) else {
            continue;
        };
        let span = trimmed(text, *start, *end);
        let first = words.partition_point(|word| word.span.end <= span.start);
        let last = words.partition_point(|word| word.span.start < span.end);
        if first >= last {
            continue;
        }
        let whole = words[first].span.start == span.start && words[last - 1].span.end == span.end;
        let one_block = words[first].block == words[last - 1].block;
        match number(kind).filter(|_| whole && one_block) {
            Some(kind) => names.push((first, last, kind)),
            None => open.push((first, last)),
        }
    }
    let chain = chain_of(words.len(), &flat(text, words, names));
    let mut allowed: Vec<u16> = chain.iter().map(|label| 1 << label).collect();
    for (from, to) in open {
        for place in &mut allowed[from..to] {
            if *place == 1 {
                *place = ANY;
            }
        }
    }
    allowed
}

fn number(kind: &str) -> Option<u8> {
    match kind {
        "PERSON" => Some(0),
        "ORG" => Some(1),
        "PLACE" => Some(2),
        _ => None,
    }
}

/// A span without "the" before it, and without signs and a possessive around it.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let mut written = &text[start..end];
    let mut start = start;
    for article in ["the ", "The "] {
        if let Some(rest) = written.strip_prefix(article) {
            written = rest;
            start += article.len();
        }
    }
    let rest = written.trim_start_matches(|c: char| !c.is_alphanumeric());
    start += written.len() - rest.len();
    let points = rest.split('.').all(|part| part.chars().count() <= 1);
    let rest = if points {
        rest
    } else {
        rest.trim_end_matches(|c: char| !c.is_alphanumeric())
    };
    let rest = ["'s", "\u{2019}s"]
        .iter()
        .find_map(|ending| rest.strip_suffix(ending))
        .unwrap_or(rest);
    Span::new(start, start + rest.len())
}

/// Of names within names, those to learn: of people the innermost ("Fuad Masum" in "President Fuad
/// Masum"), of places the parts of "Palmyra, Syria", otherwise the longest; no pronouns.
fn flat(
    text: &str,
    words: &[Token],
    mut names: Vec<(usize, usize, u8)>,
) -> Vec<(usize, usize, u8)> {
    const PERSON: u8 = 0;
    const PLACE: u8 = 2;
    names.sort_by_key(|(from, to, kind)| (*from, std::cmp::Reverse(*to), std::cmp::Reverse(*kind)));
    names.dedup_by_key(|(from, to, _)| (*from, *to));
    let all = names.clone();
    let inside = |a: &(usize, usize, u8), b: &(usize, usize, u8)| {
        b.0 <= a.0 && a.1 <= b.1 && (a.0, a.1) != (b.0, b.1)
    };
    let comma = |name: &(usize, usize, u8)| {
        let span = Span {
            start: words[name.0].span.start,
            end: words[name.1 - 1].span.end,
        };
        span.of(text).contains(',')
    };
    let described = |name: &(usize, usize, u8)| {
        let small = |word: &Token| {
            let written = word.span.of(text);
            word.case == Case::Lower
                && !matches!(
                    written,
                    "of" | "the" | "for" | "and" | "de" | "la" | "du" | "des" | "in" | "on" | "to"
                )
        };
        words[name.0..name.1].iter().any(small)
    };
    let splits = |name: &(usize, usize, u8)| {
        let holds = |kind: u8| {
            all.iter()
                .any(|other| inside(other, name) && other.2 == kind)
        };
        (name.2 == PERSON && holds(PERSON)) || (name.2 == PLACE && comma(name) && holds(PLACE))
            // "Tajik members of Islamic State"
            || (described(name) && (holds(0) || holds(1) || holds(PLACE)))
    };
    let pronoun = |name: &(usize, usize, u8)| {
        name.1 - name.0 == 1
            && matches!(
                words[name.0].span.of(text).to_lowercase().as_str(),
                "he" | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "our"
                    | "i"
                    | "him"
                    | "them"
                    | "us"
                    | "you"
            )
            && !text.contains("US ")
    };
    let capital = |name: &(usize, usize, u8)| {
        let span = words[name.0].span;
        let whole = Span {
            start: span.start,
            end: words[name.1 - 1].span.end,
        };
        whole.of(text).contains(char::is_uppercase) || all.len() < 40
    };
    names.retain(|name| !splits(name) && !pronoun(name) && capital(name));
    // Longest first, so that the first to take a word is the longest.
    names.sort_by_key(|(from, to, _)| (std::cmp::Reverse(to - from), *from));
    names
}

/// True where word `n` surely bears one label.
pub(crate) fn is_sure(allowed: u16) -> bool {
    allowed.count_ones() == 1
}

#[cfg(test)]
mod tests {
    use dateline::tagger::label::{Part, label};

    use super::*;

    fn unit(kind: u8) -> u16 {
        1 << label(kind, Part::Unit)
    }

    fn check(text: &str, spans: &[(usize, usize, &str)], expected: &[(&str, u16)]) {
        let gold = Gold {
            id: String::new(),
            text: text.to_owned(),
            spans: spans
                .iter()
                .map(|(a, b, k)| (*a, *b, (*k).to_owned()))
                .collect(),
        };
        let example = example(String::new(), gold);
        for (word, allowed) in example.words.iter().zip(&example.allowed) {
            let word = word.span.of(text);
            let wanted = expected.iter().find(|(name, _)| *name == word);
            assert_eq!(
                *allowed,
                wanted.map_or(1, |(_, allowed)| *allowed),
                "{word}"
            );
        }
    }

    #[test]
    fn spans_become_labels() {
        check("É: the UK's man", &[(3, 11, "PLACE")], &[("UK", unit(2))]);
        check("met U.S. men", &[(4, 8, "PLACE")], &[("U.S.", unit(2))]);
        check(
            "He may be Al",
            &[(0, 2, "PERSON"), (10, 12, "?")],
            &[("Al", ANY)],
        );
    }
}
