//! What a list comes to beside the registry that is there.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Record,
    record::{FactKey, source_line, stem},
};
use crate::{
    editing::{desk::yaml_of, files::Change, quote::scalar, yaml_text::ListStyle},
    model::{
        entity::{EntityKind, Register, RegistryEntity},
        source::SourceFile,
    },
    stages::parse::{self, ParseOptions},
    text::{fold::fold, slug::slugify},
};

/// An addition to a file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The name in the list.
    pub name: String,
    /// The file.
    pub path: Utf8PathBuf,
    /// Why they are one: `wikidata Q90`, `the name`.
    pub because: String,
    /// What is added, a line each; nothing where the file says all of it.
    pub adds: Vec<String>,
}

/// What is to be done.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// New files, and the files that grow.
    pub changes: Vec<Change>,
    /// The additions, in the order of the list.
    pub merges: Vec<Merge>,
    /// What was left out, and why.
    pub left_out: Vec<String>,
}

/// The registry, as the plan goes.
struct Registry<'a> {
    entities: &'a [RegistryEntity],
    texts: BTreeMap<Utf8PathBuf, String>,
    by_identifier: BTreeMap<(FactKey, String), usize>,
    by_name: BTreeMap<(EntityKind, String), Vec<usize>>,
    by_source: BTreeMap<String, usize>,
    ids: BTreeSet<String>,
}

/// Plans. `files` are the registry's files by path below the content folder; with `by_name` a name
/// is reason enough to take two things for one.
#[must_use]
pub fn plan(
    records: Vec<Record>,
    entities: &[RegistryEntity],
    files: &[SourceFile],
    by_name: bool,
) -> Plan {
    let mut registry = Registry::new(entities, files);
    let mut plan = Plan::default();
    let mut new: BTreeMap<Utf8PathBuf, String> = BTreeMap::new();
    let mut seen: BTreeSet<(FactKey, String)> = BTreeSet::new();
    for record in records {
        let own: Vec<(FactKey, String)> = record
            .facts
            .iter()
            .filter(|(key, _)| key.is_identifier())
            .cloned()
            .collect();
        if own.iter().any(|identifier| seen.contains(identifier)) {
            plan.left_out
                .push(format!("{}: it stands twice in the list", record.name));
            continue;
        }
        seen.extend(own);
        match registry.same(&record, by_name) {
            Same::One(n, because) => registry.add(n, &record, because, &mut plan),
            Same::NameAlone(n) => {
                let path = &entities[n].path;
                plan.left_out.push(format!("{}: {path} has the same name, and no identifier says that it is the same; --by-name takes it for that", record.name));
            }
            Same::None => {
                let (path, text) = registry.file_of(&record, &new);
                new.insert(path, text);
            }
        }
    }
    let grown: BTreeMap<&Utf8PathBuf, &SourceFile> =
        files.iter().map(|file| (&file.path, file)).collect();
    for (path, text) in &registry.texts {
        let before = grown.get(path).map(|file| &*file.text);
        if before.is_some_and(|before| before != text) {
            plan.changes.push(Change {
                path: path.clone(),
                before: before.map(|text| text.as_bytes().to_vec()),
                after: Some(text.clone().into_bytes()),
            });
        }
    }
    let made = new.into_iter().map(|(path, text)| Change {
        path,
        before: None,
        after: Some(text.into_bytes()),
    });
    plan.changes.extend(made);
    plan
}

enum Same {
    One(usize, String),
    NameAlone(usize),
    None,
}

impl<'a> Registry<'a> {
    fn new(entities: &'a [RegistryEntity], files: &[SourceFile]) -> Self {
        let mut registry = Self {
            entities,
            texts: files
                .iter()
                .map(|file| (file.path.clone(), file.text.to_string()))
                .collect(),
            by_identifier: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_source: BTreeMap::new(),
            ids: entities
                .iter()
                .map(|entity| entity.id.0.to_string())
                .collect(),
        };
        for (n, entity) in entities.iter().enumerate() {
            for identifier in identifiers(entity) {
                registry.by_identifier.entry(identifier).or_insert(n);
            }
            let names = entity
                .aliases
                .iter()
                .map(|alias| alias.name.as_str())
                .chain([entity.name.as_str()]);
            for name in names {
                registry
                    .by_name
                    .entry((entity.kind, fold(name)))
                    .or_default()
                    .push(n);
            }
            let text = registry
                .texts
                .get(&entity.path)
                .cloned()
                .unwrap_or_default();
            for line in text.lines().filter(|line| line.starts_with("# imported: ")) {
                registry.by_source.insert(line.to_owned(), n);
            }
        }
        registry
    }

    fn same(&self, record: &Record, by_name: bool) -> Same {
        for (key, value) in record.facts.iter().filter(|(key, _)| key.is_identifier()) {
            if let Some(n) = self.by_identifier.get(&(*key, value.clone())) {
                let shown = value.trim_matches('"');
                return Same::One(*n, format!("{} {shown}", key.as_str()));
            }
        }
        let source = record.source_id.as_deref().map(source_line);
        if let Some(n) = source.and_then(|line| self.by_source.get(&line)) {
            return Same::One(*n, "the id in the list".to_owned());
        }
        let named = self.by_name.get(&(record.kind, fold(&record.name)));
        match named.map(Vec::as_slice) {
            Some([one, ..]) if self.differs(*one, record) => Same::None,
            Some([one]) if by_name => Same::One(*one, "the name".to_owned()),
            Some([one, ..]) => Same::NameAlone(*one),
            _ => Same::None,
        }
    }

