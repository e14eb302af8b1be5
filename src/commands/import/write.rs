//! New files on the disk: never over one that exists, and all of them or none.

use std::{fs, io::Write};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::importing::{Content, Imported, NewFile};

/// How many paths a message names.
const NAMED: usize = 5;

/// Writes the files below `into`; copies come from below `source`. What is there already with the
/// same bytes stays as it is.
///
/// # Errors
/// When a file is there with other bytes: then nothing is written. When the machine refuses: then
/// what was written is removed again.
pub(super) fn write(imported: &Imported, source: &Utf8Path, into: &Utf8Path) -> Result<usize> {
    let mut new = Vec::new();
    let mut taken = Vec::new();
    for file in &imported.files {
        let path = into.join(&file.path);
        if !path.exists() {
            new.push(file);
        } else if fs::read(&path).ok() != Some(bytes(file, source)?) {
            taken.push(path);
        }
    }
    if !taken.is_empty() {
        let names: Vec<&str> = taken.iter().take(NAMED).map(|path| path.as_str()).collect();
        let more = taken.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!("\nand {more} more")
        } else {
            String::new()
        };
        bail!(
            "there already, and not the same:\n{}{more}\nnothing was written: nothing is ever overwritten; move them, or import into another folder",
            names.join("\n")
        );
    }
    let mut written: Vec<Utf8PathBuf> = Vec::new();
    for file in &new {
        let path = into.join(&file.path);
        if let Err(error) = one(file, source, &path) {
            for path in &written {
                // What cannot be removed stays; the error below says what went wrong.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        written.push(path);
    }
    Ok(written.len())
}

fn bytes(file: &NewFile, source: &Utf8Path) -> Result<Vec<u8>> {
    match &file.content {
        Content::Text(text) => Ok(text.clone().into_bytes()),
        Content::Copy(from) => {
            let from = source.join(from);
            fs::read(&from).with_context(|| format!("cannot read {from}"))
        }
    }
}

/// Writes a file beside its place and moves it there, unless something has come to stand there.
fn one(file: &NewFile, source: &Utf8Path, path: &Utf8Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    let bytes = bytes(file, source)?;
    let persist = || -> Result<()> {
        let mut new = fs::File::create_new(path)?;
        new.write_all(&bytes)?;
        Ok(())
    };
    persist().with_context(|| format!("cannot write {path}"))
}

/// Prints what would be written: the paths, and the text where it is one file.
///
/// # Errors
/// When standard output refuses.
pub(super) fn show(imported: &Imported, into: &Utf8Path, out: &mut impl Write) -> Result<()> {
    let alone = imported
        .files
        .iter()
        .filter(|f| matches!(f.content, Content::Text(_)))
        .count()
        == 1;
    for file in &imported.files {
        let path = into.join(&file.path);
        let state = if path.exists() { "there already: " } else { "" };
        match &file.content {
            Content::Text(text) if alone => writeln!(out, "{state}{path}\n\n{text}")?,
            Content::Text(text) => writeln!(out, "{state}{path} ({} bytes)", text.len())?,
            Content::Copy(from) => writeln!(out, "{state}{path} (copy of {from})")?,
        }
    }
    Ok(())
}
