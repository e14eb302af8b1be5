//! Lines and columns of diagnostics.
//!
//! Many diagnostics may stand in one file: where its lines begin is looked for once.

use std::collections::BTreeMap;

use super::{Diagnostic, print::Lookup};

/// A place in a text, as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
    /// One past the last character, on the same line.
    pub(super) end_column: usize,
    /// The whole line, without its end.
    pub(super) text: &'a str,
    /// Where in the line the marked part stands, in bytes.
    pub(super) marked: (usize, usize),
}

/// Finds places; each file is looked through once.
pub(super) struct Places<'p, 'a> {
    source: &'p Lookup<'a>,
    starts: BTreeMap<String, Vec<usize>>,
}

impl<'p, 'a> Places<'p, 'a> {
    pub(super) fn new(source: &'p Lookup<'a>) -> Self {
        Self {
            source,
            starts: BTreeMap::new(),
        }
    }

    /// Where a diagnostic points; `None` where it is about the whole file.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic) -> Option<Place<'a>> {
        let path = diagnostic.path.as_str();
        let (span, text) = diagnostic.span.zip((self.source)(path))?;
        if !self.starts.contains_key(path) {
            let starts = text.match_indices('\n').map(|(at, _)| at + 1);
            let starts = std::iter::once(0).chain(starts).collect();
            self.starts.insert(path.to_owned(), starts);
        }
        let starts = self.starts.get(path)?;
        let start = floor(text, span.start as usize);
        let line = starts.partition_point(|line| *line <= start);
        let from = *starts.get(line.checked_sub(1)?)?;
        let rest = &text[from..];
        let whole = starts.get(line).map_or(rest, |next| &text[from..next - 1]);
        // A span over many lines is cut to its first.
        let end = floor(text, span.end as usize).clamp(start, (from + whole.len()).max(start));
        let column = text[from..start].chars().count() + 1;
        Some(Place {
            line,
            column,
            end_column: column + text[start..end].chars().count(),
            text: whole,
            marked: (start - from, end - from),
        })
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
