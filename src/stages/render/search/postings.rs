//! Which articles have a word, and what it weighs there, in few bytes.

use std::collections::BTreeMap;

use super::{super::site::Site, tokens};
use crate::model::{
    catalogue::ArticleIdx,
    document::{Block, BlockKind},
};

/// Steps of weight.
pub(super) const LEVELS: u32 = 8;
/// What a weight has at least: one word of a long text.
const LEAST: f32 = 0.2;
/// A word that stands in the title, or twice in what leads.
const STRONG: u32 = 6;
/// BM25: how soon more of the same word tells nothing new, and how much a long text counts less.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// From so many articles on, words that half of them have are kept for titles alone.
const MANY: usize = 50;

/// How long articles are, in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Average(f32);

impl Average {
    pub(super) fn of(site: &Site<'_>) -> Self {
        let lengths = site.corpus.articles.iter();
        let all: u64 = lengths.map(|a| u64::from(a.document.word_count)).sum();
        let articles = site.corpus.articles.len().max(1);
        Self((all as f32 / articles as f32).max(1.0))
    }
}

/// How much more a word says in a block than in a paragraph.
fn boost(block: &Block) -> f32 {
    match block.kind {
        BlockKind::Title => 8.0,
        BlockKind::Standfirst => 4.0,
        BlockKind::Heading(_) => 2.0,
        _ => 1.0,
    }
}

/// The words of an article with their levels.
pub(super) fn of_article(site: &Site<'_>, idx: ArticleIdx, average: Average) -> Vec<(String, u32)> {
    let article = site.corpus.article(idx);
    let text = &article.document.text;
    let length = article.document.word_count as f32 / average.0;
    let long = 1.0 - B + B * length;
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    let mut add = |text: &str, boost: f32| {
        for word in tokens::words(text) {
            *weights.entry(word).or_default() += boost;
        }
    };
    for block in &article.document.blocks {
        let boost = boost(block);
        let share = if boost > 1.0 { boost } else { boost / long };
        add(block.span.of(text), share);
    }
    for appearance in &site.graph.articles[idx.0 as usize].appearances {
        let boost = if appearance.about { 5.0 } else { 2.0 };
        add(&site.corpus.catalogue.get(appearance.entity).name, boost);
    }
    let front = &article.front;
    let terms = front.topics.iter().chain(&front.tags);
    for term in terms.chain(&front.authors).chain(&front.dateline) {
        add(term, 3.0);
    }
    let level = |(term, weight): (String, f32)| (term, level(weight));
    weights.into_iter().map(level).collect()
}

/// The articles of each language of the site, under `@` and its tag; none where there is one language.
pub(super) fn of_languages(site: &Site<'_>) -> Vec<(String, Postings)> {
    let mut places = vec![0; site.corpus.articles.len()];
    for (n, idx) in (0_u32..).zip(&site.graph.newest) {
        places[idx.0 as usize] = n;
    }
    let languages = site.graph.languages.iter();
    languages
        .map(|(tag, articles)| {
            let mut postings = Postings::default();
            for idx in articles {
                postings.push(places[idx.0 as usize], 0);
            }
            (format!("@{tag}"), postings)
        })
        .collect()
}

/// A weight as one of [`LEVELS`] steps.
fn level(weight: f32) -> u32 {
    let share = (weight / (K1 + weight) - LEAST) / (1.0 - LEAST);
    // Never below zero, and below the number of levels.
    (share.max(0.0) * LEVELS as f32).min(LEVELS as f32 - 1.0) as u32
}

/// The articles that have a word, in order, with their levels.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Number and level of the first; those after it are in `rest`.
    first: Option<(u32, u32)>,
    last: u32,
    /// How many articles.
    count: u32,
    rest: Vec<u8>,
    /// True where only articles are left in which the word is strong.
    common: bool,
}

impl Postings {
    /// Adds an article after all that are there.
    pub(super) fn push(&mut self, number: u32, level: u32) {
        match self.first {
            None => self.first = Some((number, level)),
            Some(_) => encode(&mut self.rest, number - self.last, level),
        }
        self.last = number;
        self.count += 1;
    }

    /// Adds postings after all that are there.
    pub(super) fn append(&mut self, other: Self) {
        let Some((number, level)) = other.first else {
            return;
        };
        self.push(number, level);
        self.rest.extend(other.rest);
        self.last = other.last;
        self.count += other.count - 1;
    }

    /// How many articles have the word.
    pub(super) fn articles(&self) -> u32 {
        self.count
    }

