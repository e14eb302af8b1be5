//! One document's links and pictures, found in its Markdown and raw HTML and led to where their
//! targets stand now.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{
    Doc, Note, NoteKind,
    links::{Carried, Found, Linker, encoded, relative},
    mapped::{Edit, Mapped, options},
};
use crate::stages::link::address::is_external;

/// The edits that lead a document's links to their new places.
pub(super) fn edits(
    linker: &Linker<'_>,
    doc: &Doc,
    text: &Mapped,
    carried: &mut Carried,
    notes: &mut Vec<Note>,
) -> Vec<Edit> {
    let edits = Vec::new();
    let mut walk = Walk {
        linker,
        doc,
        text,
        carried,
        notes,
        edits,
    };
    walk.markdown();
    walk.edits
}

/// One document's links.
struct Walk<'a, 'b> {
    linker: &'b Linker<'a>,
    doc: &'b Doc,
    text: &'b Mapped,
    carried: &'b mut Carried,
    notes: &'b mut Vec<Note>,
    edits: Vec<Edit>,
}

/// A link that is open while its words are read.
struct Open {
    place: Range<usize>,
    words: Range<usize>,
    target: String,
    is_image: bool,
    kind: LinkType,
}

impl Walk<'_, '_> {
    fn markdown(&mut self) {
        let text = self.text.text.clone();
        let parser = Parser::new_ext(&text, options()).into_offset_iter();
        let definitions = parser.reference_definitions().iter();
        let definitions: Vec<(Range<usize>, String)> = definitions
            .map(|(_, d)| (d.span.clone(), d.dest.to_string()))
            .collect();
        for (place, dest) in definitions {
            self.definition(&text, place, &dest);
        }
        let mut open: Vec<Open> = Vec::new();
        for (event, place) in parser {
            if let Some(last) = open.last_mut().filter(|last| last.place != place) {
                last.words = last.words.start.min(place.start)..last.words.end.max(place.end);
            }
            match event {
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => open.push(opened(place, &dest_url, false, link_type)),
                Event::Start(Tag::Image {
                    link_type,
                    dest_url,
                    ..
                }) => open.push(opened(place, &dest_url, true, link_type)),
                Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                    if let Some(link) = open.pop() {
                        self.link(&text, &link);
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.html(&text, place),
                _ => {}
            }
        }
    }

    fn note(&mut self, at: usize, kind: NoteKind, message: String) {
        let line = self.text.line(at);
        self.notes.push(self.doc.note(Some(line), kind, message));
    }

    /// The new address; `None` where there is none to write.
    fn target(&mut self, at: usize, written: &str, is_image: bool) -> Option<String> {
        let fragment = written.find(['#', '?']).map_or("", |n| &written[n..]);
        match self.linker.resolve(self.doc, written) {
            Found::Kept if is_image && written.starts_with(['#', '?']) => None,
            Found::Kept if is_image && written.is_empty() => None,
            Found::Kept => self.kept(at, written, is_image),
            Found::Doc(_) if is_image => None,
            Found::Doc(n) => {
                let other = &self.linker.docs[n];
                let hash = fragment.find('#').map_or("", |n| &fragment[n..]);
                Some(encoded(&format!(
                    "{}{hash}",
                    relative(&self.doc.target, &other.target)
                )))
            }
            Found::File(path, rooted) => {
                Some(self.linker.carry(self.doc, &path, rooted, self.carried))
            }
            Found::Nothing if is_image => {
                self.note(
                    at,
                    NoteKind::File,
                    format!("there is no picture {written}; its words stay"),
                );
                None
            }
            Found::Nothing => self.elsewhere(at, written),
        }
    }

    fn kept(&mut self, at: usize, written: &str, is_image: bool) -> Option<String> {
        if is_image && is_external(written) {
            self.note(
                at,
                NoteKind::File,
                format!("the picture {written} stands on another host, and stays there"),
            );
        }
        let scheme = written
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_allowed = !is_external(written)
            || written.starts_with("//")
            || ["http", "https", "mailto", "tel"].contains(&scheme.as_str());
        if !is_allowed {
            self.note(
                at,
                NoteKind::Link,
                format!("{written} is no address that may be linked; its words stay"),
            );
        }
        is_allowed.then(|| encoded(written))
    }

    /// A link to what was not carried leads to the old site, where that is known.
    fn elsewhere(&mut self, at: usize, written: &str) -> Option<String> {
        let base = self.linker.settings.base_url.as_deref();
        let old = base.filter(|_| written.starts_with('/')).map(|base| {
            let host = &base[..base.len() - self.linker.settings.base_path().len()];
            format!("{host}{written}")
        });
        let what = if old.is_some() {
            "leads to the old site"
        } else {
            "has no target; its words stay"
        };
        self.note(at, NoteKind::Link, format!("{written} {what}"));
        old
    }

    fn definition(&mut self, text: &str, place: Range<usize>, dest: &str) {
        let with = self
            .target(place.start, dest, false)
            .unwrap_or_else(|| "#".to_owned());
        if with.trim_matches(['<', '>']) == dest {
            return;
        }
        let raw = &text[place.clone()];
        let after = raw.find("]:").map_or(0, |n| n + 2);
        let start = after + (raw[after..].len() - raw[after..].trim_start().len());
        let end = raw[start..]
            .find(|c: char| c.is_whitespace())
            .map_or(raw.len(), |n| start + n);
        self.edits.push(Edit {
            place: place.start + start..place.start + end,
            with,
        });
    }

    fn link(&mut self, text: &str, link: &Open) {
        // Addresses of references are changed where they are defined.
        if link.kind != LinkType::Inline {
            return;
        }
        let with = self.target(link.place.start, &link.target, link.is_image);
        let tail = &text[link.words.end..link.place.end];
        let Some(open) = tail.find("](").map(|n| link.words.end + n) else {
            return;
        };
        match with {
            None => {
                let words = open.max(link.words.start);
                self.edits.push(Edit {
                    place: link.place.start..link.words.start,
                    with: String::new(),
                });
                self.edits.push(Edit {
                    place: words..link.place.end,
                    with: String::new(),
                });
            }
            Some(with) if with.trim_matches(['<', '>']) == link.target => {}
            Some(with) => {
                let inner = &text[open + 2..link.place.end - 1];
                let start = inner.len() - inner.trim_start().len();
                let length = match inner[start..].strip_prefix('<') {
                    Some(rest) => rest.find('>').map_or(inner.len() - start, |n| n + 2),
                    None => inner[start..]
                        .find(|c: char| c.is_whitespace())
                        .unwrap_or(inner.len() - start),
                };
                let from = open + 2 + start;
                self.edits.push(Edit {
                    place: from..from + length,
                    with,
                });
            }
        }
    }

    /// Links and pictures in raw HTML, and what of it the build cleans away.
    fn html(&mut self, text: &str, place: Range<usize>) {
        let html = &text[place.clone()];
        let lower = html.to_ascii_lowercase();
        for tag in [
            "<script", "<style", "<iframe", "<video", "<audio", "<form", "<object", "<embed",
        ] {
            if let Some(n) = lower.find(tag) {
                self.note(
                    place.start + n,
                    NoteKind::RawHtml,
                    format!("{tag}> is raw HTML, and the build cleans it away"),
                );
            }
        }
        let mut from = 0;
        while let Some(open) = lower[from..].find('<').map(|n| from + n) {
            let end = lower[open..].find('>').map_or(html.len(), |n| open + n + 1);
            let tag = &html[open..end];
            let (key, is_image) = match () {
                () if lower[open..].starts_with("<img") => ("src=", true),
                () if lower[open..].starts_with("<a ") => ("href=", false),
                () => {
                    from = open + 1;
                    continue;
                }
            };
            self.html_tag(place.start + open, tag, key, is_image);
            from = end;
        }
    }

    fn html_tag(&mut self, at: usize, tag: &str, key: &str, is_image: bool) {
        let Some(value) = tag.to_ascii_lowercase().find(key).map(|n| n + key.len()) else {
            return;
        };
        let quote = tag[value..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let start = value + usize::from(quote.is_some());
        let ends = |c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote);
        let end = tag[start..].find(ends).map_or(tag.len(), |n| start + n);
        let written = &tag[start..end];
        match self.target(at, written, is_image) {
            Some(with) => {
                let with = with.trim_matches(['<', '>']).to_owned();
                if with != written {
                    self.edits.push(Edit {
                        place: at + start..at + end,
                        with,
                    });
                }
            }
            None if is_image => self.edits.push(Edit {
                place: at..at + tag.len(),
                with: String::new(),
            }),
            None => self.edits.push(Edit {
                place: at + start..at + end,
                with: "#".to_owned(),
            }),
        }
    }
}

fn opened(place: Range<usize>, target: &str, is_image: bool, kind: LinkType) -> Open {
    let start = place.start + if is_image { 2 } else { 1 };
    Open {
        words: start..start,
        place,
        target: target.to_owned(),
        is_image,
        kind,
    }
}
