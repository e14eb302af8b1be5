//! The layers put together: which of several readings of a stretch of text stands.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Context, abroad, event,
    index::{Match, Meaning},
    lexicon::{self as lex, is_in},
    names::{self, Found},
    place::{self, Scene},
    token::Tokens,
};
use crate::{
    model::{
        document::Document,
        entity::{EntityId, EntityKind},
        extraction::{Abbreviation, Candidate, Mention, Rule, Sense},
        span::Span,
    },
    text::fold::fold,
};

/// A reading of a stretch of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) candidate: Candidate,
    pub(super) sense: Sense,
    pub(super) rule: Rule,
    pub(super) confidence: f32,
}

impl Reading {
    fn named(found: Found, name: String) -> Self {
        Self {
            span: found.span,
            kind: found.kind,
            candidate: Candidate::Named(name),
            sense: Sense::Literal,
            rule: found.rule,
            confidence: found.confidence,
        }
    }

    /// Who outranks whom where two readings overlap: the author, the registry, what the article
    /// defines, then the longer.
    pub(super) fn authority(&self) -> u8 {
        match self.rule {
            Rule::FrontMatter | Rule::Inline => 3,
            Rule::Decision | Rule::Registry => 2,
            Rule::Abbreviation => 1,
            _ => 0,
        }
    }
}

/// Known names: registry, gazetteer, well-known bodies.
pub(super) fn known(document: &Document, tokens: &Tokens, context: &Context<'_>) -> Vec<Reading> {
    let blocks = document.blocks.iter();
    let found: Vec<Match<'_>> = blocks
        .flat_map(|block| context.names.find(&document.text, block.span))
        .filter(|found| !document.is_masked(found.span))
        .collect();
    let scene = Scene {
        document,
        tokens,
        countries: place::countries(&found),
        english: context.is_english(),
    };
    let mut readings: Vec<Reading> = found
        .iter()
        .filter_map(|found| reading(&scene, *found))
        .collect();
    if !context.is_english() {
        readings = readings
            .into_iter()
            .filter_map(|reading| abroad::adjusted(document, tokens, context, reading))
            .collect();
    }
    with_context(readings, document, context)
}

fn reading(scene: &Scene<'_>, found: Match<'_>) -> Option<Reading> {
    let registered: Vec<&Meaning> = found
        .meanings
        .iter()
        .filter(|m| matches!(m, Meaning::Registry(..)))
        .collect();
    if let Some(Meaning::Registry(_, kind)) = registered.first() {
        let ids: BTreeSet<EntityId> = registered
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Registry(id, _) => Some(id.clone()),
                _ => None,
            })
            .collect();
        let outlet = found
            .meanings
            .iter()
            .any(|m| matches!(m, Meaning::Outlet(_)));
        return Some(Reading {
            span: found.span,
            kind: *kind,
            candidate: Candidate::Registry(ids.into_iter().collect()),
            sense: if outlet {
                Sense::Source
            } else {
                Sense::Literal
            },
            rule: Rule::Registry,
            confidence: 1.0,
        });
    }
    let accepted = found.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Accepted(name, kind) => Some((name, *kind)),
        _ => None,
    });
    if let Some((name, kind)) = accepted {
        // An accepted place of the gazetteer keeps its coordinates.
        let located = place::reading(scene, found).filter(|_| kind == EntityKind::Place);
        let candidate = located.map_or(Candidate::Named(name.clone()), |place| place.candidate);
        return Some(Reading {
            span: found.span,
            kind,
            candidate,
            sense: Sense::Literal,
            rule: Rule::Decision,
            confidence: 1.0,
        });
    }
    let known = found.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Known(name, kind) => Some((*name, *kind, Sense::Literal)),
        Meaning::Outlet(name) => Some((*name, EntityKind::Organisation, Sense::Source)),
        _ => None,
    });
    if let Some((name, kind, sense)) = known {
        return Some(Reading {
            span: found.span,
            kind,
            candidate: Candidate::Named(name.to_owned()),
            sense,
            rule: Rule::Gazetteer,
            confidence: 0.9,
        });
    }
    place::reading(scene, found)
}

/// Drops what needs context and has none: the entity is not named otherwise.
fn with_context(
    readings: Vec<Reading>,
    document: &Document,
    context: &Context<'_>,
) -> Vec<Reading> {
    let needs = |reading: &Reading| context.names.needs_context(reading.span.of(&document.text));
    let named: BTreeSet<Candidate> = readings
        .iter()
        .filter(|r| !needs(r))
        .map(|r| r.candidate.clone())
        .collect();
    readings
        .into_iter()
        .filter(|r| !needs(r) || named.contains(&r.candidate))
        .collect()
}

