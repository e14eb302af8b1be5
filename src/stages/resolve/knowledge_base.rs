//! The knowledge base: the registry, the editor's decisions and the suppressed names, indexed by
//! folded name.
//!
//! Input: parsed registry files. Output: [`KnowledgeBase`] and the diagnostics of its contents.
//! Invariant: every [`EntityId`] in the index has an entity.

mod short_forms;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Code, Diagnostic},
    geo::Gazetteer,
    model::{
        catalogue::EntityKey,
        entity::{AliasRule, EntityId, EntityKind, RegistryEntity},
        span::Span,
    },
    text::fold::fold,
};

/// What editors decided about names that the machine found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Names that are entities of this kind, as the editor writes them.
    pub accepted: BTreeMap<(String, EntityKind), String>,
    /// Names that are not entities of this kind.
    pub rejected: BTreeSet<(String, EntityKind)>,
    /// Names that never are entities of any kind.
    pub suppressed: BTreeSet<String>,
    /// Names of this kind that mean another entity, by id or name.
    pub merged: BTreeMap<(String, EntityKind), String>,
    /// Pairs of names (folded, sorted) that look alike and are two.
    pub distinct: BTreeSet<(String, String)>,
}

impl Decisions {
    /// True when the editor accepted `name` as a `kind`.
    #[must_use]
    pub fn accepts(&self, name: &str, kind: EntityKind) -> bool {
        self.accepted.contains_key(&(fold(name), kind))
    }

    /// True when the editor refused `name` as a `kind`, or as anything.
    #[must_use]
    pub fn refuses(&self, name: &str, kind: EntityKind) -> bool {
        let folded = fold(name);
        self.suppressed.contains(&folded) || self.rejected.contains(&(folded, kind))
    }
}

/// An entity and the name of it that is looked for in texts.
#[derive(Clone, Copy)]
struct Bearer<'a> {
    entity: &'a RegistryEntity,
    name: &'a str,
    /// Where an alias stands.
    span: Option<Span>,
}

impl<'a> Bearer<'a> {
    /// How `entity` bears the folded name; not by an alias that is never looked for.
    fn of(entity: &'a RegistryEntity, folded: &str) -> Option<Self> {
        if fold(&entity.name) == folded {
            let (name, span) = (&*entity.name, None);
            return Some(Self { entity, name, span });
        }
        let alias = entity
            .aliases
            .iter()
            .find(|alias| alias.rule != AliasRule::Never && fold(&alias.name) == folded)?;
        Some(Self {
            entity,
            name: &alias.name,
            span: Some(alias.source),
        })
    }

    fn shares_with(self, first: Self) -> Diagnostic {
        Diagnostic::warning(
            Code::RegistryAliasShared,
            self.entity.path.clone(),
            self.span,
            format!("`{}` also names `{}`", self.name, first.entity.id.0),
        )
        .label("shared with another entity")
        .hint("mentions of it stay ambiguous unless the article names one of the two otherwise")
        .hint("write `{name: …, match: context}` where it needs context, or `[[id|text]]` in the article")
    }
}

/// The registry, ready to be asked.
#[derive(Debug, Default)]
pub struct KnowledgeBase {
    entities: BTreeMap<EntityId, RegistryEntity>,
    by_name: BTreeMap<String, Vec<EntityId>>,
    /// People whose file says that they live.
    living: BTreeSet<EntityId>,
    /// Ids that entities had before.
    former: BTreeMap<String, EntityId>,
    /// What merged names mean.
    merged: BTreeMap<(String, EntityKind), EntityKey>,
    /// Short forms of rejected names.
    refused_short: BTreeSet<(String, EntityKind)>,
    /// Short forms of merged names.
    merged_short: BTreeSet<(String, EntityKind)>,
    /// The editor's decisions.
    pub decisions: Decisions,
}

