//! What the targets share: making files of texts, and what holds for whatever was read.

use std::ops::Range;

use camino::Utf8PathBuf;
use dateline::{
    diagnostic::Diagnostic,
    model::{
        document::Document,
        source::{SourceFile, Sources},
        span::Span,
    },
    pipeline::{self, Linked, Options, Parsed},
};
use jiff::Timestamp;

/// Longer inputs show nothing that shorter ones do not, and take the time of many.
pub const LONGEST: usize = 16 * 1024;

/// A file of the content.
#[must_use]
pub fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

/// The input as text, as the load stage would have it: UTF-8, `\n` line ends, not too long.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    (text.len() <= LONGEST).then(|| text.replace("\r\n", "\n"))
}

/// An article with this body.
#[must_use]
pub fn article(body: &str) -> String {
    format!("---\ntitle: A\ndate: 2024-07-21\n---\n{body}")
}

/// A small site, parsed and linked.
///
/// # Panics
/// When its known names cannot be compiled, which is a find.
#[must_use]
pub fn linked(sources: &Sources) -> (Parsed, Linked) {
    let options = Options::at(
        Utf8PathBuf::from("content"),
        Utf8PathBuf::from("templates"),
        Timestamp::UNIX_EPOCH,
    );
    let parsed = pipeline::parse(sources, &options, &pipeline::silent);
    let linked = pipeline::link(&parsed, sources, &pipeline::silent).expect("links");
    (parsed, linked)
}

/// Places of diagnostics stand in the text, on its characters, so that excerpts can be printed.
pub fn check_problems(text: &str, problems: &[Diagnostic]) {
    for problem in problems {
        if let Some(span) = problem.span {
            check_span(text, span, &problem.message);
        }
    }
}

/// A span stands in the text, on its characters.
pub fn check_span(text: &str, span: Span, what: &str) {
    let Range { start, end } = span.range();
    assert!(start <= end, "{what}: {span:?} ends before it begins");
    assert!(
        text.get(start..end).is_some(),
        "{what}: {span:?} of {}",
        text.len()
    );
}

/// What holds for every document of `source`: blocks in order, and all places on characters.
pub fn check_document(source: &str, document: &Document) {
    let prose = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        check_span(prose, block.span, "block");
        assert!(block.span.start >= end, "blocks overlap");
        end = block.span.end;
        if let Some(written) = document.source.span(block.span) {
            check_span(source, written, "block in the source");
        }
        if let Some(html) = document.body.text.span(block.span) {
            check_span(&document.body.html, html, "block in the HTML");
        }
    }
    document
        .masks
        .iter()
        .for_each(|mask| check_span(prose, mask.span, "mask"));
    document
        .linked
        .iter()
        .for_each(|span| check_span(prose, *span, "link's words"));
    document
        .links
        .iter()
        .for_each(|link| check_span(source, link.source, "link"));
    document
        .images
        .iter()
        .for_each(|image| check_span(source, image.source, "image"));
    for link in &document.wikilinks {
        check_span(prose, link.text, "wikilink's words");
        check_span(source, link.source, "wikilink");
    }
    let mut at = 0;
    for hole in &document.body.holes {
        assert!(hole.at >= at, "holes go back");
        at = hole.at;
        assert!(document.body.html.is_char_boundary(hole.at as usize));
    }
    let mut at = document.markdown.body.start;
    for edit in &document.markdown.edits {
        check_span(&document.markdown.text, edit.span, "edit");
        assert!(edit.span.start >= at, "edits go back");
        at = edit.span.start;
    }
}
