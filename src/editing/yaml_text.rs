//! Changes to YAML that an editor keeps by hand: a text goes in, a text comes out, and every
//! comment, blank line and order of keys stays.
//!
//! A file is never written anew from what was read of it. The change is put where it belongs, the
//! result is parsed, and only a result that says exactly what it said before and the change is
//! given back. A file in which the change finds no safe place is refused with what to write by
//! hand.

mod scan;

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use scan::{block_items, closing, dash_column, same};

use super::quote::scalar;
use crate::{
    model::span::Span,
    yaml::{self, Key, Node, Value},
};

/// Why a file cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditError {
    /// The file, below the content folder.
    pub path: Utf8PathBuf,
    /// What stands in the way, and what to do.
    pub message: String,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for EditError {}

/// How a list is written where there is none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// One item a line.
    Block,
    /// `[a, b]`
    Flow,
}

/// A text whose part `block` is a YAML map.
#[derive(Debug, Clone, Copy)]
pub struct YamlText<'a> {
    /// The file, below the content folder.
    pub path: &'a Utf8Path,
    /// The whole text, with `\n` line ends.
    pub text: &'a str,
    /// The YAML in it.
    pub block: Span,
}

type Pairs = Vec<(Key, Node)>;

impl<'a> YamlText<'a> {
    /// Adds `items`, each a value as YAML writes it on one line, at the end of the list of `key`.
    ///
    /// # Errors
    /// When the file is no YAML map, or the list has no place where they can go.
    pub fn append(
        self,
        key: &str,
        items: &[String],
        style: ListStyle,
    ) -> Result<String, EditError> {
        if items.is_empty() {
            return Ok(self.text.to_owned());
        }
        let pairs = self.pairs()?;
        let found = pairs.iter().position(|(k, _)| k.name == key);
        let candidates = match found.map(|n| (n, &pairs[n].1)) {
            None => self.new_list(&pairs, key, items, style),
            Some((n, node)) => self.longer_list(&pairs, n, node, items),
        };
        let mut expected: Vec<Value> = match found.map(|n| &pairs[n].1.value) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::List(items)) => items.iter().map(|item| item.value.clone()).collect(),
            Some(single) => vec![single.clone()],
        };
        for item in items {
            expected.push(self.value(item)?);
        }
        let is_right = |node: &Node| match &node.value {
            Value::List(items) => {
                items.len() == expected.len()
                    && items.iter().zip(&expected).all(|(a, b)| same(&a.value, b))
            }
            _ => false,
        };
        self.first_right(&pairs, key, candidates, is_right)
            .ok_or_else(|| {
                self.refused(&format!(
                    "there is no safe place in `{key}:`; add by hand: - {}",
                    items.join("\n- ")
                ))
            })
    }

    /// Adds `items` to the list that the file is, or to that of `key` where it is a map.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_to_root(self, key: &str, items: &[String]) -> Result<String, EditError> {
        let root = yaml::parse(self.path, self.text, self.block)
            .map_err(|problem| self.refused(&problem.message))?;
        let before = match root.value {
            Value::Map(_) => return self.append(key, items, ListStyle::Block),
            Value::List(items) => items,
            _ => Vec::new(),
        };
        let mut expected: Vec<Value> = before.into_iter().map(|item| item.value).collect();
        for item in items {
            expected.push(self.value(item)?);
        }
        let end = self.block.end as usize;
        let indent = dash_column(self.text).unwrap_or(0);
        let mut candidates = vec![self.with_lines(end, &block_items(items, indent)).0];
        let at = root.span.start as usize;
        if let Some(close) = closing(self.text, at, end) {
            let lead = if expected.len() > items.len() {
                ", "
            } else {
                ""
            };
            candidates.push(
                self.replaced(close..close, &format!("{lead}{}", items.join(", ")))
                    .0,
            );
        }
        let is_right = |text: &String| {
            let node = yaml::parse(self.path, text, Span::new(0, text.len()));
            node.is_ok_and(|node| match node.value {
                Value::List(items) => {
                    items.len() == expected.len()
                        && items.iter().zip(&expected).all(|(a, b)| same(&a.value, b))
                }
                _ => false,
            })
        };
        candidates
            .into_iter()
            .find(is_right)
            .ok_or_else(|| self.refused(&format!("add by hand: - {}", items.join("\n- "))))
    }

    /// Sets `key` to a text: in its place, or behind `after` where it is new.
    ///
    /// # Errors
    /// When the file is no YAML map, or the key holds something other than a text.
    pub fn set(self, key: &str, value: &str, after: &str) -> Result<String, EditError> {
        let pairs = self.pairs()?;
        let written = scalar(value);
        let candidates = match pairs.iter().find(|(k, _)| k.name == key) {
            Some((_, node)) if !node.span.is_empty() => {
                vec![self.replaced(node.span.range(), &written)]
            }
            Some(_) => Vec::new(),
            None => vec![self.with_line(&pairs, after, &format!("{key}: {written}\n"))],
        };
        let wanted = Value::Text(value.to_owned());
        self.first_right(&pairs, key, candidates, |node| same(&node.value, &wanted))
            .ok_or_else(|| self.refused(&format!("write by hand: {key}: {written}")))
    }

    /// Adds the lines of another map's key, as they stand there.
    ///
    /// # Errors
    /// When the file is no YAML map or has the key.
    pub fn insert(self, key: &str, lines: &str, after: &str) -> Result<String, EditError> {
        let pairs = self.pairs()?;
        let mut lines = lines.trim_end().to_owned();
        lines.push('\n');
        let candidate = vec![self.with_line(&pairs, after, &lines)];
        self.first_right(&pairs, key, candidate, |_| true)
            .ok_or_else(|| self.refused(&format!("add by hand: {}", lines.trim_end())))
    }

    /// The lines of `key`, with its comments.
    ///
    /// # Errors
    /// When the file is no YAML map.
    pub fn lines(self, key: &str) -> Result<Option<&'a str>, EditError> {
        let pairs = self.pairs()?;
        let n = pairs.iter().position(|(k, _)| k.name == key);
        Ok(n.map(|n| {
            let (start, end) = self.region(&pairs, n);
            &self.text[start..end]
        }))
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// When the file is no YAML map.
    pub fn get(self, key: &str) -> Result<Option<Value>, EditError> {
        let pairs = self.pairs()?;
        let found = pairs.into_iter().find(|(k, _)| k.name == key);
        Ok(found.map(|(_, node)| node.value))
    }

    fn pairs(self) -> Result<Pairs, EditError> {
        let node = yaml::parse(self.path, self.text, self.block)
            .map_err(|problem| self.refused(&problem.message))?;
        match node.value {
            Value::Map(pairs) => Ok(pairs),
            Value::Null => Ok(Vec::new()),
            other => Err(self.refused(&format!(
                "expected a map of keys, found {}",
                other.type_name()
            ))),
        }
    }

    fn value(self, written: &str) -> Result<Value, EditError> {
        yaml::parse(self.path, written, Span::new(0, written.len()))
            .map(|node| node.value)
            .map_err(|problem| self.refused(&problem.message))
    }

    fn refused(self, message: &str) -> EditError {
        EditError {
            path: self.path.to_owned(),
            message: message.to_owned(),
        }
    }

    /// From the start of the key's line to the end of its last line that is neither blank nor a
    /// comment: what follows may belong to the next key.
    fn region(self, pairs: &Pairs, n: usize) -> (usize, usize) {
        let line_start = |at: usize| self.text[..at].rfind('\n').map_or(0, |nl| nl + 1);
        let start = line_start(pairs[n].0.span.start as usize).max(self.block.start as usize);
        let end = pairs
            .get(n + 1)
            .map_or(self.block.end as usize, |(key, _)| {
                line_start(key.span.start as usize)
            })
            .max(start);
        let mut last = start;
        let mut at = start;
        for line in self.text[start..end].split_inclusive('\n') {
            at += line.len();
            let trimmed = line.trim();
            if !trimmed.is_empty() && !trimmed.starts_with('#') {
                last = at;
            }
        }
        (start, last)
    }

    fn replaced(self, range: std::ops::Range<usize>, by: &str) -> (String, usize) {
        let mut text = self.text.to_owned();
        let grown = by.len() as isize - range.len() as isize;
        text.replace_range(range, by);
        let end = (self.block.end as isize + grown).max(0) as usize;
        (text, end)
    }

    /// With lines put in at `at`, on a line of their own.
    fn with_lines(self, at: usize, lines: &str) -> (String, usize) {
        let needs_break = at > self.block.start as usize && !self.text[..at].ends_with('\n');
        let lines = if needs_break {
            format!("\n{lines}")
        } else {
            lines.to_owned()
        };
        self.replaced(at..at, &lines)
    }

    /// With a line behind the key `after`, or at the end.
    fn with_line(self, pairs: &Pairs, after: &str, line: &str) -> (String, usize) {
        let at = match pairs.iter().position(|(k, _)| k.name == after) {
            Some(n) => self.region(pairs, n).1,
            None => self.block.end as usize,
        };
        self.with_lines(at, line)
    }

    fn new_list(
        self,
        pairs: &Pairs,
        key: &str,
        items: &[String],
        style: ListStyle,
    ) -> Vec<(String, usize)> {
        let lines = match style {
            ListStyle::Block => format!("{key}:\n{}", block_items(items, 2)),
            ListStyle::Flow => format!("{key}: [{}]\n", items.join(", ")),
        };
        let after = match style {
            ListStyle::Block => "",
            ListStyle::Flow => "name",
        };
        vec![self.with_line(pairs, after, &lines)]
    }

    fn longer_list(
        self,
        pairs: &Pairs,
        n: usize,
        node: &Node,
        items: &[String],
    ) -> Vec<(String, usize)> {
        let (start, end) = self.region(pairs, n);
        let joined = items.join(", ");
        let at = node.span.start as usize;
        let opens = |sign: char| self.text[at..].starts_with(sign);
        match &node.value {
            Value::List(old) if opens('[') => {
                let Some(close) = closing(self.text, at, end) else {
                    return Vec::new();
                };
                let tight = at + 1 + self.text[at + 1..close].trim_end().len();
                let lead = if old.is_empty() { "" } else { ", " };
                // Behind the last item; before the bracket where a comment follows that item. A
                // comma may stand there already: a second one is no YAML, and is not chosen.
                let at_place =
                    |at: usize, lead: &str| self.replaced(at..at, &format!("{lead}{joined}"));
                vec![
                    at_place(tight, lead),
                    at_place(tight, " "),
                    at_place(close, "  "),
                    at_place(close, "  , "),
                ]
            }
            Value::List(_) | Value::Null => {
                let indent = dash_column(&self.text[start..end]).unwrap_or(2);
                vec![self.with_lines(end, &block_items(items, indent))]
            }
            Value::Map(_) if opens('{') => {
                let Some(close) = closing(self.text, at, end) else {
                    return Vec::new();
                };
                let single = &self.text[at..=close];
                vec![self.replaced(at..close + 1, &format!("[{single}, {joined}]"))]
            }
            Value::Map(_) => Vec::new(),
            _ => {
                let single = node.span.of(self.text);
                vec![self.replaced(node.span.range(), &format!("[{single}, {joined}]"))]
            }
        }
    }

    /// The first candidate in which all other keys are as before and `key` is right.
    fn first_right(
        self,
        before: &Pairs,
        key: &str,
        candidates: Vec<(String, usize)>,
        is_right: impl Fn(&Node) -> bool,
    ) -> Option<String> {
        let others_are_same = |after: &Pairs| {
            let old = before.iter().filter(|(k, _)| k.name != key);
            let new: Vec<_> = after.iter().filter(|(k, _)| k.name != key).collect();
            old.clone().count() == new.len()
                && old
                    .zip(new)
                    .all(|((a, x), (b, y))| a.name == b.name && same(&x.value, &y.value))
        };
        candidates.into_iter().find_map(|(text, end)| {
            let block = Span::new(self.block.start as usize, end);
            let node = yaml::parse(self.path, &text, block).ok()?;
            let Value::Map(after) = node.value else {
                return None;
            };
            let (_, own) = after.iter().find(|(k, _)| k.name == key)?;
            (is_right(own) && others_are_same(&after)).then_some(text)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
