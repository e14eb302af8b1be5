//! Links as numbered notes: paper cannot be clicked, so that a printed briefing says where its links
//! lead.
//!
//! The numbers go on from those of the sources, and an address has one number: a link to a source has
//! that source's, all others are listed by their own.

use std::collections::BTreeMap;

use crate::{
    model::{
        article::Article,
        document::{Document, HoleKind},
        graph::{ArticleNode, Target, Targets},
    },
    views::LinkNoteView,
};

/// The numbers of the external addresses that a text leads to.
#[derive(Debug, Default)]
pub(super) struct LinkNotes<'a> {
    numbers: BTreeMap<&'a str, usize>,
    listed: Vec<LinkNoteView>,
}

impl<'a> LinkNotes<'a> {
    /// Those of a briefing, in the order of its page: its key points, then its text.
    pub(super) fn of_article(
        article: &'a Article,
        document: &'a Document,
        node: &'a ArticleNode,
    ) -> Self {
        let sources = &article.front.sources;
        let mut notes = Self::default();
        for (n, source) in (1..).zip(sources) {
            if let Some(url) = &source.url {
                notes.numbers.entry(url).or_insert(n);
            }
        }
        let mut next = sources.len() + 1;
        for (point, targets) in article.key_points.iter().zip(&node.key_points) {
            notes.add(point, targets, &mut next);
        }
        notes.add(document, &node.targets, &mut next);
        notes
    }

    fn add(&mut self, document: &'a Document, targets: &'a Targets, next: &mut usize) {
        for hole in &document.body.holes {
            let url = match hole.kind {
                HoleKind::Href(n) => targets.links.get(n as usize).and_then(on_the_web),
                HoleKind::Chart(n) => {
                    let chart = document.charts.get(n as usize);
                    chart.and_then(|chart| chart.credit.as_ref()?.url.as_deref())
                }
                HoleKind::Table(n) => {
                    let table = document.tables.get(n as usize);
                    table.and_then(|table| table.credit.as_ref()?.url.as_deref())
                }
                _ => None,
            };
            let Some(url) = url.filter(|url| !self.numbers.contains_key(url)) else {
                continue;
            };
            self.numbers.insert(url, *next);
            self.listed.push(LinkNoteView {
                number: *next,
                url: url.to_owned(),
            });
            *next += 1;
        }
    }

    /// What a link to `url` says of its note: an attribute, or nothing.
    pub(super) fn attribute(&self, url: &str) -> String {
        let number = self.numbers.get(url);
        number.map_or_else(String::new, |n| format!(" data-note=\"{n}\""))
    }

    /// The addresses that are no source's, by number.
    pub(super) fn listed(self) -> Vec<LinkNoteView> {
        self.listed
    }
}

/// An address that a reader of the paper can type.
fn on_the_web(target: &Target) -> Option<&str> {
    match target {
        Target::External(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Some(url)
        }
        _ => None,
    }
}
