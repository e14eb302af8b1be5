//! The files of `entities/` on the disk, read as bytes.

use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;

use crate::{editing::files::Files, model::source::Sources};

/// Reads the registry and the editor's lists as they are.
pub(super) fn load(content: &Utf8Path, sources: &Sources) -> Result<Files> {
    let lists = [&sources.decisions, &sources.suppress];
    let paths = sources.entities.iter().chain(lists.into_iter().flatten());
    let mut files = Vec::new();
    for source in paths {
        let path = content.join(&source.path);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {path}"))?;
        files.push((source.path.clone(), bytes));
    }
    Ok(Files::new(files))
}
