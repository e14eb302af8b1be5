//! The library of works that a site cites, and the style in which it cites them.
//!
//! Input: `references.bib`, `references.json` and `references.yaml`, and a style of the Citation Style
//! Language. Output: citations and lists of references. The CSL processor is hayagriva; nothing of it
//! runs, and none of its styles and locales is read, where a site has no such file.

mod cite;
mod csl_json;
mod facts;
mod format;
mod read;
mod style;

use std::collections::BTreeMap;

use hayagriva::{
    Entry,
    citationberg::{IndependentStyle, Locale},
};

pub use facts::Facts;
pub use style::Style;

use crate::{diagnostic::Diagnostic, model::source::SourceFile, text::slug::slugify};

/// The files that a library may have, by their names below the content folder.
pub const FILES: [&str; 4] = [
    "references.bib",
    "references.json",
    "references.yaml",
    "references.yml",
];

/// The works that a site may cite.
#[derive(Debug)]
pub struct Library {
    works: BTreeMap<String, Work>,
    style: IndependentStyle,
    locales: Vec<Locale>,
    is_whole: bool,
}

#[derive(Debug)]
struct Work {
    entry: Entry,
    /// The fragment of its references.
    id: String,
}

impl Library {
    /// Reads a library, and what is wrong with its files; none where there are no files.
    #[must_use]
    pub fn read(files: &[SourceFile], style: Style) -> (Option<Self>, Vec<Diagnostic>) {
        if files.is_empty() {
            return (None, Vec::new());
        }
        let (mut entries, mut problems) = (BTreeMap::new(), Vec::new());
        for file in files {
            read::file(file, &mut entries, &mut problems);
        }
        let library = style.read().map(|style| Self {
            works: with_ids(entries),
            style,
            locales: hayagriva::archive::locales(),
            is_whole: problems.is_empty(),
        });
        (library, problems)
    }

    /// True where the library has a work of this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.works.contains_key(key)
    }

    /// The keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.works.keys().map(String::as_str)
    }

    /// False where some of its files could not be read, so that a key that is missing may be there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// Entries with a fragment each: of the key what an address can hold, told apart by a number.
fn with_ids(entries: BTreeMap<String, Entry>) -> BTreeMap<String, Work> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let with_id = |(key, entry): (String, Entry)| {
        let slug = slugify(&key);
        let count = taken.entry(slug.clone()).or_default();
        *count += 1;
        // No heading's fragment begins with an underscore.
        let id = match *count {
            1 => format!("_ref-{slug}"),
            n => format!("_ref-{slug}--{n}"),
        };
        (key, Work { entry, id })
    };
    entries.into_iter().map(with_id).collect()
}

#[cfg(test)]
mod tests;
