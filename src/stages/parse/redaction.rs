//! Redactions and notes in Markdown: the text that all else sees has none of them.
//!
//! Input: a file and its body. Output: the same file with the mark's stand-in in place of each redaction
//! and nothing in place of each note, and a map from it to the file as written. The stand-in has the
//! length of the mark, which takes its place at last: until then Markdown cannot take the mark's
//! brackets for a link.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        document::{Document, EditKind},
        offset_map::OffsetMap,
        source::SourceFile,
        span::Span,
    },
    text::redaction::{self, Kind, Mark, Misfit},
};

/// A file without what its author hides.
#[derive(Debug)]
pub(super) struct Redacted {
    /// The file.
    pub(super) source: SourceFile,
    /// Its body.
    pub(super) body: Span,
    /// From it to the file as written.
    map: OffsetMap,
    mark: Mark,
}

/// Hides what the body of a file wants hidden; `None` where that is nothing.
pub(super) fn hide(
    source: &SourceFile,
    body: Span,
    mark: &Mark,
) -> Option<(Redacted, Vec<Diagnostic>)> {
    let text = body.of(&source.text);
    if !redaction::is_suspect(text) {
        return None;
    }
    let code = code(text);
    let is_code = |at: usize| {
        let from = code.partition_point(|(range, _)| range.end <= at);
        code.get(from).is_some_and(|(range, _)| range.contains(&at))
    };
    let (passages, misfits) = redaction::passages(text, is_code);
    let start = body.start as usize;
    let mut problems: Vec<Diagnostic> = misfits
        .iter()
        .map(|misfit| problem(source, misfit, start))
        .collect();
    problems.extend(code.iter().filter_map(|(range, indented)| {
        let at = redaction::is_suspect(&text[range.clone()]) && *indented;
        at.then(|| indented_code(source, start, range))
    }));
    let mut hidden = String::with_capacity(source.text.len());
    let mut map = OffsetMap::default();
    let mut keep = |out: &mut String, range: Range<usize>, words: &str| {
        let from = Span::new(out.len(), out.len() + words.len());
        if !from.is_empty() {
            map.push(from, Span::new(range.start, range.end));
            out.push_str(words);
        }
    };
    keep(&mut hidden, 0..start, &source.text[..start]);
    let mut at = 0;
    for passage in &passages {
        let gone = redaction::extent(text, passage);
        let from = gone.start.max(at);
        keep(&mut hidden, start + at..start + from, &text[at..from]);
        if passage.kind == Kind::Redaction {
            keep(
                &mut hidden,
                start + gone.start..start + gone.end,
                mark.stand_in(),
            );
        }
        at = gone.end;
    }
    keep(&mut hidden, start + at..body.end as usize, &text[at..]);
    let body = Span::new(start, hidden.len());
    let source = SourceFile {
        path: source.path.clone(),
        text: hidden.into(),
    };
    let mark = mark.clone();
    let redacted = Redacted {
        source,
        body,
        map,
        mark,
    };
    Some((redacted, problems))
}

/// Where code stands in a body, in which tags are plain text, and whether it is code by its
/// indentation alone. A chart is no code: its fence is read, and hides what it wants hidden.
fn code(text: &str) -> Vec<(Range<usize>, bool)> {
    let events = Parser::new_ext(text, super::markdown::extensions()).into_offset_iter();
    let found = events.filter_map(|(event, range)| match event {
        Event::Code(_) => Some((range, false)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some((range, true)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some((range, false)),
        _ => None,
    });
    found.collect()
}

fn problem(source: &SourceFile, misfit: &Misfit, start: usize) -> Diagnostic {
    let span = Span::new(start + misfit.range.start, start + misfit.range.end);
    Diagnostic::misfit(source.path.clone(), misfit, span)
}

fn indented_code(source: &SourceFile, start: usize, range: &Range<usize>) -> Diagnostic {
    let span = Span::new(start + range.start, start + range.end);
    let message = "this is code, since it is indented by four spaces; nothing in it is hidden";
    let problem = Diagnostic::warning(
        Code::RedactionInCode,
        source.path.clone(),
        Some(span),
        message.to_owned(),
    );
    problem.hint("indent it by less, or put it between ``` lines if it is meant to be read")
}

impl Redacted {
    /// Ends what [`hide`] began: the mark is in its place, and all places are those of the file as
    /// written.
    pub(super) fn restore(&self, document: &mut Document, problems: &mut [Diagnostic]) {
        marks(document, &self.mark);
        document.source = document.source.through(&self.map);
        for link in &mut document.links {
            link.source = self.place(link.source);
        }
        for image in &mut document.images {
            image.source = self.place(image.source);
        }
        for link in &mut document.wikilinks {
            link.source = self.place(link.source);
        }
        for shortcode in &mut document.shortcodes {
            shortcode.source = self.place(shortcode.source);
            for (_, _, place) in &mut shortcode.args {
                *place = self.place(*place);
            }
        }
        for citation in &mut document.citations {
            citation.source = self.place(citation.source);
        }
        for spec in &mut document.tables {
            spec.source = self.place(spec.source);
            spec.data_source = self.place(spec.data_source);
            let columns = spec.columns.iter_mut().map(|own| &mut own.column);
            for column in columns.chain(spec.sort.iter_mut().map(|(own, _)| own)) {
                column.source = self.place(column.source);
            }
        }
        for spec in &mut document.charts {
            spec.source = self.place(spec.source);
            spec.data_source = self.place(spec.data_source);
            for column in spec.x.iter_mut().chain(&mut spec.y) {
                column.source = self.place(column.source);
            }
        }
        for problem in problems {
            problem.span = problem.span.map(|span| self.place(span));
        }
    }

    fn place(&self, span: Span) -> Span {
        if span.is_empty() {
            let wide = Span {
                end: span.start + 1,
                ..span
            };
            let start = self.map.span(wide).map_or(span.start, |span| span.start);
            return Span { start, end: start };
        }
        self.map.span(span).unwrap_or(span)
    }
}

/// Puts the mark in its place everywhere. Both have one length, so that no place moves.
pub(super) fn marks(document: &mut Document, mark: &Mark) {
    let (shown, stand_in) = (mark.shown(), mark.stand_in());
    let seen = |text: &mut String| {
        if text.contains(stand_in) {
            *text = text.replace(stand_in, shown);
        }
    };
    seen(&mut document.text);
    seen(&mut document.body.html);
    for block in &mut document.body.code {
        seen(&mut block.text);
        block.style.language.iter_mut().for_each(seen);
        block.style.file.iter_mut().for_each(seen);
    }
    document.links.iter_mut().for_each(|l| seen(&mut l.target));
    for image in &mut document.images {
        seen(&mut image.target);
        seen(&mut image.alt);
    }
    for link in &mut document.wikilinks {
        seen(&mut link.target);
        link.fragment.iter_mut().for_each(seen);
    }
    for heading in &mut document.headings {
        seen(&mut heading.text);
        seen(&mut heading.id);
    }
    if document.markdown.text.contains(stand_in) {
        document.markdown.text = document.markdown.text.replace(stand_in, shown).into();
    }
    for edit in &mut document.markdown.edits {
        if let EditKind::Words(words) | EditKind::ImageEnd(_, words) = &mut edit.kind {
            seen(words);
        }
    }
}
