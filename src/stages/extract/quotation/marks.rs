//! What stands between quotation marks.
//!
//! Curly, straight, low and angled marks; single ones where they cannot be apostrophes. A
//! quotation of several paragraphs opens its mark in each and closes it in the last.

use crate::model::{
    document::{Block, Document},
    span::Span,
};

/// Words between marks, in one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Without the marks.
    pub(super) span: Span,
    /// With them.
    pub(super) outer: Span,
    pub(super) block: u32,
    /// True where the paragraph before left the mark open.
    pub(super) continued: bool,
}

/// All of them, in order.
pub(super) fn quoted(document: &Document) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut open_before = None;
    for (n, block) in (0u32..).zip(&document.blocks) {
        if block.kind.is_headline() {
            open_before = None;
            continue;
        }
        let scan = Scan::of(document, *block);
        let (spans, open) = scan.run();
        let continued = open_before.is_some_and(|mark| scan.first() == Some(mark));
        for (at, (inner, outer)) in spans.iter().enumerate() {
            found.push(Quoted {
                span: *inner,
                outer: *outer,
                block: n,
                continued: continued && at == 0,
            });
        }
        let next = document.blocks.get(n as usize + 1);
        let goes_on = open.filter(|(_, mark)| {
            next.is_some_and(|next| {
                next.kind == block.kind && Scan::of(document, *next).first() == Some(*mark)
            })
        });
        if let Some((start, mark)) = goes_on {
            let span = scan.trimmed(start, scan.text.len());
            let opened = scan.base + start - mark.len_utf8();
            found.push(Quoted {
                span,
                outer: Span {
                    end: span.end,
                    ..Span::new(opened, opened)
                },
                block: n,
                continued: continued && spans.is_empty(),
            });
        }
        open_before = goes_on.map(|(_, mark)| mark);
    }
    found.retain(|quoted| !quoted.span.is_empty());
    found
}

/// One block under the eye.
struct Scan<'a> {
    text: &'a str,
    base: usize,
    chars: Vec<(usize, char)>,
}

/// Inner and outer spans.
type Pair = (Span, Span);

impl<'a> Scan<'a> {
    fn of(document: &'a Document, block: Block) -> Self {
        let text = block.span.of(&document.text);
        let base = block.span.start as usize;
        let masked = |at: usize| {
            let here = Span::new(base + at, base + at + 1);
            document.is_masked(here)
        };
        let chars = text
            .char_indices()
            .map(|(at, c)| {
                if is_mark(c) && masked(at) {
                    (at, ' ')
                } else {
                    (at, c)
                }
            })
            .collect();
        Self { text, base, chars }
    }

    fn first(&self) -> Option<char> {
        self.chars.first().map(|(_, c)| *c)
    }

    fn at(&self, n: Option<usize>) -> Option<char> {
        self.chars.get(n?).map(|(_, c)| *c)
    }

    fn before(&self, n: usize) -> Option<char> {
        self.at(n.checked_sub(1))
    }

    fn after(&self, n: usize) -> Option<char> {
        self.at(Some(n + 1))
    }

    fn trimmed(&self, start: usize, end: usize) -> Span {
        let inner = &self.text[start..end];
        let from = start + (inner.len() - inner.trim_start().len());
        Span::new(self.base + from, self.base + from + inner.trim().len())
    }

    fn pair(&self, open: usize, close: usize) -> Pair {
        let start = self.chars[open].0 + self.chars[open].1.len_utf8();
        let (end, mark) = self.chars[close];
        let outer = Span::new(
            self.base + self.chars[open].0,
            self.base + end + mark.len_utf8(),
        );
        (self.trimmed(start, end), outer)
    }

    /// The pairs of marks, and what the block leaves open: where its words start, and the mark.
    fn run(&self) -> (Vec<Pair>, Option<(usize, char)>) {
        let mut found = Vec::new();
        let mut open: Option<(usize, char)> = None;
        let mut n = 0;
        while n < self.chars.len() {
            let c = self.chars[n].1;
            match open {
                Some((start, mark)) if self.closes(n, mark) => {
                    found.push(self.pair(start, n));
                    open = None;
                }
                // A mark that opens again was never closed: its words are nobody's.
                Some((_, mark)) if c == mark && c != '"' && self.opens(n) => open = Some((n, c)),
                Some(_) => {}
                None if self.opens(n) => open = Some((n, c)),
                None => {
                    if let Some(close) = self.single(n) {
                        found.push(self.pair(n, close));
                        n = close;
                    }
                }
            }
            n += 1;
        }
        let open = open.map(|(n, mark)| (self.chars[n].0 + mark.len_utf8(), mark));
        (found, open)
    }

    fn opens(&self, n: usize) -> bool {
        let free = self.before(n).is_none_or(opens_after);
        let word = self.after(n).is_some_and(|c| !c.is_whitespace());
        match self.chars[n].1 {
            '\u{201c}' | '\u{201e}' | '\u{ab}' => true,
            '"' | '\u{bb}' => free && word,
            _ => false,
        }
    }

    fn closes(&self, n: usize, open: char) -> bool {
        let attached = self.before(n).is_some_and(|c| !c.is_whitespace());
        match (open, self.chars[n].1) {
            ('\u{201c}', '\u{201d}')
            | ('\u{201e}', '\u{201c}' | '\u{201d}')
            | ('\u{ab}', '\u{bb}')
            | ('\u{bb}', '\u{ab}') => true,
            ('"', '"') => attached,
            _ => false,
        }
    }

    /// Where the single mark at `n` is closed, if it opens and no apostrophe can be meant.
    fn single(&self, n: usize) -> Option<usize> {
        let opens = |n: usize| {
            matches!(self.chars[n].1, '\u{2018}' | '\'')
                && self.before(n).is_none_or(opens_after)
                && self.after(n).is_some_and(char::is_alphabetic)
                && !self.is_elision(n)
        };
        if !opens(n) {
            return None;
        }
        let mut ends = Vec::new();
        for m in n + 1..self.chars.len() {
            if opens(m) || self.opens(m) {
                break;
            }
            let mark = matches!(self.chars[m].1, '\u{2019}' | '\'');
            let free = self.after(m).is_none_or(|c| !c.is_alphanumeric());
            let attached = self.before(m).is_some_and(|c| !c.is_whitespace());
            if mark && free && attached {
                // After a comma or full stop it can be nothing else.
                if self
                    .before(m)
                    .is_some_and(|c| matches!(c, ',' | '.' | '!' | '?' | '\u{2026}'))
                {
                    return Some(m);
                }
                ends.push(m);
            }
        }
        match ends.as_slice() {
            [end] => Some(*end),
            _ => None,
        }
    }

    /// `'em`, `'tis`, `'90s`
    fn is_elision(&self, n: usize) -> bool {
        let start = self.chars[n].0 + self.chars[n].1.len_utf8();
        let rest = &self.text[start..];
        let word = rest
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        matches!(
            word.to_ascii_lowercase().as_str(),
            "em" | "tis" | "twas" | "til" | "cause" | "n" | "bout" | "round" | "cos" | "s"
        )
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '\u{201c}'
            | '\u{201d}'
            | '\u{201e}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{2018}'
            | '\u{2019}'
    )
}

/// What may stand right before an opening mark.
fn opens_after(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '\u{2014}' | '\u{2013}' | '-' | '/' | ':')
}
