//! Names in headlines.
//!
//! In a headline every word may be capitalised, so that nothing is found by rule. But a name of
//! several words that the text spells out is the same name there.

use std::collections::BTreeMap;

use super::{
    layers::Reading,
    token::{Tokens, begins_with},
};
use crate::model::{document::Document, span::Span};

/// Fewer words may be anything.
const FEWEST_WORDS: usize = 2;
/// A name that is doubted in the text is not looked for elsewhere.
const SURE: f32 = 0.5;

/// The names of the text that stand in headlines.
pub(super) fn names(document: &Document, tokens: &Tokens, known: &[Reading]) -> Vec<Reading> {
    let mut by_first_word: BTreeMap<&str, Vec<(&str, &Reading)>> = BTreeMap::new();
    for reading in known.iter().filter(|reading| reading.confidence >= SURE) {
        let name = reading.span.of(&document.text);
        let mut words = name.split(' ');
        let first = words.next().filter(|_| words.count() + 1 >= FEWEST_WORDS);
        let names = first.map(|first| by_first_word.entry(first).or_default());
        if let Some(names) = names
            && !names.iter().any(|(same, _)| *same == name)
        {
            names.push((name, reading));
        }
    }
    let mut found = Vec::new();
    for word in tokens.words.iter().filter(|word| word.is_capitalised()) {
        let block = document.blocks.get(word.block as usize);
        let Some(block) = block.filter(|block| block.kind.is_headline()) else {
            continue;
        };
        let start = word.span.start as usize;
        let rest = &document.text[start..block.span.end as usize];
        let names = by_first_word.get(word.span.of(&document.text));
        let here = names
            .into_iter()
            .flatten()
            .filter(|(name, _)| begins_with(rest, name));
        found.extend(here.map(|(name, reading)| Reading {
            span: Span::new(start, start + name.len()),
            ..(*reading).clone()
        }));
    }
    found
}
