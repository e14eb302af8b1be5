//! People called again: "Peyrouse", "von der Leyen", "Xi" after the full name.
//!
//! Input: the readings that stand. Output: the same, and those of short forms; what another layer
//! read as a name of its own is bound to the person that it belongs to. A short form of two people
//! is nobody's.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    layers::{self, Reading},
    token::{Tokens, begins_with},
};
use crate::{
    model::{
        document::Document,
        entity::EntityKind,
        extraction::{Candidate, Rule},
        span::Span,
    },
    text::personal_name,
};

/// Nobody is called again by a name that is doubted.
const SURE: f32 = 0.5;

/// Who a short form stands for.
struct Bearer<'a> {
    person: &'a Reading,
    /// All who are called so: more than one, and nobody is meant.
    candidates: BTreeSet<&'a Candidate>,
}

impl<'a> Bearer<'a> {
    /// The person, if there is one alone and the text has named them before `at`.
    fn before(&self, at: u32) -> Option<&'a Reading> {
        (self.candidates.len() == 1 && self.person.span.end < at).then_some(self.person)
    }
}

/// Binds the short forms of people to those that the article names in full before.
pub(super) fn bound(
    document: &Document,
    tokens: &Tokens,
    mut readings: Vec<Reading>,
) -> Vec<Reading> {
    let people: Vec<Reading> = readings
        .iter()
        .filter(|reading| reading.kind == EntityKind::Person && reading.confidence >= SURE)
        .cloned()
        .collect();
    let bearers = bearers(document, &people);
    if bearers.is_empty() {
        return readings;
    }
    for reading in readings.iter_mut().filter(|reading| is_open(reading)) {
        let Candidate::Named(name) = &reading.candidate else {
            continue;
        };
        let bearer = bearers.get(&**name);
        if let Some(person) = bearer.and_then(|bearer| bearer.before(reading.span.start)) {
            reading.candidate = person.candidate.clone();
            reading.rule = Rule::ShortForm;
            reading.confidence = reading.confidence.max(person.confidence);
        }
    }
    let more = called_again(document, tokens, &bearers);
    if more.is_empty() {
        return readings;
    }
    readings.extend(more);
    layers::choose(readings)
}

/// A person's name that neither the author nor the registry nor a definition has bound.
fn is_open(reading: &Reading) -> bool {
    reading.kind == EntityKind::Person && reading.authority() == 0
}

fn bearers<'a>(document: &'a Document, people: &'a [Reading]) -> BTreeMap<&'a str, Bearer<'a>> {
    let mut bearers: BTreeMap<&str, Bearer<'_>> = BTreeMap::new();
    for person in people {
        for form in personal_name::short_forms(person.span.of(&document.text)) {
            let bearer = bearers.entry(form).or_insert_with(|| Bearer {
                person,
                candidates: BTreeSet::new(),
            });
            bearer.candidates.insert(&person.candidate);
        }
    }
    bearers
}

/// Readings of the short forms, wherever they stand after the full name.
fn called_again(
    document: &Document,
    tokens: &Tokens,
    bearers: &BTreeMap<&str, Bearer<'_>>,
) -> Vec<Reading> {
    let mut by_first_word: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for form in bearers.keys() {
        let first = form.split(' ').next().unwrap_or(form);
        by_first_word.entry(first).or_default().push(form);
    }
    let mut readings = Vec::new();
    for word in tokens.words.iter().filter(|word| !word.masked) {
        let Some(forms) = by_first_word.get(word.span.of(&document.text)) else {
            continue;
        };
        let Some(block) = document.blocks.get(word.block as usize) else {
            continue;
        };
        let start = word.span.start as usize;
        let rest = &document.text[start..block.span.end as usize];
        let longest = forms
            .iter()
            .filter(|form| begins_with(rest, form))
            .max_by_key(|form| form.len());
        let person = longest.and_then(|form| bearers.get(form)?.before(word.span.start));
        if let (Some(form), Some(person)) = (longest, person) {
            readings.push(Reading {
                span: Span::new(start, start + form.len()),
                rule: Rule::ShortForm,
                ..person.clone()
            });
        }
    }
    readings
}
