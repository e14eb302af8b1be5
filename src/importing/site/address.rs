//! Where a document stood on the old site.

use camino::Utf8Path;
use jiff::civil::Date;
use serde_json::Value;

use super::{Doc, Generator, Settings, names};
use crate::text::slug::slugify;

/// Its path, with a slash in front; `None` where the generator gave it none.
pub(super) fn of(doc: &Doc, generator: Generator, settings: &Settings) -> Option<String> {
    let own = ["url", "permalink", "path"]
        .iter()
        .find_map(|key| match doc.front.get(*key) {
            Some(Value::String(path)) if !path.starts_with("http") && !path.contains("{{") => {
                Some(path.clone())
            }
            _ => None,
        });
    let own = own.filter(|path| !path.contains(':') && path.len() > 1);
    if let Some(path) = own {
        return Some(rooted(&path));
    }
    match generator {
        Generator::Hugo => Some(hugo(doc, settings)),
        Generator::Zola => Some(zola(doc)),
        Generator::Jekyll => Some(jekyll(doc, settings)),
        Generator::Mkdocs => Some(mkdocs(doc, settings)),
        Generator::Markdown => Some(mkdocs(doc, settings)),
        Generator::Obsidian => None,
    }
}

fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}

/// The folders and the name of a document, without `index` and its ending.
fn parts(below: &Utf8Path) -> (String, String) {
    let folder = below
        .parent()
        .unwrap_or(Utf8Path::new(""))
        .as_str()
        .to_owned();
    let stem = below.file_stem().unwrap_or_default();
    if matches!(stem, "index" | "_index" | "README") {
        return (folder, String::new());
    }
    (folder, stem.to_owned())
}

fn join(parts: &[&str]) -> String {
    let parts = parts
        .iter()
        .map(|part| part.trim_matches('/'))
        .filter(|part| !part.is_empty());
    let path = parts.collect::<Vec<&str>>().join("/");
    if path.is_empty() {
        "/".to_owned()
    } else {
        format!("/{path}/")
    }
}

fn own_slug(doc: &Doc) -> Option<String> {
    let slug = doc.front.get("slug")?.as_str()?;
    (!slug.is_empty()).then(|| slug.to_owned())
}

fn hugo(doc: &Doc, settings: &Settings) -> String {
    let (folder, name) = parts(&doc.below);
    let (folder, bundle) = match name.is_empty() && !doc.is_section {
        true => folder
            .rsplit_once('/')
            .map_or((String::new(), folder.clone()), |(a, b)| {
                (a.to_owned(), b.to_owned())
            }),
        false => (folder, name.clone()),
    };
    let section = folder.split('/').next().unwrap_or_default().to_owned();
    let slug = own_slug(doc).unwrap_or_else(|| bundle.clone());
    let pattern = settings
        .permalinks
        .get(&section)
        .filter(|_| !doc.is_section);
    let path = match pattern.zip(doc.draft.date.as_ref()) {
        Some((pattern, date)) => {
            let title = slugify(&doc.draft.title);
            let named = own_slug(doc).unwrap_or_else(|| title.clone());
            let words = [
                (":slugorcontentbasename", slug.as_str()),
                (":slugorfilename", slug.as_str()),
                (":contentbasename", bundle.as_str()),
                (":filename", bundle.as_str()),
                (":sections", folder.as_str()),
                (":section", section.as_str()),
                (":title", title.as_str()),
                (":slug", named.as_str()),
            ];
            let path = words.iter().fold(pattern.clone(), |path, (word, with)| {
                path.replace(*word, with)
            });
            join(&[&with_date(&path, date.day)])
        }
        None => join(&[&folder, &slug]),
    };
    // Hugo writes addresses in small letters, with hyphens for spaces.
    let path = path.to_lowercase().replace(' ', "-");
    if settings.ugly && path.len() > 1 {
        format!("{}.html", path.trim_end_matches('/'))
    } else {
        path
    }
}

