//! `serve`: build, serve on this machine, and rebuild on every change.

mod http;
mod watch;

use std::io::Write;

use anyhow::{Context, Result};
use tokio::sync::watch::channel;

use super::{OK, build, counted, use_threads};
use crate::cli::BuildArgs;

/// Serves until it is interrupted. A build that fails is reported, and the last good one stays.
pub(super) fn serve(args: &BuildArgs, port: u16) -> Result<u8> {
    use_threads(args.source.jobs)?;
    rebuild(args)?;
    let (changed, changes) = channel(0u64);
    let paths = [args.source.content.clone(), args.source.templates.clone()];
    let own = args.clone();
    let watcher = watch::watch(&paths, move || {
        if matches!(rebuild(&own), Ok(true)) {
            changed.send_modify(|count| *count += 1);
        }
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

/// True where something was published.
fn rebuild(args: &BuildArgs) -> Result<bool> {
    let started = std::time::Instant::now();
    let mut err = anstream::stderr();
    match build::publish(args) {
        Ok(Ok((built, report))) => {
            let (articles, ms) = (
                counted(built.counts.articles, "article"),
                started.elapsed().as_millis(),
            );
            writeln!(
                err,
                "built {articles} in {ms} ms, {} written",
                report.written
            )?;
            Ok(true)
        }
        Ok(Err(_)) => Ok(false),
        Err(error) => {
            writeln!(err, "error: {error:#}")?;
            Ok(false)
        }
    }
}
