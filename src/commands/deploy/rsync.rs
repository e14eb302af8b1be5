//! A server, through `rsync`.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{Site, their_manifest};
use crate::model::manifest::{Changes, MANIFEST};

/// What rsync answers where a file that is asked for is not there.
const PARTIAL: i32 = 23;

/// Brings the folder `place` up to date: `HOST:PATH`, or a path of this machine.
pub(super) fn deploy(site: &Site<'_>, place: &str, dry_run: bool) -> Result<Changes> {
    let place = place.trim_end_matches('/');
    if place.is_empty() || place.starts_with('-') {
        bail!("`rsync:{place}` names no place\nwrite it as rsync:HOST:PATH");
    }
    let theirs = fetched(place)?;
    let theirs =
        theirs.map(|bytes| Ok::<_, anyhow::Error>((their_manifest(&bytes, place)?, bytes)));
    let theirs = theirs.transpose()?;
    let before = theirs
        .as_ref()
        .map(|(manifest, bytes)| (manifest, &**bytes));
    let changes = Changes::between(before, (&site.manifest, &site.bytes), &|_| false);
    if dry_run {
        return Ok(changes);
    }
    let sent = changes.added.iter().chain(&changes.changed);
    let sent: Vec<&String> = sent.filter(|path| *path != MANIFEST).collect();
    if !sent.is_empty() {
        run(site.dir, place, &sent)?;
    }
    if !changes.removed.is_empty() {
        remove(place, &changes.removed)?;
    }
    if changes.from.as_ref() != Some(&changes.to) {
        run(site.dir, place, &[&MANIFEST.to_owned()])?;
    }
    Ok(changes)
}

fn rsync() -> Command {
    let mut command = Command::new("rsync");
    command.stdin(Stdio::null());
    command
}

/// The manifest that is there, if there is one.
fn fetched(place: &str) -> Result<Option<Vec<u8>>> {
    let folder = tempfile::tempdir().context("cannot make a folder for what the server has")?;
    let folder = Utf8PathBuf::try_from(folder.path().to_owned())
        .context("the folder for temporary files is no text")?;
    let copy = folder.join(MANIFEST);
    let done = rsync()
        .args([
            "--times",
            "--",
            &format!("{place}/{MANIFEST}"),
            copy.as_str(),
        ])
        .output()
        .context("cannot run rsync: is it installed?")?;
    match done.status.code() {
        Some(0) => Ok(Some(
            fs::read(&copy).with_context(|| format!("cannot read {copy}"))?,
        )),
        Some(PARTIAL) => Ok(None),
        _ => bail!(
            "rsync cannot read {place}:\n{}",
            String::from_utf8_lossy(&done.stderr).trim()
        ),
    }
}

/// Removes files. rsync removes what a list names and the sender does not have, but only in folders that
/// the sender has: it is given the folders, all empty.
fn remove(place: &str, paths: &[String]) -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a folder for rsync")?;
    let empty = Utf8PathBuf::try_from(folder.path().to_owned())
        .context("the folder for temporary files is no text")?;
    for path in paths {
        let parent = empty.join(path);
        let parent = parent.parent().unwrap_or(&empty);
        fs::create_dir_all(parent).with_context(|| format!("cannot create {parent}"))?;
    }
    run(&empty, place, &paths.iter().collect::<Vec<_>>())
}

/// Sends the paths that the folder has, and removes the others.
fn run(dir: &Utf8Path, place: &str, paths: &[&String]) -> Result<()> {
    let mut child = rsync()
        .args([
            "--recursive",
            // The manifests know what differs; rsync would pass over the same length and second.
            "--ignore-times",
            "--times",
            "--chmod=D755,F644",
            "--delay-updates",
            "--delete-missing-args",
            "--from0",
            "--files-from=-",
            "--",
        ])
        .args([format!("{dir}/"), format!("{place}/")])
        .stdin(Stdio::piped())
        .spawn()
        .context("cannot run rsync: is it installed?")?;
    let mut list = String::new();
    for path in paths {
        list.push_str(path);
        list.push('\0');
    }
    let written = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(list.as_bytes()));
    let status = child.wait().context("cannot wait for rsync")?;
    if !status.success() {
        bail!("rsync to {place} failed ({status})");
    }
    written
        .transpose()
        .context("cannot tell rsync what to send")?;
    Ok(())
}
