//! Markdown to [`Document`]: one walk over the events writes prose and HTML side by side.
//!
//! CommonMark with tables, strikethrough, task lists, footnotes, alerts, heading attributes,
//! definition lists, smart punctuation and wikilinks.

mod blocks;
mod charts;
mod citations;
mod inlines;
mod shortcodes;
mod wrappers;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    ParseOptions, footnotes,
    html::InlineTags,
    limits, public, redaction,
    writer::{Front, Writer},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        document::{BlockKind, Document, Markdown},
        source::SourceFile,
        span::Span,
    },
    text::redaction::Mark,
};

/// Events with their place in the body.
pub(super) type Events<'s> = Vec<(Event<'s>, Range<usize>)>;

/// Parses the Markdown of `source` in `body`, after the prose of its `front` matter. A first
/// heading that repeats `title` is left out, since the page shows the title itself. What the author
/// hides is gone before Markdown is read; places are those of the file as written.
#[must_use]
pub fn document(
    source: &SourceFile,
    body: Span,
    title: &str,
    front: &[Front<'_>],
    options: &ParseOptions<'_>,
) -> (Document, Vec<Diagnostic>) {
    let (document, mut problems) = match redaction::hide(source, body, options.mark) {
        None => whole(source, body, title, front, options),
        Some((redacted, mut problems)) => {
            let (hidden, body) = (&redacted.source, redacted.body);
            let (mut document, mut more) = whole(hidden, body, title, front, options);
            redacted.restore(&mut document, &mut more);
            problems.extend(more);
            (document, problems)
        }
    };
    match limits::exceeded(source, &document) {
        None => (document, problems),
        // Nothing is made of it, so that nothing takes its time.
        Some(problem) => {
            problems.push(problem);
            (Document::default(), problems)
        }
    }
}

/// Parses Markdown in which nothing is hidden.
fn whole(
    source: &SourceFile,
    body: Span,
    title: &str,
    front: &[Front<'_>],
    options: &ParseOptions,
) -> (Document, Vec<Diagnostic>) {
    let text = body.of(&source.text);
    let parser = Parser::new_ext(text, extensions()).into_offset_iter();
    let definitions: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    let (events, notes, numbers) = footnotes::to_the_end(parser.collect());
    let (mut events, notes) = (
        shortcodes::apart(events, text),
        shortcodes::apart(notes, text),
    );
    let title_line = drop_title(&mut events, title, options.mark);
    let mut walk = Walk {
        source,
        start: body.start as usize,
        options,
        writer: Writer::default(),
        problems: Vec::new(),
        containers: Vec::new(),
        ids: BTreeSet::new(),
        repeats: BTreeMap::new(),
        shift: demotion(&events),
        inline_tags: InlineTags::default(),
        wrappers: wrappers::Wrappers::default(),
        shortcodes: Vec::new(),
        links: Vec::new(),
        table: blocks::Table::default(),
        tables: 0,
        numbers,
    };
    for part in front {
        walk.writer.front(part);
    }
    walk.events(&events);
    walk.close_shortcodes(0);
    walk.close_wrappers();
    if !notes.is_empty() {
        walk.notes(&notes);
    }
    let (shift, problems) = (walk.shift, walk.problems);
    let mut document = walk.writer.finish();
    let dropped: Vec<Range<usize>> = definitions.into_iter().chain(title_line).collect();
    let mut edits = public::Edits::new(&source.text, body.start as usize, &document);
    edits.drop_all(&dropped);
    edits.read(&events, shift);
    edits.read(&notes, shift);
    let edits = edits.finish();
    let text = source.text.clone();
    document.markdown = Markdown { text, body, edits };
    (document, problems)
}

pub(super) fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// The walk's state.
struct Walk<'a> {
    source: &'a SourceFile,
    /// Where the body starts in the file.
    start: usize,
    options: &'a ParseOptions<'a>,
    writer: Writer,
    problems: Vec<Diagnostic>,
    /// What paragraphs and bare words are part of, innermost last.
    containers: Vec<BlockKind>,
    /// Fragments given out.
    ids: BTreeSet<String>,
    /// The number that the next fragment of the same words may have.
    repeats: BTreeMap<String, usize>,
    /// By how many levels headings are lowered.
    shift: usize,
    inline_tags: InlineTags,
    wrappers: wrappers::Wrappers,
    /// Shortcodes that are open.
    shortcodes: Vec<shortcodes::Open>,
    links: Vec<inlines::OpenLink>,
    table: blocks::Table,
    /// Tables so far, for their labels.
    tables: usize,
    numbers: footnotes::Numbers,
}

impl<'a> Walk<'a> {
    fn events(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut at = 0;
        while at < events.len() {
            at += self.group(&events[at..]).max(1);
        }
    }

    /// Handles what must be seen together, and says how many events that took.
    fn group(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let (event, range) = &events[0];
        match event {
            Event::Start(Tag::Heading { .. }) => self.heading(events),
            Event::Start(Tag::CodeBlock(_)) => self.code_block(events),
            Event::Start(Tag::HtmlBlock) => self.html_block(events),
            Event::Start(Tag::Paragraph) if is_figure(events) => self.figure(events),
            Event::Start(Tag::Image { .. }) => self.image(events),
            Event::Start(Tag::TableCell) if element(events).len() == 2 => self.empty_cell(),
            Event::Start(tag) => {
                self.start_tag(tag, range);
                1
            }
            // Other raw text is inside a block of its own.
            Event::Html(tag) => {
                self.shortcode(tag, range);
                1
            }
            Event::Text(_) | Event::SoftBreak if self.options.library.is_some() => {
                self.words_and_citations(events)
            }
            Event::End(end) => {
                self.end_tag(*end);
                1
            }
            inline => {
                self.inline(inline, range);
                1
            }
        }
    }

    /// The place of `range` in the file.
    fn place(&self, range: &Range<usize>) -> Span {
        Span::new(self.start + range.start, self.start + range.end)
    }

    /// What stands at `range` in the file.
    fn written(&self, range: &Range<usize>) -> &'a str {
        self.place(range).of(&self.source.text)
    }

    fn container(&self) -> BlockKind {
        self.containers
            .last()
            .copied()
            .unwrap_or(BlockKind::Paragraph)
    }
}

