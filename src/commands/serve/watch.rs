//! Calls back when the content or the templates change.

use std::time::Duration;

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use notify_debouncer_full::{
    DebounceEventResult, Debouncer, RecommendedCache, new_debouncer,
    notify::{EventKind, RecommendedWatcher, RecursiveMode},
};

/// Editors save in several steps: this long after the last of them.
const PAUSE: Duration = Duration::from_millis(10);

/// Watches until it is dropped.
pub(super) type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Calls `changed` after each change below `paths`; those that do not exist are passed over.
pub(super) fn watch(paths: &[Utf8PathBuf], changed: impl Fn() + Send + 'static) -> Result<Watcher> {
    let mut watcher = new_debouncer(PAUSE, None, move |result: DebounceEventResult| {
        let Ok(events) = result else { return };
        // Reading the files is an event as well: it must not start the next build.
        if events
            .iter()
            .any(|event| !matches!(event.kind, EventKind::Access(_)))
        {
            changed();
        }
    })
    .context("cannot watch for changes")?;
    for path in paths.iter().filter(|path| path.exists()) {
        watcher
            .watch(path.as_std_path(), RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {path}"))?;
    }
    Ok(watcher)
}
