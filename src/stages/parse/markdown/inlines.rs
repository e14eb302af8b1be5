//! Inlines: words, code, links, images, references to notes.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Walk, element, plain_text};
use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic},
    model::{
        document::{HoleKind, Image, Link, MaskKind, Wikilink},
        span::Span,
    },
    stages::parse::{html, writer::Writer},
    text::html::escape,
};

/// A link that has been opened and not closed.
#[derive(Debug)]
pub(super) struct OpenLink {
    /// Where its words start in the prose.
    start: usize,
    kind: OpenKind,
}

#[derive(Debug)]
enum OpenKind {
    /// An address that is its own text: nothing to read in it.
    Autolink,
    Written,
    Wiki(u32),
    /// Its scheme is not allowed: words without a link.
    Refused,
}

impl Walk<'_> {
    pub(super) fn inline(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(words) => self.words(words, range),
            Event::Code(code) => {
                self.writer.ensure_block(self.container());
                let start = self.writer.text_len();
                self.writer.html("<code>");
                self.writer
                    .prose(code, self.written(range), self.place(range));
                self.writer.html("</code>");
                self.writer.mask_from(start, MaskKind::Code);
            }
            Event::SoftBreak => self.writer.space("\n", self.place(range)),
            Event::HardBreak => self.writer.space("<br>\n", self.place(range)),
            Event::Rule => {
                self.writer.close_block();
                self.writer.html("<hr>\n");
            }
            Event::InlineHtml(tag) => {
                self.writer.ensure_block(self.container());
                match self.options.raw_html {
                    RawHtml::Trust => self.writer.html(tag),
                    RawHtml::Clean => self.raw_tag(tag, range),
                }
            }
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::TaskListMarker(done) => {
                let (mark, label) = if *done {
                    ("☑", "task_done")
                } else {
                    ("☐", "task_open")
                };
                let label = escape(&self.options.words.say(label));
                self.writer.html(&format!(
                    "<span class=\"task\" role=\"img\" aria-label=\"{label}\">{mark}</span> "
                ));
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        self.writer.ensure_block(self.container());
        let start = self.writer.text_len();
        self.prose(words, range);
        if matches!(
            self.links.last(),
            Some(OpenLink {
                kind: OpenKind::Autolink,
                ..
            })
        ) {
            return;
        }
        for (from, to) in bare_addresses(words) {
            let span = Span::new(start + from, start + to);
            let mask = crate::model::document::Mask {
                kind: MaskKind::Url,
                span,
            };
            self.writer.document.masks.push(mask);
        }
    }

    /// Words as they are, with the mark of a redaction told apart from them.
    fn prose(&mut self, words: &str, range: &Range<usize>) {
        let (written, place) = (self.written(range), self.place(range));
        let mark = self.options.mark.stand_in();
        if !words.contains(mark) || !written.ends_with(words) {
            return self.writer.prose(words, written, place);
        }
        let mut at = place.end as usize - words.len();
        for piece in words.split_inclusive(mark) {
            let plain = piece.strip_suffix(mark).unwrap_or(piece);
            let mut part = |writer: &mut Writer, words: &str| {
                let place = Span::new(at, at + words.len());
                writer.prose(words, words, place);
                at = place.end as usize;
            };
            if !plain.is_empty() {
                part(&mut self.writer, plain);
            }
            if plain.len() < piece.len() {
                let start = self.writer.text_len();
                self.writer.html("<span class=\"redacted\">");
                part(&mut self.writer, mark);
                self.writer.html("</span>");
                self.writer.mask_from(start, MaskKind::Redaction);
            }
        }
    }

    /// A raw link, anchor or image is what its Markdown would be; other tags only mark words.
    fn raw_tag(&mut self, tag: &str, range: &Range<usize>) {
        if tag.eq_ignore_ascii_case("</a>") {
            return self.close_link();
        }
        let Some((name, attributes)) = html::read_tag(tag) else {
            let kept = self.inline_tags.filter(tag);
            return self.writer.html(&kept.unwrap_or_default());
        };
        let value = |key: &str| {
            attributes
                .iter()
                .find(|(k, _)| k == key)
                .map(|(_, value)| value.as_str())
        };
        match name.as_str() {
            "a" => {
                if let Some(id) = value("id").or(value("name")).filter(|id| !id.is_empty()) {
                    self.anchor(id);
                }
                match value("href") {
                    Some(href) => {
                        let title = value("title").unwrap_or_default();
                        self.open_link(LinkType::Inline, href, title, range);
                    }
                    None => self.links.push(OpenLink {
                        start: self.writer.text_len(),
                        kind: OpenKind::Refused,
                    }),
                }
            }
            "img" => {
                if let Some(src) = value("src").filter(|src| html::is_allowed(src)) {
                    self.push_image(src, value("alt").unwrap_or_default(), self.place(range));
                }
            }
            _ => {
                let kept = self.inline_tags.filter(tag);
                self.writer.html(&kept.unwrap_or_default());
            }
        }
    }

    /// A hole for the address of a link or an image in a block of raw HTML.
    pub(super) fn raw_address(&mut self, at: &html::Address<'_>, source: Span) {
        let target = at.value.replace("&amp;", "&");
        let image = html::read_tag(at.tag).filter(|(name, _)| name == "img");
        let document = &mut self.writer.document;
        if let Some((_, attributes)) = image {
            let alt = attributes.into_iter().find(|(key, _)| key == "alt");
            document.images.push(Image {
                target,
                alt: alt.map(|(_, alt)| alt).unwrap_or_default(),
                raw: true,
                source,
            });
            let index = document.images.len() as u32 - 1;
            self.writer.hole(HoleKind::Src(index));
        } else {
            document.links.push(Link {
                target,
                raw: true,
                source,
            });
            let index = document.links.len() as u32 - 1;
            self.writer.hole(HoleKind::Href(index));
        }
    }

    /// A place that links can lead to.
    fn anchor(&mut self, id: &str) {
        if self.ids.insert(id.to_owned()) {
            self.writer.html("<span id=\"");
            self.writer.html_text(id);
            self.writer.html("\"></span>");
        }
    }

    fn note_reference(&mut self, label: &str) {
        let (number, reference) = self.numbers.refer(label);
        let suffix = if reference == 1 {
            String::new()
        } else {
            format!("-{reference}")
        };
        let words = self.options.words;
        let name = escape(&words.fill("note_number", &[("number", &number.to_string())]));
        self.writer.html(&format!(
            "<sup class=\"footnote-ref\"><a id=\"fnref-{number}{suffix}\" href=\"#fn-{number}\" aria-label=\"{name}\">{number}</a></sup>"
        ));
    }

    pub(super) fn open_link(
        &mut self,
        link_type: LinkType,
        address: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        self.writer.ensure_block(self.container());
        let (start, source) = (self.writer.text_len(), self.place(range));
        let kind = match link_type {
            LinkType::WikiLink { has_pothole } => self.open_wikilink(address, has_pothole, source),
            _ if !html::is_allowed(address) => {
                self.refuse(address, source);
                OpenKind::Refused
            }
            LinkType::Email => self.open_address(&format!("mailto:{address}"), title, source, true),
            LinkType::Autolink => self.open_address(address, title, source, true),
            _ => self.open_address(address, title, source, false),
        };
        self.links.push(OpenLink { start, kind });
    }

    fn open_wikilink(&mut self, address: &str, labelled: bool, source: Span) -> OpenKind {
        let (target, fragment) = match address.split_once('#') {
            Some((target, fragment)) => (target, Some(fragment.to_owned())),
            None => (address, None),
        };
        let links = &mut self.writer.document.wikilinks;
        let index = links.len() as u32;
        let target = target.trim().to_owned();
        links.push(Wikilink {
            target,
            fragment,
            text: Span::default(),
            labelled,
            source,
        });
        self.writer.hole(HoleKind::WikilinkStart(index));
        OpenKind::Wiki(index)
    }

    fn open_address(&mut self, address: &str, title: &str, source: Span, auto: bool) -> OpenKind {
        let links = &mut self.writer.document.links;
        let index = links.len() as u32;
        links.push(Link {
            target: address.to_owned(),
            raw: false,
            source,
        });
        self.writer.html("<a");
        self.writer.hole(HoleKind::Href(index));
        if !title.is_empty() {
            self.writer.html(" title=\"");
            self.writer.html_text(title);
            self.writer.html("\"");
        }
        self.writer.html(">");
        if auto {
            OpenKind::Autolink
        } else {
            OpenKind::Written
        }
    }

    pub(super) fn close_link(&mut self) {
        let Some(OpenLink { start, kind }) = self.links.pop() else {
            return;
        };
        let text = Span::new(start, self.writer.text_len());
        match kind {
            OpenKind::Refused => return,
            OpenKind::Wiki(index) => {
                if let Some(link) = self.writer.document.wikilinks.get_mut(index as usize) {
                    link.text = text;
                }
                self.writer.hole(HoleKind::WikilinkEnd(index));
            }
            OpenKind::Autolink => {
                self.writer.mask_from(start, MaskKind::Url);
                self.writer.html("</a>");
            }
            OpenKind::Written => self.writer.html("</a>"),
        }
        if !text.is_empty() {
            self.writer.document.linked.push(text);
        }
    }

    pub(super) fn refuse(&mut self, address: &str, source: Span) {
        self.problems.push(
            Diagnostic::warning(
                Code::LinkScheme,
                self.source.path.clone(),
                Some(source),
                format!("`{address}` may not be linked"),
            )
            .label("its words stay, without a link")
            .hint("links may be https, http, mailto, tel or relative"),
        );
    }

    pub(super) fn image(&mut self, events: &[(Event<'_>, Range<usize>)]) -> usize {
        let image = element(events);
        let Some((Event::Start(Tag::Image { dest_url, .. }), range)) = image.first() else {
            return 1;
        };
        let (alt, source) = (plain_text(image, self.options.mark), self.place(range));
        if !html::is_allowed(dest_url) {
            self.refuse(dest_url, source);
            return image.len();
        }
        self.push_image(dest_url, &alt, source);
        image.len()
    }

    fn push_image(&mut self, target: &str, alt: &str, source: Span) {
        let images = &mut self.writer.document.images;
        let index = images.len() as u32;
        images.push(Image {
            target: target.to_owned(),
            alt: alt.to_owned(),
            raw: false,
            source,
        });
        self.writer.html("<img src=\"");
        self.writer.hole(HoleKind::Src(index));
        self.writer.html("\" alt=\"");
        self.writer.html_text(alt);
        self.writer.html("\" loading=\"lazy\" decoding=\"async\">");
    }
}

/// Addresses that stand bare in the text: they are no names.
fn bare_addresses(words: &str) -> Vec<(usize, usize)> {
    let prefixes = ["https://", "http://", "www."];
    let starts = prefixes
        .into_iter()
        .flat_map(|prefix| words.match_indices(prefix).map(|(at, _)| at));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for start in starts {
        if found.last().is_some_and(|(_, end)| start < *end) {
            continue;
        }
        let end = words[start..].find(char::is_whitespace);
        found.push((start, end.map_or(words.len(), |n| start + n)));
    }
    found
}