    /// True where both have an identifier of one register, and not the same.
    fn differs(&self, n: usize, record: &Record) -> bool {
        let known = identifiers(&self.entities[n]);
        record.facts.iter().any(|(key, value)| {
            known
                .iter()
                .any(|(other, theirs)| other == key && theirs != value)
        })
    }

    /// A new file with an id that nothing has.
    fn file_of(
        &mut self,
        record: &Record,
        new: &BTreeMap<Utf8PathBuf, String>,
    ) -> (Utf8PathBuf, String) {
        let slug = match slugify(&record.name) {
            slug if slug.is_empty() => "entity".to_owned(),
            slug => slug,
        };
        let kind = record.kind.as_str();
        let numbered = (2..).map(|n| format!("{slug}-{n}"));
        let candidates = [slug.clone(), format!("{slug}-{kind}")]
            .into_iter()
            .chain(numbered);
        let path_of = |id: &str| Utf8PathBuf::from(format!("entities/{kind}/{id}.md"));
        let is_free = |id: &String| {
            !self.ids.contains(id)
                && !self.texts.contains_key(&path_of(id))
                && !new.contains_key(&path_of(id))
        };
        let id = candidates.into_iter().find(is_free).unwrap_or(slug);
        self.ids.insert(id.clone());
        (path_of(&id), record.text(None))
    }

    /// Adds what a file does not say.
    fn add(&mut self, n: usize, record: &Record, because: String, plan: &mut Plan) {
        let entity = &self.entities[n];
        let path = entity.path.clone();
        let Some(text) = self.texts.get(&path) else {
            return;
        };
        let (text, adds, faults) = grown(&path, text, entity, record);
        plan.left_out.extend(faults);
        plan.merges.push(Merge {
            name: record.name.clone(),
            path: path.clone(),
            because,
            adds,
        });
        self.texts.insert(path, text);
    }
}

fn identifiers(entity: &RegistryEntity) -> Vec<(FactKey, String)> {
    let wikidata = entity
        .wikidata
        .iter()
        .map(|item| (FactKey::Wikidata, item.clone()));
    let others = entity.facts.ids.iter().map(|id| {
        let key = match id.register {
            Register::Isni => FactKey::Isni,
            Register::Lei => FactKey::Lei,
            Register::OpenSanctions => FactKey::OpenSanctions,
            Register::GeoNames => FactKey::GeoNames,
            Register::Viaf => FactKey::Viaf,
        };
        (key, id.value.clone())
    });
    wikidata
        .chain(others)
        .map(|(key, value)| (key, scalar(&value)))
        .collect()
}

/// A file with what it did not say: the text, the lines that were added, and what could not be.
fn grown(
    path: &Utf8Path,
    text: &str,
    entity: &RegistryEntity,
    record: &Record,
) -> (String, Vec<String>, Vec<String>) {
    let (mut text, mut adds, mut faults) = (text.to_owned(), Vec::new(), Vec::new());
    let known: BTreeSet<String> = entity
        .aliases
        .iter()
        .map(|alias| fold(&alias.name))
        .chain([fold(&entity.name)])
        .collect();
    let mut names: Vec<String> = record
        .aliases
        .iter()
        .filter(|alias| !known.contains(&fold(&alias.name)))
        .map(super::record::OtherName::written)
        .collect();
    if !known.contains(&fold(&record.name)) {
        names.insert(0, scalar(&record.name));
    }
    let links: Vec<String> = record
        .same_as
        .iter()
        .filter(|url| !entity.same_as.contains(url))
        .map(|url| scalar(url))
        .collect();
    for (key, items) in [("aliases", names), ("sameAs", links)] {
        if items.is_empty() {
            continue;
        }
        match yaml_of(path, &text).append(key, &items, ListStyle::Block) {
            Ok(longer) => {
                text = longer;
                adds.push(format!("{key}: {}", items.join(", ")));
            }
            Err(error) => faults.push(error.to_string()),
        }
    }
    let mut facts = record.facts.clone();
    facts.sort_by_key(|(key, _)| *key);
    for (key, value) in facts {
        let line = format!("{}: {value}", key.as_str());
        let is_said = yaml_of(path, &text).get(key.as_str());
        if !matches!(is_said, Ok(None)) {
            continue;
        }
        match yaml_of(path, &text).insert(key.as_str(), &line, "name") {
            Ok(longer) if is_sound(path, &longer) => {
                text = longer;
                adds.push(line);
            }
            Ok(_) => faults.push(format!("{path}: {line} does not fit the file")),
            Err(error) => faults.push(error.to_string()),
        }
    }
    (text, adds, faults)
}

fn is_sound(path: &Utf8Path, text: &str) -> bool {
    let source = SourceFile {
        path: path.to_owned(),
        text: text.into(),
    };
    let (entity, problems) = parse::entity(&source, &ParseOptions::default());
    entity.is_some() && problems.is_empty() && !stem(path).is_empty()
}
