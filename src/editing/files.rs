//! Files as they are on the disk, and as they are to become.

use std::{collections::BTreeMap, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};

use super::yaml_text::EditError;

/// One file to write, or to remove, with what stood there before: the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Below the content folder.
    pub path: Utf8PathBuf,
    /// Its bytes before; `None` where there was no file.
    pub before: Option<Vec<u8>>,
    /// Its bytes after; `None` where it goes.
    pub after: Option<Vec<u8>>,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            path: self.path.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// A text file: its text with `\n` line ends, and how the disk has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    text: Arc<str>,
    has_mark: bool,
    has_returns: bool,
}

const MARK: &str = "\u{feff}";

impl Text {
    fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Self, EditError> {
        let refused = |message: &str| EditError {
            path: path.to_owned(),
            message: message.to_owned(),
        };
        let raw = std::str::from_utf8(bytes).map_err(|_| refused("the file is not UTF-8"))?;
        let (raw, has_mark) = raw
            .strip_prefix(MARK)
            .map_or((raw, false), |rest| (rest, true));
        let text = raw.replace("\r\n", "\n");
        let file = Self {
            has_returns: text.len() < raw.len(),
            has_mark,
            text: text.into(),
        };
        if file.bytes() != bytes {
            return Err(refused(
                "the file has line ends of two kinds; save it with one",
            ));
        }
        Ok(file)
    }

    fn bytes(&self) -> Vec<u8> {
        let mark = if self.has_mark { MARK } else { "" };
        if self.has_returns {
            format!("{mark}{}", self.text.replace('\n', "\r\n")).into_bytes()
        } else {
            format!("{mark}{}", self.text).into_bytes()
        }
    }
}

/// The files of a folder, with the changes that were made to them in memory.
#[derive(Debug, Clone, Default)]
pub struct Files {
    on_disk: BTreeMap<Utf8PathBuf, Arc<[u8]>>,
    changed: BTreeMap<Utf8PathBuf, Option<Text>>,
}

impl Files {
    /// Files by their path below the content folder.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (Utf8PathBuf, Vec<u8>)>) -> Self {
        let shared = |(path, bytes): (Utf8PathBuf, Vec<u8>)| (path, Arc::from(bytes));
        Self {
            on_disk: files.into_iter().map(shared).collect(),
            changed: BTreeMap::new(),
        }
    }

    /// True where there is, or will be, such a file.
    #[must_use]
    pub fn has(&self, path: &Utf8Path) -> bool {
        match self.changed.get(path) {
            Some(changed) => changed.is_some(),
            None => self.on_disk.contains_key(path),
        }
    }

    /// A file's text as it is to become; `None` where there is no file.
    ///
    /// # Errors
    /// When the file cannot be kept byte for byte around a change.
    pub fn text(&self, path: &Utf8Path) -> Result<Option<Arc<str>>, EditError> {
        Ok(self.current(path)?.map(|file| file.text))
    }

    fn current(&self, path: &Utf8Path) -> Result<Option<Text>, EditError> {
        match self.changed.get(path) {
            Some(changed) => Ok(changed.clone()),
            None => self
                .on_disk
                .get(path)
                .map(|bytes| Text::read(path, bytes))
                .transpose(),
        }
    }

    /// Sets a file's text; mark and line ends stay as they are.
    ///
    /// # Errors
    /// When the file cannot be kept byte for byte around a change.
    pub fn set(&mut self, path: &Utf8Path, text: String) -> Result<(), EditError> {
        let old = self.current(path)?;
        let file = Text {
            text: text.into(),
            has_mark: old.as_ref().is_some_and(|old| old.has_mark),
            has_returns: old.is_some_and(|old| old.has_returns),
        };
        self.changed.insert(path.to_owned(), Some(file));
        Ok(())
    }

    /// Moves a file and sets its text; mark and line ends stay as they are.
    ///
    /// # Errors
    /// When the file cannot be kept byte for byte around a change.
    pub fn rename(
        &mut self,
        from: &Utf8Path,
        to: &Utf8Path,
        text: String,
    ) -> Result<(), EditError> {
        let old = self.current(from)?;
        self.changed.insert(to.to_owned(), old);
        self.remove(from);
        self.set(to, text)
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &Utf8Path) {
        self.changed.insert(path.to_owned(), None);
    }

    /// What is to be written, by path; from now on it counts as written.
    pub fn take_changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (path, file) in std::mem::take(&mut self.changed) {
            let before = self.on_disk.get(&path).map(|bytes| bytes.to_vec());
            let after = file.map(|file| file.bytes());
            match &after {
                Some(bytes) => self.on_disk.insert(path.clone(), bytes.clone().into()),
                None => self.on_disk.remove(&path),
            };
            if before != after {
                changes.push(Change {
                    path,
                    before,
                    after,
                });
            }
        }
        changes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_mark_and_line_ends_stay() {
        let path = Utf8Path::new("entities/decisions.yaml");
        let before = b"\xef\xbb\xbfa: 1\r\n".to_vec();
        let mut files = Files::new([(path.to_owned(), before.clone())]);
        assert_eq!(files.text(path).unwrap().unwrap().as_ref(), "a: 1\n");
        files.set(path, "a: 1\nb: 2\n".to_owned()).unwrap();
        let changes = files.take_changes();
        let after = Some(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n".to_vec());
        assert_eq!(
            (&changes[0].before, &changes[0].after),
            (&Some(before), &after)
        );
        assert!(files.take_changes().is_empty());
        let mixed = Files::new([(path.to_owned(), b"a: 1\r\nb: 2\n".to_vec())]);
        assert!(mixed.text(path).is_err());
    }
}
