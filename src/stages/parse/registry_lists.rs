//! `entities/suppress.yaml` and `entities/decisions.yaml`: what editors decided about names.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::KINDS;
use crate::{
    diagnostic::Diagnostic,
    model::{entity::EntityKind, source::SourceFile, span::Span},
    text::fold::fold,
    yaml::{self, Fields},
};

/// Names (folded) that never are entities: a list of `{name, reason}` or of plain names.
#[must_use]
pub fn suppressed(source: &SourceFile) -> (BTreeSet<String>, Vec<Diagnostic>) {
    let whole = Span::new(0, source.text.len());
    let mut node = match yaml::parse(&source.path, &source.text, whole) {
        Ok(node) => node,
        Err(problem) => return (BTreeSet::new(), vec![*problem]),
    };
    // A list at the top is what the file is; the reader reads maps.
    if matches!(node.value, yaml::Value::List(_)) {
        let key = yaml::Key {
            span: Span::new(0, 0),
            name: "suppress".to_owned(),
        };
        node = yaml::Node {
            span: node.span,
            value: yaml::Value::Map(vec![(key, node)]),
        };
    }
    let mut fields = Fields::new(&source.path, &source.text, node);
    let mut names = BTreeSet::new();
    for item in fields.list("suppress") {
        if let yaml::Value::Text(name) = &item.value {
            names.insert(fold(name));
            continue;
        }
        let name = fields.nested(item, &|fields: &mut Fields<'_>| {
            let name = fields.required_text("name", "which name is it?");
            fields.text("reason");
            name
        });
        names.extend(name.as_deref().map(fold));
    }
    (names, fields.finish())
}

/// Decided names: folded and with their kind, to the name as written.
pub type Decided = BTreeMap<(String, EntityKind), String>;

/// What was accepted and what was rejected: lists of `{name, kind, reason}`.
#[must_use]
pub fn decisions(source: &SourceFile) -> (Decided, Decided, Vec<Diagnostic>) {
    let whole = Span::new(0, source.text.len());
    let node = match yaml::parse(&source.path, &source.text, whole) {
        Ok(node) => node,
        Err(problem) => return (Decided::new(), Decided::new(), vec![*problem]),
    };
    let mut fields = Fields::new(&source.path, &source.text, node);
    let read = |fields: &mut Fields<'_>| {
        let name = fields.required_text("name", "which name is it?");
        let missing = fields.span_of("kind").is_none();
        let kind = fields.choice("kind", KINDS);
        if missing {
            fields.missing(
                "kind",
                "write `kind: person`, `organisation`, `place` or `event`",
            );
        }
        fields.text("reason");
        let (name, kind) = (name?, kind?);
        Some(((fold(&name), kind), name))
    };
    let accepted = fields.maps("accepted", read).into_iter().collect();
    let rejected = fields.maps("rejected", read).into_iter().collect();
    (accepted, rejected, fields.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile {
            path: "entities/x.yaml".into(),
            text: text.into(),
        }
    }

    #[test]
    fn reads_suppressed_names() {
        let (names, problems) = suppressed(&file("- Monday Club\n- {name: Él, reason: pronoun}\n"));
        assert!(problems.is_empty(), "{problems:?}");
        assert!(names.contains("monday club") && names.contains("el"));
    }

    #[test]
    fn reads_decisions() {
        let text =
            "accepted: [{name: Jane Miller, kind: person}]\nrejected: [{name: Sea, kind: plant}]\n";
        let (accepted, rejected, problems) = decisions(&file(text));
        let jane = accepted.get(&("jane miller".to_owned(), EntityKind::Person));
        assert_eq!(jane.map(String::as_str), Some("Jane Miller"));
        assert!(rejected.is_empty());
        assert_eq!(problems.len(), 1);
    }
}
