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
    // What was published before is cleared as far as it can be: the site is published, and the
    // next run clears the rest.
    if exchange(folders).is_err() {
        two_renames(folders)?;
        let _ = remove(&folders.old);
    } else {
        // The staged name now holds what was published before.
        let _ = remove(&folders.next);
    }
    Ok(())
}

/// Brings what was staged to the disk, in one call for the whole file system.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn to_disk(folder: &Utf8Path) -> Result<()> {
    let flush = || -> std::io::Result<()> { Ok(rustix::fs::syncfs(fs::File::open(folder)?)?) };
    flush().with_context(|| format!("cannot bring {folder} to the disk"))
}

/// Brings what was staged to the disk.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(super) fn to_disk(_: &Utf8Path) -> Result<()> {
    rustix::fs::sync();
    Ok(())
}

/// Brings what was staged to the disk, file by file: there is no call for all.
#[cfg(not(unix))]
pub(super) fn to_disk(folder: &Utf8Path) -> Result<()> {
    for entry in folder.read_dir_utf8()? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            to_disk(entry.path())?;
        } else {
            fs::File::options()
                .append(true)
                .open(entry.path())?
                .sync_all()?;
        }
    }
    Ok(())
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

/// Removes a folder, also one that was made read-only: what is in it is a copy, or was replaced.
pub(super) fn remove(folder: &Utf8Path) -> Result<()> {
    let gone = match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            make_writable(folder);
            fs::remove_dir_all(folder)
        }
        other => other,
    };
    match gone {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot clear {folder}"))
        }
        _ => Ok(()),
    }
}

/// Best effort: what cannot be changed cannot be removed either, and that is reported.
#[cfg(unix)]
fn make_writable(folder: &Utf8Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            make_writable(entry.path());
        }
    }
}

#[cfg(not(unix))]
fn make_writable(_: &Utf8Path) {}
