//! Write: the published folder is replaced whole, or left as it was.
//!
//! Input: the files of the site. Everything is staged in a folder beside the output; files whose
//! bytes did not change are hard links to the published ones (so they keep their time), files that
//! Dateline did not make are carried over the same way, untouched; then the two folders change
//! places in one step. A run that was killed leaves the old folder whole, and its leftovers are
//! cleared by the next.

#![allow(clippy::disallowed_methods, reason = "this stage publishes")]

mod manifest;
mod stage;
mod swap;

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

pub use manifest::{MANIFEST, Manifest};

use crate::{model::output::OutputFile, portable};

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the last publication that are gone.
    pub removed: usize,
}

/// The folders that a publication works with.
struct Folders {
    output: Utf8PathBuf,
    next: Utf8PathBuf,
    old: Utf8PathBuf,
    lock: Utf8PathBuf,
}

impl Folders {
    fn of(output: &Utf8Path) -> Result<Self> {
        let resolved = match output.canonicalize_utf8() {
            Ok(resolved) => resolved,
            Err(_) => absent(output)?,
        };
        let name = resolved
            .file_name()
            .with_context(|| format!("{output} is no folder to publish to"))?;
        let parent = resolved.parent().unwrap_or(Utf8Path::new("/"));
        let beside = |what: &str| parent.join(format!(".{name}.dateline-{what}"));
        Ok(Self {
            next: beside("next"),
            old: beside("old"),
            lock: beside("lock"),
            output: resolved,
        })
    }
}

/// The absolute path of a folder that does not exist yet; its parents are made.
fn absent(output: &Utf8Path) -> Result<Utf8PathBuf> {
    let parent = match output.parent() {
        Some(parent) if !parent.as_str().is_empty() => parent,
        _ => Utf8Path::new("."),
    };
    fs::create_dir_all(parent).with_context(|| format!("cannot create {parent}"))?;
    let parent = parent
        .canonicalize_utf8()
        .with_context(|| format!("cannot resolve {parent}"))?;
    let name = output
        .file_name()
        .with_context(|| format!("{output} is no folder to publish to"))?;
    Ok(parent.join(name))
}

/// Publishes `files` to `output`.
///
/// # Errors
/// When another build is running, when the folder was not made by Dateline (unless `force`), when
/// a path cannot be published, or when the disk refuses; the output then is as it was.
pub fn publish(output: &Utf8Path, files: &[OutputFile], force: bool) -> Result<Report> {
    check_paths(files)?;
    let folders = Folders::of(output)?;
    let lock = lock(&folders)?;
    let report = locked(&folders, files, force);
    drop(lock);
    // Best effort: an empty file left behind does no harm.
    let _ = fs::remove_file(&folders.lock);
    report
}

fn locked(folders: &Folders, files: &[OutputFile], force: bool) -> Result<Report> {
    swap::repair(folders)?;
    let published = manifest::read(&folders.output)?;
    if published.is_none() && !force && !is_empty(&folders.output)? {
        bail!(
            "{} holds files and was not made by Dateline\n\
             choose another folder with --output, or keep those files and publish among them with --force",
            folders.output
        );
    }
    let published = published.unwrap_or_default();
    let staged = stage::stage(folders, files, &published, force);
    let report = staged.and_then(|report| swap::swap(folders).map(|()| report));
    if report.is_err() {
        let _ = fs::remove_dir_all(&folders.next);
    }
    report
}

fn lock(folders: &Folders) -> Result<File> {
    let path = &folders.lock;
    let file =
        File::create(path).with_context(|| format!("cannot write beside {}", folders.output))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another build is publishing to {}; wait for it to end",
                folders.output
            )
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {path}"))
        }
    }
}

fn is_empty(folder: &Utf8Path) -> Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(folder).with_context(|| format!("cannot read {folder}"))?;
    Ok(entries.next().is_none())
}

/// Paths must be usable on every file system, and differ by more than their case.
fn check_paths(files: &[OutputFile]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for file in files {
        let path = file.path.as_str();
        if let Some(fault) = portable::path_fault(path) {
            bail!("cannot publish `{path}`: {fault}");
        }
        if !seen.insert(path.to_lowercase()) || path.eq_ignore_ascii_case(MANIFEST) {
            bail!("two things would be published as `{path}`");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
