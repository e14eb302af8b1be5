//! Decisions as JSON, one object a line, as `review --json` and `--apply` speak it.
//!
//! A line of `review --json` with an `"action"` added is a decision: the keys that only inform are
//! passed over. Any other key is a mistake.

use serde_json::{Map, Value};

use super::{
    decision::{Action, Decision},
    kind_of,
};
use crate::{
    model::entity::{AliasRule, EntityKind},
    text::suggest::closest,
};

const KEYS: &[&str] = &[
    "action",
    "name",
    "kind",
    "into",
    "to",
    "id",
    "description",
    "other",
    "match",
    "reason",
];

/// What `review --json` says besides; of no meaning in a decision.
const INFORMING: &[&str] = &[
    "confidence",
    "count",
    "briefings",
    "aliases",
    "shown",
    "sentences",
    "suggestions",
];

/// Something on a line, with its number from 1.
pub type Numbered<T> = (usize, T);

/// Reads the decisions in `text`. Blank lines are passed over.
///
/// # Errors
/// Every line that is no decision, with its number from 1 and what is wrong.
pub fn decisions(text: &str) -> Result<Vec<Numbered<Decision>>, Vec<Numbered<String>>> {
    let (mut decisions, mut problems) = (Vec::new(), Vec::new());
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match decision(line) {
            Ok(decision) => decisions.push((number, decision)),
            Err(own) => problems.extend(own.into_iter().map(|problem| (number, problem))),
        }
    }
    if problems.is_empty() {
        Ok(decisions)
    } else {
        Err(problems)
    }
}

fn decision(line: &str) -> Result<Decision, Vec<String>> {
    let object = match serde_json::from_str(line) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return Err(vec!["expected a JSON object".to_owned()]),
        Err(error) => return Err(vec![format!("no JSON: {error}")]),
    };
    let mut reader = Reader {
        problems: unknown_keys(&object),
        object: &object,
    };
    let name = reader.required("name");
    let word = reader.required("action");
    let reason = reader.text("reason");
    let action = word.and_then(|word| reader.action(&word));
    let kind = match &action {
        // These are about the name, whatever it was found as.
        Some(Action::Suppress | Action::Distinct { .. }) if !object.contains_key("kind") => {
            Some(EntityKind::Organisation)
        }
        _ => reader.kind("kind"),
    };
    match (name, kind, action) {
        (Some(name), Some(kind), Some(action)) if reader.problems.is_empty() => Ok(Decision {
            name,
            kind,
            action,
            reason,
        }),
        _ => Err(reader.problems),
    }
}

fn unknown_keys(object: &Map<String, Value>) -> Vec<String> {
    let unknown = object
        .keys()
        .filter(|key| !KEYS.contains(&key.as_str()) && !INFORMING.contains(&key.as_str()));
    unknown
        .map(|key| match closest(key, KEYS.iter().copied()) {
            Some(known) => format!("unknown key `{key}`; did you mean `{known}`?"),
            None => format!("unknown key `{key}`; the keys are {}", KEYS.join(", ")),
        })
        .collect()
}

struct Reader<'a> {
    object: &'a Map<String, Value>,
    problems: Vec<String>,
}

impl Reader<'_> {
    fn text(&mut self, key: &str) -> Option<String> {
        match self.object.get(key)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Null => None,
            _ => {
                self.problems.push(format!("`{key}` is no text"));
                None
            }
        }
    }

    fn required(&mut self, key: &str) -> Option<String> {
        let before = self.problems.len();
        let text = self.text(key);
        if text.is_none() && self.problems.len() == before {
            self.problems.push(format!("`{key}` is missing"));
        }
        text
    }

    fn kind(&mut self, key: &str) -> Option<EntityKind> {
        let word = self.required(key)?;
        let kind = kind_of(&word);
        if kind.is_none() {
            self.problems.push(format!(
                "`{word}` is no {key}; write person, organisation, place or event"
            ));
        }
        kind
    }

    fn action(&mut self, word: &str) -> Option<Action> {
        Some(match word {
            "accept" => Action::Accept,
            "reject" => Action::Reject,
            "suppress" => Action::Suppress,
            "skip" => Action::Skip,
            "merge" => Action::Merge {
                into: self.required("into")?,
            },
            "alias" => Action::Alias {
                into: self.required("into")?,
                rule: self.rule(),
            },
            "new" => Action::New {
                id: self.text("id"),
                description: self.text("description"),
            },
            "distinct" => Action::Distinct {
                other: self.required("other")?,
            },
            "kind" => Action::Kind {
                to: self.kind("to")?,
            },
            _ => {
                let hint = closest(word, Action::WORDS.iter().copied()).map_or_else(
                    || format!("write one of {}", Action::WORDS.join(", ")),
                    |known| format!("did you mean `{known}`?"),
                );
                self.problems.push(format!("`{word}` is no action; {hint}"));
                return None;
            }
        })
    }

    fn rule(&mut self) -> AliasRule {
        match self.text("match").as_deref() {
            None | Some("plain") => AliasRule::Plain,
            Some("exact") => AliasRule::Exact,
            Some("context") => AliasRule::NeedsContext,
            Some("never") => AliasRule::Never,
            Some(word) => {
                self.problems.push(format!(
                    "`{word}` is no match; write plain, exact, context or never"
                ));
                AliasRule::Plain
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_decisions() {
        let text = "{\"action\":\"accept\",\"name\":\"A\",\"kind\":\"person\",\"count\":3}\n\n{\"action\":\"suppress\",\"name\":\"B\",\"reason\":\"a word\"}\n";
        let found = decisions(text).unwrap();
        assert_eq!((found[0].0, &found[0].1.action), (1, &Action::Accept));
        assert_eq!(
            (found[1].0, found[1].1.reason.as_deref()),
            (3, Some("a word"))
        );
    }

    #[test]
    fn every_mistake_has_its_line() {
        let text = "{\"action\":\"acept\",\"name\":\"A\",\"kind\":\"plant\"}\n[]\n{\"action\":\"merge\",\"name\":\"A\",\"kind\":\"place\",\"intoo\":\"b\"}\nx\n";
        let problems = decisions(text).unwrap_err();
        let lines: Vec<usize> = problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 1, 2, 3, 3, 4]);
        assert!(
            problems[0].1.contains("did you mean `accept`?"),
            "{problems:?}"
        );
        assert!(
            problems[3].1.contains("did you mean `into`?"),
            "{problems:?}"
        );
    }
}
