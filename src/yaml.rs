//! YAML with the place of every value.
//!
//! Input: a text. Output: a tree of [`Node`]s with byte spans, or one diagnostic. Reading the
//! tree by hand, through [`Fields`], reports every mistake of a file in one run; a derived reader
//! would stop at the first. This module alone knows the YAML crate.

mod address;
mod extra;
mod fields;
mod partial;
mod value;

use camino::Utf8Path;
use serde_yaml::{Error, Location, Spanned};

pub use extra::as_extra;
pub use fields::{Fields, keys};
pub use value::{Key, Node, Value};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::span::Span,
};

/// Maps and lists in one another; no front matter needs ten.
const DEEPEST: usize = 24;

/// Parses `text[block]`, a part of the file at `path`; spans count in the whole `text`.
///
/// # Errors
/// One diagnostic, at the first place that is no YAML. Nesting, aliases and size are bounded by
/// the YAML crate's budget.
pub fn parse(path: &Utf8Path, text: &str, block: Span) -> Result<Node, Box<Diagnostic>> {
    let yaml = block.of(text);
    // Reading goes down by recursion, and threads have a small stack: the crate's own 64 overflow it.
    let options = serde_yaml::options! {
        with_snippet: false,
        budget: serde_yaml::budget! { max_depth: DEEPEST, flow_nesting_limit: DEEPEST },
    };
    match serde_yaml::from_str_with_options::<Spanned<Value>>(yaml, options) {
        Ok(root) => Ok(Node::of(root).shifted(block.start)),
        Err(error) => Err(Box::new(syntax_error(path, text, block, &error))),
    }
}

fn syntax_error(path: &Utf8Path, text: &str, block: Span, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let location = error.location();
    let place = location.map(|location| place_of(location, text, block));
    let span = place.map(|span| at_least_a_character(text, span, block));
    if let Error::DuplicateMappingKey { key, .. } = error {
        let key = key.as_deref().unwrap_or("the key");
        return Diagnostic::error(
            Code::YamlDuplicateKey,
            path.to_owned(),
            span,
            format!("`{key}` stands twice"),
        )
        .label("already given above")
        .hint("keep one of the two");
    }
    let message = error.to_string();
    let first_line = message.lines().next().unwrap_or_default();
    let stripped = first_line.split(" at line ").next().unwrap_or(first_line);
    Diagnostic::error(
        Code::YamlSyntax,
        path.to_owned(),
        span,
        format!("not valid YAML: {stripped}"),
    )
    .hint("a value that holds `: `, `#` or quotes needs quotes around the whole")
}

/// A caret needs something to point at: an end of file becomes its last character.
fn at_least_a_character(text: &str, span: Span, block: Span) -> Span {
    if !span.of(text).trim().is_empty() {
        return span;
    }
    let before = &text[block.start as usize..(span.start.min(block.end)) as usize];
    let kept = before.trim_end();
    let last = kept.char_indices().next_back().map_or(0, |(at, _)| at);
    Span::new(
        block.start as usize + last,
        block.start as usize + kept.len().max(last + 1),
    )
}

/// Where an error is, on whole characters. Those of the scanner have a line and a column alone.
fn place_of(location: Location, text: &str, block: Span) -> Span {
    let span = match location.span().byte_offset() {
        Some(_) => shift(span_of(location), block.start),
        None => {
            let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1);
            let mut start = block.start as usize;
            let lines = block.of(text).split_inclusive('\n');
            start += lines
                .take(number(location.line()))
                .map(str::len)
                .sum::<usize>();
            let rest = &text[start..(block.end as usize).max(start)];
            let mut chars = rest.char_indices();
            let at = chars.nth(number(location.column())).map(|(at, _)| at);
            start += at.unwrap_or(rest.len());
            Span::new(start, start)
        }
    };
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).max(start + 1));
    Span::new(start, end)
}

fn span_of(location: Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    Span::new(start, start + span.byte_len().unwrap_or(0) as usize)
}

fn shift(span: Span, by: u32) -> Span {
    Span {
        start: span.start + by,
        end: span.end + by,
    }
}
