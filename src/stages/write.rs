//! Write: the published folder is replaced whole, or left as it was.
//!
//! Input: the files of the site, one by one, in any order and from any thread, so that none has to
//! wait in memory for the last. What changed is staged in a folder beside the output; at the end the
//! unchanged files are hard-linked to it (so they keep their time), files that Dateline did not make
//! are carried over the same way, untouched, and the two folders change places in one step. Where
//! nothing changed nothing is staged. A run that was killed leaves the old folder whole, and its
//! leftovers are cleared by the next.
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
    sync::Mutex,
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    model::manifest::{Changes, MANIFEST, Manifest},
    portable,
};
use lock::Lock;

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

/// How a publication ends.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ending {
    /// Bring the files to the disk before they take the old ones' place.
    pub durable: bool,
    /// Tell beside the output what changed.
    pub changes: bool,
}

/// Does something for each of the first n numbers; on several threads, where whoever lends it has
/// some. The first error ends it.
pub type Each<'a> = &'a dyn Fn(usize, &(dyn Fn(usize) -> Result<()> + Sync)) -> Result<()>;

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

/// What was published before: the manifest, and as it was written.
struct Published {
    manifest: Manifest,
    bytes: Vec<u8>,
}

/// A publication under way. Dropped before its end, it leaves the output as it was.
pub struct Publication {
    folders: Folders,
    published: Option<Published>,
    force: bool,
    made: Mutex<BTreeSet<Utf8PathBuf>>,
    /// Last, so that nobody else begins before what is staged is cleared.
    _lock: Lock,
}

impl Publication {
    /// Begins to publish to `output`; `force` allows a folder that Dateline did not make.
    ///
    /// # Errors
    /// When another build is publishing there, when the folder was not made by Dateline (unless
    /// forced), or when the disk refuses.
    pub fn begin(output: &Utf8Path, force: bool) -> Result<Self> {
        let folders = Folders::of(output)?;
        let lock = Lock::take(&folders)?;
        swap::repair(&folders)?;
        let published = read_manifest(&folders.output)?;
        if published.is_none() && !force && !is_empty(&folders.output)? {
            bail!(
                "{} holds files and was not made by Dateline\n\
                 choose another folder with --output, or keep those files and publish among them with --force",
                folders.output
            );
        }
        Ok(Self {
            folders,
            published,
            force,
            made: Mutex::default(),
            _lock: lock,
        })
    }

    /// Takes a file; true where the output has it already with these bytes.
    ///
    /// # Errors
    /// When the path cannot be published, or when the disk refuses.
    pub fn put(&self, path: &Utf8Path, bytes: &[u8]) -> Result<bool> {
        if let Some(fault) = portable::path_fault(path.as_str()) {
            bail!("cannot publish `{path}`: {fault}");
        }
        let is_same = stage::is_same(&self.folders.output.join(path), bytes);
        if !is_same {
            self.stage(path, bytes)?;
        }
        Ok(is_same)
    }

    /// Puts the site in the output's place: `manifest` names all its files, `same` those that the
    /// output has already. On any error the output is as it was.
    ///
    /// # Errors
    /// When two files have one path, or when the disk refuses.
    pub fn finish(
        self,
        manifest: &Manifest,
        same: &BTreeSet<&str>,
        ending: Ending,
        each: Each<'_>,
    ) -> Result<Report> {
        check_paths(manifest)?;
        let bytes = manifest.bytes()?;
        let published = self.published.as_ref();
        let mut report = Report {
            written: manifest.files.len() - same.len(),
            unchanged: same.len(),
            removed: 0,
        };
        if report.written == 0 && published.is_some_and(|old| old.bytes == bytes) {
            self.tell_changes(manifest, &bytes, same, ending)?;
            return Ok(report);
        }
        self.complete(manifest, &bytes, same, each)?;
        if ending.durable {
            swap::to_disk(&self.folders.next)?;
        }
        self.tell_changes(manifest, &bytes, same, ending)?;
        swap::swap(&self.folders)?;
        let before = published
            .into_iter()
            .flat_map(|old| old.manifest.files.keys());
        report.removed = before
            .filter(|path| !manifest.files.contains_key(*path))
            .count();
        Ok(report)
    }

    /// Says beside the output what changes. This comes before the folders change places: who reads
    /// it compares its `to` with the manifest. The other way round a killed run would lose the list.
    fn tell_changes(
        &self,
        manifest: &Manifest,
        bytes: &[u8],
        same: &BTreeSet<&str>,
        ending: Ending,
    ) -> Result<()> {
        if !ending.changes {
            return Ok(());
        }
        let before = self.published.as_ref();
        let changes = Changes::between(
            before.map(|old| (&old.manifest, &*old.bytes)),
            (manifest, bytes),
            &|path| !same.contains(path),
        );
        let mut bytes = serde_json::to_vec_pretty(&changes)?;
        bytes.push(b'\n');
        let path = &self.folders.changes;
        if stage::is_same(path, &bytes) {
            return Ok(());
        }
        replace(path, &bytes).with_context(|| format!("cannot write {path}"))
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // After the swap this name is free. Best effort: the next run clears what is left.
        let _ = swap::remove(&self.folders.next);
    }
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

/// Paths must differ by more than their case.
fn check_paths(manifest: &Manifest) -> Result<()> {
    let mut seen = BTreeSet::new();
    for path in manifest.files.keys() {
        if !seen.insert(path.to_lowercase()) || path.eq_ignore_ascii_case(MANIFEST) {
            bail!("two things would be published as `{path}`");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
