//! Shortcodes: `{{ figure(src="a.png", alt="…") }}` on a line of its own, and `{% quote() %}`, Markdown,
//! `{% end %}`.
//!
//! Lines that are tags are taken out of their paragraphs before the walk. Code, and what is written
//! `\{{`, stays as it is.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Events, Walk, element};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        document::{HoleKind, Image, Link},
        shortcode::{Arg, Shortcode},
        span::Span,
    },
    stages::parse::{
        chart, html,
        shortcode::{self, Call},
        table,
    },
    yaml::{Fields, Key, Node, Value},
};

/// Endings of files that are pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// A shortcode whose end has not come yet.
#[derive(Debug)]
pub(super) struct Open {
    /// Its number in the document.
    n: u32,
    /// Containers around it.
    depth: usize,
}

/// Takes the lines that are tags out of paragraphs: each becomes one event of raw text.
pub(super) fn apart<'s>(events: Events<'s>, text: &str) -> Events<'s> {
    if !text.contains("{{") && !text.contains("{%") {
        return events;
    }
    let mut out = Events::with_capacity(events.len());
    let mut at = 0;
    while at < events.len() {
        let taken = match &events[at].0 {
            Event::Start(Tag::Paragraph) => paragraph(element(&events[at..]), text, &mut out),
            _ => None,
        };
        match taken {
            Some(taken) => at += taken,
            None => {
                out.push(events[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// Writes a paragraph in parts where some of its lines are tags; says how many events it has.
fn paragraph<'s>(
    events: &[(Event<'s>, Range<usize>)],
    text: &str,
    out: &mut Events<'s>,
) -> Option<usize> {
    let lines = lines(events.get(1..events.len().checked_sub(1)?)?);
    let is_tag = |line: &[(Event<'s>, Range<usize>)]| {
        let start = line.first().map_or(0, |(_, range)| range.start);
        let is_escaped = text[..start].ends_with('\\') || text[start..].starts_with('\\');
        !is_escaped && shortcode::begins(written(line, text))
    };
    if !lines.iter().any(|line| is_tag(line)) {
        return None;
    }
    let whole = events[0].1.clone();
    let mut open = false;
    let close = |out: &mut Events<'s>, open: &mut bool| {
        if std::mem::take(open) {
            out.push((Event::End(TagEnd::Paragraph), whole.clone()));
        }
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if !is_tag(line) {
            match std::mem::replace(&mut open, true) {
                true => out.push((Event::SoftBreak, line[0].1.start..line[0].1.start)),
                false => out.push((Event::Start(Tag::Paragraph), whole.clone())),
            }
            out.extend(line.iter().cloned());
            continue;
        }
        close(out, &mut open);
        let mut tag = written(line, text).to_owned();
        let mut range = place(line);
        while shortcode::end(&tag).is_none() {
            let Some(next) = lines.get(at) else {
                break;
            };
            tag = format!("{tag}\n{}", written(next, text));
            range.end = place(next).end;
            at += 1;
        }
        out.push((Event::Html(tag.into()), range));
    }
    close(out, &mut open);
    Some(events.len())
}

/// The lines of a paragraph; a break inside emphasis ends none.
fn lines<'e, 's>(events: &'e [(Event<'s>, Range<usize>)]) -> Vec<&'e [(Event<'s>, Range<usize>)]> {
    let (mut found, mut from, mut depth) = (Vec::new(), 0, 0usize);
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak if depth == 0 => {
                found.push(&events[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&events[from..]);
    found.retain(|line| !line.is_empty());
    found
}

fn place(line: &[(Event<'_>, Range<usize>)]) -> Range<usize> {
    let start = line.first().map_or(0, |(_, range)| range.start);
    let end = line.iter().map(|(_, range)| range.end).max();
    start..end.unwrap_or(start)
}

fn written<'t>(line: &[(Event<'_>, Range<usize>)], text: &'t str) -> &'t str {
    text.get(place(line)).unwrap_or_default().trim_end()
}

impl Walk<'_> {
    /// A tag on a line of its own.
    pub(super) fn shortcode(&mut self, tag: &str, range: &Range<usize>) {
        self.writer.close_block();
        let Some(end) = shortcode::end(tag) else {
            return self.misread(
                self.place(range),
                "the tag never ends",
                "close it with `}}` or `%}`",
            );
        };
        let after = self.within(tag, range, end..tag.len());
        if end < tag.len() {
            return self.misread(
                after,
                "a shortcode has a line for itself",
                "put what follows on a line of its own",
            );
        }
        if tag.starts_with("{%") && tag[2..end - 2].trim() == "end" {
            return self.end_shortcode(range);
        }
        match shortcode::call(tag) {
            Err(fault) => {
                let at = self.within(tag, range, fault.at);
                self.misread(
                    at,
                    &fault.message,
                    "write `{{ name(text=\"…\", number=3, flag=true, list=[\"a\", \"b\"]) }}`",
                );
            }
            Ok(call) => self.open_shortcode(call, tag, range),
        }
    }

    fn open_shortcode(&mut self, call: Call, tag: &str, range: &Range<usize>) {
        let has_body = tag.starts_with("{%");
        let source = self.place(range);
        let n = self.writer.document.shortcodes.len() as u32;
        let placed = |(key, node): (Key, Node)| {
            let span = self.within(tag, range, key.span.range());
            (Key { span, ..key }, self.moved(node, tag, range))
        };
        let args: Vec<(Key, Node)> = call.args.into_iter().map(placed).collect();
        let drawn = matches!(call.name.as_str(), "chart" | "table") && !has_body;
        let arguments = match drawn {
            true => Vec::new(),
            false => {
                let alt = args.iter().find(|(key, _)| key.name == "alt");
                let alt = match alt.map(|(_, node)| &node.value) {
                    Some(Value::Text(alt)) => alt.clone(),
                    _ => String::new(),
                };
                let args = args.iter();
                args.map(|(key, node)| {
                    (
                        key.name.clone(),
                        self.argument(&key.name, node, &alt),
                        node.span,
                    )
                })
                .collect()
            }
        };
        self.writer.document.shortcodes.push(Shortcode {
            name: call.name.clone(),
            args: arguments,
            source,
        });
        self.writer.hole(HoleKind::ShortcodeStart(n));
        if drawn {
            let root = Node {
                span: source,
                value: Value::Map(args),
            };
            let mut fields = Fields::new(&self.source.path, &self.source.text, root);
            if call.name == "chart" {
                let spec = chart::read(&mut fields, source);
                self.problems.extend(fields.finish());
                spec.into_iter().for_each(|spec| self.chart_of(spec));
            } else {
                let spec = table::read(&mut fields, source);
                self.problems.extend(fields.finish());
                spec.into_iter().for_each(|spec| self.table_of(spec));
            }
        }
        match has_body {
            true => self.shortcodes.push(Open {
                n,
                depth: self.containers.len(),
            }),
            false => self.writer.hole(HoleKind::ShortcodeEnd(n)),
        }
        self.writer.html("\n");
    }

    /// An argument: an address and a picture go the way of those of Markdown.
    fn argument(&mut self, name: &str, node: &Node, alt: &str) -> Arg {
        match &node.value {
            Value::Text(text) => {
                let text = text.replace(self.options.mark.stand_in(), self.options.mark.shown());
                let ending = text
                    .rsplit('.')
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let is_picture = matches!(name, "src" | "poster") && PICTURES.contains(&&*ending);
                if !is_picture && !matches!(name, "src" | "url") {
                    return Arg::Text(text);
                }
                if !html::is_allowed(&text) {
                    self.refuse(&text, node.span);
                    return Arg::Text(String::new());
                }
                let document = &mut self.writer.document;
                let (target, source, raw) = (text, node.span, false);
                if is_picture {
                    let alt = alt.to_owned();
                    document.images.push(Image {
                        target,
                        alt,
                        raw,
                        source,
                    });
                    return Arg::Picture(document.images.len() as u32 - 1);
                }
                document.links.push(Link {
                    target,
                    raw,
                    source,
                });
                Arg::Link(document.links.len() as u32 - 1)
            }
            Value::Number(number) => Arg::Number(*number),
            Value::Bool(flag) => Arg::Flag(*flag),
            Value::List(items) => Arg::List(
                items
                    .iter()
                    .map(|item| self.argument("", item, ""))
                    .collect(),
            ),
            Value::Null | Value::Map(_) => Arg::Text(String::new()),
        }
    }

    fn end_shortcode(&mut self, range: &Range<usize>) {
        let depth = self.containers.len();
        match self.shortcodes.pop_if(|open| open.depth == depth) {
            Some(open) => {
                self.writer.hole(HoleKind::ShortcodeEnd(open.n));
                self.writer.html("\n");
            }
            None => self.misread(
                self.place(range),
                "nothing is open here that could end",
                "`{% name() %}` and its `{% end %}` stand in the same list item, quotation or text",
            ),
        }
    }

    /// Ends and reports what the innermost container, or the text as a whole, leaves open.
    pub(super) fn close_shortcodes(&mut self, depth: usize) {
        while let Some(open) = self.shortcodes.pop_if(|open| open.depth >= depth) {
            self.writer.hole(HoleKind::ShortcodeEnd(open.n));
            let shortcode = self.writer.document.shortcodes.get(open.n as usize);
            if let Some((at, name)) = shortcode.map(|own| (own.source, own.name.clone())) {
                let message = format!("`{name}` never ends");
                self.misread(at, &message, "close it with a line `{% end %}`, an empty line before it; `{{ … }}` needs no end");
            }
        }
    }

    /// The place in the file of a stretch of a tag.
    fn within(&self, tag: &str, range: &Range<usize>, own: Range<usize>) -> Span {
        // In a quotation the lines of a tag have marks between them.
        match self.written(range).trim_end() == tag {
            true => {
                let end = (range.start + own.end).min(range.end);
                self.place(&((range.start + own.start).min(end)..end))
            }
            false => self.place(range),
        }
    }

    fn moved(&self, node: Node, tag: &str, range: &Range<usize>) -> Node {
        let span = self.within(tag, range, node.span.range());
        let value = match node.value {
            Value::List(items) => {
                let items = items.into_iter();
                Value::List(items.map(|item| self.moved(item, tag, range)).collect())
            }
            other => other,
        };
        Node { span, value }
    }

    fn misread(&mut self, at: Span, message: &str, hint: &str) {
        let path = self.source.path.clone();
        let problem = Diagnostic::error(Code::ShortcodeSyntax, path, Some(at), message.to_owned());
        self.problems.push(problem.hint(hint));
    }
}
