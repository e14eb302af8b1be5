//! What may follow at the cursor.
//!
//! The text is the editor's, of this moment; the site is that of the last snapshot, so that an answer
//! need not wait for the corpus.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use camino::Utf8Path;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Position, Range, TextEdit,
};

use super::{
    Encoding, Places, Snapshot,
    line::{Wanted, wanted, yaml_of},
};
use crate::{
    config,
    model::{
        article::{Article, Marking},
        catalogue::{Entity, EntityKey},
        entity::EntityKind,
        graph::Term,
    },
    stages::parse,
    text::fold::fold,
    words::Language,
};

/// What may follow at a place of a text, which is the file at `path` below the content folder.
#[must_use]
pub fn completion(
    snapshot: &Snapshot,
    path: &Utf8Path,
    text: &str,
    at: Position,
    encoding: Encoding,
) -> Vec<CompletionItem> {
    let places = Places::of(text, encoding);
    let cursor = places.offset(at);
    let yaml = yaml_of(text, path.extension() == Some("md"));
    let Some(wanted) = wanted(text, cursor, yaml) else {
        return Vec::new();
    };
    let (Wanted::Wikilink(start)
    | Wanted::Address(start)
    | Wanted::Key(_, start)
    | Wanted::Value(_, start)) = wanted;
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let range = Range::new(places.position(narrow(start)), at);
    let rest = &text[cursor..];
    let items = match wanted {
        Wanted::Wikilink(_) => snapshot.wikilinks(path, rest.starts_with("]]")),
        Wanted::Address(_) => snapshot.slugs(path, if rest.starts_with(')') { "" } else { ")" }),
        Wanted::Key(parent, _) => keys(path, parent.as_deref()),
        Wanted::Value(keys, _) => snapshot.values(&keys),
    };
    items.into_iter().map(|item| item.at(range)).collect()
}

/// Something that may follow.
struct Item {
    label: String,
    detail: String,
    kind: CompletionItemKind,
    /// What is written.
    text: String,
    /// What the writer may type to get it.
    filter: String,
}

impl Item {
    fn new(label: &str, detail: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.to_owned(),
            detail: detail.into(),
            kind,
            text: label.to_owned(),
            filter: label.to_owned(),
        }
    }

    fn at(self, range: Range) -> CompletionItem {
        CompletionItem {
            label: self.label,
            detail: (!self.detail.is_empty()).then_some(self.detail),
            kind: Some(self.kind),
            filter_text: Some(self.filter),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, self.text))),
            ..CompletionItem::default()
        }
    }
}

impl Snapshot {
    /// Entities, then briefings.
    fn wikilinks(&self, path: &Utf8Path, is_closed: bool) -> Vec<Item> {
        let close = if is_closed { "" } else { "]]" };
        let mut items = self.entities(|entity, unique| match &entity.key {
            EntityKey::Registry(id) if !unique => format!("{}|{}{close}", id.0, entity.name),
            _ => format!("{}{close}", entity.name),
        });
        items.extend(self.slugs(path, close));
        items
    }

    /// The entities; `text` is told whether no other bears the name.
    fn entities(&self, text: impl Fn(&Entity, bool) -> String) -> Vec<Item> {
        let all = &self.linked.catalogue.entities;
        let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
        for entity in all {
            *bearers.entry(fold(&entity.name)).or_default() += 1;
        }
        let item = |entity: &Entity| {
            let kind = match entity.kind {
                EntityKind::Person => CompletionItemKind::CLASS,
                EntityKind::Organisation => CompletionItemKind::MODULE,
                EntityKind::Place => CompletionItemKind::CONSTANT,
                EntityKind::Event => CompletionItemKind::EVENT,
            };
            let mut detail = entity.kind.as_str().to_owned();
            let mut filter = entity.name.clone();
            if let EntityKey::Registry(id) = &entity.key {
                detail.push_str(", registry: ");
                detail.push_str(&id.0);
                filter.push(' ');
                filter.push_str(&id.0);
            }
            for alias in &entity.aliases {
                filter.push(' ');
                filter.push_str(alias);
            }
            let unique = bearers.get(&fold(&entity.name)) == Some(&1);
            Item {
                text: text(entity, unique),
                filter,
                ..Item::new(&entity.name, detail, kind)
            }
        };
        all.iter().map(item).collect()
    }

