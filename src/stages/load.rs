//! Load: the only stage that reads the content.
//!
//! Input: the content and templates folders. Output: [`Sources`], sorted by path, and a diagnostic
//! for each file that cannot be read. What an editor has open may take the place of what the disk has
//! ([`Unsaved`]). Text loses its byte order mark and its carriage returns, so
//! that places count in what the author sees. Hidden files are passed over; `.gitignore` is not
//! obeyed, since what is not under version control may still be meant for the site.

#![allow(clippy::disallowed_methods, reason = "this stage reads the content")]

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use crate::{
    diagnostic::{Code, Diagnostic},
    editing::history,
    model::{
        address::ADDRESSES,
        output::OutputFile,
        source::{Asset, SourceFile, Sources, Table},
    },
    references, urls,
};

/// Larger texts are refused: nobody writes a briefing of 16 MiB, and offsets are 32 bit.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Larger data files are no data of a chart or table, and are copied without being read.
const LARGEST_TABLE: u64 = 1024 * 1024;

/// Texts that take the place of files on the disk, or of files that are not there yet, by their path
/// with the folder's in front.
pub type Unsaved = BTreeMap<Utf8PathBuf, Arc<str>>;

/// A folder, and what has not been written to it.
#[derive(Clone, Copy)]
struct Root<'a> {
    folder: &'a Utf8Path,
    unsaved: &'a Unsaved,
}

impl Root<'_> {
    fn join(self, path: &Utf8Path) -> Utf8PathBuf {
        self.folder.join(path)
    }

    /// The files on the disk and those that only an editor has, relative to the folder, sorted.
    fn files(self, problems: &mut Vec<Diagnostic>) -> Result<Vec<Utf8PathBuf>> {
        let mut found = files(self.folder, problems)?;
        let unsaved = self.unsaved.keys();
        found.extend(
            unsaved
                .filter_map(|path| path.strip_prefix(self.folder).ok())
                .map(Into::into),
        );
        found.sort();
        found.dedup();
        Ok(found)
    }
}

/// Reads a site.
///
/// # Errors
/// When there is no content folder, or it cannot be listed.
pub fn site(content: &Utf8Path, templates: &Utf8Path) -> Result<(Sources, Vec<Diagnostic>)> {
    site_with(content, templates, &Unsaved::new())
}

/// Reads a site as it would be if `unsaved` were on the disk.
///
/// # Errors
/// Those of [`site`].
pub fn site_with(
    content: &Utf8Path,
    templates: &Utf8Path,
    unsaved: &Unsaved,
) -> Result<(Sources, Vec<Diagnostic>)> {
    if !content.is_dir() {
        bail!(
            "there is no folder {content}\nname another one with --content, or make a new site with `dateline init DIR`"
        );
    }
    let (mut sources, mut problems) = (Sources::default(), Vec::new());
    let root = Root {
        folder: content,
        unsaved,
    };
    for file in root.files(&mut problems)? {
        sort_in(root, file, &mut sources, &mut problems);
    }
    problems.extend(half_done(content));
    if templates.is_dir() {
        let prefix = Utf8Path::new("templates");
        let root = Root {
            folder: templates,
            unsaved,
        };
        let mut own = Vec::new();
        for file in root.files(&mut own)? {
            sources.templates.extend(read_text(root, &file, &mut own));
        }
        problems.extend(own.into_iter().map(|p| Diagnostic {
            path: prefix.join(&p.path),
            ..p
        }));
    }
    Ok((sources, problems))
}

/// A change of several files of which some may be written and some not is not published.
fn half_done(content: &Utf8Path) -> Option<Diagnostic> {
    let path = Utf8Path::new(history::FOLDER).join(history::PENDING);
    content.join(&path).exists().then(|| {
        let message = "a command was interrupted while it wrote to the content".to_owned();
        Diagnostic::error(Code::SourceHalfDone, path, None, message)
            .hint("`dateline undo` takes back what it wrote, or finishes it where all was written")
    })
}

/// The files below `root`, relative to it, sorted.
fn files(root: &Utf8Path, problems: &mut Vec<Diagnostic>) -> Result<Vec<Utf8PathBuf>> {
    let inside = root
        .canonicalize()
        .with_context(|| format!("cannot read {root}"))?;
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                found.extend(admitted(
                    root,
                    &inside,
                    entry.path(),
                    entry.path_is_symlink(),
                    problems,
                ));
            }
            Ok(_) => {}
            Err(error) => problems.push(unwalkable(root, &error)),
        }
    }
    found.sort();
    Ok(found)
}

