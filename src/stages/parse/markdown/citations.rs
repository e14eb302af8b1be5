//! Citations: `[@key]`, `[see @a, p. 12; @b]`, `[-@key]` and `@key` in a sentence.
//!
//! Input: a run of words. What cites a work of the library becomes a hole and a [`Citation`]; all else
//! stays as it is. A key in brackets that the library does not have is reported; an `@` in a sentence is
//! one only where it is hardly anything else.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Walk;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        citation::{Citation, Cite, Part},
        document::{HoleKind, MaskKind},
        span::Span,
    },
    references::Library,
    text::{redaction::Mark, suggest::closest},
};

/// Longer brackets are no citation, in bytes.
const LONGEST: usize = 2000;

/// A stretch of a run of words.
struct Piece<'e> {
    event: &'e Event<'e>,
    /// Where it stands in the body.
    range: &'e Range<usize>,
    /// Where it stands in the run.
    own: Range<usize>,
    /// Where its words start in the body, if they stand there as they are.
    start: Option<usize>,
}

/// A citation in a run.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    place: Range<usize>,
    cites: Vec<(Cite, Range<usize>)>,
    in_text: bool,
}

impl Walk<'_> {
    /// The words that `events` begin with, and how many events that are.
    pub(super) fn words_and_citations(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let words = |(event, _): &&(Event<'_>, Range<usize>)| {
            matches!(event, Event::Text(_) | Event::SoftBreak)
        };
        let run = &events[..events.iter().take_while(words).count()];
        let (text, pieces) = self.pieces(run);
        let library = self.options.library.filter(|_| self.links.is_empty());
        let found = match library {
            Some(library) if text.contains('@') => {
                let is_escaped = |at| self.is_escaped(&pieces, at);
                let mut found = find(&text, &is_escaped);
                found.retain(|found| self.is_meant(library, found, &pieces));
                found
            }
            _ => Vec::new(),
        };
        let mut at = 0;
        for found in found {
            let parenthesis = !found.in_text;
            self.stretch(&pieces, at..found.place.start, parenthesis);
            at = found.place.end;
            self.citation(found, &pieces);
        }
        self.stretch(&pieces, at..text.len(), false);
        run.len()
    }

    fn pieces<'e>(&self, run: &'e [(Event<'e>, Range<usize>)]) -> (String, Vec<Piece<'e>>) {
        let (mut text, mut pieces) = (String::new(), Vec::with_capacity(run.len()));
        for (event, range) in run {
            let from = text.len();
            let words = match event {
                Event::Text(words) => words,
                _ => " ",
            };
            text.push_str(words);
            let start = self.written(range).ends_with(words);
            pieces.push(Piece {
                event,
                range,
                own: from..text.len(),
                start: start.then(|| range.end - words.len()),
            });
        }
        (text, pieces)
    }

    /// True where a backslash stands before a sign of the run.
    fn is_escaped(&self, pieces: &[Piece<'_>], at: usize) -> bool {
        let body = &self.source.text[self.start..];
        let start = place_in_body(pieces, at).and_then(|at| at.checked_sub(1));
        start.is_some_and(|before| body.as_bytes().get(before) == Some(&b'\\'))
    }

    /// The place in the file of a stretch of the run.
    fn place_of(&self, pieces: &[Piece<'_>], place: &Range<usize>) -> Span {
        let holds = |at: usize| pieces.iter().find(move |piece| piece.own.contains(&at));
        let start = place_in_body(pieces, place.start)
            .or_else(|| holds(place.start).map(|piece| piece.range.start));
        let last = place.end.saturating_sub(1);
        let end = place_in_body(pieces, last)
            .map(|at| at + 1)
            .or_else(|| holds(last).map(|piece| piece.range.end));
        let start = start.unwrap_or_default();
        self.place(&(start..end.unwrap_or(start).max(start)))
    }

    /// True for a citation of what the library has. What it does not have is reported.
    fn is_meant(&mut self, library: &Library, found: &Found, pieces: &[Piece<'_>]) -> bool {
        let unknown = found
            .cites
            .iter()
            .filter(|(cite, _)| !library.has(&cite.key));
        let mut is_meant = true;
        for (cite, place) in unknown {
            is_meant = false;
            let like = closest(&cite.key, library.keys());
            if !library.is_whole() || (found.in_text && like.is_none()) {
                continue;
            }
            let at = Some(self.place_of(pieces, place));
            let message = format!("the library has no work `{}`", cite.key);
            let path = self.source.path.clone();
            let report = match found.in_text {
                true => Diagnostic::warning,
                false => Diagnostic::error,
            };
            let problem = report(Code::CitationUnknown, path, at, message);
            self.problems.push(match like {
                Some(key) => problem.hint(format!("did you mean `{key}`?")),
                None => {
                    problem.hint("add it to references.bib, or write `\\@` where nothing is cited")
                }
            });
        }
        is_meant
    }

    /// Writes a stretch of the run as words; `is_cut` where a citation in brackets follows, whose space
    /// before it is none of the prose.
    fn stretch(&mut self, pieces: &[Piece<'_>], place: Range<usize>, is_cut: bool) {
        for piece in pieces {
            let from = piece.own.start.max(place.start);
            let to = piece.own.end.min(place.end);
            if from >= to {
                continue;
            }
            let is_last = is_cut && to == place.end;
            match piece.event {
                Event::Text(words) => {
                    let part = &words[from - piece.own.start..to - piece.own.start];
                    let kept = if is_last { part.trim_end() } else { part };
                    let range = match piece.start {
                        Some(start) => {
                            let start = start + (from - piece.own.start);
                            start..start + kept.len()
                        }
                        None => piece.range.clone(),
                    };
                    // Whole words keep their backslash.
                    let range = if kept.len() == words.len() {
                        piece.range.clone()
                    } else {
                        range
                    };
                    if !kept.is_empty() {
                        self.inline(&Event::Text(kept.to_owned().into()), &range);
                    }
                    self.writer.html(&part[kept.len()..]);
                }
                _ if is_last => self.writer.html("\n"),
                other => self.inline(other, piece.range),
            }
        }
    }

    fn citation(&mut self, found: Found, pieces: &[Piece<'_>]) {
        self.writer.ensure_block(self.container());
        let source = self.place_of(pieces, &found.place);
        if let (true, Some((cite, _)), Some(library)) =
            (found.in_text, found.cites.first(), self.options.library)
        {
            let start = self.writer.text_len();
            self.writer.unseen(&library.in_few_words(&cite.key), source);
            self.writer.mask_from(start, MaskKind::Citation);
        }
        let n = self.writer.document.citations.len();
        self.writer.hole(HoleKind::Citation(n as u32));
        let id = self.unique_id(&format!("_cite-{}", n + 1));
        let cites = found.cites.into_iter().map(|(cite, _)| cite);
        self.writer.document.citations.push(Citation {
            id,
            cites: cites.collect(),
            in_text: found.in_text,
            source,
        });
    }
}

/// Where a sign of the run stands in the body, if it stands there as it is.
fn place_in_body(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let piece = pieces.iter().find(|piece| piece.own.contains(&at))?;
    Some(piece.start? + (at - piece.own.start))
}

/// The citations of a run, in order.
fn find(text: &str, is_escaped: &dyn Fn(usize) -> bool) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = text[at..].find(['[', '@']).map(|n| at + n) {
        let own = match text.as_bytes()[next] {
            b'[' if is_escaped(next) => {
                // A bracket that is none keeps what it holds from being one.
                at = text[next..].find(']').map_or(next, |end| next + end) + 1;
                continue;
            }
            _ if is_escaped(next) => None,
            b'[' => bracket(text, next),
            _ => in_text(text, next),
        };
        at = match own {
            Some(own) => {
                let end = own.place.end;
                found.push(own);
                end
            }
            None => next + 1,
        };
    }
    found
}

/// `[@a, p. 12; @b]` at the bracket.
fn bracket(text: &str, open: usize) -> Option<Found> {
    let close = open + text[open..].find(']')?;
    let inside = &text[open + 1..close];
    if close - open > LONGEST || inside.contains(['[', '\n']) || Mark::is_in(inside) {
        return None;
    }
    let mut cites = Vec::new();
    let mut at = open + 1;
    for part in inside.split(';') {
        cites.push(cite(part, at)?);
        at += part.len() + 1;
    }
    Some(Found {
        place: open..close + 1,
        cites,
        in_text: false,
    })
}

/// One work of a bracket; `at` is where it starts in the run.
fn cite(part: &str, at: usize) -> Option<(Cite, Range<usize>)> {
    let sign = part
        .match_indices('@')
        .map(|(n, _)| n)
        .find(|n| begins(part, *n))?;
    let key = key(&part[sign + 1..])?;
    let (before, after) = (&part[..sign], &part[sign + 1 + key.len()..]);
    let (before, without_author) = match before.strip_suffix('-') {
        Some(before) => (before, true),
        None => (before, false),
    };
    let (locator, suffix) = locator(after.trim_start_matches(',').trim());
    let cite = Cite {
        key: key.to_owned(),
        prefix: before.trim().to_owned(),
        locator,
        suffix: suffix.to_owned(),
        without_author,
    };
    Some((cite, at + sign..at + sign + 1 + key.len()))
}

fn in_text(text: &str, sign: usize) -> Option<Found> {
    if !begins(text, sign) {
        return None;
    }
    let key = key(&text[sign + 1..])?;
    let place = sign..sign + 1 + key.len();
    let cite = Cite {
        key: key.to_owned(),
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
        without_author: false,
    };
    Some(Found {
        cites: vec![(cite, place.clone())],
        place,
        in_text: true,
    })
}

/// True where the `@` does not stand in a word, as it does in an address.
fn begins(text: &str, sign: usize) -> bool {
    let before = text[..sign].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '/' | '@' | '+'))
}

/// The key that a text begins with: letters and digits, and between them signs.
fn key(text: &str) -> Option<&str> {
    let is_inner = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
    let end = text.find(|c| !is_inner(c)).unwrap_or(text.len());
    let key = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let first = key.chars().next()?;
    (first.is_alphanumeric() || first == '_').then_some(key)
}

/// The words for parts of works, as authors write them.
const PARTS: [(&str, Part); 36] = [
    ("pages", Part::Page),
    ("page", Part::Page),
    ("pp.", Part::Page),
    ("pp", Part::Page),
    ("p.", Part::Page),
    ("p", Part::Page),
    ("S.", Part::Page),
    ("с.", Part::Page),
    ("chapters", Part::Chapter),
    ("chapter", Part::Chapter),
    ("chaps.", Part::Chapter),
    ("chap.", Part::Chapter),
    ("ch.", Part::Chapter),
    ("columns", Part::Column),
    ("column", Part::Column),
    ("col.", Part::Column),
    ("figure", Part::Figure),
    ("figs.", Part::Figure),
    ("fig.", Part::Figure),
    ("lines", Part::Line),
    ("line", Part::Line),
    ("l.", Part::Line),
    ("notes", Part::Note),
    ("note", Part::Note),
    ("n.", Part::Note),
    ("paragraph", Part::Paragraph),
    ("paras.", Part::Paragraph),
    ("para.", Part::Paragraph),
    ("¶", Part::Paragraph),
    ("part", Part::Part),
    ("section", Part::Section),
    ("sec.", Part::Section),
    ("§§", Part::Section),
    ("§", Part::Section),
    ("volume", Part::Volume),
    ("vol.", Part::Volume),
];

/// What stands after a key: where in the work, and further words.
fn locator(text: &str) -> (Option<(Part, String)>, &str) {
    let labelled = PARTS.iter().find_map(|(word, part)| {
        let rest = text.strip_prefix(word)?;
        let number = rest.trim_start();
        let is_number =
            number.starts_with(|c: char| c.is_ascii_digit() || "ivxlcIVXLC".contains(c));
        (is_number && (rest != number || !word.ends_with(char::is_alphabetic)))
            .then_some((*part, number))
    });
    let bare = || {
        text.starts_with(|c: char| c.is_ascii_digit())
            .then_some((Part::Page, text))
    };
    let Some((part, number)) = labelled.or_else(bare) else {
        return (None, text);
    };
    let is_number = |c: char| c.is_alphanumeric() || "-–—.,: ".contains(c);
    let mut end = number.find(|c| !is_number(c)).unwrap_or(number.len());
    // Further words are no number: "12, and others".
    for (at, _) in number[..end].match_indices(' ') {
        let next = number[at..].trim_start();
        if !next.starts_with(|c: char| c.is_ascii_digit() || "-–—".contains(c)) {
            end = at;
            break;
        }
    }
    let is_end = |c: char| ",: .".contains(c);
    let value = number[..end].trim_end_matches(is_end);
    let rest = number[value.len()..].trim_start_matches(is_end).trim();
    (Some((part, value.to_owned())), rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The citations of a text, written out.
    fn check(text: &str, expected: &[&str]) {
        let show = |found: Found| {
            let cites = found.cites.into_iter().map(|(cite, _)| {
                let mut out = format!("{}<{}>", cite.prefix, cite.key);
                if cite.without_author {
                    out.insert(0, '-');
                }
                if let Some((part, number)) = cite.locator {
                    out.push_str(&format!("{part:?} {number}"));
                }
                out + &cite.suffix
            });
            let sign = if found.in_text { "@" } else { "" };
            sign.to_owned() + &cites.collect::<Vec<_>>().join("; ")
        };
        let found: Vec<String> = find(text, &|_| false).into_iter().map(show).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_citations() {
        check("so [@doe].", &["<doe>"]);
        check("so [@doe, p. 12].", &["<doe>Page 12"]);
        check("[@doe, 12-14; -@roe:21]", &["<doe>Page 12-14; -<roe:21>"]);
        check(
            "[see also @doe, chap. iv, and others]",
            &["see also<doe>Chapter ivand others"],
        );
        check(
            "@doe2020 says, and so does @roe.",
            &["@<doe2020>", "@<roe>"],
        );
        check("[@a pp. 1, 3–5]", &["<a>Page 1, 3–5"]);
    }

    #[test]
    fn leaves_other_things_alone() {
        for text in ["a@b.org", "[a@b.org]", "@ home", "[x] @", "[@a; b]", "a.@b"] {
            let found = find(text, &|_| false);
            assert!(found.iter().all(|found| found.in_text), "{text}: {found:?}");
        }
        assert!(find("[@a]", &|at| at < 2).is_empty());
    }
}
