//! One publication at a time for each output.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::Folders;

/// The lock on an output. The system lets go of it when the process ends, however that comes.
pub(super) struct Lock {
    file: Option<File>,
    path: Utf8PathBuf,
}

/// Takes the lock.
fn lock(folders: &Folders) -> Result<Lock> {
    let path = &folders.lock;
    loop {
        let file = File::create(path)
            .with_context(|| format!("cannot write beside {}", folders.output))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "another build is publishing to {}; wait for it to end",
                folders.output
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {path}"));
            }
        }
        if is_at(&file, path) {
            return Ok(Lock {
                file: Some(file),
                path: path.clone(),
            });
        }
        // The build before removed its lock between our two steps: ours is on a file that nobody
        // else will find.
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    let ids = (file.metadata().map(id), fs::metadata(path).map(id));
    matches!(ids, (Ok(own), Ok(there)) if own == there)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Utf8Path) -> bool {
    true
}

impl Lock {
    /// Takes the lock on an output.
    pub(super) fn take(folders: &Folders) -> Result<Self> {
        lock(folders)
    }
}

impl Drop for Lock {
    /// Lets go. The file goes first, while nobody else can have the lock.
    fn drop(&mut self) {
        // Best effort: an empty file left behind does no harm.
        #[cfg(unix)]
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
        #[cfg(not(unix))]
        let _ = fs::remove_file(&self.path);
    }
}
