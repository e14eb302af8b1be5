//! `serve`: build, serve on this machine, and rebuild on every change.

mod http;
mod watch;

use std::io::Write;

use anyhow::{Context, Result};
use tokio::sync::watch::channel;

use super::{
    build::{self, Outcome},
    counted, texts_of, use_threads,
    watch::Watch,
};
use crate::{
    cli::BuildArgs,
    commands::OK,
    diagnostic::{self, Severity},
    pipeline::Built,
};

/// What the browser is told of the builds.
#[derive(Debug, Clone, Default)]
struct Shown {
    /// Builds so far.
    build: u64,
    /// The last one that was published.
    published: u64,
    /// Why the last one was not, as on the terminal.
    problems: String,
}

/// Serves until it is interrupted. A build that fails is reported, on the terminal and in the
/// browser, and the last good one stays.
pub(super) fn serve(args: &BuildArgs, port: u16) -> Result<u8> {
    use_threads(args.source.jobs)?;
    let (changed, changes) = channel(Shown::default());
    changed.send_modify(|shown| after(shown, rebuild(args)));
    let paths = [args.source.content.clone(), args.source.templates.clone()];
    let own = args.clone();
    let watcher = watch::watch(&paths, move || {
        let outcome = rebuild(&own);
        changed.send_modify(|shown| after(shown, outcome));
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(http::serve(args.output.clone(), port, changes))?;
    drop(watcher);
    Ok(OK)
}

fn after(shown: &mut Shown, outcome: Result<(), String>) {
    shown.build += 1;
    match outcome {
        Ok(()) => (shown.published, shown.problems) = (shown.build, String::new()),
        Err(problems) => shown.problems = problems,
    }
}

/// Builds and publishes.
///
/// # Errors
/// What is wrong, in words.
fn rebuild(args: &BuildArgs) -> Result<(), String> {
    let started = std::time::Instant::now();
    // Nobody is there to hear of a closed terminal.
    let say = |line: String| drop(writeln!(anstream::stderr(), "{line}"));
    match build::publish(args, &Watch::new(true)) {
        Ok(Outcome::Published(built, report)) => {
            let (articles, ms) = (
                counted(built.counts.articles, "article"),
                started.elapsed().as_millis(),
            );
            say(format!(
                "built {articles} in {ms} ms, {} written",
                report.written
            ));
            Ok(())
        }
        Ok(Outcome::Refused(built)) => Err(in_words(&built)),
        Err(error) => {
            say(format!("error: {error:#}"));
            Err(format!("{error:#}"))
        }
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
