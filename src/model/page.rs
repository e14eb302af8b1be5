//! Pages that are no articles: about, methods.

use camino::Utf8PathBuf;

use super::{article::DataName, document::Document};
use crate::visibility::Status;

/// A page of `content/pages`.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path below the content folder.
    pub path: Utf8PathBuf,
    /// Its address below the site's root.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One line about it.
    pub summary: Option<String>,
    /// Data that the page's template is given.
    pub data: Vec<DataName>,
    /// Whether it is published.
    pub status: Status,
    /// Prose and HTML.
    pub document: Document,
}
