//! `undo`: the way back from what commands wrote into the content.

use std::io::Write;

use anyhow::Result;
use camino::Utf8Path;

use super::{OK, content};

/// Takes the last step back, or the one that was interrupted, or lists the steps.
pub(super) fn undo(list: bool, folder: &Utf8Path) -> Result<u8> {
    let mut out = anstream::stdout().lock();
    if list {
        for step in content::steps(folder)? {
            let paths = step.changes.iter().map(|change| change.path.as_str());
            let paths: Vec<&str> = paths.collect();
            writeln!(out, "{}: {}", step.what, paths.join(", "))?;
        }
        return Ok(OK);
    }
    if content::recover(folder)? {
        return Ok(OK);
    }
    match content::undo(folder)? {
        Some(step) => {
            writeln!(out, "taken back: {}", step.what)?;
            for change in step.changes {
                writeln!(out, "  {}", folder.join(change.path))?;
            }
        }
        None => writeln!(out, "there is nothing to take back")?,
    }
    Ok(OK)
}
