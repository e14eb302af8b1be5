//! The steps that commands made in the content, so that they can be taken back, and finished or
//! taken back where they were interrupted.
//!
//! Input: a step, and the files as they are. Output: what to write. Nothing here touches the disk.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use super::files::Change;

/// The folder of the history, below the content folder. It is hidden: no stage reads it.
pub const FOLDER: &str = ".dateline";

/// The step that is being written, in [`FOLDER`].
pub const PENDING: &str = "pending.json";

/// The folder of the steps that were written, in [`FOLDER`].
pub const UNDO: &str = "undo";

/// A step: what one command changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What the command did, in words.
    pub what: String,
    /// The number of the step that this one takes back, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u32>,
    /// The files, in the order in which they are written.
    pub changes: Vec<FileChange>,
    /// The files that were new, where only their names and hashes are kept: what an import brought.
    /// In a step that takes another one back they are to be removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<NewFile>,
}

/// A file that was not there before. Its bytes are not kept: the way back is to remove it, as long as
/// it is what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// Below the content folder.
    pub path: Utf8PathBuf,
    /// The BLAKE3 hash of its bytes, in hexadecimal.
    pub hash: String,
}

/// A change of one file, with the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileChange {
    /// Below the content folder.
    pub path: Utf8PathBuf,
    /// Before; none where there was no file.
    pub before: Option<Bytes>,
    /// After; none where it went.
    pub after: Option<Bytes>,
}

/// The bytes of a file: as text where they are text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Bytes {
    /// UTF-8.
    Text(String),
    /// Anything else.
    Raw(Vec<u8>),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Raw(error.into_bytes()), Self::Text)
    }
}

impl From<Bytes> for Vec<u8> {
    fn from(bytes: Bytes) -> Self {
        match bytes {
            Bytes::Text(text) => text.into_bytes(),
            Bytes::Raw(bytes) => bytes,
        }
    }
}

impl Step {
    /// A step of these changes.
    #[must_use]
    pub fn new(what: &str, changes: &[Change]) -> Self {
        let wire = |change: &Change| FileChange {
            path: change.path.clone(),
            before: change.before.clone().map(Bytes::from),
            after: change.after.clone().map(Bytes::from),
        };
        Self {
            what: what.to_owned(),
            undoes: None,
            changes: changes.iter().map(wire).collect(),
            new: Vec::new(),
        }
    }

    /// A step that makes these files.
    #[must_use]
    pub fn of_new(what: &str, new: Vec<NewFile>) -> Self {
        Self {
            new,
            ..Self::new(what, &[])
        }
    }

    /// The paths of all its files, below the content folder.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        let changed = self.changes.iter().map(|change| &change.path);
        changed.chain(self.new.iter().map(|new| &new.path))
    }

    /// Its changes.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let change = |wire: &FileChange| Change {
            path: wire.path.clone(),
            before: wire.before.clone().map(Vec::from),
            after: wire.after.clone().map(Vec::from),
        };
        self.changes.iter().map(change).collect()
    }

    /// The step that takes this one, the `number`th, back.
    #[must_use]
    pub fn inverse(&self, number: u32) -> Self {
        let back: Vec<Change> = self.changes().iter().rev().map(Change::inverse).collect();
        Self {
            undoes: Some(number),
            new: self.new.clone(),
            ..Self::new(&format!("undo: {}", self.what), &back)
        }
    }
}

/// What is to be done about a step that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// All of it was written: it counts as done.
    Finish,
    /// Some of it was: these changes take it back. The files of the second list are neither as
    /// before nor as after; somebody changed them, and they stay as they are.
    TakeBack(Vec<Change>, Vec<Utf8PathBuf>),
}

/// What is to be done about an interrupted step, by the files as they are now.
#[must_use]
pub fn recovery(step: &Step, now: &[Option<Vec<u8>>]) -> Recovery {
    let changes = step.changes();
    let files = || changes.iter().zip(now);
    if files().all(|(change, now)| change.after == *now) {
        return Recovery::Finish;
    }
    let written = files().filter(|(change, now)| change.after == **now);
    let back = written.map(|(change, _)| change.inverse());
    let foreign = files().filter(|(change, now)| change.after != **now && change.before != **now);
    let foreign = foreign.map(|(change, _)| change.path.clone());
    Recovery::TakeBack(back.rev().collect(), foreign.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn step() -> Step {
        let change = |path: &str, before: Option<&[u8]>, after: Option<&[u8]>| Change {
            path: path.into(),
            before: before.map(<[u8]>::to_vec),
            after: after.map(<[u8]>::to_vec),
        };
        Step::new(
            "merge a into b",
            &[
                change("a.md", Some(b"old"), None),
                change("b.md", Some(b"\xff"), Some(b"new")),
            ],
        )
    }

    #[test]
    fn what_was_half_done_is_taken_back_and_what_was_done_stays() {
        let step = step();
        let (old, raw, new) = (
            Some(b"old".to_vec()),
            Some(b"\xff".to_vec()),
            Some(b"new".to_vec()),
        );
        let finished = recovery(&step, &[None, new.clone()]);
        assert_eq!(finished, Recovery::Finish);
        let half = recovery(&step, &[None, raw.clone()]);
        let back = vec![step.changes()[0].inverse()];
        assert_eq!(half, Recovery::TakeBack(back.clone(), Vec::new()));
        let not_begun = recovery(&step, &[old, raw]);
        assert_eq!(not_begun, Recovery::TakeBack(Vec::new(), Vec::new()));
        let edited = recovery(&step, &[None, Some(b"mine".to_vec())]);
        assert_eq!(edited, Recovery::TakeBack(back, vec!["b.md".into()]));
    }

    #[test]
    fn a_step_survives_the_disk() {
        let json = serde_json::to_string(&step()).unwrap();
        assert_eq!(serde_json::from_str::<Step>(&json).unwrap(), step());
        let twice = step().inverse(7).inverse(8);
        assert_eq!(twice.changes(), step().changes());
    }
}
