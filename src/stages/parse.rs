//! Parse: from a file's text to typed values.
//!
//! Input: one [`SourceFile`]. Output: the article, page or registry entity in it and the
//! diagnostics of that file. Nothing here knows another file.

mod addresses;
mod chart;
mod code_fence;
mod entity;
mod footnotes;
mod front_matter;
mod html;
mod key_points;
mod limits;
mod markdown;
mod public;
mod redaction;
mod registry_lists;
mod shortcode;
mod table;
mod writer;

pub use addresses::{addresses, text_of_addresses};
pub use entity::{entity, keys as entity_keys, kind_of_folder};
pub use front_matter::{again, article, article_keys, default_slug, page, page_keys};
pub use markdown::document;
pub use registry_lists::{Decided, DecisionLists, decisions, pair, suppressed};
pub use writer::Front;

use std::sync::LazyLock;

use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
    references::Library,
    text::redaction::Mark,
    words::Words,
};

/// What parsing depends on besides the file.
#[derive(Debug, Clone, Copy)]
pub struct ParseOptions<'a> {
    /// The words that stand in the text besides its own.
    pub words: &'a Words,
    /// What to do with raw HTML.
    pub raw_html: RawHtml,
    /// The works that the text may cite; without them `[@key]` is text like any other.
    pub library: Option<&'a Library>,
    /// What stands in place of redactions: one for the whole site.
    pub mark: &'a Mark,
}

impl Default for ParseOptions<'_> {
    fn default() -> Self {
        static ENGLISH: LazyLock<Words> = LazyLock::new(Words::default);
        static MARK: LazyLock<Mark> = LazyLock::new(Mark::default);
        Self {
            mark: &MARK,
            words: &ENGLISH,
            raw_html: RawHtml::default(),
            library: None,
        }
    }
}

/// A file's two halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Halves {
    /// The YAML between the two `---` lines.
    front: Span,
    /// Everything after the second.
    body: Span,
}

/// Where a file's front matter and the rest of it stand; `None` where it has no front matter.
#[must_use]
pub fn halves(source: &SourceFile) -> Option<(Span, Span)> {
    split(source).ok().map(|halves| (halves.front, halves.body))
}

/// Splits a file at its front matter block: from a first line `---` to the next line `---`.
/// Later `---` lines are Markdown's.
fn split(source: &SourceFile) -> Result<Halves, Box<Diagnostic>> {
    let text = &*source.text;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        let end = first.trim_end().len();
        let missing = Diagnostic::error(
            Code::FrontMatterMissing,
            source.path.clone(),
            (end > 0).then(|| Span::new(0, end)),
            "the file has no front matter".to_owned(),
        );
        let hint = "begin the file with:\n---\ntitle: …\ndate: 2024-07-21\n---";
        return Err(Box::new(missing.label("should be `---`").hint(hint)));
    }
    let start = first.len();
    let mut at = start;
    for line in lines {
        if line.trim_end() == "---" {
            let body = Span::new(at + line.len(), text.len());
            return Ok(Halves {
                front: Span::new(start, at),
                body,
            });
        }
        at += line.len();
    }
    let unterminated = Diagnostic::error(
        Code::FrontMatterUnterminated,
        source.path.clone(),
        Some(Span::new(0, 3)),
        "the front matter never ends".to_owned(),
    );
    Err(Box::new(
        unterminated
            .label("opened here")
            .hint("close it with a line `---`"),
    ))
}
