//! `decisions.yaml` and `suppress.yaml`: lines that do nothing any more.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::{Lint, values};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{source::SourceFile, span::Span},
    text::fold::fold,
    yaml::{Node, Value},
};

/// A line of a list.
struct Line {
    name: String,
    into: Option<String>,
    span: Option<Span>,
}

pub(super) fn lint(input: &Lint<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Some(source) = &input.sources.suppress {
        problems.extend(registered(input, source));
    }
    if let Some(source) = &input.sources.decisions {
        let lists = ["accepted", "rejected", "merged"];
        let mut values = values(source);
        let lines: Vec<Line> = lists
            .iter()
            .filter_map(|list| values.remove(*list))
            .flat_map(lines)
            .collect();
        problems.extend(unused(input, source, &lines));
        problems.extend(leads_nowhere(input, source, &lines));
    }
    problems
}

fn lines(list: Node) -> Vec<Line> {
    let items = match list.value {
        Value::List(items) => items,
        _ => vec![list],
    };
    items.into_iter().filter_map(line).collect()
}

fn line(item: Node) -> Option<Line> {
    match item.value {
        Value::Text(name) => Some(Line {
            name,
            into: None,
            span: Some(item.span),
        }),
        Value::Map(pairs) => {
            let (mut name, mut into, mut span) = (None, None, None);
            for (key, node) in pairs {
                match (key.name.as_str(), node.value) {
                    ("name", Value::Text(text)) => (name, span) = (Some(text), Some(node.span)),
                    ("into", Value::Text(text)) => into = Some(text),
                    _ => {}
                }
            }
            let name = name?;
            Some(Line { name, into, span })
        }
        _ => None,
    }
}

/// The registry outranks the list: a registered name is shown although it is suppressed.
fn registered(input: &Lint<'_>, source: &SourceFile) -> Vec<Diagnostic> {
    let lines = values(source).into_values().flat_map(lines);
    lines
        .filter_map(|line| {
            let bearers = input.corpus.kb.named(&line.name);
            let bearer = bearers.first()?;
            let message = format!(
                "`{}` is suppressed and registered in {}",
                line.name, bearer.path
            );
            Some(
                Diagnostic::warning(
                    Code::LintSuppressedRegistered,
                    source.path.clone(),
                    line.span,
                    message,
                )
                .hint("the registry holds; take the name out of one of the two"),
            )
        })
        .collect()
}

/// Decisions about names that no published text has.
fn unused(input: &Lint<'_>, source: &SourceFile, lines: &[Line]) -> Vec<Diagnostic> {
    let names: Vec<String> = lines.iter().map(|line| fold(&line.name)).collect();
    // Overlapping names are all found; one pass over each text, however many names there are.
    let Ok(automaton) = AhoCorasick::new(&names) else {
        return Vec::new();
    };
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for article in input.corpus.articles {
        let text = fold(&article.document.text);
        let is_word = |m: &aho_corasick::Match| {
            let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !joins(text[..m.start()].chars().next_back()) && !joins(text[m.end()..].chars().next())
        };
        let matches = automaton.find_overlapping_iter(&text).filter(is_word);
        found.extend(matches.map(|m| m.pattern().as_usize()));
    }
    let unused = lines.iter().enumerate().filter(|(n, _)| !found.contains(n));
    unused
        .map(|(_, line)| {
            let message = format!("no published text has `{}`", line.name);
            Diagnostic::note(
                Code::LintDecisionUnused,
                source.path.clone(),
                line.span,
                message,
            )
            .hint("the decision holds if the name comes back")
        })
        .collect()
}

/// Merges into what is neither registered nor found.
fn leads_nowhere(input: &Lint<'_>, source: &SourceFile, lines: &[Line]) -> Vec<Diagnostic> {
    let entities = &input.corpus.catalogue.entities;
    let mut shown: BTreeMap<String, &str> = BTreeMap::new();
    for entity in entities {
        shown.insert(fold(&entity.name), &entity.name);
    }
    let is_lost =
        |into: &str| input.corpus.kb.named(into).is_empty() && !shown.contains_key(&fold(into));
    let lost = lines.iter().filter_map(|line| {
        let into = line.into.as_deref().filter(|into| is_lost(into))?;
        let message = format!(
            "`{}` is merged into `{into}`, which is no entity",
            line.name
        );
        let problem = Diagnostic::warning(
            Code::LintMergedNowhere,
            source.path.clone(),
            line.span,
            message,
        );
        let ids = input.corpus.kb.entities().map(|entity| &*entity.id.0);
        Some(problem.did_you_mean(into, ids.chain(shown.values().copied())))
    });
    lost.collect()
}
