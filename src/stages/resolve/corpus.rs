//! The corpus: which names of different articles are one entity.
//!
//! Input: what each article's mentions mean locally. Output: the [`Catalogue`] and a
//! [`Resolution`] for each mention. Invariant: the result does not depend on the order of the
//! articles, since every choice is made over sorted sums.

mod meanings;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    geo::Gazetteer,
    model::{
        catalogue::{Catalogue, Entity, EntityIdx, EntityKey, Resolution},
        document::Document,
        entity::{EntityId, EntityKind, EntityState},
        extraction::{Candidate, Extraction, Mention, Rule, Sense},
    },
    stages::resolve::{
        article::Local, knowledge_base::KnowledgeBase, spelling, standing::Standings,
    },
    text::{fold::fold, slug::slugify},
};
use meanings::{Meanings, Slot};

/// What one article brings to the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Its text.
    pub document: &'a Document,
    /// Its mentions.
    pub extraction: &'a Extraction,
    /// What they mean there, in the same order.
    pub locals: &'a [Local],
}

impl<'a> Findings<'a> {
    fn pairs(self) -> impl Iterator<Item = (&'a Mention, &'a Local)> {
        self.extraction.mentions.iter().zip(self.locals)
    }
}

/// Joins the articles' findings, and the registry, to one catalogue, and says for each article
/// what its mentions mean.
#[must_use]
pub fn catalogue(
    findings: &[Findings<'_>],
    kb: &KnowledgeBase,
    gazetteer: &Gazetteer,
) -> (Catalogue, Vec<Vec<Resolution>>) {
    let merged = Merged::of(findings, kb);
    let meanings = Meanings::of(findings, &merged, kb);
    let sketches = sketch(findings, &meanings, kb);
    let entities = entities(sketches, kb, gazetteer);
    let index: BTreeMap<&EntityKey, EntityIdx> = (0u32..)
        .zip(&entities)
        .map(|(n, entity)| (&entity.key, EntityIdx(n)))
        .collect();
    let places: Vec<Option<EntityIdx>> = meanings
        .keys
        .iter()
        .map(|key| index.get(key).copied())
        .collect();
    let resolutions = findings
        .iter()
        .zip(&meanings.articles)
        .map(|(article, own)| {
            let pairs = article.locals.iter().zip(own);
            pairs
                .map(|(local, slot)| resolution(local, *slot, &places, &index))
                .collect()
        })
        .collect();
    (Catalogue { entities }, resolutions)
}

fn resolution(
    local: &Local,
    slot: Option<Slot>,
    places: &[Option<EntityIdx>],
    index: &BTreeMap<&EntityKey, EntityIdx>,
) -> Resolution {
    let of_id = |id: &EntityId| index.get(&EntityKey::Registry(id.clone())).copied();
    match local {
        Local::Is(_) | Local::Doubtful(_) => {
            let idx = slot.and_then(|slot| places[slot.0 as usize]);
            idx.map_or(Resolution::Nil, Resolution::Linked)
        }
        Local::OneOf(ids) => Resolution::Ambiguous(ids.iter().filter_map(of_id).collect()),
        Local::Nothing => Resolution::Nil,
    }
}

/// Detected names that turned out to be another name's short form, or of another kind.
#[derive(Debug, Default)]
struct Merged {
    long_forms: BTreeMap<(EntityKind, String), EntityKey>,
    kinds: BTreeMap<String, EntityKind>,
    /// People under another spelling of their name.
    spellings: BTreeMap<String, EntityKey>,
    /// Short forms that an article defines for a name that an editor rejected.
    refused: BTreeSet<(EntityKind, String)>,
    /// Living people: no other spelling or short form of another article stands for them.
    living: BTreeSet<EntityKey>,
    standings: Standings,
}

impl Merged {
    fn of(findings: &[Findings<'_>], kb: &KnowledgeBase) -> Self {
        let long_forms = long_forms(findings);
        let mut refused = refused(findings, kb);
        refused.retain(|short| !long_forms.contains_key(short));
        let mut merged = Self {
            long_forms,
            kinds: majority_kinds(findings),
            spellings: BTreeMap::new(),
            refused,
            living: kb
                .living()
                .map(|own| EntityKey::Registry(own.id.clone()))
                .collect(),
            standings: Standings::default(),
        };
        merged.spellings = spelling::merged(findings, kb, |key| merged.key(key));
        let is_accepted = |mention: &Mention| match &mention.candidate {
            Candidate::Named(name) => kb.decisions.accepts(name, mention.kind),
            _ => false,
        };
        merged.standings = Standings::of(
            findings.iter().map(|article| article.pairs()),
            |key| merged.key(key),
            is_accepted,
        );
        merged
    }

    /// What a mention stands for in the catalogue, if it is shown.
    fn shown(&self, local: &Local) -> Option<EntityKey> {
        let (key, is_sure) = match local {
            Local::Is(key) => (key, true),
            Local::Doubtful(key) => (key, false),
            Local::OneOf(_) | Local::Nothing => return None,
        };
        let own = self.key(key);
        // What the article itself says of living people has been asked before: see `living`.
        if own != *key && self.living.contains(&own) {
            return None;
        }
        (!self.refuses(key) && self.standings.shows(&own, is_sure)).then_some(own)
    }

    fn refuses(&self, key: &EntityKey) -> bool {
        match key {
            EntityKey::Detected(kind, name) => self.refused.contains(&(*kind, name.clone())),
            _ => false,
        }
    }

    /// The key that stands for `key` in the catalogue.
    fn key(&self, key: &EntityKey) -> EntityKey {
        let EntityKey::Detected(kind, name) = key else {
            return key.clone();
        };
        let kind = self.kinds.get(name).unwrap_or(kind);
        let key = (*kind, name.clone());
        let long = self
            .long_forms
            .get(&key)
            .or_else(|| self.only_long_form(name));
        let own = long.cloned().unwrap_or(EntityKey::Detected(key.0, key.1));
        match &own {
            EntityKey::Detected(EntityKind::Person, name) => {
                self.spellings.get(name).cloned().unwrap_or(own)
            }
            _ => own,
        }
    }

    /// Without its long form, "HCM" may be taken for a person: the definition knows better, if there
    /// is but one.
    fn only_long_form(&self, short: &str) -> Option<&EntityKey> {
        let of = |kind| self.long_forms.get(&(kind, short.to_owned()));
        let mut found = EntityKind::ALL.into_iter().filter_map(of);
        found.next().filter(|_| found.next().is_none())
    }
}

/// Short forms that all articles which define them define alike. Another article may use them
/// without a definition. Where an editor merged the long form, the short form goes with it.
fn long_forms(findings: &[Findings<'_>]) -> BTreeMap<(EntityKind, String), EntityKey> {
    let mut defined: BTreeMap<(EntityKind, String), BTreeSet<EntityKey>> = BTreeMap::new();
    for article in findings {
        for (mention, local) in article.pairs() {
            let Local::Is(long) = local else {
                continue;
            };
            if mention.rule != Rule::Abbreviation {
                continue;
            }
            let short = fold(mention.span.of(&article.document.text));
            let (kind, is_longer) = match long {
                EntityKey::Detected(kind, long) => (*kind, short != *long),
                _ => (mention.kind, true),
            };
            if is_longer {
                let longs = defined.entry((kind, short)).or_default();
                longs.insert(long.clone());
            }
        }
    }
    let unanimous = |(short, longs): ((EntityKind, String), BTreeSet<EntityKey>)| {
        let mut longs = longs.into_iter();
        let only = longs.next()?;
        longs.next().is_none().then_some((short, only))
    };
    defined.into_iter().filter_map(unanimous).collect()
}

fn refused(findings: &[Findings<'_>], kb: &KnowledgeBase) -> BTreeSet<(EntityKind, String)> {
    let mut refused = BTreeSet::new();
    for article in findings {
        for (mention, _) in article.pairs() {
            let Candidate::Named(long) = &mention.candidate else {
                continue;
            };
            let surface = mention.span.of(&article.document.text);
            if mention.rule == Rule::Abbreviation
                && kb.refuses(long, mention.kind)
                && !kb.decisions.accepts(surface, mention.kind)
            {
                refused.insert((mention.kind, fold(surface)));
            }
        }
    }
    refused
}

/// For a name that was taken for several kinds of thing: the kind with the most confidence in
/// sum, where it holds at least two thirds of it. Otherwise the kinds stay apart.
fn majority_kinds(findings: &[Findings<'_>]) -> BTreeMap<String, EntityKind> {
    // Thousandths, so that the sum is exact and does not depend on the order of adding.
    let mut weights: BTreeMap<&str, BTreeMap<EntityKind, u64>> = BTreeMap::new();
    for article in findings {
        for (mention, local) in article.pairs() {
            if let Local::Is(EntityKey::Detected(kind, name)) = local {
                let weight = (mention.confidence.clamp(0.0, 1.0) * 1000.0).round() as u64;
                *weights.entry(name).or_default().entry(*kind).or_default() += weight;
            }
        }
    }
    let majority = |(name, kinds): (&str, BTreeMap<EntityKind, u64>)| {
        let total: u64 = kinds.values().sum();
        let (kind, weight) = kinds
            .into_iter()
            .max_by_key(|(kind, w)| (*w, std::cmp::Reverse(*kind)))?;
        (weight * 3 >= total * 2).then(|| (name.to_owned(), kind))
    };
    weights.into_iter().filter_map(majority).collect()
}

/// The forms under which an entity was found.
#[derive(Debug, Default)]
struct Sketch {
    full_names: BTreeMap<String, u32>,
    surfaces: BTreeSet<String>,
    accepted: bool,
}

fn sketch(
    findings: &[Findings<'_>],
    meanings: &Meanings,
    kb: &KnowledgeBase,
) -> BTreeMap<EntityKey, Sketch> {
    let mut sketches: Vec<Option<Sketch>> = Vec::new();
    sketches.resize_with(meanings.keys.len(), || None);
    sketches[..meanings.registered].fill_with(|| Some(Sketch::default()));
    for (article, slots) in findings.iter().zip(&meanings.articles) {
        for ((mention, local), slot) in article.pairs().zip(slots) {
            let (Local::Is(local_key), Some(Slot(slot))) = (local, slot) else {
                continue;
            };
            let shortened = meanings.keys[*slot as usize] != *local_key;
            let sketch = sketches[*slot as usize].get_or_insert_default();
            let surface = mention.span.of(&article.document.text);
            sketch.accepted |= matches!(
                mention.rule,
                Rule::Inline | Rule::FrontMatter | Rule::Decision
            );
            if let Candidate::Named(name) = &mention.candidate {
                sketch.accepted |= kb.decisions.accepts(name, mention.kind);
                // A name that an editor merged into another one is not what it is called.
                let own = !matches!(local_key, EntityKey::Detected(_, own) if *own != fold(name));
                if !shortened && own {
                    match sketch.full_names.get_mut(name) {
                        Some(count) => *count += 1,
                        None => drop(sketch.full_names.insert(name.clone(), 1)),
                    }
                }
            }
            // "French" is no name of France, nor is a surname alone another name of its bearer.
            let is_name = mention.sense != Sense::Nationality && mention.rule != Rule::ShortForm;
            if is_name && !sketch.surfaces.contains(surface) {
                sketch.surfaces.insert(surface.to_owned());
            }
        }
    }
    let keys = meanings.keys.iter().cloned();
    let pairs = keys.zip(sketches);
    pairs
        .filter_map(|(key, sketch)| Some((key, sketch?)))
        .collect()
}

fn entities(
    sketches: BTreeMap<EntityKey, Sketch>,
    kb: &KnowledgeBase,
    gazetteer: &Gazetteer,
) -> Vec<Entity> {
    let drafts = sketches
        .into_iter()
        .filter_map(|(key, sketch)| entity(key, sketch, kb, gazetteer));
    let mut entities = with_unique_slugs(drafts.collect(), gazetteer);
    entities.sort_by(|a, b| (a.kind, &a.slug).cmp(&(b.kind, &b.slug)));
    entities
}

fn detected_unless(accepted: bool) -> EntityState {
    if accepted {
        EntityState::Confirmed
    } else {
        EntityState::Detected
    }
}

fn entity(
    key: EntityKey,
    sketch: Sketch,
    kb: &KnowledgeBase,
    gazetteer: &Gazetteer,
) -> Option<Entity> {
    let mut aliases = sketch.surfaces;
    let mut entity = match &key {
        EntityKey::Registry(id) => {
            let registered = kb.get(id)?;
            aliases = registered
                .aliases
                .iter()
                .map(|alias| alias.name.clone())
                .collect();
            Entity {
                kind: registered.kind,
                slug: slugify(&registered.id.0),
                name: registered.name.clone(),
                aliases: Vec::new(),
                state: EntityState::Confirmed,
                coordinates: registered.coordinates,
                country: registered.country,
                key,
            }
        }
        EntityKey::Geo(id) => {
            let place = gazetteer.by_id(*id)?;
            Entity {
                kind: EntityKind::Place,
                slug: slugify(place.name),
                name: place.name.to_owned(),
                aliases: Vec::new(),
                // Accepted under its own name, whatever the text calls it.
                state: detected_unless(
                    sketch.accepted || kb.decisions.accepts(place.name, EntityKind::Place),
                ),
                coordinates: Some(place.coordinates),
                country: place.country,
                key,
            }
        }
        EntityKey::Detected(kind, _) => {
            let best = sketch
                .full_names
                .into_iter()
                .max_by(|(a, m), (b, n)| m.cmp(n).then(b.cmp(a)));
            let name = best
                .map(|(name, _)| name)
                .or_else(|| aliases.first().cloned())?;
            let state = detected_unless(sketch.accepted);
            Entity {
                kind: *kind,
                slug: slugify(&name),
                name,
                aliases: Vec::new(),
                state,
                coordinates: None,
                country: None,
                key,
            }
        }
    };
    aliases.remove(&entity.name);
    entity.aliases = aliases.into_iter().collect();
    Some(entity)
}

/// The catalogue with the names that registry files give for a language in the place of the others.
#[must_use]
pub fn named_in(mut catalogue: Catalogue, kb: &KnowledgeBase, language: &str) -> Catalogue {
    for entity in &mut catalogue.entities {
        let EntityKey::Registry(id) = &entity.key else {
            continue;
        };
        let name = kb.get(id).and_then(|known| known.name_in(language));
        if let Some(name) = name.filter(|name| **name != entity.name) {
            let other = std::mem::replace(&mut entity.name, name.to_owned());
            entity.aliases.retain(|alias| *alias != entity.name);
            entity.aliases.push(other);
            entity.aliases.sort();
        }
    }
    catalogue
}

/// Of several entities with one slug the best known keeps it: registry before gazetteer before
/// machine, larger places before smaller; the others get their country or a number.
fn with_unique_slugs(mut drafts: Vec<Entity>, gazetteer: &Gazetteer) -> Vec<Entity> {
    let population = |entity: &Entity| match entity.key {
        EntityKey::Geo(id) => gazetteer.by_id(id).map_or(0, |place| place.population),
        _ => 0,
    };
    drafts.sort_by(|a, b| {
        let rank = |e: &Entity| match e.key {
            EntityKey::Registry(_) => 0,
            EntityKey::Geo(_) => 1,
            EntityKey::Detected(..) => 2,
        };
        rank(a)
            .cmp(&rank(b))
            .then(population(b).cmp(&population(a)))
            .then(a.key.cmp(&b.key))
    });
    let mut taken: BTreeSet<(EntityKind, String)> = BTreeSet::new();
    for entity in &mut drafts {
        let base = if entity.slug.is_empty() {
            "unnamed".to_owned()
        } else {
            entity.slug.clone()
        };
        let by_country = entity
            .country
            .map(|c| format!("{base}-{}", c.as_str().to_lowercase()));
        let numbered = (2u32..).map(|n| format!("{base}-{n}"));
        let mut candidates = std::iter::once(base.clone())
            .chain(by_country)
            .chain(numbered);
        if let Some(slug) = candidates.find(|slug| taken.insert((entity.kind, slug.clone()))) {
            entity.slug = slug;
        }
    }
    drafts
}