/// The path relative to the root, for a file with a usable name that is inside.
fn admitted(
    root: &Utf8Path,
    inside: &Path,
    path: &Path,
    is_link: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<Utf8PathBuf> {
    let relative = relative(root, path);
    if Utf8Path::from_path(path).is_none() {
        let message = "the file's name is not UTF-8".to_owned();
        problems
            .push(Diagnostic::error(Code::SourceName, relative, None, message).hint("rename it"));
        return None;
    }
    let target: PathBuf = path.canonicalize().ok()?;
    if !target.starts_with(inside) {
        let what = if is_link {
            "the link"
        } else {
            "a link on its path"
        };
        let message = format!("{what} leads out of the content folder");
        let problem = Diagnostic::error(Code::SourceSymlink, relative, None, message);
        problems.push(
            problem.hint("copy the file into the folder: what is outside is never published"),
        );
        return None;
    }
    Some(relative)
}

fn relative(root: &Utf8Path, path: &Path) -> Utf8PathBuf {
    let relative = path.strip_prefix(root).unwrap_or(path);
    Utf8PathBuf::from(relative.to_string_lossy().replace('\\', "/"))
}

fn unwalkable(root: &Utf8Path, error: &ignore::Error) -> Diagnostic {
    let (path, cause) = innermost(error);
    let path = path.map_or_else(Utf8PathBuf::new, |path| relative(root, path));
    Diagnostic::error(
        Code::SourceUnreadable,
        path,
        None,
        format!("cannot be read: {cause}"),
    )
    .hint("make it readable, or remove it")
}

/// The path and cause of an error that others wrap.
fn innermost(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (inner, cause) = innermost(err);
            (inner.or(Some(path)), cause)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            innermost(err)
        }
        ignore::Error::Loop { child, .. } => (
            Some(child),
            "a link leads back to its own folder".to_owned(),
        ),
        ignore::Error::Io(cause) => (None, refusal(cause)),
        other => (None, other.to_string()),
    }
}

/// What the system says, in the words of this program.
fn refusal(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it is a link to a file that does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn sort_in(
    content: Root<'_>,
    path: Utf8PathBuf,
    sources: &mut Sources,
    problems: &mut Vec<Diagnostic>,
) {
    let is_markdown = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    let folder = path
        .components()
        .next()
        .map_or("", |part| part.as_str())
        .to_owned();
    let is_table = match path.extension().unwrap_or_default() {
        "json" | "yaml" | "yml" => folder == "data",
        ending => ending.eq_ignore_ascii_case("csv"),
    };
    if is_table {
        sources.tables.push(table(content, &path));
    }
    let mut text = || read_text(content, &path, problems);
    match (folder.as_str(), is_markdown) {
        ("static", _) => sources.assets.push(Asset {
            file: content.join(&path),
            path,
        }),
        ("entities", true) => sources.entities.extend(text()),
        ("pages", true) => sources.pages.extend(text()),
        (_, true) => sources.articles.extend(text()),
        _ => match path.as_str() {
            "site.yaml" | "site.yml" => sources.site = text(),
            "strings.yaml" => sources.strings = text(),
            ADDRESSES => sources.addresses = text(),
            name if references::FILES.contains(&name) => sources.references.extend(text()),
            "entities/suppress.yaml" => sources.suppress = text(),
            "entities/decisions.yaml" => sources.decisions = text(),
            _ => sources.assets.push(Asset {
                file: content.join(&path),
                path,
            }),
        },
    }
}

/// A data file's text. It may be anything that is offered for download, so that only a chart or
/// table that shows it makes a mistake of what is wrong with it.
fn table(content: Root<'_>, path: &Utf8Path) -> Table {
    let file = content.join(path);
    let text = match fs::metadata(&file) {
        Ok(about) if about.len() > LARGEST_TABLE => {
            Err("the file has more than 1 MiB, too much for a page".to_owned())
        }
        _ => decoded(&file, content.unsaved)
            .map(Into::into)
            .map_err(|(_, message, _)| message),
    };
    Table {
        path: path.to_owned(),
        text,
    }
}

fn read_text(
    root: Root<'_>,
    path: &Utf8Path,
    problems: &mut Vec<Diagnostic>,
) -> Option<SourceFile> {
    match decoded(&root.join(path), root.unsaved) {
        Ok(text) => Some(SourceFile {
            path: path.to_owned(),
            text: text.into(),
        }),
        Err((code, message, hint)) => {
            let problem = Diagnostic::error(code, path.to_owned(), None, message);
            problems.push(problem.hint(hint));
            None
        }
    }
}

type Refused = (Code, String, &'static str);

fn decoded(file: &Utf8Path, unsaved: &Unsaved) -> Result<String, Refused> {
    let bytes = match unsaved.get(file) {
        Some(text) => text.as_bytes().to_vec(),
        None => bytes_of_text(file)?,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        let message = format!("line {line} is not UTF-8");
        (Code::SourceEncoding, message, "save the file as UTF-8")
    })?;
    if text.trim().is_empty() && file.extension() == Some("md") {
        let hint = "write something, or remove it";
        return Err((Code::SourceEmpty, "the file is empty".to_owned(), hint));
    }
    Ok(text.replace("\r\n", "\n"))
}

fn bytes_of_text(file: &Utf8Path) -> Result<Vec<u8>, Refused> {
    let unreadable = |error: std::io::Error| {
        let message = format!("cannot be read: {}", refusal(&error));
        (
            Code::SourceUnreadable,
            message,
            "make it readable, or remove it",
        )
    };
    let length = fs::metadata(file).map_err(unreadable)?.len();
    if length > LARGEST_TEXT {
        let message = format!("the file has {} MiB", length / 1024 / 1024);
        return Err((
            Code::SourceTooLarge,
            message,
            "a text may have 16 MiB; split it",
        ));
    }
    fs::read(file).map_err(unreadable)
}

/// A file that is published as it is.
///
/// # Errors
/// When it cannot be read.
pub fn asset(asset: &Asset) -> Result<OutputFile> {
    Ok(OutputFile {
        path: urls::asset(&asset.path),
        bytes: bytes(asset)?,
        sources: vec![asset.path.clone()],
        context: None,
    })
}

/// Reads a file that lies beside the content.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(asset: &Asset) -> Result<Vec<u8>> {
    fs::read(&asset.file).with_context(|| format!("cannot read {}", asset.file))
}
