//! Each kind of decision: whether it can be, and what it adds to which list.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::{DECISIONS, Desk, Entry, SUPPRESS, Target};
use crate::{
    editing::{
        decision::{Action, Decision, Outcome},
        quote::scalar,
    },
    geo::Gazetteer,
    model::entity::{AliasRule, EntityId, EntityKind},
    stages::parse,
    text::{fold::fold, slug::slugify},
};

impl Desk {
    pub(super) fn accept(
        &mut self,
        decision: &Decision,
        kind: EntityKind,
    ) -> Result<Outcome, String> {
        self.check_not_refused(&decision.name, kind)?;
        let key = (fold(&decision.name), kind);
        if self.lists.accepted.contains_key(&key) || self.bearer(&decision.name, kind).is_some() {
            return Ok(Outcome::Already);
        }
        self.lists.accepted.insert(key, decision.name.clone());
        self.list("accepted", decision, kind, "");
        Ok(Outcome::Changed)
    }

    pub(super) fn reject(&mut self, decision: &Decision) -> Result<Outcome, String> {
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

    pub(super) fn merge(&mut self, decision: &Decision, into: &str) -> Result<Outcome, String> {
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
                    other.as_str()
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

    pub(super) fn alias(
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

    pub(in crate::editing) fn add_alias(
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

    pub(super) fn new_entity(
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
        let located = located(name, kind);
        let text = format!("---\nname: {}\n{described}{located}---\n", scalar(name));
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

    pub(super) fn distinct(&mut self, decision: &Decision, other: &str) -> Result<Outcome, String> {
        let pair = parse::pair(&decision.name, other);
        if pair.0 == pair.1 {
            return Err(format!("`{}` and `{other}` are one name", decision.name));
        }
        if !self.lists.distinct.insert(pair) {
            return Ok(Outcome::Already);
        }
        let reason = decision
            .reason
            .as_ref()
            .map_or(String::new(), |why| format!(", reason: {}", scalar(why)));
        let (name, other) = (scalar(&decision.name), scalar(other));
        let item = format!("{{name: {name}, other: {other}{reason}}}");
        self.add(Utf8Path::new(DECISIONS), "distinct", item);
        Ok(Outcome::Changed)
    }

    pub(super) fn suppress(&mut self, decision: &Decision) -> Result<Outcome, String> {
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
        let item = format!("{{name: {name}, kind: {}{more}{reason}}}", kind.as_str());
        self.add(Utf8Path::new(DECISIONS), key, item);
    }

    /// A rejection holds for good.
    pub(super) fn check_not_refused(&self, name: &str, kind: EntityKind) -> Result<(), String> {
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
}

pub(in crate::editing) fn checked_id(id: &str) -> Result<&str, String> {
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

/// What the gazetteer knows of a place, so that a file of its own does not take it off the map.
fn located(name: &str, kind: EntityKind) -> String {
    let places = Gazetteer::embedded().places().iter();
    let place = places
        .filter(|place| kind == EntityKind::Place && place.name == name)
        .max_by_key(|place| (place.population, place.id));
    place.map_or(String::new(), |place| {
        let (lat, lon) = (place.coordinates.latitude, place.coordinates.longitude);
        let country = place.country.map_or(String::new(), |code| {
            format!("country: {}\n", scalar(code.as_str()))
        });
        format!("coordinates: [{lat}, {lon}]\n{country}")
    })
}
