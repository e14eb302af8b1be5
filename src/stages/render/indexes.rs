//! Lists of entities: over all kinds, and by letter over as many pages as they take.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    lists::entries,
    site::{Head, Site},
    words,
};
use crate::{
    config::Part,
    model::{
        catalogue::EntityIdx,
        entity::{EntityKind, EntityState},
    },
    urls,
    views::{
        EntitiesView, EntityIndexView, IndexEntry, KindCount, KindOverview, LetterGroup,
        LetterLink, PageLink, Pager,
    },
};

/// Entities on one page; with more, each letter has its own.
const ON_PAGE: usize = 500;
/// The most named entities above the letters, and where the letters have pages of their own.
const TOP: (usize, usize) = (12, 60);
/// The most named entities of a kind among all kinds.
const IN_OVERVIEW: usize = 8;

/// Entities by the letter that they begin with, both in the order of the language.
type Letters = Vec<(String, Vec<EntityIdx>)>;

/// The pages of a kind's list, by path: all on one, or the most named and a page for each letter.
pub(super) fn of_kind(site: &Site<'_>, kind: EntityKind) -> Vec<(String, EntityIndexView)> {
    let index = urls::entity_index(kind);
    let letters = letters(site, kind);
    let count: usize = letters.iter().map(|(_, entities)| entities.len()).sum();
    if count <= ON_PAGE {
        let nav = |letter: &String| format!("#{}", letter_id(letter));
        let view = EntityIndexView {
            top: match count > TOP.0 {
                true => top(site, &index, kind, TOP.0),
                false => Vec::new(),
            },
            letters: letters
                .iter()
                .map(|(letter, entities)| group(site, &index, letter, entities))
                .collect(),
            ..page(site, kind, &index, None, &nav, &letters)
        };
        return vec![(index, view)];
    }
    let nav = |letter: &String| urls::relative(&index, &urls::letter(kind, letter));
    let first = EntityIndexView {
        top: top(site, &index, kind, TOP.1),
        ..page(site, kind, &index, None, &nav, &letters)
    };
    let others = letters
        .iter()
        .flat_map(|(letter, entities)| of_letter(site, kind, letter, entities, &letters));
    std::iter::once((index.clone(), first))
        .chain(others)
        .collect()
}

/// Where a kind's names stand, by their first letter, for the page at `path`.
pub(super) fn letter_links(site: &Site<'_>, path: &str, kind: EntityKind) -> Vec<PageLink> {
    let letters = letters(site, kind);
    let count: usize = letters.iter().map(|(_, entities)| entities.len()).sum();
    let index = urls::relative(path, &urls::entity_index(kind));
    let url = |letter: &str| match count <= ON_PAGE {
        true => format!("{index}#{}", letter_id(letter)),
        false => urls::relative(path, &urls::letter(kind, letter)),
    };
    let letters = letters.into_iter();
    letters
        .map(|(label, _)| PageLink {
            language: None,
            url: url(&label),
            label,
        })
        .collect()
}

fn of_letter(
    site: &Site<'_>,
    kind: EntityKind,
    letter: &str,
    entities: &[EntityIdx],
    letters: &Letters,
) -> Vec<(String, EntityIndexView)> {
    let first = urls::letter(kind, letter);
    let pages = entities.len().div_ceil(ON_PAGE);
    let chunks = entities.chunks(ON_PAGE).zip(1..);
    chunks
        .map(|(chunk, n)| {
            let path = urls::page_of(&first, n);
            let nav = |letter: &String| urls::relative(&path, &urls::letter(kind, letter));
            let neighbour = |n: usize| urls::relative(&path, &urls::page_of(&first, n));
            let view = EntityIndexView {
                letters: vec![group(site, &path, letter, chunk)],
                pager: Pager {
                    page: n,
                    pages,
                    newer: (n > 1).then(|| neighbour(n - 1)),
                    older: (n < pages).then(|| neighbour(n + 1)),
                },
                ..page(site, kind, &path, Some((letter, n)), &nav, letters)
            };
            (path, view)
        })
        .collect()
}

/// What all pages of a kind's list have.
fn page(
    site: &Site<'_>,
    kind: EntityKind,
    path: &str,
    letter: Option<(&str, usize)>,
    nav: &dyn Fn(&String) -> String,
    letters: &Letters,
) -> EntityIndexView {
    let label = words::kinds_label(site, kind);
    let own = &site.corpus.catalogue.entities[site.corpus.catalogue.of_kind(kind)];
    let confirmed = own
        .iter()
        .filter(|e| e.state == EntityState::Confirmed)
        .count();
    let title = match letter {
        None => label.clone(),
        Some((letter, n)) => {
            let title = site
                .words
                .fill("of_letter", &[("kind", &label), ("letter", letter)]);
            words::titled_page(site, &title, n)
        }
    };
    let index = (label.clone(), urls::entity_index(kind));
    let has_country = own.iter().any(|entity| entity.country.is_some());
    EntityIndexView {
        frame: site.frame(Head {
            trail: letter.map(|_| index).into_iter().collect(),
            ..Head::new(path, &title)
        }),
        label,
        kinds: site.kind_counts(path, Some(kind)),
        confirmed_count: confirmed,
        detected_count: own.len() - confirmed,
        heading: title.clone(),
        all_letters: letters
            .iter()
            .map(|(own, entities)| LetterLink {
                letter: own.clone(),
                url: nav(own),
                count: entities.len(),
                current: letter.is_some_and(|(letter, _)| letter == own),
            })
            .collect(),
        by_country: has_country.then(|| urls::relative(path, urls::COUNTRIES)),
        pager: Pager {
            page: 1,
            pages: 1,
            ..Pager::default()
        },
        ..EntityIndexView::default()
    }
}

