//! What an editor may want to look at: frequent names without a file, names that may mean one
//! thing, aliases that may mean several.
//!
//! Input: the catalogue, the graph and the registry. Output: [`Suggestions`], each list sorted.
//! Nothing compares every name with every other: see [`super::likeness`].

use std::collections::{BTreeMap, BTreeSet};

use super::{
    likeness::{pairs, telling},
    queue::{Corpus, unregistered},
};
use crate::{
    geo::Gazetteer,
    model::{
        catalogue::{Entity, EntityKey},
        entity::{AliasRule, EntityKind, RegistryEntity},
        graph::SiteGraph,
    },
    stages::parse,
    text::fold::fold,
};

/// A name of so many briefings deserves a file.
const FREQUENT: usize = 3;

/// A word that stands so often in small letters is an ordinary one.
const ORDINARY: usize = 3;

/// All suggestions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Names in many briefings that have no registry file.
    pub unknown: Vec<Unknown>,
    /// Entities that may be one.
    pub alike: Vec<Alike>,
    /// Aliases that may mean something else.
    pub collisions: Vec<Collision>,
}

/// A frequent name without a registry file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// How many briefings name it.
    pub briefings: usize,
}

/// An entity by what a command calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Id, or name where there is no registry file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// How many briefings name it.
    pub briefings: usize,
}

/// Two entities that may be one; the second is the one to keep.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// The less known one.
    pub from: Reference,
    /// The better known one.
    pub into: Reference,
    /// Why, in words.
    pub reason: String,
}

/// An alias that may mean something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collision {
    /// The alias.
    pub alias: String,
    /// Ids of the entities that have it.
    pub entities: Vec<String>,
    /// Why, in words.
    pub reason: String,
}

/// Looks for all of them.
#[must_use]
pub fn suggest(corpus: &Corpus<'_>, graph: &SiteGraph) -> Suggestions {
    Suggestions {
        unknown: unknown(corpus, graph),
        alike: alike(corpus, graph),
        collisions: collisions(corpus),
    }
}

fn unknown(corpus: &Corpus<'_>, graph: &SiteGraph) -> Vec<Unknown> {
    let mut unknown: Vec<Unknown> = unregistered(corpus.catalogue)
        .into_iter()
        // The gazetteer knows its places already.
        .filter(|idx| !matches!(corpus.catalogue.get(*idx).key, EntityKey::Geo(_)))
        .map(|idx| Unknown {
            name: corpus.catalogue.get(idx).name.clone(),
            kind: corpus.catalogue.get(idx).kind,
            briefings: graph
                .entities
                .get(idx.0 as usize)
                .map_or(0, |node| node.articles.len()),
        })
        .filter(|unknown| unknown.briefings >= FREQUENT)
        .collect();
    unknown.sort_by(|a, b| (b.briefings, a.kind, &a.name).cmp(&(a.briefings, b.kind, &b.name)));
    unknown
}

fn alike(corpus: &Corpus<'_>, graph: &SiteGraph) -> Vec<Alike> {
    let entities = &corpus.catalogue.entities;
    let mut names = Vec::new();
    for (n, entity) in entities.iter().enumerate() {
        names.extend(telling(n, entity.kind, &entity.name, &entity.aliases));
    }
    let reference = |n: usize| {
        let entity = entities.get(n)?;
        let briefings = graph.entities.get(n).map_or(0, |node| node.articles.len());
        Some((rank(entity), reference(entity, briefings)))
    };
    let mut alike: Vec<Alike> = pairs(&names)
        .into_iter()
        .filter_map(|pair| {
            let ((rank, a), (other, b)) = (reference(pair.a)?, reference(pair.b)?);
            // Two places of the gazetteer are two, whatever they are called.
            let are_places = rank == other && rank == 1;
            let told_apart = &corpus.kb.decisions.distinct;
            if are_places || told_apart.contains(&parse::pair(&a.name, &b.name)) {
                return None;
            }
            let b_stays = (other, b.briefings) >= (rank, a.briefings);
            let (from, into) = if b_stays { (a, b) } else { (b, a) };
            let reason = pair.reason;
            Some(Alike { from, into, reason })
        })
        .collect();
    alike.sort();
    alike
}

