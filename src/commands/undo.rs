//! `undo`: the way back from what commands wrote into the content.

use std::io::Write;

use anyhow::Result;
use camino::Utf8Path;

use super::{OK, content};

/// How many files of a step the list names: an import has thousands.
const NAMED: usize = 20;

/// Takes the last step back, or the one that was interrupted, or lists the steps.
pub(super) fn undo(list: bool, folder: &Utf8Path) -> Result<u8> {
    let mut out = anstream::stdout().lock();
    if list {
        for step in content::steps(folder)? {
            let paths: Vec<&str> = step.paths().map(|path| path.as_str()).collect();
            let named = paths[..paths.len().min(NAMED)].join(", ");
            let more = match paths.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            writeln!(out, "{}: {named}{more}", step.what)?;
        }
        return Ok(OK);
    }
    if content::recover(folder)? {
        return Ok(OK);
    }
    match content::undo(folder)? {
        Some(step) => {
            writeln!(out, "taken back: {}", step.what)?;
            for path in step.paths() {
                writeln!(out, "  {}", folder.join(path))?;
            }
        }
        None => writeln!(out, "there is nothing to take back")?,
    }
    Ok(OK)
}