/// Names found by rule, in their fullest form.
pub(super) fn by_rule(document: &Document, tokens: &Tokens) -> Vec<Reading> {
    let names = names::names(document, &tokens.words)
        .into_iter()
        .map(|found| Reading::named(found, found.span.of(&document.text).to_owned()));
    let events = event::events(document, &tokens.words)
        .into_iter()
        .map(|found| Reading {
            span: found.span,
            kind: EntityKind::Event,
            candidate: Candidate::Named(found.name),
            sense: Sense::Literal,
            rule: Rule::EventHead,
            confidence: found.confidence,
        });
    names.chain(events).collect()
}

/// Short forms of what the article defines, wherever they stand.
pub(super) fn short_forms(
    document: &Document,
    tokens: &Tokens,
    abbreviations: &[Abbreviation],
    others: &[Reading],
) -> Vec<Reading> {
    let mut by_span: BTreeMap<Span, &Reading> = BTreeMap::new();
    for reading in others {
        by_span.entry(reading.span).or_insert(reading);
    }
    let mut defined: BTreeMap<&str, (&Abbreviation, Option<&Reading>)> = BTreeMap::new();
    let named =
        |abbreviation: &&Abbreviation| !is_in(lex::TERMS, abbreviation.short.of(&document.text));
    for abbreviation in abbreviations.iter().filter(named) {
        let long = by_span.get(&abbreviation.long).copied();
        defined
            .entry(abbreviation.short.of(&document.text))
            .or_insert((abbreviation, long));
    }
    let mut readings = Vec::new();
    for word in tokens.words.iter().filter(|word| !word.masked) {
        let Some((abbreviation, long)) = defined.get(word.span.of(&document.text)) else {
            continue;
        };
        readings.push(abbreviated(document, word.span, abbreviation, *long));
    }
    for abbreviation in abbreviations.iter().filter(named) {
        // The long form is a name since it has a short one.
        if !by_span.contains_key(&abbreviation.long) {
            readings.push(abbreviated(document, abbreviation.long, abbreviation, None));
        }
    }
    readings
}

fn abbreviated(
    document: &Document,
    span: Span,
    abbreviation: &Abbreviation,
    long: Option<&Reading>,
) -> Reading {
    let name = abbreviation.long.of(&document.text);
    Reading {
        span,
        kind: long.map_or(EntityKind::Organisation, |reading| reading.kind),
        candidate: long.map_or_else(
            || Candidate::Named(name.to_owned()),
            |reading| reading.candidate.clone(),
        ),
        sense: Sense::Literal,
        rule: Rule::Abbreviation,
        // A long form that nothing else takes for a name may be a term: "natural language (NL)".
        confidence: long.map_or(0.65, |reading| reading.confidence.max(0.7)),
    }
}

/// One name is one thing in an article: the kind with the most confidence in sum, and of that kind
/// what a list knows before what only looks like it. What the author or the registry says of it is
/// left alone.
pub(super) fn agreed(document: &Document, mut readings: Vec<Reading>) -> Vec<Reading> {
    let is_open = |reading: &Reading| {
        reading.authority() == 0 && matches!(reading.sense, Sense::Literal | Sense::Government)
    };
    let mut meanings: BTreeMap<String, BTreeMap<EntityKind, (f32, Candidate)>> = BTreeMap::new();
    for reading in readings.iter().filter(|reading| is_open(reading)) {
        let (sum, candidate) = meanings
            .entry(reading.span.of(&document.text).to_owned())
            .or_default()
            .entry(reading.kind)
            .or_insert_with(|| (0.0, reading.candidate.clone()));
        *sum += reading.confidence;
        // Places of a list come before names in the order of candidates.
        *candidate = reading.candidate.clone().min(candidate.clone());
    }
    for reading in readings.iter_mut().filter(|reading| is_open(reading)) {
        let kinds = meanings.get(reading.span.of(&document.text));
        let best = kinds.and_then(|kinds| kinds.iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0)));
        if let Some((kind, (_, candidate))) = best
            && (*kind != reading.kind || matches!(candidate, Candidate::Geo(_)))
        {
            reading.kind = *kind;
            reading.candidate = candidate.clone();
        }
    }
    readings
}

