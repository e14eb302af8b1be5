//! People whose names different articles spell differently: "Zelensky" and "Zelenskyy".
//!
//! Input: the findings of all articles and the registry. Output: for each folded name, the key of
//! the spelling that stands for it: the registry's, else the most frequent one. Names that an editor
//! accepted on their own, or said to be two, stay two.

use std::collections::{BTreeMap, BTreeSet};

use super::{article::Local, corpus::Findings, knowledge_base::KnowledgeBase};
use crate::{
    model::{
        catalogue::EntityKey,
        entity::{AliasRule, EntityId, EntityKind},
    },
    text::{fold::fold, romanised::Spellings},
};

/// The names that share a spelling key.
#[derive(Default)]
struct Group<'a> {
    registered: BTreeSet<&'a EntityId>,
    /// Folded names with the number of their mentions.
    detected: BTreeMap<String, u32>,
}

/// The keys that stand for other spellings. `key` is what a detected name stands for otherwise.
pub(super) fn merged(
    findings: &[Findings<'_>],
    kb: &KnowledgeBase,
    key: impl Fn(&EntityKey) -> EntityKey,
) -> BTreeMap<String, EntityKey> {
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    let spellings = Spellings::embedded();
    for (name, count) in people(findings, key) {
        if let Some(spelling) = spellings.key(&name)
            && !kb.decisions.accepts(&name, EntityKind::Person)
        {
            let group = groups.entry(spelling).or_default();
            *group.detected.entry(name).or_default() += count;
        }
    }
    let people = kb.entities().filter(|e| e.kind == EntityKind::Person);
    for entity in people {
        let aliases = entity.aliases.iter();
        let looked_for = aliases.filter(|alias| alias.rule != AliasRule::Never);
        for name in std::iter::once(&entity.name).chain(looked_for.map(|alias| &alias.name)) {
            let group = spellings.key(name).and_then(|key| groups.get_mut(&key));
            if let Some(group) = group {
                group.registered.insert(&entity.id);
            }
        }
    }
    groups
        .into_values()
        .flat_map(|group| joined(group, kb))
        .collect()
}

/// The detected people's folded names, with the number of their mentions.
fn people(
    findings: &[Findings<'_>],
    key: impl Fn(&EntityKey) -> EntityKey,
) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<&EntityKey, u32> = BTreeMap::new();
    for local in findings.iter().flat_map(|article| article.locals) {
        if let Local::Is(own @ EntityKey::Detected(..))
        | Local::Doubtful(own @ EntityKey::Detected(..)) = local
        {
            *counts.entry(own).or_default() += 1;
        }
    }
    let mut people = BTreeMap::new();
    for (own, count) in counts {
        if let EntityKey::Detected(EntityKind::Person, name) = key(own) {
            *people.entry(name).or_default() += count;
        }
    }
    people
}

fn joined(group: Group<'_>, kb: &KnowledgeBase) -> Vec<(String, EntityKey)> {
    let mut registered = group.registered.iter();
    let (standing, name) = match (registered.next(), registered.next()) {
        (Some(only), None) => {
            let name = kb.get(only).map(|entity| fold(&entity.name));
            (
                EntityKey::Registry((*only).clone()),
                name.unwrap_or_default(),
            )
        }
        // Two people of the registry: the spelling does not tell which is meant.
        (Some(_), Some(_)) => return Vec::new(),
        (None, _) => {
            let most = group.detected.iter();
            let Some((name, _)) = most.max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a))) else {
                return Vec::new();
            };
            let key = EntityKey::Detected(EntityKind::Person, name.clone());
            (key, name.clone())
        }
    };
    let is_other = |own: &String| {
        let pair = if *own < name {
            (own.clone(), name.clone())
        } else {
            (name.clone(), own.clone())
        };
        *own != name && !kb.decisions.distinct.contains(&pair)
    };
    let names = group.detected.into_keys().filter(is_other);
    names.map(|own| (own, standing.clone())).collect()
}
