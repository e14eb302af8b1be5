//! What changes between the Markdown that an author wrote and the Markdown that is published.
//!
//! Input: the events of a body and the document made of them. Output: [`Edit`]s. Comments, raw
//! tags and the definitions of link references go; addresses are left to the render stage, which
//! knows where they lead; a chart becomes its table. What no edit touches is published as written.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{Event, LinkType, Tag};

use super::html;
use crate::model::{
    document::{Document, Edit, EditKind},
    span::Span,
};

type Placed<'e, 's> = &'e [(Event<'s>, Range<usize>)];

/// The edits of a body, by place.
pub(super) struct Edits<'a> {
    /// The file.
    text: &'a str,
    /// Where the body starts in it.
    start: usize,
    links: BTreeMap<Span, u32>,
    images: BTreeMap<Span, u32>,
    wikilinks: BTreeMap<Span, u32>,
    charts: BTreeMap<u32, EditKind>,
    edits: Vec<Edit>,
}

impl<'a> Edits<'a> {
    pub(super) fn new(text: &'a str, start: usize, document: &Document) -> Self {
        let citations = (0..).zip(&document.citations);
        let citations = citations.map(|(n, citation)| Edit {
            span: citation.source,
            kind: EditKind::Citation(n),
        });
        let shortcodes = (0..).zip(&document.shortcodes);
        let shortcodes = shortcodes.map(|(n, shortcode)| Edit {
            span: shortcode.source,
            kind: shortcode_kind(document, n, shortcode.source),
        });
        let charts = (0..).zip(&document.charts);
        let charts = charts.map(|(n, chart)| (chart.source.start, EditKind::Chart(n)));
        let tables = (0..).zip(&document.tables);
        let tables = tables.map(|(n, table)| (table.source.start, EditKind::Table(n)));
        let links = (0..).zip(&document.links).filter(|(_, link)| !link.raw);
        Self {
            text,
            start,
            links: links.map(|(n, link)| (link.source, n)).collect(),
            images: (0..)
                .zip(&document.images)
                .map(|(n, i)| (i.source, n))
                .collect(),
            wikilinks: (0..)
                .zip(&document.wikilinks)
                .map(|(n, w)| (w.source, n))
                .collect(),
            charts: charts.chain(tables).collect(),
            edits: citations.chain(shortcodes).collect(),
        }
    }

    /// Takes these out.
    pub(super) fn drop_all(&mut self, ranges: &[Range<usize>]) {
        for range in ranges {
            self.drop(range);
        }
    }

    fn drop(&mut self, range: &Range<usize>) {
        self.push(range.clone(), EditKind::Words(String::new()));
    }

    /// Looks at all `events`; headings are lowered by `shift` levels.
    pub(super) fn read(&mut self, events: Placed<'_, '_>, shift: usize) {
        for ((event, range), inside) in events.iter().zip(ends_of_insides(events)) {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let raw = &self.text[self.place(range).range()];
                    let words = match html::is_too_deep(raw) {
                        true => String::new(),
                        false => html::words(raw),
                    };
                    self.push(range.clone(), EditKind::Words(words));
                }
                Event::InlineHtml(_) => self.drop(range),
                // The end of a shortcode: what begins one has its edit already.
                Event::Html(tag) if tag.starts_with("{%") => {
                    let place = self.place(range);
                    if !self.edits.iter().any(|edit| edit.span == place) {
                        self.drop(range);
                    }
                }
                Event::Start(Tag::Heading { .. }) if shift > 0 => self.lower(range, shift),
                Event::Start(Tag::CodeBlock(_)) => self.chart(range),
                Event::Start(Tag::Link { link_type, .. }) => self.link(*link_type, range, inside),
                Event::Start(Tag::Image { title, .. }) => self.image(range, inside, title),
                _ => {}
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<Edit> {
        self.edits.sort_by_key(|edit| edit.span);
        self.edits
    }

    fn place(&self, range: &Range<usize>) -> Span {
        Span::new(self.start + range.start, self.start + range.end)
    }

    fn push(&mut self, range: Range<usize>, kind: EditKind) {
        let span = self.place(&range);
        self.edits.push(Edit { span, kind });
    }

    fn lower(&mut self, range: &Range<usize>, shift: usize) {
        if self.text[self.place(range).range()].starts_with('#') {
            self.push(range.start..range.start, EditKind::Words("#".repeat(shift)));
        }
    }

    fn chart(&mut self, range: &Range<usize>) {
        let place = self.place(range);
        let found = self.charts.range(place.start..place.end).next();
        if let Some((_, kind)) = found {
            self.push(range.clone(), kind.clone());
        }
    }

    fn link(&mut self, link_type: LinkType, range: &Range<usize>, inside: usize) {
        let place = self.place(range);
        match link_type {
            LinkType::WikiLink { .. } => {
                if let Some(n) = self.wikilinks.get(&place) {
                    self.push(range.clone(), EditKind::Wikilink(*n));
                }
            }
            // The address is the text.
            LinkType::Autolink | LinkType::Email => {}
            _ => {
                let (head, tail) = match self.links.get(&place) {
                    Some(n) => (EditKind::LinkStart(*n), EditKind::LinkEnd(*n)),
                    // Refused: only its words are published.
                    None => (
                        EditKind::Words(String::new()),
                        EditKind::Words(String::new()),
                    ),
                };
                self.push(range.start..range.start + 1, head);
                self.push(inside..range.end, tail);
            }
        }
    }

    fn image(&mut self, range: &Range<usize>, inside: usize, caption: &str) {
        match self.images.get(&self.place(range)) {
            Some(n) => {
                let n = *n;
                self.push(
                    inside.max(range.start + 2)..range.end,
                    EditKind::ImageEnd(n, caption.to_owned()),
                );
            }
            None => self.drop(range),
        }
    }
}

/// What takes the place of a shortcode's tag: the chart or table that it asks for, or what it says.
fn shortcode_kind(document: &Document, n: u32, source: Span) -> EditKind {
    let mut charts = (0..).zip(&document.charts);
    let mut tables = (0..).zip(&document.tables);
    let chart = charts.find(|(_, chart)| chart.source == source);
    let table = tables.find(|(_, table)| table.source == source);
    match (chart, table) {
        (Some((chart, _)), _) => EditKind::Chart(chart),
        (None, Some((table, _))) => EditKind::Table(table),
        (None, None) => EditKind::Shortcode(n),
    }
}

/// For each event the end of what its element holds; of an empty one, one past its start.
fn ends_of_insides(events: Placed<'_, '_>) -> Vec<usize> {
    let empty = events.iter().map(|(_, range)| range.start + 1);
    let mut ends: Vec<usize> = empty.collect();
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (event, range)) in events.iter().enumerate() {
        if matches!(event, Event::End(_))
            && let Some((start, Some(end))) = open.pop()
        {
            ends[start] = end;
        }
        if let Some((_, end)) = open.last_mut() {
            *end = Some(end.map_or(range.end, |end| end.max(range.end)));
        }
        if matches!(event, Event::Start(_)) {
            open.push((at, None));
        }
    }
    ends
}
