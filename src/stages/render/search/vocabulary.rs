//! The words that there are, by length, so that one that is typed wrongly finds its neighbours.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write};

use super::{super::site::Site, names, postings::Postings};
use crate::model::catalogue::EntityIdx;

/// Lengths, in characters, of words that are worth mending.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
/// The most frequent of all words: a rare one that is typed wrongly is found only in a name.
const MOST: usize = 40_000;
/// From so many articles on, a word of a single one is more often a slip than a word.
const MANY: usize = 200;

/// Words with the class of their frequency: the logarithm to the base 2 of how many articles.
pub(super) fn by_length(
    site: &Site<'_>,
    terms: &[(String, Postings)],
    named: &[(String, Vec<EntityIdx>)],
) -> BTreeMap<usize, Vec<(String, u8)>> {
    let least = if site.graph.newest.len() < MANY { 1 } else { 2 };
    let frequent = terms
        .iter()
        .filter(|(_, postings)| postings.articles() >= least);
    let mut all: BTreeMap<&str, u8> = frequent
        .map(|(term, postings)| (term.as_str(), class(postings.articles() as usize)))
        .collect();
    for (word, entities) in named {
        let most = entities
            .first()
            .map_or(0, |idx| names::articles(site, *idx));
        let known = all.entry(word).or_default();
        *known = class(most).max(*known);
    }
    let worth = |word: &str| {
        word.chars().all(char::is_alphabetic) && LENGTHS.contains(&word.chars().count())
    };
    let mut ranked: Vec<(&str, u8)> = all.into_iter().filter(|(word, _)| worth(word)).collect();
    ranked.sort_by_key(|(word, class)| (Reverse(*class), *word));
    ranked.truncate(MOST);
    ranked.sort_unstable();
    let mut lengths: BTreeMap<usize, Vec<(String, u8)>> = BTreeMap::new();
    for (word, class) in ranked {
        let length = word.chars().count();
        lengths
            .entry(length)
            .or_default()
            .push((word.to_owned(), class));
    }
    lengths
}

/// 0 for one, 1 for two, 2 for four …, 25 at most.
fn class(articles: usize) -> u8 {
    let class = articles.max(1).ilog2().min(25);
    class.to_le_bytes()[0]
}

/// Each word as how many characters it shares with the one before (in base 36), the others, and its
/// class as a capital letter, which no word has.
pub(super) fn file(words: &[(String, u8)]) -> String {
    let mut out = String::new();
    let mut before: Vec<char> = Vec::new();
    for (word, class) in words {
        let chars: Vec<char> = word.chars().collect();
        let same = chars
            .iter()
            .zip(&before)
            .take_while(|(a, b)| a == b)
            .count();
        let digit = u32::try_from(same)
            .ok()
            .and_then(|n| char::from_digit(n, 36));
        let rest: String = chars[same..].iter().collect();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{}{rest}{}",
            digit.unwrap_or('0'),
            char::from(b'A' + class)
        );
        before = chars;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{class, file};

    #[test]
    fn words_share_their_beginnings() {
        let words = [("paris", 9), ("parks", 0), ("spain", 3)];
        let words = words.map(|(word, class)| (word.to_owned(), class));
        assert_eq!(file(&words), "0parisJ3ksA0spainD");
    }

    #[test]
    fn classes_are_powers_of_two() {
        assert_eq!([0, 1, 2, 3, 4, 1000].map(class), [0, 0, 1, 1, 2, 9]);
    }
}
