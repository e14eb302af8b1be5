//! What render makes and write publishes.

use camino::Utf8PathBuf;

/// A file of the published site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Path below the output folder, with forward slashes.
    pub path: Utf8PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The files of the content whose own page or copy it is, for the manifest.
    pub sources: Vec<Utf8PathBuf>,
    /// What its template was given, as JSON, where that was asked for.
    pub context: Option<Vec<u8>>,
}
