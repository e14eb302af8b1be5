//! What the load stage read.

use std::sync::Arc;

use camino::Utf8PathBuf;

/// A text file of the site, decoded, without byte order mark, with `\n` line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the content (or templates) folder, with forward slashes.
    pub path: Utf8PathBuf,
    /// The text.
    pub text: Arc<str>,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path below the content folder.
    pub path: Utf8PathBuf,
    /// Where to read it.
    pub file: Utf8PathBuf,
}

/// A data file, read in case a chart, a table or a template shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Path below the content folder.
    pub path: Utf8PathBuf,
    /// The text; where it is none, why not. Nobody is told of that unless something needs it.
    pub text: Result<Arc<str>, String>,
}

/// Everything read from a site's folder, each list sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `site.yaml`, if there is one.
    pub site: Option<SourceFile>,
    /// `strings.yaml`, the site's own words, if there are any.
    pub strings: Option<SourceFile>,
    /// Every `.md` outside `entities/`, `pages/` and `static/`.
    pub articles: Vec<SourceFile>,
    /// `entities/<kind>/*.md`.
    pub entities: Vec<SourceFile>,
    /// `pages/*.md`.
    pub pages: Vec<SourceFile>,
    /// `entities/suppress.yaml`.
    pub suppress: Option<SourceFile>,
    /// `entities/decisions.yaml`.
    pub decisions: Option<SourceFile>,
    /// `urls.jsonl`.
    pub addresses: Option<SourceFile>,
    /// `references.bib` and so on: the works that the site cites.
    pub references: Vec<SourceFile>,
    /// The CSV files, and the JSON and YAML of `data/`; they are among the assets too.
    pub tables: Vec<Table>,
    /// Files below `static/` (copied to the output's root) and files beside articles.
    pub assets: Vec<Asset>,
    /// Overriding templates and theme assets.
    pub templates: Vec<SourceFile>,
}
