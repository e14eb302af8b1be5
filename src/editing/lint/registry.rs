//! Registry files that say too little, or what is never used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lint, values};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        catalogue::EntityKey,
        entity::{Alias, AliasRule, EntityId, EntityKind, RegistryEntity},
        graph::EntityNode,
        source::SourceFile,
        span::Span,
    },
    text::fold::fold,
    yaml::{Node, Value},
};

/// An entity, its file and its node in the graph.
struct Item<'a> {
    entity: &'a RegistryEntity,
    values: BTreeMap<String, Node>,
    node: Option<&'a EntityNode>,
}

impl Item<'_> {
    fn span(&self, key: &str) -> Option<Span> {
        self.values.get(key).map(|node| node.span)
    }

    /// A warning at `key`, or at the name where that is missing.
    fn warning(&self, code: Code, key: &str, message: String, hint: &str) -> Diagnostic {
        let span = self.span(key).or_else(|| self.span("name"));
        Diagnostic::warning(code, self.entity.path.clone(), span, message).hint(hint)
    }
}

/// Checks each file by itself, then all of them together.
pub(super) fn lint(input: &Lint<'_>) -> Vec<Diagnostic> {
    let files: BTreeMap<_, &SourceFile> = input
        .sources
        .entities
        .iter()
        .map(|source| (&source.path, source))
        .collect();
    let catalogue = &input.corpus.catalogue.entities;
    let nodes: BTreeMap<&EntityId, &EntityNode> = catalogue
        .iter()
        .zip(&input.graph.entities)
        .filter_map(|(entity, node)| match &entity.key {
            EntityKey::Registry(id) => Some((id, node)),
            _ => None,
        })
        .collect();
    let items = input.corpus.kb.entities().map(|entity| Item {
        entity,
        values: files
            .get(&entity.path)
            .map(|source| values(source))
            .unwrap_or_default(),
        node: nodes.get(&entity.id).copied(),
    });
    let items: Vec<Item<'_>> = items.collect();
    let mut problems = Vec::new();
    for item in &items {
        problems.extend(missing(item));
        problems.extend(addresses(item));
        problems.extend(id(item));
        problems.extend(unused(input, item));
    }
    problems.extend(shared_wikidata(&items));
    problems.extend(taken_ids(input, &items));
    problems
}

fn missing(item: &Item<'_>) -> Vec<Diagnostic> {
    let entity = item.entity;
    let mut problems = Vec::new();
    let mut warn = |code, what: &str, hint| {
        let message = format!("`{}` has no {what}", entity.name);
        problems.push(item.warning(code, "name", message, hint));
    };
    if entity
        .description
        .as_deref()
        .is_none_or(|text| text.trim().is_empty())
    {
        let hint = "write `description:` with one line that says who or what it is";
        warn(Code::LintNoDescription, "description", hint);
    }
    if entity.kind == EntityKind::Place && entity.coordinates.is_none() {
        let hint = "write `coordinates: [latitude, longitude]`, or it is not on the map";
        warn(Code::LintNoCoordinates, "coordinates", hint);
    }
    if entity.kind == EntityKind::Event && entity.start.is_none() {
        let hint = "write `start: YYYY-MM-DD`, or it is not on the timeline";
        warn(Code::LintNoDate, "date", hint);
    }
    problems
}

/// `sameAs` that is no address.
fn addresses(item: &Item<'_>) -> Vec<Diagnostic> {
    let node = item.values.get("sameAs");
    let written: Vec<&Node> = match node.map(|node| (&node.value, node)) {
        Some((Value::List(items), _)) => items.iter().collect(),
        Some((_, single)) => vec![single],
        None => Vec::new(),
    };
    let is_address = |text: &str| {
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
            && !text.contains(char::is_whitespace)
    };
    let problem = |node: &Node| match &node.value {
        Value::Text(text) if !is_address(text.trim()) => Some(
            Diagnostic::error(
                Code::LintSameAs,
                item.entity.path.clone(),
                Some(node.span),
                format!("`{text}` is no address"),
            )
            .hint("write a whole one: https://…"),
        ),
        _ => None,
    };
    written.into_iter().filter_map(problem).collect()
}

