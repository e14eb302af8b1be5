//! The last stage on all threads: files go to the disk as they are made.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::{Mutex, PoisonError},
};

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
    stages::write::{Ending, Publication, Report, verify},
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

/// Takes the files of a site as they are made, from any thread.
pub type Sink<'a> = &'a (dyn Fn(OutputFile) -> Result<()> + Sync);

/// A site on its way to the output: see [`Publication`].
pub struct Publisher {
    publication: Publication,
    ending: Ending,
    /// Each file's line of the manifest, and whether the output has it already.
    taken: Mutex<BTreeMap<String, (Entry, bool)>>,
}

impl Publisher {
    /// Begins to publish to `output`.
    ///
    /// # Errors
    /// Those of [`Publication::begin`].
    pub fn begin(output: &Utf8Path, how: How) -> Result<Self> {
        Ok(Self {
            publication: Publication::begin(output, how.force)?,
            ending: Ending {
                durable: how.durable,
                changes: how.changes,
            },
            taken: Mutex::default(),
        })
    }

    /// Takes a file.
    ///
    /// # Errors
    /// Those of [`Publication::put`].
    pub fn take(&self, file: OutputFile) -> Result<()> {
        let is_same = self.publication.put(&file.path, &file.bytes)?;
        let entry = Entry {
            bytes: file.bytes.len() as u64,
            blake3: hash(&file.bytes),
            sources: file.sources,
        };
        let path = file.path.into_string();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.insert(path, (entry, is_same));
        Ok(())
    }

    /// Puts the site in the output's place.
    ///
    /// # Errors
    /// Those of [`Publication::finish`].
    pub fn finish(self) -> Result<Report> {
        let taken = self.taken.into_inner();
        let taken = taken.unwrap_or_else(PoisonError::into_inner);
        let has: Vec<bool> = taken.values().map(|(_, is_same)| *is_same).collect();
        let entries = taken.into_iter().map(|(path, (entry, _))| (path, entry));
        let manifest = Manifest::new(entries.collect());
        let paths = manifest.files.keys().zip(has);
        let same: BTreeSet<&str> = paths
            .filter(|(_, is_same)| *is_same)
            .map(|(path, _)| path.as_str())
            .collect();
        self.publication
            .finish(&manifest, &same, self.ending, &|count, work| {
                let all: Range<usize> = 0..count;
                all.into_par_iter().try_for_each(work)
            })
    }
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