    pub(super) fn hash(&self, hasher: &mut blake3::Hasher) {
        let (number, level) = self.first.unwrap_or_default();
        hasher.update(&number.to_le_bytes());
        hasher.update(&level.to_le_bytes());
        hasher.update(&self.rest);
    }

    /// About how many bytes they take.
    pub(super) fn len(&self) -> usize {
        self.rest.len() + 2
    }

    /// A word that more than half of `articles` have tells one from another in titles alone.
    pub(super) fn thin_out(&mut self, articles: usize) {
        if articles < MANY || self.count as usize <= articles / 2 {
            return;
        }
        let mut strong = Self {
            common: true,
            ..Self::default()
        };
        for (number, level) in self.decoded() {
            if level >= STRONG {
                strong.push(number, level);
            }
        }
        strong.rest.shrink_to_fit();
        *self = strong;
    }

    fn decoded(&self) -> Vec<(u32, u32)> {
        let mut found: Vec<(u32, u32)> = self.first.into_iter().collect();
        let (mut high, mut number) = (0, self.first.map_or(0, |first| first.0));
        for byte in &self.rest {
            if *byte >= MORE {
                high = high * MORES + u32::from(byte - MORE) + 1;
                continue;
            }
            let value = high * ENDS + u32::from(byte - END);
            number += value / LEVELS + 1;
            found.push((number, value % LEVELS));
            high = 0;
        }
        found
    }

    /// As the file has them: the first counted from before the first article.
    fn write(&self, out: &mut String) {
        if self.common {
            out.push('!');
        }
        let mut bytes = Vec::with_capacity(4);
        if let Some((number, level)) = self.first {
            encode(&mut bytes, number + 1, level);
        }
        out.extend(bytes.iter().chain(&self.rest).map(|byte| char::from(*byte)));
    }
}

/// A number ends with one of 56 characters from `#`; before it stand digits of 34 from `]`. No
/// quotation mark and no backslash is among them.
const END: u8 = b'#';
const ENDS: u32 = 56;
const MORE: u8 = b']';
const MORES: u32 = 34;

fn encode(out: &mut Vec<u8>, distance: u32, level: u32) {
    let value = (distance - 1) * LEVELS + level;
    let mut high = value / ENDS;
    let start = out.len();
    while high > 0 {
        let digit = (high - 1) % MORES;
        out.insert(start, MORE + digit.to_le_bytes()[0]);
        high = (high - 1) / MORES;
    }
    out.push(END + (value % ENDS).to_le_bytes()[0]);
}

/// `word postings word postings …`
pub(super) fn file(terms: &[(String, Postings)]) -> String {
    let mut out = String::new();
    for (term, postings) in terms {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(term);
        out.push(' ');
        postings.write(&mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(list: &[(u32, u32)]) -> Postings {
        let mut postings = Postings::default();
        for (number, level) in list {
            postings.push(*number, *level);
        }
        postings
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(mut numbers in prop::collection::vec(0u32..200_000, 1..60), at in 0usize..60) {
            numbers.sort_unstable();
            numbers.dedup();
            let list: Vec<(u32, u32)> = numbers.iter().map(|n| (*n, n % LEVELS)).collect();
            let (one, two) = list.split_at(at.min(list.len()));
            let mut joined = of(one);
            joined.append(of(two));
            prop_assert_eq!(joined.decoded(), list.clone());
            prop_assert_eq!(joined.articles() as usize, list.len());
            prop_assert!(joined.rest.iter().all(|b| (35..127).contains(b) && *b != b'\\'));
        }
    }

    #[test]
    fn near_articles_take_one_character() {
        let list: Vec<(u32, u32)> = (0..1000).map(|n| (n * 7, 7)).collect();
        assert_eq!(of(&list).rest.len(), 999);
    }

    #[test]
    fn titles_weigh_more_than_repetition() {
        assert!(level(8.0) > level(3.0) && level(3.0) > level(1.0));
        assert_eq!((level(0.0), level(1000.0)), (0, LEVELS - 1));
        assert!(level(8.0) >= STRONG && level(2.0) < STRONG);
    }

    #[test]
    fn what_everybody_says_is_kept_where_it_is_strong() {
        let mut postings = of(&(0..100)
            .map(|n| (n, if n == 42 { 7 } else { 3 }))
            .collect::<Vec<_>>());
        postings.thin_out(100);
        assert_eq!(postings.decoded(), [(42, 7)]);
        assert!(file(&[("the".to_owned(), postings)]).starts_with("the !"));
    }
}
