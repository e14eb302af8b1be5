//! What extraction found, to be kept: `extract --annotations` writes it on any number of machines, and
//! `build --annotations` reads it in place of extracting.
//!
//! A part begins with a [`Header`], which says what extraction depended on besides the article; then
//! follows a [`Line`] for each article. [`Line::content`] says what it depended on in the article.
//! Where both are equal, the extraction is. [`gather`] puts parts together, in any order, and tells
//! what does not fit. Positions are in bytes of the document's text, unlike those of [`crate::wire`],
//! which are for other programs.

mod depends;
mod found;
mod gather;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

pub use depends::{content, header};
pub use found::Found;
pub use gather::{Annotations, Part, gather};

use crate::model::{document::Document, extraction::Extraction};

/// The version of the lines: raised where their meaning changes.
pub const SCHEMA: u32 = 1;

/// What a header's `format` says.
pub const FORMAT: &str = "dateline-annotations";

/// The first line of a part: what extraction depends on besides the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always [`FORMAT`].
    pub format: String,
    /// [`SCHEMA`]
    pub schema: u32,
    /// The program's version.
    #[serde(default)]
    pub version: String,
    /// Hash of the trained tagger, its lists and the weights of its evidence.
    #[serde(default)]
    pub model: String,
    /// Hash of the registry's names with their rules, and of accepted names.
    #[serde(default)]
    pub names: String,
    /// Hash of what `site.yaml` says of extraction.
    #[serde(default)]
    pub options: String,
}

/// What was found in one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The article's file, below the content folder.
    pub path: Utf8PathBuf,
    /// Hash of what extraction depends on in the article.
    pub content: String,
    /// Hash of `found`, so that a line which was cut or changed on its way is not believed.
    pub sum: String,
    /// What was found.
    pub found: Found,
}

impl Line {
    /// What was found in the article at `path`; `content` is the article's hash.
    #[must_use]
    pub fn new(path: Utf8PathBuf, content: String, extraction: &Extraction) -> Self {
        let found = Found::from(extraction);
        Self {
            path,
            content,
            sum: found.sum(),
            found,
        }
    }

    /// The extraction, as it was.
    ///
    /// # Errors
    /// In a few words, where the line is damaged or is none of this document.
    pub fn extraction(&self, document: &Document) -> Result<Extraction, &'static str> {
        if self.sum != self.found.sum() {
            return Err("its sum is that of other findings");
        }
        self.found.of(document)
    }
}
