//! Places as the protocol counts them: lines from 0, and in the line UTF-16 units, or bytes where the
//! editor can do that.

use lsp_types::{Position, Range};

use crate::model::span::Span;

/// In what a line's places are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every editor knows.
    #[default]
    Utf16,
}

/// The lines of a text.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Places<'a> {
    /// Counts the lines of `text`, whose lines end in `\n`.
    #[must_use]
    pub fn of(text: &'a str, encoding: Encoding) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(ends).collect(),
            encoding,
        }
    }

    /// The place of a byte; one inside a letter counts as that letter's.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let units = match self.encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
        };
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(narrow(line), narrow(units))
    }

    /// The places of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The byte at a place; past the end of a line its end, past the last line the text's.
    #[must_use]
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else {
            return self.text.len();
        };
        let rest = self.text[start..].split('\n').next().unwrap_or_default();
        let mut left = position.character as usize;
        for (at, letter) in rest.char_indices() {
            let units = match self.encoding {
                Encoding::Utf8 => letter.len_utf8(),
                Encoding::Utf16 => letter.len_utf16(),
            };
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + rest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_editors_do() {
        let text = "a\nÉté 🏛 x\n";
        let places = Places::of(text, Encoding::Utf16);
        let x = u32::try_from(text.find('x').unwrap_or_default()).unwrap_or_default();
        assert_eq!(places.position(x), Position::new(1, 7));
        assert_eq!(places.offset(Position::new(1, 7)), x as usize);
        assert_eq!(places.offset(Position::new(1, 99)), text.len() - 1);
        assert_eq!(places.offset(Position::new(9, 0)), text.len());
        let bytes = Places::of(text, Encoding::Utf8);
        assert_eq!(bytes.position(x), Position::new(1, 11));
        assert_eq!(bytes.offset(Position::new(1, 11)), x as usize);
    }
}
