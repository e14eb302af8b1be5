//! Commands that write content write through here: a step is written whole or not at all, and can
//! be taken back by `dateline undo`.
//!
//! A step is first kept in `content/.dateline/`, with the way back, then written file by file, each
//! in one step. Whoever comes after an interrupted one finishes it or takes it back before anything
//! else. `build` reads nothing of this, and refuses to publish a half-written step.

mod new_files;

use std::{
    fs,
    io::{ErrorKind, Write},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    editing::{
        files::Change,
        history::{FOLDER, PENDING, Recovery, Step, UNDO, recovery},
    },
    portable,
};

pub(super) use new_files::create;

/// How many steps are kept.
const KEPT: usize = 100;
/// How often the lock is tried, and how long lies between two tries.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Writes the changes as one step, which is called `what`. When one file cannot be written, those
/// before it are put back.
pub(super) fn commit(content: &Utf8Path, what: &str, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let history = History::open(content)?;
    history.recover()?;
    history.write(&Step::new(what, changes))
}

/// Finishes or takes back what was interrupted, and tells; false where nothing was. To be called
/// before the content is read.
pub(super) fn recover(content: &Utf8Path) -> Result<bool> {
    let is_pending = content.join(FOLDER).join(PENDING).exists();
    if is_pending {
        History::open(content)?.recover()?;
    }
    Ok(is_pending)
}

/// The steps that can be taken back, last first.
pub(super) fn steps(content: &Utf8Path) -> Result<Vec<Step>> {
    let folder = content.join(FOLDER).join(UNDO);
    let numbers = numbers(&folder)?;
    let steps = numbers
        .iter()
        .rev()
        .map(|number| read(&of(&folder, *number)));
    steps.collect()
}

/// Takes the last step back; none where there is none.
pub(super) fn undo(content: &Utf8Path) -> Result<Option<Step>> {
    if !content.join(FOLDER).exists() {
        return Ok(None);
    }
    let history = History::open(content)?;
    history.recover()?;
    let Some(last) = numbers(&history.undo)?.last().copied() else {
        return Ok(None);
    };
    let step = read(&of(&history.undo, last))?;
    match step.new.is_empty() {
        true => history.write(&step.inverse(last))?,
        false => history.remove(&step.inverse(last))?,
    }
    Ok(Some(step))
}

/// The history of a content folder, for one process at a time.
struct History<'a> {
    content: &'a Utf8Path,
    pending: Utf8PathBuf,
    undo: Utf8PathBuf,
    _lock: fs::File,
}

impl<'a> History<'a> {
    fn open(content: &'a Utf8Path) -> Result<Self> {
        let folder = content.join(FOLDER);
        let undo = folder.join(UNDO);
        fs::create_dir_all(&undo).with_context(|| format!("cannot create {undo}"))?;
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").with_context(|| format!("cannot write {ignore}"))?;
        }
        let path = folder.join("lock");
        let lock = fs::File::create(&path).with_context(|| format!("cannot write {path}"))?;
        if !locked(&lock) {
            bail!("another command is writing to {content}; wait for it to end");
        }
        clear(&folder);
        Ok(Self {
            content,
            pending: folder.join(PENDING),
            undo,
            _lock: lock,
        })
    }

    fn write(&self, step: &Step) -> Result<()> {
        let changes = step.changes();
        for change in &changes {
            check_path(change)?;
            check_unchanged(self.content, change)?;
        }
        self.begin(step)?;
        for (n, change) in changes.iter().enumerate() {
            if let Err(error) = write(self.content, change) {
                for done in changes[..n].iter().rev() {
                    write(self.content, &done.inverse())
                        .with_context(|| format!("cannot put {} back", done.path))?;
                }
                self.forget()?;
                return Err(error);
            }
        }
        self.finish(step)
    }

    /// The step is to be written: whoever comes after an interrupted one knows of it.
    fn begin(&self, step: &Step) -> Result<()> {
        replace(&self.pending, &serde_json::to_vec(step)?, true)
            .with_context(|| format!("cannot write {}", self.pending))
    }

    /// The step is written: now it can be taken back.
    fn finish(&self, step: &Step) -> Result<()> {
        let numbers = numbers(&self.undo)?;
        if let Some(undone) = step.undoes {
            let _ = fs::remove_file(of(&self.undo, undone));
            return self.forget();
        }
        let next = of(&self.undo, numbers.last().map_or(1, |last| last + 1));
        fs::rename(&self.pending, &next).with_context(|| format!("cannot write {next}"))?;
        let old = (numbers.len() + 1).saturating_sub(KEPT);
        for number in &numbers[..old.min(numbers.len())] {
            // Best effort: an old step more does no harm.
            let _ = fs::remove_file(of(&self.undo, *number));
        }
        Ok(())
    }

    fn forget(&self) -> Result<()> {
        fs::remove_file(&self.pending).with_context(|| format!("cannot remove {}", self.pending))
    }

    fn recover(&self) -> Result<()> {
        if !self.pending.exists() {
            return Ok(());
        }
        let step = read(&self.pending)?;
        if !step.new.is_empty() {
            return self.recover_new(&step);
        }
        let changes = step.changes();
        changes.iter().try_for_each(check_path)?;
        let now = changes.iter().map(|change| now(self.content, change));
        let (back, kept) = match recovery(&step, &now.collect::<Result<Vec<_>>>()?) {
            Recovery::Finish => {
                self.finish(&step)?;
                return tell(&step, FINISHED);
            }
            Recovery::TakeBack(back, kept) => (back, kept),
        };
        for change in &back {
            write(self.content, change)?;
        }
        for change in &changes {
            let path = self.content.join(&change.path);
            path.parent().into_iter().for_each(clear);
        }
        self.forget()?;
        tell(&step, TAKEN_BACK)?;
        let mut out = anstream::stderr().lock();
        for path in kept {
            writeln!(
                out,
                "note: {} has changed since, and stays as it is",
                self.content.join(path)
            )?;
        }
        Ok(())
    }
}

