//! What each generator's Markdown has beyond CommonMark: admonitions, attribute lists, callouts,
//! comments, embeds, wikilinks, imports of components.

use super::{
    Doc, Generator, Note, NoteKind,
    links::{Linker, Named},
    mapped::{Edit, Mapped, is_inside},
};

pub(super) fn rewritten(
    text: &Mapped,
    doc: &Doc,
    linker: &Linker<'_>,
    notes: &mut Vec<Note>,
) -> Mapped {
    let text = without_bad_charts(text);
    match linker.generator {
        Generator::Mkdocs => {
            let text = admonitions(&text, doc, notes);
            escaped_brackets(&attribute_lists(&text, doc, notes))
        }
        Generator::Jekyll => escaped_brackets(&attribute_lists(&text, doc, notes)),
        Generator::Obsidian => {
            wikilinks(&comments(&callouts(&text), doc, notes), doc, linker, notes)
        }
        Generator::Markdown => escaped_brackets(&components(&text, doc, notes)),
        Generator::Hugo | Generator::Zola => escaped_brackets(&text),
    }
}

/// A fence that others call `chart` holds another language.
fn without_bad_charts(text: &Mapped) -> Mapped {
    let mut edits = Vec::new();
    for fence in ["```chart", "~~~chart"] {
        for (at, _) in text.text.match_indices(fence) {
            let starts_line = at == 0 || text.text.as_bytes().get(at - 1) == Some(&b'\n');
            let ends_word = text.text[at + fence.len()..].starts_with(|c: char| c.is_whitespace());
            if starts_line && ends_word {
                edits.push(Edit {
                    place: at + 3..at + fence.len(),
                    with: "text".to_owned(),
                });
            }
        }
    }
    text.edited(edits)
}

/// `[[…]]` is a wikilink here and nothing there.
fn escaped_brackets(text: &Mapped) -> Mapped {
    let code = text.code();
    let mut edits = Vec::new();
    for (at, _) in text.text.match_indices("[[") {
        let line = &text.text[at..];
        let line = line.split('\n').next().unwrap_or(line);
        let escaped = text.text[..at].ends_with('\\');
        if !is_inside(&code, at) && line.contains("]]") && !escaped {
            edits.push(Edit {
                place: at + 1..at + 2,
                with: "\\[".to_owned(),
            });
            let close = at + line.find("]]").unwrap_or(0);
            edits.push(Edit {
                place: close..close + 1,
                with: "\\]".to_owned(),
            });
        }
    }
    text.edited(edits)
}

/// The alert that stands for an admonition of this name.
fn alert(name: &str) -> &'static str {
    match name.to_lowercase().as_str() {
        "tip" | "hint" | "success" | "check" | "done" | "example" => "TIP",
        "important" | "question" | "help" | "faq" | "abstract" | "summary" | "tldr" => "IMPORTANT",
        "warning" | "attention" | "failure" | "fail" | "missing" => "WARNING",
        "caution" | "danger" | "error" | "bug" => "CAUTION",
        _ => "NOTE",
    }
}

