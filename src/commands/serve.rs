//! `serve`: shows the site on this machine, and anew after every change. Nothing is written.

mod http;
mod watch;

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use anyhow::{Context, Result};
use tokio::sync::watch::channel;

use super::{counted, options, texts_of, use_threads};
use crate::{
    cli::SourceArgs,
    commands::OK,
    diagnostic::{self, Severity},
    pipeline::{self, Built, Memo, Preview},
};

/// What the browser is told of the builds.
#[derive(Clone, Default)]
struct Shown {
    /// Builds so far.
    build: u64,
    /// The last one that could be shown.
    published: u64,
    /// Its site.
    preview: Option<Arc<Preview>>,
    /// Why the last one could not, as on the terminal.
    problems: String,
}

/// Serves until it is interrupted. A build that fails is reported, on the terminal and in the
/// browser, and the last good one stays.
pub(super) fn serve(source: &SourceArgs, base_url: Option<&str>, port: u16) -> Result<u8> {
    use_threads(source.jobs)?;
    let (changed, changes) = channel(Shown::default());
    let (source, base_url) = (source.clone(), base_url.map(str::to_owned));
    let paths = [source.content.clone(), source.templates.clone()];
    let memo = Mutex::new(Memo::default());
    let build = move || {
        let mut memo = memo.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = rebuild(&source, base_url.as_deref(), &mut memo);
        changed.send_modify(|shown| after(shown, outcome));
    };
    build();
    let watcher = watch::watch(&paths, build)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(http::serve(port, changes))?;
    drop(watcher);
    Ok(OK)
}

fn after(shown: &mut Shown, outcome: Result<Preview, String>) {
    shown.build += 1;
    match outcome {
        Ok(preview) => {
            shown.preview = Some(Arc::new(preview));
            (shown.published, shown.problems) = (shown.build, String::new());
        }
        Err(problems) => shown.problems = problems,
    }
}

/// Reads and links the site.
///
/// # Errors
/// What is wrong, in words.
fn rebuild(
    source: &SourceArgs,
    base_url: Option<&str>,
    memo: &mut Memo,
) -> Result<Preview, String> {
    let started = Instant::now();
    // Nobody is there to hear of a closed terminal.
    let say = |line: String| drop(writeln!(anstream::stderr(), "{line}"));
    let built = options(source, base_url).and_then(|options| pipeline::preview(&options, memo));
    let (built, preview) = match built {
        Ok(made) => made,
        Err(error) => {
            say(format!("error: {error:#}"));
            return Err(format!("{error:#}"));
        }
    };
    let is_refused = super::report(&built, source).unwrap_or(true);
    match preview.filter(|_| !is_refused) {
        Some(preview) => {
            let articles = counted(built.counts.articles, "article");
            let ms = started.elapsed().as_millis();
            say(format!("{articles} ready in {ms} ms"));
            Ok(preview)
        }
        None => Err(in_words(&built)),
    }
}

fn in_words(built: &Built) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = diagnostic::human(&built.problems, &texts_of(built), false, &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    let (errors, warnings) = (built.count(Severity::Error), built.count(Severity::Warning));
    format!(
        "{text}{} and {}\n",
        counted(errors, "error"),
        counted(warnings, "warning")
    )
}
