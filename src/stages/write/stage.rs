//! Fills the folder that is to become the output.

use std::{collections::BTreeSet, fs, io};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Folders, Report,
    manifest::{MANIFEST, Manifest},
};
use crate::model::output::OutputFile;

pub(super) fn stage(
    folders: &Folders,
    files: &[OutputFile],
    published: &Manifest,
    force: bool,
) -> Result<Report> {
    make_dir(&folders.next)?;
    let mut made = BTreeSet::new();
    let mut report = Report::default();
    for file in files {
        report_one(
            &mut report,
            put(folders, &mut made, &file.path, &file.bytes)?,
        );
    }
    let mut manifest = serde_json::to_vec_pretty(&Manifest::of(files))?;
    manifest.push(b'\n');
    put(folders, &mut made, Utf8Path::new(MANIFEST), &manifest)?;
    let own: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let before = published.files.keys();
    report.removed = before.filter(|path| !own.contains(path.as_str())).count();
    if folders.output.exists() {
        let foreign = Foreign {
            folders,
            published,
            own: &own,
            force,
        };
        foreign.carry(Utf8Path::new(""), &mut made)?;
    }
    Ok(report)
}

fn report_one(report: &mut Report, unchanged: bool) {
    if unchanged {
        report.unchanged += 1;
    } else {
        report.written += 1;
    }
}

fn make_dir(path: &Utf8Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot create {path}"))
}

/// Puts a file into the staged folder; true where the published one is the same.
fn put(
    folders: &Folders,
    made: &mut BTreeSet<Utf8PathBuf>,
    path: &Utf8Path,
    bytes: &[u8],
) -> Result<bool> {
    let to = folders.next.join(path);
    make_parents(&to, made)?;
    let published = folders.output.join(path);
    let same = is_same(&published, bytes);
    if same && fs::hard_link(&published, &to).is_ok() {
        return Ok(true);
    }
    fs::write(&to, bytes).with_context(|| format!("cannot write {to}"))?;
    if same {
        keep_time(&published, &to)?;
    }
    Ok(same)
}

fn make_parents(file: &Utf8Path, made: &mut BTreeSet<Utf8PathBuf>) -> Result<()> {
    if let Some(parent) = file.parent()
        && made.insert(parent.to_owned())
    {
        make_dir(parent)?;
    }
    Ok(())
}

/// The length tells most changes without reading. A link is never the same: it may lead anywhere.
fn is_same(published: &Utf8Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(published).map(|meta| meta.is_file().then_some(meta.len()));
    matches!(length, Ok(Some(length)) if length == bytes.len() as u64)
        && fs::read(published).is_ok_and(|old| old == bytes)
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
    published: &'a Manifest,
    own: &'a BTreeSet<&'a str>,
    force: bool,
}

impl Foreign<'_> {
    fn carry(&self, folder: &Utf8Path, made: &mut BTreeSet<Utf8PathBuf>) -> Result<()> {
        let here = self.folders.output.join(folder);
        let entries = here
            .read_dir_utf8()
            .with_context(|| format!("cannot read {here}"))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {here}"))?;
            let path = folder.join(entry.file_name());
            let kind = entry
                .file_type()
                .with_context(|| format!("cannot read {path}"))?;
            if kind.is_dir() {
                self.carry(&path, made)?;
            } else if !self.published.files.contains_key(path.as_str()) && path != MANIFEST {
                self.carry_file(&path, kind.is_symlink(), made)?;
            }
        }
        Ok(())
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
