//! Load: the only stage that reads the content.
//!
//! Input: the content and templates folders. Output: [`Sources`], sorted by path, and a diagnostic
//! for each file that cannot be read. What an editor has open may take the place of what the disk has
//! ([`Unsaved`]). Text loses its byte order mark and its carriage returns, so
//! that places count in what the author sees. Hidden files are passed over; `.gitignore` is not
//! obeyed, since what is not under version control may still be meant for the site.

#![allow(clippy::disallowed_methods, reason = "this stage reads the content")]

mod stamp;

mod parts;

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

pub use stamp::{Stamp, stamp, stamp_of};

pub use parts::{Shard, annotations, articles, part};

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
    let (listing, problems) = list(content, templates, unsaved)?;
    Ok(read(content, listing, unsaved, problems))
}

/// Reads a site, but of its articles only those that are wanted, and no templates.
///
/// # Errors
/// Those of [`site`].
pub fn part_of_site(
    content: &Utf8Path,
    is_wanted: impl Fn(&Utf8Path) -> bool,
) -> Result<(Sources, Vec<Diagnostic>)> {
    let (mut listing, problems) = listing(content, Utf8Path::new(""))?;
    listing.articles.retain(|path| is_wanted(path));
    Ok(read(content, listing, &Unsaved::new(), problems))
}

/// Reads the articles that are listed.
fn read(
    content: &Utf8Path,
    listing: Listing,
    unsaved: &Unsaved,
    mut problems: Vec<Diagnostic>,
) -> (Sources, Vec<Diagnostic>) {
    let mut sources = listing.sources;
    for path in &listing.articles {
        let read = decoded(&content.join(path), unsaved);
        sources.articles.extend(source(path, read, &mut problems));
    }
    (sources, problems)
}

/// A site of which the articles are listed and not read yet.
#[derive(Debug)]
pub struct Listing {
    /// All but the articles.
    pub sources: Sources,
    /// The articles' paths below the content folder, sorted.
    pub articles: Vec<Utf8PathBuf>,
}

/// Lists a site's articles, which are most of it, and reads the rest.
///
/// # Errors
/// Those of [`site`].
pub fn listing(content: &Utf8Path, templates: &Utf8Path) -> Result<(Listing, Vec<Diagnostic>)> {
    list(content, templates, &Unsaved::new())
}

/// Reads an article that was listed.
///
/// # Errors
/// A diagnostic where it cannot be read.
pub fn article(content: &Utf8Path, path: &Utf8Path) -> Result<SourceFile, Box<Diagnostic>> {
    let read = decoded(&content.join(path), &Unsaved::new());
    read.map(|text| SourceFile {
        path: path.to_owned(),
        text: text.into(),
    })
    .map_err(|refused| Box::new(unread(path, refused)))
}

fn list(
    content: &Utf8Path,
    templates: &Utf8Path,
    unsaved: &Unsaved,
) -> Result<(Listing, Vec<Diagnostic>)> {
    if !content.is_dir() {
        bail!(
            "there is no folder {content}\nname another one with --content, or make a new site with `dateline init DIR`"
        );
    }
    let (mut sources, mut problems) = (Sources::default(), Vec::new());
    let mut articles = Vec::new();
    let root = Root {
        folder: content,
        unsaved,
    };
    for file in root.files(&mut problems)? {
        articles.extend(sort_in(root, file, &mut sources, &mut problems));
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
    Ok((Listing { sources, articles }, problems))
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
    // Files of one folder come one after the other.
    let mut folder = Folder::default();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let is_link = entry.path_is_symlink();
                let is_inside = match is_link {
                    true => leads_into(entry.path(), &inside),
                    false => folder.holds(entry.path(), &inside),
                };
                let Some(is_inside) = is_inside else { continue };
                let file = (entry.path(), is_link, is_inside);
                found.extend(admitted(root, file, problems));
            }
            Ok(_) => {}
            Err(error) => problems.push(unwalkable(root, &error)),
        }
    }
    found.sort();
    Ok(found)
}

/// The folder whose place was asked for last, and whether it is inside.
#[derive(Default)]
struct Folder(PathBuf, Option<bool>);

impl Folder {
    /// Whether the folder of a file that is no link lies in `root`; `None` where it is gone.
    fn holds(&mut self, file: &Path, root: &Path) -> Option<bool> {
        let folder = file.parent()?;
        if self.1.is_none() || self.0 != folder {
            *self = Self(folder.to_owned(), leads_into(folder, root));
        }
        self.1
    }
}

/// Whether a path leads into `root` once its links are followed; `None` where it leads nowhere.
fn leads_into(path: &Path, root: &Path) -> Option<bool> {
    Some(path.canonicalize().ok()?.starts_with(root))
}

/// The path relative to the root, for a file with a usable name that is inside.
fn admitted(
    root: &Utf8Path,
    (path, is_link, is_inside): (&Path, bool, bool),
    problems: &mut Vec<Diagnostic>,
) -> Option<Utf8PathBuf> {
    let relative = relative(root, path);
    if Utf8Path::from_path(path).is_none() {
        let message = "the file's name is not UTF-8".to_owned();
        problems
            .push(Diagnostic::error(Code::SourceName, relative, None, message).hint("rename it"));
        return None;
    }
    if !is_inside {
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

/// Puts a file where it belongs; the path of an article comes back.
fn sort_in(
    content: Root<'_>,
    path: Utf8PathBuf,
    sources: &mut Sources,
    problems: &mut Vec<Diagnostic>,
) -> Option<Utf8PathBuf> {
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
        (_, true) => return Some(path),
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
    None
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
    source(path, decoded(&root.join(path), root.unsaved), problems)
}

fn source(
    path: &Utf8Path,
    read: Result<String, Refused>,
    problems: &mut Vec<Diagnostic>,
) -> Option<SourceFile> {
    match read {
        Ok(text) => Some(SourceFile {
            path: path.to_owned(),
            text: text.into(),
        }),
        Err(refused) => {
            problems.push(unread(path, refused));
            None
        }
    }
}

fn unread(path: &Utf8Path, (code, message, hint): Refused) -> Diagnostic {
    Diagnostic::error(code, path.to_owned(), None, message).hint(hint)
}

type Refused = (Code, String, &'static str);

fn decoded(file: &Utf8Path, unsaved: &Unsaved) -> Result<String, Refused> {
    let bytes = match unsaved.get(file) {
        Some(text) => text.as_bytes().to_vec(),
        None => bytes_of_text(file)?,
    };
    let text = std::str::from_utf8(&bytes).map_err(|error| {
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
    Ok(clean(text))
}

/// A text without byte order mark and carriage returns.
fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n")
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
