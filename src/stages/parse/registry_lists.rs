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

/// What `decisions.yaml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionLists {
    /// Names that are entities of this kind.
    pub accepted: Decided,
    /// Names that are not.
    pub rejected: Decided,
    /// Names that mean another entity: its id or name.
    pub merged: Decided,
    /// Pairs of names, folded and sorted, that look alike and are two: not to be suggested again.
    pub distinct: BTreeSet<(String, String)>,
}

/// What was accepted, rejected and merged: lists of `{name, kind, reason}`, with `into` where
/// merged.
#[must_use]
pub fn decisions(source: &SourceFile) -> (DecisionLists, Vec<Diagnostic>) {
    let whole = Span::new(0, source.text.len());
    let node = match yaml::parse(&source.path, &source.text, whole) {
        Ok(node) => node,
        Err(problem) => return (DecisionLists::default(), vec![*problem]),
    };
    let mut fields = Fields::new(&source.path, &source.text, node);
    let merged = |fields: &mut Fields<'_>| {
        let into = fields.required_text("into", "which entity is it? write its id or name");
        let (key, _) = decided(fields)?;
        Some((key, into?))
    };
    let distinct = |fields: &mut Fields<'_>| {
        let name = fields.required_text("name", "which name is it?");
        let other = fields.required_text("other", "from which name does it differ?");
        fields.text("reason");
        Some(pair(&name?, &other?))
    };
    let lists = DecisionLists {
        accepted: fields.maps("accepted", decided).into_iter().collect(),
        rejected: fields.maps("rejected", decided).into_iter().collect(),
        merged: fields.maps("merged", merged).into_iter().collect(),
        distinct: fields.maps("distinct", distinct).into_iter().collect(),
    };
    (lists, fields.finish())
}

/// Two names, folded, in the order in which pairs are kept.
#[must_use]
pub fn pair(name: &str, other: &str) -> (String, String) {
    let (name, other) = (fold(name), fold(other));
    if name <= other {
        (name, other)
    } else {
        (other, name)
    }
}

fn decided(fields: &mut Fields<'_>) -> Option<((String, EntityKind), String)> {
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
        let (lists, problems) = decisions(&file(text));
        let jane = lists
            .accepted
            .get(&("jane miller".to_owned(), EntityKind::Person));
        assert_eq!(jane.map(String::as_str), Some("Jane Miller"));
        assert!(lists.rejected.is_empty());
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn reads_merged_names_strictly() {
        let text = "merged:\n  - {name: J. Miller, kind: person, into: jane-miller}\n  - {name: A, kind: place}\n  - {name: B, kind: place, inot: x}\n";
        let (lists, problems) = decisions(&file(text));
        let miller = lists
            .merged
            .get(&("j. miller".to_owned(), EntityKind::Person));
        assert_eq!(miller.map(String::as_str), Some("jane-miller"));
        let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        let missing = "front-matter/missing-field";
        assert_eq!(codes, [missing, missing, "yaml/unknown-key"]);
        assert_eq!(problems[2].hints, ["did you mean `into`?"]);
    }

    #[test]
    fn reads_names_that_are_two() {
        let (lists, problems) = decisions(&file(
            "distinct: [{name: Zöe, other: B, reason: sisters}]\n",
        ));
        assert!(problems.is_empty(), "{problems:?}");
        assert!(lists.distinct.contains(&pair("b", "ZOE")));
    }
}
