//! A map read key by key, with every mistake reported.

use std::collections::BTreeMap;

use camino::Utf8Path;
use jiff::{Timestamp, civil, tz::TimeZone};

use super::value::{Key, Node, Value};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{article::Moment, span::Span},
    text::redaction,
};

/// The keys of one map that have not been read yet. Take the known keys one by one, then call
/// [`Fields::finish`], which reports those left over.
#[derive(Debug)]
pub struct Fields<'a> {
    path: &'a Utf8Path,
    text: &'a str,
    /// Where the map stands: the place of what is missing.
    place: Span,
    left: Vec<(Key, Node)>,
    known: Vec<&'static str>,
    /// The keys that the maps under a key may have, for those maps that are there.
    inside: BTreeMap<&'static str, Vec<&'static str>>,
    problems: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The fields of `node`. Anything but a map is reported and has no fields; nothing at all is
    /// an empty map.
    ///
    /// What the author hides in a text is gone from it here, before anything reads it.
    #[must_use]
    pub fn new(path: &'a Utf8Path, text: &'a str, node: Node) -> Self {
        Self::marked(path, text, node, redaction::Mark::ENGLISH)
    }

    /// The same, with other words in place of what is redacted.
    #[must_use]
    pub fn marked(path: &'a Utf8Path, text: &'a str, mut node: Node, mark: &str) -> Self {
        let mut hidden = Vec::new();
        hide(path, mark, &mut node, &mut hidden);
        let mut fields = Self {
            path,
            text,
            place: node.span,
            left: Vec::new(),
            known: Vec::new(),
            inside: BTreeMap::new(),
            problems: hidden,
        };
        match node.value {
            Value::Map(pairs) => fields.left = pairs,
            Value::Null => {}
            other => fields.wrong_type(node.span, "a map of keys and values", &other),
        }
        fields
    }

    /// Takes the value of `key`, if it is there and not `null`.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let at = self.left.iter().position(|(k, _)| k.name == key)?;
        let (_, node) = self.left.remove(at);
        (node.value != Value::Null).then_some(node)
    }

    /// Takes a text. Numbers and the like are read as they are written.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.take(key)?;
        self.as_text(node)
    }

    /// Takes a text with its place.
    pub fn text_at(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        let span = node.span;
        Some((self.as_text(node)?, span))
    }

    /// Takes a text that must be there and must say something.
    pub fn required_text(&mut self, key: &'static str, hint: &str) -> Option<String> {
        let before = self.problems.len();
        let value = self.text(key).filter(|text| !text.trim().is_empty());
        if value.is_none() && self.problems.len() == before {
            self.missing(key, hint);
        }
        value
    }

    /// Takes true or false.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match node.value {
            Value::Bool(flag) => Some(flag),
            other => {
                self.wrong_type(node.span, "true or false", &other);
                None
            }
        }
    }

    /// Takes a number with its place.
    pub fn number_at(&mut self, key: &'static str) -> Option<(f64, Span)> {
        let node = self.take(key)?;
        match node.value {
            Value::Number(number) => Some((number, node.span)),
            other => {
                self.wrong_type(node.span, "a number", &other);
                None
            }
        }
    }

    /// Takes a list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let nodes = self.list(key);
        nodes
            .into_iter()
            .filter_map(|node| self.as_text(node))
            .collect()
    }

    /// Takes a list of texts, each with its place; a single text is a list of one.
    pub fn texts_at(&mut self, key: &'static str) -> Vec<(String, Span)> {
        let nodes = self.list(key);
        let read = |node: Node| {
            let span = node.span;
            Some((self.as_text(node)?, span))
        };
        nodes.into_iter().filter_map(read).collect()
    }

    /// Takes a list; a single value is a list of one.
    pub fn list(&mut self, key: &'static str) -> Vec<Node> {
        match self.take(key) {
            None => Vec::new(),
            Some(Node {
                value: Value::List(items),
                ..
            }) => items,
            Some(single) => vec![single],
        }
    }

    /// Takes a list of maps, each read by `read`, which must take all known keys.
    pub fn maps<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let nodes = self.list(key);
        nodes
            .into_iter()
            .filter_map(|node| self.under(key, node, &read))
            .collect()
    }

    /// Takes a map, read by `read`, which must take all known keys.
    pub fn map<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.under(key, node, &read)
    }

    fn under<T>(
        &mut self,
        key: &'static str,
        node: Node,
        read: &impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let mut known = Vec::new();
        let value = self.read_nested(node, read, &mut known);
        self.inside.insert(key, known);
        value
    }

    /// Reads a nested map and keeps what was wrong in it.
    pub fn nested<T>(
        &mut self,
        node: Node,
        read: &impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        self.read_nested(node, read, &mut Vec::new())
    }

    fn read_nested<T>(
        &mut self,
        node: Node,
        read: &impl Fn(&mut Fields<'_>) -> Option<T>,
        known: &mut Vec<&'static str>,
    ) -> Option<T> {
        let mut fields = Fields::new(self.path, self.text, node);
        let broken = !fields.problems.is_empty();
        let value = if broken { None } else { read(&mut fields) };
        known.clone_from(&fields.known);
        self.problems.extend(fields.finish());
        value
    }

    /// Takes a map of texts to texts.
    pub fn text_map(&mut self, key: &'static str) -> BTreeMap<String, String> {
        let Some(node) = self.take(key) else {
            return BTreeMap::new();
        };
        let Value::Map(pairs) = node.value else {
            self.wrong_type(node.span, "a map of texts", &node.value);
            return BTreeMap::new();
        };
        let read = |(key, node): (Key, Node)| Some((key.name, self.as_text(node)?));
        pairs.into_iter().filter_map(read).collect()
    }

    /// Takes a day.
    pub fn date(&mut self, key: &'static str) -> Option<civil::Date> {
        self.moment(key).map(|moment| moment.date)
    }

    /// Takes a day, or a moment: `2024-07-21`, `2024-07-21 18:30`, `2024-07-21T18:30:00+02:00`.
    /// A time without a zone is UTC.
    pub fn moment(&mut self, key: &'static str) -> Option<Moment> {
        let node = self.take(key)?;
        let span = node.span;
        let text = self.as_text(node)?;
        let moment = parse_moment(text.trim());
        if moment.is_none() {
            self.problems.push(
                Diagnostic::error(
                    Code::YamlBadDate,
                    self.path.to_owned(),
                    Some(span),
                    format!("`{}` is not a date", text.trim()),
                )
                .label("no such day or time")
                .hint("write it as 2024-07-21, or 2024-07-21T18:30:00+02:00"),
            );
        }
        moment
    }

    /// Takes one of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let node = self.take(key)?;
        let span = node.span;
        let text = self.as_text(node)?;
        let found = choices
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(&text));
        if found.is_none() {
            let words: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("`{word}`"))
                .collect();
            let message = format!("`{text}` is no value of `{key}`");
            self.problem(
                Code::YamlBadValue,
                span,
                message,
                &format!("write {}", words.join(", ")),
            );
        }
        found.map(|(_, value)| *value)
    }

    /// The place of the value of `key`, while it has not been taken.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.left
            .iter()
            .find(|(k, _)| k.name == key)
            .map(|(_, node)| node.span)
    }

    /// The places of all values that have not been taken.
    #[must_use]
    pub fn spans(&self) -> BTreeMap<String, Span> {
        self.left
            .iter()
            .map(|(key, node)| (key.name.clone(), node.span))
            .collect()
    }

    /// Reports that `key` is missing.
    pub fn missing(&mut self, key: &str, hint: &str) {
        let first_line = self.place.of(self.text).lines().next().map_or(0, str::len);
        let start = self.place.start as usize;
        let problem = Diagnostic::error(
            Code::FrontMatterMissingField,
            self.path.to_owned(),
            Some(Span::new(start, start + first_line)),
            format!("`{key}` is missing"),
        );
        self.problems.push(problem.hint(hint));
    }

    /// Reports a mistake at a value.
    pub fn problem(&mut self, code: Code, span: Span, message: String, hint: &str) {
        let problem = Diagnostic::error(code, self.path.to_owned(), Some(span), message);
        self.problems.push(problem.hint(hint));
    }

    /// Ends the reading: what is left over is unknown.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (key, _) in &self.left {
            let problem = Diagnostic::error(
                Code::YamlUnknownKey,
                self.path.to_owned(),
                Some(key.span),
                format!("unknown key `{}`", key.name),
            )
            .label("not known here")
            .did_you_mean(&key.name, self.known.iter().copied());
            let keys = self.known.join(", ");
            self.problems.push(match problem.hints.is_empty() {
                true => problem.hint(format!("the keys are {keys}")),
                false => problem,
            });
        }
        self.problems
    }

    /// A text as it is; another scalar as it is written in the file.
    pub fn as_text(&mut self, node: Node) -> Option<String> {
        match node.value {
            Value::Text(text) => Some(text),
            Value::Bool(_) | Value::Number(_) => Some(node.span.of(self.text).to_owned()),
            other => {
                self.wrong_type(node.span, "a text", &other);
                None
            }
        }
    }

    fn wrong_type(&mut self, span: Span, wanted: &str, found: &Value) {
        self.problems.push(
            Diagnostic::error(
                Code::YamlWrongType,
                self.path.to_owned(),
                Some(span),
                format!("expected {wanted}, found {}", found.type_name()),
            )
            .label(format!("should be {wanted}")),
        );
    }
}

