//! Fills the folder that is to become the output.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{Folders, Publication, Report};
use crate::model::manifest::{MANIFEST, Manifest};

/// Stages the files and the manifest, whose bytes are given, with what others put into the output.
/// `same` says which files the output has already.
pub(super) fn stage(
    folders: &Folders,
    publication: &Publication<'_>,
    manifest: &[u8],
    same: &[bool],
    published: Option<&Manifest>,
) -> Result<Report> {
    make_dir(&folders.next)?;
    let files = publication.files;
    let mut made = BTreeSet::new();
    for (file, same) in files.iter().zip(same) {
        put(folders, &mut made, &file.path, &file.bytes, *same)?;
    }
    let path = Utf8Path::new(MANIFEST);
    let is_as_published = is_same(&folders.output.join(path), manifest);
    put(folders, &mut made, path, manifest, is_as_published)?;
    let own: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let before = published.into_iter().flat_map(|old| old.files.keys());
    let unchanged = same.iter().filter(|same| **same).count();
    let report = Report {
        written: files.len() - unchanged,
        unchanged,
        removed: before.filter(|path| !own.contains(path.as_str())).count(),
    };
    if folders.output.exists() {
        let foreign = Foreign {
            folders,
            published,
            own: &own,
            force: publication.force,
        };
        foreign.carry(Utf8Path::new(""), &mut made)?;
    }
    Ok(report)
}

fn make_dir(path: &Utf8Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot create {path}"))
}

/// Puts a file into the staged folder; `same` says that the published one has these bytes.
fn put(
    folders: &Folders,
    made: &mut BTreeSet<Utf8PathBuf>,
    path: &Utf8Path,
    bytes: &[u8],
    same: bool,
) -> Result<()> {
    let to = folders.next.join(path);
    make_parents(&to, made)?;
    let published = folders.output.join(path);
    if same && fs::hard_link(&published, &to).is_ok() {
        return Ok(());
    }
    fs::write(&to, bytes).with_context(|| format!("cannot write {to}"))?;
    if same {
        keep_time(&published, &to)?;
    }
    Ok(())
}

fn make_parents(file: &Utf8Path, made: &mut BTreeSet<Utf8PathBuf>) -> Result<()> {
    if let Some(parent) = file.parent()
        && made.insert(parent.to_owned())
    {
        make_dir(parent)?;
    }
    Ok(())
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

/// Where the file system has no hard links.
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

/// Files in the output that Dateline did not make.
struct Foreign<'a> {
    folders: &'a Folders,
    published: Option<&'a Manifest>,
    own: &'a BTreeSet<&'a str>,
    force: bool,
}

impl Foreign<'_> {
    fn carry(&self, folder: &Utf8Path, made: &mut BTreeSet<Utf8PathBuf>) -> Result<()> {
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
                self.carry(&path, made)?;
            } else if !self.is_own(&path) {
                self.carry_file(&path, kind.is_symlink(), made)?;
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
        let published = self.published.map(|manifest| &manifest.files);
        path == MANIFEST || published.is_some_and(|files| files.contains_key(path.as_str()))
    }

    fn carry_file(
        &self,
        path: &Utf8Path,
        is_link: bool,
        made: &mut BTreeSet<Utf8PathBuf>,
    ) -> Result<()> {
        if self.own.contains(path.as_str()) {
            if self.force {
                return Ok(());
            }
            bail!(
                "{} was not made by Dateline, and the site has a page of that name\n\
                 move it away, or replace it with --force",
                self.folders.output.join(path)
            );
        }
        let (from, to) = (self.folders.output.join(path), self.folders.next.join(path));
        make_parents(&to, made)?;
        if is_link {
            return copy_link(&from, &to);
        }
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to).with_context(|| format!("cannot keep {from}"))?;
            keep_time(&from, &to)?;
        }
        Ok(())
    }
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
