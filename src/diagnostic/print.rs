//! Diagnostics for people and for programs.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{
    Diagnostic, Severity,
    place::{Place, Places},
};

/// A file's text by its path as the diagnostic names it.
pub type Lookup<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// A longer line is not shown, in bytes: it would fill the screen.
const LONGEST_SHOWN: usize = 2000;
/// The most of a line that programs are given, in characters.
const LONGEST_EXCERPT: usize = 200;

/// Writes diagnostics with excerpt, caret and hints.
///
/// # Errors
/// When `out` cannot be written to.
pub fn human(
    diagnostics: &[Diagnostic],
    source: &Lookup<'_>,
    colour: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut places = Places::new(source);
    for diagnostic in diagnostics {
        let report = [report(diagnostic, places.of(diagnostic))];
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    Ok(())
}

fn report<'a>(diagnostic: &'a Diagnostic, place: Option<Place<'a>>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(&*diagnostic.message)
        .id(diagnostic.code.as_str());
    let path = diagnostic.path.as_str();
    let group = match place {
        Some(place) if place.text.len() <= LONGEST_SHOWN => {
            let (start, end) = place.marked;
            let mut mark = AnnotationKind::Primary.span(start..end);
            if !diagnostic.label.is_empty() {
                mark = mark.label(&*diagnostic.label);
            }
            let excerpt = Snippet::source(place.text).line_start(place.line);
            title.element(excerpt.path(path).annotation(mark))
        }
        Some(place) => {
            let origin = Origin::path(path).line(place.line);
            title.element(origin.char_column(place.column))
        }
        None => title.element(Origin::path(path)),
    };
    diagnostic.hints.iter().fold(group, |group, hint| {
        group.element(Level::HELP.message(&**hint))
    })
}

/// What `docs/diagnostics.schema.json` describes.
#[derive(Serialize)]
struct Wire<'a> {
    severity: &'static str,
    code: &'static str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_column: Option<usize>,
    excerpt: Option<String>,
    message: &'a str,
    label: &'a str,
    hints: &'a [String],
}

#[derive(Serialize)]
struct Count {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Writes diagnostics as JSON, one object a line, and their number in a last one; lines and columns
/// count from 1, columns in characters.
///
/// # Errors
/// When `out` cannot be written to.
pub fn json(
    diagnostics: &[Diagnostic],
    source: &Lookup<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut places = Places::new(source);
    for diagnostic in diagnostics {
        let place = places.of(diagnostic);
        let wire = Wire {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code.as_str(),
            path: diagnostic.path.as_str(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_column: place.map(|place| place.end_column),
            excerpt: place.map(|place| excerpt(&place)),
            message: &diagnostic.message,
            label: &diagnostic.label,
            hints: &diagnostic.hints,
        };
        serde_json::to_writer(&mut *out, &wire)?;
        writeln!(out)?;
    }
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|p| p.severity == severity)
            .count()
    };
    let count = Count {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    };
    serde_json::to_writer(&mut *out, &count)?;
    writeln!(out)
}

/// The line, or of a long one what begins a little before the mark.
fn excerpt(place: &Place<'_>) -> String {
    let skipped = place.column.saturating_sub(LONGEST_EXCERPT / 2);
    let skipped = if place.text.len() > LONGEST_EXCERPT {
        skipped
    } else {
        0
    };
    let shown = place.text.chars().skip(skipped);
    shown.take(LONGEST_EXCERPT).collect()
}

/// Writes diagnostics as workflow commands, which GitHub shows beside the lines of a change.
///
/// # Errors
/// When `out` cannot be written to.
pub fn github(
    diagnostics: &[Diagnostic],
    source: &Lookup<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut places = Places::new(source);
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(
            out,
            "::{command} file={}",
            property(diagnostic.path.as_str())
        )?;
        if let Some(place) = places.of(diagnostic) {
            let (line, column, end) = (place.line, place.column, place.end_column);
            write!(out, ",line={line},col={column},endColumn={end}")?;
        }
        let parts = std::iter::once(&diagnostic.message).chain(&diagnostic.hints);
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        let code = property(diagnostic.code.as_str());
        writeln!(out, ",title={code}::{}", message(&parts.join("\n")))?;
    }
    Ok(())
}

/// A text of many lines in the one line that a workflow command has.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The same for a value between the commas of a command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{diagnostic::Code, model::span::Span};

    const TEXT: &str = "---\ntitle: Ports\ntgas: [shipping]\n---\n";

    fn typo() -> Diagnostic {
        let message = "unknown key `tgas`".to_owned();
        Diagnostic::error(
            Code::YamlUnknownKey,
            "a.md".into(),
            Some(Span::new(17, 21)),
            message,
        )
        .label("not known here")
        .did_you_mean("tgas", ["title", "tags"])
    }

    #[test]
    fn people_see_excerpt_caret_and_hint() {
        let mut out = Vec::new();
        human(&[typo()], &|_| Some(TEXT), false, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        error[yaml/unknown-key]: unknown key `tgas`
         --> a.md:3:1
          |
        3 | tgas: [shipping]
          | ^^^^ not known here
          |
          = help: did you mean `tags`?
        ");
    }

    #[test]
    fn programs_see_line_and_column() {
        let mut out = Vec::new();
        json(&[typo()], &|_| Some(TEXT), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (first, count) = text.split_once('\n').unwrap();
        let value: serde_json::Value = serde_json::from_str(first).unwrap();
        assert_eq!((&value["line"], &value["column"]), (&3.into(), &1.into()));
        assert_eq!(value["code"], "yaml/unknown-key");
        assert_eq!(value["excerpt"], "tgas: [shipping]");
        assert_eq!(count, "{\"errors\":1,\"warnings\":0,\"notes\":0}\n");
    }

    #[test]
    fn github_sees_one_line_for_each() {
        let mut odd = typo();
        odd.path = "a,b:c.md".into();
        odd.message = "100 %\n::error::no command of ours".to_owned();
        let mut out = Vec::new();
        github(
            &[typo(), odd],
            &|path| (path == "a.md").then_some(TEXT),
            &mut out,
        )
        .unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        ::error file=a.md,line=3,col=1,endColumn=5,title=yaml/unknown-key::unknown key `tgas`%0Adid you mean `tags`?
        ::error file=a%2Cb%3Ac.md,title=yaml/unknown-key::100 %25%0A::error::no command of ours%0Adid you mean `tags`?
        ");
    }

    #[test]
    fn a_line_without_end_is_not_printed() {
        let text = "word ".repeat(1_000_000);
        let problem = |n: usize| {
            let span = Some(Span::new(n * 500, n * 500 + 4));
            Diagnostic::error(Code::LinkBroken, "a.md".into(), span, "no".to_owned())
        };
        let problems: Vec<Diagnostic> = (0..100).map(problem).collect();
        let mut out = Vec::new();
        human(&problems, &|_| Some(&text), false, &mut out).unwrap();
        assert!(out.len() < 10_000, "{}", out.len());
    }
}
