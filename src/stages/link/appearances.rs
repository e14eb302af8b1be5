//! Which entities an article names, how often and in which sense.
//!
//! The author's wikilinks outrank what the machine found at the same place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corpus, targets::Addresses};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        catalogue::{ArticleIdx, EntityIdx, Resolution},
        extraction::{Rule, Sense},
        graph::{Appearance, Target},
        span::Span,
    },
    text::fold::fold,
};

/// A name in the text that means one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) span: Span,
    pub(super) entity: EntityIdx,
    pub(super) sense: Sense,
    pub(super) sentence: Span,
    /// Index into the extraction's mentions; `None` for a wikilink.
    pub(super) mention: Option<u32>,
}

/// The names of an article, in the order of the text.
pub(super) fn named(corpus: &Corpus<'_>, idx: ArticleIdx, wikilinks: &[Target]) -> Vec<Named> {
    let n = idx.0 as usize;
    let (document, extraction) = (&corpus.articles[n].document, &corpus.extractions[n]);
    let inline = document
        .wikilinks
        .iter()
        .zip(wikilinks)
        .filter_map(|(link, target)| {
            let Target::Entity(entity) = target else {
                return None;
            };
            let sentence = extraction.sentence_of(link.text).unwrap_or(link.text);
            let sentence = document.passage(sentence);
            Some(Named {
                span: link.text,
                entity: *entity,
                sense: Sense::Literal,
                sentence,
                mention: None,
            })
        });
    let mut names: Vec<Named> = inline.collect();
    let written: Vec<Span> = document.wikilinks.iter().map(|link| link.text).collect();
    for (m, (mention, resolution)) in
        (0u32..).zip(extraction.mentions.iter().zip(&corpus.resolutions[n]))
    {
        let Resolution::Linked(entity) = resolution else {
            continue;
        };
        let after = written.partition_point(|span| span.end <= mention.span.start);
        if written
            .get(after)
            .is_some_and(|span| span.overlaps(mention.span))
        {
            continue;
        }
        names.push(Named {
            span: mention.span,
            entity: *entity,
            sense: mention.sense,
            sentence: document.passage(mention.sentence),
            mention: Some(m),
        });
    }
    names.sort_by_key(|name| {
        (
            name.span.start,
            std::cmp::Reverse(name.span.end),
            name.entity,
        )
    });
    names
}

/// The article's entities, those that it is about first, then the most named.
pub(super) fn appearances(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    idx: ArticleIdx,
    names: &[Named],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Appearance> {
    let mut found: BTreeMap<EntityIdx, Appearance> = BTreeMap::new();
    let blank = |entity| Appearance {
        entity,
        count: 0,
        also: Vec::new(),
        senses: Vec::new(),
        mentions: Vec::new(),
        about: false,
    };
    for name in names {
        let appearance = found
            .entry(name.entity)
            .or_insert_with(|| blank(name.entity));
        appearance.count += 1;
        appearance.senses.push(name.sense);
        appearance.mentions.extend(name.mention);
        if let Some(other) = other_name(corpus, idx, name)
            && !appearance.also.iter().any(|known| known == other)
        {
            appearance.also.push(other.to_owned());
        }
    }
    let rules = &corpus.article(idx).front.entities;
    for (about, reference) in rules
        .about
        .iter()
        .map(|r| (true, r))
        .chain(rules.add.iter().map(|r| (false, r)))
    {
        match addresses.entities(corpus, reference).as_slice() {
            [entity] => {
                let appearance = found.entry(*entity).or_insert_with(|| blank(*entity));
                appearance.about |= about;
                appearance.senses.push(Sense::Literal);
            }
            _ => problems.push(unknown_entity(corpus, idx, reference)),
        }
    }
    let mut appearances: Vec<Appearance> = found.into_values().collect();
    for appearance in &mut appearances {
        appearance.senses.sort_unstable();
        appearance.senses.dedup();
    }
    appearances.sort_by_key(|a| (!a.about, std::cmp::Reverse(a.count), a.entity));
    appearances
}

/// The name as written, where it is another than the entity's own: a short form that an article
/// uses, but no people ("French") and no surname alone.
fn other_name<'a>(corpus: &Corpus<'a>, idx: ArticleIdx, name: &Named) -> Option<&'a str> {
    let n = idx.0 as usize;
    let mention = corpus.extractions[n].mentions.get(name.mention? as usize)?;
    let written = name.span.of(&corpus.articles[n].document.text);
    let own = fold(&corpus.catalogue.get(name.entity).name) == fold(written);
    let names = mention.sense != Sense::Nationality && mention.rule != Rule::ShortForm;
    (names && !own).then_some(written)
}

fn unknown_entity(corpus: &Corpus<'_>, idx: ArticleIdx, reference: &str) -> Diagnostic {
    let article = corpus.article(idx);
    let names = corpus.kb.entities().map(|entity| entity.name.as_str());
    Diagnostic::warning(
        Code::FrontMatterUnknownEntity,
        article.path.clone(),
        article.front_spans.get("entities").copied(),
        format!("`{reference}` is no entity of this site"),
    )
    .did_you_mean(reference, names)
    .hint("add it to content/entities/ to make it one")
}

/// Names that stay ambiguous, each once, in the order of the text.
pub(super) fn ambiguous(corpus: &Corpus<'_>, idx: ArticleIdx) -> Vec<(String, Vec<EntityIdx>)> {
    let n = idx.0 as usize;
    let text = &corpus.articles[n].document.text;
    let mut seen = BTreeSet::new();
    let pairs = corpus.extractions[n]
        .mentions
        .iter()
        .zip(&corpus.resolutions[n]);
    pairs
        .filter_map(|(mention, resolution)| {
            let Resolution::Ambiguous(entities) = resolution else {
                return None;
            };
            let name = mention.span.of(text);
            seen.insert(fold(name))
                .then(|| (name.to_owned(), entities.clone()))
        })
        .collect()
}
