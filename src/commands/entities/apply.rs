//! `entities review --apply`: many decisions in one go, all or none.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read, Write},
};

use anyhow::{Context, Result};
use camino::Utf8Path;

use super::{desk, read, tell_changes};
use crate::{
    cli::SourceArgs,
    commands::{CONTENT_ERRORS, OK, content, counted},
    editing::{
        decision::Outcome,
        desk::Desk,
        wire::{self, Numbered},
    },
};

/// Checks every decision, then writes all of them.
pub(super) fn apply(file: &Utf8Path, source: &SourceArgs) -> Result<u8> {
    let text = text(file)?;
    content::recover(&source.content)?;
    let site = read(source)?;
    let mut desk = desk(&site, source)?;
    let outcome = match wire::decisions(&text) {
        Ok(decisions) => decide(&mut desk, &decisions),
        Err(mut problems) => {
            // What is right on its own may still not go: all is said in one run.
            let readable: String = readable(&text, &problems);
            if let Ok(decisions) = wire::decisions(&readable) {
                problems.extend(decide(&mut desk, &decisions).err().into_iter().flatten());
            }
            problems.sort();
            Err(problems)
        }
    };
    let mut out = anstream::stderr().lock();
    match outcome {
        Err(problems) => {
            for (line, problem) in &problems {
                writeln!(out, "error: {file}:{line}: {problem}")?;
            }
            writeln!(
                out,
                "{}; nothing was written",
                counted(problems.len(), "error")
            )?;
            Ok(CONTENT_ERRORS)
        }
        Ok(outcomes) => {
            let changes = desk.finish()?;
            let what = format!("entities review --apply {file}");
            content::commit(&source.content, &what, &changes)?;
            let new = outcomes.iter().filter(|o| **o == Outcome::Changed).count();
            let (all, known) = (counted(outcomes.len(), "decision"), outcomes.len() - new);
            writeln!(out, "{all}: {new} new, {known} known before or skipped")?;
            drop(out);
            tell_changes(source, &changes)?;
            Ok(OK)
        }
    }
}

fn text(file: &Utf8Path) -> Result<String> {
    if file == "-" {
        let mut text = String::new();
        io::stdin()
            .read_to_string(&mut text)
            .context("cannot read the decisions from stdin")?;
        return Ok(text);
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {file}"))
}

/// The text with the lines that have problems left empty, so that the others keep their numbers.
fn readable(text: &str, problems: &[Numbered<String>]) -> String {
    let bad: BTreeSet<usize> = problems.iter().map(|(line, _)| *line).collect();
    (1..)
        .zip(text.lines())
        .map(|(number, line)| {
            if bad.contains(&number) {
                "\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

fn decide(
    desk: &mut Desk,
    decisions: &[Numbered<crate::editing::decision::Decision>],
) -> Result<Vec<Outcome>, Vec<Numbered<String>>> {
    let (mut outcomes, mut problems) = (Vec::new(), Vec::new());
    for (line, decision) in decisions {
        match desk.decide(decision) {
            Ok(outcome) => outcomes.push(outcome),
            Err(problem) => problems.push((*line, problem)),
        }
    }
    if problems.is_empty() {
        Ok(outcomes)
    } else {
        Err(problems)
    }
}
