//! What is amiss in the registry and in the editor's lists without being wrong: nothing here
//! forbids to publish.
//!
//! Input: the files of `entities/`, the corpus and the graph. Output: diagnostics.

mod lists;
mod registry;

use std::collections::BTreeMap;

use super::queue::Corpus;
use crate::{
    diagnostic::{self, Diagnostic},
    model::{
        graph::SiteGraph,
        source::{SourceFile, Sources},
        span::Span,
    },
    stages::parse,
    yaml::{self, Node, Value},
};

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Lint<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The articles and what they name.
    pub corpus: Corpus<'a>,
    /// What links them.
    pub graph: &'a SiteGraph,
}

/// Everything that is amiss, sorted.
#[must_use]
pub fn lint(input: &Lint<'_>) -> Vec<Diagnostic> {
    let mut problems = registry::lint(input);
    problems.extend(lists::lint(input));
    diagnostic::sort(&mut problems);
    problems
}

/// The values of a file's YAML by their top-level keys.
fn values(source: &SourceFile) -> BTreeMap<String, Node> {
    let whole = Span::new(0, source.text.len());
    let block = parse::halves(source).map_or(whole, |(front, _)| front);
    match yaml::parse(&source.path, &source.text, block) {
        Ok(Node {
            value: Value::Map(pairs),
            ..
        }) => pairs
            .into_iter()
            .map(|(key, node)| (key.name, node))
            .collect(),
        Ok(node) => BTreeMap::from([(String::new(), node)]),
        // It was reported where the file was read.
        Err(_) => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests;
