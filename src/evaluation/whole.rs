//! The whole of extraction on a labelled document, as `build` runs it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Found, kind_name};
use crate::{
    model::{
        article::EntityRules,
        document::Document,
        extraction::{Extraction, Mention, Sense},
        span::Span,
    },
    stages::extract::{self, Context, NameIndex, Recogniser, evidence::Weights},
};

/// Extracts from a document without a registry or an author's rules.
#[must_use]
pub fn extract(
    document: &Document,
    names: &NameIndex,
    recogniser: Option<&dyn Recogniser>,
    evidence: Option<&Weights>,
    date: Date,
    language: &str,
) -> Extraction {
    let rules = EntityRules::default();
    let context = Context {
        date,
        language,
        names,
        rules: &rules,
        detect: true,
        without: &BTreeSet::new(),
        recogniser,
        evidence,
    };
    extract::article(document, &context)
}

/// The names of people, bodies and places of a document, the longest at each place. A people or
/// nationality is none of these.
#[must_use]
pub fn found(document: &Document, extraction: &Extraction) -> Vec<Found> {
    let numbered = found_by_mention(document, extraction);
    numbered.into_iter().map(|(_, found)| found).collect()
}

/// The same as [`found`], each with the index of its mention.
#[must_use]
pub fn found_by_mention(document: &Document, extraction: &Extraction) -> Vec<(usize, Found)> {
    let named = |(_, mention): &(usize, &Mention)| {
        mention.sense != Sense::Nationality && kind_name(mention.kind).is_some()
    };
    let mut found = Vec::new();
    let mut offsets = Offsets::new(&document.text);
    let mut end = 0;
    for (n, mention) in extraction.mentions.iter().enumerate().filter(named) {
        // Sorted by start, the outer before the inner.
        if mention.span.end <= end {
            continue;
        }
        let (start, stop) = offsets.characters(mention.span);
        found.extend(kind_name(mention.kind).map(|kind| {
            let found = Found {
                start,
                end: stop,
                kind,
                confidence: thousandths(mention.confidence),
                rule: mention.rule,
            };
            (n, found)
        }));
        end = mention.span.end;
    }
    found
}

/// A confidence in thousandths.
#[must_use]
pub fn thousandths(confidence: f32) -> u32 {
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as u32
}

/// Turns byte offsets that only grow into character offsets, in one pass over the text.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    byte: usize,
    character: usize,
}

impl<'a> Offsets<'a> {
    /// At the start of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            character: 0,
        }
    }

    /// The characters of a span. Spans that begin before an earlier one are counted from the start.
    pub fn characters(&mut self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < self.byte {
            (self.byte, self.character) = (0, 0);
        }
        self.character += count(self.text, self.byte, start);
        self.byte = start;
        (
            self.character,
            self.character + count(self.text, start, end),
        )
    }
}

fn count(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(0, |part| part.chars().count())
}
