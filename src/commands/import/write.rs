//! New files on the disk: never over one that exists, and all of them or none.

use std::{fs, io::Write};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    commands::content,
    importing::{Content, Imported, NewFile},
};

/// How many paths a message names.
const NAMED: usize = 5;

/// Writes the files below `into`, as one step that is called `what`; copies come from below `source`.
/// What is there already with the same bytes stays as it is.
///
/// # Errors
/// When a file is there with other bytes: then nothing is written. When the machine refuses: then
/// what was written is removed again.
pub(super) fn write(
    imported: &Imported,
    source: &Utf8Path,
    into: &Utf8Path,
    what: &str,
) -> Result<usize> {
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
    let paths: Vec<Utf8PathBuf> = new.iter().map(|file| file.path.clone()).collect();
    content::create(into, what, &paths, &|n| bytes(new[n], source))?;
    Ok(paths.len())
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
