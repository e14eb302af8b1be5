//! Blocks: headings, lists, quotes, tables, code, figures, raw HTML, notes.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::{Walk, element, plain_text, simple_tag};
use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic},
    model::{
        document::{BlockKind, CodeBlock, Heading, MaskKind},
        span::Span,
    },
    stages::parse::{code_fence, html},
    text::{html::escape, slug::slugify},
};

/// The table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The first block of the open row.
    row: usize,
}

impl Walk<'_> {
    pub(super) fn heading(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let heading = element(events);
        let Some((Event::Start(Tag::Heading { level, id, .. }), _)) = heading.first() else {
            return 1;
        };
        let level = (*level as usize + self.shift).clamp(1, 6);
        let text = plain_text(heading, self.options.mark).trim().to_owned();
        let wanted = id.as_deref().map_or_else(|| slugify(&text), str::to_owned);
        let id = self.unique_id(&wanted);
        self.writer.open_block(BlockKind::Heading(level as u8));
        self.writer.html(&format!("<h{level} id=\""));
        self.writer.html_text(&id);
        self.writer.html("\">");
        self.events(&heading[1..heading.len() - 1]);
        self.writer.html(&self.inline_tags.close());
        self.writer.html(&format!("</h{level}>\n"));
        self.writer.close_block();
        self.writer.document.headings.push(Heading {
            level: level as u8,
            id,
            text,
        });
        heading.len()
    }

    pub(super) fn unique_id(&mut self, wanted: &str) -> String {
        let base = if wanted.is_empty() { "section" } else { wanted };
        if self.ids.insert(base.to_owned()) {
            return base.to_owned();
        }
        let next = self.repeats.entry(base.to_owned()).or_insert(2);
        loop {
            let id = format!("{base}-{next}");
            *next += 1;
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    pub(super) fn code_block(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let block = element(events);
        let info = match &block[0].0 {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => &**info,
            _ => "",
        };
        let fence = code_fence::parse(info);
        self.writer.close_block();
        match fence.language.as_deref() {
            Some("chart") => {
                self.chart(block);
                return block.len();
            }
            Some("table") => {
                self.data_table(block);
                return block.len();
            }
            _ => {}
        }
        self.writer.code(CodeBlock {
            text: plain_text(block, self.options.mark),
            style: fence,
        });
        block.len()
    }

    pub(super) fn html_block(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let block = element(events);
        let range = &block[0].1;
        let raw: String = block
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Html(html) | Event::Text(html) => Some(&**html),
                _ => None,
            })
            .collect();
        self.writer.close_block();
        match self.options.raw_html {
            RawHtml::Trust => self.raw(&raw, range),
            RawHtml::Clean if html::is_too_deep(&raw) => {
                let place = Some(self.place(range));
                let path = self.source.path.clone();
                let message = "raw HTML nests its elements too deep".to_owned();
                let problem = Diagnostic::error(Code::SourceTooLarge, path, place, message);
                self.problems
                    .push(problem.hint("200 elements may stand in one another"));
            }
            RawHtml::Clean => {
                let clean = self.wrappers.clean(&raw, self.containers.len());
                self.raw(&clean, range);
            }
        }
        self.writer.html("\n");
        block.len()
    }

    /// Writes raw HTML whose addresses are looked up like those of Markdown.
    fn raw(&mut self, raw: &str, range: &Range<usize>) {
        let source = self.place(range);
        let mut done = 0;
        for address in html::addresses(raw) {
            self.writer.html(&raw[done..address.place.start]);
            self.raw_address(&address, source);
            done = address.place.end;
        }
        self.writer.html(&raw[done..]);
    }

    pub(super) fn figure(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let paragraph = element(events);
        let caption = match paragraph.get(1) {
            Some((Event::Start(Tag::Image { title, .. }), _)) => title.to_string(),
            _ => String::new(),
        };
        self.writer.close_block();
        self.writer.html("<figure>");
        self.image(&paragraph[1..]);
        if !caption.is_empty() {
            self.writer.html("<figcaption>");
            self.writer.html_text(&caption);
            self.writer.html("</figcaption>");
        }
        self.writer.html("</figure>\n");
        paragraph.len()
    }

    pub(super) fn start_tag(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if let Some(name) = simple_tag(tag.to_end()) {
            self.writer.ensure_block(self.container());
            self.writer.html(&format!("<{name}>"));
            return;
        }
        match tag {
            Tag::Paragraph => self.open_paragraph("<p>", self.container()),
            Tag::BlockQuote(kind) => self.open_quote(*kind),
            Tag::List(Some(1)) => self.open_container("<ol>\n", None),
            Tag::List(Some(start)) => {
                self.open_container(&format!("<ol start=\"{start}\">\n"), None);
            }
            Tag::List(None) => self.open_container("<ul>\n", None),
            Tag::Item => self.open_container("<li>", Some(BlockKind::ListItem)),
            Tag::DefinitionList => self.open_container("<dl>\n", None),
            Tag::DefinitionListTitle => self.open_paragraph("<dt>", BlockKind::ListItem),
            Tag::DefinitionListDefinition => {
                self.open_container("<dd>", Some(BlockKind::ListItem));
            }
            Tag::FootnoteDefinition(label) => self.open_note(label),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                (self.table.in_head, self.table.column) = (true, 0);
                self.writer.html("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.table.row = self.writer.document.blocks.len();
                self.writer.html("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.open_link(*link_type, dest_url, title, range);
            }
            _ => {}
        }
    }

    pub(super) fn end_tag(&mut self, end: TagEnd) {
        if let Some(name) = simple_tag(end) {
            self.writer.html(&format!("</{name}>"));
            return;
        }
        match end {
            TagEnd::Paragraph => self.close_paragraph("</p>\n"),
            TagEnd::BlockQuote(kind) => {
                self.close_container(
                    if kind.is_some() {
                        "</div>\n"
                    } else {
                        "</blockquote>\n"
                    },
                    true,
                );
            }
            TagEnd::List(ordered) => {
                self.close_container(if ordered { "</ol>\n" } else { "</ul>\n" }, false);
            }
            TagEnd::Item => self.close_container("</li>\n", true),
            TagEnd::DefinitionList => self.close_container("</dl>\n", false),
            TagEnd::DefinitionListTitle => self.close_paragraph("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_container("</dd>\n", true),
            TagEnd::Table => self.writer.html("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.writer.html("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                let document = &mut self.writer.document;
                if let [first, .., last] = &document.blocks[self.table.row..] {
                    document.rows.push(Span {
                        start: first.span.start,
                        end: last.span.end,
                    });
                }
                self.writer.html("</tr>\n");
            }
            TagEnd::TableCell => {
                let close = if self.table.in_head { "</th>" } else { "</td>" };
                self.close_paragraph(close);
                self.table.column += 1;
            }
            TagEnd::Link => self.close_link(),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, tag: &str, kind: BlockKind) {
        self.writer.open_block(kind);
        self.writer.html(tag);
    }

    fn close_paragraph(&mut self, tag: &str) {
        self.mask_credit();
        self.writer.html(&self.inline_tags.close());
        self.writer.html(tag);
        self.writer.close_block();
    }

    fn open_container(&mut self, tag: &str, kind: Option<BlockKind>) {
        self.end_bare_words();
        self.writer.html(tag);
        self.containers.extend(kind);
    }

    fn close_container(&mut self, tag: &str, named: bool) {
        self.end_bare_words();
        if named {
            self.close_shortcodes(self.containers.len());
            self.close_wrappers();
        }
        self.writer.html(tag);
        if named {
            self.containers.pop();
        }
    }

    /// Ends the raw tags that the innermost container, or the text as a whole, leaves open.
    pub(super) fn close_wrappers(&mut self) {
        let tags = self.wrappers.close(self.containers.len());
        if !tags.is_empty() {
            self.end_bare_words();
            self.writer.html(&tags);
        }
    }

    /// Words of a tight list item end where a block in it starts or the item ends.
    fn end_bare_words(&mut self) {
        self.writer.html(&self.inline_tags.close());
        self.writer.close_block();
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.open_container("<blockquote>\n", Some(BlockKind::Quote));
        };
        let class = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escape(&self.options.words.say(&format!("callout_{class}")));
        let tag = format!(
            "<div class=\"callout callout-{class}\" role=\"note\" aria-label=\"{title}\">\n\
             <p class=\"callout-title\">{title}</p>\n"
        );
        self.open_container(&tag, Some(BlockKind::Paragraph));
    }

    fn open_table(&mut self, alignments: &[Alignment]) {
        self.end_bare_words();
        self.tables += 1;
        self.table = Table {
            alignments: alignments.to_vec(),
            ..Table::default()
        };
        let number = self.tables.to_string();
        let name = self
            .options
            .words
            .fill("table_number", &[("number", &number)]);
        let name = escape(&name);
        // A wide table scrolls by itself, also with the keyboard.
        self.writer.html(&format!(
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>\n"
        ));
    }

    fn open_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let tag = match self.table.in_head {
            true => format!("<th scope=\"col\"{class}>"),
            false => format!("<td{class}>"),
        };
        self.open_paragraph(&tag, BlockKind::TableCell);
    }

    /// A corner of a table is no heading of anything.
    pub(super) fn empty_cell(&mut self) -> usize {
        self.writer.html("<td></td>");
        self.table.column += 1;
        2
    }

    /// The notes, at the end of the text.
    pub(super) fn notes(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        self.end_bare_words();
        let id = self.unique_id("notes");
        let title = escape(&self.options.words.say("notes"));
        self.writer.html(&format!(
            "<section class=\"footnotes\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<ol>\n"
        ));
        let mut at = 0;
        while at < events.len() {
            let note = element(&events[at..]);
            self.events(&note[..note.len() - 1]);
            if let Event::Start(Tag::FootnoteDefinition(label)) = &note[0].0 {
                self.close_note(label);
            }
            at += note.len();
        }
        self.writer.html("</ol>\n</section>\n");
    }

    fn open_note(&mut self, label: &str) {
        let number = self.numbers.of(label);
        self.open_container(
            &format!("<li id=\"fn-{number}\">"),
            Some(BlockKind::Footnote),
        );
    }

    fn close_note(&mut self, label: &str) {
        self.end_bare_words();
        self.close_wrappers();
        let number = self.numbers.of(label);
        for reference in 1..=self.numbers.references(label) {
            let suffix = if reference == 1 {
                String::new()
            } else {
                format!("-{reference}")
            };
            let which = format!("{number}{suffix}");
            let words = self.options.words;
            let name = escape(&words.fill("back_to_reference", &[("number", &which)]));
            self.writer.html(&format!(
                "<a class=\"footnote-back\" href=\"#fnref-{which}\" aria-label=\"{name}\">↩</a>"
            ));
        }
        self.writer.html("</li>\n");
        self.containers.pop();
    }

    /// The credit of a picture names its maker, not somebody in the news.
    fn mask_credit(&mut self) {
        let Some((start, text)) = self.writer.open_text() else {
            return;
        };
        if let Some(at) = credit_start(text) {
            self.writer.mask_from(start + at, MaskKind::Credit);
        }
    }
}

/// Where in a paragraph a picture's credit begins, if there is one.
fn credit_start(text: &str) -> Option<usize> {
    const LABELS: &[&str] = &[
        "photo:",
        "photo by ",
        "photograph:",
        "image:",
        "image credit",
        "picture:",
        "credit:",
        "foto:",
    ];
    const LICENCES: &[&str] = &[
        "cc-by",
        "cc by",
        "cc0",
        "creative commons",
        "public domain",
        "getty images",
        "wikimedia",
    ];
    if text.len() > 400 {
        return None;
    }
    let lower = text.to_lowercase();
    if LABELS.iter().any(|label| lower.starts_with(label)) {
        return Some(0);
    }
    let slash = text.rfind(" / ")?;
    let tail = text[slash..].to_lowercase();
    LICENCES
        .iter()
        .any(|licence| tail.contains(licence))
        .then_some(slash)
}

#[cfg(test)]
mod tests {
    use super::credit_start;

    #[test]
    fn finds_credits() {
        assert_eq!(
            credit_start("The quay at dawn. / jane from Oslo, cc-by-2.0"),
            Some(17)
        );
        assert_eq!(credit_start("Photo: Jane Miller"), Some(0));
        assert_eq!(credit_start("Either / or, said Jane."), None);
    }
}