/// What is longer, in bytes, is no name, unless an editor says so.
const LONGEST_NAME: usize = 300;

/// The readings that stand, in order: of two that cross, or of two alike, the one with more
/// authority, then the longer. A place or body inside a longer body's, place's or event's name
/// stays findable; inside a person's name there is nothing else.
pub(super) fn choose(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.retain(|reading| reading.authority() > 1 || reading.span.len() <= LONGEST_NAME);
    readings.sort_by(|a, b| {
        b.authority()
            .cmp(&a.authority())
            .then(b.span.len().cmp(&a.span.len()))
            .then(b.confidence.total_cmp(&a.confidence))
            .then(a.span.cmp(&b.span))
            .then(a.rule.cmp(&b.rule))
    });
    // By their starts: only those that start less than the longest one before can overlap.
    let mut kept: BTreeMap<u32, Vec<Reading>> = BTreeMap::new();
    let mut longest = 0;
    for reading in readings {
        let Span { start, end } = reading.span;
        let near = kept.range(start.saturating_sub(longest)..end.max(start + 1));
        if near
            .flat_map(|(_, others)| others)
            .all(|other| compatible(other, &reading))
        {
            longest = longest.max(end - start);
            kept.entry(start).or_default().push(reading);
        }
    }
    let mut kept: Vec<Reading> = kept.into_values().flatten().collect();
    kept.sort_by_key(|reading| (reading.span.start, std::cmp::Reverse(reading.span.end)));
    kept
}

fn compatible(kept: &Reading, new: &Reading) -> bool {
    if !kept.span.overlaps(new.span) {
        return true;
    }
    let (outer, inner) = if kept.span.contains(new.span) {
        (kept, new)
    } else {
        (new, kept)
    };
    let nested = outer.span.contains(inner.span) && outer.span != inner.span;
    let holds = matches!(
        outer.kind,
        EntityKind::Event | EntityKind::Organisation | EntityKind::Place
    );
    let listed =
        matches!(inner.rule, Rule::Registry | Rule::Gazetteer) && inner.sense != Sense::Source;
    // "Olympics" in "Oslo Olympics" is the same event; a town in a port's name is another place.
    let other = inner.kind != outer.kind || inner.kind == EntityKind::Place;
    // A town inside a longer name was doubted for just that; the longer name explains it.
    nested
        && other
        && holds
        && listed
        && inner.sense == Sense::Literal
        && outer.kind != EntityKind::Person
}

/// Readings as mentions, with their block and sentence.
pub(super) fn mentions(
    document: &Document,
    tokens: &Tokens,
    readings: Vec<Reading>,
) -> Vec<Mention> {
    readings
        .into_iter()
        .filter_map(|reading| {
            let block = document.block_at(reading.span.start)?;
            let sentence = tokens.sentence_of(reading.span)?;
            Some(Mention {
                span: reading.span,
                kind: reading.kind,
                candidate: reading.candidate,
                sense: reading.sense,
                rule: reading.rule,
                confidence: reading.confidence,
                block: block.kind,
                sentence,
            })
        })
        .collect()
}

/// Names that the article's author dropped, or bound to an entity.
pub(super) fn authored(
    document: &Document,
    tokens: &Tokens,
    context: &Context<'_>,
) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (name, entity) in &context.rules.bind {
        let bound = context.resolve_binding(entity);
        for (at, _) in document.text.match_indices(name.as_str()) {
            let span = Span::new(at, at + name.len());
            let from = tokens
                .words
                .partition_point(|word| word.span.end <= span.start);
            let to = tokens
                .words
                .partition_point(|word| word.span.end <= span.end);
            let whole = tokens
                .words
                .get(from)
                .is_some_and(|word| word.span.start == span.start)
                && to
                    .checked_sub(1)
                    .is_some_and(|n| tokens.words[n].span.end == span.end);
            if whole && !document.is_masked(span) {
                readings.push(Reading {
                    span,
                    kind: bound.0,
                    candidate: bound.1.clone(),
                    sense: Sense::Literal,
                    rule: Rule::FrontMatter,
                    confidence: 1.0,
                });
            }
        }
    }
    readings
}

/// True where the author said that this name is no entity here.
pub(super) fn dropped(document: &Document, context: &Context<'_>, span: Span) -> bool {
    let drop = &context.rules.drop;
    !drop.is_empty() && {
        let name = fold(span.of(&document.text));
        drop.iter().any(|dropped| fold(dropped) == name)
    }
}
