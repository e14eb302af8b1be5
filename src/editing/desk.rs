//! The editor's desk: the files of `entities/`, what they say, and decisions that change them.
//!
//! Input: files and decisions. Output: for each decision whether it changes something or why it
//! cannot be; in the end the changed files. What is rejected or suppressed cannot be accepted by a
//! later decision: an editor who thinks again takes the old line out by hand.

mod decide;
mod find;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use decide::checked_id;

use super::{
    decision::{Action, Decision, Outcome},
    files::{Change, Files},
    yaml_text::{EditError, ListStyle, YamlText},
};
use crate::{
    model::{
        entity::{AliasRule, EntityId, EntityKind, RegistryEntity},
        source::SourceFile,
        span::Span,
    },
    stages::{
        parse::{self, DecisionLists},
        resolve::knowledge_base::KnowledgeBase,
    },
    text::fold::fold,
};

/// Where decisions are kept.
pub const DECISIONS: &str = "entities/decisions.yaml";
/// Where suppressed names are kept.
pub const SUPPRESS: &str = "entities/suppress.yaml";

/// A registry entity, as far as decisions need it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) path: Utf8PathBuf,
    pub(super) kind: EntityKind,
    pub(super) name: String,
    /// With `name`, as written.
    pub(super) names: BTreeSet<String>,
    /// Without `name`.
    pub(super) aliases: Vec<(String, AliasRule)>,
    pub(super) former: Vec<String>,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A registry entity.
    Registry(EntityId),
    /// Something that the machine found, by its name and kind.
    Found(String, EntityKind),
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    pub(super) files: Files,
    pub(super) entries: BTreeMap<EntityId, Entry>,
    pub(super) former: BTreeMap<String, EntityId>,
    by_name: BTreeMap<String, BTreeSet<EntityId>>,
    lists: DecisionLists,
    suppressed: BTreeSet<String>,
    /// Names that the machine found and the site shows, folded, with the slug of their page.
    pub(super) found: BTreeMap<(String, EntityKind), (String, String)>,
    /// Other kinds as which mentions of a found name were taken before the corpus made them one.
    other_kinds: BTreeMap<(String, EntityKind), BTreeSet<EntityKind>>,
    /// Items that wait for their list, so that a list is read once for many of them.
    pending: BTreeMap<(Utf8PathBuf, &'static str), Vec<String>>,
}

impl Desk {
    /// A desk with the files of `entities/`; `found` are the names that the site shows without a
    /// registry file: name, kind, slug.
    #[must_use]
    pub fn new(
        files: Files,
        kb: &KnowledgeBase,
        found: impl IntoIterator<Item = (String, EntityKind, String)>,
    ) -> Self {
        let mut desk = Self {
            files,
            ..Self::default()
        };
        for entity in kb.entities() {
            desk.add_entry(entity);
        }
        for (name, kind, slug) in found {
            desk.found.insert((fold(&name), kind), (name, slug));
        }
        desk.read_lists();
        desk
    }

    /// Tells the desk as which other kinds mentions of found names were taken: a decision about
    /// the name is one about them too, or it would come back as another kind.
    #[must_use]
    pub fn with_other_kinds(
        mut self,
        kinds: impl IntoIterator<Item = (String, EntityKind, EntityKind)>,
    ) -> Self {
        for (name, kind, other) in kinds {
            let others = self.other_kinds.entry((fold(&name), kind)).or_default();
            others.insert(other);
        }
        self
    }

    /// The other kinds of a name about which nothing else was decided.
    fn open_kinds(&self, name: &str, kind: EntityKind) -> Vec<EntityKind> {
        let folded = fold(name);
        let others = self.other_kinds.get(&(folded.clone(), kind));
        let is_open = |other: &EntityKind| {
            let key = (folded.clone(), *other);
            !self.lists.accepted.contains_key(&key)
                && !self.lists.rejected.contains_key(&key)
                && !self.lists.merged.contains_key(&key)
                && self.bearer(name, *other).is_none()
        };
        others
            .into_iter()
            .flatten()
            .copied()
            .filter(is_open)
            .collect()
    }

