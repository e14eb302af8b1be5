//! The files of `entities/` on the disk: read as bytes, changed one by one in single steps.

use std::{
    fs,
    io::{ErrorKind, Write},
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    editing::files::{Change, Files},
    model::source::Sources,
};

/// Reads the registry and the editor's lists as they are.
pub(super) fn load(content: &Utf8Path, sources: &Sources) -> Result<Files> {
    let lists = [&sources.decisions, &sources.suppress];
    let paths = sources.entities.iter().chain(lists.into_iter().flatten());
    let mut files = Vec::new();
    for source in paths {
        let path = content.join(&source.path);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {path}"))?;
        files.push((source.path.clone(), bytes));
    }
    Ok(Files::new(files))
}

/// Writes the changes. Each file changes in one step; when one fails, those before it are put
/// back.
pub(in crate::commands) fn commit(content: &Utf8Path, changes: &[Change]) -> Result<()> {
    for change in changes {
        check_unchanged(content, change)?;
    }
    for (n, change) in changes.iter().enumerate() {
        if let Err(error) = write(content, change) {
            for done in changes[..n].iter().rev() {
                write(content, &done.inverse())
                    .with_context(|| format!("cannot put {} back", content.join(&done.path)))?;
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Someone may have saved the file since it was read: their work is not overwritten.
fn check_unchanged(content: &Utf8Path, change: &Change) -> Result<()> {
    let path = content.join(&change.path);
    let now = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    if now != change.before {
        bail!("{path} has changed since it was read\nnothing was written; run the command again");
    }
    Ok(())
}

fn write(content: &Utf8Path, change: &Change) -> Result<()> {
    let path = content.join(&change.path);
    let Some(bytes) = &change.after else {
        return fs::remove_file(&path).with_context(|| format!("cannot remove {path}"));
    };
    // A link stays a link: what it leads to is what changes.
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
    replace(&target, bytes).with_context(|| format!("cannot write {path}"))
}

/// A new file beside the old one takes its place, so that no moment has half of it.
fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder.to_owned(),
        _ => Utf8PathBuf::from("."),
    };
    fs::create_dir_all(&folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-");
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
    file.persist(path)?;
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
mod tests {
    use super::*;

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let bytes = |text: &str| text.as_bytes().to_vec();
        Change {
            path: path.into(),
            before: before.map(bytes),
            after: after.map(bytes),
        }
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let content = Utf8PathBuf::from_path_buf(dir.path().to_owned()).unwrap();
        fs::create_dir(content.join("entities")).unwrap();
        fs::write(content.join("entities/a.md"), "old").unwrap();
        (dir, content)
    }

    #[test]
    fn a_step_and_its_way_back() {
        let (_dir, content) = folder();
        let step = [
            change("entities/a.md", Some("old"), None),
            change("entities/person/b.md", None, Some("new")),
        ];
        commit(&content, &step).unwrap();
        assert!(!content.join("entities/a.md").exists());
        let new = fs::read_to_string(content.join("entities/person/b.md")).unwrap();
        assert_eq!(new, "new");
        let back: Vec<Change> = step.iter().rev().map(Change::inverse).collect();
        commit(&content, &back).unwrap();
        assert_eq!(
            fs::read_to_string(content.join("entities/a.md")).unwrap(),
            "old"
        );
        assert!(!content.join("entities/person/b.md").exists());
        let left = fs::read_dir(content.join("entities")).unwrap().count();
        assert_eq!(left, 2, "no temporary file stays");
    }

    #[test]
    fn the_work_of_others_is_not_overwritten() {
        let (_dir, content) = folder();
        let step = [
            change("entities/b.md", None, Some("new")),
            change("entities/a.md", Some("older"), Some("new")),
        ];
        let told = commit(&content, &step).unwrap_err().to_string();
        assert!(told.contains("has changed since"), "{told}");
        assert!(!content.join("entities/b.md").exists());
    }

    #[test]
    #[cfg(unix)]
    fn when_one_write_fails_those_before_are_put_back() {
        let (_dir, content) = folder();
        // A link to nowhere, where a folder would have to be.
        std::os::unix::fs::symlink("nowhere", content.join("loose")).unwrap();
        let step = [
            change("entities/a.md", Some("old"), Some("new")),
            change("loose/b.md", None, Some("new")),
        ];
        let told = format!("{:#}", commit(&content, &step).unwrap_err());
        assert!(told.contains("cannot write"), "{told}");
        assert_eq!(
            fs::read_to_string(content.join("entities/a.md")).unwrap(),
            "old"
        );
    }
}
