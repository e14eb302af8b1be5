//! Fills the folder that is to become the output.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    sync::PoisonError,
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{Each, Publication};
use crate::model::manifest::{MANIFEST, Manifest};

impl Publication {
    /// Writes a file that the output does not have.
    pub(super) fn stage(&self, path: &Utf8Path, bytes: &[u8]) -> Result<()> {
        let to = self.place(path)?;
        fs::write(&to, bytes).with_context(|| format!("cannot write {to}"))
    }

    /// Adds what is not staged yet: the unchanged files, the manifest, and what others put into the
    /// output.
    pub(super) fn complete(
        &self,
        manifest: &Manifest,
        bytes: &[u8],
        same: &BTreeSet<&str>,
        each: Each<'_>,
    ) -> Result<()> {
        make_dir(&self.folders.next)?;
        let kept: Vec<&Utf8Path> = same.iter().copied().map(Utf8Path::new).collect();
        each(kept.len(), &|n| self.keep(kept[n]))?;
        let path = Utf8Path::new(MANIFEST);
        if is_same(&self.folders.output.join(path), bytes) {
            self.keep(path)?;
        } else {
            self.stage(path, bytes)?;
        }
        if self.folders.output.exists() {
            self.carry(Utf8Path::new(""), manifest)?;
        }
        Ok(())
    }

    /// Takes a file of the output over as it is, with its time.
    fn keep(&self, path: &Utf8Path) -> Result<()> {
        let (from, to) = (self.folders.output.join(path), self.place(path)?);
        if fs::hard_link(&from, &to).is_err() {
            // Where the file system has no hard links.
            fs::copy(&from, &to).with_context(|| format!("cannot keep {from}"))?;
            keep_time(&from, &to)?;
        }
        Ok(())
    }

    /// Where a file is staged; its folder is made.
    fn place(&self, path: &Utf8Path) -> Result<Utf8PathBuf> {
        let to = self.folders.next.join(path);
        if let Some(parent) = to.parent() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made.contains(parent) {
                make_dir(parent)?;
                made.insert(parent.to_owned());
            }
        }
        Ok(to)
    }

    /// Takes over what Dateline did not make.
    fn carry(&self, folder: &Utf8Path, manifest: &Manifest) -> Result<()> {
        let here = self.folders.output.join(folder);
        let entries = here
            .read_dir_utf8()
            .with_context(|| format!("cannot read {here}"))?;
        let mut is_empty = true;
        for entry in entries {
            is_empty = false;
            let entry = entry.with_context(|| format!("cannot read {here}"))?;
            let path = folder.join(entry.file_name());
            let kind = entry
                .file_type()
                .with_context(|| format!("cannot read {path}"))?;
            if kind.is_dir() {
                self.carry(&path, manifest)?;
            } else if !self.is_own(&path) {
                self.carry_file(&path, kind.is_symlink(), manifest)?;
            }
        }
        // Dateline leaves no folder empty.
        if is_empty {
            make_dir(&self.folders.next.join(folder))?;
        }
        Ok(())
    }

    /// True for what the last publication made.
    fn is_own(&self, path: &Utf8Path) -> bool {
        let published = self.published.as_ref().map(|old| &old.manifest.files);
        path == MANIFEST || published.is_some_and(|files| files.contains_key(path.as_str()))
    }

    fn carry_file(&self, path: &Utf8Path, is_link: bool, manifest: &Manifest) -> Result<()> {
        if manifest.files.contains_key(path.as_str()) {
            if self.force {
                return Ok(());
            }
            bail!(
                "{} was not made by Dateline, and the site has a page of that name\n\
                 move it away, or replace it with --force",
                self.folders.output.join(path)
            );
        }
        if is_link {
            return copy_link(&self.folders.output.join(path), &self.place(path)?);
        }
        self.keep(path)
    }
}

fn make_dir(path: &Utf8Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot create {path}"))
}

/// True where the published file has these bytes. The length tells most changes without reading;
/// times tell nothing that can be relied on, so that the bytes themselves are compared. A link is
/// never the same: it may lead anywhere.
pub(super) fn is_same(published: &Utf8Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(published).map(|meta| meta.is_file().then_some(meta.len()));
    if !matches!(length, Ok(Some(length)) if length == bytes.len() as u64) {
        return false;
    }
    // The length is known: one call reads the file, where `fs::read` asks for the length again and
    // looks for more behind it.
    let mut old = vec![0; bytes.len()];
    let read = fs::File::open(published).and_then(|mut file| file.read_exact(&mut old));
    read.is_ok() && old == bytes
}

/// Gives a copy the time of what it was copied from.
fn keep_time(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    let copy = || -> io::Result<()> {
        let modified = fs::metadata(from)?.modified()?;
        fs::File::options()
            .append(true)
            .open(to)?
            .set_modified(modified)
    };
    copy().with_context(|| format!("cannot keep the time of {from}"))
}

#[cfg(unix)]
fn copy_link(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    let keep = || std::os::unix::fs::symlink(fs::read_link(from)?, to);
    keep().with_context(|| format!("cannot keep the link {from}"))
}

#[cfg(not(unix))]
fn copy_link(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    fs::copy(from, to)
        .map(|_| ())
        .with_context(|| format!("cannot keep the link {from}"))
}
