//! How good extraction is, measured on labelled documents.
//!
//! Input: documents with the names that people marked ([`Gold`]) and those that were found
//! ([`Found`]). Output: precision, recall and F1, of spans and of pages, and where the two differ.
//! A page's score counts each distinct name of a document once, as a sidebar shows it.

pub mod report;
pub mod whole;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    model::{entity::EntityKind, extraction::Rule},
    stages::extract::without_titles,
};

/// A labelled document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gold {
    /// Unique in its file.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Start and end in characters (not bytes), and PERSON, ORG or PLACE.
    pub spans: Vec<(usize, usize, String)>,
}

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// PERSON, ORG or PLACE.
    pub kind: &'static str,
    /// Confidence in thousandths.
    pub confidence: u32,
    /// How it was found.
    pub rule: Rule,
}

/// The kinds that are scored, as the files name them.
pub const KINDS: [&str; 3] = ["PERSON", "ORG", "PLACE"];

/// The name of a kind in the files. Events have none: no file marks them.
#[must_use]
pub fn kind_name(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("PERSON"),
        EntityKind::Organisation => Some("ORG"),
        EntityKind::Place => Some("PLACE"),
        EntityKind::Event => None,
    }
}

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found, and marked so.
    pub right: usize,
    /// Found, but not marked so.
    pub wrong: usize,
    /// Marked, but not found so.
    pub missed: usize,
}

impl Counts {
    /// Counts two sets against one another.
    pub fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        let right = gold.intersection(found).count();
        self.right += right;
        self.wrong += found.len() - right;
        self.missed += gold.len() - right;
    }

    /// The share of what was found that is right, 0 to 1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of what is marked that was found, 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// A name as a page counts it: without case, "the" and a possessive.
#[must_use]
pub fn normal(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ").to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let ending = ["'s", "\u{2019}s"]
        .iter()
        .find(|ending| name.ends_with(**ending));
    let kept = name.len() - ending.map_or(0, |ending| ending.len());
    name[..kept].to_owned()
}

/// The text of characters `start..end`.
#[must_use]
pub fn characters(text: &str, start: usize, end: usize) -> String {
    text.chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect()
}

/// The scores of a set of documents.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scores {
    /// Exact spans with their kind.
    pub span: Counts,
    /// Distinct names of each document with their kind.
    pub page: Counts,
    /// Distinct names of each kind, in the order of [`KINDS`].
    pub page_kinds: [Counts; 3],
}

impl Scores {
    /// Counts one document.
    pub fn add(&mut self, gold: &Gold, found: &[Found]) {
        let marked: BTreeSet<(usize, usize, &str)> = gold
            .spans
            .iter()
            .map(|(a, b, kind)| (*a, *b, kind.as_str()))
            .collect();
        let spans: BTreeSet<(usize, usize, &str)> =
            found.iter().map(|f| (f.start, f.end, f.kind)).collect();
        self.span.add(&marked, &spans);
        let (marked, found) = (names(&gold.text, &marked), names(&gold.text, &spans));
        self.page.add(&marked, &found);
        for (counts, kind) in self.page_kinds.iter_mut().zip(KINDS) {
            let of_kind = |set: &BTreeSet<(String, String)>| -> BTreeSet<String> {
                let same = set.iter().filter(|(_, own)| own == kind);
                same.map(|(name, _)| name.clone()).collect()
            };
            counts.add(&of_kind(&marked), &of_kind(&found));
        }
    }
}

/// The distinct names of a document, with their kind.
#[must_use]
pub fn names(text: &str, spans: &BTreeSet<(usize, usize, &str)>) -> BTreeSet<(String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let name = |(start, end, kind): &(usize, usize, &str)| {
        let end = (*end).min(chars.len());
        let written: String = chars.get(*start..end).unwrap_or_default().iter().collect();
        (normal(&written), (*kind).to_owned())
    };
    spans.iter().map(name).collect()
}

/// A name as a sidebar lists it: people without their titles. The gold files mark "Ms. Davis",
/// the sidebar says "Davis"; that is the same entry.
#[must_use]
pub fn entry(written: &str, kind: &str) -> (String, String) {
    let bare = match kind {
        "PERSON" => without_titles(written),
        _ => written,
    };
    (normal(bare), kind.to_owned())
}

/// The distinct entries that a document's sidebar should have.
#[must_use]
pub fn entries(gold: &Gold) -> BTreeSet<(String, String)> {
    let written = |(start, end, kind): &(usize, usize, String)| {
        entry(&characters(&gold.text, *start, *end), kind)
    };
    gold.spans.iter().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sidebars_list_people_without_titles() {
        let gold = Gold {
            id: "a".to_owned(),
            text: "Ms. Davis and Davis of General Motors".to_owned(),
            spans: vec![
                (0, 9, "PERSON".to_owned()),
                (14, 19, "PERSON".to_owned()),
                (23, 37, "ORG".to_owned()),
            ],
        };
        let listed = [("davis", "PERSON"), ("general motors", "ORG")];
        let listed = listed.map(|(name, kind)| (name.to_owned(), kind.to_owned()));
        assert_eq!(entries(&gold), listed.into());
    }

    #[test]
    fn pages_count_a_name_once() {
        let gold = Gold {
            id: "a".to_owned(),
            text: "É Paris. The UK\u{2019}s Paris".to_owned(),
            spans: vec![
                (2, 7, "PLACE".to_owned()),
                (9, 17, "PLACE".to_owned()),
                (18, 23, "PLACE".to_owned()),
            ],
        };
        let found = |start, end| Found {
            start,
            end,
            kind: "PLACE",
            confidence: 1000,
            rule: Rule::Recogniser,
        };
        let mut scores = Scores::default();
        scores.add(&gold, &[found(2, 7), found(13, 15)]);
        assert_eq!(
            scores.span,
            Counts {
                right: 1,
                wrong: 1,
                missed: 2
            }
        );
        assert_eq!(
            scores.page,
            Counts {
                right: 2,
                wrong: 0,
                missed: 0
            }
        );
        assert!((scores.page.f1() - 1.0).abs() < 1e-9);
    }
}
