//! A text that is changed step by step, and still knows which line of the source each of its lines
//! came from.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A text with the source's line of each of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapped {
    pub(super) text: String,
    /// By line of `text`: the line of the file, from 1.
    lines: Vec<usize>,
}

/// A stretch to replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) place: Range<usize>,
    pub(super) with: String,
}

impl Mapped {
    pub(super) fn new(text: &str, first_line: usize) -> Self {
        let count = text.lines().count() + 1;
        Self {
            text: text.to_owned(),
            lines: (first_line..first_line + count).collect(),
        }
    }

    /// A text made of one line of the source, or of lines that cannot be told apart.
    pub(super) fn at_line(text: &str, line: usize) -> Self {
        let count = text.lines().count() + 1;
        Self {
            text: text.to_owned(),
            lines: vec![line; count],
        }
    }

    /// Lines with their numbers in the source.
    pub(super) fn of_lines(lines: Vec<(usize, String)>) -> Self {
        let mut text = String::new();
        let mut numbers = Vec::with_capacity(lines.len() + 1);
        for (number, line) in lines {
            text.push_str(&line);
            text.push('\n');
            numbers.push(number);
        }
        numbers.push(numbers.last().map_or(1, |last| last + 1));
        Self {
            text,
            lines: numbers,
        }
    }

    /// Each line with its number in the source.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbers = self.lines.iter().copied();
        numbers.zip(self.text.lines())
    }

    /// The source's line at a byte of the text.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().iter().take(at);
        let n = before.filter(|byte| **byte == b'\n').count();
        self.lines
            .get(n)
            .or(self.lines.last())
            .copied()
            .unwrap_or(1)
    }

    /// Applies edits, of which those that overlap an earlier one are passed over.
    pub(super) fn edited(&self, mut edits: Vec<Edit>) -> Self {
        if edits.is_empty() {
            return self.clone();
        }
        edits.sort_by_key(|edit| (edit.place.start, edit.place.end));
        let (mut text, mut at) = (String::with_capacity(self.text.len()), 0);
        let mut lines = vec![self.line(0)];
        let mut line = 0;
        for edit in edits {
            if edit.place.start < at {
                continue;
            }
            for byte in self.text[at..edit.place.start].bytes() {
                if byte == b'\n' {
                    line += 1;
                    lines.push(self.lines.get(line).copied().unwrap_or(0));
                }
            }
            text.push_str(&self.text[at..edit.place.start]);
            let here = self.lines.get(line).copied().unwrap_or(0);
            lines.extend(edit.with.bytes().filter(|b| *b == b'\n').map(|_| here));
            text.push_str(&edit.with);
            let gone = &self.text[edit.place.clone()];
            line += gone.bytes().filter(|b| *b == b'\n').count();
            at = edit.place.end;
        }
        for byte in self.text[at..].bytes() {
            if byte == b'\n' {
                line += 1;
                lines.push(self.lines.get(line).copied().unwrap_or(0));
            }
        }
        text.push_str(&self.text[at..]);
        Self { text, lines }
    }

    /// Where code stands, fenced, indented or in a line, in order.
    pub(super) fn code(&self) -> Vec<Range<usize>> {
        let events = Parser::new_ext(&self.text, options()).into_offset_iter();
        let code = events.filter_map(|(event, place)| match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => Some(place),
            _ => None,
        });
        code.collect()
    }
}

/// How Markdown of other programs is read.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

/// True where one of the sorted ranges holds the byte.
pub(super) fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next.checked_sub(1).is_some_and(|n| ranges[n].contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let text = Mapped::new("a\nb\nc\n", 5);
        let edit = |place, with: &str| Edit {
            place,
            with: with.to_owned(),
        };
        let edited = text.edited(vec![edit(0..1, "a\n\nx"), edit(2..3, "B")]);
        assert_eq!(edited.text, "a\n\nx\nB\nc\n");
        assert_eq!(edited.line(edited.text.find('B').unwrap_or(0)), 6);
        assert_eq!(edited.line(edited.text.find('c').unwrap_or(0)), 7);
    }
}
