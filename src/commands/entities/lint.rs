//! `entities lint`.

use std::{collections::BTreeMap, io};

use anyhow::Result;

use super::{read, review::corpus};
use crate::{
    cli::{Format, SourceArgs},
    commands::{CONTENT_ERRORS, OK, report_all},
    diagnostic::{self, Diagnostic},
    editing::lint::{Lint, lint as look},
    model::source::SourceFile,
};

/// Reports what is amiss in the registry and the editor's lists.
pub(super) fn lint(json: bool, source: &SourceArgs) -> Result<u8> {
    let site = read(source)?;
    let input = Lint {
        sources: &site.sources,
        corpus: corpus(&site),
        graph: &site.linked.graph,
    };
    let mut problems = look(&input);
    let own = |problem: &&Diagnostic| problem.path.starts_with("entities");
    problems.extend(site.parsed.problems.iter().filter(own).cloned());
    for problem in &mut problems {
        problem.path = source.content.join(&problem.path);
    }
    site.parsed.config.diagnostics.apply(&mut problems);
    diagnostic::sort(&mut problems);
    let lists = [&site.sources.decisions, &site.sources.suppress];
    let files = site
        .sources
        .entities
        .iter()
        .chain(lists.into_iter().flatten());
    let texts: BTreeMap<String, &str> = files
        .map(|file: &SourceFile| (source.content.join(&file.path).into_string(), &*file.text))
        .collect();
    let lookup = |path: &str| texts.get(path).copied();
    let forbids = if json {
        diagnostic::json(&problems, &lookup, &mut io::stdout().lock())?;
        diagnostic::forbid(&problems, source.strict)
    } else {
        report_all(&problems, &lookup, source.format, source.strict)?
    };
    if problems.is_empty() && !json && source.format == Format::Text {
        use std::io::Write;
        writeln!(anstream::stderr(), "nothing is amiss")?;
    }
    Ok(if forbids { CONTENT_ERRORS } else { OK })
}