fn with_date(pattern: &str, day: Date) -> String {
    let pairs = [
        (":year", format!("{:04}", day.year())),
        (":short_year", format!("{:02}", day.year() % 100)),
        (":monthname", day.strftime("%B").to_string()),
        (":month", format!("{:02}", day.month())),
        (":i_month", day.month().to_string()),
        (":day", format!("{:02}", day.day())),
        (":i_day", day.day().to_string()),
        (":y_day", format!("{:03}", day.day_of_year())),
        (":yearday", day.day_of_year().to_string()),
    ];
    pairs.iter().fold(pattern.to_owned(), |path, (word, with)| {
        path.replace(word, with)
    })
}

fn zola(doc: &Doc) -> String {
    let (folder, name) = parts(&doc.below);
    let name = names::without_date(&name);
    let slugs: Vec<String> = folder
        .split('/')
        .map(|part| slugify(names::without_date(part)))
        .collect();
    let (mut folders, name) = (slugs, slugify(name));
    if let Some(own) = own_slug(doc) {
        if name.is_empty() {
            folders.pop();
        }
        return join(&[&folders.join("/"), &slugify(&own)]);
    }
    join(&[&folders.join("/"), &name])
}

fn mkdocs(doc: &Doc, settings: &Settings) -> String {
    let (folder, name) = parts(&doc.below);
    let name = own_slug(doc).unwrap_or(name);
    let path = join(&[&folder, &name]);
    if settings.ugly && !name.is_empty() {
        format!("{}.html", path.trim_end_matches('/'))
    } else {
        path
    }
}

fn jekyll(doc: &Doc, settings: &Settings) -> String {
    let (folder, name) = parts(&doc.below);
    let collection = names::collection(&doc.below);
    let is_post = matches!(collection, Some("posts" | "drafts"));
    let slug = own_slug(doc).unwrap_or_else(|| names::without_date(&name).to_owned());
    match collection {
        None => return jekyll_page(&folder, &name, settings),
        Some(collection) if !is_post => return jekyll_item(doc, collection, &slug, settings),
        Some(_) => {}
    }
    let pattern = match settings.permalinks.get("").map_or("date", String::as_str) {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    };
    let above = folder
        .split("_posts")
        .next()
        .unwrap_or_default()
        .trim_matches('/')
        .to_owned();
    let categories: Vec<String> = above
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .chain(
            doc.draft
                .topics
                .iter()
                .map(|topic| topic.to_lowercase().replace(' ', "-")),
        )
        .collect();
    let pairs = [
        (":categories", categories.join("/")),
        (":title", slug.clone()),
        (":slug", slug),
        (":output_ext", ".html".to_owned()),
    ];
    let path = pairs.iter().fold(pattern.to_owned(), |path, (word, with)| {
        path.replace(word, with)
    });
    let path = match &doc.draft.date {
        Some(date) => with_date(&path, date.day),
        None => path,
    };
    let mut clean = path.clone();
    while clean.contains("//") {
        clean = clean.replace("//", "/");
    }
    rooted(&clean)
}

/// A page outside of all collections.
fn jekyll_page(folder: &str, name: &str, settings: &Settings) -> String {
    let pattern = settings.permalinks.get("");
    let pretty = pattern.is_some_and(|pattern| pattern == "pretty" || pattern.ends_with('/'));
    let path = join(&[folder, name]);
    if pretty || name.is_empty() {
        path
    } else {
        format!("{}.html", path.trim_end_matches('/'))
    }
}

/// A document of a collection of the site's own.
fn jekyll_item(doc: &Doc, collection: &str, slug: &str, settings: &Settings) -> String {
    let own = settings.permalinks.get(collection);
    let pattern = own.map_or("/:collection/:path:output_ext", String::as_str);
    let inner = doc.below.strip_prefix(format!("_{collection}"));
    let inner = inner.unwrap_or(&doc.below).with_extension("");
    let pairs = [
        (":collection", collection),
        (":path", inner.as_str()),
        (":name", inner.file_name().unwrap_or_default()),
        (":title", slug),
        (":slug", slug),
        (":output_ext", ".html"),
    ];
    let path = pairs.iter().fold(pattern.to_owned(), |path, (word, with)| {
        path.replace(word, with)
    });
    rooted(&path)
}
