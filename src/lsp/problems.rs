//! What is wrong, file by file.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{DiagnosticSeverity, NumberOrString, Range};

use super::{Encoding, Places, Snapshot};
use crate::{
    diagnostic::{Diagnostic, Severity},
    model::span::Span,
};

/// The diagnostics of each file that has some, by the file's path with the content folder's.
#[must_use]
pub fn problems(
    snapshot: &Snapshot,
    encoding: Encoding,
) -> BTreeMap<Utf8PathBuf, Vec<lsp_types::Diagnostic>> {
    let mut by_file: BTreeMap<&Utf8Path, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in &snapshot.problems {
        by_file.entry(&problem.path).or_default().push(problem);
    }
    let shown = |(path, problems): (&Utf8Path, Vec<&Diagnostic>)| {
        let text = snapshot.text(path).unwrap_or_default();
        let places = Places::of(&text, encoding);
        let all = problems.into_iter().map(|problem| shown(problem, &places));
        (snapshot.content.join(path), all.collect())
    };
    by_file.into_iter().map(shown).collect()
}

fn shown(problem: &Diagnostic, places: &Places<'_>) -> lsp_types::Diagnostic {
    let range = problem.span.map_or_else(Range::default, |span| {
        // Nothing can be underlined where a span is empty.
        places.range(Span {
            end: span.end.max(span.start + 1),
            ..span
        })
    });
    let mut message = problem.message.clone();
    if !problem.label.is_empty() {
        message.push_str(": ");
        message.push_str(&problem.label);
    }
    for hint in &problem.hints {
        message.push('\n');
        message.push_str(hint);
    }
    lsp_types::Diagnostic {
        range,
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(problem.code.as_str().to_owned())),
        source: Some("dateline".to_owned()),
        message,
        ..lsp_types::Diagnostic::default()
    }
}
