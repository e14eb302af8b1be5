//! The search index: files that a reader's browser loads one by one, as scripts.
//!
//! Input: the linked corpus, as the pages have it. Output: small files below `search/`, so that a
//! query costs what it asks for and not what the site holds, and so that search works from a disk,
//! where a page may load scripts and nothing else.
//!
//! - `root.js`: where the other files begin, and the day of each article.
//! - `t0.js` …: words in order, with the articles that have them and what they weigh there. Where the
//!   articles are in several languages, each is a word, `@` with its tag, which no reader types.
//! - `n0.js` …: words of names in order, with the entities that bear them.
//! - `d0.js` …: what is shown of an article, newest first.
//! - `v4.js` …: words by length, for those that are typed wrongly.
//!
//! An article's number is its place among all, newest first, so that equal weights keep that order.
//! [`part`] reads some of the articles, [`index()`] joins the parts, [`file()`] writes one file; each is
//! pure, and the first and the last run on any thread.

mod documents;
mod names;
mod postings;
mod tokens;
mod vocabulary;

use std::{collections::BTreeMap, ops::Range};

use serde::Serialize;
use serde_json::json;

use super::site::Site;
use crate::{
    model::{catalogue::EntityIdx, entity::EntityKind, output::OutputFile},
    urls,
};
use postings::{Average, Postings};

/// Bytes of a file with words: a word that alone has more stands in a file of its own.
const SHARD: usize = 16 * 1024;
/// At most so many parts: each has its own list of words, and those take memory.
const PARTS: usize = 16;
/// At least so many articles in a part.
const SMALLEST_PART: usize = 256;

/// The words of some articles.
#[derive(Debug, Default)]
pub struct Part {
    terms: BTreeMap<String, Postings>,
}

/// What the files of the index are made of.
#[derive(Debug)]
pub struct Index {
    version: String,
    terms: Vec<(String, Postings)>,
    text: Vec<Range<usize>>,
    names: Vec<(String, Vec<EntityIdx>)>,
    name_files: Vec<Range<usize>>,
    vocabulary: BTreeMap<usize, Vec<(String, u8)>>,
}

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Where everything is.
    Root,
    /// Words of the text.
    Text(usize),
    /// Words of names.
    Names(usize),
    /// What is shown of articles.
    Documents(usize),
    /// Words of one length, in characters.
    Vocabulary(usize),
}

impl Piece {
    /// What the search script calls it.
    fn key(self) -> String {
        match self {
            Self::Root => "root".to_owned(),
            Self::Text(n) => format!("t{n}"),
            Self::Names(n) => format!("n{n}"),
            Self::Documents(n) => format!("d{n}"),
            Self::Vocabulary(length) => format!("v{length}"),
        }
    }

    /// The path of its file.
    #[must_use]
    pub fn path(self) -> String {
        format!("search/{}.js", self.key())
    }
}

/// Which articles make a part, as places in the list of the newest. Their number does not depend
/// on that of the threads.
#[must_use]
pub fn parts(site: &Site<'_>) -> Vec<Range<usize>> {
    let all = site.graph.newest.len();
    let size = all.div_ceil(PARTS).max(SMALLEST_PART);
    (0..all)
        .step_by(size)
        .map(|start| start..(start + size).min(all))
        .collect()
}

/// Reads the articles of a part.
#[must_use]
pub fn part(site: &Site<'_>, range: &Range<usize>) -> Part {
    let average = Average::of(site);
    let mut part = Part::default();
    for n in range.clone() {
        let Ok(number) = u32::try_from(n) else { break };
        for (term, level) in postings::of_article(site, site.graph.newest[n], average) {
            part.terms.entry(term).or_default().push(number, level);
        }
    }
    part
}

