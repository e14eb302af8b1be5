//! Steps that only make new files, such as an import: many of them, and pictures among them.
//!
//! Their bytes are not kept a second time. The way back is to remove what was made, as long as it is
//! what was made; so a way back that was interrupted is gone to its end.

use std::{
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::{FINISHED, History, TAKEN_BACK, clear, replace, tell};
use crate::{
    editing::history::{NewFile, Step},
    model::manifest::hash,
};

/// How many paths a message names.
const NAMED: usize = 5;

/// Makes the files at `paths`, below the content folder, as one step which is called `what`; `bytes`
/// gives those of the nth. All of them are made or none.
///
/// # Errors
/// When one of them is there already, and when the machine refuses.
pub(in crate::commands) fn create(
    content: &Utf8Path,
    what: &str,
    paths: &[Utf8PathBuf],
    bytes: &dyn Fn(usize) -> Result<Vec<u8>>,
) -> Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let history = History::open(content)?;
    history.recover()?;
    let mut new = Vec::with_capacity(paths.len());
    for (n, path) in paths.iter().enumerate() {
        check_inside(path)?;
        let at = content.join(path);
        if at.symlink_metadata().is_ok() {
            bail!("{at} is there already\nnothing was written");
        }
        new.push(NewFile {
            path: path.clone(),
            hash: hash(&bytes(n)?),
        });
    }
    history.create(&Step::of_new(what, new), bytes)
}

impl History<'_> {
    fn create(&self, step: &Step, bytes: &dyn Fn(usize) -> Result<Vec<u8>>) -> Result<()> {
        self.begin(step)?;
        for (n, new) in step.new.iter().enumerate() {
            let path = self.content.join(&new.path);
            let written = bytes(n).and_then(|bytes| {
                replace(&path, &bytes, false).with_context(|| format!("cannot write {path}"))
            });
            if let Err(error) = written {
                for done in step.new[..n].iter().rev() {
                    self.take_away(done)?;
                }
                self.forget()?;
                return Err(error);
            }
        }
        self.finish(step)
    }

    /// Removes the files that a step made: all of them, or none where one has changed.
    pub(super) fn remove(&self, step: &Step) -> Result<()> {
        let mut changed = Vec::new();
        for new in &step.new {
            check_inside(&new.path)?;
            if self.standing(new)? == Standing::Other {
                changed.push(self.content.join(&new.path));
            }
        }
        if !changed.is_empty() {
            let names = changed.iter().take(NAMED).map(|path| path.as_str());
            let names: Vec<&str> = names.collect();
            let more = match changed.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!("\nand {more} more"),
            };
            bail!(
                "changed since they were written:\n{}{more}\nnothing was taken back; remove by hand what you do not want",
                names.join("\n")
            );
        }
        self.begin(step)?;
        for new in &step.new {
            self.take_away(new)?;
        }
        self.finish(step)
    }

    /// Finishes what was interrupted when all was written, else removes what was. A way back goes on.
    pub(super) fn recover_new(&self, step: &Step) -> Result<()> {
        let mut kept = Vec::new();
        let mut missing = false;
        for new in &step.new {
            check_inside(&new.path)?;
            match self.standing(new)? {
                Standing::Same => {}
                Standing::Other => kept.push(&new.path),
                Standing::Missing => missing = true,
            }
        }
        if step.undoes.is_none() && !missing && kept.is_empty() {
            self.finish(step)?;
            return tell(step, FINISHED);
        }
        for new in &step.new {
            self.take_away(new)?;
        }
        match step.undoes {
            Some(_) => {
                self.finish(step)?;
                tell(step, "was interrupted, and is finished")?;
            }
            None => {
                self.forget()?;
                tell(step, TAKEN_BACK)?;
            }
        }
        let mut out = anstream::stderr().lock();
        for path in kept {
            writeln!(
                out,
                "note: {} is not what was written, and stays as it is",
                self.content.join(path)
            )?;
        }
        Ok(())
    }

    fn standing(&self, new: &NewFile) -> Result<Standing> {
        let path = self.content.join(&new.path);
        match fs::read(&path) {
            Ok(bytes) if hash(&bytes) == new.hash => Ok(Standing::Same),
            Ok(_) => Ok(Standing::Other),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Standing::Missing),
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        }
    }

    /// Removes a file that is what was written, and the folders that are empty without it.
    fn take_away(&self, new: &NewFile) -> Result<()> {
        let path = self.content.join(&new.path);
        if self.standing(new)? == Standing::Same {
            fs::remove_file(&path).with_context(|| format!("cannot remove {path}"))?;
        }
        path.parent().into_iter().for_each(clear);
        for folder in new.path.ancestors().skip(1) {
            // A folder that holds something else stays: that is what the error says.
            if folder.as_str().is_empty() || fs::remove_dir(self.content.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// What is at the place of a file that was made.
#[derive(PartialEq, Eq)]
enum Standing {
    Same,
    Other,
    Missing,
}

/// The history may have come from somebody else: it reaches nothing outside the content.
fn check_inside(path: &Utf8Path) -> Result<()> {
    let is_inside = path
        .components()
        .all(|part| matches!(part, Utf8Component::Normal(_)));
    if path.as_str().is_empty() || !is_inside {
        bail!("cannot write `{path}`: it leads out of the content folder");
    }
    Ok(())
}