fn id(item: &Item<'_>) -> Option<Diagnostic> {
    let (entity, stem) = (
        item.entity,
        item.entity.path.file_stem().unwrap_or_default(),
    );
    (*entity.id.0 != *stem).then(|| {
        let message = format!("the id `{}` is not the file's name", entity.id.0);
        let hint = format!("name the file {}.md, so that it is found", entity.id.0);
        item.warning(Code::LintIdFileName, "id", message, &hint)
    })
}

/// No mention at all, or aliases that no text has.
fn unused(input: &Lint<'_>, item: &Item<'_>) -> Vec<Diagnostic> {
    let entity = item.entity;
    let Some(node) = item.node.filter(|node| !node.articles.is_empty()) else {
        let message = format!("no published briefing names `{}`", entity.name);
        let hint = "its page is empty but for the profile; add names under which texts know it";
        return vec![item.warning(Code::LintNoMention, "name", message, hint)];
    };
    let matched: BTreeSet<String> = node
        .backlinks
        .iter()
        .flat_map(|backlink| {
            let article = input.corpus.articles.get(backlink.article.0 as usize);
            let text = article.map_or("", |article| article.document.text.as_str());
            backlink.names.iter().map(move |name| fold(name.of(text)))
        })
        .collect();
    let is_unmatched = |name: &str| !matched.contains(&fold(name));
    let unmatched: Vec<&Alias> = entity
        .aliases
        .iter()
        .filter(|alias| alias.rule != AliasRule::Never && is_unmatched(&alias.name))
        // Not every language is written in.
        .filter(|alias| entity.names.values().all(|name| *name != alias.name))
        .collect();
    let Some(first) = unmatched.first() else {
        return Vec::new();
    };
    let names: Vec<String> = unmatched
        .iter()
        .map(|alias| format!("`{}`", alias.name))
        .collect();
    let what = if names.len() == 1 { "alias" } else { "aliases" };
    let message = format!("no text has the {what} {}", names.join(", "));
    let at = Some(first.source).filter(|span| !span.is_empty());
    let note = Diagnostic::note(Code::LintAliasUnmatched, entity.path.clone(), at, message);
    vec![note.hint("that does no harm; take out what is a mistake")]
}

fn shared_wikidata(items: &[Item<'_>]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &RegistryEntity> = BTreeMap::new();
    let mut problems = Vec::new();
    for item in items {
        let Some(wikidata) = &item.entity.wikidata else {
            continue;
        };
        if let Some(other) = first.get(wikidata.as_str()) {
            let message = format!("{wikidata} is already the Wikidata item of {}", other.path);
            let (from, into) = (&item.entity.id.0, &other.id.0);
            let problem = Diagnostic::error(
                Code::LintWikidataShared,
                item.entity.path.clone(),
                item.span("wikidata"),
                message,
            );
            problems.push(problem.hint(format!(
                "where they are one: dateline entities merge {from} {into}"
            )));
        } else {
            first.insert(wikidata, item.entity);
        }
    }
    problems
}

/// Old ids that another entity bears, now or in former times.
fn taken_ids(input: &Lint<'_>, items: &[Item<'_>]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for item in items {
        for former in &item.entity.former {
            let id = former.rsplit('/').next().unwrap_or_default();
            let living = input.corpus.kb.get(&EntityId(id.into()));
            let bearer = living.or_else(|| input.corpus.kb.formerly(id));
            if let Some(bearer) = bearer.filter(|bearer| bearer.id != item.entity.id) {
                let message = format!("the old id `{former}` leads to {}", bearer.path);
                let hint = "take it out: an address leads to one entity";
                problems.push(item.warning(Code::LintOldIdTaken, "old_ids", message, hint));
            }
        }
    }
    problems
}