    /// The briefings but the one at `path`, which has no need to link to itself.
    fn slugs(&self, path: &Utf8Path, close: &str) -> Vec<Item> {
        let item = |article: &Arc<Article>| {
            let (slug, front) = (&article.slug, &article.front);
            let detail = format!("{}, {}", front.title, front.date.date);
            Item {
                text: format!("{slug}{close}"),
                filter: format!("{slug} {}", front.title),
                ..Item::new(slug, detail, CompletionItemKind::FILE)
            }
        };
        let articles = self.parsed.articles.iter();
        let others = articles.filter(|article| article.path != path);
        others.map(item).collect()
    }

    /// What a key of the front matter may be given.
    fn values(&self, keys: &[String]) -> Vec<Item> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let graph = &self.linked.graph;
        let config = &self.parsed.config;
        let known = |all: &[config::TermConfig]| all.iter().map(|term| term.id.clone()).collect();
        match keys.as_slice() {
            ["tags"] => terms(&graph.tags, BTreeSet::new()),
            ["topics"] => terms(&graph.topics, known(&config.topics)),
            ["storyline"] => terms(&graph.storylines, known(&config.storylines)),
            ["authors"] => {
                let articles = self.parsed.articles.iter();
                let all: BTreeSet<&str> = articles
                    .flat_map(|article| article.front.authors.iter().map(String::as_str))
                    .collect();
                words(all, CompletionItemKind::VALUE)
            }
            ["marking"] => words(
                Marking::ALL.map(Marking::as_str),
                CompletionItemKind::ENUM_MEMBER,
            ),
            ["language"] => words(
                Language::ALL.map(Language::as_str),
                CompletionItemKind::ENUM_MEMBER,
            ),
            ["draft"] | ["living"] => words(["true", "false"], CompletionItemKind::ENUM_MEMBER),
            ["type"] => words(
                EntityKind::ALL.map(EntityKind::as_str),
                CompletionItemKind::ENUM_MEMBER,
            ),
            ["entities", "about" | "add" | "as"] | ["part_of"] | ["dateline", "place"] => self
                .entities(|entity, _| match &entity.key {
                    EntityKey::Registry(id) if keys != ["dateline", "place"] => id.0.to_string(),
                    _ => entity.name.clone(),
                }),
            _ => Vec::new(),
        }
    }
}

fn words<'a>(all: impl IntoIterator<Item = &'a str>, kind: CompletionItemKind) -> Vec<Item> {
    let item = |word| Item::new(word, "", kind);
    all.into_iter().map(item).collect()
}

/// Terms in use, and those of `site.yaml` that are not in use yet.
fn terms(used: &BTreeMap<String, Term>, mut known: BTreeSet<String>) -> Vec<Item> {
    let mut counts = BTreeMap::new();
    for term in used.values() {
        counts.insert(term.label.clone(), term.articles.len());
    }
    known.retain(|id| !used.contains_key(&crate::text::slug::slugify(id)));
    counts.extend(known.into_iter().map(|id| (id, 0)));
    let item = |(label, count): (String, usize)| {
        Item::new(
            &label,
            format!("briefings: {count}"),
            CompletionItemKind::VALUE,
        )
    };
    counts.into_iter().map(item).collect()
}

/// The keys of the file at `path`.
fn keys(path: &Utf8Path, parent: Option<&str>) -> Vec<Item> {
    let folder = path.components().next().map_or("", |part| part.as_str());
    let keys = match (folder, path.extension()) {
        ("entities", Some("md")) => parse::entity_keys(path, parent),
        ("pages", Some("md")) => parse::page_keys(parent),
        (_, Some("md")) => parse::article_keys(parent),
        ("site.yaml" | "site.yml", _) => config::keys(parent),
        _ => Vec::new(),
    };
    let item = |key: &str| Item {
        text: format!("{key}: "),
        ..Item::new(key, "", CompletionItemKind::FIELD)
    };
    keys.into_iter().map(item).collect()
}