/// Who stays where two are merged: the registry before the gazetteer before the machine.
fn rank(entity: &Entity) -> u8 {
    match entity.key {
        EntityKey::Registry(_) => 2,
        EntityKey::Geo(_) => 1,
        EntityKey::Detected(..) => 0,
    }
}

fn reference(entity: &Entity, briefings: usize) -> Reference {
    Reference {
        id: match &entity.key {
            EntityKey::Registry(id) => id.0.to_string(),
            _ => entity.name.clone(),
        },
        name: entity.name.clone(),
        kind: entity.kind,
        briefings,
    }
}

/// A name that the text is searched for, as far as collisions go.
fn matched(entity: &RegistryEntity) -> impl Iterator<Item = (&str, AliasRule)> {
    let aliases = entity
        .aliases
        .iter()
        .map(|alias| (alias.name.as_str(), alias.rule));
    std::iter::once((entity.name.as_str(), AliasRule::Plain))
        .chain(aliases)
        .filter(|(_, rule)| matches!(rule, AliasRule::Plain | AliasRule::Exact))
}

fn collisions(corpus: &Corpus<'_>) -> Vec<Collision> {
    let mut bearers: BTreeMap<String, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for entity in corpus.kb.entities() {
        for (name, _) in matched(entity) {
            let (_, ids) = bearers
                .entry(fold(name))
                .or_insert_with(|| (name, BTreeSet::new()));
            ids.insert(&entity.id.0);
        }
    }
    let mut collisions: Vec<Collision> = bearers
        .into_values()
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(name, ids)| Collision {
            alias: name.to_owned(),
            entities: ids.iter().map(|id| (*id).to_owned()).collect(),
            reason: "a name of several entities: its mentions stay ambiguous".to_owned(),
        })
        .collect();
    collisions.extend(with_places(corpus));
    collisions.extend(with_words(corpus));
    collisions.sort();
    collisions
}

/// Names of people, bodies and events that are places too.
fn with_places(corpus: &Corpus<'_>) -> Vec<Collision> {
    let mut places: BTreeMap<&str, &str> = BTreeMap::new();
    for place in Gazetteer::embedded().places() {
        places.insert(place.name, place.name);
        for other in place.other_names() {
            places.entry(other).or_insert(place.name);
        }
    }
    let mut collisions = Vec::new();
    for entity in corpus.kb.entities().filter(|e| e.kind != EntityKind::Place) {
        for (name, _) in matched(entity) {
            if let Some(place) = places.get(name) {
                collisions.push(Collision {
                    alias: name.to_owned(),
                    entities: vec![entity.id.0.to_string()],
                    reason: format!("the gazetteer knows it as the place {place}"),
                });
            }
        }
    }
    collisions
}

/// Names of one word that stand in small letters too, so that a sentence may begin with the word.
fn with_words(corpus: &Corpus<'_>) -> Vec<Collision> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let single = |name: &str| !name.contains(|c: char| !c.is_alphanumeric());
    let mut names: Vec<(&RegistryEntity, &str)> = Vec::new();
    for entity in corpus.kb.entities() {
        for (name, _) in matched(entity).filter(|(name, _)| single(name)) {
            let word = name.to_lowercase();
            // What is written small anyway is matched small.
            if word != *name {
                counts.insert(word, 0);
                names.push((entity, name));
            }
        }
    }
    for article in corpus.articles {
        for word in article.document.text.split(|c: char| !c.is_alphanumeric()) {
            if let Some(count) = counts.get_mut(word) {
                *count += 1;
            }
        }
    }
    let collision = |(entity, name): (&RegistryEntity, &str)| {
        let word = name.to_lowercase();
        let count = counts
            .get(&word)
            .copied()
            .filter(|count| *count >= ORDINARY)?;
        Some(Collision {
            alias: name.to_owned(),
            entities: vec![entity.id.0.to_string()],
            reason: format!(
                "an ordinary word: “{word}” stands {count} times in small letters; write `match: context`"
            ),
        })
    };
    names.into_iter().filter_map(collision).collect()
}
