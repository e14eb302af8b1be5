//! A folder on this machine, or one that is mounted.

use std::{
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{Site, their_manifest};
use crate::model::manifest::{Changes, Entry, MANIFEST, Manifest, hash};

/// Brings a folder up to date: each file takes its place whole.
pub(super) fn deploy(site: &Site<'_>, target: &Utf8Path, dry_run: bool) -> Result<Changes> {
    apart(site.dir, target)?;
    let theirs = theirs(target)?;
    let mended = |path: &str| {
        let entry = theirs
            .as_ref()
            .and_then(|(manifest, _)| manifest.files.get(path));
        entry.is_some_and(|entry| !is_as_published(target, path, entry))
    };
    let before = theirs
        .as_ref()
        .map(|(manifest, bytes)| (manifest, &**bytes));
    let mut changes = Changes::between(before, (&site.manifest, &site.bytes), &mended);
    // What somebody changed is not what came from Dateline any more.
    changes
        .removed
        .retain(|path| target.join(path).symlink_metadata().is_ok() && !mended(path));
    let sent = changes.added.iter().chain(&changes.changed);
    let sent: Vec<&String> = sent.filter(|path| *path != MANIFEST).collect();
    for path in sent.iter().copied().chain(&changes.removed) {
        refuse_links(target, path)?;
    }
    if dry_run {
        return Ok(changes);
    }
    for path in sent {
        put(site, target, path)?;
    }
    for path in &changes.removed {
        remove(target, path)?;
    }
    if changes.from.as_ref() != Some(&changes.to) {
        replace(&target.join(MANIFEST), &site.bytes)?;
    }
    Ok(changes)
}

/// One folder inside the other would be sent into itself.
fn apart(from: &Utf8Path, target: &Utf8Path) -> Result<()> {
    let (Ok(from), Ok(to)) = (from.canonicalize_utf8(), target.canonicalize_utf8()) else {
        return Ok(());
    };
    if from.starts_with(&to) || to.starts_with(&from) {
        bail!("{from} and {to} must lie apart: one holds the other");
    }
    Ok(())
}

/// The manifest that is there. A folder without one must be empty: what else is in it is not ours.
fn theirs(target: &Utf8Path) -> Result<Option<(Manifest, Vec<u8>)>> {
    let path = target.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some((their_manifest(&bytes, target.as_str())?, bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let is_empty = match fs::read_dir(target) {
                Ok(mut entries) => entries.next().is_none(),
                Err(error) if error.kind() == ErrorKind::NotFound => true,
                Err(error) => return Err(error).with_context(|| format!("cannot read {target}")),
            };
            if !is_empty {
                bail!(
                    "{target} holds files and no {MANIFEST}: it did not come from Dateline\nname an empty folder, or one that was deployed to before"
                );
            }
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
    }
}

fn is_as_published(target: &Utf8Path, path: &str, entry: &Entry) -> bool {
    let file = target.join(path);
    let regular = file
        .symlink_metadata()
        .is_ok_and(|about| about.is_file() && about.len() == entry.bytes);
    regular && fs::read(&file).is_ok_and(|bytes| hash(&bytes) == entry.blake3)
}

/// A folder that is a symbolic link leads out of the target.
fn refuse_links(target: &Utf8Path, path: &str) -> Result<()> {
    for folder in Utf8Path::new(path)
        .ancestors()
        .skip(1)
        .filter(|f| !f.as_str().is_empty())
    {
        let folder = target.join(folder);
        match folder.symlink_metadata() {
            Ok(about) if !about.is_dir() => bail!("{folder} is no folder"),
            _ => {}
        }
    }
    Ok(())
}

fn put(site: &Site<'_>, target: &Utf8Path, path: &str) -> Result<()> {
    let from = site.dir.join(path);
    let bytes = fs::read(&from).with_context(|| format!("cannot read {from}"))?;
    replace(&target.join(path), &bytes)
}

/// The new file takes the old one's place in one step.
fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    let failed = || format!("cannot write {path}");
    let mut half = tempfile::Builder::new();
    half.prefix(".dateline-");
    // What is published may be read by everybody, the server among them.
    #[cfg(unix)]
    half.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = half.tempfile_in(folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    file.persist(path)
        .map_err(|error| error.error)
        .with_context(failed)?;
    Ok(())
}

/// Removes a file, and the folders that are empty without it.
fn remove(target: &Utf8Path, path: &str) -> Result<()> {
    let file = target.join(path);
    fs::remove_file(&file).with_context(|| format!("cannot remove {file}"))?;
    for folder in Utf8Path::new(path)
        .ancestors()
        .skip(1)
        .filter(|f| !f.as_str().is_empty())
    {
        if fs::remove_dir(target.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}
