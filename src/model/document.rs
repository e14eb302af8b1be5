//! An article's prose and its HTML, made together in one pass over the Markdown.

use std::sync::Arc;

use super::{chart::ChartSpec, offset_map::OffsetMap, span::Span};

/// What a block of prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A quoted block.
    Quote,
    /// A cell of a table.
    TableCell,
    /// A footnote's text.
    Footnote,
    /// An image's caption or alternative text.
    Caption,
    /// The title, from the front matter: read, but not part of the HTML.
    Title,
    /// The summary, from the front matter: read, but not part of the HTML.
    Standfirst,
}

impl BlockKind {
    /// True where every word may be capitalised without being a name.
    #[must_use]
    pub fn is_headline(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Title)
    }

    /// True for what the front matter says.
    #[must_use]
    pub fn is_front(self) -> bool {
        matches!(self, Self::Title | Self::Standfirst)
    }
}

/// A run of prose that sentences do not cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where, in [`Document::text`].
    pub span: Span,
}

/// Why a part of the prose is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskKind {
    /// Code.
    Code,
    /// A bare address.
    Url,
    /// An image's credit line.
    Credit,
    /// Raw HTML.
    Html,
    /// The mark of what was redacted.
    Redaction,
}

/// A part of the prose in which nothing is extracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask {
    /// Why.
    pub kind: MaskKind,
    /// Where, in [`Document::text`].
    pub span: Span,
}

/// A place in [`Body::html`] that only the link stage can fill, since it needs the whole corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// Byte offset in the HTML at which the value is inserted.
    pub at: u32,
    /// What goes there.
    pub kind: HoleKind,
}

/// What fills a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoleKind {
    /// The attribute ` href="…"` with the address of `links[n]`; nothing where that is broken.
    Href(u32),
    /// The resolved address of `images[n]` (goes between `src="` and `"`; may be followed there by
    /// further attributes).
    Src(u32),
    /// The drawing and the table of `charts[n]`, inside their figure.
    Chart(u32),
    /// Start tag of `wikilinks[n]`, if it resolves.
    WikilinkStart(u32),
    /// End tag of `wikilinks[n]`, if it resolves.
    WikilinkEnd(u32),
}

/// The article's HTML with its holes.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Clean HTML, without the values of the holes.
    pub html: String,
    /// From [`Document::text`] to `html`.
    pub text: OffsetMap,
    /// Sorted by offset.
    pub holes: Vec<Hole>,
}

/// A link whose address the author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as written.
    pub target: String,
    /// True in a block of raw HTML: what does not hold there is taken out, not refused.
    pub raw: bool,
    /// Where it stands in the file.
    pub source: Span,
}

/// An image in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The address as written.
    pub target: String,
    /// Alternative text.
    pub alt: String,
    /// True in a block of raw HTML: its tag has attributes of its author's.
    pub raw: bool,
    /// Where it stands in the file.
    pub source: Span,
}

/// `[[target]]` or `[[target|text]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wikilink {
    /// An entity's name, alias or id, or an article's slug; without `#fragment`.
    pub target: String,
    /// What follows `#` in the target, if anything.
    pub fragment: Option<String>,
    /// The shown words, in [`Document::text`].
    pub text: Span,
    /// True where the author gave the words: `[[target|words]]`.
    pub labelled: bool,
    /// Where it stands in the file.
    pub source: Span,
}

/// A heading, for the table of contents and as a link target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The fragment, unique in the document.
    pub id: String,
    /// Plain words.
    pub text: String,
}

/// A change between the Markdown as written and the Markdown as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What gives way, in [`Markdown::text`].
    pub span: Span,
    /// What takes its place.
    pub kind: EditKind,
}

/// What takes a place in published Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditKind {
    /// These words.
    Words(String),
    /// The opening bracket of `links[n]`; nothing where that is broken.
    LinkStart(u32),
    /// The closing bracket and the address of `links[n]`; nothing where that is broken.
    LinkEnd(u32),
    /// The closing bracket and the address of `images[n]`, with its caption.
    ImageEnd(u32, String),
    /// `wikilinks[n]` as a link, or its words.
    Wikilink(u32),
    /// `charts[n]` as a table.
    Chart(u32),
}

/// The Markdown that a document was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// The whole file. All but the body is the program's, and is not published.
    pub text: Arc<str>,
    /// The body.
    pub body: Span,
    /// What changes in the body when it is published, by place.
    pub edits: Vec<Edit>,
}

/// What parsing makes of an article's Markdown.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The prose: blocks parted by `\n\n`, soft breaks as spaces, entities decoded.
    pub text: String,
    /// The blocks in order; they do not overlap.
    pub blocks: Vec<Block>,
    /// From `text` to byte offsets of the whole source file.
    pub source: OffsetMap,
    /// The HTML.
    pub body: Body,
    /// The Markdown, for those who want that.
    pub markdown: Markdown,
    /// What is not read, sorted.
    pub masks: Vec<Mask>,
    /// Words inside the author's own links, sorted: read, but never linked again.
    pub linked: Vec<Span>,
    /// Links in order.
    pub links: Vec<Link>,
    /// Images in order.
    pub images: Vec<Image>,
    /// Wikilinks in order.
    pub wikilinks: Vec<Wikilink>,
    /// Charts in order.
    pub charts: Vec<ChartSpec>,
    /// Rows of tables below their heads, in order: what a cell says, its row says together.
    pub rows: Vec<Span>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Words of prose, code left out.
    pub word_count: u32,
}

/// A longer row of a table is no statement that could be quoted, in bytes.
const LONGEST_ROW: usize = 2000;

impl Document {
    /// Lets nothing stand past the end of the text: code may end in a space, which is cut off.
    pub(crate) fn ends_at(&mut self, end: u32) {
        let cut = |span: &mut Span| {
            span.end = span.end.min(end);
            span.start = span.start.min(end);
        };
        self.masks.iter_mut().for_each(|mask| cut(&mut mask.span));
        self.masks.retain(|mask| !mask.span.is_empty());
        self.linked.iter_mut().for_each(cut);
        self.linked.retain(|span| !span.is_empty());
        for link in &mut self.wikilinks {
            cut(&mut link.text);
        }
        self.rows.iter_mut().for_each(cut);
    }

    /// The block that holds the byte at `offset`.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let after = self
            .blocks
            .partition_point(|block| block.span.start <= offset);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        (offset < block.span.end).then_some(block)
    }

    /// True where some of a stretch is masked.
    #[must_use]
    pub fn is_masked(&self, span: Span) -> bool {
        let from = self.masks.partition_point(|m| m.span.end <= span.start);
        self.masks.get(from).is_some_and(|m| m.span.overlaps(span))
    }

    /// True where the author links some of a stretch.
    #[must_use]
    pub fn is_linked(&self, span: Span) -> bool {
        let from = self.linked.partition_point(|own| own.end <= span.start);
        self.linked.get(from).is_some_and(|own| own.overlaps(span))
    }

    /// The stretch of prose that says what a sentence says: the sentence, or in a table its row.
    #[must_use]
    pub fn passage(&self, sentence: Span) -> Span {
        let after = self.rows.partition_point(|row| row.start <= sentence.start);
        let row = after.checked_sub(1).map(|n| self.rows[n]);
        let short = |row: &Span| row.len() <= LONGEST_ROW && row.contains(sentence);
        row.filter(short).unwrap_or(sentence)
    }
}
