//! An article's prose and its HTML, made together in one pass over the Markdown.

use std::sync::Arc;

use super::{
    chart::ChartSpec, citation::Citation, offset_map::OffsetMap, shortcode::Shortcode, span::Span,
    table::TableSpec,
};

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
    /// A citation that is a word of its sentence.
    Citation,
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
    /// The block `body.code[n]`.
    Code(u32),
    /// The cells of `tables[n]`, inside their figure.
    Table(u32),
    /// Where what stands in `shortcodes[n]` begins.
    ShortcodeStart(u32),
    /// Where it ends.
    ShortcodeEnd(u32),
    /// `citations[n]` in the style of the site.
    Citation(u32),
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
    /// The blocks of code.
    pub code: Vec<CodeBlock>,
}

/// A block of code, coloured only once its page is made: that takes longer than all the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeBlock {
    /// The code.
    pub text: String,
    /// How it is shown.
    pub style: CodeStyle,
}

/// How a block of code is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeStyle {
    /// The language's name or file ending.
    pub language: Option<String>,
    /// Whether lines are numbered.
    pub line_numbers: bool,
    /// Marked lines, from 1, as inclusive ranges.
    pub highlighted: Vec<(usize, usize)>,
    /// The file's name, shown above the code.
    pub file: Option<String>,
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
    /// `tables[n]` as a table.
    Table(u32),
    /// `shortcodes[n]` without its body.
    Shortcode(u32),
    /// `citations[n]` as words.
    Citation(u32),
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
    /// Tables of data in order.
    pub tables: Vec<TableSpec>,
    /// Shortcodes in order.
    pub shortcodes: Vec<Shortcode>,
    /// Citations in order.
    pub citations: Vec<Citation>,
    /// Rows of tables below their heads, in order: what a cell says, its row says together.
    pub rows: Vec<Span>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Words of prose, code left out.
    pub word_count: u32,
    /// The ids in its HTML that are no headings', such as those of notes, sorted.
    pub ids: Vec<String>,
    /// True after [`Document::let_go`].
    pub is_let_go: bool,
}

/// A longer row of a table is no statement that could be quoted, in bytes.
const LONGEST_ROW: usize = 2000;

impl Document {
    /// Lets go of what only the document's own page needs: its HTML, its Markdown and where its text
    /// came from. It is most of it, and is had again by parsing the file again.
    pub fn let_go(&mut self) {
        self.source = OffsetMap::default();
        self.body = Body::default();
        self.markdown = Markdown::default();
        self.is_let_go = true;
    }

    /// False after [`Document::let_go`].
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.is_let_go
    }

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
