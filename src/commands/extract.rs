//! `extract`: what articles name, to standard output. With `--jsonl` they are any texts from standard
//! input; with `--annotations` they are the site's, or a part of them.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufWriter, Write},
};

use anyhow::{Context, Result};
use camino::Utf8Path;
use jiff::civil::date;

use super::{CONTENT_ERRORS, OK, options, report_all, use_threads};
use crate::{
    cli::ExtractArgs,
    diagnostic,
    evaluation::whole,
    model::source::Sources,
    pipeline,
    stages::{
        extract::{NameIndex, Recogniser, evidence::Weights, plain},
        load,
    },
    tagger::Tagger,
    wire::{ArticleIn, ArticleOut, Header},
};

/// Extracts in the form that is asked for.
pub(super) fn run(args: &ExtractArgs) -> Result<u8> {
    if args.annotations {
        annotations(args)
    } else {
        lines()
    }
}

/// Writes what is found in the site's articles. What is wrong with them is told as `build` tells it;
/// the others' lines are written all the same.
fn annotations(args: &ExtractArgs) -> Result<u8> {
    let source = &args.source;
    use_threads(source.jobs)?;
    let options = options(source, None)?;
    let is_wanted = |path: &Utf8Path| !args.stdin && args.shard.is_none_or(|shard| shard.has(path));
    let (mut sources, mut problems) = load::part_of_site(&options.content, is_wanted)?;
    if args.stdin {
        sources.articles = load::articles(io::stdin().lock())?;
    }
    let mut parsed = pipeline::parse(&sources, &options, &pipeline::silent);
    problems.append(&mut parsed.problems);
    parsed.config.diagnostics.apply(&mut problems);
    for problem in &mut problems {
        problem.path = options.content.join(&problem.path);
    }
    diagnostic::sort(&mut problems);
    let mut out = BufWriter::new(io::stdout().lock());
    pipeline::annotate(&parsed, &mut out)?;
    out.flush()?;
    let texts = texts(&options.content, &sources);
    let lookup = |path: &str| texts.get(path).copied();
    let is_refused = report_all(&problems, &lookup, source.format, source.strict)?;
    Ok(if is_refused { CONTENT_ERRORS } else { OK })
}

/// The texts that diagnostics show, by the paths under which the author can open them.
fn texts<'a>(content: &Utf8Path, sources: &'a Sources) -> BTreeMap<String, &'a str> {
    let files = [&sources.articles, &sources.entities, &sources.pages];
    let files = files.into_iter().flatten().chain(&sources.site);
    files
        .map(|file| (content.join(&file.path).into_string(), &*file.text))
        .collect()
}

/// Reads a line, writes a line: a corpus of any size can be split over machines.
fn lines() -> Result<u8> {
    let names = NameIndex::new([], &BTreeMap::new()).context("cannot compile the known names")?;
    let tagger = Tagger::shared().map(|tagger| tagger as &dyn Recogniser);
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "{}", serde_json::to_string(&Header::default())?)?;
    for (n, line) in io::stdin().lock().lines().enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let article: ArticleIn =
            serde_json::from_str(&line).with_context(|| format!("line {}", n + 1))?;
        let document = plain::document(&article.text);
        let day = match &article.date {
            Some(written) => written
                .parse()
                .with_context(|| format!("line {}: `{written}` is no date YYYY-MM-DD", n + 1))?,
            None => date(2000, 1, 1),
        };
        let language = article.language.as_deref().unwrap_or("en");
        let extraction = whole::extract(
            &document,
            &names,
            tagger,
            Some(Weights::shared()),
            day,
            language,
        );
        let found = ArticleOut::new(article.id, &document, &extraction, article.date.is_some());
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
    }
    out.flush()?;
    Ok(OK)
}
