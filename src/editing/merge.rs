//! Two entities that are one.

use camino::Utf8Path;

use super::{
    decision::{Action, Decision, Outcome},
    desk::{Desk, Entry, Target, yaml_of},
    quote::scalar,
};
use crate::{
    model::{
        entity::{AliasRule, EntityId, EntityKind},
        source::SourceFile,
    },
    stages::parse,
    yaml::Value,
};

/// What to merge.
#[derive(Debug, Clone, Copy)]
pub struct Merge<'a> {
    /// The one that goes: id or name.
    pub from: &'a str,
    /// The one that stays: id or name.
    pub into: &'a str,
    /// The kind of `from`, where its name is not enough.
    pub kind: Option<EntityKind>,
    /// Other names that the site shows for `from`, where it has no registry file.
    pub aliases: &'a [String],
    /// Whether the hand-written profile of `from` may be lost.
    pub discard_profile: bool,
}

/// Keys of a registry file that go over where the other file has none.
const CARRIED: &[&str] = &[
    "description",
    "wikidata",
    "coordinates",
    "country",
    "part_of",
    "website",
    "isni",
    "lei",
    "opensanctions",
    "geonames",
    "viaf",
    "roles",
    "start",
    "end",
];

impl Desk {
    /// Makes one entity of two; gives what an editor should know, a line each.
    ///
    /// # Errors
    /// When that cannot be, in words for the editor.
    pub fn merge_entities(&mut self, merge: &Merge<'_>) -> Result<Vec<String>, String> {
        let from = self.find_any(merge.from, merge.kind)?;
        let kind = match &from {
            Target::Registry(id) => self.entries.get(id).map(|entry| entry.kind),
            Target::Found(_, kind) => Some(*kind),
        };
        let into = match kind {
            Some(kind) => self.find(merge.into, kind)?,
            None => self.find_any(merge.into, None)?,
        };
        match (from, into) {
            (from, into) if from == into => Err(format!(
                "`{}` and `{}` are one entity already",
                merge.from, merge.into
            )),
            (Target::Registry(from), Target::Registry(into)) => {
                self.merge_files(&from, &into, merge.discard_profile)
            }
            (Target::Found(name, kind), Target::Registry(into)) => {
                self.merge_found(&name, kind, &into, merge.aliases)
            }
            (Target::Found(name, kind), Target::Found(into, _)) => {
                let decision = Decision {
                    name,
                    kind,
                    action: Action::Merge { into },
                    reason: None,
                };
                let outcome = self.decide(&decision)?;
                Ok(match outcome {
                    Outcome::Already => vec!["it was merged before".to_owned()],
                    Outcome::Changed => vec![
                        "the old address redirects only to an entity with a registry file"
                            .to_owned(),
                    ],
                })
            }
            (Target::Registry(_), Target::Found(into, _)) => Err(format!(
                "`{into}` has no registry file and `{}` has one; merge them the other way round, then `dateline entities rename`",
                merge.from
            )),
        }
    }

    /// A found name becomes an alias, and its page an old address.
    fn merge_found(
        &mut self,
        name: &str,
        kind: EntityKind,
        into: &EntityId,
        aliases: &[String],
    ) -> Result<Vec<String>, String> {
        let slug = self
            .found
            .get(&(crate::text::fold::fold(name), kind))
            .map(|(_, slug)| slug.clone());
        self.add_alias(into, name, AliasRule::Plain)?;
        let mut notes = Vec::new();
        for alias in aliases {
            if let Err(why) = self.add_alias(into, alias, AliasRule::Plain) {
                notes.push(format!("`{alias}` did not become an alias: {why}"));
            }
        }
        if let Some(slug) = slug {
            self.add_former(into, kind, &slug);
        }
        Ok(notes)
    }

    /// Lets the address of an entity that is gone lead to `into`.
    fn add_former(&mut self, into: &EntityId, kind: EntityKind, id: &str) {
        let Some(entry) = self.entries.get(into) else {
            return;
        };
        let former = if entry.kind == kind {
            id.to_owned()
        } else {
            format!("{}/{id}", kind.as_str())
        };
        if *id != *into.0 && !entry.former.contains(&former) {
            let path = entry.path.clone();
            self.add(&path, "old_ids", scalar(&former));
            self.former.insert(id.to_owned(), into.clone());
        }
    }

