//! What a generator's own settings say.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

use super::{Generator, SourceTree, front};
use crate::editing::quote::scalar;

/// What an import needs to know of the old site.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Settings {
    pub(super) title: Option<String>,
    /// Without a slash at its end.
    pub(super) base_url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
    pub(super) description: Option<String>,
    /// The folder of the documents, below the source's folder.
    pub(super) root: Utf8PathBuf,
    /// Folders whose files stand at the root of the old site.
    pub(super) statics: Vec<Utf8PathBuf>,
    /// Patterns of addresses, by section or collection; that of all is under the empty name.
    pub(super) permalinks: BTreeMap<String, String>,
    /// Jekyll's collections: names with whether they are published.
    pub(super) collections: Vec<String>,
    /// True where a page is a file, not a folder.
    pub(super) ugly: bool,
    /// Codes of further languages.
    pub(super) languages: Vec<String>,
}

/// Files in which settings stand, the first that is there.
fn names(generator: Generator) -> &'static [&'static str] {
    match generator {
        Generator::Hugo => &[
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config.toml",
            "config.yaml",
            "config.yml",
            "config.json",
            "config/_default/hugo.toml",
            "config/_default/config.toml",
            "config/_default/hugo.yaml",
            "config/_default/config.yaml",
        ],
        Generator::Jekyll => &["_config.yml", "_config.yaml", "_config.toml"],
        Generator::Zola => &["zola.toml", "config.toml"],
        Generator::Mkdocs => &["mkdocs.yml", "mkdocs.yaml"],
        Generator::Obsidian | Generator::Markdown => &[],
    }
}

pub(super) fn read(generator: Generator, tree: &SourceTree) -> Settings {
    let found = names(generator).iter().find_map(|name| {
        let path = Utf8Path::new(name);
        tree.texts.get(path).map(|text| front::map_of(path, text))
    });
    let mut map = found.unwrap_or_default();
    if generator == Generator::Hugo {
        parts_of_hugo(tree, &mut map);
    }
    let text = |keys: &[&str]| keys.iter().find_map(|key| text_in(&map, key));
    let base_url = text(&["baseURL", "baseurl_full", "base_url", "site_url"]);
    let mut settings = Settings {
        title: text(&["title", "site_name", "name"]),
        base_url: base_url
            .or_else(|| jekyll_url(&map))
            .and_then(|url| web(&url)),
        language: text(&[
            "languageCode",
            "locale",
            "default_language",
            "lang",
            "defaultContentLanguage",
        ])
        .map(|code| code.replace('_', "-")),
        author: author(&map),
        description: text(&["description", "site_description"])
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        ugly: map
            .get("uglyURLs")
            .or_else(|| map.get("uglyurls"))
            .and_then(Value::as_bool)
            .unwrap_or(false)
            || map.get("use_directory_urls").and_then(Value::as_bool) == Some(false),
        languages: keys(map.get("languages")),
        ..Settings::default()
    };
    folders(generator, tree, &map, &mut settings);
    settings
}

/// Where documents and files are, and by which patterns addresses were made.
fn folders(
    generator: Generator,
    tree: &SourceTree,
    map: &Map<String, Value>,
    settings: &mut Settings,
) {
    let text = |keys: &[&str]| keys.iter().find_map(|key| text_in(map, key));
    match generator {
        Generator::Hugo => {
            settings.root = text(&["contentDir", "contentdir"])
                .unwrap_or_else(|| "content".to_owned())
                .into();
            settings.statics = vec![
                text(&["staticDir"])
                    .unwrap_or_else(|| "static".to_owned())
                    .into(),
                "assets".into(),
            ];
            settings.permalinks = patterns(map.get("permalinks"));
            one_language(map, tree, settings);
        }
        Generator::Zola => {
            settings.root = "content".into();
            settings.statics = vec!["static".into(), "content".into()];
        }
        Generator::Mkdocs => {
            settings.root = text(&["docs_dir"])
                .unwrap_or_else(|| "docs".to_owned())
                .into();
            settings.statics = vec![settings.root.clone()];
        }
        Generator::Jekyll => {
            settings.root = text(&["source"])
                .unwrap_or_default()
                .trim_start_matches("./")
                .into();
            settings.statics = vec![settings.root.clone()];
            settings.permalinks = text(&["permalink"])
                .map(|pattern| (String::new(), pattern))
                .into_iter()
                .collect();
            collections(map, settings);
        }
        Generator::Obsidian | Generator::Markdown => {
            settings.statics = vec!["".into(), "public".into(), "static".into(), "src".into()];
        }
    }
}

