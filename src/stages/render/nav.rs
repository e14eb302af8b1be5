//! The site's navigation.

use super::{notices, site::Site};
use crate::{config::Part, urls, views::NavItem};

/// What stands at the head of each page: few items, so that they fit beside the site's name.
pub(super) fn head(site: &Site<'_>, page: &str) -> Vec<NavItem> {
    let has_entities = !site.corpus.catalogue.entities.is_empty();
    let has = |part| site.corpus.config.has(part);
    let items = [
        (true, "briefings", "index.html"),
        (
            !site.graph.storylines.is_empty(),
            "storylines",
            "storylines/index.html",
        ),
        (!site.graph.topics.is_empty(), "topics", "topics/index.html"),
        (has_entities, "entities", urls::ENTITIES),
        (has(Part::Timeline), "timeline", "timeline/index.html"),
        (has(Part::Map), "map", "map/index.html"),
        (has(Part::Graph), "graph", urls::GRAPH),
        (has(Part::Search), "search", "search/index.html"),
    ];
    let shown = items.into_iter().filter(|(is_shown, ..)| *is_shown);
    shown
        .map(|(_, key, path)| nav_item(page, &site.words.say(key), path))
        .collect()
}

/// What stands at the foot: the publisher's pages, then the lists and pages about the site.
pub(super) fn foot(site: &Site<'_>, page: &str) -> Vec<NavItem> {
    let has = |part| site.corpus.config.has(part);
    let own = site.corpus.pages.iter();
    let own = own.filter(|own| !notices::SLUGS.contains(&own.slug.as_str()));
    let mut more: Vec<NavItem> = own
        .map(|own| nav_item(page, &own.title, &urls::page(&own.slug)))
        .collect();
    let items = [
        (true, "methods", "methods/index.html"),
        (true, "corrections", "corrections/index.html"),
        (!site.graph.tags.is_empty(), "tags", "tags/index.html"),
        (
            !site.graph.languages.is_empty(),
            "languages",
            "languages/index.html",
        ),
        (
            has(Part::Bibliography) && !site.corpus.cited.is_empty(),
            "bibliography",
            urls::BIBLIOGRAPHY,
        ),
    ];
    let shown = items.into_iter().filter(|(is_shown, ..)| *is_shown);
    more.extend(shown.map(|(_, key, path)| nav_item(page, &site.words.say(key), path)));
    more
}

fn nav_item(page: &str, label: &str, path: &str) -> NavItem {
    NavItem {
        label: label.to_owned(),
        url: urls::relative(page, path),
        current: path == page,
    }
}
