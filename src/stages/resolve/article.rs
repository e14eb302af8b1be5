//! One article: what each mention means, as far as the article and the knowledge base tell.
//!
//! Input: an article's front matter and mentions, the knowledge base, the gazetteer.
//! Output: a [`Local`] for each mention, in the same order.

use std::collections::BTreeSet;

use crate::{
    geo::Gazetteer,
    model::{
        catalogue::EntityKey,
        entity::{EntityId, EntityKind},
        extraction::{Candidate, Extraction, Mention, Rule},
    },
    stages::resolve::knowledge_base::KnowledgeBase,
    text::fold::fold,
};

/// What a mention means before the corpus is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Local {
    /// This.
    Is(EntityKey),
    /// One of these registry entities.
    OneOf(Vec<EntityId>),
    /// Nothing to show.
    Nothing,
}

/// Resolves each mention of an article. Mentions below `min_confidence` mean nothing unless an
/// editor accepted the name.
#[must_use]
pub fn local(
    extraction: &Extraction,
    kb: &KnowledgeBase,
    gazetteer: &Gazetteer,
    min_confidence: f32,
) -> Vec<Local> {
    let certain: BTreeSet<&EntityId> = extraction
        .mentions
        .iter()
        .filter_map(|mention| match &mention.candidate {
            Candidate::Registry(ids) if ids.len() == 1 => ids.first(),
            _ => None,
        })
        .collect();
    let resolve = |mention: &Mention| match &mention.candidate {
        Candidate::Registry(ids) => among(ids, &certain),
        Candidate::Geo(id) => place(*id, mention, kb, gazetteer, min_confidence),
        Candidate::Named(name) => named(name, mention, kb, min_confidence),
    };
    extraction.mentions.iter().map(resolve).collect()
}

/// A shared name means the one entity that the article names otherwise too, if there is just one.
fn among(ids: &[EntityId], certain: &BTreeSet<&EntityId>) -> Local {
    if let [only] = ids {
        return Local::Is(EntityKey::Registry(only.clone()));
    }
    let mut named = ids.iter().filter(|id| certain.contains(id));
    match (named.next(), named.next()) {
        (Some(one), None) => Local::Is(EntityKey::Registry(one.clone())),
        _ => Local::OneOf(ids.to_vec()),
    }
}

/// A place of the gazetteer, unless an editor refused it or said that it is another.
fn place(
    id: u32,
    mention: &Mention,
    kb: &KnowledgeBase,
    gazetteer: &Gazetteer,
    min_confidence: f32,
) -> Local {
    if let Some(place) = gazetteer.by_id(id) {
        if kb.refuses(place.name, EntityKind::Place) {
            return Local::Nothing;
        }
        if let Some(key) = kb.merged(place.name, EntityKind::Place) {
            return Local::Is(key.clone());
        }
        let is_vouched = matches!(
            mention.rule,
            Rule::Inline | Rule::FrontMatter | Rule::Decision
        ) || kb.decisions.accepts(place.name, EntityKind::Place);
        if mention.confidence < min_confidence && !is_vouched {
            return Local::Nothing;
        }
    }
    Local::Is(geo_key(id, kb, gazetteer))
}

/// The registry's own entry for a place outranks the gazetteer's.
fn geo_key(id: u32, kb: &KnowledgeBase, gazetteer: &Gazetteer) -> EntityKey {
    let registered = gazetteer.by_id(id).and_then(|place| {
        let entity = kb.place_named(place.name)?;
        let same_country = entity.country.is_none() || entity.country == place.country;
        same_country.then(|| EntityKey::Registry(entity.id.clone()))
    });
    registered.unwrap_or(EntityKey::Geo(id))
}

fn named(name: &str, mention: &Mention, kb: &KnowledgeBase, min_confidence: f32) -> Local {
    if kb.refuses(name, mention.kind) {
        return Local::Nothing;
    }
    if let Some(key) = kb.merged(name, mention.kind) {
        return Local::Is(key.clone());
    }
    let by_author = matches!(mention.rule, Rule::Inline | Rule::FrontMatter);
    if !by_author
        && mention.confidence < min_confidence
        && !kb.decisions.accepts(name, mention.kind)
    {
        return Local::Nothing;
    }
    let mut registered = kb
        .named(name)
        .into_iter()
        .filter(|entity| entity.kind == mention.kind);
    if let (Some(entity), None) = (registered.next(), registered.next()) {
        return Local::Is(EntityKey::Registry(entity.id.clone()));
    }
    Local::Is(EntityKey::Detected(mention.kind, fold(name)))
}
