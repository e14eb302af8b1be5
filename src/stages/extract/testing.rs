//! Helpers of this stage's tests.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{Context, NameIndex, article};
use crate::{
    model::{
        article::EntityRules, document::Document, extraction::Extraction, source::SourceFile,
        span::Span,
    },
    stages::parse::{self, ParseOptions},
};

/// Everything in a text of 21 July 2024, without a registry.
#[allow(clippy::unwrap_used)]
pub(crate) fn extract(language: &str, text: &str) -> (Document, Extraction) {
    thread_local! {
        static NAMES: NameIndex = NameIndex::new([], &BTreeMap::new()).unwrap();
    }
    let document = document(text);
    let extraction = NAMES.with(|names| {
        let context = Context {
            date: date(2024, 7, 21),
            language,
            names,
            rules: &EntityRules::default(),
            detect: true,
            without: &BTreeSet::new(),
            recogniser: None,
            evidence: None,
        };
        article(&document, &context)
    });
    (document, extraction)
}

/// A document of plain paragraphs.
pub(crate) fn document(text: &str) -> Document {
    let source = SourceFile {
        path: "a.md".into(),
        text: text.into(),
    };
    let body = Span::new(0, text.len());
    let mut document = parse::document(&source, body, "", &[], &ParseOptions::default()).0;
    // Smart punctuation would change the text under test.
    if document.blocks.len() == 1 && document.text.len() != text.trim_end().len() {
        document.text = text.to_owned();
        document.blocks[0].span = Span::new(0, text.len());
    }
    document
}

/// Takes `[[name|label]]` marks out of a text: the plain text, and the marked names with labels.
pub(crate) fn unmark(marked: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        let (inside, tail) = after.split_once("]]").unwrap_or((after, ""));
        let (name, label) = inside.split_once('|').unwrap_or((inside, ""));
        text.push_str(before);
        text.push_str(name);
        names.push((name.to_owned(), label.to_owned()));
        rest = tail;
    }
    text.push_str(rest);
    (text, names)
}
