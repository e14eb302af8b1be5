//! Where things stand in the output. Every path is relative to the site's root; pages are folders
//! with an `index.html`, and links name that file, so that a site opens from a disk as well.

use camino::{Utf8Path, Utf8PathBuf};

use crate::model::{catalogue::Entity, entity::EntityKind, geo::CountryCode};

/// The folder of an entity kind's pages.
#[must_use]
pub fn kind_folder(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "people",
        EntityKind::Organisation => "organisations",
        EntityKind::Place => "places",
        EntityKind::Event => "events",
    }
}

/// The page of an article.
#[must_use]
pub fn article(slug: &str) -> String {
    format!("briefings/{slug}/index.html")
}

/// The Markdown beside an article's page.
pub const MARKDOWN: &str = "index.md";
/// The site's own stylesheet.
pub const BRAND: &str = "assets/site.css";

/// The page of an entity.
#[must_use]
pub fn entity(entity: &Entity) -> String {
    entity_page(entity.kind, &entity.slug)
}

/// The page of an entity by its kind and slug.
#[must_use]
pub fn entity_page(kind: EntityKind, slug: &str) -> String {
    format!("entities/{}/{slug}/index.html", kind_folder(kind))
}

/// The `number`th page, from 1, of what begins on the page `first`.
#[must_use]
pub fn page_of(first: &str, number: usize) -> String {
    if number == 1 {
        return first.to_owned();
    }
    first.replace("index.html", &format!("{number}/index.html"))
}

/// The list of all entities of a kind.
#[must_use]
pub fn entity_index(kind: EntityKind) -> String {
    format!("entities/{}/index.html", kind_folder(kind))
}

/// The list of the entities of a kind that begin with a letter, where a kind has too many for one
/// page. It stands beside the folders of the kinds, where no entity has its page.
#[must_use]
pub fn letter(kind: EntityKind, letter: &str) -> String {
    let sign = match letter.chars().next() {
        Some(c) if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
        Some('#') | None => "other".to_owned(),
        Some(c) => format!("u{:x}", u32::from(c)),
    };
    format!("entities/a-z/{}/{sign}/index.html", kind_folder(kind))
}

/// The graph of the site.
pub const GRAPH: &str = "graph/index.html";

/// All works that are cited.
pub const BIBLIOGRAPHY: &str = "bibliography/index.html";

/// What the site names, over all kinds.
pub const ENTITIES: &str = "entities/index.html";

/// The list of countries.
pub const COUNTRIES: &str = "entities/countries/index.html";

/// What belongs to a country.
#[must_use]
pub fn country(code: CountryCode) -> String {
    format!(
        "entities/countries/{}/index.html",
        code.as_str().to_lowercase()
    )
}

/// A page of `content/pages`.
#[must_use]
pub fn page(slug: &str) -> String {
    format!("{slug}/index.html")
}

/// The page of a topic, tag or storyline; `family` is the plural word.
#[must_use]
pub fn term(family: &str, slug: &str) -> String {
    format!("{family}/{slug}/index.html")
}

/// The feed of the briefings in a language.
#[must_use]
pub fn language_feed(tag: &str) -> String {
    term("languages", tag).replace("index.html", "feed.xml")
}

/// Where a file of the content folder is copied to: `static/` is the output's root.
#[must_use]
pub fn asset(path: &Utf8Path) -> Utf8PathBuf {
    path.strip_prefix("static").unwrap_or(path).to_owned()
}

/// `target` as seen from the page `from`, both relative to the site's root.
#[must_use]
pub fn relative(from: &str, target: &str) -> String {
    format!("{}{target}", root(from))
}

/// A relative path as seen from the page `from`, from the site's root.
#[must_use]
pub fn resolved(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" if path.starts_with('/') => {}
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Pages and files that every site has unless it leaves them out, besides those of its content.
pub const GENERATED: [&str; 12] = [
    "index.html",
    "timeline/index.html",
    "map/index.html",
    GRAPH,
    ENTITIES,
    BIBLIOGRAPHY,
    "search/index.html",
    "corrections/index.html",
    "methods/index.html",
    "404.html",
    "feed.xml",
    "feed.json",
];

/// What leads from the page `from` back to the site's root: `../` for each folder. A page with a
/// rooted path is shown at any address, so that its links are rooted as well.
#[must_use]
pub fn root(from: &str) -> String {
    if from.starts_with('/') {
        return from[..=from.rfind('/').unwrap_or(0)].to_owned();
    }
    "../".repeat(from.matches('/').count())
}

/// The page for addresses that lead nowhere, with the path that the site has on its server.
#[must_use]
pub fn not_found(base_url: &str) -> String {
    let after_scheme = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let folder = after_scheme.split_once('/').map_or("", |(_, path)| path);
    match folder.trim_end_matches('/') {
        "" => "/404.html".to_owned(),
        folder => format!("/{folder}/404.html"),
    }
}

/// The public address of a page: `index.html` is left out.
#[must_use]
pub fn absolute(base_url: &str, page: &str) -> String {
    let page = page.strip_suffix("index.html").unwrap_or(page);
    format!("{}/{page}", base_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_from_page_to_page() {
        assert_eq!(
            relative("index.html", "about/index.html"),
            "about/index.html"
        );
        assert_eq!(
            relative("briefings/a/index.html", "tags/x/index.html"),
            "../../tags/x/index.html"
        );
        assert_eq!(
            relative(&not_found("https://example.org/desk"), "feed.xml"),
            "/desk/feed.xml"
        );
        assert_eq!(
            relative(&not_found("https://example.org"), "feed.xml"),
            "/feed.xml"
        );
        assert_eq!(
            absolute("https://example.org/", "about/index.html"),
            "https://example.org/about/"
        );
    }
}
