//! `build` and `check`.

use std::{io::Write, time::Instant};

use anyhow::{Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::{
    CONTENT_ERRORS, OK, counted, external, options, plural, report, use_threads, watch::Watch,
};
use crate::{
    cli::{BuildArgs, CheckArgs, Format},
    diagnostic::Severity,
    model::output::OutputFile,
    pipeline::{self, Built, How, Options, Progress, Publisher, Sink},
    stages::write::Report,
};

/// Builds the site and publishes it.
pub(super) fn build(args: &BuildArgs) -> Result<u8> {
    use_threads(args.source.jobs)?;
    let started = Instant::now();
    let watch = Watch::new(args.quiet);
    let Some((built, report)) = publish(args, &watch)? else {
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

/// Builds, reports what is wrong, and publishes if that allows it; otherwise the output is as it was.
fn publish(args: &BuildArgs, watch: &Watch) -> Result<Option<(Built, Report)>> {
    refuse_nesting(&args.source.content, &args.output)?;
    let mut options = options(&args.source, args.base_url.as_deref())?;
    options.annotations.clone_from(&args.annotations);
    if let Some(dump) = &args.dump_context {
        keep_apart(dump, &[&args.source.content, &args.output])?;
        options.contexts = true;
    }
    let how = How {
        force: args.force,
        durable: args.durable,
        changes: true,
    };
    let site = Publisher::begin(&args.output, how)?;
    let dump = args.dump_context.as_ref().map(|dump| {
        let how = How {
            force: args.force,
            ..How::default()
        };
        Publisher::begin(dump, how)
    });
    let dump = dump.transpose()?;
    let built = run(&options, watch, &|file| {
        if let (Some(dump), Some(context)) = (&dump, context(&file)) {
            dump.take(context)?;
        }
        if args.compress {
            let packed = pipeline::packed(&file);
            packed.into_iter().try_for_each(|file| site.take(file))?;
        }
        site.take(file)
    })?;
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
        return Ok(None);
    }
    watch.step(Progress::Stage("publishing", 0));
    let report = site.finish()?;
    if let Some(dump) = dump {
        dump.finish()?;
    }
    Ok(Some((built, report)))
}

/// Reports what is wrong and writes nothing.
pub(super) fn check(args: &CheckArgs) -> Result<u8> {
    let source = &args.source;
    use_threads(source.jobs)?;
    let mut options = options(source, None)?;
    options.leaks = args.leaks.then(of_this_machine);
    // What is wrong with links elsewhere is found after the build.
    options.all_texts = args.external;
    let built = run(&options, &Watch::new(false), &|_| Ok(()))?;
    if report(&built, source)? {
        return Ok(CONTENT_ERRORS);
    }
    if args.external && external::check(args, &options, &built)? {
        return Ok(CONTENT_ERRORS);
    }
    if built.problems.is_empty() && !args.external && source.format == Format::Text {
        let articles = counted(built.counts.articles, "article");
        writeln!(anstream::stderr(), "{articles}: nothing is wrong")?;
    }
    Ok(OK)
}

/// The folders that tell whose machine this is.
fn of_this_machine() -> Vec<String> {
    let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE"));
    let here = Utf8Path::new(".").canonicalize_utf8();
    let folders = home.into_iter().chain(here.map(Utf8PathBuf::into_string));
    // `/`, `/root` and `/srv` are anybody's.
    folders
        .filter(|folder| folder.matches(['/', '\\']).count() > 1)
        .collect()
}

fn run(options: &Options, watch: &Watch, sink: Sink<'_>) -> Result<Built> {
    let built = pipeline::build(options, &|step| watch.step(step), sink);
    watch.clear();
    built
}

/// What a page's template was given, in a file that is named after the page.
fn context(file: &OutputFile) -> Option<OutputFile> {
    Some(OutputFile {
        path: format!("{}.json", file.path).into(),
        bytes: file.context.clone()?,
        sources: Vec::new(),
        context: None,
    })
}

/// Contexts inside the content would be read by the next build, and inside the output published.
fn keep_apart(dump: &Utf8Path, others: &[&Utf8PathBuf]) -> Result<()> {
    for other in others {
        if let Some((dump, other)) = nested(dump, other) {
            bail!(
                "the folder for contexts must lie apart from the content and the output: one of {dump} and {other} holds the other\nname another one with --dump-context"
            );
        }
    }
    Ok(())
}

/// An output inside the content would be read by the next build, and the other way round it would
/// be swept away.
fn refuse_nesting(content: &Utf8Path, output: &Utf8Path) -> Result<()> {
    if let Some((content, output)) = nested(content, output) {
        bail!(
            "the output folder and the content folder must lie apart: one of {output} and {content} holds the other\nname another output with --output"
        );
    }
    Ok(())
}

/// The two folders with their whole paths, where one holds the other.
fn nested(one: &Utf8Path, other: &Utf8Path) -> Option<(Utf8PathBuf, Utf8PathBuf)> {
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
    let (one, other) = (absolute(one), absolute(other));
    (one.starts_with(&other) || other.starts_with(&one)).then_some((one, other))
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
    if counts.new_addresses > 0 {
        writeln!(
            out,
            "{} not remembered yet: dateline urls accept",
            plural(counts.new_addresses, "address", "addresses")
        )?;
    }
    Ok(())
}
