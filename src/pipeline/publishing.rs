//! The last stage on all threads: hashing what is published, and looking at what is there.

use std::ops::Range;

use anyhow::Result;
use camino::Utf8Path;
use rayon::prelude::*;

use super::{each, silent};
use crate::{
    diagnostic::{self, Diagnostic},
    model::{
        manifest::{Entry, Manifest, hash},
        output::OutputFile,
    },
    stages::write::{self, Publication, Report, verify},
};

/// How a site is published.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Publish into a folder that Dateline did not make.
    pub force: bool,
    /// Bring the files to the disk before they take the old ones' place.
    pub durable: bool,
    /// Tell beside the output what changed.
    pub changes: bool,
}

/// Publishes `files` to `output`.
///
/// # Errors
/// Those of [`write::publish`].
pub fn publish(output: &Utf8Path, files: &[OutputFile], how: How) -> Result<Report> {
    let publication = Publication {
        output,
        files,
        manifest: &manifest(files),
        force: how.force,
        durable: how.durable,
        changes: how.changes,
    };
    write::publish(&publication, &|count, question| {
        let all: Range<usize> = 0..count;
        all.into_par_iter().map(question).collect()
    })
}

/// The manifest of a site.
#[must_use]
pub fn manifest(files: &[OutputFile]) -> Manifest {
    let entries = each(files, &silent, |file| Entry {
        bytes: file.bytes.len() as u64,
        blake3: hash(&file.bytes),
        sources: file.sources.clone(),
    });
    let paths = files.iter().map(|file| file.path.to_string());
    Manifest::new(paths.zip(entries).collect())
}

/// A published tree, checked.
#[derive(Debug)]
pub struct Verified {
    /// How many files the manifest names.
    pub files: usize,
    /// The version that published.
    pub version: String,
    /// The manifest's hash.
    pub blake3: String,
    /// What is not as it was published, sorted.
    pub problems: Vec<Diagnostic>,
}

/// Checks a published tree against its manifest.
///
/// # Errors
/// When there is no manifest, or the tree cannot be listed.
pub fn verify(dir: &Utf8Path) -> Result<Verified> {
    let claim = verify::claim(dir)?;
    let entries: Vec<(&String, &Entry)> = claim.manifest.files.iter().collect();
    let checked = each(&entries, &silent, |(path, entry)| {
        verify::check(dir, path, entry)
    });
    let mut problems: Vec<Diagnostic> = checked.into_iter().flatten().collect();
    problems.extend(verify::foreign(dir, &claim.manifest)?);
    diagnostic::sort(&mut problems);
    Ok(Verified {
        files: claim.manifest.files.len(),
        version: claim.manifest.version,
        blake3: claim.blake3,
        problems,
    })
}
