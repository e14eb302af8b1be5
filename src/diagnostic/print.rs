//! Diagnostics for people and for programs.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Severity};

/// A file's text by its path as the diagnostic names it.
pub type Lookup<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

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
    for diagnostic in diagnostics {
        let report = [report(diagnostic, source(diagnostic.path.as_str()))];
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    Ok(())
}

fn report<'a>(diagnostic: &'a Diagnostic, source: Option<&'a str>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(&*diagnostic.message)
        .id(diagnostic.code.as_str());
    let path = diagnostic.path.as_str();
    let excerpt = diagnostic.span.zip(source);
    let group = match excerpt {
        Some((span, text)) => {
            let (start, end) = on_boundaries(text, span.start as usize, span.end as usize);
            let mut mark = AnnotationKind::Primary.span(start..end);
            if !diagnostic.label.is_empty() {
                mark = mark.label(&*diagnostic.label);
            }
            title.element(Snippet::source(text).path(path).annotation(mark))
        }
        None => title.element(Origin::path(path)),
    };
    diagnostic.hints.iter().fold(group, |group, hint| {
        group.element(Level::HELP.message(&**hint))
    })
}

/// The span cut to its first line and to whole characters: a span over many lines would show all
/// of them.
fn on_boundaries(text: &str, start: usize, end: usize) -> (usize, usize) {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(start);
    let line = text[start..].find('\n').map_or(text.len(), |n| start + n);
    (start, floor(end).clamp(start, line.max(start)))
}

#[derive(Serialize)]
struct Wire<'a> {
    severity: &'static str,
    code: &'static str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hints: &'a [String],
}

/// Writes diagnostics as JSON, one object a line; lines and columns count from 1, columns in
/// characters.
///
/// # Errors
/// When `out` cannot be written to.
pub fn json(
    diagnostics: &[Diagnostic],
    source: &Lookup<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let path = diagnostic.path.as_str();
        let place = diagnostic.span.and_then(|span| {
            let text = source(path)?;
            let (start, _) = on_boundaries(text, span.start as usize, span.end as usize);
            let before = &text[..start];
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1;
            Some((before.matches('\n').count() + 1, column))
        });
        let wire = Wire {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code.as_str(),
            path,
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            message: &diagnostic.message,
            hints: &diagnostic.hints,
        };
        serde_json::to_writer(&mut *out, &wire)?;
        writeln!(out)?;
    }
    Ok(())
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
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&value["line"], &value["column"]), (&3.into(), &1.into()));
        assert_eq!(value["code"], "yaml/unknown-key");
    }
}
