//! `import entities`: a list of entities becomes files of the registry, after a look at what that
//! would do.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
};

use anyhow::{Context, Result};
use camino::Utf8Path;

use super::{check_folder, text_of};
use crate::{
    cli::ImportEntitiesArgs,
    commands::{CONTENT_ERRORS, ENVIRONMENT, OK, content, plural},
    importing::entities::{self, Plan},
    model::source::{SourceFile, Sources},
    stages::{load, parse},
};

pub(super) fn entities(args: &ImportEntitiesArgs) -> Result<u8> {
    let file = &args.file;
    check_folder(&args.target.into)?;
    let text = text_of(file)?;
    let mut err = anstream::stderr().lock();
    let list = match entities::read(file, &text, args.kind.map(crate::cli::KindArg::kind)) {
        Ok(list) => list,
        Err(fault) => {
            writeln!(
                err,
                "error: {file}: {fault}\n  help: Wikidata's JSON, FollowTheMoney as JSON lines, a STIX 2.1 bundle, or CSV with a column `name` can be read"
            )?;
            return Ok(CONTENT_ERRORS);
        }
    };
    content::recover(&args.target.into)?;
    let (sources, _) = load::site(&args.target.into, Utf8Path::new(""))?;
    let options = parse::ParseOptions::default();
    let known: Vec<_> = sources
        .entities
        .iter()
        .filter_map(|source| parse::entity(source, &options).0)
        .collect();
    let mut plan = entities::plan(list.records, &known, &sources.entities, args.by_name);
    as_on_disk(&args.target.into, &sources, &mut plan)?;
    for line in list.left_out.iter().chain(&plan.left_out) {
        writeln!(err, "left out: {line}")?;
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{file} is read as {}", list.format.as_str())?;
    preview(&plan, &args.target.into, &mut out)?;
    if args.target.dry_run || plan.changes.is_empty() {
        return Ok(OK);
    }
    let grows = plan.changes.iter().any(|change| change.before.is_some());
    if grows && !args.yes && !asked(&mut out)? {
        writeln!(
            err,
            "nothing was written{}",
            if io::stdin().is_terminal() {
                ""
            } else {
                ": files that are there would grow; agree with --yes, or look only with --dry-run"
            }
        )?;
        return Ok(ENVIRONMENT);
    }
    let what = format!("import entities {file}");
    content::commit(&args.target.into, &what, &plan.changes)?;
    writeln!(
        out,
        "{} written",
        plural(plan.changes.len(), "file", "files")
    )?;
    Ok(OK)
}

/// The plan is made of texts as they are read; files keep their mark and line ends, so that those
/// which have others are left to the editor.
fn as_on_disk(content: &Utf8Path, sources: &Sources, plan: &mut Plan) -> Result<()> {
    let mut kept = Vec::new();
    for mut change in std::mem::take(&mut plan.changes) {
        let is_there = |source: &&SourceFile| source.path == change.path;
        if sources.entities.iter().find(is_there).is_some() {
            let path = content.join(&change.path);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {path}"))?;
            if change.before.as_deref() != Some(bytes.as_slice()) {
                plan.left_out.push(format!("{path}: it has a byte order mark or line ends of another system; save it without"));
                plan.merges.retain(|merge| merge.path != change.path);
                continue;
            }
            change.before = Some(bytes);
        }
        kept.push(change);
    }
    plan.changes = kept;
    Ok(())
}

fn preview(plan: &Plan, into: &Utf8Path, out: &mut impl Write) -> Result<()> {
    for change in plan.changes.iter().filter(|change| change.before.is_none()) {
        writeln!(out, "new     {}", into.join(&change.path))?;
    }
    for merge in &plan.merges {
        let path = into.join(&merge.path);
        if merge.adds.is_empty() {
            writeln!(
                out,
                "same    {path} says all of it ({} by {})",
                merge.name, merge.because
            )?;
            continue;
        }
        writeln!(out, "merge   {path} ({} by {})", merge.name, merge.because)?;
        for line in &merge.adds {
            writeln!(out, "        + {line}")?;
        }
    }
    let new = plan
        .changes
        .iter()
        .filter(|change| change.before.is_none())
        .count();
    let grown = plan.changes.len() - new;
    writeln!(out, "{new} new, {grown} with additions")?;
    Ok(())
}

/// Asks a person; where nobody is there, the answer is no.
fn asked(out: &mut impl Write) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(out, "write these? [y/N] ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}
