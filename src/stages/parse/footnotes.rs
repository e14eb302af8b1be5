//! Footnotes: their definitions move to the end, in the order of the first reference.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::Events;

/// The numbers of footnotes, from 1, by label, and how often each has been referred to.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    numbers: BTreeMap<String, usize>,
    references: BTreeMap<String, usize>,
}

impl Numbers {
    /// The footnote's number.
    pub(super) fn of(&self, label: &str) -> usize {
        self.numbers.get(label).copied().unwrap_or(0)
    }

    /// The footnote's number and which reference to it this is, from 1.
    pub(super) fn refer(&mut self, label: &str) -> (usize, usize) {
        let count = self.references.entry(label.to_owned()).or_default();
        *count += 1;
        (self.numbers.get(label).copied().unwrap_or(0), *count)
    }

    /// How often it was referred to.
    pub(super) fn references(&self, label: &str) -> usize {
        self.references.get(label).copied().unwrap_or(0)
    }
}

/// Splits the events into those of the text and those of the definitions, the latter in the
/// order of their first reference; definitions that nothing refers to come last.
pub(super) fn to_the_end(events: Events<'_>) -> (Events<'_>, Events<'_>, Numbers) {
    let mut body = Events::with_capacity(events.len());
    let mut definitions: Vec<(String, Events<'_>)> = Vec::new();
    let mut depth = 0usize;
    for (event, range) in events {
        if let Event::Start(Tag::FootnoteDefinition(label)) = &event {
            if depth == 0 {
                definitions.push((label.to_string(), Events::new()));
            }
            depth += 1;
        }
        let ends = matches!(event, Event::End(TagEnd::FootnoteDefinition));
        match definitions.last_mut() {
            Some((_, own)) if depth > 0 => own.push((event, range)),
            _ => body.push((event, range)),
        }
        if ends {
            depth = depth.saturating_sub(1);
        }
    }
    let numbers = number(&body, &definitions);
    definitions.sort_by_key(|(label, _)| numbers.of(label));
    let notes = definitions.into_iter().flat_map(|(_, own)| own).collect();
    (body, notes, numbers)
}

fn number(body: &Events<'_>, definitions: &[(String, Events<'_>)]) -> Numbers {
    let mut numbers = BTreeMap::new();
    let everywhere = body
        .iter()
        .chain(definitions.iter().flat_map(|(_, own)| own));
    let referred = everywhere.filter_map(|(event, _)| match event {
        Event::FootnoteReference(label) => Some(label.to_string()),
        _ => None,
    });
    for label in referred.chain(definitions.iter().map(|(label, _)| label.clone())) {
        let next = numbers.len() + 1;
        numbers.entry(label).or_insert(next);
    }
    Numbers {
        numbers,
        references: BTreeMap::new(),
    }
}
