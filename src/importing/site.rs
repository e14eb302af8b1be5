//! The site of another generator as content of this one.
//!
//! Input: the texts and file names of its folder. Output: briefings, pages, settings and the files
//! that they use, with a note for each thing that could not be carried. The stages:
//!
//! 1. `settings`: what the generator's configuration says;
//! 2. `find`: which files are documents, and where each stood on the old site (`address`);
//! 3. `front`: foreign front matter in the keys of this program;
//! 4. `plan`: where each document goes, under a slug that no other has;
//! 5. `dialect`, `template`, `links`: the Markdown, with its links leading to the new places.

mod address;
mod dialect;
mod find;
mod front;
mod links;
mod mapped;
mod names;
mod plan;
mod settings;
mod template;
#[cfg(test)]
mod tests;
mod walk;
mod wordpress;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Content, Imported, NewFile, Note, NoteKind, date::Written, draft::Draft};
use links::Linker;
use settings::Settings;

/// Whose site it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// Hugo
    Hugo,
    /// Jekyll
    Jekyll,
    /// Zola
    Zola,
    /// An Obsidian vault
    Obsidian,
    /// MkDocs
    Mkdocs,
    /// Any folder of Markdown with front matter: Eleventy, Astro, Docusaurus
    Markdown,
}

/// A folder that has been read.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    /// Documents and settings, by path below the folder.
    pub texts: BTreeMap<Utf8PathBuf, String>,
    /// Every file, with the day of its last change.
    pub files: BTreeMap<Utf8PathBuf, Date>,
}

/// What the import depends on besides the source.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The date of documents that have none; without it they become drafts.
    pub date: Option<Date>,
    /// Slugs of briefings and pages that are there already, with their files below the content
    /// folder.
    pub taken: BTreeMap<String, Utf8PathBuf>,
    /// Whether the site has a `site.yaml` already.
    pub has_settings: bool,
}

/// A document on its way.
#[derive(Debug, Clone, Default)]
struct Doc {
    /// Below the source's folder.
    source: Utf8PathBuf,
    /// Below the root of the documents.
    below: Utf8PathBuf,
    /// Front matter.
    front: Map<String, Value>,
    /// Markdown as written.
    body: String,
    /// The line of the file on which the body begins, from 1.
    first_line: usize,
    /// True where the body was HTML: its lines are not those of the file.
    is_converted: bool,
    /// What became of the front matter.
    draft: Draft,
    /// True for what would be a page of `content/pages`.
    is_page: bool,
    /// True for an index of a section.
    is_section: bool,
    /// Where it stood on the old site: `/2019/ports/`.
    address: Option<String>,
    /// Below the content folder.
    target: Utf8PathBuf,
    /// Last part of its new address.
    slug: String,
}

impl Doc {
    fn note(&self, line: Option<usize>, kind: NoteKind, message: impl Into<String>) -> Note {
        Note {
            file: self.source.clone(),
            line,
            message: message.into(),
            kind,
        }
    }
}

/// Imports a folder.
#[must_use]
pub fn import(generator: Generator, tree: &SourceTree, options: &Options) -> Imported {
    let mut notes = Vec::new();
    let settings = settings::read(generator, tree);
    let mut docs = find::documents(generator, tree, &settings, &mut notes);
    for doc in &mut docs {
        front::read(doc, generator, &settings, &mut notes);
        doc.address = address::of(doc, generator, &settings);
    }
    plan::date(&mut docs, generator, tree, options, &mut notes);
    plan::place(&mut docs, options);
    plan::aliases(&mut docs, &settings, &mut notes);
    let mut imported = finish(&docs, generator, tree, &settings, notes);
    if !options.has_settings
        && let Some(text) = settings.text()
    {
        imported.files.push(NewFile::text("site.yaml", text));
    }
    imported.files.sort_by(|a, b| a.path.cmp(&b.path));
    imported
}

/// Imports a WordPress export (WXR). `uploads` are the files beside it, by their path.
///
/// # Errors
/// When it is no XML; the message says where.
pub fn wordpress(
    file: &Utf8PathBuf,
    xml: &str,
    tree: &SourceTree,
    options: &Options,
) -> Result<Imported, String> {
    let mut notes = Vec::new();
    let (settings, mut docs) = wordpress::read(file, xml, &mut notes)?;
    plan::place(&mut docs, options);
    plan::aliases(&mut docs, &settings, &mut notes);
    let mut imported = finish(&docs, Generator::Markdown, tree, &settings, notes);
    if !options.has_settings
        && let Some(text) = settings.text()
    {
        imported.files.push(NewFile::text("site.yaml", text));
    }
    imported.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(imported)
}

/// Rewrites the texts, and gathers the files that they use.
fn finish(
    docs: &[Doc],
    generator: Generator,
    tree: &SourceTree,
    settings: &Settings,
    mut notes: Vec<Note>,
) -> Imported {
    let linker = Linker::new(docs, generator, tree, settings);
    let mut carried: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
    let mut files = Vec::new();
    for doc in docs {
        let mut own = Vec::new();
        let mut draft = doc.draft.clone();
        draft.body = linker.body(doc, &mut carried, &mut own);
        linker.lead_image(doc, &mut draft, &mut carried, &mut own);
        own.sort_by_key(|note| note.line);
        notes.extend(own);
        files.push(NewFile::text(doc.target.clone(), draft.text()));
    }
    let unused = plan::unused(tree, docs, &carried);
    if unused > 0 {
        notes.push(Note {
            file: Utf8PathBuf::from("."),
            line: None,
            message: format!("{unused} files that no document points to were not carried: templates, styles, scripts, spare pictures"),
            kind: NoteKind::NotCarried,
        });
    }
    files.extend(carried.into_iter().map(|(from, to)| NewFile {
        path: to,
        content: Content::Copy(from),
    }));
    Imported { files, notes }
}

/// A title made of a file's name.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.trim();
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// The first heading of Markdown, where it stands before any other text.
fn heading_of(body: &str) -> Option<String> {
    let mut lines = body
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    let first = lines.next()?;
    let heading = match first.strip_prefix("# ") {
        Some(heading) => heading,
        None => {
            let second = lines.next()?;
            (second.len() >= 3 && second.bytes().all(|b| b == b'=')).then_some(first)?
        }
    };
    let heading = heading.trim_end_matches('#').trim();
    let heading = heading.split(" {").next().unwrap_or(heading).trim();
    (!heading.is_empty()).then(|| plain(heading))
}

/// Words without the marks of Markdown.
fn plain(markdown: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let words = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    });
    words.collect::<String>().trim().to_owned()
}

fn written(date: Date) -> Written {
    date.into()
}
