//! `deploy`: brings a folder or a server up to date with what was built.
//!
//! What is to be sent is told by the manifests of both sides. What comes last is the manifest: a run
//! that breaks off leaves one that does not name what was sent, and the next sends it again. Only what
//! the other side's manifest names is ever removed.

mod folder;
mod rsync;

use std::{fs, io::Write};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;

use super::{OK, counted};
use crate::{
    cli::DeployArgs,
    model::manifest::{Changes, MANIFEST, Manifest},
    pipeline, portable,
};

/// What was built, as its manifest has it.
struct Site<'a> {
    dir: &'a Utf8Path,
    manifest: Manifest,
    bytes: Vec<u8>,
}

/// Sends what changed, or says what would be sent.
pub(super) fn deploy(args: &DeployArgs) -> Result<u8> {
    let site = read(&args.from)?;
    let done = match args.target.strip_prefix("rsync:") {
        Some(place) => rsync::deploy(&site, place, args.dry_run)?,
        None => folder::deploy(&site, Utf8Path::new(&args.target), args.dry_run)?,
    };
    tell(&done, &args.target, args.dry_run)?;
    Ok(OK)
}

/// What was built. A tree that is not as it was published is not sent on.
fn read(dir: &Utf8Path) -> Result<Site<'_>> {
    let verified = pipeline::verify(dir)?;
    let errors = verified.problems.iter();
    let errors: Vec<_> = errors
        .filter(|p| p.severity == crate::diagnostic::Severity::Error)
        .collect();
    if let Some(first) = errors.first() {
        bail!(
            "{dir} is not as it was built: {}: {}\nbuild the site again",
            first.path,
            first.message
        );
    }
    let path = dir.join(MANIFEST);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {path}"))?;
    let manifest =
        Manifest::read(&bytes).with_context(|| format!("{path} is no manifest of Dateline's"))?;
    Ok(Site {
        dir,
        manifest,
        bytes,
    })
}

/// What the other side has, by its manifest. Paths that Dateline never publishes make it nobody's.
fn their_manifest(bytes: &[u8], place: &str) -> Result<Manifest> {
    let manifest = Manifest::read(bytes)
        .with_context(|| format!("{place}/{MANIFEST} is no manifest of Dateline's"))?;
    for path in manifest.files.keys() {
        if let Some(fault) = portable::path_fault(path) {
            bail!("{place}/{MANIFEST} names `{path}`: {fault}");
        }
    }
    Ok(manifest)
}

fn tell(done: &Changes, target: &str, dry_run: bool) -> Result<()> {
    let mut out = anstream::stdout().lock();
    let lists = [
        ('+', &done.added),
        ('~', &done.changed),
        ('-', &done.removed),
    ];
    for (sign, paths) in lists.into_iter().filter(|_| dry_run) {
        for path in paths {
            writeln!(out, "{sign} {path}")?;
        }
    }
    let sent = counted(done.added.len() + done.changed.len(), "file");
    let removed = done.removed.len();
    match dry_run {
        true => writeln!(out, "{target}: {sent} to send, {removed} to remove")?,
        false => writeln!(out, "{target}: {sent} sent, {removed} removed")?,
    }
    Ok(())
}
