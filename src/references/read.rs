//! From the files of a library to its entries.

use std::collections::BTreeMap;

use hayagriva::{Entry, io};

use super::csl_json;
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
};

/// Adds the entries of a file, in the format that its name says.
pub(super) fn file(
    file: &SourceFile,
    entries: &mut BTreeMap<String, Entry>,
    problems: &mut Vec<Diagnostic>,
) {
    let found = match file.path.extension() {
        Some("bib") => bibtex(file),
        Some("json") => csl_json::entries(file),
        _ => yaml(file),
    };
    let found = match found {
        Ok(found) => found,
        Err(own) => return problems.extend(own),
    };
    for entry in found {
        let key = entry.key().to_owned();
        if entries.contains_key(&key) {
            let message = format!("the key `{key}` is taken already");
            let at = first(&file.text, &key);
            let problem = Diagnostic::error(Code::CitationLibrary, file.path.clone(), at, message);
            problems.push(problem.hint("give one of the two works another key"));
            continue;
        }
        entries.insert(key, entry);
    }
}

fn bibtex(file: &SourceFile) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let report = |error: io::BibLaTeXError| {
        let (span, message) = match error {
            io::BibLaTeXError::Parse(error) => (error.span, error.kind.to_string()),
            io::BibLaTeXError::Type(error) => (error.span, error.kind.to_string()),
        };
        let at = within(&file.text, span.start, span.end);
        let problem =
            Diagnostic::error(Code::CitationLibrary, file.path.clone(), Some(at), message);
        problem.hint("an entry is written `@book{key, title = {…}, author = {Family, Given}, date = {2024}}`")
    };
    match io::from_biblatex_str(&file.text) {
        Ok(library) => Ok(library.iter().cloned().collect()),
        Err(errors) => Err(errors.into_iter().map(report).collect()),
    }
}

fn yaml(file: &SourceFile) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    io::from_yaml_str(&file.text)
        .map(|library| library.iter().cloned().collect())
        .map_err(|error| {
            let at = error.location().map(|at| {
                let start = at.index();
                let rest = file.text.get(start..).unwrap_or_default();
                within(
                    &file.text,
                    start,
                    start + rest.find('\n').unwrap_or(rest.len()),
                )
            });
            let mut message = error.to_string();
            // What is wrong, without the place and without the long list of what may stand there.
            for end in [" at line ", ", expected one of"] {
                message.truncate(message.find(end).unwrap_or(message.len()));
            }
            let problem = Diagnostic::error(Code::CitationLibrary, file.path.clone(), at, message);
            vec![problem.hint("the file maps each key to a work, in the format of hayagriva")]
        })
}

/// Where a word stands first in a text.
pub(super) fn first(text: &str, word: &str) -> Option<Span> {
    text.find(word).map(|at| Span::new(at, at + word.len()))
}

/// A place as a library gives it, moved to where the text has letters.
pub(super) fn within(text: &str, start: usize, end: usize) -> Span {
    let start = text.floor_char_boundary(start.min(text.len()));
    let end = text.floor_char_boundary(end.clamp(start, text.len()));
    Span::new(start, end)
}
