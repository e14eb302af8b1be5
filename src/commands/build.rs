//! `build` and `check`.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use camino::Utf8Path;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CONTENT_ERRORS, OK, counted, is_watched, options, report, use_threads};
use crate::{
    cli::{BuildArgs, Format, SourceArgs},
    pipeline::{self, Built},
    stages::write::{self, Report},
};

/// Builds the site and publishes it.
pub(super) fn build(args: &BuildArgs) -> Result<u8> {
    use_threads(args.source.jobs)?;
    let started = Instant::now();
    let (built, report) = match publish(args)? {
        Ok(published) => published,
        Err(code) => return Ok(code),
    };
    if !args.quiet && args.source.format == Format::Text {
        summarise(args, &built, report, started.elapsed())?;
    }
    Ok(OK)
}

/// Builds and publishes; an exit code where the content forbids it.
pub(super) fn publish(args: &BuildArgs) -> Result<Result<(Built, Report), u8>> {
    refuse_nesting(&args.source.content, &args.output)?;
    let built = run(&args.source, args.base_url.as_deref(), args.quiet)?;
    if report(&built, &args.source)? {
        let kept = if args.output.exists() {
            " stays as it was"
        } else {
            " is not made"
        };
        if args.source.format == Format::Text {
            writeln!(
                anstream::stderr(),
                "nothing was published: {}{kept}",
                args.output
            )?;
        }
        return Ok(Err(CONTENT_ERRORS));
    }
    let report = write::publish(&args.output, &built.files, args.force)?;
    Ok(Ok((built, report)))
}

/// Reports what is wrong and writes nothing.
pub(super) fn check(source: &SourceArgs) -> Result<u8> {
    use_threads(source.jobs)?;
    let built = run(source, None, false)?;
    if report(&built, source)? {
        return Ok(CONTENT_ERRORS);
    }
    if built.problems.is_empty() && source.format == Format::Text {
        let articles = counted(built.counts.articles, "article");
        writeln!(anstream::stderr(), "{articles}: nothing is wrong")?;
    }
    Ok(OK)
}

fn run(source: &SourceArgs, base_url: Option<&str>, quiet: bool) -> Result<Built> {
    let bar = if quiet || !is_watched() {
        ProgressBar::hidden()
    } else {
        spinner()
    };
    let built = pipeline::build(&options(source, base_url)?, &|stage| bar.set_message(stage));
    bar.finish_and_clear();
    built
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// An output inside the content would be read by the next build, and the other way round it would
/// be swept away.
fn refuse_nesting(content: &Utf8Path, output: &Utf8Path) -> Result<()> {
    let absolute = |path: &Utf8Path| {
        let existing = path
            .ancestors()
            .find_map(|p| Some((p, p.canonicalize_utf8().ok()?)));
        match existing {
            Some((base, real)) => real.join(path.strip_prefix(base).unwrap_or(Utf8Path::new(""))),
            None => {
                let here = Utf8Path::new(".").canonicalize_utf8().unwrap_or_default();
                here.join(path)
            }
        }
    };
    let (content, output) = (absolute(content), absolute(output));
    if output.starts_with(&content) || content.starts_with(&output) {
        bail!(
            "the output folder and the content folder must lie apart: one of {output} and {content} holds the other\nname another output with --output"
        );
    }
    Ok(())
}

fn summarise(args: &BuildArgs, built: &Built, report: Report, took: Duration) -> Result<()> {
    let counts = built.counts;
    let mut out = anstream::stderr().lock();
    writeln!(
        out,
        "{}, {}, {}, {} in {:.2} s",
        counted(counts.articles, "article"),
        plural(counts.entities, "entity", "entities"),
        counted(counts.links, "link"),
        counted(counts.pages, "page"),
        took.as_secs_f64(),
    )?;
    writeln!(
        out,
        "{}: {} written, {} unchanged, {} removed",
        args.output, report.written, report.unchanged, report.removed
    )?;
    Ok(())
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
