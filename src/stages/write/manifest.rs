//! `manifest.json`: what Dateline published, so that the next build knows its own files.

use std::{collections::BTreeMap, fs, io::ErrorKind};

use anyhow::{Context, Result};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use crate::model::output::OutputFile;

/// The manifest's name in the output.
pub const MANIFEST: &str = "manifest.json";

/// What was published. Holds no time and no local path: the same site has the same manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Manifest {
    /// Always `dateline`.
    pub generator: String,
    /// The version that published.
    pub version: String,
    /// The files, by path.
    pub files: BTreeMap<String, Entry>,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its length.
    pub bytes: usize,
    /// Its BLAKE3 hash, in hexadecimal.
    pub blake3: String,
}

impl Manifest {
    /// The manifest of these files.
    #[must_use]
    pub fn of(files: &[OutputFile]) -> Self {
        let entry = |file: &OutputFile| {
            let blake3 = blake3::hash(&file.bytes).to_hex().to_string();
            (
                file.path.to_string(),
                Entry {
                    bytes: file.bytes.len(),
                    blake3,
                },
            )
        };
        Self {
            generator: "dateline".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            files: files.iter().map(entry).collect(),
        }
    }
}

/// The manifest of a published folder; none where there is none, or where it is not Dateline's.
pub(super) fn read(output: &Utf8Path) -> Result<Option<Manifest>> {
    let path = output.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    let manifest: Option<Manifest> = serde_json::from_slice(&bytes).ok();
    Ok(manifest.filter(|manifest| manifest.generator == "dateline"))
}
