//! The queue with what each name may be merged into.

use std::collections::BTreeMap;

use super::{
    likeness::{Named, pairs, telling},
    queue::{Corpus, Waiting, waiting},
    review::{Choice, Item},
};
use crate::{
    model::{
        catalogue::{Entity, EntityKey},
        entity::EntityKind,
    },
    stages::parse,
    text::fold::fold,
};

/// The entities of the site, to pick from.
#[must_use]
pub fn choices(corpus: &Corpus<'_>) -> Vec<Choice> {
    corpus.catalogue.entities.iter().map(choice).collect()
}

fn choice(entity: &Entity) -> Choice {
    let (into, registered) = match &entity.key {
        EntityKey::Registry(id) => (id.0.to_string(), true),
        _ => (entity.name.clone(), false),
    };
    Choice {
        into,
        name: entity.name.clone(),
        kind: entity.kind,
        registered,
        aliases: entity.aliases.clone(),
    }
}

/// The names that wait, with suggestions.
#[must_use]
pub fn items(corpus: &Corpus<'_>, choices: &[Choice]) -> Vec<Item> {
    let queue = waiting(corpus);
    // Names that are shown are entities already; the others get numbers behind them.
    let mut numbers: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    for (n, choice) in choices.iter().enumerate() {
        numbers
            .entry((choice.kind, fold(&choice.name)))
            .or_insert(n);
    }
    let number_of = |(n, w): (usize, &Waiting)| {
        let known = numbers.get(&(w.kind, fold(&w.name)));
        known.copied().unwrap_or(choices.len() + n)
    };
    let own: Vec<usize> = queue.iter().enumerate().map(number_of).collect();
    let mut names: Vec<Named<'_>> = Vec::new();
    for (entity, choice) in choices.iter().enumerate() {
        names.extend(telling(entity, choice.kind, &choice.name, &choice.aliases));
    }
    for (entity, waiting) in own.iter().zip(&queue).filter(|(n, _)| **n >= choices.len()) {
        names.push(Named {
            entity: *entity,
            kind: waiting.kind,
            name: &waiting.name,
        });
    }
    let mut alike: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for pair in pairs(&names) {
        alike
            .entry(pair.b)
            .or_default()
            .push((pair.a, pair.reason.clone()));
        alike.entry(pair.a).or_default().push((pair.b, pair.reason));
    }
    queue
        .into_iter()
        .zip(own)
        .map(|(waiting, own)| {
            let others = alike.get(&own).into_iter().flatten();
            let told_apart = &corpus.kb.decisions.distinct;
            let suggestions = others
                .filter_map(|(other, reason)| Some((choices.get(*other)?.clone(), reason.clone())))
                .filter(|(other, _)| !told_apart.contains(&parse::pair(&waiting.name, &other.name)))
                .collect();
            Item {
                waiting,
                suggestions,
            }
        })
        .collect()
}