/// The keys that `read` looks for in a map, or with `parent` in the maps under that key.
#[must_use]
pub fn keys<T>(parent: Option<&str>, read: impl Fn(&mut Fields<'_>) -> T) -> Vec<&'static str> {
    let map = |pairs| Node {
        value: Value::Map(pairs),
        span: Span::default(),
    };
    let key = |name: &str| Key {
        name: name.to_owned(),
        span: Span::default(),
    };
    let pairs = parent.map(|name| (key(name), map(Vec::new())));
    let root = map(pairs.into_iter().collect());
    let mut fields = Fields::new(Utf8Path::new(""), "", root);
    read(&mut fields);
    match parent {
        None => fields.known,
        Some(parent) => fields.inside.remove(parent).unwrap_or_default(),
    }
}

/// Takes notes and redactions out of all texts below `node`.
fn hide(path: &Utf8Path, mark: &str, node: &mut Node, problems: &mut Vec<Diagnostic>) {
    let span = node.span;
    let mut clean = |text: &mut String, span: Span| {
        if let Some((shown, misfits)) = redaction::plain(text, mark) {
            *text = shown;
            let report = |misfit| Diagnostic::misfit(path.to_owned(), misfit, span);
            problems.extend(misfits.iter().map(report));
        }
    };
    match &mut node.value {
        Value::Text(text) => clean(text, span),
        Value::List(items) => items
            .iter_mut()
            .for_each(|item| hide(path, mark, item, problems)),
        Value::Map(pairs) => {
            for (key, _) in pairs.iter_mut() {
                clean(&mut key.name, key.span);
            }
            for (_, value) in pairs {
                hide(path, mark, value, problems);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn parse_moment(text: &str) -> Option<Moment> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        let date = text.get(..10)?.parse().ok()?;
        return Some(Moment {
            instant,
            date,
            has_time: true,
        });
    }
    let utc = |at: civil::DateTime| TimeZone::UTC.to_timestamp(at).ok();
    if text.len() == 10 {
        let date: civil::Date = text.parse().ok()?;
        // The last days of the year 9999 lie past the end of time stamps.
        let instant = utc(date.to_datetime(civil::Time::midnight())).unwrap_or(Timestamp::MAX);
        return Some(Moment {
            instant,
            date,
            has_time: false,
        });
    }
    let local: civil::DateTime = text.parse().ok()?;
    Some(Moment {
        instant: utc(local)?,
        date: local.date(),
        has_time: true,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::yaml;

    fn codes(text: &str, read: impl Fn(&mut Fields<'_>)) -> Vec<&'static str> {
        let path = Utf8Path::new("a.md");
        let block = Span::new(0, text.len());
        let node = match yaml::parse(path, text, block) {
            Ok(node) => node,
            Err(problem) => return vec![problem.code.as_str()],
        };
        let mut fields = Fields::new(path, text, node);
        read(&mut fields);
        fields
            .finish()
            .iter()
            .map(|problem| problem.code.as_str())
            .collect()
    }

    #[test]
    fn reports_every_mistake() {
        let found = codes("titel: x\ndate: 2024-02-30\ndraft: perhaps\n", |fields| {
            fields.required_text("title", "give it one");
            fields.moment("date");
            fields.flag("draft");
        });
        let expected = [
            "front-matter/missing-field",
            "yaml/bad-date",
            "yaml/wrong-type",
            "yaml/unknown-key",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn reads_scalars_as_they_are_written() {
        let found = codes("title: 2024\nsubject: 1.50\nanswer: yes\n", |fields| {
            assert_eq!(fields.text("title").unwrap(), "2024");
            assert_eq!(fields.text("subject").unwrap(), "1.50");
            assert_eq!(fields.text("answer").unwrap(), "yes");
        });
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn reads_days_and_moments() {
        codes(
            "a: 2024-07-21\nb: 2024-07-21T18:30:00+02:00\nc: 2024-07-21 18:30\n",
            |fields| {
                let (a, b, c) = (fields.moment("a"), fields.moment("b"), fields.moment("c"));
                assert!(!a.unwrap().has_time);
                assert_eq!(b.unwrap().instant.to_string(), "2024-07-21T16:30:00Z");
                assert_eq!(c.unwrap().instant.to_string(), "2024-07-21T18:30:00Z");
            },
        );
    }

    #[test]
    fn refuses_what_is_no_yaml() {
        assert_eq!(codes("a: [1, 2\n", |_| ()), ["yaml/syntax"]);
        assert_eq!(codes("a: 1\na: 2\n", |_| ()), ["yaml/duplicate-key"]);
        assert_eq!(codes("just words\n", |_| ()), ["yaml/wrong-type"]);
    }

    #[test]
    fn bounds_alias_bombs() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb.push_str(&format!("a{n}: &a{n} [{aliases}]\n"));
        }
        assert_eq!(codes(&bomb, |_| ()), ["yaml/syntax"]);
    }
}