    fn merge_files(
        &mut self,
        from: &EntityId,
        into: &EntityId,
        discard_profile: bool,
    ) -> Result<Vec<String>, String> {
        let unknown = |id: &EntityId| format!("no entity has the id `{}`", id.0);
        let goes = self
            .entries
            .get(from)
            .cloned()
            .ok_or_else(|| unknown(from))?;
        let stays = self
            .entries
            .get(into)
            .cloned()
            .ok_or_else(|| unknown(into))?;
        if self.has_profile(&goes.path)? && !discard_profile {
            return Err(format!(
                "{} has a hand-written profile: move its text to {} by hand, or drop it with --discard-profile",
                goes.path, stays.path
            ));
        }
        if self.value(&stays.path, "part_of")? == Some(Value::Text(from.0.to_string())) {
            return Err(format!(
                "{} says `part_of: {}`; take that line out first",
                stays.path, from.0
            ));
        }
        let notes = self.carry(&goes, &stays, into)?;
        self.take_entry(from);
        self.add_alias(into, &goes.name, AliasRule::Plain)?;
        for (alias, rule) in &goes.aliases {
            self.add_alias(into, alias, *rule)?;
        }
        self.add_former(into, goes.kind, &from.0);
        for former in &goes.former {
            let (kind, id) = former
                .rsplit_once('/')
                .map_or((goes.kind, former.as_str()), |(kind, id)| {
                    (parse::kind_of_folder(kind).unwrap_or(goes.kind), id)
                });
            self.add_former(into, kind, id);
        }
        self.files.remove(&goes.path);
        Ok(notes)
    }

    /// Carries over what the file that stays does not say; notes what differs.
    fn carry(
        &mut self,
        goes: &Entry,
        stays: &Entry,
        into: &EntityId,
    ) -> Result<Vec<String>, String> {
        let mut notes = Vec::new();
        let old = self.text(&goes.path)?;
        let mut new = self.text(&stays.path)?;
        let known = self.texts_of(&stays.path, "sameAs")?;
        for address in self.texts_of(&goes.path, "sameAs")? {
            if !known.contains(&address) {
                self.add(&stays.path, "sameAs", scalar(&address));
            }
        }
        for key in CARRIED {
            let Some(value) = self.value(&goes.path, key)? else {
                continue;
            };
            if value == Value::Text(into.0.to_string()) || goes.kind != stays.kind {
                continue;
            }
            match self.value(&stays.path, key)? {
                Some(own) if own == value => {}
                Some(_) => notes.push(format!(
                    "`{key}` of {} is not kept: {} has its own",
                    goes.path, stays.path
                )),
                None => {
                    let lines = yaml_of(&goes.path, &old)
                        .lines(key)
                        .map_err(|e| e.to_string())?;
                    new = yaml_of(&stays.path, &new)
                        .insert(key, lines.unwrap_or_default(), "name")
                        .map_err(|e| e.to_string())?;
                }
            }
        }
        self.files
            .set(&stays.path, new)
            .map_err(|e| e.to_string())?;
        Ok(notes)
    }

    fn text(&self, path: &Utf8Path) -> Result<String, String> {
        let text = self.files.text(path).map_err(|error| error.to_string())?;
        text.map(|text| text.to_string())
            .ok_or_else(|| format!("there is no {path}"))
    }

    fn value(&self, path: &Utf8Path, key: &str) -> Result<Option<Value>, String> {
        let text = self.text(path)?;
        yaml_of(path, &text)
            .get(key)
            .map_err(|error| error.to_string())
    }

    fn texts_of(&self, path: &Utf8Path, key: &str) -> Result<Vec<String>, String> {
        Ok(match self.value(path, key)? {
            Some(Value::Text(text)) => vec![text],
            Some(Value::List(items)) => items
                .into_iter()
                .filter_map(|item| match item.value {
                    Value::Text(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        })
    }

    fn has_profile(&self, path: &Utf8Path) -> Result<bool, String> {
        let text = self.text(path)?;
        let source = SourceFile {
            path: path.to_owned(),
            text: text.as_str().into(),
        };
        Ok(parse::halves(&source).is_some_and(|(_, body)| !body.of(&text).trim().is_empty()))
    }
}