/// The events from a start tag to its end tag.
pub(super) fn element<'e, 's>(
    events: &'e [(Event<'s>, Range<usize>)],
) -> &'e [(Event<'s>, Range<usize>)] {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &events[..=at];
        }
    }
    events
}

/// The plain words of some events.
fn plain_text(events: &[(Event<'_>, Range<usize>)], mark: &Mark) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.replace(mark.stand_in(), mark.shown())
}

/// True for a paragraph of nothing but one image.
fn is_figure(events: &[(Event<'_>, Range<usize>)]) -> bool {
    let paragraph = element(events);
    let Some((Event::Start(Tag::Image { .. }), _)) = paragraph.get(1) else {
        return false;
    };
    element(&paragraph[1..]).len() + 2 == paragraph.len()
}

/// Takes out a first heading that is the title, and says where it stands.
fn drop_title(events: &mut Events<'_>, title: &str, mark: &Mark) -> Option<Range<usize>> {
    let first_heading = matches!(
        events.first(),
        Some((
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }),
            _
        ))
    );
    if first_heading {
        let heading = element(events);
        if plain_text(heading, mark).trim() == title.trim() {
            let (length, place) = (heading.len(), heading[0].1.clone());
            events.drain(..length);
            return Some(place);
        }
    }
    None
}

/// A page has one first-level heading, its title: where the text has some, all are lowered.
fn demotion(events: &Events<'_>) -> usize {
    let is_first = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            })
        )
    };
    usize::from(events.iter().any(|(event, _)| is_first(event)))
}

/// The end tag of a start tag that needs no more than a name.
fn simple_tag(end: TagEnd) -> Option<&'static str> {
    Some(match end {
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Superscript => "sup",
        TagEnd::Subscript => "sub",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
