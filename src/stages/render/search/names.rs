//! Words of names, with the entities that bear them.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write};

use serde::Serialize;

use super::{super::site::Site, tokens};
use crate::model::{catalogue::EntityIdx, entity::EntityState};

/// The most named of one word: with a second word, the rarer one of the two finds the entity.
const FOR_WORD: usize = 100;
/// The most named of a beginning of a word.
const FOR_BEGINNING: usize = 12;
/// Beginnings of so many characters have their own entry; longer ones are looked for in the list.
const BEGINNING: usize = 3;
/// After a beginning, to tell it from a word. Stands before all letters.
const ANY: char = '*';

/// Each word of names and aliases, and each short beginning followed by `*`, with the entities,
/// most named first.
pub(super) fn by_word(site: &Site<'_>) -> Vec<(String, Vec<EntityIdx>)> {
    let mut words: BTreeMap<String, Vec<EntityIdx>> = BTreeMap::new();
    for idx in site.corpus.catalogue.indices() {
        for word in words_of(site, idx) {
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends.take(BEGINNING) {
                let beginning = format!("{}{ANY}", &word[..end]);
                words.entry(beginning).or_default().push(idx);
            }
            words.entry(word).or_default().push(idx);
        }
    }
    let sorted = |(word, mut entities): (String, Vec<EntityIdx>)| {
        entities.sort_by_key(|idx| (Reverse(articles(site, *idx)), *idx));
        entities.dedup();
        let most = if word.ends_with(ANY) {
            FOR_BEGINNING
        } else {
            FOR_WORD
        };
        entities.truncate(most);
        (word, entities)
    };
    words.into_iter().map(sorted).collect()
}

fn words_of(site: &Site<'_>, idx: EntityIdx) -> Vec<String> {
    let entity = site.corpus.catalogue.get(idx);
    let names = std::iter::once(&entity.name).chain(&entity.aliases);
    let mut words: Vec<String> = names.flat_map(|name| tokens::words(name)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many articles name an entity.
pub(super) fn articles(site: &Site<'_>, idx: EntityIdx) -> usize {
    site.graph.entities[idx.0 as usize].articles.len()
}

/// About how many bytes an entry takes, if no other entry of the file has its entities.
pub(super) fn size(site: &Site<'_>, (word, entities): &(String, Vec<EntityIdx>)) -> usize {
    let row = |idx: &EntityIdx| {
        let entity = site.corpus.catalogue.get(*idx);
        let aliases: usize = entity.aliases.iter().map(|alias| alias.len() + 3).sum();
        let description = site.description_of(*idx).map_or(0, |text| text.len());
        entity.name.len() + entity.slug.len() + aliases + description + 20
    };
    // Beginnings share their entities with the words after them.
    let rows = if word.ends_with(ANY) {
        0
    } else {
        entities.iter().map(row).sum()
    };
    word.len() + 3 * entities.len() + rows
}

/// An entity: name, slug, kind, how many articles name it, other names, what it is. The kind is
/// its place among all kinds, twice, and one more where only the machine vouches for it.
#[derive(Serialize)]
struct Row<'a>(&'a str, &'a str, usize, usize, &'a [String], String);

/// The entities of some words, and `word 0,4,7 word 1 …` with their places.
pub(super) fn file(site: &Site<'_>, words: &[(String, Vec<EntityIdx>)]) -> impl Serialize {
    let mut places: BTreeMap<EntityIdx, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut list = String::new();
    for (word, entities) in words {
        if !list.is_empty() {
            list.push(' ');
        }
        list.push_str(word);
        for (n, idx) in entities.iter().enumerate() {
            let place = *places.entry(*idx).or_insert_with(|| {
                rows.push(row(site, *idx));
                rows.len() - 1
            });
            // Writing to a string cannot fail.
            let _ = write!(list, "{}{place}", if n == 0 { ' ' } else { ',' });
        }
    }
    (rows, list)
}

fn row<'a>(site: &Site<'a>, idx: EntityIdx) -> Row<'a> {
    let entity = site.corpus.catalogue.get(idx);
    let detected = entity.state == EntityState::Detected;
    Row(
        &entity.name,
        &entity.slug,
        2 * entity.kind as usize + usize::from(detected),
        articles(site, idx),
        &entity.aliases,
        site.description_of(idx).unwrap_or_default(),
    )
}