impl KnowledgeBase {
    /// Indexes the registry, and reports duplicate ids, shared names, unknown references and
    /// cycles. Of two entities with one id the first (by path) is kept.
    #[must_use]
    pub fn new(registry: Vec<RegistryEntity>, decisions: Decisions) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut base = Self {
            decisions,
            ..Self::default()
        };
        for entity in registry {
            if let Some(first) = base.entities.get(&entity.id) {
                problems.push(duplicate_id(first, &entity));
            } else {
                base.entities.insert(entity.id.clone(), entity);
            }
        }
        for entity in base.entities.values() {
            let aliases = entity.aliases.iter().map(|alias| &alias.name);
            for name in std::iter::once(&entity.name).chain(aliases) {
                let ids = base.by_name.entry(fold(name)).or_default();
                if !ids.contains(&entity.id) {
                    ids.push(entity.id.clone());
                }
            }
        }
        let living = base.entities.values().filter(|entity| entity.living);
        base.living = living.map(|entity| entity.id.clone()).collect();
        base.add_former_ids();
        base.merged = merged(&base);
        base.refused_short = short_forms::refused(&base);
        base.merged_short = short_forms::merged(&base);
        problems.extend(base.shared_names());
        problems.extend(base.broken_references());
        problems.extend(base.cycles());
        (base, problems)
    }

    /// The entity with this id.
    #[must_use]
    pub fn get(&self, id: &EntityId) -> Option<&RegistryEntity> {
        self.entities.get(id)
    }

    /// All registry entities, by id.
    pub fn entities(&self) -> impl Iterator<Item = &RegistryEntity> {
        self.entities.values()
    }

    /// The people of whom nothing detected is shown until somebody confirms it.
    pub fn living(&self) -> impl Iterator<Item = &RegistryEntity> {
        self.living.iter().filter_map(|id| self.entities.get(id))
    }

    /// The ids that a reference of an author may mean: an id, else an id of former times, else a
    /// name or alias, else a merged name.
    #[must_use]
    pub fn named(&self, reference: &str) -> Vec<&RegistryEntity> {
        let by_id = self
            .entities
            .get(&EntityId(reference.into()))
            .or_else(|| self.entities.get(self.former.get(reference)?));
        if let Some(entity) = by_id {
            return vec![entity];
        }
        let folded = fold(reference);
        if let Some(ids) = self.by_name.get(&folded) {
            return ids.iter().filter_map(|id| self.entities.get(id)).collect();
        }
        let from = (folded.clone(), EntityKind::Person);
        let merged = self
            .merged
            .range(from..)
            .take_while(|((name, _), _)| *name == folded);
        let ids: BTreeSet<&EntityId> = merged
            .filter_map(|(_, key)| match key {
                EntityKey::Registry(id) => Some(id),
                _ => None,
            })
            .collect();
        ids.iter().filter_map(|id| self.entities.get(id)).collect()
    }

    /// The entity that bore this id in former times, where no entity bears it now.
    #[must_use]
    pub fn formerly(&self, id: &str) -> Option<&RegistryEntity> {
        self.entities.get(self.former.get(id)?)
    }

    /// What a name of this kind means, where an editor merged it into something else.
    #[must_use]
    pub fn merged(&self, name: &str, kind: EntityKind) -> Option<&EntityKey> {
        self.merged.get(&(fold(name), kind))
    }

    /// True when the editor refused `name` as a `kind`, or as anything, or refused the name of
    /// which it is a short form.
    #[must_use]
    pub fn refuses(&self, name: &str, kind: EntityKind) -> bool {
        self.decisions.refuses(name, kind)
            || (self.refused_short.contains(&(fold(name), kind))
                && !self.decisions.accepts(name, kind))
    }

    /// True when an editor has refused or merged `name` as a `kind`, or the name of which it is a
    /// short form: there is nothing left to ask.
    #[must_use]
    pub fn is_settled(&self, name: &str, kind: EntityKind) -> bool {
        let key = (fold(name), kind);
        self.refuses(name, kind)
            || self.merged.contains_key(&key)
            || self.merged_short.contains(&key)
    }

    /// Indexes `old_ids`, and lets `part_of` follow them. An id that lives outranks one that was.
    fn add_former_ids(&mut self) {
        for entity in self.entities.values() {
            for former in &entity.former {
                let id = former.rsplit('/').next().unwrap_or_default();
                if !self.entities.contains_key(&EntityId(id.into())) {
                    let known = self.former.entry(id.to_owned());
                    known.or_insert_with(|| entity.id.clone());
                }
            }
        }
        for entity in self.entities.values_mut() {
            if let Some((parent, _)) = &mut entity.part_of
                && let Some(now) = self.former.get(&*parent.0)
            {
                *parent = now.clone();
            }
        }
    }

    /// The registry place of this name, if there is just one.
    #[must_use]
    pub fn place_named(&self, name: &str) -> Option<&RegistryEntity> {
        let mut places = self
            .named(name)
            .into_iter()
            .filter(|e| e.kind == EntityKind::Place);
        places.next().filter(|_| places.next().is_none())
    }

    /// A name of two entities is no error: such mentions are ambiguous. But it is rarely meant.
    fn shared_names(&self) -> Vec<Diagnostic> {
        let shared = self.by_name.iter().filter(|(_, ids)| ids.len() > 1);
        shared
            .flat_map(|(folded, ids)| {
                let bearers: Vec<Bearer<'_>> = ids
                    .iter()
                    .filter_map(|id| Bearer::of(self.entities.get(id)?, folded))
                    .collect();
                let first = bearers.first().copied();
                let others = bearers.into_iter().skip(1);
                others.filter_map(move |other| Some(other.shares_with(first?)))
            })
            .collect()
    }

    fn broken_references(&self) -> Vec<Diagnostic> {
        self.entities
            .values()
            .filter_map(|entity| {
                let (parent, span) = entity.part_of.as_ref()?;
                if self.entities.contains_key(parent) {
                    return None;
                }
                let known = self.entities.keys().map(|id| &*id.0);
                let problem = Diagnostic::error(
                    Code::RegistryUnknownReference,
                    entity.path.clone(),
                    Some(*span),
                    format!("no entity has the id `{}`", parent.0),
                );
                Some(problem.did_you_mean(&parent.0, known))
            })
            .collect()
    }

    /// One diagnostic for each cycle of `part_of`, at its smallest id.
    fn cycles(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for start in self.entities.keys() {
            let Some((path, span)) = self.cycle_through(start) else {
                continue;
            };
            if path.iter().any(|id| *id < start) {
                continue;
            }
            let chain: Vec<&str> = path
                .iter()
                .chain(std::iter::once(&start))
                .map(|id| &*id.0)
                .collect();
            let Some(entity) = self.entities.get(start) else {
                continue;
            };
            problems.push(
                Diagnostic::error(
                    Code::RegistryCycle,
                    entity.path.clone(),
                    Some(span),
                    format!("`part_of` runs in a circle: {}", chain.join(" → ")),
                )
                .label("leads back to this entity")
                .hint("remove `part_of` from one of them"),
            );
        }
        problems
    }

    fn cycle_through<'a>(&'a self, start: &'a EntityId) -> Option<(Vec<&'a EntityId>, Span)> {
        let parent = |id: &EntityId| self.entities.get(id).and_then(|e| e.part_of.as_ref());
        let (mut next, span) = parent(start).map(|(id, span)| (id, *span))?;
        let mut path = vec![start];
        while next != start {
            if path.contains(&next) {
                return None;
            }
            path.push(next);
            next = &parent(next)?.0;
        }
        Some((path, span))
    }
}