/// `!!! note "Title"` with its indented text becomes an alert.
fn admonitions(text: &Mapped, doc: &Doc, notes: &mut Vec<Note>) -> Mapped {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut lines = text.numbered().peekable();
    let mut fence: Option<String> = None;
    while let Some((number, line)) = lines.next() {
        let trimmed = line.trim_start();
        track_fence(trimmed, &mut fence);
        let indent = &line[..line.len() - trimmed.len()];
        let head = ["!!! ", "??? ", "???+ "]
            .iter()
            .find_map(|mark| trimmed.strip_prefix(mark));
        if let Some(head) = head.filter(|_| fence.is_none()) {
            let (kind, title) = head.split_once('"').unwrap_or((head, ""));
            let kind = kind.split_whitespace().next().unwrap_or("note");
            out.push((number, format!("{indent}> [!{}]", alert(kind))));
            let title = title.trim().trim_end_matches('"').trim();
            if !title.is_empty() {
                out.push((number, format!("{indent}> **{title}**")));
                out.push((number, format!("{indent}>")));
            }
            let inner = format!("{indent}    ");
            while let Some((number, line)) =
                lines.next_if(|(_, line)| line.starts_with(&inner) || line.trim().is_empty())
            {
                if line.trim().is_empty()
                    && lines.peek().is_none_or(|(_, next)| {
                        !next.starts_with(&inner) && !next.trim().is_empty()
                    })
                {
                    out.push((number, String::new()));
                    break;
                }
                let words = line.strip_prefix(&inner).unwrap_or_default();
                out.push((number, format!("{indent}> {words}").trim_end().to_owned()));
            }
            continue;
        }
        let is_other = trimmed.starts_with("=== \"")
            || trimmed.starts_with("--8<--")
            || trimmed.starts_with("::: ");
        if is_other && fence.is_none() {
            notes.push(doc.note(
                Some(number),
                NoteKind::TemplateCode,
                format!("{trimmed} is kept as text"),
            ));
            out.push((number, format!("{indent}`{trimmed}`")));
            continue;
        }
        out.push((number, line.to_owned()));
    }
    Mapped::of_lines(out)
}

fn track_fence(line: &str, fence: &mut Option<String>) {
    let mark: String = line
        .chars()
        .take_while(|c| matches!(c, '`' | '~'))
        .collect();
    match fence {
        Some(open) if mark.starts_with(open.as_str()) && line[mark.len()..].trim().is_empty() => {
            *fence = None;
        }
        None if mark.len() >= 3 => *fence = Some(mark),
        _ => {}
    }
}

/// `{: .lead }` and `{ .md-button }` say how something looks.
fn attribute_lists(text: &Mapped, doc: &Doc, notes: &mut Vec<Note>) -> Mapped {
    let code = text.code();
    let mut edits = Vec::new();
    for (at, _) in text.text.match_indices('{') {
        let rest = &text.text[at..];
        let Some(end) = rest.find('}') else { break };
        let inner = &rest[1..end];
        let is_list = inner.starts_with(':') && !inner.starts_with("::")
            || inner.trim_start().starts_with(['.'])
                && inner
                    .split_whitespace()
                    .all(|part| part.starts_with(['.', '#']) || part.contains('='));
        // `## Title {#id}` is read here as well.
        if !is_list || inner.contains('\n') || is_inside(&code, at) || inner.trim().starts_with('#')
        {
            continue;
        }
        let written = &rest[..=end];
        notes.push(doc.note(
            Some(text.line(at)),
            NoteKind::NotCarried,
            format!("the attribute list {written} is left out"),
        ));
        edits.push(Edit {
            place: at..at + end + 1,
            with: String::new(),
        });
    }
    text.edited(edits)
}

/// Obsidian's `> [!info]- Title` as an alert with its title in bold.
fn callouts(text: &Mapped) -> Mapped {
    let mut out: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.numbered() {
        let mark = line
            .find("> [!")
            .filter(|at| line[..*at].trim_matches(['>', ' ']).is_empty());
        let parts = mark.and_then(|at| Some((&line[..at], line[at + 4..].split_once(']')?)));
        let Some((before, (kind, title))) = parts else {
            out.push((number, line.to_owned()));
            continue;
        };
        out.push((
            number,
            format!(
                "{before}> [!{}]",
                alert(kind.split('|').next().unwrap_or(kind))
            ),
        ));
        let title = title.trim_start_matches(['-', '+']).trim();
        if !title.is_empty() && !title.eq_ignore_ascii_case(kind) {
            out.push((number, format!("{before}> **{title}**")));
            out.push((number, format!("{before}>")));
        }
    }
    Mapped::of_lines(out)
}

/// `%% … %%` is for the writer alone.
fn comments(text: &Mapped, doc: &Doc, notes: &mut Vec<Note>) -> Mapped {
    let code = text.code();
    let marks: Vec<usize> = text
        .text
        .match_indices("%%")
        .map(|(at, _)| at)
        .filter(|at| !is_inside(&code, *at))
        .collect();
    let mut edits = Vec::new();
    for pair in marks.chunks_exact(2) {
        notes.push(doc.note(
            Some(text.line(pair[0])),
            NoteKind::NotCarried,
            "a comment %%…%% is left out",
        ));
        edits.push(Edit {
            place: pair[0]..pair[1] + 2,
            with: String::new(),
        });
    }
    text.edited(edits)
}

