//! The place of a trained tagger.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    calibration,
    layers::Reading,
    lexicon::{self as lex, is_in},
    names::without_titles,
    token::{Case, Token, Tokens},
};
use crate::model::{
    document::Document,
    entity::EntityKind,
    extraction::{Candidate, Rule, Sense},
    span::Span,
};

/// A span that a tagger takes for a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredSpan {
    /// Where.
    pub span: Span,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Probability that it is one, 0 to 1, calibrated.
    pub score: f32,
}

/// Finds names by what it learnt. Pure: the same words give the same spans.
pub trait Recogniser: Sync {
    /// The names among `words`, in order, without overlaps.
    fn spans(&self, text: &str, words: &[Token]) -> Vec<ScoredSpan>;
}

/// The tagger's spans as readings.
pub(super) fn readings(
    document: &Document,
    tokens: &Tokens,
    recogniser: &dyn Recogniser,
) -> Vec<Reading> {
    let spans = recogniser.spans(&document.text, &tokens.words);
    let reading = |found: ScoredSpan| {
        let span = trimmed(document, tokens, found.span)?;
        let letters = span
            .of(&document.text)
            .chars()
            .filter(|c| c.is_alphabetic());
        let listed = span.of(&document.text).contains([';', ':', '|']);
        if listed || letters.count() < FEWEST_LETTERS || is_in(lex::TERMS, span.of(&document.text))
        {
            return None;
        }
        let written = span.of(&document.text);
        let name = match found.kind {
            EntityKind::Person => without_titles(written),
            _ => written,
        };
        Some(Reading {
            span,
            kind: found.kind,
            candidate: Candidate::Named(name.to_owned()),
            sense: Sense::Literal,
            rule: Rule::Recogniser,
            confidence: calibration::tagged(found.kind, found.score) * surroundings(document, span),
        })
    };
    spans.into_iter().filter_map(reading).collect()
}

/// A word that stands alone in its cell or item has nothing that tells what it is.
fn surroundings(document: &Document, span: Span) -> f32 {
    let block = document.block_at(span.start);
    let alone = block.is_some_and(|block| block.span.len() <= span.len() + 1);
    if alone && !span.of(&document.text).contains(' ') {
        0.6
    } else {
        1.0
    }
}

/// A single letter names nobody.
const FEWEST_LETTERS: usize = 2;

/// Small words that stand inside names.
const INSIDE: &[&str] = &[
    "of", "the", "and", "for", "on", "in", "at", "to", "de", "del", "della", "di", "da", "do",
    "dos", "la", "le", "les", "los", "las", "du", "des", "von", "van", "der", "den", "zu", "bin",
    "ibn", "bint", "al", "el", "y", "e", "i", "a", "an",
];

/// The span without what leads up to a name: "members of Free Coast" is Free Coast. "Iraqi security
/// forces" is a name as it is.
fn trimmed(document: &Document, tokens: &Tokens, span: Span) -> Option<Span> {
    let from = tokens
        .words
        .partition_point(|word| word.span.end <= span.start);
    let to = tokens
        .words
        .partition_point(|word| word.span.start < span.end);
    let words = tokens.words.get(from..to)?;
    let text = |word: &Token| word.span.of(&document.text);
    let leads_up = |pair: &[Token]| {
        let noun = pair[0].case == Case::Lower && !INSIDE.contains(&text(&pair[0]));
        noun && matches!(text(&pair[1]), "of" | "from" | "for")
    };
    let Some(last) = words.windows(2).rposition(leads_up) else {
        return Some(span);
    };
    let first = words[last + 2..]
        .iter()
        .find(|word| word.case != Case::Lower)?;
    Some(Span {
        start: first.span.start,
        end: span.end,
    })
}

/// True where the tagger reads "Interior Minister Jane Miller" and a rule "Jane Miller".
fn is_titled(rule: &Reading, tagged: &Reading) -> bool {
    rule.rule == Rule::Title
        && tagged.kind == EntityKind::Person
        && tagged.span.end == rule.span.end
        && tagged.span.contains(rule.span)
}

/// Joins the tagger's readings to the others. Where both read one stretch as one kind of thing, what
/// the lists and rules know of it stands, with the greater confidence: a place keeps its
/// coordinates, an outlet stays a source. A people stays a people. What a rule alone says is doubted.
pub(super) fn agree(mut others: Vec<Reading>, tagged: Vec<Reading>) -> Vec<Reading> {
    let (mut alone, mut agreed) = (Vec::new(), BTreeSet::new());
    let (mut by_span, mut by_end) = (BTreeMap::new(), BTreeMap::new());
    for (n, other) in others.iter().enumerate() {
        by_span.entry(other.span).or_insert_with(Vec::new).push(n);
        by_end
            .entry(other.span.end)
            .or_insert_with(Vec::new)
            .push(n);
    }
    for own in tagged {
        let same = by_span.get(&own.span).into_iter().flatten().copied();
        let same = same.into_iter().find(|n| {
            let other: &Reading = &others[*n];
            other.kind == own.kind || other.sense == Sense::Nationality
        });
        match same {
            Some(n) => {
                agreed.insert(n);
                others[n].confidence = others[n].confidence.max(own.confidence);
            }
            None => {
                let ending = by_end.get(&own.span.end).into_iter().flatten().copied();
                let titled = ending.into_iter().find(|n| is_titled(&others[*n], &own));
                agreed.extend(titled);
                let sure = titled.map_or(0.0, |n| others[n].confidence);
                alone.push(Reading {
                    confidence: own.confidence.max(sure),
                    ..own
                });
            }
        }
    }
    for (n, other) in others.iter_mut().enumerate() {
        if !agreed.contains(&n) {
            other.confidence = calibration::untagged(other.rule, other.kind, other.confidence);
        }
    }
    others.extend(alone);
    others
}
