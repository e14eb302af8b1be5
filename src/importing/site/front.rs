//! Foreign front matter, in YAML, TOML or JSON, in the keys of this program. What has no key of its
//! own is kept under `extra`.

use camino::Utf8Path;
use serde_json::{Map, Number, Value};

use super::{Doc, Generator, Note, NoteKind, Settings, heading_of, names, plain, title_of};
use crate::{
    importing::{
        date::{self, Written},
        draft::Draft,
    },
    model::{article::LeadImage, span::Span},
    yaml::{self, Node},
};

/// Front matter and what follows it.
pub(super) struct Halves<'a> {
    pub(super) front: Map<String, Value>,
    pub(super) body: &'a str,
    /// The line of the file on which the body begins, from 1.
    pub(super) first_line: usize,
    pub(super) has_front: bool,
    /// Why the front matter cannot be read.
    pub(super) fault: Option<String>,
}

/// Splits a document. What begins as front matter and is none is text.
pub(super) fn split<'a>(path: &Utf8Path, text: &'a str) -> Halves<'a> {
    let text = text.trim_start_matches('\u{feff}');
    let parts = fenced(text, "---", path)
        .or_else(|| fenced(text, "+++", path))
        .or_else(|| json(text));
    parts.unwrap_or(Halves {
        front: Map::new(),
        body: text,
        first_line: 1,
        has_front: false,
        fault: None,
    })
}

fn fenced<'a>(text: &'a str, fence: &str, path: &Utf8Path) -> Option<Halves<'a>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == fence)?;
    let mut at = first.len();
    for (n, line) in lines.enumerate() {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let read = if fence == "+++" {
                toml(&text[first.len()..at])
            } else {
                yaml_map(path, &text[first.len()..at])
            };
            let (front, fault) = match read {
                Ok(map) => (map, None),
                Err(fault) => (Map::new(), Some(fault)),
            };
            return Some(Halves {
                front,
                body: &text[at + line.len()..],
                first_line: n + 3,
                has_front: true,
                fault,
            });
        }
        at += line.len();
    }
    None
}

/// Hugo's third form: a JSON object, then the text.
fn json(text: &str) -> Option<Halves<'_>> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let front = values.next()?.ok()?;
    let end = values.byte_offset();
    let first_line = text[..end].matches('\n').count() + 1;
    Some(Halves {
        front,
        body: &text[end..],
        first_line,
        has_front: true,
        fault: None,
    })
}

/// The settings in a file, by its ending.
pub(super) fn map_of(path: &Utf8Path, text: &str) -> Map<String, Value> {
    let read = match path.extension() {
        Some("toml") => toml(text),
        Some("json") => serde_json::from_str(text).map_err(|error| error.to_string()),
        _ => yaml_map(path, &without_tags(text)),
    };
    read.unwrap_or_default()
}

/// MkDocs' settings name Python objects with tags, which are no plain YAML.
fn without_tags(text: &str) -> String {
    let lines =
        text.lines().map(
            |line| match line.find("!!python/").or_else(|| line.find("!ENV")) {
                Some(at) => line[..at].trim_end().to_owned(),
                None => line.to_owned(),
            },
        );
    lines.collect::<Vec<String>>().join("\n")
}

fn toml(text: &str) -> Result<Map<String, Value>, String> {
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    match of_toml(toml::Value::Table(table)) {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(of_toml).collect()),
        toml::Value::Table(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| (key, of_toml(value)))
                .collect(),
        ),
    }
}

