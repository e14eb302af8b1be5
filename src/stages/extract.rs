//! Extract: names, times and quotations in one article's prose.
//!
//! Input: a [`Document`] and its [`Context`]. Output: an [`Extraction`]. Pure: the same document
//! and context give the same extraction on any thread and machine. The layers:
//!
//! 1. words and sentences ([`token`]);
//! 2. what the author bound or dropped;
//! 3. known names ([`NameIndex`]): registry, gazetteer, well-known bodies and outlets;
//! 4. names by rule: titles, heads, frames; and scored spans of a [`Recogniser`], if there is one;
//! 5. short forms that the article defines, surnames of people and heads of bodies named in full;
//! 6. of several readings of one stretch, the one that stands;
//! 7. how sure each name is ([`evidence`]);
//! 8. quotations with their speakers, sources of information, roles of people, and times.

mod abbreviation;
mod abroad;
mod attribution;
mod calibration;
mod event;
pub mod evidence;
mod headline;
mod index;
mod layers;
mod lexicon;
mod lone_head;
mod names;
mod place;
pub mod plain;
mod quotation;
mod recogniser;
mod role;
mod short_name;
mod speech;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod time;
pub mod token;

use std::collections::BTreeSet;

use jiff::civil::Date;

pub use index::{Match, Meaning, NameIndex};
pub use names::without_titles;
pub use recogniser::{Recogniser, ScoredSpan};

use layers::Reading;
use token::Tokens;

use crate::{
    config::Part,
    model::{
        article::EntityRules,
        document::Document,
        entity::EntityKind,
        extraction::{Abbreviation, Candidate, Extraction},
    },
};

/// What extraction depends on besides the document.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The article's date: "last year" counts from it.
    pub date: Date,
    /// The article's language, BCP 47. Names by rule are English; lists work in all.
    pub language: &'a str,
    /// Known names.
    pub names: &'a NameIndex,
    /// The author's rules for this article.
    pub rules: &'a EntityRules,
    /// Whether names that no list holds are looked for.
    pub detect: bool,
    /// What is not looked for at all.
    pub without: &'a BTreeSet<Part>,
    /// A trained tagger, if there is one.
    pub recogniser: Option<&'a dyn Recogniser>,
    /// What speaks for and against its names; without it they are as sure as their layer says.
    pub evidence: Option<&'a evidence::Weights>,
}

impl Context<'_> {
    /// Whether this is looked for.
    fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }

    fn is_english(&self) -> bool {
        self.language
            .split('-')
            .next()
            .unwrap_or_default()
            .eq_ignore_ascii_case("en")
    }

    /// What a name in front matter's `as:` is bound to: a registry entity, or a name.
    fn resolve_binding(&self, entity: &str) -> (EntityKind, Candidate) {
        self.names.registered(entity).unwrap_or((
            EntityKind::Organisation,
            Candidate::Named(entity.to_owned()),
        ))
    }
}

/// Reads one article.
#[must_use]
pub fn article(document: &Document, context: &Context<'_>) -> Extraction {
    let tokens = token::tokens(document);
    let abbreviations = abbreviation::abbreviations(document, &tokens.words);
    let chosen = names(document, &tokens, &abbreviations, context);
    let mut mentions = layers::mentions(document, &tokens, chosen);
    if let Some(weights) = context.evidence {
        mentions = weights.weighed(document, &tokens, &abbreviations, mentions);
    }
    let quotations = if context.has(Part::Quotations) {
        quotation::quotations(document, &tokens, &mentions)
    } else {
        Vec::new()
    };
    let (attributions, roles) = if context.has(Part::Quotations) && context.is_english() {
        (
            attribution::attributions(document, &tokens, &mentions),
            role::roles(document, &tokens, &mentions),
        )
    } else {
        (Vec::new(), Vec::new())
    };
    let times = if context.has(Part::Dates) {
        time::expressions(document, &tokens.words, context.date, context.language)
    } else {
        Vec::new()
    };
    let (times, event_dates) = time::with_events(document, &tokens.words, &mentions, times);
    Extraction {
        sentences: tokens.sentences,
        mentions,
        abbreviations,
        times,
        quotations,
        attributions,
        roles,
        event_dates,
    }
}

/// The readings of names that stand, by all layers.
fn names(
    document: &Document,
    tokens: &Tokens,
    abbreviations: &[Abbreviation],
    context: &Context<'_>,
) -> Vec<Reading> {
    let mut readings = layers::authored(document, tokens, context);
    if context.has(Part::Names) {
        readings.extend(layers::known(document, tokens, context));
    }
    let detect = context.detect && context.rules.auto && context.has(Part::Names);
    if detect && context.is_english() {
        readings.extend(layers::by_rule(document, tokens));
        if let Some(recogniser) = context.recogniser {
            let tagged = recogniser::readings(document, tokens, recogniser);
            readings = recogniser::agree(readings, tagged);
        }
    }
    if detect {
        readings.extend(layers::short_forms(
            document,
            tokens,
            abbreviations,
            &readings,
        ));
    } else {
        readings.retain(|reading| reading.rule.is_authored());
    }
    let mut chosen = layers::agreed(document, layers::choose(readings));
    chosen = short_name::bound(document, tokens, chosen);
    let more = headline::names(document, tokens, &chosen);
    if !more.is_empty() {
        chosen.extend(more);
        chosen = layers::choose(chosen);
    }
    chosen = lone_head::bound(document, chosen);
    chosen.retain(|reading| !layers::dropped(document, context, reading.span));
    chosen
}
