//! What others made, as content of a site: saved articles, sites of other generators, lists of
//! entities.
//!
//! Pure: a source that has been read goes in, [`Imported`] comes out: the files to write, and notes
//! on what was changed or left behind. Reading, writing and asking are the command's. Nothing here
//! is ever written over a file that exists.

pub mod article;
pub mod date;
pub mod draft;
pub mod entities;
pub mod escape;
pub mod html;
pub mod site;

use camino::Utf8PathBuf;

/// What an import comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// What is to be written, by path.
    pub files: Vec<NewFile>,
    /// What the editor should know, in the order of the source.
    pub notes: Vec<Note>,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Below the content folder.
    pub path: Utf8PathBuf,
    /// What it holds.
    pub content: Content,
}

impl NewFile {
    /// A text file.
    #[must_use]
    pub fn text(path: impl Into<Utf8PathBuf>, text: String) -> Self {
        let path = path.into();
        let content = Content::Text(text);
        Self { path, content }
    }
}

/// What a new file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// This text.
    Text(String),
    /// The bytes of a file of the source, by its path below the source's folder.
    Copy(Utf8PathBuf),
}

/// Something to tell the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The file of the source, below its folder.
    pub file: Utf8PathBuf,
    /// The line, from 1; `None` where it is about the whole file.
    pub line: Option<usize>,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What kind of thing it is, for the count at the end: `shortcode kept as text`.
    pub kind: NoteKind,
}

/// What kinds of notes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Shortcodes, Liquid, macros, JSX: kept as text.
    TemplateCode,
    /// Raw HTML that the build will clean away.
    RawHtml,
    /// A link that led nowhere, or leads to what was not carried.
    Link,
    /// A picture or file that is not there.
    File,
    /// A document without a date, title or text.
    Draft,
    /// An old address that cannot be kept.
    Address,
    /// A part of the source that has no place here.
    NotCarried,
    /// A line taken for the furniture of a web page.
    LeftOut,
}

impl NoteKind {
    /// What the count at the end calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TemplateCode => "template code kept as text",
            Self::RawHtml => "raw HTML that the build cleans away",
            Self::Link => "links without a target, kept as words or as addresses",
            Self::File => "pictures and files that are not there",
            Self::Draft => "documents that lack something, made drafts",
            Self::Address => "old addresses that cannot be kept",
            Self::NotCarried => "parts that have no place here",
            Self::LeftOut => "lines taken for page furniture, left out",
        }
    }
}
