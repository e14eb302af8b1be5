//! Shortcodes, Liquid, macros: what a generator would have run. A few say plainly what they are, and
//! become it; the others are kept as text, marked as code, with a note each.

use std::ops::Range;

use super::{
    Doc, Generator, Note, NoteKind,
    links::Linker,
    mapped::{Edit, Mapped, is_inside},
};

/// A piece of template code.
struct Tag<'a> {
    place: Range<usize>,
    /// Without its braces and signs.
    inner: &'a str,
    /// `{{` or `{%` or `{#`.
    is_output: bool,
}

pub(super) fn rewritten(
    text: &Mapped,
    doc: &Doc,
    linker: &Linker<'_>,
    notes: &mut Vec<Note>,
) -> Mapped {
    if linker.generator == Generator::Obsidian {
        return text.clone();
    }
    let code = text.code();
    let mut edits = Vec::new();
    for tag in tags(&text.text) {
        // Of Hugo's texts only shortcodes are run.
        let is_text =
            linker.generator == Generator::Hugo && !is_shortcode(&text.text[tag.place.clone()]);
        if is_text || is_inside(&code, tag.place.start) {
            continue;
        }
        let written = &text.text[tag.place.clone()];
        if let Some(with) = meaning(&tag, linker) {
            edits.push(Edit {
                place: tag.place,
                with,
            });
            continue;
        }
        let line = text.line(tag.place.start);
        let shown = shortened(written);
        notes.push(doc.note(
            Some(line),
            NoteKind::TemplateCode,
            format!("{shown} is kept as text"),
        ));
        if !is_in_address(&text.text, tag.place.start) {
            edits.push(Edit {
                place: tag.place.clone(),
                with: as_code(written),
            });
        }
    }
    text.edited(edits)
}

fn is_shortcode(written: &str) -> bool {
    written.starts_with("{{<") || written.starts_with("{{%")
}

fn shortened(written: &str) -> String {
    let line = written.split_whitespace().collect::<Vec<&str>>().join(" ");
    match line.char_indices().nth(72) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// A code span that holds exactly this.
fn as_code(written: &str) -> String {
    let line = written.split_whitespace().collect::<Vec<&str>>().join(" ");
    let fence = if line.contains('`') { "``" } else { "`" };
    let pad = if line.starts_with('`') || line.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// True inside a link's address or a tag of HTML, where marks of code would break more.
fn is_in_address(text: &str, at: usize) -> bool {
    let line = &text[text[..at].rfind('\n').map_or(0, |n| n + 1)..at];
    let open = |start: &str, end: char| line.rfind(start).is_some_and(|n| !line[n..].contains(end));
    open("](", ')')
        || line.rfind('<').is_some_and(|n| {
            !line[n..].contains('>') && line[n + 1..].starts_with(|c: char| c.is_ascii_alphabetic())
        })
}

/// All pieces of template code, in order.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|n| at + n) {
        let rest = &text[open..];
        let ends = match rest.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') if rest.starts_with("{# ") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(length) = rest[2..].find(ends) else {
            at = open + 2;
            continue;
        };
        let end = open + 2 + length + 2;
        let inner = rest[2..2 + length]
            .trim_matches(|c: char| matches!(c, '<' | '>' | '%' | '-' | '~') || c.is_whitespace());
        // An empty pair of braces is LaTeX or a picture of braces, and nothing to run.
        if !inner.is_empty() {
            found.push(Tag {
                place: open..end,
                inner,
                is_output: ends == "}}",
            });
        }
        at = end;
    }
    found
}

