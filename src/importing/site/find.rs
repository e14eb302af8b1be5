//! Which files of a site are documents.

use camino::Utf8Path;
use serde_json::Value;

use super::{Doc, Generator, Note, NoteKind, Settings, SourceTree, front, names};
use crate::importing::html;

/// Files about a project rather than of its site.
const ABOUT: &[&str] = &[
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "todo",
    "404",
];

pub(super) fn documents(
    generator: Generator,
    tree: &SourceTree,
    settings: &Settings,
    notes: &mut Vec<Note>,
) -> Vec<Doc> {
    let mut docs = Vec::new();
    for (path, text) in &tree.texts {
        let Ok(below) = path.strip_prefix(&settings.root) else {
            continue;
        };
        if !names::is_document(path) || !is_of(generator, below) {
            continue;
        }
        let halves = front::split(path, text);
        let is_html = path
            .extension()
            .is_some_and(|ending| ending.starts_with("htm"));
        if needs_front(generator, is_html) && !halves.has_front {
            continue;
        }
        let mut doc = Doc {
            source: path.clone(),
            below: below.to_owned(),
            front: halves.front,
            body: halves.body.to_owned(),
            first_line: halves.first_line,
            is_section: below.file_stem() == Some("_index"),
            ..Doc::default()
        };
        if let Some(fault) = halves.fault {
            doc.front
                .insert("\u{0}fault".to_owned(), Value::String(fault));
        }
        if is_html && !take_html(&mut doc, notes) {
            continue;
        }
        if is_shell(&doc, generator) {
            let message =
                "it has no text of its own, only settings or a list that a template makes";
            notes.push(doc.note(None, NoteKind::NotCarried, message));
            continue;
        }
        doc.draft.draft = names::collection(below) == Some("drafts");
        doc.is_page = is_page(generator, below);
        docs.push(doc);
    }
    docs
}

/// HTML is documents only where the generator says so with front matter.
fn needs_front(generator: Generator, is_html: bool) -> bool {
    is_html || generator == Generator::Jekyll
}

fn is_of(generator: Generator, below: &Utf8Path) -> bool {
    let depth = below.components().count();
    let stem = below.file_stem().unwrap_or_default().to_lowercase();
    let is_about = depth == 1 && ABOUT.contains(&stem.as_str());
    let folders = || below.parent().into_iter().flat_map(Utf8Path::components);
    match generator {
        Generator::Hugo | Generator::Zola | Generator::Mkdocs => stem != "404",
        Generator::Jekyll => {
            let is_ours = |part: &str| {
                ["layouts", "includes", "sass", "data", "site", "plugins"].contains(&part)
            };
            !is_about && !names::collection(below).is_some_and(is_ours)
        }
        Generator::Obsidian => {
            !folders().any(|part| part.as_str().eq_ignore_ascii_case("templates"))
        }
        Generator::Markdown => !is_about && !folders().any(|part| part.as_str().starts_with('_')),
    }
}

/// True for what is a page about the site rather than one of its texts: it has no date, and stands at
/// the root.
fn is_page(generator: Generator, below: &Utf8Path) -> bool {
    let depth = below.components().count();
    match generator {
        Generator::Obsidian => false,
        Generator::Jekyll => names::collection(below).is_none(),
        Generator::Markdown => {
            depth == 1 || below.components().any(|part| part.as_str() == "pages")
        }
        _ => depth == 1 || below.file_stem() == Some("_index"),
    }
}

/// HTML with Liquid or Tera in its structure is a template and no text.
fn take_html(doc: &mut Doc, notes: &mut Vec<Note>) -> bool {
    let is_template = [
        "{% for",
        "{% if",
        "{% include",
        "{{ content",
        "{% block",
        "{% extends",
    ]
    .iter()
    .any(|mark| doc.body.contains(mark));
    if is_template {
        notes.push(doc.note(None, NoteKind::NotCarried, "it is a template"));
        return false;
    }
    doc.body = html::to_markdown(&doc.body);
    doc.is_converted = true;
    true
}

/// A section's index without words, or a page whose text is a template alone.
fn is_shell(doc: &Doc, generator: Generator) -> bool {
    let words = doc
        .body
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let is_code =
        |line: &str| line.starts_with("{%") || line.starts_with("{{") || line.starts_with("<!--");
    let nothing = words.clone().all(is_code);
    let is_list = doc.is_section
        || matches!(generator, Generator::Jekyll) && names::collection(&doc.below).is_none()
        || doc.below.file_stem() == Some("index") && doc.below.components().count() <= 2;
    nothing && is_list
}
