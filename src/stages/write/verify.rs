//! A published tree against its manifest.
//!
//! Input: the folder. Output: a diagnostic for each file that is missing, has other bytes, or is
//! not Dateline's. Nothing is written, and no link is followed out of the tree.

use std::{fs, io::ErrorKind};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::manifest::{Entry, MANIFEST, Manifest, hash},
    portable,
};

/// What a tree says that it is.
#[derive(Debug)]
pub struct Claim {
    /// Its manifest.
    pub manifest: Manifest,
    /// The manifest's own hash: where it is the one that the publisher gives, and the tree agrees
    /// with the manifest, the whole tree is the publisher's.
    pub blake3: String,
}

/// Reads the manifest of a published tree.
///
/// # Errors
/// When there is none, or it is not Dateline's.
pub fn claim(dir: &Utf8Path) -> Result<Claim> {
    let path = dir.join(MANIFEST);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {path}"))?;
    let Some(manifest) = Manifest::read(&bytes) else {
        bail!("{path} is no manifest of Dateline's");
    };
    Ok(Claim {
        manifest,
        blake3: hash(&bytes),
    })
}

/// What is wrong with one file that the manifest names.
#[must_use]
pub fn check(dir: &Utf8Path, path: &str, entry: &Entry) -> Option<Diagnostic> {
    if let Some(fault) = portable::path_fault(path) {
        // The manifest itself was changed: no such path is ever published.
        let problem = changed(&dir.join(MANIFEST), format!("`{path}`: {fault}"));
        return Some(problem);
    }
    let file = dir.join(path);
    let about = match fs::symlink_metadata(&file) {
        Err(error) if is_absent(error.kind()) => return Some(missing(&file)),
        Err(error) => return Some(changed(&file, format!("cannot be read: {error}"))),
        Ok(about) => about,
    };
    if !about.is_file() {
        return Some(changed(&file, "it is no regular file".to_owned()));
    }
    if about.len() != entry.bytes {
        let message = format!("it has {} bytes instead of {}", about.len(), entry.bytes);
        return Some(changed(&file, message));
    }
    match fs::read(&file) {
        Ok(bytes) if hash(&bytes) == entry.blake3 => None,
        Ok(_) => Some(changed(&file, "its hash is another one".to_owned())),
        Err(error) => Some(changed(&file, format!("cannot be read: {error}"))),
    }
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The files that the manifest does not name.
///
/// # Errors
/// When a folder cannot be listed.
pub fn foreign(dir: &Utf8Path, manifest: &Manifest) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    collect(dir, Utf8Path::new(""), manifest, &mut found)?;
    Ok(found)
}

fn collect(
    dir: &Utf8Path,
    folder: &Utf8Path,
    manifest: &Manifest,
    found: &mut Vec<Diagnostic>,
) -> Result<()> {
    let here = dir.join(folder);
    let entries = fs::read_dir(&here).with_context(|| format!("cannot read {here}"))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {here}"))?;
        let kind = entry
            .file_type()
            .with_context(|| format!("cannot read {here}"))?;
        // A name that is no text cannot be Dateline's, and is shown as far as it can be.
        let path = folder.join(&*entry.file_name().to_string_lossy());
        if kind.is_dir() {
            collect(dir, &path, manifest, found)?;
        } else if path != MANIFEST && !manifest.files.contains_key(path.as_str()) {
            found.push(unknown(&dir.join(path)));
        }
    }
    Ok(())
}

fn missing(path: &Utf8Path) -> Diagnostic {
    let message = "the manifest names this file, and it is not there".to_owned();
    problem(Code::VerifyMissing, path, message).hint("publish the site again")
}

fn changed(path: &Utf8Path, how: String) -> Diagnostic {
    problem(Code::VerifyChanged, path, how)
        .hint("publish the site again, and find out who changed it")
}

fn unknown(path: &Utf8Path) -> Diagnostic {
    let message = "the manifest does not name this file".to_owned();
    Diagnostic::warning(Code::VerifyForeign, path.to_owned(), None, message).hint(
        "Dateline keeps the files of others; where it is not yours, find out who put it there",
    )
}

fn problem(code: Code, path: &Utf8Path, message: String) -> Diagnostic {
    Diagnostic::error(code, Utf8PathBuf::from(path), None, message)
}
