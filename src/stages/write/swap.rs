//! The step in which the new folder takes the old one's place.

use std::{fs, io::ErrorKind};

use anyhow::{Context, Result};
use camino::Utf8Path;

use super::Folders;

/// Clears what a killed run left, and puts the old folder back if the run died between the two
/// renames of [`two_renames`].
pub(super) fn repair(folders: &Folders) -> Result<()> {
    if folders.old.exists() {
        if folders.output.exists() {
            remove(&folders.old)?;
        } else {
            fs::rename(&folders.old, &folders.output)
                .with_context(|| format!("cannot put {} back", folders.output))?;
        }
    }
    remove(&folders.next)
}

/// Puts the staged folder in the output's place.
pub(super) fn swap(folders: &Folders) -> Result<()> {
    if !folders.output.exists() {
        return fs::rename(&folders.next, &folders.output)
            .with_context(|| format!("cannot publish to {}", folders.output));
    }
    if exchange(folders).is_err() {
        two_renames(folders)?;
        return remove(&folders.old);
    }
    // The staged name now holds what was published before.
    remove(&folders.next)
}

/// One step, where the system has it: no moment without a published folder.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(folders: &Folders) -> rustix::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let (next, output) = (folders.next.as_std_path(), folders.output.as_std_path());
    renameat_with(CWD, next, CWD, output, RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Folders) -> std::io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Two steps; a run that dies between them is repaired by the next.
fn two_renames(folders: &Folders) -> Result<()> {
    let failed = || format!("cannot publish to {}: is it a mount point?", folders.output);
    fs::rename(&folders.output, &folders.old).with_context(failed)?;
    if let Err(error) = fs::rename(&folders.next, &folders.output) {
        fs::rename(&folders.old, &folders.output).with_context(failed)?;
        return Err(error).with_context(failed);
    }
    Ok(())
}

fn remove(folder: &Utf8Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot clear {folder}"))
        }
        _ => Ok(()),
    }
}
