//! "The Commission" after "the Port Commission": the head of a body's name alone means that body.
//!
//! Input: the readings that stand. Output: the same, with lone heads bound to the one body before them
//! whose name begins or ends so. A head that no body or more than one explains names nobody in particular.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    layers::Reading,
    lexicon::{self as lex, is_in},
};
use crate::model::{
    document::Document,
    entity::EntityKind,
    extraction::{Candidate, Rule},
};

/// Heads that are names by themselves.
const OWN_NAMES: &[&str] = &[
    "Army",
    "Congress",
    "Navy",
    "Parliament",
    "Senate",
    "Gendarmerie",
];

/// How sure a head can be that nothing explains.
const UNEXPLAINED: f32 = 0.3;

/// Binds lone heads. `readings` are in order.
pub(super) fn bound(document: &Document, mut readings: Vec<Reading>) -> Vec<Reading> {
    let mut bodies: BTreeMap<String, BTreeSet<Candidate>> = BTreeMap::new();
    for reading in &mut readings {
        let name = reading.span.of(&document.text);
        if reading.kind != EntityKind::Organisation {
            continue;
        }
        if let (Some((first, _)), Some((_, last))) = (name.split_once(' '), name.rsplit_once(' ')) {
            for head in [first, last].into_iter().filter(|word| is_head(word)) {
                let known = bodies.entry(head.to_owned()).or_default();
                known.insert(reading.candidate.clone());
            }
        } else if is_head(name) && reading.rule == Rule::Recogniser {
            let known = bodies.get(name).into_iter().flatten();
            let mut known = known.cloned();
            if let (Some(body), None) = (known.next(), known.next()) {
                reading.candidate = body;
                reading.rule = Rule::ShortForm;
            } else {
                reading.confidence = reading.confidence.min(UNEXPLAINED);
            }
        }
    }
    readings
}

fn is_head(word: &str) -> bool {
    (is_in(lex::BODY_TAILS, word) || is_in(lex::BODY_HEADS, word)) && !is_in(OWN_NAMES, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{extraction::Sense, span::Span},
        stages::extract::testing::document,
    };

    #[track_caller]
    fn check(text: &str, head: &str, expected: Option<&str>) {
        let document = document(text);
        let mut readings: Vec<Reading> = ["Port Commission", "Trade Commission", head]
            .into_iter()
            .filter_map(|name| {
                let start = text.rfind(name)?;
                Some(Reading {
                    span: Span::new(start, start + name.len()),
                    kind: EntityKind::Organisation,
                    candidate: Candidate::Named(name.to_owned()),
                    sense: Sense::Literal,
                    rule: Rule::Recogniser,
                    confidence: 0.9,
                })
            })
            .collect();
        readings.sort_by_key(|reading| reading.span);
        let last = bound(&document, readings).pop();
        let found = last.filter(|reading| reading.confidence > 0.5);
        let named = found.map(|reading| reading.candidate);
        assert_eq!(
            named,
            expected.map(|name| Candidate::Named(name.to_owned()))
        );
    }

    #[test]
    fn one_body_before_explains_its_head() {
        check(
            "The Port Commission met. It was the Commission that",
            "Commission",
            Some("Port Commission"),
        );
    }

    #[test]
    fn no_body_or_two_explain_nothing() {
        check("It was the Commission that", "Commission", None);
        check(
            "The Port Commission met the Trade Commission; then the Commission that",
            "Commission",
            None,
        );
    }

    #[test]
    fn some_heads_are_names() {
        check("It was the Senate that", "Senate", Some("Senate"));
    }
}
