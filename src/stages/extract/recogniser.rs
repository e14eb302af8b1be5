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