/// Joins the parts, which are in the order of [`parts`].
#[must_use]
pub fn index(site: &Site<'_>, parts: Vec<Part>) -> Index {
    let mut joined: BTreeMap<String, Postings> = BTreeMap::new();
    for part in parts {
        for (term, postings) in part.terms {
            joined.entry(term).or_default().append(postings);
        }
    }
    let articles = site.graph.newest.len();
    let mut terms: Vec<(String, Postings)> = joined.into_iter().collect();
    let names = names::by_word(site);
    let vocabulary = vocabulary::by_length(site, &terms, &names);
    for (_, postings) in &mut terms {
        postings.thin_out(articles);
    }
    let languages = postings::of_languages(site);
    if !languages.is_empty() {
        terms.extend(languages);
        terms.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    Index {
        version: version(site, &terms, &names),
        text: cut(&terms, |(term, postings)| term.len() + postings.len() + 2),
        name_files: cut(&names, |name| names::size(site, name)),
        names,
        vocabulary,
        terms,
    }
}

/// Stands in the addresses of all files but the root, so that a browser that kept files of an older
/// index never mixes the two.
fn version(
    site: &Site<'_>,
    terms: &[(String, Postings)],
    names: &[(String, Vec<EntityIdx>)],
) -> String {
    let mut hasher = blake3::Hasher::new();
    for (term, postings) in terms {
        hasher.update(term.as_bytes());
        postings.hash(&mut hasher);
    }
    for (word, entities) in names {
        hasher.update(word.as_bytes());
        for idx in entities {
            hasher.update(site.corpus.catalogue.get(*idx).slug.as_bytes());
        }
    }
    for idx in &site.graph.newest {
        let article = site.corpus.article(*idx);
        hasher.update(article.slug.as_bytes());
        hasher.update(article.front.title.as_bytes());
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

/// Ranges of entries of about [`SHARD`] bytes.
fn cut<T>(entries: &[T], size: impl Fn(&T) -> usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (n, entry) in entries.iter().enumerate() {
        let own = size(entry);
        if n > start && bytes + own > SHARD {
            ranges.push(start..n);
            (start, bytes) = (n, 0);
        }
        bytes += own;
    }
    if start < entries.len() {
        ranges.push(start..entries.len());
    }
    ranges
}

/// All files of the index.
#[must_use]
pub fn pieces(site: &Site<'_>, index: &Index) -> Vec<Piece> {
    let documents = site.graph.newest.len().div_ceil(documents::IN_FILE);
    let mut pieces = vec![Piece::Root];
    pieces.extend((0..index.text.len()).map(Piece::Text));
    pieces.extend((0..index.name_files.len()).map(Piece::Names));
    pieces.extend((0..documents).map(Piece::Documents));
    pieces.extend(index.vocabulary.keys().copied().map(Piece::Vocabulary));
    pieces
}

/// A file of the index.
#[must_use]
pub fn file(site: &Site<'_>, index: &Index, piece: Piece) -> OutputFile {
    let json = match piece {
        Piece::Root => json_of(&root(site, index)),
        Piece::Text(n) => {
            let terms = &index.terms[index.text[n].clone()];
            json_of(&postings::file(terms))
        }
        Piece::Names(n) => {
            let names = &index.names[index.name_files[n].clone()];
            json_of(&names::file(site, names))
        }
        Piece::Documents(n) => json_of(&documents::file(site, n)),
        Piece::Vocabulary(length) => {
            let words = index.vocabulary.get(&length).map_or(&[][..], Vec::as_slice);
            json_of(&vocabulary::file(words))
        }
    };
    OutputFile {
        path: piece.path().into(),
        bytes: format!("dateline.shard(\"{}\",{json});\n", piece.key()).into_bytes(),
        sources: Vec::new(),
        context: None,
    }
}

/// Our values have no keys that JSON cannot hold.
fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn root(site: &Site<'_>, index: &Index) -> serde_json::Value {
    let kinds = EntityKind::ALL.map(|kind| format!("entities/{}/", urls::kind_folder(kind)));
    json!({
        "version": index.version,
        "articles": site.graph.newest.len(),
        "days": documents::days(site),
        "text": bounds(&index.terms, &index.text),
        "names": bounds(&index.names, &index.name_files),
        "perFile": documents::IN_FILE,
        "lengths": index.vocabulary.keys().collect::<Vec<_>>(),
        "kinds": kinds,
    })
}

/// For each file the shortest beginning of its first word that no word before it reaches.
fn bounds<T>(entries: &[(String, T)], files: &[Range<usize>]) -> Vec<String> {
    let bound = |file: &Range<usize>| {
        let first = entries[file.start].0.as_str();
        let before = file.start.checked_sub(1).map_or("", |n| &entries[n].0);
        let ends = first.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut beginnings = ends.map(|end| &first[..end]);
        beginnings.find(|b| *b > before).unwrap_or(first).to_owned()
    };
    files.iter().map(bound).collect()
}

#[cfg(test)]
mod tests {
    use super::{SHARD, bounds, cut};

    #[test]
    fn a_file_ends_where_it_is_full() {
        let sizes = [10, SHARD, 20, 30, SHARD - 40, 7];
        assert_eq!(cut(&sizes, |n| *n), [0..1, 1..2, 2..4, 4..6]);
        assert!(cut(&[] as &[usize], |n| *n).is_empty());
    }

    #[test]
    fn bounds_part_the_words() {
        let words = ["apple", "apricot", "pear", "pearl", "plum"];
        let entries = words.map(|word| (word.to_owned(), ()));
        assert_eq!(
            bounds(&entries, &[0..2, 2..3, 3..4, 4..5]),
            ["a", "p", "pearl", "pl"]
        );
    }
}