fn letters(site: &Site<'_>, kind: EntityKind) -> Letters {
    let catalogue = site.corpus.catalogue;
    let range = catalogue.of_kind(kind);
    let mut letters: BTreeMap<String, Vec<EntityIdx>> = BTreeMap::new();
    for idx in catalogue.indices().skip(range.start).take(range.len()) {
        let letter = site.order.letter(&catalogue.get(idx).name);
        letters.entry(letter).or_default().push(idx);
    }
    for entities in letters.values_mut() {
        entities.sort_by_cached_key(|idx| (site.order.key(&catalogue.get(*idx).name), *idx));
    }
    let mut letters: Letters = letters.into_iter().collect();
    letters.sort_by_cached_key(|(letter, _)| site.order.key(letter));
    letters
}

fn letter_id(letter: &str) -> String {
    match letter {
        "#" => "other".to_owned(),
        letter => format!("letter-{}", letter.to_lowercase()),
    }
}

fn group(site: &Site<'_>, path: &str, letter: &str, entities: &[EntityIdx]) -> LetterGroup {
    LetterGroup {
        id: letter_id(letter),
        entries: entries(site, path, &counted(site, entities)),
        letter: letter.to_owned(),
    }
}

pub(super) fn counted(site: &Site<'_>, entities: &[EntityIdx]) -> Vec<(EntityIdx, usize)> {
    let count = |idx: &EntityIdx| site.graph.entities[idx.0 as usize].articles.len();
    entities.iter().map(|idx| (*idx, count(idx))).collect()
}

/// The most named of a kind, of those that several articles name.
fn top(site: &Site<'_>, path: &str, kind: EntityKind, most: usize) -> Vec<IndexEntry> {
    most_named(site, path, kind, 2, most)
}

/// The most named of a kind, of those that at least `least` articles name.
fn most_named(
    site: &Site<'_>,
    path: &str,
    kind: EntityKind,
    least: usize,
    most: usize,
) -> Vec<IndexEntry> {
    let range = site.corpus.catalogue.of_kind(kind);
    let own: Vec<EntityIdx> = site
        .corpus
        .catalogue
        .indices()
        .skip(range.start)
        .take(range.len())
        .collect();
    let mut top = counted(site, &own);
    top.retain(|(_, count)| *count >= least);
    top.sort_by_key(|(idx, count)| (Reverse(*count), *idx));
    top.truncate(most);
    entries(site, path, &top)
}

/// What the site names, over all kinds.
pub(super) fn overview(site: &Site<'_>) -> EntitiesView {
    let path = urls::ENTITIES;
    let entities = &site.corpus.catalogue.entities;
    let kinds: Vec<KindOverview> = site
        .kind_counts(path, None)
        .into_iter()
        .zip(
            EntityKind::ALL
                .into_iter()
                .filter(|kind| !site.corpus.catalogue.of_kind(*kind).is_empty()),
        )
        .map(|(counted, kind)| kind_overview(site, counted, kind))
        .collect();
    let has_country = entities.iter().any(|entity| entity.country.is_some());
    let has_graph = site.corpus.config.has(Part::Graph);
    EntitiesView {
        frame: site.frame(Head::new(path, &site.words.say("entities"))),
        count: entities.len(),
        confirmed_count: kinds.iter().map(|kind| kind.confirmed_count).sum(),
        kinds,
        by_country: has_country.then(|| urls::relative(path, urls::COUNTRIES)),
        graph: has_graph.then(|| urls::relative(path, urls::GRAPH)),
    }
}

fn kind_overview(site: &Site<'_>, counted: KindCount, kind: EntityKind) -> KindOverview {
    let path = urls::ENTITIES;
    let own = &site.corpus.catalogue.entities[site.corpus.catalogue.of_kind(kind)];
    let confirmed = own.iter().filter(|e| e.state == EntityState::Confirmed);
    let letters = letters(site, kind);
    let on_pages = own.len() > ON_PAGE;
    let address = |letter: &String| match on_pages {
        true => urls::relative(path, &urls::letter(kind, letter)),
        false => format!("{}#{}", counted.url, letter_id(letter)),
    };
    KindOverview {
        kind: counted.kind,
        label: counted.label,
        count: counted.count,
        confirmed_count: confirmed.count(),
        entries: most_named(site, path, kind, 1, IN_OVERVIEW),
        letters: letters
            .iter()
            .map(|(letter, entities)| LetterLink {
                letter: letter.clone(),
                url: address(letter),
                count: entities.len(),
                current: false,
            })
            .collect(),
        url: counted.url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_addresses() {
        assert_eq!(letter_id("#"), "other");
        assert_eq!(
            urls::letter(EntityKind::Person, "Я"),
            "entities/a-z/people/u42f/index.html"
        );
    }
}
