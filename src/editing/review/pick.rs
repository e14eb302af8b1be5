//! Picking an entity by typing a part of its name.

use std::collections::BTreeSet;

use crate::{editing::queue::Waiting, model::entity::EntityKind, text::fold::fold};

/// How many are offered at once.
const OFFERED: usize = 8;

/// An entity that a name may be merged into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// What a decision calls it: its id, or its name where it has no registry file.
    pub into: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whether it has a registry file.
    pub registered: bool,
    /// Other names.
    pub aliases: Vec<String>,
}

/// The choices that fit `query`, best first; while nothing is typed those that are suggested.
#[must_use]
pub fn offered<'a>(
    choices: &'a [Choice],
    suggested: impl Iterator<Item = &'a Choice>,
    waiting: &Waiting,
    alias: bool,
    query: &str,
) -> Vec<Choice> {
    let own = fold(&waiting.name);
    // Only a registry file takes aliases, or a name of another kind.
    let fits = |choice: &&Choice| {
        let is_other = choice.kind != waiting.kind || fold(&choice.name) != own;
        is_other && (choice.registered || (!alias && choice.kind == waiting.kind))
    };
    let query = fold(query);
    if query.is_empty() {
        let mut seen = BTreeSet::new();
        return suggested
            .filter(fits)
            .filter(|choice| seen.insert(choice.into.clone()))
            .take(OFFERED)
            .cloned()
            .collect();
    }
    let mut ranked: Vec<(u32, bool, bool, usize, &Choice)> = choices
        .iter()
        .filter(fits)
        .filter_map(|choice| {
            let names = std::iter::once(&choice.name)
                .chain(&choice.aliases)
                .chain([&choice.into]);
            let best = names.filter_map(|name| rank(&fold(name), &query)).min()?;
            let other_kind = choice.kind != waiting.kind;
            Some((
                best,
                other_kind,
                !choice.registered,
                choice.name.len(),
                choice,
            ))
        })
        .collect();
    ranked.sort();
    ranked
        .into_iter()
        .take(OFFERED)
        .map(|(.., choice)| choice.clone())
        .collect()
}

/// How well a folded name fits: 0 is best.
fn rank(name: &str, query: &str) -> Option<u32> {
    if name.starts_with(query) {
        return Some(0);
    }
    if name.split([' ', '-']).any(|word| word.starts_with(query)) {
        return Some(1);
    }
    if name.contains(query) {
        return Some(2);
    }
    // A letter or two are found in this order almost anywhere.
    if query.chars().count() < 3 {
        return None;
    }
    let mut letters = name.chars();
    if query
        .chars()
        .filter(|c| *c != ' ')
        .all(|c| letters.any(|letter| letter == c))
    {
        return Some(3);
    }
    (strsim::jaro_winkler(name, query) > 0.88).then_some(4)
}
