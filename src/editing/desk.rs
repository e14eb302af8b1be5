//! The editor's desk: the files of `entities/`, what they say, and decisions that change them.
//!
//! Input: files and decisions. Output: for each decision whether it changes something or why it
//! cannot be; in the end the changed files. What is rejected or suppressed cannot be accepted by a
//! later decision: an editor who thinks again takes the old line out by hand.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    decision::{Action, Decision, Outcome},
    files::{Change, Files},
    kind_word,
    quote::scalar,
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
    text::{fold::fold, slug::slugify, suggest::closest},
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
            Action::Kind { to } if *to == decision.kind => Err(format!(
                "`{}` was found as a {} already",
                decision.name,
                kind_word(*to)
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

    /// What a reference means, whatever its kind.
    pub(super) fn find_any(
        &self,
        reference: &str,
        kind: Option<EntityKind>,
    ) -> Result<Target, String> {
        if let Some(kind) = kind {
            return self.find(reference, kind);
        }
        let kinds = [
            EntityKind::Person,
            EntityKind::Organisation,
            EntityKind::Place,
            EntityKind::Event,
        ];
        let mut targets = Vec::new();
        for kind in kinds {
            let target = self.find(reference, kind)?;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        match targets.as_slice() {
            [only] => Ok(only.clone()),
            _ => Err(format!(
                "`{reference}` names entities of several kinds; add --kind"
            )),
        }
    }

    /// Adds `item` to a list once the decisions are complete.
    pub(super) fn add(&mut self, path: &Utf8Path, key: &'static str, item: String) {
        let items = self.pending.entry((path.to_owned(), key)).or_default();
        if !items.contains(&item) {
            items.push(item);
        }
    }

    fn accept(&mut self, decision: &Decision, kind: EntityKind) -> Result<Outcome, String> {
        self.check_not_refused(&decision.name, kind)?;
        let key = (fold(&decision.name), kind);
        if self.lists.accepted.contains_key(&key) || self.bearer(&decision.name, kind).is_some() {
            return Ok(Outcome::Already);
        }
        self.lists.accepted.insert(key, decision.name.clone());
        self.list("accepted", decision, kind, "");
        Ok(Outcome::Changed)
    }

    fn reject(&mut self, decision: &Decision) -> Result<Outcome, String> {
        let (name, kind) = (&decision.name, decision.kind);
        let key = (fold(name), kind);
        if self.lists.rejected.contains_key(&key) {
            return Ok(Outcome::Already);
        }
        if self.lists.accepted.contains_key(&key) {
            return Err(stands_as(name, "accepted"));
        }
        if self.lists.merged.contains_key(&key) {
            return Err(stands_as(name, "merged"));
        }
        if let Some(entry) = self.bearer(name, kind) {
            return Err(registered(name, entry, "take the name out of it"));
        }
        self.lists.rejected.insert(key, name.clone());
        self.list("rejected", decision, kind, "");
        let becomes = match decision.action {
            Action::Kind { to } => Some(to),
            _ => None,
        };
        for other in self.open_kinds(name, kind) {
            if becomes != Some(other) {
                self.lists
                    .rejected
                    .insert((fold(name), other), name.clone());
                self.list("rejected", decision, other, "");
            }
        }
        Ok(Outcome::Changed)
    }

    fn merge(&mut self, decision: &Decision, into: &str) -> Result<Outcome, String> {
        let (name, kind) = (&decision.name, decision.kind);
        self.check_not_refused(name, kind)?;
        let target = self.find(into, kind)?;
        let written = match &target {
            Target::Registry(id) => id.0.to_string(),
            Target::Found(name, _) => name.clone(),
        };
        if let Some(entry) = self.bearer(name, kind) {
            let is_same = matches!(&target, Target::Registry(id)
                if self.entries.get(id).is_some_and(|e| e.path == entry.path));
            return if is_same {
                Ok(Outcome::Already)
            } else {
                Err(registered(name, entry, "use `dateline entities merge`"))
            };
        }
        let key = (fold(name), kind);
        if let Some(known) = self.lists.merged.get(&key) {
            return match self.find(known, kind) {
                Ok(old) if old == target => Ok(Outcome::Already),
                _ => Err(format!(
                    "`{name}` is merged into `{known}` in {DECISIONS}; take that line out first"
                )),
            };
        }
        if let Target::Found(_, other) = &target {
            if *other != kind {
                return Err(format!(
                    "`{into}` is a {}; only a registry entity takes names of another kind",
                    kind_word(*other)
                ));
            }
            if self.leads_to(&written, kind, &key.0) {
                return Err(format!("`{name}` would be merged into itself"));
            }
        }
        let more = format!(", into: {}", scalar(&written));
        self.lists.merged.insert(key, written.clone());
        self.list("merged", decision, kind, &more);
        if matches!(target, Target::Registry(_)) {
            for other in self.open_kinds(name, kind) {
                let key = (fold(name), other);
                self.lists.merged.insert(key, written.clone());
                self.list("merged", decision, other, &more);
            }
        }
        Ok(Outcome::Changed)
    }

    /// True where following the merges from `name` leads to the folded name `goal`.
    fn leads_to(&self, name: &str, kind: EntityKind, goal: &str) -> bool {
        let mut at = fold(name);
        for _ in 0..=self.lists.merged.len() {
            if at == goal {
                return true;
            }
            match self.lists.merged.get(&(at, kind)) {
                Some(next) => at = fold(next),
                None => return false,
            }
        }
        false
    }

    fn alias(
        &mut self,
        decision: &Decision,
        into: &str,
        rule: AliasRule,
    ) -> Result<Outcome, String> {
        let name = &decision.name;
        self.check_not_refused(name, decision.kind)?;
        let id = match self.find(into, decision.kind)? {
            Target::Registry(id) => id,
            Target::Found(found, _) => {
                return Err(format!(
                    "`{found}` has no registry file to put an alias in; make one with `new`, or use `merge`"
                ));
            }
        };
        self.add_alias(&id, name, rule)
    }

    pub(super) fn add_alias(
        &mut self,
        id: &EntityId,
        name: &str,
        rule: AliasRule,
    ) -> Result<Outcome, String> {
        let bearers = self.by_name.entry(fold(name)).or_default();
        if let Some(other) = bearers.iter().find(|other| *other != id) {
            return Err(format!("`{name}` is a name of `{}` already", other.0));
        }
        bearers.insert(id.clone());
        let Some(entry) = self.entries.get_mut(id) else {
            return Err(format!("no entity has the id `{}`", id.0));
        };
        if !entry.names.insert(name.to_owned()) {
            return Ok(Outcome::Already);
        }
        let path = entry.path.clone();
        let written = match rule_word(rule) {
            Some(word) => format!("{{name: {}, match: {word}}}", scalar(name)),
            None => scalar(name),
        };
        self.add(&path, "aliases", written);
        Ok(Outcome::Changed)
    }

    fn new_entity(
        &mut self,
        decision: &Decision,
        id: Option<&str>,
        description: Option<&str>,
    ) -> Result<Outcome, String> {
        let (name, kind) = (&decision.name, decision.kind);
        self.check_not_refused(name, kind)?;
        let id = match id {
            Some(id) => checked_id(id)?.to_owned(),
            None => checked_id(&slugify(name))
                .map_err(|_| format!("`{name}` has no letters to make an id of; give one"))?
                .to_owned(),
        };
        let key = EntityId(id.as_str().into());
        if let Some(entry) = self.entries.get(&key) {
            return if entry.kind == kind && entry.names.iter().any(|n| fold(n) == fold(name)) {
                Ok(Outcome::Already)
            } else {
                Err(format!("the id `{id}` is already that of {}", entry.path))
            };
        }
        if let Some(entry) = self.bearer(name, kind) {
            return Err(registered(name, entry, "edit that file"));
        }
        let path = self.folder(kind).join(format!("{id}.md"));
        if self.files.has(&path) {
            return Err(format!("{path} exists already"));
        }
        let described = description
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map_or(String::new(), |text| {
                format!("description: {}\n", scalar(text))
            });
        let text = format!("---\nname: {}\n{described}---\n", scalar(name));
        self.files
            .set(&path, text)
            .map_err(|error| error.to_string())?;
        self.by_name
            .entry(fold(name))
            .or_default()
            .insert(key.clone());
        let entry = Entry {
            path,
            kind,
            name: name.clone(),
            names: BTreeSet::from([name.clone()]),
            aliases: Vec::new(),
            former: Vec::new(),
        };
        self.entries.insert(key, entry);
        Ok(Outcome::Changed)
    }

    fn suppress(&mut self, decision: &Decision) -> Result<Outcome, String> {
        let name = &decision.name;
        let folded = fold(name);
        if self.suppressed.contains(&folded) {
            return Ok(Outcome::Already);
        }
        let bearer = self.by_name.get(&folded).and_then(|ids| ids.first());
        if let Some(entry) = bearer.and_then(|id| self.entries.get(id)) {
            return Err(registered(name, entry, "take the name out of it"));
        }
        let from = (folded.clone(), EntityKind::Person);
        let accepted = self.lists.accepted.range(from..).next();
        if accepted.is_some_and(|((known, _), _)| *known == folded) {
            return Err(stands_as(name, "accepted"));
        }
        self.suppressed.insert(folded);
        let item = match &decision.reason {
            Some(reason) => format!("{{name: {}, reason: {}}}", scalar(name), scalar(reason)),
            None => scalar(name),
        };
        self.add(Utf8Path::new(SUPPRESS), "suppress", item);
        Ok(Outcome::Changed)
    }

    fn list(&mut self, key: &'static str, decision: &Decision, kind: EntityKind, more: &str) {
        let reason = decision
            .reason
            .as_ref()
            .map_or(String::new(), |why| format!(", reason: {}", scalar(why)));
        let name = scalar(&decision.name);
        let item = format!("{{name: {name}, kind: {}{more}{reason}}}", kind_word(kind));
        self.add(Utf8Path::new(DECISIONS), key, item);
    }

    /// A rejection holds for good.
    fn check_not_refused(&self, name: &str, kind: EntityKind) -> Result<(), String> {
        let folded = fold(name);
        if self.suppressed.contains(&folded) {
            return Err(format!(
                "`{name}` is suppressed in {SUPPRESS}; take that line out first"
            ));
        }
        if self.lists.rejected.contains_key(&(folded, kind)) {
            return Err(stands_as(name, "rejected"));
        }
        Ok(())
    }

    /// The registry entity of this kind that bears the name.
    fn bearer(&self, name: &str, kind: EntityKind) -> Option<&Entry> {
        let ids = self.by_name.get(&fold(name))?;
        ids.iter()
            .filter_map(|id| self.entries.get(id))
            .find(|entry| entry.kind == kind)
    }

    /// What a reference means: an id, an id of former times, a registered name, a found name; of
    /// several the one of `kind`.
    pub(super) fn find(&self, reference: &str, kind: EntityKind) -> Result<Target, String> {
        let id = EntityId(reference.into());
        if self.entries.contains_key(&id) {
            return Ok(Target::Registry(id));
        }
        if let Some(id) = self.former.get(reference) {
            return Ok(Target::Registry(id.clone()));
        }
        let folded = fold(reference);
        let all = self.by_name.get(&folded).into_iter().flatten();
        let bearers: Vec<&EntityId> = all.filter(|id| self.entries.contains_key(id)).collect();
        let is_kind = |id: &&&EntityId| self.entries.get(id).is_some_and(|e| e.kind == kind);
        let of_kind: Vec<&&EntityId> = bearers.iter().filter(is_kind).collect();
        match (bearers.as_slice(), of_kind.as_slice()) {
            ([only], _) => return Ok(Target::Registry((*only).clone())),
            (_, [only]) => return Ok(Target::Registry((**only).clone())),
            ([], _) => {}
            _ => {
                let ids: Vec<&str> = bearers.iter().map(|id| &*id.0).collect();
                return Err(format!(
                    "`{reference}` names {}; give the id",
                    ids.join(" and ")
                ));
            }
        }
        if let Some((name, _)) = self.found.get(&(folded.clone(), kind)) {
            return Ok(Target::Found(name.clone(), kind));
        }
        let from = (folded.clone(), EntityKind::Person);
        let mut others = self
            .found
            .range(from..)
            .take_while(|((n, _), _)| *n == folded);
        if let (Some(((_, kind), (name, _))), None) = (others.next(), others.next()) {
            return Ok(Target::Found(name.clone(), *kind));
        }
        Err(self.unknown(reference))
    }

    fn unknown(&self, reference: &str) -> String {
        let ids = self.entries.keys().map(|id| &*id.0);
        let names = self.entries.values().map(|entry| entry.name.as_str());
        let found = self.found.values().map(|(name, _)| name.as_str());
        match closest(reference, ids.chain(names).chain(found)) {
            Some(close) => format!("no entity is called `{reference}`; did you mean `{close}`?"),
            None => format!("no entity is called `{reference}`"),
        }
    }

    /// The folder in which entities of this kind stand.
    fn folder(&self, kind: EntityKind) -> Utf8PathBuf {
        let mut folders: BTreeMap<&Utf8Path, usize> = BTreeMap::new();
        for entry in self.entries.values().filter(|entry| entry.kind == kind) {
            let folder = entry.path.parent();
            *folders
                .entry(folder.unwrap_or(Utf8Path::new("")))
                .or_default() += 1;
        }
        // Only a folder that says the kind: elsewhere the file itself would have to.
        let says = |path: &&Utf8Path| {
            let name = path.components().nth(1).map_or("", |part| part.as_str());
            parse::kind_of_folder(name) == Some(kind)
        };
        let most = folders
            .into_iter()
            .filter(|(path, _)| says(path))
            .max_by_key(|(path, n)| (*n, std::cmp::Reverse(*path)));
        most.map_or_else(
            || Utf8Path::new("entities").join(kind_word(kind)),
            |(path, _)| path.to_owned(),
        )
    }
}

/// The YAML of a file: all of it, or its front matter.
pub(super) fn yaml_of<'a>(path: &'a Utf8Path, text: &'a str) -> YamlText<'a> {
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

pub(super) fn checked_id(id: &str) -> Result<&str, String> {
    if id.is_empty() || slugify(id) != id {
        return Err(format!(
            "`{id}` is no id: write small letters, digits and hyphens"
        ));
    }
    Ok(id)
}

fn rule_word(rule: AliasRule) -> Option<&'static str> {
    match rule {
        AliasRule::Plain => None,
        AliasRule::Exact => Some("exact"),
        AliasRule::NeedsContext => Some("context"),
        AliasRule::Never => Some("never"),
    }
}

fn stands_as(name: &str, list: &str) -> String {
    format!("`{name}` is {list} in {DECISIONS}; take that line out first")
}

fn registered(name: &str, entry: &Entry, what: &str) -> String {
    format!("`{name}` is registered in {}; {what}", entry.path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