fn text_in(map: &Map<String, Value>, key: &str) -> Option<String> {
    let text = map.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn author(map: &Map<String, Value>) -> Option<String> {
    let at = |value: Option<&Value>| match value? {
        Value::String(name) => Some(name.clone()),
        Value::Object(map) => text_in(map, "name"),
        _ => None,
    };
    let params = |key: &str| {
        map.get(key)
            .and_then(Value::as_object)
            .and_then(|map| at(map.get("author")))
    };
    at(map.get("author"))
        .or_else(|| params("params"))
        .or_else(|| params("extra"))
        .or_else(|| text_in(map, "site_author"))
}

/// Jekyll writes host and path of a site apart.
fn jekyll_url(map: &Map<String, Value>) -> Option<String> {
    let url = text_in(map, "url")?;
    Some(format!(
        "{url}{}",
        text_in(map, "baseurl").unwrap_or_default()
    ))
}

fn web(url: &str) -> Option<String> {
    let url = url.trim_end_matches('/');
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_placeholder = url.contains("localhost") || url.contains(' ');
    (is_web && !is_placeholder).then(|| url.to_owned())
}

fn keys(value: Option<&Value>) -> Vec<String> {
    let map = value.and_then(Value::as_object);
    map.map(|map| map.keys().cloned().collect())
        .unwrap_or_default()
}

/// `[permalinks] posts = "/:year/:slug/"`, and the newer form with `[permalinks.page]`.
fn patterns(value: Option<&Value>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(map) = value.and_then(Value::as_object) else {
        return found;
    };
    for (section, pattern) in map {
        match pattern {
            Value::String(pattern) => {
                found.insert(section.clone(), pattern.clone());
            }
            Value::Object(inner) if section == "page" => {
                found.extend(patterns(Some(&Value::Object(inner.clone()))));
            }
            _ => {}
        }
    }
    found
}

fn collections(map: &Map<String, Value>, settings: &mut Settings) {
    match map.get("collections") {
        Some(Value::Object(map)) => {
            for (name, about) in map {
                settings.collections.push(name.clone());
                if let Some(pattern) = about.get("permalink").and_then(Value::as_str) {
                    settings.permalinks.insert(name.clone(), pattern.to_owned());
                }
            }
        }
        Some(Value::Array(names)) => {
            settings
                .collections
                .extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        _ => {}
    }
}

impl Settings {
    /// `site.yaml`; `None` where nothing is known.
    pub(super) fn text(&self) -> Option<String> {
        let pairs = [
            ("title", &self.title),
            ("base_url", &self.base_url),
            ("language", &self.language),
            ("author", &self.author),
            ("description", &self.description),
        ];
        let known = pairs.into_iter().filter_map(|(key, value)| {
            let value = value.as_deref()?;
            Some(format!("{key}: {}\n", scalar(value)))
        });
        let text: String = known.collect();
        (!text.is_empty()).then_some(text)
    }

    /// The path of the old site on its host: empty, or `/blog`.
    pub(super) fn base_path(&self) -> &str {
        let Some(url) = &self.base_url else { return "" };
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("", |at| &rest[at..])
    }
}

/// Hugo's settings may lie in a folder, each table in a file of its own.
fn parts_of_hugo(tree: &SourceTree, map: &mut Map<String, Value>) {
    for table in ["languages", "permalinks", "params"] {
        for ending in ["toml", "yaml", "yml", "json"] {
            let path = format!("config/_default/{table}.{ending}");
            let path = Utf8Path::new(&path);
            if let Some(text) = tree.texts.get(path) {
                let part = Value::Object(front::map_of(path, text));
                map.entry(table).or_insert(part);
            }
        }
    }
}

/// Where each language has a folder, that of the site's own language is the root.
fn one_language(map: &Map<String, Value>, tree: &SourceTree, settings: &mut Settings) {
    let default = text_in(map, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
    let language = map.get("languages").and_then(|all| all.get(&default));
    let said = language.and_then(|language| {
        let folder = language
            .get("contentDir")
            .or_else(|| language.get("contentdir"))?;
        folder.as_str().map(Utf8PathBuf::from)
    });
    let usual = settings.root.join(&default);
    let root = said.or_else(|| (!settings.languages.is_empty()).then_some(usual));
    if let Some(root) = root.filter(|root| tree.texts.keys().any(|path| path.starts_with(root))) {
        settings.root = root;
    }
    let title = language
        .and_then(|language| language.get("title"))
        .and_then(Value::as_str);
    if settings.title.is_none() {
        settings.title = title.map(str::to_owned);
    }
}