/// What each merged name means in the end: names may be merged into names that are merged.
fn merged(base: &KnowledgeBase) -> BTreeMap<(String, EntityKind), EntityKey> {
    let merged = &base.decisions.merged;
    let meaning = |(key, into): (&(String, EntityKind), &String)| {
        let (mut into, kind) = (into, key.1);
        for _ in 0..merged.len() {
            match merged.get(&(fold(into), kind)) {
                Some(next) if base.named(into).is_empty() => into = next,
                _ => break,
            }
        }
        Some((key.clone(), destination(base, into, kind)?))
    };
    merged.iter().filter_map(meaning).collect()
}

/// The registry's entity, of this kind where several bear the name; else the gazetteer's largest
/// place; else what the machine finds under that name. `None` where the text does not say which.
fn destination(base: &KnowledgeBase, into: &str, kind: EntityKind) -> Option<EntityKey> {
    let registered = base.named(into);
    let of_kind = || registered.iter().filter(|entity| entity.kind == kind);
    match (registered.as_slice(), of_kind().count()) {
        ([], _) => {}
        ([only], _) => return Some(EntityKey::Registry(only.id.clone())),
        (_, 1) => return Some(EntityKey::Registry(of_kind().next()?.id.clone())),
        _ => return None,
    }
    let place = (kind == EntityKind::Place)
        .then(|| {
            Gazetteer::embedded()
                .places()
                .iter()
                .filter(|p| p.name == into)
        })
        .and_then(|places| places.max_by_key(|p| (p.population, p.id)));
    Some(match place {
        Some(place) => EntityKey::Geo(place.id),
        None => EntityKey::Detected(kind, fold(into)),
    })
}

fn duplicate_id(first: &RegistryEntity, second: &RegistryEntity) -> Diagnostic {
    Diagnostic::error(
        Code::RegistryDuplicateId,
        second.path.clone(),
        None,
        format!("the id `{}` is already that of {}", second.id.0, first.path),
    )
    .hint("give one of them another `id`")
}
