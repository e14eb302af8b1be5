//! The place of a trained tagger.

use super::{
    layers::Reading,
    token::{Token, Tokens},
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
    let reading = |found: ScoredSpan| Reading {
        span: found.span,
        kind: found.kind,
        candidate: Candidate::Named(found.span.of(&document.text).to_owned()),
        sense: Sense::Literal,
        rule: Rule::Recogniser,
        confidence: found.score,
    };
    spans.into_iter().map(reading).collect()
}

/// Joins the tagger's readings to the others. Where both read one stretch as one kind of thing, what
/// the lists and rules know of it stands, with the greater confidence: a place keeps its
/// coordinates, an outlet stays a source. A people stays a people.
pub(super) fn agree(mut others: Vec<Reading>, tagged: Vec<Reading>) -> Vec<Reading> {
    let mut alone = Vec::new();
    for own in tagged {
        let same = others.iter_mut().find(|other| {
            other.span == own.span && (other.kind == own.kind || other.sense == Sense::Nationality)
        });
        match same {
            Some(other) => other.confidence = other.confidence.max(own.confidence),
            None => alone.push(own),
        }
    }
    others.extend(alone);
    others
}