    fn add_entry(&mut self, entity: &RegistryEntity) {
        let aliases = entity.aliases.iter().map(|alias| alias.name.clone());
        let names: BTreeSet<String> = std::iter::once(entity.name.clone())
            .chain(aliases)
            .collect();
        for name in &names {
            let ids = self.by_name.entry(fold(name)).or_default();
            ids.insert(entity.id.clone());
        }
        for former in &entity.former {
            let id = former.rsplit('/').next().unwrap_or_default().to_owned();
            self.former.entry(id).or_insert_with(|| entity.id.clone());
        }
        let entry = Entry {
            path: entity.path.clone(),
            kind: entity.kind,
            name: entity.name.clone(),
            names,
            aliases: entity
                .aliases
                .iter()
                .map(|alias| (alias.name.clone(), alias.rule))
                .collect(),
            former: entity.former.clone(),
        };
        self.entries.insert(entity.id.clone(), entry);
    }

    fn read_lists(&mut self) {
        let read = |path: &str| {
            let text = self.files.text(Utf8Path::new(path)).ok().flatten()?;
            let path = path.into();
            Some(SourceFile { path, text })
        };
        // What is wrong in them was reported where the site was read; a list that is no YAML is
        // refused when something is to be added to it.
        if let Some(source) = read(DECISIONS) {
            self.lists = parse::decisions(&source).0;
        }
        if let Some(source) = read(SUPPRESS) {
            self.suppressed = parse::suppressed(&source).0;
        }
    }

    /// Takes a decision.
    ///
    /// # Errors
    /// When it cannot be, in words for the editor; nothing is changed then.
    pub fn decide(&mut self, decision: &Decision) -> Result<Outcome, String> {
        if decision.name.trim().is_empty() {
            return Err("the name is empty".to_owned());
        }
        match &decision.action {
            Action::Accept => self.accept(decision, decision.kind),
            Action::Reject => self.reject(decision),
            Action::Merge { into } => self.merge(decision, into),
            Action::Alias { into, rule } => self.alias(decision, into, *rule),
            Action::New { id, description } => {
                self.new_entity(decision, id.as_deref(), description.as_deref())
            }
            Action::Suppress => self.suppress(decision),
            Action::Distinct { other } => self.distinct(decision, other),
            Action::Kind { to } if *to == decision.kind => Err(format!(
                "`{}` was found as a {} already",
                decision.name,
                to.as_str()
            )),
            Action::Kind { to } => {
                self.check_not_refused(&decision.name, *to)?;
                let rejected = self.reject(decision)?;
                let accepted = self.accept(decision, *to)?;
                Ok(if rejected == accepted {
                    rejected
                } else {
                    Outcome::Changed
                })
            }
            Action::Skip => Ok(Outcome::Already),
        }
    }

    /// The files that the decisions change.
    ///
    /// # Errors
    /// When a file cannot be changed; nothing is changed then.
    pub fn finish(&mut self) -> Result<Vec<Change>, EditError> {
        for ((path, key), items) in std::mem::take(&mut self.pending) {
            let text = self.files.text(&path)?.unwrap_or_default();
            let style = if path == DECISIONS {
                ListStyle::Block
            } else {
                ListStyle::Flow
            };
            let text = match yaml_of(&path, &text) {
                yaml if path == SUPPRESS => yaml.append_to_root(key, &items)?,
                yaml => yaml.append(key, &items, style)?,
            };
            self.files.set(&path, text)?;
        }
        Ok(self.files.take_changes())
    }

    /// Takes an entity's names out of the index, so that another one may have them.
    pub(super) fn take_entry(&mut self, id: &EntityId) -> Option<Entry> {
        let entry = self.entries.remove(id)?;
        for ids in self.by_name.values_mut() {
            ids.remove(id);
        }
        Some(entry)
    }

    /// Adds `item` to a list once the decisions are complete.
    pub(super) fn add(&mut self, path: &Utf8Path, key: &'static str, item: String) {
        let items = self.pending.entry((path.to_owned(), key)).or_default();
        if !items.contains(&item) {
            items.push(item);
        }
    }
}

/// The YAML of a file: all of it, or its front matter.
pub(crate) fn yaml_of<'a>(path: &'a Utf8Path, text: &'a str) -> YamlText<'a> {
    let whole = Span::new(0, text.len());
    let is_markdown = path.extension() == Some("md");
    let source = || SourceFile {
        path: path.to_owned(),
        text: text.into(),
    };
    let front = is_markdown.then(|| parse::halves(&source())).flatten();
    let block = front.map_or(whole, |(front, _)| front);
    YamlText { path, text, block }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