fn yaml_map(path: &Utf8Path, text: &str) -> Result<Map<String, Value>, String> {
    let node =
        yaml::parse(path, text, Span::new(0, text.len())).map_err(|problem| problem.message)?;
    match of_yaml(node, text) {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

fn of_yaml(node: Node, text: &str) -> Value {
    match node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(flag) => Value::Bool(flag),
        yaml::Value::Text(text) => Value::String(text),
        // `version: 1.10` is not 1.1: a number that is written otherwise is a text.
        yaml::Value::Number(_) => {
            let written = node.span.of(text).trim();
            let number: Option<Number> = serde_json::from_str(written).ok();
            number
                .filter(|number| number.to_string() == written)
                .map_or_else(|| Value::String(written.to_owned()), Value::Number)
        }
        yaml::Value::List(items) => {
            Value::Array(items.into_iter().map(|item| of_yaml(item, text)).collect())
        }
        yaml::Value::Map(pairs) => {
            let pairs = pairs
                .into_iter()
                .map(|(key, node)| (key.name, of_yaml(node, text)));
            Value::Object(pairs.collect())
        }
    }
}

/// Keys that are taken one by one; each is gone from the map afterwards.
struct Keys(Map<String, Value>);

impl Keys {
    /// The keys of front matter. Zola keeps terms and free values in tables of their own; they
    /// count like the others.
    fn of(front: &Map<String, Value>) -> Self {
        let mut keys = front.clone();
        for table in ["taxonomies", "extra", "params"] {
            if let Some(Value::Object(inner)) = keys.get(table).cloned() {
                keys.remove(table);
                for (key, value) in inner {
                    keys.entry(key).or_insert(value);
                }
            }
        }
        Self(keys)
    }

    fn take(&mut self, keys: &[&str]) -> Option<Value> {
        let found = keys
            .iter()
            .find(|key| self.0.get(**key).is_some_and(|value| !value.is_null()))?;
        self.0.remove(*found)
    }

    fn text(&mut self, keys: &[&str]) -> Option<String> {
        let value = self.take(keys)?;
        text_of(&value)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    }

    fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(&[key])? {
            Value::Bool(flag) => Some(flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn moment(&mut self, keys: &[&str]) -> Option<Written> {
        keys.iter().find_map(|key| {
            let read = date::metadata(&text_of(self.0.get(*key)?)?)?;
            self.0.remove(*key);
            Some(read)
        })
    }

    /// A list of texts, or one text. Jekyll's is split at spaces, others' at commas.
    fn texts(&mut self, keys: &[&str], separator: Option<char>) -> Vec<String> {
        let Some(value) = self.take(keys) else {
            return Vec::new();
        };
        let mut found: Vec<String> = match value {
            Value::Array(items) => items.iter().filter_map(name_of).collect(),
            Value::String(text) => match separator {
                Some(separator) => text.split(separator).map(str::to_owned).collect(),
                None => vec![text],
            },
            other => name_of(&other).into_iter().collect(),
        };
        for text in &mut found {
            *text = text.trim().trim_start_matches('#').to_owned();
        }
        found.retain(|text| !text.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|text| seen.insert(text.to_lowercase()));
        found
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The name of an author or a term that is given as a map.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => ["name", "title", "label"]
            .iter()
            .find_map(|key| text_of(map.get(*key)?)),
        other => text_of(other),
    }
}

/// Fills in the draft of a document.
pub(super) fn read(
    doc: &mut Doc,
    generator: Generator,
    settings: &Settings,
    notes: &mut Vec<Note>,
) {
    let mut keys = Keys::of(&doc.front);
    let stem = stem_of(doc);
    let heading = heading_of(&doc.body);
    let title = keys
        .text(&["title"])
        .map(|title| plain(&title))
        .filter(|title| !title.is_empty());
    let title = title
        .or(heading)
        .unwrap_or_else(|| title_of(names::without_date(&stem)));
    let draft = &mut doc.draft;
    draft.title = if title.is_empty() {
        "Untitled".to_owned()
    } else {
        title
    };
    dates(draft, &mut keys, &stem, &doc.below);
    draft.draft |= is_withheld(&mut keys);
    let jekyll = (generator == Generator::Jekyll).then_some(' ');
    draft.authors = keys.texts(&["authors", "author"], None);
    draft.topics = keys.texts(&["topics", "categories", "category"], jekyll.or(Some(',')));
    draft.tags = keys.texts(&["tags", "tag", "keywords"], jekyll.or(Some(',')));
    draft.summary = keys
        .text(&["summary", "description", "excerpt", "lead", "subtitle"])
        .map(|text| plain(&text))
        .filter(|text| !text.is_empty());
    draft.storyline = keys
        .texts(&["series", "storyline"], None)
        .into_iter()
        .next();
    draft.language = language(&mut keys, &stem, settings);
    draft.aliases = keys.texts(&["aliases", "redirect_from", "alias"], None);
    if generator == Generator::Obsidian {
        // Other names of a note are no addresses.
        let names = std::mem::take(&mut draft.aliases);
        if !names.is_empty() {
            keys.0.insert("names".to_owned(), names.into());
        }
    }
    draft.image = lead_image(&mut keys, &draft.title);
    for gone in ["slug", "url", "permalink", "path"] {
        keys.0.remove(gone);
    }
    keys.0.retain(|_, value| !value.is_null());
    draft.extra = keys.0;
    if let Some(fault) = doc.front.get("\u{0}fault").and_then(Value::as_str) {
        let message = format!("its front matter cannot be read: {fault}");
        notes.push(doc.note(Some(1), NoteKind::Draft, message));
        doc.draft.extra.remove("\u{0}fault");
        doc.draft.draft = true;
    }
}

/// Whether an author keeps it back, by any of the keys for that.
fn is_withheld(keys: &mut Keys) -> bool {
    let held = ["draft", "private"].map(|key| keys.flag(key) == Some(true));
    let not_shown = ["published", "publish"].map(|key| keys.flag(key) == Some(false));
    held.into_iter().chain(not_shown).any(|is| is)
}

fn dates(draft: &mut Draft, keys: &mut Keys, stem: &str, below: &Utf8Path) {
    draft.date = keys.moment(&[
        "date",
        "pubDate",
        "pubdate",
        "publishDate",
        "published_at",
        "created",
        "published",
    ]);
    if draft.date.is_none() {
        draft.date = names::date_of(stem)
            .or_else(|| date_of_folder(below))
            .map(Written::from);
    }
    draft.updated = keys.moment(&[
        "updated",
        "lastmod",
        "last_modified_at",
        "updatedDate",
        "lastUpdated",
        "modified",
    ]);
    draft.publish_at = keys
        .moment(&["publishDate"])
        .filter(|at| draft.date.as_ref() != Some(at));
    draft.expires_at = keys.moment(&["expiryDate", "expires"]);
}

/// The name that stands for a document: that of its folder for an `index`.
fn stem_of(doc: &Doc) -> String {
    let stem = doc.below.file_stem().unwrap_or_default();
    match stem {
        "index" | "_index" | "README" => doc
            .below
            .parent()
            .and_then(Utf8Path::file_name)
            .unwrap_or("Home")
            .to_owned(),
        stem => stem.to_owned(),
    }
}

fn date_of_folder(below: &Utf8Path) -> Option<jiff::civil::Date> {
    below
        .parent()
        .and_then(Utf8Path::file_name)
        .and_then(names::date_of)
}

/// What the front matter says, or the ending of the name: `about.fr.md`.
fn language(keys: &mut Keys, stem: &str, settings: &Settings) -> Option<String> {
    let said = keys.text(&["language", "lang", "locale"]);
    let ending = stem.rsplit_once('.').map(|(_, code)| code.to_owned());
    let ending = ending.filter(|code| {
        settings.languages.contains(code) && Some(code) != settings.language.as_ref()
    });
    said.or(ending).map(|code| code.replace('_', "-"))
}

/// The first of the many keys that themes use for a picture above the text.
fn lead_image(keys: &mut Keys, title: &str) -> Option<LeadImage> {
    let names = [
        "image",
        "cover",
        "featured_image",
        "feature_image",
        "heroImage",
        "hero",
        "thumbnail",
        "banner",
        "images",
        "header",
    ];
    let (name, src, about) = names.iter().find_map(|name| {
        let value = keys.0.get(*name)?;
        let first = match value {
            Value::Array(items) => items.first()?,
            one => one,
        };
        let src = match first {
            Value::String(src) => src.clone(),
            Value::Object(map) => ["src", "image", "url", "path", "relative", "teaser"]
                .iter()
                .find_map(|key| map.get(*key)?.as_str())?
                .to_owned(),
            _ => return None,
        };
        let is_picture = Utf8Path::new(src.split(['?', '#']).next().unwrap_or_default())
            .extension()
            .is_some();
        is_picture.then(|| (*name, src, first.clone()))
    })?;
    keys.0.remove(name);
    let own = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| about.get(*key)?.as_str())
            .map(str::to_owned)
    };
    let alt = own(&["alt"]).or_else(|| keys.text(&["image_alt", "imageAlt", "heroAlt", "alt"]));
    Some(LeadImage {
        src,
        alt: alt
            .filter(|alt| !alt.trim().is_empty())
            .unwrap_or_else(|| title.to_owned()),
        caption: own(&["caption"]),
        credit: own(&["credit", "attribution"]),
        licence: own(&["licence", "license"]),
    })
}
