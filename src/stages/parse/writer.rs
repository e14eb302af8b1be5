//! Prose and HTML written side by side, with the maps between them and to the file.

use memchr::memmem;

use crate::model::{
    document::{Block, BlockKind, CodeBlock, Document, Hole, HoleKind, Mask, MaskKind},
    span::Span,
};

/// Prose from the front matter.
#[derive(Debug, Clone, Copy)]
pub struct Front<'a> {
    /// Title or standfirst.
    pub kind: BlockKind,
    /// The words.
    pub words: &'a str,
    /// Where their YAML stands in the file.
    pub source: Span,
}

/// Collects a [`Document`].
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) document: Document,
    open: Option<(BlockKind, usize)>,
}

impl Writer {
    /// A block that is read but stands elsewhere on the page.
    pub(super) fn front(&mut self, front: &Front<'_>) {
        self.open_block(front.kind);
        let from = self.text_len();
        self.document.text.push_str(front.words.trim());
        let span = Span::new(from, self.text_len());
        if !span.is_empty() {
            self.document.source.push(span, front.source);
        }
        self.close_block();
    }

    /// Starts a block of prose, ending the one before.
    pub(super) fn open_block(&mut self, kind: BlockKind) {
        self.close_block();
        self.open = Some((kind, self.document.text.len()));
    }

    /// Starts a block of prose unless one is open.
    pub(super) fn ensure_block(&mut self, kind: BlockKind) {
        if self.open.is_none() {
            self.open_block(kind);
        }
    }

    /// Ends the open block. An empty one leaves no trace.
    pub(super) fn close_block(&mut self) {
        let Some((kind, start)) = self.open.take() else {
            return;
        };
        let text = &mut self.document.text;
        let end = start + text[start..].trim_end().len();
        if end == start {
            return;
        }
        self.document.blocks.push(Block {
            kind,
            span: Span::new(start, end),
        });
        text.push_str("\n\n");
    }

    /// Ends the document: no trailing separator.
    pub(super) fn finish(mut self) -> Document {
        self.close_block();
        let text = &mut self.document.text;
        text.truncate(text.trim_end().len());
        let end = Span::new(text.len(), text.len()).end;
        self.document.ends_at(end);
        // Sought in by their ends, which so stand in order: what lies inside another says no more.
        self.document
            .masks
            .sort_by_key(|mask| outermost_first(mask.span));
        self.document
            .masks
            .dedup_by(|next, mask| mask.span.contains(next.span));
        self.document
            .linked
            .sort_by_key(|own| outermost_first(*own));
        self.document
            .linked
            .dedup_by(|next, own| own.contains(*next));
        let words = |block: &Block| {
            block
                .span
                .of(&self.document.text)
                .split_whitespace()
                .count()
        };
        let body = self.document.blocks.iter().filter(|b| !b.kind.is_front());
        let count: usize = body.map(words).sum();
        self.document.word_count = u32::try_from(count).unwrap_or(u32::MAX);
        self.document.ids = ids(&self.document);
        self.document
    }

    /// Where the next prose goes.
    pub(super) fn text_len(&self) -> usize {
        self.document.text.len()
    }

    /// Words of prose that stand at `source` in the file as `written` there.
    pub(super) fn prose(&mut self, words: &str, written: &str, source: Span) {
        let from = self.text_len();
        self.document.text.push_str(words);
        let span = Span::new(from, self.text_len());
        if words == written || !written.ends_with(words) {
            self.document.source.push(span, source);
        } else {
            // A backslash before the words is no part of them.
            let start = source.end as usize - words.len();
            self.document
                .source
                .push(span, Span::new(start, source.end as usize));
        }
        self.escaped(words, Some(from));
    }

    /// Words of prose in whose place the page has something else.
    pub(super) fn unseen(&mut self, words: &str, source: Span) {
        let from = self.text_len();
        self.document.text.push_str(words);
        let span = Span::new(from, self.text_len());
        self.document.source.push(span, source);
    }

    /// A space in the prose that is `html` in the page.
    pub(super) fn space(&mut self, html: &str, source: Span) {
        let from = self.text_len();
        self.document.text.push(' ');
        let span = Span::new(from, from + 1);
        self.document.source.push(span, source);
        let start = self.document.body.html.len();
        self.html(html);
        self.document
            .body
            .text
            .push(span, Span::new(start, self.document.body.html.len()));
    }

    /// Tags and the like: no prose.
    pub(super) fn html(&mut self, html: &str) {
        self.document.body.html.push_str(html);
    }

    /// Text that is no prose, escaped.
    pub(super) fn html_text(&mut self, text: &str) {
        self.escaped(text, None);
    }

    /// Leaves a hole for the link stage.
    pub(super) fn hole(&mut self, kind: HoleKind) {
        let at = Span::new(self.document.body.html.len(), self.document.body.html.len()).start;
        self.document.body.holes.push(Hole { at, kind });
    }

    /// Leaves a hole for a block of code.
    pub(super) fn code(&mut self, block: CodeBlock) {
        let n = u32::try_from(self.document.body.code.len()).unwrap_or(u32::MAX);
        self.hole(HoleKind::Code(n));
        self.document.body.code.push(block);
    }

    /// Masks the prose from `start` to here.
    pub(super) fn mask_from(&mut self, start: usize, kind: MaskKind) {
        let span = Span::new(start, self.text_len());
        if !span.is_empty() {
            self.document.masks.push(Mask { kind, span });
        }
    }

    /// The open block's text so far.
    pub(super) fn open_text(&self) -> Option<(usize, &str)> {
        self.open
            .map(|(_, start)| (start, &self.document.text[start..]))
    }

    fn escaped(&mut self, words: &str, from: Option<usize>) {
        let mut done = 0;
        let replaced = words.match_indices(['&', '<', '>', '"']);
        for (at, special) in replaced {
            self.mapped(
                &words[done..at],
                &words[done..at],
                from.map(|from| from + done),
            );
            let entity = match special {
                "&" => "&amp;",
                "<" => "&lt;",
                ">" => "&gt;",
                _ => "&quot;",
            };
            self.mapped(special, entity, from.map(|from| from + at));
            done = at + special.len();
        }
        self.mapped(&words[done..], &words[done..], from.map(|from| from + done));
    }

    fn mapped(&mut self, words: &str, html: &str, from: Option<usize>) {
        if words.is_empty() {
            return;
        }
        let start = self.document.body.html.len();
        self.html(html);
        if let Some(from) = from {
            let to = Span::new(start, self.document.body.html.len());
            self.document
                .body
                .text
                .push(Span::new(from, from + words.len()), to);
        }
    }
}

/// What links can lead to besides the headings.
fn ids(document: &Document) -> Vec<String> {
    const ATTRIBUTE: &str = " id=\"";
    let html = &*document.body.html;
    let found = memmem::find_iter(html.as_bytes(), ATTRIBUTE).filter_map(|at| {
        let rest = &html[at + ATTRIBUTE.len()..];
        Some(&rest[..rest.find('"')?])
    });
    let mut headings: Vec<&str> = document.headings.iter().map(|h| h.id.as_str()).collect();
    headings.sort_unstable();
    let own = found.filter(|id| headings.binary_search(id).is_err());
    let mut ids: Vec<String> = own.map(str::to_owned).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn outermost_first(span: Span) -> (u32, std::cmp::Reverse<u32>) {
    (span.start, std::cmp::Reverse(span.end))
}