/// What a piece becomes, where it says plainly what it is.
fn meaning(tag: &Tag<'_>, linker: &Linker<'_>) -> Option<String> {
    let name = tag
        .inner
        .split(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    match linker.generator {
        Generator::Hugo => hugo(name, tag.inner, linker),
        Generator::Jekyll | Generator::Markdown if tag.is_output => output(tag.inner, linker),
        Generator::Jekyll | Generator::Markdown => liquid(name, tag.inner, linker),
        _ => None,
    }
}

fn hugo(name: &str, inner: &str, linker: &Linker<'_>) -> Option<String> {
    let value = |key: &str| argument(inner, key);
    match name {
        "ref" | "relref" => {
            let target = value("path").or_else(|| quoted(inner))?;
            let (path, fragment) = target
                .split_once('#')
                .map_or((target.as_str(), None), |(path, fragment)| {
                    (path, Some(fragment))
                });
            if path.is_empty() {
                return fragment.map(|fragment| format!("#{fragment}"));
            }
            let source = linker.named(path)?;
            let fragment = fragment
                .map(|fragment| format!("#{fragment}"))
                .unwrap_or_default();
            Some(address(&source, &fragment))
        }
        "figure" => {
            let src = value("src")?;
            let caption = value("caption").or_else(|| value("title"));
            let alt = value("alt").or_else(|| caption.clone()).unwrap_or_default();
            let below = caption
                .map(|caption| format!("\n\n*{caption}*"))
                .unwrap_or_default();
            let src = if src.contains(' ') {
                format!("<{src}>")
            } else {
                src
            };
            Some(format!("![{alt}]({src}){below}"))
        }
        "highlight" => Some(format!(
            "```{}",
            inner.split_whitespace().nth(1).unwrap_or_default()
        )),
        "/highlight" => Some("```".to_owned()),
        _ => None,
    }
}

fn address(source: &str, fragment: &str) -> String {
    if source.contains(' ') {
        format!("<source:/{source}{fragment}>")
    } else {
        format!("source:/{source}{fragment}")
    }
}

/// `key="value"` in a shortcode.
fn argument(inner: &str, key: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = inner[from..].find(key).map(|n| from + n) {
        let apart = inner[..at].ends_with(|c: char| c.is_whitespace() || c == '(' || c == ',');
        let rest = inner[at + key.len()..].trim_start();
        if apart && let Some(rest) = rest.strip_prefix('=') {
            let rest = rest.trim_start();
            let quote = rest.chars().next()?;
            if matches!(quote, '"' | '\'' | '`') {
                return rest[1..]
                    .split_once(quote)
                    .map(|(value, _)| value.to_owned());
            }
            return rest.split_whitespace().next().map(str::to_owned);
        }
        from = at + key.len();
    }
    None
}

/// The first text in quotes, or the second word.
fn quoted(inner: &str) -> Option<String> {
    if let Some(at) = inner.find(['"', '\'']) {
        let quote = inner[at..].chars().next()?;
        return inner[at + 1..]
            .split_once(quote)
            .map(|(value, _)| value.to_owned());
    }
    inner.split_whitespace().nth(1).map(str::to_owned)
}

fn liquid(name: &str, inner: &str, linker: &Linker<'_>) -> Option<String> {
    let rest = inner[name.len()..].trim();
    match name {
        "post_url" | "link" => linker.named(rest).map(|source| address(&source, "")),
        "highlight" => Some(format!(
            "```{}",
            rest.split_whitespace().next().unwrap_or_default()
        )),
        "endhighlight" => Some("```".to_owned()),
        "raw" | "endraw" | "" => Some(String::new()),
        "comment" => Some("<!--".to_owned()),
        "endcomment" => Some("-->".to_owned()),
        _ => None,
    }
}

/// `{{ site.baseurl }}`, `{{ "/about/" | relative_url }}`, `{{ site.title }}`
fn output(inner: &str, linker: &Linker<'_>) -> Option<String> {
    let mut parts = inner.split('|').map(str::trim);
    let first = parts.next()?;
    let is_address = |filter: &str| {
        let name = filter.split(':').next().unwrap_or_default();
        ["relative_url", "absolute_url", "url", "prepend"].contains(&name)
    };
    let settings = linker.settings;
    match first {
        "site.baseurl" | "site.url" => Some(String::new()),
        "site.title" if parts.next().is_none() => settings.title.clone(),
        text if text.starts_with(['"', '\'']) && text.len() > 1 && parts.all(is_address) => {
            Some(text.trim_matches(['"', '\'']).to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_template_code() {
        let text = "a {{< youtube x >}} b {% include y.html %} {{ z }} {} {{}} {";
        let inner: Vec<&str> = tags(text).iter().map(|tag| tag.inner).collect();
        assert_eq!(inner, ["youtube x", "include y.html", "z"]);
    }

    #[test]
    fn reads_arguments() {
        assert_eq!(
            argument("figure src=\"a b.png\" alt=x", "src").as_deref(),
            Some("a b.png")
        );
        assert_eq!(
            argument("figure src=\"a.png\" alt=x", "alt").as_deref(),
            Some("x")
        );
        assert_eq!(argument("figure data-src=\"a.png\"", "src"), None);
    }
}
