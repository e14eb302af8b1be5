//! Write: the published folder is replaced whole, or left as it was.
//!
//! Input: the files of the site. Everything is staged in a folder beside the output; files whose
//! bytes did not change are hard links to the published ones (so they keep their time), files that
//! Dateline did not make are carried over the same way, untouched; then the two folders change
//! places in one step. Where nothing changed nothing is staged. A run that was killed leaves the
//! old folder whole, and its leftovers are cleared by the next.
//!
//! What changed since the last publication is told by a file beside the output: in it, it would
//! make the output depend on what was there before.

#![allow(clippy::disallowed_methods, reason = "this stage publishes")]

mod lock;
mod stage;
mod swap;
pub mod verify;

use std::{
    collections::BTreeSet,
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    model::{
        manifest::{Changes, MANIFEST, Manifest},
        output::OutputFile,
    },
    portable,
};

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

/// What is to be published, where and how.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// The folder that becomes the site.
    pub output: &'a Utf8Path,
    /// The files, each path once.
    pub files: &'a [OutputFile],
    /// Their manifest.
    pub manifest: &'a Manifest,
    /// Publish into a folder that Dateline did not make.
    pub force: bool,
    /// Bring the files to the disk before they take the old ones' place.
    pub durable: bool,
    /// Tell beside the output what changed.
    pub changes: bool,
}

/// Answers a question about each of the first n numbers, in order; on several threads, where
/// whoever lends it has some.
pub type Ask<'a> = &'a dyn Fn(usize, &(dyn Fn(usize) -> bool + Sync)) -> Vec<bool>;

/// The folders and files that a publication works with.
struct Folders {
    output: Utf8PathBuf,
    next: Utf8PathBuf,
    old: Utf8PathBuf,
    lock: Utf8PathBuf,
    changes: Utf8PathBuf,
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
            changes: beside("changes.json"),
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

/// Publishes.
///
/// # Errors
/// When another build is running, when the folder was not made by Dateline (unless forced), when
/// a path cannot be published, or when the disk refuses; the output then is as it was.
pub fn publish(publication: &Publication<'_>, ask: Ask<'_>) -> Result<Report> {
    check_paths(publication.files)?;
    let folders = Folders::of(publication.output)?;
    let lock = lock::lock(&folders)?;
    let report = locked(&folders, publication, ask);
    lock.release();
    report
}

/// What was published before: the manifest, and as it was written.
struct Published {
    manifest: Manifest,
    bytes: Vec<u8>,
}

fn locked(folders: &Folders, publication: &Publication<'_>, ask: Ask<'_>) -> Result<Report> {
    swap::repair(folders)?;
    let published = read_manifest(&folders.output)?;
    if published.is_none() && !publication.force && !is_empty(&folders.output)? {
        bail!(
            "{} holds files and was not made by Dateline\n\
             choose another folder with --output, or keep those files and publish among them with --force",
            folders.output
        );
    }
    let files = publication.files;
    let same = ask(files.len(), &|n| {
        stage::is_same(&folders.output.join(&files[n].path), &files[n].bytes)
    });
    let bytes = publication.manifest.bytes()?;
    let is_as_published = published.as_ref().is_some_and(|old| old.bytes == bytes);
    if is_as_published && same.iter().all(|same| *same) {
        tell_changes(folders, publication, published.as_ref(), &bytes, &same)?;
        return Ok(Report {
            unchanged: files.len(),
            ..Report::default()
        });
    }
    let old = published.as_ref().map(|old| &old.manifest);
    let staged = stage::stage(folders, publication, &bytes, &same, old).and_then(|report| {
        if publication.durable {
            swap::to_disk(&folders.next)?;
        }
        tell_changes(folders, publication, published.as_ref(), &bytes, &same)?;
        swap::swap(folders)?;
        Ok(report)
    });
    if staged.is_err() {
        // Best effort: the next run clears what is left.
        let _ = swap::remove(&folders.next);
    }
    staged
}

/// The manifest of a published folder; none where there is none, or where it is not Dateline's.
fn read_manifest(output: &Utf8Path) -> Result<Option<Published>> {
    let path = output.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    let manifest = Manifest::read(&bytes);
    Ok(manifest.map(|manifest| Published { manifest, bytes }))
}

/// Says beside the output what changes. This comes before the folders change places: who reads it
/// compares its `to` with the manifest. The other way round a killed run would lose the list.
fn tell_changes(
    folders: &Folders,
    publication: &Publication<'_>,
    published: Option<&Published>,
    manifest: &[u8],
    same: &[bool],
) -> Result<()> {
    if !publication.changes {
        return Ok(());
    }
    let files = publication.files.iter().zip(same);
    let written: BTreeSet<&str> = files
        .filter(|(_, same)| !**same)
        .map(|(file, _)| file.path.as_str())
        .collect();
    let changes = Changes::between(
        published.map(|old| (&old.manifest, &*old.bytes)),
        (publication.manifest, manifest),
        &|path| written.contains(path),
    );
    let mut bytes = serde_json::to_vec_pretty(&changes)?;
    bytes.push(b'\n');
    let path = &folders.changes;
    if stage::is_same(path, &bytes) {
        return Ok(());
    }
    replace(path, &bytes).with_context(|| format!("cannot write {path}"))
}

/// A new file takes the old one's place, so that no moment has half of it.
fn replace(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<()> {
    let half = Utf8PathBuf::from(format!("{path}.half"));
    let written = fs::File::create(&half).and_then(|mut file| file.write_all(bytes));
    let done = written.and_then(|()| fs::rename(&half, path));
    if done.is_err() {
        let _ = fs::remove_file(&half);
    }
    done
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
