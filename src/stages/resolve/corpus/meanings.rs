//! What each mention of the corpus stands for, by number.

use std::collections::{BTreeMap, HashMap};

use super::{Findings, Merged};
use crate::{
    model::catalogue::EntityKey,
    stages::resolve::{article::Local, knowledge_base::KnowledgeBase},
};

/// The place of a key in [`Meanings::keys`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(pub(super) u32);

/// What each mention stands for in the catalogue. A corpus names the same things again and again: each
/// key is thought about once, and mentions have its number.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    /// The keys that stand in the catalogue, those of the registry first.
    pub(super) keys: Vec<EntityKey>,
    /// How many are the registry's.
    pub(super) registered: usize,
    /// For each article and mention the slot of its key, where it is shown.
    pub(super) articles: Vec<Vec<Option<Slot>>>,
}

impl Meanings {
    pub(super) fn of(findings: &[Findings<'_>], merged: &Merged, kb: &KnowledgeBase) -> Self {
        let mut meanings = Self::default();
        let mut slots: BTreeMap<EntityKey, Slot> = BTreeMap::new();
        for entity in kb.entities() {
            meanings.slot(&mut slots, EntityKey::Registry(entity.id.clone()));
        }
        meanings.registered = meanings.keys.len();
        // For each key of an article, and whether it is sure of it.
        let mut known: HashMap<(&EntityKey, bool), Option<Slot>> = HashMap::new();
        let mut articles = Vec::with_capacity(findings.len());
        for article in findings {
            let mut own = Vec::with_capacity(article.locals.len());
            for local in article.locals {
                let named = match local {
                    Local::Is(key) => Some((key, true)),
                    Local::Doubtful(key) => Some((key, false)),
                    Local::OneOf(_) | Local::Nothing => None,
                };
                own.push(named.and_then(|named| {
                    *known.entry(named).or_insert_with(|| {
                        let shown = merged.shown(local)?;
                        Some(meanings.slot(&mut slots, shown))
                    })
                }));
            }
            articles.push(own);
        }
        meanings.articles = articles;
        meanings
    }

    fn slot(&mut self, slots: &mut BTreeMap<EntityKey, Slot>, key: EntityKey) -> Slot {
        if let Some(slot) = slots.get(&key) {
            return *slot;
        }
        let slot = Slot(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.keys.push(key.clone());
        slots.insert(key, slot);
        slot
    }
}
