//! Whether a file is as it was when it was read, told without reading it.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use camino::Utf8Path;

/// How a file lies on the disk: enough to tell that it has not been written since, without reading
/// it. Times of files have a grain, so that a file which was written just before it was stamped may be
/// written again under the same time: its stamp vouches for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    taken: Option<SystemTime>,
}

/// Longer than the grain of any file system's times.
const GRAIN: Duration = Duration::from_secs(2);

/// The stamp of a file below the content folder, before it is read.
#[must_use]
pub fn stamp(content: &Utf8Path, path: &Utf8Path) -> Stamp {
    stamp_of(&content.join(path))
}

/// The stamp of a file, before it is read.
#[must_use]
pub fn stamp_of(file: &Utf8Path) -> Stamp {
    let about = fs::metadata(file).ok();
    Stamp {
        length: about.as_ref().map_or(0, fs::Metadata::len),
        modified: about.and_then(|about| about.modified().ok()),
        taken: Some(SystemTime::now()),
    }
}

impl Stamp {
    /// True where a file that has the stamp `now` is the one that has been read under this stamp.
    #[must_use]
    pub fn vouches_for(&self, now: &Self) -> bool {
        let is_old = self
            .modified
            .zip(self.taken)
            .is_some_and(|(modified, taken)| {
                taken.duration_since(modified).is_ok_and(|age| age > GRAIN)
            });
        is_old && self.length == now.length && self.modified == now.modified
    }
}