/// `[[Note]]`, `[[Note#Part|words]]`, `![[picture.png]]`, `![[Note]]`
fn wikilinks(text: &Mapped, doc: &Doc, linker: &Linker<'_>, notes: &mut Vec<Note>) -> Mapped {
    let code = text.code();
    let mut edits = Vec::new();
    for (at, _) in text.text.match_indices("[[") {
        let rest = &text.text[at + 2..];
        let Some(end) = rest
            .find("]]")
            .filter(|end| !rest[..*end].contains('\n') && !is_inside(&code, at))
        else {
            continue;
        };
        let is_embed = text.text[..at].ends_with('!');
        let place = at - usize::from(is_embed)..at + 2 + end + 2;
        let line = text.line(at);
        // In a table the bar is escaped.
        let inner = rest[..end].replace("\\|", "|");
        let (target, words) = inner
            .split_once('|')
            .map_or((inner.as_str(), None), |(target, words)| {
                (target.trim(), Some(words.trim()))
            });
        let (name, fragment) = target
            .split_once('#')
            .map_or((target, None), |(name, part)| {
                (name.trim(), Some(part.trim()))
            });
        let shown = words.filter(|words| !words.is_empty());
        let with = match linker.note(name, doc) {
            Named::Briefing(other) => {
                if is_embed {
                    notes.push(doc.note(
                        Some(line),
                        NoteKind::NotCarried,
                        format!("the note {name} is linked, not shown within this one"),
                    ));
                }
                let part = fragment
                    .filter(|part| !part.starts_with('^'))
                    .map(|part| format!("#{part}"))
                    .unwrap_or_default();
                let words = shown.unwrap_or(if name.is_empty() {
                    target.trim_start_matches('#')
                } else {
                    name
                });
                let bar = if rest[..end].contains("\\|") {
                    "\\|"
                } else {
                    "|"
                };
                format!("[[{}{part}{bar}{words}]]", other.slug)
            }
            Named::File(path) => {
                let alt = shown
                    .filter(|words| !words.bytes().all(|b| b.is_ascii_digit() || b == b'x'))
                    .unwrap_or_default();
                let sign = if is_embed { "!" } else { "" };
                let words = if is_embed { alt } else { shown.unwrap_or(name) };
                format!("{sign}[{words}](<source:/{path}>)")
            }
            Named::Nothing => {
                notes.push(doc.note(
                    Some(line),
                    NoteKind::Link,
                    format!("[[{name}]] names no note; its words stay"),
                ));
                shown.unwrap_or(name).to_owned()
            }
        };
        edits.push(Edit { place, with });
    }
    text.edited(edits)
}

/// `import X from "…"` of MDX, and components such as `<Card />`.
fn components(text: &Mapped, doc: &Doc, notes: &mut Vec<Note>) -> Mapped {
    if doc.source.extension() != Some("mdx") {
        return text.clone();
    }
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut fence = None;
    for (number, line) in text.numbered() {
        let trimmed = line.trim_start();
        track_fence(trimmed, &mut fence);
        let is_code = trimmed.starts_with("import ") && trimmed.contains(" from ")
            || trimmed.starts_with("export ");
        let tag = trimmed
            .strip_prefix('<')
            .map(|rest| rest.trim_start_matches('/'));
        let is_component = tag.is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_uppercase()));
        if fence.is_none() && (is_code || is_component) {
            notes.push(doc.note(
                Some(number),
                NoteKind::TemplateCode,
                format!("{trimmed} is kept as text"),
            ));
            let ticks = if trimmed.contains('`') { "``" } else { "`" };
            out.push((number, format!("{ticks} {trimmed} {ticks}")));
        } else {
            out.push((number, line.to_owned()));
        }
    }
    Mapped::of_lines(out)
}
