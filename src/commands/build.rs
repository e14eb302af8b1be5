//! `build` and `check`.

use std::{io::Write, time::Instant};

use anyhow::{Result, bail};
use camino::Utf8Path;

use super::{CONTENT_ERRORS, OK, counted, options, plural, report, use_threads, watch::Watch};
use crate::{
    cli::{BuildArgs, Format, SourceArgs},
    diagnostic::Severity,
    pipeline::{self, Built, Progress},
    stages::write::{self, Report},
};

/// What came of a build.
pub(super) enum Outcome {
    /// The output is new.
    Published(Built, Report),
    /// The content has errors, which have been reported; the output is as it was.
    Refused(Built),
}

/// Builds the site and publishes it.
pub(super) fn build(args: &BuildArgs) -> Result<u8> {
    use_threads(args.source.jobs)?;
    let started = Instant::now();
    let watch = Watch::new(args.quiet);
    let Outcome::Published(built, report) = publish(args, &watch)? else {
        return Ok(CONTENT_ERRORS);
    };
    if !args.quiet && args.source.format == Format::Text {
        if args.verbose {
            write!(anstream::stderr(), "{}", watch.times())?;
        }
        summarise(args, &built, report, started)?;
    }
    Ok(OK)
}

/// Builds, reports what is wrong, and publishes if that allows it.
pub(super) fn publish(args: &BuildArgs, watch: &Watch) -> Result<Outcome> {
    refuse_nesting(&args.source.content, &args.output)?;
    let built = run(&args.source, args.base_url.as_deref(), watch)?;
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
        return Ok(Outcome::Refused(built));
    }
    watch.step(Progress::Stage("writing", 0));
    let report = write::publish(&args.output, &built.files, args.force)?;
    Ok(Outcome::Published(built, report))
}

/// Reports what is wrong and writes nothing.
pub(super) fn check(source: &SourceArgs) -> Result<u8> {
    use_threads(source.jobs)?;
    let built = run(source, None, &Watch::new(false))?;
    if report(&built, source)? {
        return Ok(CONTENT_ERRORS);
    }
    if built.problems.is_empty() && source.format == Format::Text {
        let articles = counted(built.counts.articles, "article");
        writeln!(anstream::stderr(), "{articles}: nothing is wrong")?;
    }
    Ok(OK)
}

fn run(source: &SourceArgs, base_url: Option<&str>, watch: &Watch) -> Result<Built> {
    let built = pipeline::build(&options(source, base_url)?, &|step| watch.step(step));
    watch.clear();
    built
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

fn summarise(args: &BuildArgs, built: &Built, report: Report, started: Instant) -> Result<()> {
    let counts = built.counts;
    let mut out = anstream::stderr().lock();
    writeln!(
        out,
        "{}, {}, {}, {} in {:.2} s, {}",
        counted(counts.articles, "article"),
        plural(counts.entities, "entity", "entities"),
        counted(counts.links, "link"),
        counted(counts.pages, "page"),
        started.elapsed().as_secs_f64(),
        match built.count(Severity::Warning) {
            0 => "no warnings".to_owned(),
            warnings => counted(warnings, "warning"),
        },
    )?;
    writeln!(
        out,
        "{}: {} written, {} unchanged, {} removed",
        args.output, report.written, report.unchanged, report.removed
    )?;
    Ok(())
}