/// What became of an interrupted step.
const FINISHED: &str = "was interrupted when all was written, and is finished";
const TAKEN_BACK: &str = "was interrupted, and is taken back";

/// Says what became of a step.
fn tell(step: &Step, what: &str) -> Result<()> {
    writeln!(anstream::stderr(), "note: `{}` {what}", step.what)?;
    Ok(())
}

/// Whether the lock is ours. A process that starts elsewhere in the program holds its open files, this
/// one among them, for a moment after it was dropped: so it is tried more than once.
fn locked(lock: &fs::File) -> bool {
    (0..LOCK_TRIES).any(|n| {
        if n > 0 {
            thread::sleep(LOCK_PAUSE);
        }
        lock.try_lock().is_ok()
    })
}

/// The file of a step.
fn of(folder: &Utf8Path, number: u32) -> Utf8PathBuf {
    folder.join(format!("{number:08}.json"))
}

/// The numbers of the steps, sorted.
fn numbers(folder: &Utf8Path) -> Result<Vec<u32>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {folder}")),
    };
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut numbers: Vec<u32> = names
        .filter_map(|name| name.strip_suffix(".json")?.parse().ok())
        .collect();
    numbers.sort_unstable();
    Ok(numbers)
}

fn read(path: &Utf8Path) -> Result<Step> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
    serde_json::from_slice(&bytes).with_context(|| {
        format!("{path} is no step of Dateline's; remove it to go on without the way back")
    })
}

/// The history may have come from somebody else: it reaches nothing outside the content.
fn check_path(change: &Change) -> Result<()> {
    match portable::path_fault(change.path.as_str()) {
        Some(fault) => bail!("cannot write `{}`: {fault}", change.path),
        None => Ok(()),
    }
}

/// Someone may have saved the file since it was read: their work is not overwritten.
fn check_unchanged(content: &Utf8Path, change: &Change) -> Result<()> {
    if now(content, change)? != change.before {
        let path = content.join(&change.path);
        bail!("{path} has changed since it was read\nnothing was written; run the command again");
    }
    Ok(())
}

/// The file's bytes; none where there is no file.
fn now(content: &Utf8Path, change: &Change) -> Result<Option<Vec<u8>>> {
    let path = content.join(&change.path);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
    }
}

fn write(content: &Utf8Path, change: &Change) -> Result<()> {
    let path = content.join(&change.path);
    let Some(bytes) = &change.after else {
        return fs::remove_file(&path).with_context(|| format!("cannot remove {path}"));
    };
    // A link stays a link: what it leads to is what changes.
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
    let is_new = change.before.is_none();
    replace(&target, bytes, !is_new).with_context(|| format!("cannot write {path}"))
}

/// How the names of files begin that are to take another one's place.
const TEMPORARY: &str = ".dateline-";

/// Removes the temporary files that a killed command left in a folder. Best effort: they are
/// hidden, and nothing reads them.
fn clear(folder: &Utf8Path) {
    let is_temporary = |name: &str| {
        let rest = name.strip_prefix(TEMPORARY);
        rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
        if is_temporary(entry.file_name()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A new file beside the old one takes its place, so that no moment has half of it. Without
/// `over` it takes no place that is taken.
fn replace(path: &Utf8Path, bytes: &[u8], over: bool) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder.to_owned(),
        _ => Utf8PathBuf::from("."),
    };
    fs::create_dir_all(&folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    let permissions = match fs::metadata(path) {
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => for_new_files(),
    };
    if let Some(permissions) = &permissions {
        builder.permissions(permissions.clone());
    }
    let mut file = builder.tempfile_in(&folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions.filter(|_| path.exists()) {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    if over {
        file.persist(path)?;
    } else {
        file.persist_noclobber(path)?;
    }
    Ok(())
}

/// What the user's own settings give to new files; a temporary file would be private.
#[cfg(unix)]
fn for_new_files() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn for_new_files() -> Option<fs::Permissions> {
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
