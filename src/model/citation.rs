//! What a text cites: as its author writes it, and as its readers see it.

use super::span::Span;

/// Which part of a work is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A chapter.
    Chapter,
    /// A column.
    Column,
    /// A figure.
    Figure,
    /// A line.
    Line,
    /// A note.
    Note,
    /// A page, or several.
    Page,
    /// A paragraph.
    Paragraph,
    /// A part.
    Part,
    /// A section.
    Section,
    /// A volume.
    Volume,
}

/// A work in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// Its key in the library.
    pub key: String,
    /// Words before it, such as "see".
    pub prefix: String,
    /// Where in the work: the part, and its number.
    pub locator: Option<(Part, String)>,
    /// Words after it.
    pub suffix: String,
    /// The text names the author already: `-@key`.
    pub without_author: bool,
}

/// A citation: `[@a, p. 12; @b]`, or `@a` as a part of its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The fragment, unique in the document.
    pub id: String,
    /// The works: at least one, each in the library.
    pub cites: Vec<Cite>,
    /// True for `@a`: the author's name is a word of the sentence.
    pub in_text: bool,
    /// Where it stands in the file.
    pub source: Span,
}

/// A citation as readers see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// HTML, with a link to each work.
    pub html: String,
    /// The same as plain words.
    pub text: String,
}

/// A work in a list of references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its key in the library.
    pub key: String,
    /// The fragment, the same on all pages.
    pub id: String,
    /// What stands before it in numbered styles, as plain words.
    pub label: Option<String>,
    /// The work as its style writes it, as HTML.
    pub html: String,
    /// The same as plain words.
    pub text: String,
    /// Fragments of the citations that cite it, in order.
    pub cited_at: Vec<String>,
}

/// What a document cites, written in the style of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// One for each of `document.citations`.
    pub marks: Vec<Mark>,
    /// The works, in the order of the style.
    pub references: Vec<Reference>,
}
